//! Texts that YAML cannot read and that are types of other languages.

use std::ops::Range;

use super::fault::{Stop, is_word};
use super::lexical::{self, line_end, line_start, quoted, skip_blanks};
use crate::foreign;

impl Stop<'_> {
    /// `string: A doc.`, `map<string: int32>`, and `Box: fields: { … }` with a key too many on its line.
    pub(super) fn behind_type(
        &self,
        start: usize,
        end: usize,
        flow: bool,
    ) -> Option<(&'static str, Range<usize>, String)> {
        let line = line_end(self.text, start);
        let behind = self.text[self.at + 1..line].trim();
        let (word, text) = (&self.text[start..self.at], &self.text[start..end]);
        let small = word.starts_with(char::is_lowercase);
        if !flow && small && is_word(word) && behind.starts_with('{') && behind.ends_with('}') {
            let whole = start..start + self.text[start..line].trim_end().len();
            let mended = format!("{{ {} }}", &self.text[whole.clone()]);
            return Some(("what has keys of its own stands in { }", whole, mended));
        }
        let key = self.text[line_start(self.text, start)..start].trim_end().strip_suffix(':')?;
        let sentence = ["doc", "title", "deprecated"].iter().any(|word| key.ends_with(word));
        let is_type = foreign::is_type(word) && !word.starts_with(char::is_uppercase);
        let meant =
            foreign_type(text).filter(|_| !sentence && (is_type || word.contains(['<', '('])))?;
        let help = match is_type {
            true => "a documentation text begins after two hyphens",
            false => "a type has no colon in it",
        };
        Some((help, start..end, meant))
    }

    /// A text with brackets and those behind it on its line, each as it is meant: the next one would stop the reader
    /// again.
    pub(super) fn quoted_to_end(&self, first: &Range<usize>) -> (Range<usize>, String) {
        let meant = |text: &str| foreign_type(text).unwrap_or_else(|| quoted(text));
        let (mut all, mut mended) = (first.clone(), meant(&self.text[first.clone()]));
        let end = line_end(self.text, first.start);
        let mut at = first.end;
        while let Some(colon) = self.text[at..end].find(": ") {
            at += colon + 2;
            let inside = skip_blanks(self.text, at) + 1;
            let Some(next) = (inside < end && self.text.is_char_boundary(inside))
                .then(|| lexical::bracketed_text(self.text, inside))
                .flatten()
            else {
                continue;
            };
            mended.push_str(&self.text[all.end..next.start]);
            mended.push_str(&meant(&self.text[next.clone()]));
            all.end = next.end;
            at = next.end;
        }
        (all, mended)
    }
}

/// A type of another language as it is written here, in `{ }` too.
pub(super) fn foreign_type(text: &str) -> Option<String> {
    foreign::member(text).filter(|_| !text.contains('"')).map(|meant| meant.written)
}
