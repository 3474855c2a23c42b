//! An answer on its way to a value.

use crate::codec::{Codec, Decoded};
use crate::decode::{self, DecodeError};
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
}

impl<'a> Answer<'a> {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body, clock: None }
    }

    /// The same answer, which knows what time it is.
    pub(crate) fn at(self, clock: &'a dyn Clock) -> Self {
        Self { clock: Some(clock), ..self }
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

    /// The body as it came.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// The body as text.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        decode::text(self.body)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The media type is another, or the body does not fit; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(decode::json_body(self.headers, self.body)?)
    }

    /// The value at a path of member names inside a JSON body.
    ///
    /// # Errors
    /// As [`json`](Self::json), or a member of the path is missing.
    pub fn json_at<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, DecodeError> {
        decode::json_at(decode::json_body(self.headers, self.body)?, path)
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
        decode::json_first_at(decode::json_body(self.headers, self.body)?, path)
    }

    /// The value at a path of member names inside a JSON body; `None` if there is none, or no body.
    pub(crate) fn json_find(&self, path: &[&str]) -> Result<Option<Value>, DecodeError> {
        if self.body.is_empty() {
            return Ok(None);
        }
        decode::json_find(decode::json_body(self.headers, self.body)?, path)
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
