//! Mistakes of brackets, quotes and commas.

use std::ops::RangeInclusive;

use crate::lines::{self, Made};
use crate::tree::{Entry, Kind};

/// The lines of everything that stands in the same brackets, the outermost ones.
fn around(text: &str, entries: &[Entry], entry: &Entry) -> RangeInclusive<usize> {
    let mut outer = entry;
    while let Some(parent) = outer.parent.filter(|_| outer.flow) {
        outer = &entries[parent];
    }
    lines::numbers(text, &outer.range())
}

/// What closes a value is left out.
pub(super) fn unclosed(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let value = &text[entry.start..entry.end];
    let closes = value.starts_with(['{', '[', '"', '\'']) && value.ends_with(['}', ']', '"', '\'']);
    closes.then(|| {
        let changed = lines::replaced(text, entry.end - 1..entry.end, "");
        Made::new(changed, around(text, entries, entry))
    })
}

/// What opens a value is left out.
pub(super) fn unopened(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let value = text[entry.start..entry.end].starts_with(['{', '[', '"', '\'']);
    value.then(|| {
        let changed = lines::replaced(text, entry.start..entry.start + 1, "");
        Made::new(changed, around(text, entries, entry))
    })
}

/// The comma before an entry is left out.
pub(super) fn no_comma(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let comma = text[..entry.key.start].trim_end().strip_suffix(',')?.len();
    let changed = lines::replaced(text, comma..comma + 1, "");
    entry.flow.then(|| Made::new(changed, around(text, entries, entry)))
}

/// A comma too many stands before an entry.
pub(super) fn two_commas(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let at = entry.key.start;
    let changed = lines::replaced(text, at..at, ", ");
    entry.flow.then(|| Made::new(changed, around(text, entries, entry)))
}

/// A mapping stands in the brackets of a list, or the other way round.
pub(super) fn other_brackets(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let value = &text[entry.start..entry.end];
    let inner = value.get(1..value.len().saturating_sub(1))?;
    let changed = match entry.value {
        Kind::Mapping if value.starts_with('{') => format!("[{inner}]"),
        Kind::List if value.starts_with('[') => format!("{{{inner}}}"),
        _ => return None,
    };
    let changed = lines::replaced(text, entry.start..entry.end, &changed);
    Some(Made::new(changed, around(text, entries, entry)))
}
