//! The top of a file, whose keys have an order.

use std::ops::Range;

use super::writer::{Place, Writer};
use crate::yaml::Entry;

/// The keys at the top of a file in the order in which a reader needs them.
const ORDER: [&str; 15] = [
    "clientwright",
    "provider",
    "use",
    "servers",
    "auth",
    "formats",
    "defaults",
    "rate_limit",
    "sources",
    "path",
    "parameters",
    "models",
    "groups",
    "methods",
    "deliveries",
];

/// The entries in that order.
pub(super) fn ordered(entries: &[Entry]) -> Vec<&Entry> {
    let mut ordered: Vec<_> = ranks(entries).into_iter().zip(entries).collect();
    ordered.sort_by_key(|(rank, _)| *rank);
    ordered.into_iter().map(|(_, entry)| entry).collect()
}

/// The place of each entry; what is not in the list stays behind what it stood behind.
fn ranks(entries: &[Entry]) -> Vec<usize> {
    let mut last = 0;
    let rank = |entry: &Entry| {
        last = ORDER.iter().position(|key| *key == entry.key.value).unwrap_or(last);
        last
    };
    entries.iter().map(rank).collect()
}

/// An entry with what belongs to it, as text.
struct Piece {
    rank: usize,
    /// Whether the author has a blank line before it.
    blank: bool,
    /// Whether it takes more than one line.
    long: bool,
    text: String,
}

pub(super) fn lay_out(text: &str, entries: &[Entry], comments: Vec<Range<usize>>) -> String {
    let mut writer = Writer::new(text, comments);
    let start = |entry: &Entry| entry.key.span.start as usize;
    let head = entries.first().map_or(0, |first| header(&writer, start(first)));
    writer.leading(head, 0, &mut true);
    let mut out = std::mem::take(&mut writer.out);
    let mut pieces = Vec::new();
    for (index, (entry, rank)) in entries.iter().zip(ranks(entries)).enumerate() {
        let limit = entries.get(index + 1).map_or(text.len(), start);
        let begins = writer.comments.start(start(entry)).unwrap_or(start(entry));
        let blank = writer.is_blank_before(begins);
        let place = Place { indent: 0, limit, spaced: false, fixed: false };
        let long = writer.entry(entry, place, &mut true);
        pieces.push(Piece { rank, blank, long, text: std::mem::take(&mut writer.out) });
    }
    pieces.sort_by_key(|piece| piece.rank);
    let mut long_before = false;
    for (index, piece) in pieces.iter().enumerate() {
        let apart = index > 0 && (piece.blank || piece.long || long_before);
        if apart || (index == 0 && !out.is_empty()) {
            out.push('\n');
        }
        out.push_str(&piece.text);
        long_before = piece.long;
    }
    writer.leading(text.len(), 0, &mut false);
    out + &writer.out
}

/// Where the comments end that are about the whole file: those before the last blank line above the first key.
fn header(writer: &Writer<'_>, first: usize) -> usize {
    let mut head = 0;
    let mut before = None;
    for start in writer.comments.between(0..first).map(|comment| comment.start).chain([first]) {
        let gap = before.and_then(|before: usize| writer.text.get(before..start));
        if gap.is_some_and(|gap| {
            gap.lines().skip(1).any(|line| line.trim().is_empty() && line.len() != gap.len())
        }) {
            head = start;
        }
        before = Some(start);
    }
    head
}
