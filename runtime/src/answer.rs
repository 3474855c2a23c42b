//! An answer on its way to a value.

use crate::codec::{Codec, Decoded};
use crate::decode::{self, DecodeError};
use crate::items::{self, Event, EventRules};
use crate::transport::Clock;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// What a service answered, to be decoded by a request.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
    clock: Option<&'a dyn Clock>,
    /// How many bytes a compressed body may become.
    limit: usize,
}

impl<'a> Answer<'a> {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body, clock: None, limit: usize::MAX }
    }

    /// The same answer, which knows what time it is.
    pub(crate) fn at(self, clock: &'a dyn Clock) -> Self {
        Self { clock: Some(clock), ..self }
    }

    /// The same answer, of which not more is kept than this.
    pub(crate) fn limited(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// The time since the year 1970.
    pub(crate) fn unix(&self) -> Duration {
        self.clock.map(Clock::unix).unwrap_or_default()
    }

    /// The status, as the number that specifications list.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// Which of several media types the answer has, where that tells what it holds.
    ///
    /// # Errors
    /// It has none of them; the error says which were declared.
    pub fn declared_media(
        &self,
        declared: &'static [&'static str],
    ) -> Result<&'static str, DecodeError> {
        decode::declared_media(self.headers, declared)
    }

    /// The body as it came.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// The same answer, unless it says that it is of another media type than this one: `image/png`, or
    /// `image/*`. No type at all, and types that say nothing of what is inside, are let through.
    ///
    /// # Errors
    /// It is of another media type.
    pub fn of_type(self, media: &str) -> Result<Self, DecodeError> {
        decode::check_media(self.headers, media).map(|()| self)
    }

    /// The body, decompressed where it is compressed by gzip. What is not is given as it came.
    ///
    /// # Errors
    /// It is damaged, larger than the client keeps, or the feature `gzip` is off.
    pub fn gunzip(&self) -> Result<Bytes, DecodeError> {
        crate::unpack::gunzip(self.body, self.limit)
    }

    /// The body as text, in UTF-8 or in the charset that its content type names: Latin-1, Windows-1252
    /// or UTF-16.
    ///
    /// # Errors
    /// It is in no charset that is known.
    pub fn text(&self) -> Result<String, DecodeError> {
        decode::text(self.headers, self.body)
    }

    /// The events of the body.
    ///
    /// # Errors
    /// It is no stream of events, an event does not fit, or they end too early.
    pub fn events<T: DeserializeOwned + 'static>(
        &self,
        rules: EventRules,
    ) -> Result<Vec<Event<T>>, DecodeError> {
        decode::check_events(self.headers)?;
        items::events(self.body, rules, self.limit)
    }

    /// The items of a body that has one in each line.
    ///
    /// # Errors
    /// A line does not fit; the error has its number.
    pub fn lines<T: DeserializeOwned>(&self) -> Result<Vec<T>, DecodeError> {
        decode::check_lines(self.headers)?;
        items::lines(self.body, self.limit)
    }

    /// Whether a JSON body holds, at a path of member names, anything but null and an empty text.
    pub fn says(&self, path: &[&str]) -> bool {
        let found = decode::json_body(self.headers, self.body)
            .and_then(|body| decode::json_at::<serde_json::Value>(&body, path));
        found.is_ok_and(|value| is_said(&value))
    }

    /// The same of a body in XML, in which attributes are members too.
    #[cfg(feature = "xml")]
    pub fn says_in_xml(&self, path: &[&str]) -> bool {
        let text = decode::xml_body(self.headers, self.body).ok();
        let root = text.and_then(|text| crate::xml::untyped(&text));
        let found = path.iter().try_fold(root.as_ref(), |value, name| Some(value?.get(name)));
        found.flatten().is_some_and(is_said)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The media type is another, or the body does not fit; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(&decode::json_body(self.headers, self.body)?)
    }

    /// The body as XML, of which the outermost element is called `root`. Prefixes of namespaces are not
    /// looked at, nothing outside the body is, and nothing is put in for entities that a body defines.
    ///
    /// # Errors
    /// The media type is another, or the body does not fit; the error says where.
    #[cfg(feature = "xml")]
    pub fn xml<T: DeserializeOwned>(&self, root: &str) -> Result<T, DecodeError> {
        crate::xml::read(&decode::xml_body(self.headers, self.body)?, root)
    }

    /// The value at a path of member names inside a JSON body.
    ///
    /// # Errors
    /// As [`json`](Self::json), or a member of the path is missing.
    pub fn json_at<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, DecodeError> {
        decode::json_at(&decode::json_body(self.headers, self.body)?, path)
    }

    /// The first item of the list at a path of member names inside a JSON body; `None` if the list
    /// is empty or null. Further items are not looked at.
    ///
    /// # Errors
    /// As [`json_at`](Self::json_at).
    pub fn json_first_at<T: DeserializeOwned>(
        &self,
        path: &[&str],
    ) -> Result<Option<T>, DecodeError> {
        decode::json_first_at(&decode::json_body(self.headers, self.body)?, path)
    }

    /// The value at a path of member names inside a JSON body; `None` if there is none, or no body.
    pub(crate) fn json_find(&self, path: &[&str]) -> Result<Option<Value>, DecodeError> {
        if self.body.is_empty() {
            return Ok(None);
        }
        decode::json_find(&decode::json_body(self.headers, self.body)?, path)
    }

    /// The value at a path of member names inside the last item of a list, which is at the first path.
    pub(crate) fn json_find_in_last(
        &self,
        list: &[&str],
        member: &[&str],
    ) -> Result<Option<Value>, DecodeError> {
        if self.body.is_empty() {
            return Ok(None);
        }
        decode::json_find_in_last(&decode::json_body(self.headers, self.body)?, list, member)
    }

    /// The value at a path of member names inside a JSON body, by a codec.
    ///
    /// # Errors
    /// As [`json_at`](Self::json_at).
    pub fn json_as<C: Codec<T>, T>(&self, path: &[&str]) -> Result<T, DecodeError> {
        self.json_at::<Decoded<C, T>>(path).map(|decoded| decoded.0)
    }

    /// The first item of the list at a path of member names, by a codec.
    ///
    /// # Errors
    /// As [`json_first_at`](Self::json_first_at).
    pub fn json_first_as<C: Codec<T>, T>(&self, path: &[&str]) -> Result<Option<T>, DecodeError> {
        let first = self.json_first_at::<Decoded<C, T>>(path)?;
        Ok(first.map(|decoded| decoded.0))
    }
}

fn is_said(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}
