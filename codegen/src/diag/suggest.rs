//! Did you mean: the known word that is nearest to an unknown one.

/// The word of `known` that was probably meant by `word`, if one is near enough.
///
/// The same letters in another spelling (`notification_url`, `notificationUrl`) come first, then
/// the smallest edit distance up to a third of the length. Equal ones: those that begin as large, then the one
/// that is less strange, then the first of `known`.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes a page of text, and the distance costs the product of the lengths.
    if word.len() > 200 {
        return None;
    }
    let lower = word.to_lowercase();
    let bare = bare(&lower);
    let length = lower.chars().count();
    let limit = (length / 3).max(1);
    // Most of a long list is told apart by its length.
    let similar = |candidate: &str| {
        let letters = candidate.chars().filter(|c| c.is_alphanumeric()).count();
        candidate.chars().count().abs_diff(length) <= limit || letters == bare.chars().count()
    };
    known
        .into_iter()
        .filter(|candidate| *candidate != word && candidate.len() <= 200 && similar(candidate))
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let rank = if other == lower {
                0
            } else if !bare.is_empty() && self::bare(&other) == bare {
                1
            } else {
                // A transposition is one mistake of the hand, so it counts as one.
                let distance = strsim::damerau_levenshtein(&lower, &other);
                // A word of two letters is near to every other one.
                let same = length > 2
                    || other.chars().count() != length
                    || letters(&lower) == letters(&other);
                if distance > limit || length <= distance || !same {
                    return None;
                }
                1 + distance
            };
            Some((rank, candidate))
        })
        .min_by_key(|(rank, candidate)| (*rank, (*rank > 1).then(|| strangeness(word, candidate))))
        .map(|(_, candidate)| candidate)
}

/// The one word of `known` that begins with `word`, which is as much of it as somebody has typed.
pub(crate) fn begun<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let longer = |known: &&str| known.len() > word.len() && known.starts_with(word);
    let mut found = known.into_iter().filter(longer);
    let first = found.next().filter(|_| !word.is_empty())?;
    found.all(|other| other == first).then_some(first)
}

/// What tells two words apart that are equally near: those that begin alike come first, then those of which a letter is
/// missing or too many, then those as long as the word.
fn strangeness(word: &str, other: &str) -> (bool, bool, bool, usize) {
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    let within = |part: &str, whole: &str| {
        let mut letters = whole.chars();
        part.chars().all(|c| letters.any(|other| other == c))
    };
    let length = word.chars().count().abs_diff(other.chars().count());
    (
        is_large(other) != is_large(word),
        first(other) != first(word),
        length != 1 || !within(word, other) && !within(other, word),
        length,
    )
}

/// Whether two names differ by one slip of the hand, or in their spelling only. What differs in a digit is another one.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    if one.len().max(other.len()) > 200 || one == other {
        return false;
    }
    let (lower, second) = (one.to_lowercase(), other.to_lowercase());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let plural =
        lower.strip_suffix('s') == Some(&second) || second.strip_suffix('s') == Some(&lower);
    let near = !plural
        && lower.chars().count().min(second.chars().count()) > 4
        && strsim::damerau_levenshtein(&lower, &second) == 1;
    digits(&lower) == digits(&second) && (bare(&lower) == bare(&second) || near)
}

/// Whether a word begins with a capital.
fn is_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The letters of a word in another order.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// Letters and digits only.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{begun, is_slip, nearest};

    #[test]
    fn one_slip() {
        assert!(is_slip("InvoiceNumber", "InvoiceNumbr") && is_slip("invoice_id", "invoiceID"));
        assert!(!is_slip("address1", "address2") && !is_slip("created_at", "updated_at"));
        assert!(!is_slip("item", "items") && !is_slip("href", "ref") && !is_slip("id", "id"));
    }

    #[test]
    fn the_beginning_of_one_word() {
        let known = ["servers", "sources", "servers", "use"];
        assert_eq!(begun("serv", known), Some("servers"));
        assert_eq!(begun("s", known), None, "of two words");
        assert_eq!(begun("use", known), None, "a whole word");
        assert_eq!(begun("", ["use"]), None);
    }

    #[test]
    fn case_then_separators_then_distance() {
        let known = ["notificationUrl", "event", "Event", "identity", "returns"];
        assert_eq!(nearest("notification_url", known), Some("notificationUrl"));
        assert_eq!(nearest("NotificationURL", known), Some("notificationUrl"));
        assert_eq!(nearest("EVENT", known), Some("event"));
        assert_eq!(nearest("retruns", known), Some("returns"));
        assert_eq!(nearest("returnd", known), Some("returns"));
        assert_eq!(nearest("identtiy", known), Some("identity"));
        assert_eq!(nearest("summary", known), None);
        assert_eq!(nearest("Itme", ["time", "Item"]), Some("Item"));
    }

    #[test]
    fn short_words_and_odd_input() {
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("dco", ["doc", "id"]), Some("doc"));
        assert_eq!(nearest("-", ["_"]), None);
        assert_eq!(nearest("at", ["as", "any"]), None);
        assert_eq!(nearest("sa", ["as", "any"]), Some("as"));
        assert_eq!(nearest("ur", ["as", "url"]), Some("url"));
        assert_eq!(nearest(&"a".repeat(5000), ["a"]), None);
    }
}
