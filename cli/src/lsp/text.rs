//! Places as editors name them: a line and a column from 0, the column in units of UTF-16 or in bytes.

use clientwright_codegen::source::Span;
use serde_json::{Value, json};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    #[default]
    Utf16,
    Utf8,
}

impl Encoding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Utf8 => "utf-8",
        }
    }

    fn width(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A text and where its lines begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    /// An editor shows a file without the byte-order mark at its start; what it sends by itself is what it shows.
    pub(super) fn new(text: &'t str, encoding: Encoding, from_disk: bool) -> Self {
        let mark =
            if from_disk && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let bytes = text.as_bytes();
        let mut starts = vec![mark];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at + 1);
            }
        }
        Self { text, starts, encoding }
    }

    /// A line without its end.
    fn line(&self, line: usize) -> Option<&'t str> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\r', '\n']))
    }

    /// The offset of a place. One beyond the end of a line is its end, one beyond the text is the end of that.
    pub(super) fn offset(&self, line: u64, column: u64) -> usize {
        let found = usize::try_from(line).ok().and_then(|line| Some((line, self.line(line)?)));
        let Some((line, text)) = found else { return self.text.len() };
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let mut width = 0;
        let mut at = text.len();
        for (index, c) in text.char_indices() {
            width += self.encoding.width(&text[index..index + c.len_utf8()]);
            // Inside a character is before it.
            if width > column {
                at = index;
                break;
            }
        }
        self.starts[line] + at
    }

    /// The place of an offset.
    pub(super) fn position(&self, offset: usize) -> Value {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts[line];
        let text = self.line(line).unwrap_or_default();
        let mut length = offset.saturating_sub(start).min(text.len());
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        json!({ "line": line, "character": self.encoding.width(&text[..length]) })
    }

    pub(super) fn range(&self, start: usize, end: usize) -> Value {
        json!({ "start": self.position(start), "end": self.position(end) })
    }

    pub(super) fn span(&self, span: Span) -> Value {
        self.range(span.start as usize, span.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: é𝄞b\r\nc\rd\n";

    #[test]
    fn columns_count_what_was_agreed() {
        for (encoding, behind) in [(Encoding::Utf16, 6), (Encoding::Utf8, 9)] {
            let lines = Lines::new(TEXT, encoding, false);
            assert_eq!(lines.offset(0, behind), 9, "{encoding:?}");
            assert_eq!(lines.position(9), json!({ "line": 0, "character": behind }));
        }
        let lines = Lines::new(TEXT, Encoding::Utf16, false);
        assert_eq!(lines.offset(0, 5), 5, "between the halves of a character is before it");
        assert_eq!(lines.offset(2, 0), 14);
        assert_eq!(lines.position(14), json!({ "line": 2, "character": 0 }));
    }

    #[test]
    fn places_beyond_the_end_are_the_end() {
        let lines = Lines::new(TEXT, Encoding::Utf16, false);
        assert_eq!(lines.offset(0, 99), 10, "the end of a line is before its break");
        assert_eq!(lines.offset(99, 0), TEXT.len());
        assert_eq!(lines.offset(u64::MAX, u64::MAX), TEXT.len());
        assert_eq!(lines.position(999), json!({ "line": 3, "character": 0 }));
        assert_eq!(Lines::new("", Encoding::Utf8, true).offset(0, 0), 0);
    }

    #[test]
    fn a_mark_at_the_start_of_a_file_has_no_width() {
        let text = "\u{feff}ab";
        let saved = Lines::new(text, Encoding::Utf16, true);
        assert_eq!(
            (saved.offset(0, 1), saved.position(4)),
            (4, json!({ "line": 0, "character": 1 }))
        );
        assert_eq!(saved.position(0), json!({ "line": 0, "character": 0 }));
        assert_eq!(Lines::new(text, Encoding::Utf16, false).offset(0, 1), 3);
    }
}
