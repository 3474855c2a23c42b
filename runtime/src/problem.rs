//! What is the same in all errors, whatever their service says.

use crate::build_error::BuildError;
use crate::charset;
use crate::decode::DecodeError;
use crate::error::ErrorKind;
use crate::method::Method;
use crate::rate_limit::{RateLimit, RateLimitHeaders};
use crate::response::request_id;
use crate::retry::{self, Failure};
use crate::transport::TransportError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::borrow::Cow;
use std::fmt::{self, Write};

/// Longest excerpt of a body.
const MAX_EXCERPT: usize = 1024;
/// Longest message of a service in one line of ours.
const MAX_MESSAGE: usize = 300;

pub(crate) struct Problem {
    pub(crate) kind: ErrorKind,
    pub(crate) method: Option<&'static str>,
    /// Whether the service may see the call twice.
    repeatable: bool,
    /// The statuses after which a call is sent again.
    retry_on: &'static [u16],
    /// Whether there may be a token another time.
    passing: bool,
    /// Whether it would have been sent again, if the transport could wait.
    stranded: bool,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    body: Bytes,
    pub(crate) decode: Option<DecodeError>,
    text: Cow<'static, str>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// How often it was sent.
    pub(crate) attempts: u32,
    rate_limit: &'static RateLimitHeaders,
}

