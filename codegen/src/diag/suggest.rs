//! Did you mean: the known word that is nearest to an unknown one.

/// The word of `known` that was probably meant by `word`, if one is near enough.
///
/// The same letters in another spelling (`notification_url`, `notificationUrl`) come first, then
/// the smallest edit distance up to a third of the length. Equal ones: the first of `known`.
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
                // A word of one or two letters is near to everything.
                if distance > limit || length <= distance {
                    return None;
                }
                1 + distance
            };
            Some((rank, candidate))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, candidate)| candidate)
}

/// Letters and digits only.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
    }

    #[test]
    fn short_words_and_odd_input() {
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("dco", ["doc", "id"]), Some("doc"));
        assert_eq!(nearest("-", ["_"]), None);
        assert_eq!(nearest(&"a".repeat(5000), ["a"]), None);
    }
}
