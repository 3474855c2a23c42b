//! Server-sent events, as the WHATWG describes them: from bytes to events, without I/O.

use crate::decode::DecodeError;
use crate::lines::{Line, Splitter};
use std::time::Duration;

/// How long an id may be. It is in each event behind it and in a header of the next request, so that a
/// long one would take much more memory than came.
const LONGEST_ID: usize = 4 << 10;

/// An event as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    /// `message` unless the service says something else.
    pub(crate) name: String,
    /// The last id that the service has given, in this event or before.
    pub(crate) id: String,
    pub(crate) data: String,
}

/// Puts events together from bytes that may be cut anywhere.
#[derive(Debug)]
pub(crate) struct Parser {
    lines: Splitter,
    max: usize,
    name: String,
    data: String,
    has_data: bool,
    /// The last id that came, perhaps of an event that has not come to its end.
    coming: String,
    /// The last id before the last empty line.
    id: String,
    retry: Option<Duration>,
}

impl Parser {
    /// Events and lines are at most this large.
    pub(crate) fn new(max: usize) -> Self {
        Self {
            lines: Splitter::new(max, true),
            max,
            name: String::new(),
            data: String::new(),
            has_data: false,
            coming: String::new(),
            id: String::new(),
            retry: None,
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// The last id that the service has given, of an event that came as a whole; empty for none.
    pub(crate) fn last_id(&self) -> &str {
        &self.id
    }

    /// How long the service wants one to wait before asking again.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Begins with another answer. What had begun to come is forgotten.
    pub(crate) fn restart(&mut self) {
        let (id, retry) = (std::mem::take(&mut self.id), self.retry);
        *self = Self { coming: id.clone(), id, retry, ..Self::new(self.max) };
    }

    /// The next event that is complete.
    pub(crate) fn next(&mut self) -> Result<Option<RawEvent>, DecodeError> {
        while let Some(line) = self.lines.next()? {
            let Line { bytes, .. } = line;
            if bytes.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Ok(Some(event));
                }
                continue;
            }
            self.field(&String::from_utf8_lossy(&bytes));
            if self.data.len() > self.max {
                return Err(too_large(self.max));
            }
        }
        Ok(None)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "event" => value.clone_into(&mut self.name),
            "id" if value.len() <= LONGEST_ID && !value.contains(is_unsendable) => {
                value.clone_into(&mut self.coming);
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // What is too large for a number is too long in any case.
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            // Comments have an empty name.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<RawEvent> {
        self.id.clone_from(&self.coming);
        let (name, data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        let name = if name.is_empty() { "message".to_owned() } else { name };
        Some(RawEvent { name, id: self.id.clone(), data })
    }
}

/// Whether no header may hold it. The standard names NUL, which is why browsers pass over such ids.
fn is_unsendable(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

fn too_large(max: usize) -> DecodeError {
    DecodeError::new(format!(
        "an event has more than {max} bytes, which `max_answer` of the builder allows"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found however the bytes are cut.
    fn events(text: &str) -> Vec<(String, String, String)> {
        let of = |size: usize| {
            let mut parser = Parser::new(1000);
            let mut found = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                parser.push(piece);
                while let Some(event) = parser.next().unwrap() {
                    found.push((event.name, event.id, event.data));
                }
            }
            found
        };
        let whole = of(text.len().max(1));
        for size in [1, 2, 3, 5] {
            assert_eq!(of(size), whole, "in pieces of {size}");
        }
        whole
    }

    fn data(text: &str) -> Vec<String> {
        events(text).into_iter().map(|(_, _, data)| data).collect()
    }

    #[test]
    fn line_ends_of_all_kinds() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("data: a{end}data: b{end}{end}data: c{end}{end}");
            // A carriage return at the very end may yet be followed by a line feed; it ends a line anyway.
            assert_eq!(data(&text), ["a\nb", "c"], "{end:?}");
        }
        assert_eq!(data("data: a\r\rdata: b\n\r\ndata: c\r\n\n"), ["a", "b", "c"]);
    }

    #[test]
    fn fields() {
        assert_eq!(data("\u{feff}data: a\n\n"), ["a"], "a byte-order mark");
        assert_eq!(data(": comment\ndata:a\ndata:  b\ndata\n\n"), ["a\n b\n"]);
        assert_eq!(data("data\n\n"), [""], "data that is empty is data");
        assert_eq!(data("data: a"), Vec::<String>::new(), "what is not complete is dropped");
        assert_eq!(data("event: x\n\ndata: a\nother: b\n\n"), ["a"]);
        let all =
            events("id: 1\nevent: add\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\0\ndata: d\n\n");
        let shown: Vec<_> = all.iter().map(|(n, i, d)| format!("{n}/{i}/{d}")).collect();
        assert_eq!(shown, ["add/1/a", "message/1/b", "message//c", "message//d"]);
        assert_eq!(data("data: Gr\u{fc}\u{df}e\n\n"), ["Grüße"]);
    }

    #[test]
    fn ids_and_waits() {
        let mut parser = Parser::new(1000);
        parser.push(b"retry: 12\nretry: 1x\nretry:\nid: 7\n\ndata: lost");
        assert_eq!(parser.next().unwrap(), None);
        assert_eq!((parser.last_id(), parser.retry()), ("7", Some(Duration::from_millis(12))));
        // Of an event that did not come to its end.
        parser.push(b"\nid: 8\nretry: 99999999999999999999\ndata: half");
        assert_eq!(parser.next().unwrap(), None);
        let longest = Some(Duration::from_millis(u64::MAX));
        assert_eq!((parser.last_id(), parser.retry()), ("7", longest));
        parser.push(b"\nretry: 12\n");
        assert_eq!(parser.next().unwrap(), None);
        parser.restart();
        assert_eq!((parser.last_id(), parser.retry()), ("7", Some(Duration::from_millis(12))));
        parser.push(b"\xef\xbb\xbfdata: a\xff\n\n");
        let event = parser.next().unwrap().unwrap();
        assert_eq!((event.id.as_str(), event.data.as_str()), ("7", "a\u{fffd}"));
    }

    /// Each event behind an id has a copy of it.
    #[test]
    fn ids_are_bounded() {
        let mut parser = Parser::new(10_000);
        for (length, expected) in [(4096, 4096), (4097, 4096), (9000, 4096), (1, 1)] {
            parser.push(format!("id: {}\ndata: a\n\n", "7".repeat(length)).as_bytes());
            let event = parser.next().unwrap().unwrap();
            assert_eq!((event.id.len(), parser.last_id().len()), (expected, expected), "{length}");
        }
    }

    #[test]
    fn events_are_bounded() {
        let mut parser = Parser::new(10);
        parser.push(b"data: 123456789012345");
        assert!(parser.next().unwrap_err().to_string().contains("more than 10 bytes"));
        let mut parser = Parser::new(10);
        parser.push("data: 123\n".repeat(9).as_bytes());
        assert!(parser.next().unwrap_err().to_string().contains("more than 10 bytes"));
    }
}
