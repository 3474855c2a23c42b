//! What an app sets for one call.

use crate::credential::header_value;
use crate::parameter::Values;
use crate::retry::Retry;
use crate::sensitive::Sensitive;
use http::{HeaderMap, HeaderName};
use std::ops::Deref;
use std::time::Duration;
use zeroize::Zeroizing;

/// What is set for one call. For most nothing is, which then takes no more room than a pointer.
#[derive(Clone, Default)]
pub(crate) struct Options(Option<Box<Set>>);

#[derive(Clone, Default)]
pub(crate) struct Set {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    /// When the time of several calls is over, by the clock of the client.
    pub(crate) deadline: Option<Duration>,
    pub(crate) parameters: Values,
    headers: Vec<(String, Sensitive<String>)>,
}

static NOTHING: Set = Set {
    timeout: None,
    attempt_timeout: None,
    retry: None,
    deadline: None,
    parameters: Values::new(),
    headers: Vec::new(),
};

impl Options {
    /// What is set, to set more.
    pub(crate) fn set(&mut self) -> &mut Set {
        self.0.get_or_insert_default()
    }
}

impl Deref for Options {
    type Target = Set;

    fn deref(&self) -> &Set {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl Set {
    /// Sets a header; a bad one is an error when the call is sent.
    pub(crate) fn add_header(&mut self, name: &str, value: String) {
        self.headers.push((name.to_owned(), Sensitive::new(value)));
    }

    pub(crate) fn header_names(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|(name, _)| name.as_str())
    }

    /// Puts the headers into a request; the error says which one cannot be sent.
    pub(crate) fn write_headers(&self, headers: &mut HeaderMap) -> Result<(), String> {
        for (name, value) in &self.headers {
            let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
                return Err(format!("`{}` is no name of a header", name.escape_debug()));
            };
            let Ok(value) = header_value(Zeroizing::new(value.expose().clone())) else {
                return Err(format!(
                    "the header `{name}` was given a value with characters that no header may have"
                ));
            };
            headers.insert(header, value);
        }
        Ok(())
    }
}
