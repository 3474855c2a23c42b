//! Source texts, the places in them, and the way from a byte offset to a line and a column.
//!
//! Everything later speaks of a place as a [`Span`]; only rendering asks for lines. Offsets are
//! bytes of the text exactly as it was read, a byte-order mark included.

/// One text that is read, under the name it is shown by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path that messages show: relative, with `/` between its parts on every system.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Which of the texts of a [`SourceMap`] a place is in; by default the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`; an end before the start makes it empty.
    #[must_use]
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end: end.max(start) }
    }

    /// The span that covers both; `other` in another file is ignored.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self::new(self.file, self.start.min(other.start), self.end.max(other.end))
        } else {
            self
        }
    }

    /// A part of this span, by offsets from its start, never reaching past its end.
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Self {
        let at = |offset: usize| {
            u32::try_from(offset).map_or(self.end, |o| self.start.saturating_add(o)).min(self.end)
        };
        Self::new(self.file, at(start), at(end))
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// The name of the file that `path` leads to from the file `name`, by the texts alone; `None` unless the path
/// is relative and plain.
pub(crate) fn beside(name: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.contains(['\\', ':', '\0', '\n', '\r']) {
        return None;
    }
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match (part, parts.last().copied()) {
            ("", _) | ("..", Some("")) => return None,
            (".", _) => {}
            ("..", Some("..") | None) => parts.push(".."),
            ("..", Some(_)) => {
                parts.pop();
            }
            (part, _) => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value at the same place.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }

    /// The same place with a borrowed value.
    #[must_use]
    pub fn as_ref(&self) -> Spanned<&T> {
        Spanned { value: &self.value, span: self.span }
    }
}

/// A span in the terms of an editor: lines and columns from 1, columns counted in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Name of the file.
    pub file: String,
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

#[derive(Clone, Debug)]
struct File {
    name: String,
    text: String,
    /// Offset at which each line begins; never empty.
    lines: Vec<u32>,
    /// Lets a column be a subtraction: a message about each item of one long line stays cheap.
    ascii: bool,
}

/// The texts of one run, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

impl SourceMap {
    /// Adds a text. Bytes past 4 GiB cannot be named by a [`Span`]; readers refuse far smaller files.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let Source { name, text } = source;
        let lines = line_starts(&text);
        let ascii = text.is_ascii();
        self.files.push(File { name, text, lines, ascii });
        id
    }

    /// The shown name of a file; empty when the file is of another map.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.get(file).map_or("", |f| f.name.as_str())
    }

    /// The text of a file; empty when the file is of another map.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |f| f.text.as_str())
    }

    /// Every file, in the order of adding.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0u32..).zip(&self.files).map(|(id, _)| FileId(id))
    }

    /// Where the line begins that a byte offset is in.
    pub(crate) fn line_start(&self, file: FileId, offset: u32) -> u32 {
        let start = self.get(file).and_then(|found| found.lines.get(found.line_index(offset)));
        start.copied().unwrap_or(0)
    }

    /// Line and column (both from 1, the column in characters) of a byte offset.
    #[must_use]
    pub fn line_column(&self, file: FileId, offset: u32) -> (u32, u32) {
        let Some(found) = self.get(file) else { return (1, 1) };
        let index = found.line_index(offset);
        let start = found.lines.get(index).copied().unwrap_or(0);
        let line = found.text.get(start as usize..).unwrap_or("");
        let length = offset.saturating_sub(start) as usize;
        let column = if found.ascii {
            length.min(line.len())
        } else {
            // The mark at the start of a file has no width in any editor.
            line.char_indices()
                .take_while(|(at, _)| *at < length)
                .filter(|(at, c)| !(start == 0 && *at == 0 && *c == '\u{feff}'))
                .count()
        };
        (number(index) + 1, number(column) + 1)
    }

    /// A span as lines and columns.
    #[must_use]
    pub fn location(&self, span: Span) -> Location {
        let (line, column) = self.line_column(span.file, span.start);
        let (end_line, end_column) = self.line_column(span.file, span.end);
        Location { file: self.name(span.file).to_owned(), line, column, end_line, end_column }
    }

    /// Offsets of a line (counted from 1) without its line break.
    #[must_use]
    pub(crate) fn line_span(&self, file: FileId, line: u32) -> Option<Span> {
        let found = self.get(file)?;
        let index = line.checked_sub(1)? as usize;
        let start = *found.lines.get(index)?;
        let end = found.lines.get(index + 1).map_or(found.text.len(), |next| *next as usize);
        let text = found.text.get(start as usize..end)?.trim_end_matches(['\r', '\n']);
        Some(Span::new(file, start, start + number(text.len())))
    }

    fn get(&self, file: FileId) -> Option<&File> {
        self.files.get(file.0 as usize)
    }
}

