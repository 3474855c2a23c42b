//! Where the keys and values of a specification stand, so that a test can change one of them.

use std::ops::Range;

use granit_parser::{Event, Marker, Parser, ScalarStyle, Span, StructureStyle};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text on one line without quotes.
    Plain,
    /// Any other text.
    Text,
    List,
    Mapping,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The keys that lead here, its own included. Items of a list are `[]`.
    pub(crate) path: Vec<String>,
    pub(crate) key: Range<usize>,
    /// Behind the colon.
    pub(crate) after: usize,
    /// Up to the last character of the value.
    pub(crate) end: usize,
    pub(crate) value: Kind,
    /// Where the value begins.
    pub(crate) start: usize,
    /// Whether it stands in `{ }`.
    pub(crate) flow: bool,
    /// Whether nothing but blanks stands before the key on its line.
    pub(crate) leads: bool,
    /// The keys and the items of lists inside the value, at any depth.
    pub(crate) inside: Vec<String>,
    /// The entry whose value it is a part of.
    pub(crate) parent: Option<usize>,
}

impl Entry {
    /// The whole of it.
    pub(crate) fn range(&self) -> Range<usize> {
        self.key.start..self.end
    }

    /// Its own key.
    pub(crate) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// A list or mapping that is still open.
struct Frame {
    mapping: bool,
    flow: bool,
    start: usize,
    /// The entry of which the value is awaited.
    key: Option<usize>,
    end: usize,
}

/// The entries of all mappings, in the order of the text.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut walk = Walk {
        text,
        entries: Vec::new(),
        stack: Vec::new(),
        path: Vec::new(),
        waiting: Vec::new(),
    };
    for next in Parser::new_from_str(text) {
        let (event, place) = next.unwrap();
        walk.event(&event, place);
    }
    walk.entries
}

struct Walk<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    stack: Vec<Frame>,
    path: Vec<String>,
    waiting: Vec<usize>,
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, place: Span) {
        let offset = |marker: Marker| marker.byte_offset().unwrap();
        let at = offset(place.start)..offset(place.end);
        match event {
            Event::Scalar(value, style, ..) => {
                let waits = self.stack.last().is_some_and(|top| top.mapping && top.key.is_none());
                if waits {
                    return self.key(at, value);
                }
                if self.stack.last().is_some_and(|top| !top.mapping) {
                    for open in &self.waiting {
                        self.entries[*open].inside.push(value.to_string());
                    }
                }
                let plain = *style == ScalarStyle::Plain && !value.contains('\n');
                let end = at.start + self.text[at.clone()].trim_end().len();
                self.value(at.start, if plain { Kind::Plain } else { Kind::Text });
                self.close(end);
            }
            Event::SequenceStart(style, ..) => self.open(at.start, false, *style),
            Event::MappingStart(style, ..) => self.open(at.start, true, *style),
            Event::SequenceEnd | Event::MappingEnd => {
                let frame = self.stack.pop().unwrap();
                if !frame.mapping {
                    self.path.pop();
                }
                self.close(if frame.flow { at.end } else { frame.end.max(frame.start) });
            }
            _ => {}
        }
    }

    fn key(&mut self, at: Range<usize>, name: &str) {
        let line = self.text[..at.start].rfind('\n').map_or(0, |line| line + 1);
        for open in &self.waiting {
            self.entries[*open].inside.push(name.to_owned());
        }
        self.path.push(name.to_owned());
        let after = at.end + self.text[at.end..].find(':').unwrap() + 1;
        let parent = self.stack.iter().rev().find_map(|frame| frame.key);
        let top = self.stack.last_mut().unwrap();
        top.key = Some(self.entries.len());
        self.entries.push(Entry {
            path: self.path.clone(),
            after,
            end: after,
            value: Kind::Plain,
            start: after,
            flow: top.flow,
            leads: self.text[line..at.start].trim().is_empty(),
            inside: Vec::new(),
            parent,
            key: at,
        });
    }

    /// Notes where the value of the open entry begins.
    fn value(&mut self, start: usize, kind: Kind) {
        let top = self.stack.last().filter(|top| top.mapping);
        if let Some(entry) = top.and_then(|top| top.key) {
            (self.entries[entry].start, self.entries[entry].value) = (start, kind);
        }
    }

    fn open(&mut self, start: usize, mapping: bool, style: StructureStyle) {
        self.value(start, if mapping { Kind::Mapping } else { Kind::List });
        if let Some(entry) = self.stack.last().and_then(|top| top.key) {
            self.waiting.push(entry);
        }
        if !mapping {
            self.path.push("[]".to_owned());
        }
        let flow = style == StructureStyle::Flow;
        self.stack.push(Frame { mapping, flow, start, key: None, end: start });
    }

    /// Ends the value of the open entry, which may be the item of a list.
    fn close(&mut self, end: usize) {
        let Some(top) = self.stack.last_mut() else { return };
        top.end = top.end.max(end);
        if let Some(entry) = top.key.take() {
            self.entries[entry].end = end.max(self.entries[entry].after);
            self.path.pop();
            if self.waiting.last() == Some(&entry) {
                self.waiting.pop();
            }
        }
    }
}
