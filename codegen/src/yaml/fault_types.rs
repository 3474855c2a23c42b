//! Texts that YAML cannot read and that are types of other languages.

use std::ops::Range;

use super::fault::{Fault, Stop, is_word};
use super::lexical::{self, line_end, line_start, quoted, skip_blanks};
use crate::foreign;

/// What stands beside the type of a member.
pub(super) const BESIDE_TYPE: [&str; 10] =
    ["default", "format", "name", "doc", "as", "style", "deprecated", "read", "write", "sensitive"];

impl Stop<'_> {
    /// `string: A doc.`, `map<string: int32>`, and `Box: fields: { … }` with a key too many on its line.
    pub(super) fn behind_type(
        &self,
        start: usize,
        end: usize,
        flow: bool,
    ) -> Option<(&'static str, Range<usize>, String)> {
        if let Some(found) = self.named_before(start, end) {
            return Some(found);
        }
        let line = line_end(self.text, start);
        let behind = self.text[self.at + 1..line].trim();
        let (word, text) = (&self.text[start..self.at], &self.text[start..end]);
        let small = word.starts_with(char::is_lowercase);
        if !flow && small && is_word(word) && behind.starts_with('{') && behind.ends_with('}') {
            let whole = start..start + self.text[start..line].trim_end().len();
            let mended = format!("{{ {} }}", &self.text[whole.clone()]);
            return Some(("what has keys of its own stands in { }", whole, mended));
        }
        let sentence = !self.stands_for_type(start);
        let is_type = foreign::is_type(word) && !word.starts_with(char::is_uppercase);
        let meant =
            foreign_type(text).filter(|_| !sentence && (is_type || word.contains(['<', '('])))?;
        let help = match is_type {
            true => "a documentation text begins after two hyphens",
            false => "a type has no colon in it",
        };
        Some((help, start..end, meant))
    }

    /// `username: string, password: string`: several members on one line, and `size: int32, default: 10`, keys of one.
    pub(super) fn several_on_a_line(
        &self,
        start: usize,
        end: usize,
    ) -> Option<(&'static str, String)> {
        let text = &self.text[start..end];
        let line = line_start(self.text, start);
        let before = &self.text[line..start];
        let (key, indent) = (before.trim(), before.len() - before.trim_start().len());
        let lone = key.strip_suffix(':').is_some_and(|key| is_word(key.trim_end_matches('?')));
        if !lone || !self.stands_for_type(start) {
            return None;
        }
        let mut entries: Vec<(&str, &str)> = Vec::new();
        let (mut name, mut rest) = ("", text);
        while let Some(colon) = rest.find(": ") {
            let (value, next) = rest[..colon].rsplit_once(' ')?;
            entries.push((name, value.trim_end()));
            (name, rest) = (next, rest[colon + 2..].trim_start());
        }
        entries.push((name, rest.trim_end().trim_end_matches([',', ';'])));
        let (first, others) = entries.split_first()?;
        let separated = |value: &str| value.ends_with([',', ';']);
        let is_type = |value: &str| {
            let bare = value.trim_end_matches([',', ';']);
            foreign::member(bare).is_some_and(|meant| foreign::is_type(&meant.ty))
        };
        if !is_type(first.1) || others.is_empty() {
            return None;
        }
        if others.iter().all(|(name, _)| BESIDE_TYPE.contains(name)) {
            let bare = |value: &str| value.trim_end_matches([',', ';']).to_owned();
            let others: Vec<String> =
                others.iter().map(|(name, value)| format!(", {name}: {}", bare(value))).collect();
            let ty = foreign_type(&bare(first.1))?;
            return Some((
                "the keys of a member stand in { }",
                format!("{{ type: {ty}{} }}", others.concat()),
            ));
        }
        let (_, before_last) = entries.split_last()?;
        let fits = before_last.iter().all(|(_, value)| separated(value))
            && others
                .iter()
                .all(|(name, value)| is_word(name.trim_end_matches('?')) && is_type(value));
        let all: Vec<String> = entries
            .iter()
            .map(|(name, value)| {
                let value = value.trim_end_matches([',', ';']);
                if name.is_empty() { value.to_owned() } else { format!("{name}: {value}") }
            })
            .collect();
        let mended = all.join(&format!("\n{}", " ".repeat(indent)));
        fits.then_some(("each member stands on a line of its own", mended))
    }

    /// `val name: String`: the name of a member again, behind words of a program.
    fn named_before(
        &self,
        start: usize,
        end: usize,
    ) -> Option<(&'static str, Range<usize>, String)> {
        let mut words = self.text[start..self.at].split_whitespace();
        let of_programs = |word: &str| matches!(word, "val" | "var" | "let" | "const" | "lateinit");
        let name = words.next_back().filter(|name| is_word(name))?;
        let fits = words.clone().count() > 0 && words.all(of_programs) && self.key(start)? == name;
        let meant = fits.then(|| foreign_type(self.text[self.at + 1..end].trim())).flatten()?;
        Some((
            "the type stands behind the name and its colon, without the words before them",
            start..end,
            meant,
        ))
    }

    /// What is said of `[a, b]` behind a word for enums, at `value`: the model that has these values, by the name of
    /// its key.
    pub(super) fn named_enum(&self, value: usize, listed: &str) -> String {
        let key = self.key(value).unwrap_or_default().trim_end_matches('?');
        let mut letters = key.chars().filter(|c| c.is_alphanumeric());
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        let name: String = first.into_iter().chain(letters).collect();
        let name = if name.is_empty() { "Choice".to_owned() } else { name };
        let values: Vec<&str> = listed
            .trim_matches(['[', ']', '{', '}'])
            .split([',', '|'])
            .map(|it| it.trim())
            .filter(|it| !it.is_empty())
            .collect();
        let values = values.join(", ");
        format!(
            "an enum is a model with a name, `models: {{ {name}: {{ enum: [{values}] }} }}`; say `{name}` here"
        )
    }

    /// Whether a value stands behind a key of which the value is no sentence.
    pub(super) fn stands_for_type(&self, value: usize) -> bool {
        self.key(value).is_some_and(|key| {
            !matches!(key, "doc" | "title" | "deprecated" | "incomplete" | "assumed")
        })
    }

    /// The key before a value on its line.
    fn key(&self, value: usize) -> Option<&str> {
        let before = self.text[line_start(self.text, value)..value].trim_end().strip_suffix(':')?;
        before.rsplit([' ', '{', ',']).next()
    }

    /// What is added to a fault in a text that is meant as a model.
    pub(super) fn as_model(&self, value: &Range<usize>) -> Option<impl FnOnce(Fault) -> Fault> {
        let ((help, patch), place) = (self.model(value)?, self.span(value));
        Some(move |found: Fault| match patch {
            Some(patch) => found.with(|d| d.help(help).patch(place, patch)),
            None => found.help(help),
        })
    }

    /// What is a model by itself, `Line & { extra: string }` and `%w[red green]`: what is said of it, and what stands
    /// in its place where a model is defined.
    fn model(&self, value: &Range<usize>) -> Option<(String, Option<String>)> {
        let text = &self.text[value.clone()];
        let key = self.key(value.start).unwrap_or_default();
        let defines = key.starts_with(char::is_uppercase);
        if let Some(words) = foreign::words(text) {
            return Some(match key {
                "enum" => (
                    "the values of an enum stand in brackets, with commas between them".to_owned(),
                    Some(words),
                ),
                _ => {
                    let mended = format!("{{ enum: {words} }}");
                    let patch = defines.then(|| mended.clone());
                    (
                        format!(
                            "a choice of texts is a model with a name: `models: {{ Choice: {mended} }}`"
                        ),
                        patch,
                    )
                }
            });
        }
        let mended = foreign::intersection(text)?;
        let help = match defines {
            true => format!("a model with the members of several is `{mended}`"),
            false => format!(
                "what has the members of several is a model with a name: `models: {{ Both: {mended} }}`; say `Both` here"
            ),
        };
        Some((help, defines.then_some(mended)))
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

/// What is said of an object that is written where its name belongs.
pub(super) const OBJECT: &str = "an object is a model with a name: `models: { Address: { fields: { city: string } } }`; say `Address` here";

/// Whether a text is that of a program in which an object stands: `array{a: string}`, `z.object({ a: … })`.
pub(super) fn is_program(text: &str) -> bool {
    let Some((before, inside)) = text.split_once(['{', '[']) else { return false };
    let called = before.trim_end_matches('[').ends_with('(');
    let is_members = inside.contains(';') || inside.contains(": ");
    !text.contains('/') && (called || is_members) && !before.contains(". ")
}

/// A type of another language as it is written here, in `{ }` too.
pub(super) fn foreign_type(text: &str) -> Option<String> {
    foreign::member(text).filter(|_| !text.contains('"')).map(|meant| meant.written)
}