impl File {
    fn line_index(&self, offset: u32) -> usize {
        self.lines.partition_point(|start| *start <= offset).saturating_sub(1)
    }
}

/// Counts as YAML does: a line ends at `\n`, `\r\n` or a lone `\r`.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let after = bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
        b'\n' => Some(at + 1),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
        _ => None,
    });
    std::iter::once(0).chain(after).map(number).collect()
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> (SourceMap, FileId) {
        let mut sources = SourceMap::default();
        let file = sources.add(Source { name: "a.yaml".to_owned(), text: text.to_owned() });
        (sources, file)
    }

    #[test]
    fn paths_lead_from_file_to_file() {
        for (name, path, expected) in [
            ("specs/shop/a.yaml", "b.yaml", Some("specs/shop/b.yaml")),
            ("specs/shop/a.yaml", "../common/b.yaml", Some("specs/common/b.yaml")),
            ("a.yaml", "./x/../b.yaml", Some("b.yaml")),
            ("a.yaml", "../../b.yaml", Some("../../b.yaml")),
            ("../a.yaml", "../b.yaml", Some("../../b.yaml")),
            ("/a.yaml", "b.yaml", Some("/b.yaml")),
            ("/a.yaml", "../b.yaml", None),
            ("a.yaml", "/b.yaml", None),
            ("a.yaml", "x//b.yaml", None),
            ("a.yaml", r"..\b.yaml", None),
            ("a.yaml", "C:b.yaml", None),
            ("a.yaml", "", None),
        ] {
            assert_eq!(beside(name, path).as_deref(), expected, "{name} {path}");
        }
    }

    #[test]
    fn columns_are_characters_and_lines_end_in_three_ways() {
        let (sources, file) = map("é: 1\r\nb\rc\nd");
        assert_eq!(sources.line_column(file, 0), (1, 1));
        assert_eq!(sources.line_column(file, 2), (1, 2), "after a letter of two bytes");
        assert_eq!(sources.line_column(file, 7), (2, 1));
        assert_eq!(sources.line_column(file, 9), (3, 1));
        assert_eq!(sources.line_column(file, 11), (4, 1));
        assert_eq!(sources.line_column(file, 12), (4, 2), "the end of the text");
        assert_eq!(sources.line_column(file, 999).0, 4, "past the end stays on the last line");
    }

    #[test]
    fn a_byte_order_mark_has_no_width() {
        let (sources, file) = map("\u{feff}ab");
        assert_eq!(sources.line_column(file, 3), (1, 1));
        assert_eq!(sources.line_column(file, 4), (1, 2));
    }

    #[test]
    fn lines_come_without_their_break() {
        let (sources, file) = map("ab\r\ncd");
        let line = |n| {
            let span = sources.line_span(file, n)?;
            sources.text(file).get(span.start as usize..span.end as usize)
        };
        assert_eq!(line(1), Some("ab"));
        assert_eq!(line(2), Some("cd"));
        assert_eq!(line(3), None);
        assert_eq!(line(0), None);
    }

    #[test]
    fn spans_cover_and_cut() {
        let (_, file) = map("0123456789");
        let span = Span::new(file, 2, 5);
        assert_eq!(span.to(Span::new(file, 7, 8)), Span::new(file, 2, 8));
        assert_eq!(span.slice(1, 2), Span::new(file, 3, 4));
        assert_eq!(span.slice(1, 99), Span::new(file, 3, 5));
        assert_eq!(Span::new(file, 5, 2), Span::new(file, 5, 5));
    }

    #[test]
    fn a_foreign_file_is_empty() {
        let (sources, _) = map("");
        assert_eq!(sources.name(FileId(9)), "");
        assert_eq!(sources.line_column(FileId(9), 3), (1, 1));
        assert_eq!(sources.files().count(), 1);
    }
}
