//! How many constructs the language has.

use super::kind::{Key, Value};
use super::shapes::shapes;
use super::table::kinds;
use super::words::{FLAGS, TYPES};

/// The constructs of the language, counted where they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Constructs {
    /// The mappings with keys of their own, each with the number of its keys.
    pub keys: Vec<(&'static str, usize)>,
    /// Words that are types.
    pub types: usize,
    /// Words that may stand behind the type of a member.
    pub flags: usize,
    /// Keys with a fixed choice of words, such as formats and styles: the key, its mapping, and how many words.
    pub words: Vec<(&'static str, &'static str, usize)>,
}

impl Constructs {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        let keys: usize = self.keys.iter().map(|(_, count)| count).sum();
        let words: usize = self.words.iter().map(|(_, _, count)| count).sum();
        keys + self.types + self.flags + words
    }
}

/// Counts the constructs of the language.
#[must_use]
pub fn constructs() -> Constructs {
    let kinds = kinds().map(|kind| (kind.what, kind.keys));
    let shapes = shapes().flat_map(|shape| {
        let inside = shape.holds.iter().filter_map(|held| match held {
            Value::Keyed(keys) if !keys.is_empty() => Some((shape.name, *keys)),
            _ => None,
        });
        inside.collect::<Vec<_>>()
    });
    let places: Vec<(&'static str, &'static [Key])> = kinds.chain(shapes).collect();
    let words = places.iter().flat_map(|(what, keys)| {
        keys.iter().filter_map(move |(key, value, _)| match value {
            Value::Words(words) | Value::WordOrWords(_, words) => Some((*key, *what, words.len())),
            _ => None,
        })
    });
    Constructs {
        words: words.collect(),
        keys: places.iter().map(|(what, keys)| (*what, keys.len())).collect(),
        types: TYPES.len(),
        flags: FLAGS.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::constructs;

    #[test]
    fn formats_and_styles_are_among_them() {
        let found = constructs();
        let of = |key: &str, what: &str| {
            found
                .words
                .iter()
                .find(|(known, place, _)| (*known, *place) == (key, what))
                .map(|it| it.2)
        };
        assert_eq!(of("format", "a member"), Some(15));
        assert_eq!(of("style", "a member"), Some(6));
        let listed = found.keys.iter().find(|(what, _)| *what == "a specification");
        assert!(listed.is_some_and(|(_, count)| *count > 10));
        assert!(found.total() > found.keys.len());
    }
}
