//! Faults of keys: the colon that is missing behind one, and what stands around the keys of a file.

use std::ops::Range;

use crate::diag::codes;
use crate::foreign;
use crate::source::Span;

use super::fault::{Fault, Reach, Stop, is_word};
use super::lexical::{self, first_of_line, indent, line_end, line_start, next_line, plain_end};

impl Stop<'_> {
    /// The first line is indented, so that the file ends with the lines that are; or a text or a list is the
    /// whole file, and something follows.
    pub(super) fn outside(&self) -> Fault {
        let mut line = Some(0);
        while let Some(start) = line {
            let first = first_of_line(self.text, start);
            if !matches!(self.byte(first), None | Some(b'#' | b'\n' | b'\r' | 0xef)) {
                if first - start > indent(self.text, self.at) {
                    return self.indented_start(first, first - start);
                }
                let line = &self.text[first..line_end(self.text, first)];
                if !line.contains(": ")
                    && !line.ends_with(':')
                    && !line.starts_with(['-', '{', '['])
                {
                    return self.first_without_colon(first, line);
                }
                break;
            }
            line = next_line(self.text, start).filter(|next| *next < self.at);
        }
        let message = "this stands behind the end of what the file consists of";
        self.say(&codes::SYNTAX, &self.rest(self.at, false), message)
            .help("a file is one mapping, `key: value`, whose keys begin in the first column")
    }

    /// The first line is to be `clientwright: 1`.
    pub(super) fn first_without_colon(&self, first: usize, line: &str) -> Fault {
        let Some((key, value)) = line.split_once(' ') else { return self.no_colon(first) };
        let key = first..first + key.len();
        let behind = self.span(&(key.end..key.end));
        let word = &self.text[key.clone()];
        let help = format!("write `{word}: {}`", value.trim());
        self.say(&codes::MISSING_COLON, &key, format!("a colon is missing behind `{word}`"))
            .with(|d| d.help(help).patch(behind, ":"))
    }

    pub(super) fn indented_start(&self, first: usize, column: usize) -> Fault {
        let word = self.text[first..].split([' ', '\n', '\r']).next().unwrap_or("");
        let message = format!("this line is indented by {column}, and those below it are not");
        let below = self.span(&self.rest(self.at, false));
        self.say(&codes::INDENTATION, &(first..first + word.len()), message)
            .with(|d| d.related(below, "an entry of the file").help("begin it in the same column"))
    }

    /// A word on a line of its own with entries below it, which is a key.
    pub(super) fn lone_key(&self, key: &Range<usize>, below: Span) -> Fault {
        let text = &self.text[key.clone()];
        let behind = self.span(&(key.end..key.end));
        self.say(&codes::MISSING_COLON, key, format!("a colon is missing behind `{text}`")).with(
            |d| {
                d.related(below, "an entry of it")
                    .help(format!("write `{text}:`"))
                    .patch(behind, ":")
            },
        )
    }

    /// The key around a bracket, as in `{ expand[]: string }`.
    pub(super) fn key_with_brackets(&self) -> Option<Range<usize>> {
        let is_part = |c: char| c.is_alphanumeric() || "_-[]?=".contains(c);
        let before = self.text[..self.at].trim_end_matches(is_part);
        let all = &self.text[before.len()..];
        let end = all.find(|c: char| !is_part(c)).filter(|end| all[*end..].starts_with(": "))?;
        let named = all.starts_with(|c: char| c.is_alphanumeric()) && all[..end].contains(']');
        (named && before.trim_end().ends_with(['{', ','])).then(|| before.len()..before.len() + end)
    }

    /// `User { id: string }`, which YAML takes for a key with a bracket in it.
    pub(super) fn bracket_without_colon(&self, key: &Range<usize>) -> Fault {
        let text = &self.text[key.clone()];
        // `Order:{ … }`
        if self.byte(key.end) == Some(b':') {
            return self.blank_behind_colon(key);
        }
        let (behind, mended) = match lexical::equals(self.text, key.end) {
            Some(equals) => (equals, ": "),
            None => (key.end..key.end, ":"),
        };
        let place = self.span(&behind);
        self.say(&codes::MISSING_COLON, key, format!("a colon is missing behind `{text}`")).with(
            |d| {
                let sign = lexical::sign_behind(self.text, behind.end);
                d.help(format!("write `{text}: {sign}`")).patch(place, mended)
            },
        )
    }

    /// `Order:{ … }`, which is a text without the blank.
    pub(super) fn blank_behind_colon(&self, key: &Range<usize>) -> Fault {
        let text = &self.text[key.clone()];
        let behind = self.span(&(key.end + 1..key.end + 1));
        let whole = key.start..key.end + 1;
        self.say(&codes::MISSING_COLON, &whole, format!("a blank is missing behind `{text}:`"))
            .with(|d| {
                let sign = lexical::sign_behind(self.text, key.end + 1);
                d.help(format!("write `{text}: {sign}`")).patch(behind, " ")
            })
    }

    /// The first word of the next line, if that is indented further.
    pub(super) fn below(&self, at: usize) -> Option<Range<usize>> {
        let mut line = next_line(self.text, at)?;
        while first_of_line(self.text, line) == line_end(self.text, line) {
            line = next_line(self.text, line)?;
        }
        let first = first_of_line(self.text, line);
        let word = self.text[first..line_end(self.text, first)].split(' ').next()?.len();
        (first - line > indent(self.text, at) && word > 0).then_some(first..first + word)
    }

    /// `"a key" { … }`
    pub(super) fn quoted_key(&self, key: Range<usize>) -> Fault {
        let text = &self.text[key.clone()];
        let behind = self.span(&(key.end..key.end));
        self.say(&codes::MISSING_COLON, &key, format!("a colon is missing behind {text}"))
            .with(|d| d.help(format!("write {text}:")).patch(behind, ":"))
    }

    /// The key in the line above, if this line stands in its column and is meant as its value.
    fn key_above(&self, at: usize) -> Option<Range<usize>> {
        let start = line_start(self.text, at);
        let above = line_start(self.text, start.checked_sub(1)?);
        let first = first_of_line(self.text, above);
        let line = &self.text[first..plain_end(self.text, first, false)];
        let key = line.strip_suffix(':').filter(|key| !key.contains(": "))?;
        let beside = first_of_line(self.text, at) == at && indent(self.text, above) == at - start;
        (beside && !key.is_empty()).then(|| first..first + key.len())
    }

    /// A value that stands below its key, and no further inside.
    fn value_beside(&self, at: usize, key: &Range<usize>) -> Fault {
        let value = at..plain_end(self.text, at, false);
        let place = self.span(&(at..at));
        let of = self.span(key);
        let key = &self.text[key.clone()];
        let message = format!("the value of `{key}` stands in the column of its key");
        self.say(&codes::INDENTATION, &value, message)
            .with(|d| {
                d.related(of, "the key")
                    .help(format!("indent it further, or write it behind `{key}:`"))
                    .patch(place, "  ")
            })
            .reach(Reach::Value)
    }

    pub(super) fn no_colon(&self, at: usize) -> Fault {
        let end = plain_end(self.text, at, false);
        let line = &self.text[at..end];
        let below = self.below(at).filter(|_| !line.contains([' ', ':']));
        // What has entries below it is no value.
        if below.is_none()
            && let Some(key) = self.key_above(at)
        {
            return self.value_beside(at, &key);
        }
        if line.starts_with(['{', '[']) {
            let message = "this value is indented no further than the key before it";
            return self
                .say(&codes::MISSING_COLON, &(at..end), message)
                .help("indent all of its lines further than the key that it belongs to");
        }
        if let Some(below) = below {
            return self.lone_key(&(at..end), self.span(&below));
        }
        let found = self.say(
            &codes::MISSING_COLON,
            &(at..end),
            "this line is no `key: value`, as the others of its mapping are",
        );
        let is_type =
            |text: &str| foreign::member(text).is_some_and(|meant| foreign::is_type(&meant.ty));
        let parts = line.split_once(':');
        let equals = line.split_once('=').map(|(key, value)| (key.trim_end(), value.trim_start()));
        match parts {
            // `http=GET /users`
            _ if let Some((key, value)) = equals
                && is_word(&key.replace(':', "_"))
                && !value.is_empty() =>
            {
                let mended = format!("{key}: {value}");
                let place = self.span(&(at..end));
                let help = format!("a colon stands between a key and its value: `{key}: `");
                found.with(|d| d.help(help).patch(place, mended))
            }
            // `note? string`, `payment:seen Payment`
            _ if let Some((key, value)) = line.split_once(' ')
                && is_word(&key.trim_end_matches('?').replace(':', "_"))
                && is_type(value)
                && parts.is_none_or(|(_, rest)| !rest.split(' ').next().is_some_and(is_type)) =>
            {
                let behind = self.span(&(at + key.len()..at + key.len()));
                let help = format!("write `{key}: {}`", value.trim());
                found.with(|d| d.help(help).patch(behind, ":"))
            }
            Some((key, value))
                if !key.contains(' ')
                    && !key.is_empty()
                    && !value.is_empty()
                    && !value.starts_with("//") =>
            {
                let place = self.span(&(at..end));
                let mended = format!("{key}: {value}");
                found.with(|d| d.help("a space belongs after the colon").patch(place, mended))
            }
            // `...Order`
            _ if let Some(model) = line.strip_prefix("...")
                && is_word(model) =>
            {
                let place = self.span(&(at..end));
                let mended = format!("...: {model}");
                let help = format!("the members of a model are taken with `{mended}`");
                found.with(|d| d.help(help).patch(place, mended))
            }
            _ => found.help(
                "write `key: value`; if it continues a text, quote that text or indent this line further",
            ),
        }
    }
}
