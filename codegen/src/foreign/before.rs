//! What other languages write before a type and that says nothing here: `@NotNull`, `some`, `enum`.

use super::{Reader, names};
use crate::vocabulary;

/// Words before a type that change what it is.
const SAYS_MORE: [&str; 13] = [
    "optional", "keyof", "typeof", "unsigned", "union", "oneof", "not", "of", "array", "list",
    "map", "set", "new",
];

impl Reader<'_> {
    /// `@NotNull String`, `@Size(max = 5) String`: all that is said of a type before it. `@Line` alone is a type.
    pub(super) fn skip_annotations(&mut self) {
        while let Some(length) = annotation(self.rest()) {
            self.at += length;
        }
    }

    /// `? extends Line`, `some Line`: the bounds of a type, which is taken for the type.
    pub(super) fn skip_bounds(&mut self) {
        let bounds =
            ["? extends ", "? super ", "? : ", "some ", "any ", "dyn ", "out ", "in ", "ref "];
        while let Some(bound) = bounds.iter().find(|bound| {
            let behind = self.rest().strip_prefix(**bound);
            behind.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        }) {
            self.at += bound.len();
        }
    }
}

/// How long an annotation is, with the blanks behind it, if a type follows.
fn annotation(text: &str) -> Option<usize> {
    let name = text.strip_prefix('@')?;
    let word = name.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(name.len());
    let inside = match name[word..].strip_prefix('(') {
        Some(inside) => inside.find(')')? + 2,
        None => 0,
    };
    let behind = &name[word + inside..];
    let rest = behind.trim_start();
    let follows = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '@' | '[' | '\\'));
    (word > 0 && follows && rest.len() < behind.len()).then(|| text.len() - rest.len())
}

/// What is left of a text whose first word is none of the type behind it: `enum Colour`, `stream Line`.
pub(super) fn without_word(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(' ')?;
    let rest = rest.trim_start();
    let small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_known = |word: &str| vocabulary::is_reserved(word) || names::scalar(word).is_some();
    let next = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
    let is_type = next.starts_with(char::is_uppercase) || is_known(next);
    (small && is_type && !is_known(word) && !SAYS_MORE.contains(&word)).then_some(rest)
}
