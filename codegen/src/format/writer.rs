//! Writes lists and mappings, and puts each comment where it belongs.
//!
//! A comment on a line of its own belongs to what follows it, unless it is indented further than that: then it ends
//! the list or mapping before it. A comment behind something stays behind it. Only a comment in the middle of what
//! becomes one line has to move, to the line before.

use std::ops::Range;

use super::comments::Comments;
use super::shape::{self, Shape, is_empty, is_flow};
use crate::yaml::lexical::line_start;
use crate::yaml::{Entry, Node, Value};

pub(super) struct Writer<'t> {
    pub(super) text: &'t str,
    pub(super) comments: Comments<'t>,
    pub(super) out: String,
    /// Where in the source the last thing ended that was written.
    pub(super) at: usize,
    /// The hyphens of list items that begin on the next line to be written.
    lead: Option<String>,
}

/// A list or mapping that is being written.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// How far it is indented.
    pub(super) indent: usize,
    /// Where what follows it begins in the source.
    pub(super) limit: usize,
    /// Whether items of several lines have blank lines around them.
    pub(super) spaced: bool,
    /// Whether quotes say something in all of it.
    pub(super) fixed: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, found: Vec<Range<usize>>) -> Self {
        let comments = Comments::new(text, found);
        Self { text, comments, out: String::new(), at: 0, lead: None }
    }

    /// An entry with the comments before it. Says whether it takes more than one line.
    pub(super) fn entry(&mut self, entry: &Entry, place: Place, first: &mut bool) -> bool {
        let key = shape::key(self.text, entry, false);
        let key_end = entry.key.span.end as usize;
        let start = entry.key.span.start as usize;
        let column = place.indent + key.chars().count() + 2;
        let fixed = place.fixed || shape::is_fixed(entry);
        let shape = self.shape(&entry.value, (column, place.indent), fixed);
        let end = end(&entry.value, key_end);
        let hoisted = if matches!(shape, Shape::Nested) { start } else { end };
        self.leading(hoisted, place.indent, first);
        self.blank_line(start, first);
        let mark = self.out.len();
        self.line_start(place.indent);
        self.out.push_str(&key);
        self.out.push(':');
        match shape {
            Shape::Nested => {
                self.behind_key(&entry.value, key_end, place.limit);
                self.out.push('\n');
                let spaced = place.indent == 0
                    && matches!(entry.key.value.as_str(), "models" | "groups" | "methods");
                self.nested(
                    &entry.value,
                    Place { indent: place.indent + 2, spaced, fixed, ..place },
                    start,
                );
            }
            shape => self.written(shape, end, place),
        }
        self.out.get(mark..).is_some_and(|text| text.trim_end().contains('\n'))
    }

    /// An item of a list with the comments before it.
    fn item(&mut self, item: &Node, place: Place, first: &mut bool) {
        let mut shape = self.shape(item, (place.indent + 2, place.indent), false);
        if let Shape::Line(line) = &mut shape
            && line.is_empty()
        {
            line.push_str("null");
        }
        let start = item.span.start as usize;
        let end = end(item, start);
        let mut until = end;
        if matches!(shape, Shape::Nested) {
            until = self.first_line_of(item, place.indent + 2, place.fixed);
            // There is no line for it behind the hyphen.
            let inner = self.comments.within(start..end);
            if is_flow(self.text, item)
                && !inner
                && let Some(behind) = self.comments.start_on_line(end, place.limit)
            {
                until = behind + 1;
            }
        }
        self.leading(until, place.indent, first);
        self.blank_line(start, first);
        if let Shape::Nested = shape {
            let mut lead = self.lead.take().unwrap_or_else(|| " ".repeat(place.indent));
            lead.push_str("- ");
            self.lead = Some(lead);
            // Whatever stands in an item is indented further than the hyphens.
            let outer = (start - line_start(self.text, start)).saturating_sub(1);
            self.nested_in(item, Place { indent: place.indent + 2, spaced: false, ..place }, outer);
        } else {
            self.line_start(place.indent);
            self.out.push('-');
            self.written(shape, end, place);
        }
    }

    /// Up to where comments stand before a list or mapping whose first line follows a hyphen: in the middle of
    /// what becomes that line there is no place for them.
    fn first_line_of(&self, node: &Node, indent: usize, fixed: bool) -> usize {
        let start = first_of(node);
        let first = match &node.value {
            Value::Mapping(entries) => entries.first().map(|entry| {
                let key = shape::key(self.text, entry, false);
                let column = indent + key.chars().count() + 2;
                let fixed = fixed || shape::is_fixed(entry);
                (&entry.value, entry.key.span.end as usize, (column, indent), fixed)
            }),
            Value::Sequence(items) => items
                .first()
                .map(|item| (item, item.span.start as usize, (indent + 2, indent), false)),
            _ => None,
        };
        let Some((value, before, columns, fixed)) = first else { return start };
        match (self.shape(value, columns, fixed), &node.value) {
            (Shape::Nested, Value::Sequence(_)) => self.first_line_of(value, indent + 2, fixed),
            (Shape::Nested, _) => start,
            _ => end(value, before).max(start),
        }
    }

    fn shape(&self, node: &Node, columns: (usize, usize), fixed: bool) -> Shape {
        let span = node.span.start as usize..node.span.end as usize;
        shape::shape(self.text, node, columns, (self.comments.within(span), fixed))
    }

    /// A value that begins on the line on which `out` stands, and the comment behind it.
    fn written(&mut self, shape: Shape, end: usize, place: Place) {
        let lines = match shape {
            Shape::Line(line) => vec![line],
            Shape::Lines(lines) => lines,
            Shape::Nested => Vec::new(),
        };
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            if !line.is_empty() {
                let before = if index == 0 { 1 } else { place.indent + 2 };
                self.out.push_str(&" ".repeat(before));
                self.out.push_str(line);
            }
        }
        self.at = end;
        if self.comments.start_on_line(end, place.limit).is_some() {
            self.behind();
        }
        self.out.push('\n');
    }

    /// The comment behind a key, or behind the bracket in which its value stood.
    fn behind_key(&mut self, value: &Node, key_end: usize, limit: usize) {
        let end = value.span.end as usize;
        let behind_key = self.comments.start_on_line(key_end, first_of(value)).is_some();
        let behind_value = is_flow(self.text, value)
            && self.comments.start(end).is_none()
            && self.comments.start_on_line(end, limit).is_some();
        if behind_key || behind_value {
            self.behind();
        }
    }

    fn behind(&mut self) {
        if let Some((comment, end)) = self.comments.take() {
            self.out.push(' ');
            self.out.push_str(comment);
            self.at = self.at.max(end);
        }
    }

    fn nested(&mut self, node: &Node, place: Place, key: usize) {
        self.nested_in(node, place, key - line_start(self.text, key));
    }

    /// A list or mapping on lines of its own, in something that began in a column of the source.
    fn nested_in(&mut self, node: &Node, place: Place, outer: usize) {
        let end = node.span.end as usize;
        let flow = is_flow(self.text, node);
        let inner = Place { limit: if flow { end } else { place.limit }, ..place };
        let mut first = true;
        match &node.value {
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    let limit = items.get(index + 1).map_or(inner.limit, first_of);
                    self.item(item, Place { limit, ..inner }, &mut first);
                }
            }
            Value::Mapping(entries) => self.entries(entries, inner, &mut first),
            _ => {}
        }
        let start = first_column(node);
        let column = (start - line_start(self.text, start)).max(outer + 1);
        while let Some(start) = self.comments.start(place.limit) {
            let own = start - line_start(self.text, start) >= column;
            let behind = self.comments.start_on_line(end, place.limit).is_some();
            if if flow { start >= end && !behind } else { !own } {
                break;
            }
            self.leading(start + 1, place.indent, &mut first);
        }
        self.at = self.at.max(end);
    }

    fn entries(&mut self, entries: &[Entry], place: Place, first: &mut bool) {
        let mut long_before = false;
        for (index, entry) in entries.iter().enumerate() {
            let next = entries.get(index + 1);
            let limit = next.map_or(place.limit, |next| next.key.span.start as usize);
            let mark = self.out.len();
            let long = self.entry(entry, Place { limit, ..place }, first);
            let blank = self.out.get(mark..).is_some_and(|text| text.starts_with('\n'));
            if place.spaced && index > 0 && (long || long_before) && !blank {
                self.out.insert(mark, '\n');
            }
            long_before = long;
        }
    }

    /// The comments before a place, each on a line of its own.
    pub(super) fn leading(&mut self, until: usize, indent: usize, first: &mut bool) {
        while let Some(start) = self.comments.start(until) {
            self.blank_line(start, first);
            self.line_start(indent);
            if let Some((comment, end)) = self.comments.take() {
                self.out.push_str(comment);
                self.at = self.at.max(end);
            }
            self.out.push('\n');
        }
    }

    /// A blank line where the author has one, except at the beginning.
    fn blank_line(&mut self, until: usize, first: &mut bool) {
        if !*first && self.is_blank_before(until) {
            self.out.push('\n');
        }
        *first = false;
    }

    /// Whether there is a blank line between what was written last and a place in the source.
    pub(super) fn is_blank_before(&self, until: usize) -> bool {
        let gap = self.text.get(self.at..until).unwrap_or_default();
        let mut lines = gap.split('\n').skip(1).peekable();
        std::iter::from_fn(|| lines.next().filter(|_| lines.peek().is_some()))
            .any(|line| line.trim().is_empty())
    }

    fn line_start(&mut self, indent: usize) {
        match self.lead.take() {
            Some(lead) => self.out.push_str(&lead),
            None => self.out.push_str(&" ".repeat(indent)),
        }
    }
}

/// Where a value ends; one that is not there ends where what is before it does.
fn end(node: &Node, before: usize) -> usize {
    if is_empty(node) { before } else { node.span.end as usize }
}

/// Where the first key or text of a value begins.
fn first_of(node: &Node) -> usize {
    match &node.value {
        Value::Mapping(entries) => entries.first().map(|entry| entry.key.span.start as usize),
        Value::Sequence(items) => items.first().map(first_of),
        _ => None,
    }
    .unwrap_or(node.span.start as usize)
}

/// Where the first key of a mapping or the first hyphen of a list stands.
fn first_column(node: &Node) -> usize {
    match &node.value {
        Value::Mapping(_) => first_of(node),
        _ => node.span.start as usize,
    }
}
