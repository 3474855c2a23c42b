//! Lines of a text, and texts with some of them changed.

use std::ops::{Range, RangeInclusive};

/// A text with a mistake, and where that has to be told: in each of these stretches of lines once at most.
pub(crate) struct Made {
    pub(crate) text: String,
    pub(crate) lines: Vec<RangeInclusive<usize>>,
}

impl Made {
    pub(crate) fn new(text: String, lines: RangeInclusive<usize>) -> Self {
        Self { text, lines: vec![lines] }
    }
}

/// The number of the line in which a place is, from 1.
pub(crate) fn number(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count() + 1
}

/// The numbers of the lines of a stretch.
pub(crate) fn numbers(text: &str, stretch: &Range<usize>) -> RangeInclusive<usize> {
    number(text, stretch.start)..=number(text, stretch.end)
}

/// Where the line of a place begins.
pub(crate) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

/// How far a place is from the beginning of its line.
pub(crate) fn column(text: &str, at: usize) -> usize {
    at - start(text, at)
}

/// A stretch with the lines that it begins and ends in, and their ends.
pub(crate) fn whole(text: &str, stretch: &Range<usize>) -> Range<usize> {
    let end = text[stretch.end..].find('\n').map_or(text.len(), |at| stretch.end + at + 1);
    start(text, stretch.start)..end
}

/// A text with something else in place of a stretch.
pub(crate) fn replaced(text: &str, stretch: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..stretch.start], &text[stretch.end..])
}

/// A text with each line of a stretch changed that is not empty.
pub(crate) fn each(text: &str, stretch: Range<usize>, change: impl Fn(&str) -> String) -> String {
    let lines = text[stretch.clone()].split_inclusive('\n');
    let changed: String = lines
        .map(|line| if line.trim().is_empty() { line.to_owned() } else { change(line) })
        .collect();
    replaced(text, stretch, &changed)
}
