//! Mistakes of whole lines: blocks that stand too far inside or outside, lines in another block, dashes.

use std::ops::Range;

use crate::lines::{self, Made};
use crate::tree::{Entry, Kind};

/// The lines of a value that stands below its key.
fn below(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let is_block = matches!(entry.value, Kind::Mapping | Kind::List)
        && !entry.flow
        && !text[entry.start..].starts_with(['{', '['])
        && lines::start(text, entry.start) > entry.key.start;
    is_block.then(|| lines::whole(text, &(entry.start..entry.end)))
}

/// An entry that has its lines for itself.
fn own_lines(text: &str, entry: &Entry) -> Option<Range<usize>> {
    (entry.leads && !entry.flow).then(|| lines::whole(text, &entry.range()))
}

/// What belongs below a key stands beside it.
pub(super) fn outdented(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let block = below(text, entry)?;
    // A key that stands twice then is a mistake of its own.
    let inner = entries.iter().filter(|it| it.path.len() == entry.path.len() + 1);
    let mut inner = inner.filter(|it| entry.range().contains(&it.key.start));
    let beside = |name: &str| {
        entries.iter().any(|it| {
            it.parent == entry.parent && it.path.len() == entry.path.len() && it.name() == name
        })
    };
    if inner.any(|it| beside(it.name())) {
        return None;
    }
    let shift = lines::column(text, entry.start) - lines::column(text, entry.key.start);
    let outside = |line: &str| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        line[shift.min(blanks)..].to_owned()
    };
    let told = lines::numbers(text, &(entry.key.start..block.end - 1));
    (shift > 0).then(|| Made::new(lines::each(text, block, outside), told))
}

/// A block stands too far inside.
pub(super) fn indented(
    text: &str,
    entries: &[Entry],
    entry: &Entry,
    columns: usize,
) -> Option<Made> {
    let block = own_lines(text, entry)?;
    // What comes behind it may be the first line that does not fit. Where it is missed that is told as well.
    let told = lines::number(text, block.start)..=lines::number(text, block.end);
    let missed = item(entries, entry).map(|item| lines::numbers(text, &item.range()));
    Some(Made {
        text: lines::each(text, block, |line| format!("{}{line}", " ".repeat(columns))),
        lines: std::iter::once(told).chain(missed).collect(),
    })
}

/// A block stands some columns outside of its place, and is no neighbour of what it stands in.
pub(super) fn shifted_out(
    text: &str,
    entries: &[Entry],
    entry: &Entry,
    columns: usize,
) -> Option<Made> {
    let block = own_lines(text, entry)?;
    let column = lines::column(text, entry.key.start);
    let around = lines::column(text, entries[entry.parent?].key.start);
    let told = lines::number(text, block.start)..=lines::number(text, block.end);
    let missed = item(entries, entry).map(|item| lines::numbers(text, &item.range()));
    (column > around + columns).then(|| Made {
        text: lines::each(text, block, |line| line[columns..].to_owned()),
        lines: std::iter::once(told).chain(missed).collect(),
    })
}

/// A block is indented with tabs.
pub(super) fn tabs(text: &str, entry: &Entry) -> Option<Made> {
    let block = own_lines(text, entry).filter(|it| entry.key.start > it.start)?;
    let with_tabs = |line: &str| {
        let bare = line.trim_start_matches(' ');
        format!("{}{bare}", "\t".repeat((line.len() - bare.len()).div_ceil(2)))
    };
    let told = lines::numbers(text, &(block.start..block.end - 1));
    Some(Made::new(lines::each(text, block, with_tabs), told))
}

