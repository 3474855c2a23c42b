//! The few lines of a source that a message shows, cut and made safe to print.
//!
//! A span may cover a whole file and a line may hold a megabyte; what is shown is a line for each
//! place and [`WIDTH`] characters of it. Work is bounded by what is shown, not by the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::json_text::is_format;
use crate::source::{FileId, SourceMap, Span};

/// Bytes of a line from which on it is cut here. Shorter ones the renderer trims to the terminal,
/// which needs them whole to name the column.
const LONG: usize = 4096;
/// Characters that are left of a line that is cut.
const WIDTH: usize = 120;
/// How many of them come before the place.
const BEFORE: usize = 50;
/// Places further apart than this are shown apart.
const NEAR: u32 = 8;

/// Lines of one file with places marked in them.
pub(super) struct Window {
    pub(super) file: FileId,
    /// Line and column of the first place, in the source.
    pub(super) line: u32,
    pub(super) column: u32,
    /// Number of the first line of `text`.
    pub(super) first_line: u32,
    pub(super) text: String,
    /// For every place its index in the list that was asked for and its bytes in `text`.
    pub(super) marks: Vec<(usize, Range<usize>)>,
    /// Whether a line is not shown whole.
    pub(super) cut: bool,
}

/// The windows that show these places, that of the first place first.
pub(super) fn windows(sources: &SourceMap, places: &[Span]) -> Vec<Window> {
    let mut groups: Vec<Vec<(usize, Span, u32)>> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let (line, _) = sources.line_column(place.file, place.start);
        let group = groups.iter_mut().find(|group| {
            group.iter().any(|(_, other, at)| other.file == place.file && at.abs_diff(line) <= NEAR)
        });
        match group {
            Some(group) => group.push((index, *place, line)),
            None => groups.push(vec![(index, *place, line)]),
        }
    }
    groups.iter().filter_map(|group| window(sources, group)).collect()
}

fn window(sources: &SourceMap, group: &[(usize, Span, u32)]) -> Option<Window> {
    let &(_, head, _) = group.first()?;
    let (line, column) = sources.line_column(head.file, head.start);
    let first_line = group.iter().map(|(.., line)| *line).min()?;
    let last_line = group.iter().map(|(.., line)| *line).max()?;
    let mut shown = Window {
        file: head.file,
        line,
        column,
        first_line,
        text: String::new(),
        marks: Vec::new(),
        cut: false,
    };
    for number in first_line..=last_line {
        let Some(whole) = sources.line_span(head.file, number) else { continue };
        let here: Vec<_> = group.iter().filter(|(.., line)| *line == number).collect();
        let around = here.first().map_or(whole.start, |(_, place, _)| place.start);
        let offsets = shown.push_line(sources.text(head.file), whole, around);
        for (index, place, _) in here {
            let start = position(&offsets, place.start);
            // A place that goes on over the next lines is marked to the end of its first one.
            let end = position(&offsets, place.end.min(whole.end)).max(start);
            shown.marks.push((*index, start..end));
        }
    }
    shown.marks.sort_by_key(|(index, _)| *index);
    Some(shown)
}

impl Window {
    /// Adds a line; gives back which offset of the source ended up where.
    fn push_line(&mut self, text: &str, line: Span, around: u32) -> Vec<(u32, usize)> {
        let (start, end) = (line.start as usize, line.end as usize);
        let mut around = (around as usize).clamp(start, end);
        while !text.is_char_boundary(around) {
            around -= 1;
        }
        let mut from = start;
        let long = end - start > LONG;
        if long {
            let before = text[start..around].char_indices().rev().take(BEFORE).last();
            from = before.map_or(around, |(at, _)| start + at);
        }
        if from > start {
            self.text.push('…');
            self.cut = true;
        }
        let mut offsets = Vec::new();
        for (count, (at, c)) in text[from..end].char_indices().enumerate() {
            if long && count == WIDTH {
                offsets.push((number(from + at), self.text.len()));
                self.text.push_str("…\n");
                self.cut = true;
                return offsets;
            }
            offsets.push((number(from + at), self.text.len()));
            // The mark at the start of a file has no column either.
            if !(c == '\u{feff}' && from + at == 0) {
                self.text.push(visible(c));
            }
        }
        offsets.push((line.end, self.text.len()));
        self.text.push('\n');
        offsets
    }
}

/// Where an offset of the source is in the window; what was cut off is at the nearer end.
fn position(offsets: &[(u32, usize)], source: u32) -> usize {
    let index = offsets.partition_point(|(at, _)| *at < source);
    offsets.get(index).or(offsets.last()).map_or(0, |(_, at)| *at)
}

/// A character as it can be printed. Tabs and the old control characters have signs of their own
/// in the renderer.
fn visible(c: char) -> char {
    let unseen = matches!(c, '\u{80}'..='\u{9f}') || is_format(c);
    if unseen { '\u{fffd}' } else { c }
}

/// Messages quote source text: nothing in them may move the cursor or turn the line around.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let odd = |c: char| (c.is_control() && c != '\n') || is_format(c);
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if odd(c) { '\u{fffd}' } else { c }).collect())
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