impl Problem {
    /// A call that failed for the reason in `text`.
    pub(crate) fn new(
        method: &Method,
        kind: ErrorKind,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            method: Some(method.name),
            repeatable: retry::is_repeatable(method),
            retry_on: method.retry_on.unwrap_or(retry::STATUSES),
            passing: false,
            stranded: false,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            decode: None,
            text: text.into(),
            source: None,
            attempts: 0,
            rate_limit: &RateLimitHeaders::NONE,
        }
    }

    pub(crate) fn of_build(error: BuildError) -> Self {
        let (text, source) = error.into_parts();
        Self {
            kind: ErrorKind::Build,
            method: None,
            repeatable: false,
            retry_on: &[],
            passing: false,
            stranded: false,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            decode: None,
            text: text.into(),
            source,
            attempts: 0,
            rate_limit: &RateLimitHeaders::NONE,
        }
    }

    #[must_use]
    pub(crate) fn with_source(
        mut self,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = source;
        self
    }

    /// Adds what the transport says of it.
    #[must_use]
    pub(crate) fn of_transport(mut self, error: TransportError) -> Self {
        self.repeatable &= Failure::of_transport(error.kind()) != Failure::Final;
        self.with_source(error.into_source())
    }

    /// Adds how often it was sent, and how its answers speak of limits.
    #[must_use]
    pub(crate) fn with_attempts(
        mut self,
        attempts: u32,
        rate_limit: &'static RateLimitHeaders,
    ) -> Self {
        self.attempts = attempts;
        self.rate_limit = rate_limit;
        self
    }

    /// Adds after which statuses such a call is sent again.
    #[must_use]
    pub(crate) fn sent_again_on(mut self, statuses: &'static [u16]) -> Self {
        self.retry_on = statuses;
        self
    }

    /// Adds whether what was in the way may be gone another time.
    #[must_use]
    pub(crate) fn passing(mut self, passing: bool) -> Self {
        self.passing = passing;
        self
    }

    /// Adds whether it would have been sent again over a transport that can wait: who forgets that should be told.
    #[must_use]
    pub(crate) fn stranded(mut self, stranded: bool) -> Self {
        self.stranded = stranded;
        self
    }

    /// Adds the answer that the call failed with.
    #[must_use]
    pub(crate) fn with_answer(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        self.status = Some(status);
        self.headers = headers;
        self.body = body;
        self
    }

    #[must_use]
    pub(crate) fn with_decode(mut self, decode: DecodeError) -> Self {
        self.decode = Some(decode);
        self
    }

    pub(crate) fn body_excerpt(&self) -> Option<String> {
        self.status?;
        let cut = &self.body[..self.body.len().min(MAX_EXCERPT)];
        let mut excerpt = charset::excerpt(&self.headers, cut);
        // A character that the cut went through is left out; rubbish can also have grown.
        if self.body.len() > cut.len() {
            let whole = excerpt.trim_end_matches(char::REPLACEMENT_CHARACTER).len();
            excerpt.truncate(whole);
        }
        excerpt.truncate(excerpt.floor_char_boundary(MAX_EXCERPT));
        Some(excerpt)
    }

    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.rate_limit.read(self.status?, &self.headers)
    }

    /// The same rule by which calls are sent again by themselves.
    pub(crate) fn is_retryable(&self) -> bool {
        match (self.kind, self.status) {
            (ErrorKind::Connect, _) => true,
            // The call itself was not carried out.
            (ErrorKind::Auth, _) => self.passing,
            (ErrorKind::Timeout | ErrorKind::Transport, _) => self.repeatable || self.passing,
            (ErrorKind::Status | ErrorKind::Service, Some(status)) => {
                self.repeatable
                    && self.retry_on.contains(&status.as_u16())
                    && !self.rate_limit.is_another_refusal(status, &self.headers)
            }
            _ => false,
        }
    }

    pub(crate) fn is_rate_limited(&self) -> bool {
        self.rate_limit().is_some_and(|limit| limit.exceeded)
    }

    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.source, &self.decode) {
            (Some(source), _) => Some(source.as_ref()),
            (None, Some(decode)) => Some(decode),
            (None, None) => None,
        }
    }

    /// One line: the method, the status, what is wrong, what to do.
    pub(crate) fn display(&self, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = self.method {
            write!(f, "{method}: ")?;
        }
        if let Some(status) = self.status {
            write!(f, "{}", status.as_u16())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
        }
        if let Some(message) = message.filter(|message| !message.is_empty()) {
            f.write_str(": ")?;
            one_line(message, f)?;
        }
        if !self.text.is_empty() {
            write!(f, "{}{}", if self.status.is_some() { ", " } else { "" }, self.text)?;
        }
        if let Some(decode) = &self.decode {
            write!(f, " {decode}")?;
        }
        match self.kind {
            ErrorKind::Decode if !self.body.is_empty() => {
                f.write_str(" (`body_excerpt` has the answer)")?;
            }
            ErrorKind::Status if !self.body.is_empty() => {
                f.write_str(" (`body_excerpt` has the answer)")?;
            }
            ErrorKind::Service if message.is_none() => {
                f.write_str(" (`service` has the details)")?;
            }
            _ => {}
        }
        if self.attempts > 1 {
            write!(f, " [attempt {}]", self.attempts)?;
        }
        if self.stranded {
            f.write_str(" [not sent again: the transport has no `timer`]")?;
        }
        match request_id(&self.headers) {
            Some(id) => {
                f.write_str(" [request ")?;
                one_line(id, f)?;
                f.write_str("]")
            }
            None => Ok(()),
        }
    }

    pub(crate) fn debug(
        &self,
        name: &str,
        service: &Option<impl fmt::Debug>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let mut shown = f.debug_struct(name);
        shown.field("kind", &self.kind);
        if let Some(method) = self.method {
            shown.field("method", &method);
        }
        if let Some(status) = self.status {
            shown.field("status", &status.as_u16()).field("body_len", &self.body.len());
        }
        // Of what follows it is half a sentence.
        if !self.text.is_empty() && self.decode.is_none() {
            shown.field("text", &self.text);
        }
        if let Some(service) = service {
            shown.field("service", service);
        }
        if let Some(decode) = &self.decode {
            shown.field("decode", decode);
        }
        if let Some(source) = &self.source {
            shown.field("source", source);
        }
        shown.finish_non_exhaustive()
    }
}

/// Writes text of a service so that it cannot start a line of its own in a log.
fn one_line(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for c in text.chars().take(MAX_MESSAGE) {
        // A separator of lines is none of the former, and what turns text around hides what it says.
        let misleads = matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || misleads {
            write!(f, "{}", c.escape_default())?;
        } else {
            f.write_char(c)?;
        }
    }
    if text.chars().nth(MAX_MESSAGE).is_some() { f.write_str("…") } else { Ok(()) }
}