/// The first lines of a block stand at the end of the block before it.
pub(super) fn moved_up(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let block = own_lines(text, entry)?;
    let parent = &entries[entry.parent?];
    let around = own_lines(text, parent)?;
    let before = &text[around.start..block.start];
    if before.lines().count() != 1 || neighbour(entries, parent, false).is_none() {
        return None;
    }
    let changed = format!("{}{before}", &text[block.clone()]);
    let moved = text[block.clone()].lines().count();
    let first = lines::number(text, around.start);
    let missed = lines::number(text, item(entries, entry)?.range().end);
    Some(Made {
        text: lines::replaced(text, around.start..block.end, &changed),
        // A comment above may be what is in the way.
        lines: vec![first.saturating_sub(1)..=first + moved - 1, first + moved..=missed],
    })
}

/// The last lines of a block stand at the beginning of the block behind it.
pub(super) fn moved_down(text: &str, entries: &[Entry], entry: &Entry) -> Option<Made> {
    let block = own_lines(text, entry)?;
    let parent = &entries[entry.parent?];
    let around = own_lines(text, parent)?;
    let next = own_lines(text, neighbour(entries, parent, true)?)?;
    if block.end != around.end || around.end != next.start {
        return None;
    }
    let head = lines::whole(text, &(next.start..next.start));
    let changed = format!("{}{}", &text[head.clone()], &text[block.clone()]);
    let moved = text[block.clone()].lines().count();
    let key = lines::number(text, block.start);
    Some(Made {
        text: lines::replaced(text, block.start..head.end, &changed),
        lines: vec![
            lines::number(text, item(entries, entry)?.key.start)..=key - 1,
            // That of the other block is told there too, where it has what was moved twice.
            key..=lines::number(text, next.end - 1).max(key + moved),
        ],
    })
}

/// The model, the method or whatever else an entry is a part of.
fn item<'e>(entries: &'e [Entry], entry: &Entry) -> Option<&'e Entry> {
    let mut item = &entries[entry.parent?];
    while item.path.len() > 2 {
        item = &entries[item.parent?];
    }
    Some(item)
}

/// The entry before or behind another one in the same mapping.
pub(crate) fn neighbour<'e>(
    entries: &'e [Entry],
    entry: &Entry,
    behind: bool,
) -> Option<&'e Entry> {
    let mut beside = entries.iter().filter(|other| {
        other.parent == entry.parent && other.path.len() == entry.path.len() && !other.flow
    });
    if behind {
        beside.find(|other| other.key.start > entry.key.start)
    } else {
        beside.rfind(|other| other.key.start < entry.key.start)
    }
}

/// A value stands in the next line, without indentation.
pub(super) fn next_line(text: &str, entry: &Entry) -> Option<Made> {
    let block = own_lines(text, entry)?;
    let gap = text.get(entry.after..entry.start).filter(|gap| !gap.contains('\n'))?;
    let one_line = !text[entry.start..entry.end].contains('\n') && !gap.is_empty();
    let indentation = " ".repeat(entry.key.start - block.start);
    one_line.then(|| {
        let line = lines::number(text, block.start);
        let changed = format!("\n{indentation}");
        Made::new(lines::replaced(text, entry.after..entry.start, &changed), line..=line + 1)
    })
}

/// The dash before the last item of a list is left out.
pub(super) fn no_dash(text: &str, entry: &Entry) -> Option<Made> {
    let block = below(text, entry).filter(|_| entry.value == Kind::List)?;
    let column = lines::column(text, entry.start);
    let mark = format!("{}- ", " ".repeat(column));
    let mut marks = text[block.clone()].rmatch_indices(&mark).map(|(at, _)| block.start + at);
    let dash = marks.find(|at| lines::start(text, *at) == *at)? + column;
    // The lines above may be read with it, and those of the item.
    let told = lines::numbers(text, &(entry.key.start..block.end - 1));
    Some(Made::new(lines::replaced(text, dash..dash + 2, ""), told))
}

/// A key begins with a dash.
pub(super) fn dashed(text: &str, entry: &Entry) -> Option<Made> {
    let block = own_lines(text, entry)?;
    let told = lines::numbers(text, &block);
    let at = entry.key.start;
    Some(Made::new(lines::replaced(text, at..at, "- "), told))
}
