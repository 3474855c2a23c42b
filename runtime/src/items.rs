//! Items of an answer, read one after another: events and lines.

use crate::decode::{self, DecodeError};
use crate::lines::{Line, Splitter};
use crate::sse::{Parser, RawEvent};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::any::TypeId;
use std::fmt;

/// What is known of the events of a method, written by the generator as a constant.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventRules {
    end: Option<&'static str>,
    named: bool,
    texts: &'static [&'static str],
}

impl EventRules {
    /// Events whose data is what is handed out.
    pub const fn new() -> Self {
        Self { end: None, named: false, texts: &[] }
    }

    /// Says which data ends the events, as `[DONE]` does.
    #[must_use]
    pub const fn end(mut self, data: &'static str) -> Self {
        self.end = Some(data);
        self
    }

    /// Says that the name of an event tells what its data is: both are read, as the members `event`
    /// and `data` of an object.
    #[must_use]
    pub const fn named(mut self) -> Self {
        self.named = true;
        self
    }

    /// Says which events hold a text, by their names: data that is no text of JSON is the text as it came.
    #[must_use]
    pub const fn texts(mut self, names: &'static [&'static str]) -> Self {
        self.texts = names;
        self
    }

    pub(crate) const fn has_end(&self) -> bool {
        self.end.is_some()
    }

    pub(crate) fn is_end(&self, event: &RawEvent) -> bool {
        self.end == Some(event.data.as_str())
    }

    pub(crate) fn read<T: DeserializeOwned + 'static>(
        &self,
        event: RawEvent,
    ) -> Result<Event<T>, DecodeError> {
        let data = if self.named {
            let is_text = self.texts.contains(&event.name.as_str());
            let data = match serde_json::from_str::<Box<RawValue>>(&event.data) {
                Ok(data) if !is_text || data.get().starts_with('"') => data,
                _ => text(&event.data)?,
            };
            let name = text(&event.name)?;
            let whole = format!(r#"{{"event":{},"data":{}}}"#, name.get(), data.get());
            decode::json(whole.as_bytes())
        } else if TypeId::of::<T>() == TypeId::of::<String>() {
            // As it came, whatever it looks like.
            decode::json(text(&event.data)?.get().as_bytes())
        } else {
            decode::json(event.data.as_bytes())
        };
        let RawEvent { name, id, .. } = event;
        match data {
            Ok(data) => Ok(Event { name, id, data }),
            Err(error) => {
                let name: String = name.chars().take(80).collect();
                Err(DecodeError::new(format!("in an event `{}`: {error}", name.escape_debug())))
            }
        }
    }
}

/// A text as JSON.
fn text(text: &str) -> Result<Box<RawValue>, DecodeError> {
    let unwritten = |_| DecodeError::new("a text that cannot be written as JSON");
    serde_json::value::to_raw_value(text).map_err(unwritten)
}

/// An event of a stream of them.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What the service calls it; `message` if it says nothing.
    pub name: String,
    /// The last id that the service has given, with this event or before; empty for none.
    pub id: String,
    /// What it holds.
    pub data: T,
}

impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("name", &self.name).field("data", &self.data).finish()
    }
}

/// All events of a body.
pub(crate) fn events<T: DeserializeOwned + 'static>(
    body: &[u8],
    rules: EventRules,
    max: usize,
) -> Result<Vec<Event<T>>, DecodeError> {
    let mut parser = Parser::new(max);
    parser.push(body);
    let mut events = Vec::new();
    let mut ids = 0_usize;
    while let Some(event) = parser.next()? {
        if rules.is_end(&event) {
            return Ok(events);
        }
        // One that is given once is in each event behind it, which may be many.
        ids = ids.saturating_add(event.id.len());
        if ids > max {
            return Err(DecodeError::new(format!(
                "the ids of the events have more than {max} bytes, which `max_answer` of the builder allows"
            )));
        }
        events.push(rules.read(event)?);
    }
    match rules.end {
        Some(end) => Err(DecodeError::new(format!("the events ended before `{end}`"))),
        None => Ok(events),
    }
}

/// All items of a body that has one in each line.
pub(crate) fn lines<T: DeserializeOwned>(body: &[u8], max: usize) -> Result<Vec<T>, DecodeError> {
    let mut splitter = Splitter::new(max, false);
    splitter.push(body);
    let mut items = Vec::new();
    while let Some(line) = splitter.next()? {
        items.extend(line_item(&line).transpose()?);
    }
    if let Some(line) = splitter.last() {
        items.extend(line_item(&line).transpose()?);
    }
    Ok(items)
}

/// The item of a line; `None` for an empty one.
pub(crate) fn line_item<T: DeserializeOwned>(line: &Line) -> Option<Result<T, DecodeError>> {
    if line.bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let number = line.number;
    let wrong = |error| DecodeError::new(format!("in line {number}: {error}"));
    Some(decode::json(&line.bytes).map_err(wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_text_is_not_read_as_json() {
        let rules = EventRules::new().named().texts(&["removed"]);
        let read = |name: &str, data: &str| {
            let (name, data) = (name.to_owned(), data.to_owned());
            let event = RawEvent { name, id: String::new(), data };
            rules.read::<serde_json::Value>(event).unwrap().data["data"].take()
        };
        for data in
            ["12", "1e999", "true", "null", "{\"a\":1}", "[]", "abc", "\"half", "", " \"a\" b"]
        {
            assert_eq!(read("removed", data), data, "as it came");
        }
        for data in ["\"12\"", " \"12\" ", r#""\u0031\u0032""#] {
            assert_eq!(read("removed", data), "12", "{data}");
        }
        assert_eq!(read("counted", "12"), 12);
        assert_eq!(read("counted", "abc"), "abc");
    }

    /// A little must not become a lot: an id that is given once is in each event behind it.
    #[test]
    fn ids_of_all_events_are_bounded() {
        let begun = format!("id: {}\n", "7".repeat(100));
        let read = |count: usize| {
            let body = begun.clone() + &"data: 1\n\n".repeat(count);
            events::<u8>(body.as_bytes(), EventRules::new(), 1000)
        };
        assert_eq!(read(10).unwrap().len(), 10);
        let error = read(11).unwrap_err().to_string();
        assert!(error.starts_with("the ids of the events have more than 1000 bytes"), "{error}");
        // Whatever each event says itself is within the limit of the answer.
        let body = "id: 1\ndata: 1\n\n".repeat(60);
        assert_eq!(events::<u8>(body.as_bytes(), EventRules::new(), 1000).unwrap().len(), 60);
    }
}
