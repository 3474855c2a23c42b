//! Which keys of a mapping go together, and which are in each other's way.

use super::kind::Value;

/// What holds among the keys of a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// One of these stands there, and no other.
    One(&'static [&'static str]),
    /// One of these stands there, or several.
    Any(&'static [&'static str]),
    /// Of these one stands there at most.
    Apart(&'static [&'static str]),
    /// Each of the first stands there only with one of the second.
    Belongs(&'static [&'static str], &'static [&'static str]),
    /// The word of a key says which others belong to it: word, what it needs, and what it can have besides.
    Choice(&'static str, &'static [Case]),
    /// What follows where all of this is so.
    When(&'static [If], &'static [Then]),
    /// Something has to stand there.
    NotEmpty,
    /// A JSON Schema, for what only that can say.
    Raw(&'static str),
}

/// A word, the keys that it needs, and those that it can have besides.
pub(crate) type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

/// All keys that belong to a word.
pub(crate) fn keys_of((_, needs, has): &'static Case) -> impl Iterator<Item = &'static str> {
    needs.iter().chain(*has).copied()
}

/// What can be so of a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) enum If {
    There(&'static str),
    Missing(&'static str),
    /// The text of the key is one of these.
    Is(&'static str, &'static [&'static str]),
    /// There is a text, and it is none of these.
    IsNot(&'static str, &'static [&'static str]),
    /// There is a text, and no mapping.
    IsText(&'static str),
    /// The text begins with one of these words, `list<` and `map<` aside.
    Begins(&'static str, &'static [&'static str]),
    /// The same, and not inside of `list<` or `map<`.
    Outermost(&'static str, &'static [&'static str]),
    /// It begins with another word.
    BeginsNot(&'static str, &'static [&'static str]),
    /// The text of the key has this in it.
    Has(&'static str, &'static str),
}

/// What follows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    Needs(&'static [&'static str]),
    NeedsOne(&'static [&'static str]),
    Lacks(&'static [&'static str]),
    /// The key holds this, if it is there.
    Holds(&'static str, Value),
}

/// A mapping while it is being written: what stands there already, and the text behind it.
pub(crate) struct Written<'a>(pub(crate) &'a [(String, String)]);

impl Written<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }

    fn any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.text(key).is_some())
    }
}

impl If {
    fn holds(self, written: &Written<'_>) -> bool {
        match self {
            Self::There(key) => written.text(key).is_some(),
            Self::Missing(key) => written.text(key).is_none(),
            Self::Is(key, words) => written.text(key).is_some_and(|text| words.contains(&text)),
            Self::IsNot(key, words) => {
                written.text(key).is_some_and(|text| !text.is_empty() && !words.contains(&text))
            }
            Self::Begins(key, words) => written
                .text(key)
                .is_some_and(|text| head(text).is_some_and(|it| words.contains(&it))),
            Self::IsText(key) => written.text(key).is_some_and(|text| !text.is_empty()),
            Self::Outermost(key, words) => {
                written.text(key).is_some_and(|text| words.contains(&word(text.trim_start()).0))
            }
            Self::BeginsNot(key, words) => {
                let text = written.text(key).filter(|text| !text.is_empty());
                text.is_some_and(|text| !head(text).is_some_and(|it| words.contains(&it)))
            }
            Self::Has(key, part) => written.text(key).is_some_and(|text| text.contains(part)),
        }
    }
}

/// The word with which a route or a type begins, or the items of a list do. The key of a map says nothing of its values.
fn head(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while let Some(inner) = rest.strip_prefix("list<").or_else(|| rest.strip_prefix("map<")) {
        rest = inner;
    }
    let (word, behind) = word(rest);
    (!behind.trim_start().starts_with(',')).then_some(word)
}

/// The first word of a text, and what stands behind it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    text.split_at(end.unwrap_or(text.len()))
}

impl Rule {
    /// Whether a key cannot stand beside what is written, as far as an editor should not offer it.
    pub(crate) fn refuses(&self, key: &str, written: &Written<'_>) -> bool {
        match self {
            Self::One(keys) | Self::Apart(keys) => {
                keys.contains(&key)
                    && keys.iter().any(|it| *it != key && written.text(it).is_some())
            }
            Self::Belongs(keys, to) => keys.contains(&key) && !written.any(to),
            Self::Choice(of, cases) => {
                let own = |(_, needs, has): &Case| needs.contains(&key) || has.contains(&key);
                let chosen = written.text(of);
                cases.iter().any(own)
                    && !cases.iter().any(|case| Some(case.0) == chosen && own(case))
            }
            Self::When(conditions, follows) => {
                let lacks = |then: &Then| matches!(then, Then::Lacks(keys) if keys.contains(&key));
                follows.iter().any(lacks) && conditions.iter().all(|it| it.holds(written))
            }
            Self::Any(_) | Self::NotEmpty | Self::Raw(_) => false,
        }
    }

    /// What a key holds beside what is written, if that makes a difference.
    pub(crate) fn narrows(&self, key: &str, written: &Written<'_>) -> Option<Value> {
        let Self::When(conditions, follows) = self else { return None };
        let held = follows.iter().find_map(|then| match then {
            Then::Holds(of, value) if *of == key => Some(*value),
            _ => None,
        });
        held.filter(|_| conditions.iter().all(|it| it.holds(written)))
    }
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn the_head_of_a_type_is_what_is_written_in_a_form() {
        assert_eq!(head("GET /users"), Some("GET"));
        assert_eq!(head("list<map<datetime>> | null"), Some("datetime"));
        assert_eq!(head("map<date, bytes>"), None, "the key of a map says nothing");
        assert_eq!(head(""), Some(""));
    }
}
