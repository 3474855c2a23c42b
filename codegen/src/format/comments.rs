//! The comments of a text while it is written anew: each is handed out once, in order.

use std::ops::Range;

use crate::yaml::lexical;

pub(super) struct Comments<'t> {
    text: &'t str,
    found: Vec<Range<usize>>,
    next: usize,
}

impl<'t> Comments<'t> {
    pub(super) fn new(text: &'t str, found: Vec<Range<usize>>) -> Self {
        Self { text, found, next: 0 }
    }

    /// Where the next one begins, if that is before `limit`.
    pub(super) fn start(&self, limit: usize) -> Option<usize> {
        self.found.get(self.next).map(|comment| comment.start).filter(|start| *start < limit)
    }

    /// Where the next one begins, if it stands before `limit` on the line on which something ended at `end`.
    pub(super) fn start_on_line(&self, end: usize, limit: usize) -> Option<usize> {
        self.start(limit.min(lexical::line_end(self.text, end) + 1)).filter(|start| *start >= end)
    }

    /// Whether one stands between two places.
    pub(super) fn within(&self, place: Range<usize>) -> bool {
        let first = self.found.partition_point(|comment| comment.start < place.start);
        self.found.get(first).is_some_and(|comment| comment.start < place.end)
    }

    /// Those between two places, in order.
    pub(super) fn between(&self, place: Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        self.found.iter().filter(move |comment| place.contains(&comment.start))
    }

    /// Takes the next one: its text and where it ends.
    pub(super) fn take(&mut self) -> Option<(&'t str, usize)> {
        let place = self.found.get(self.next)?.clone();
        self.next += 1;
        let end = place.end;
        Some((self.text.get(place).unwrap_or_default().trim_end(), end))
    }
}
