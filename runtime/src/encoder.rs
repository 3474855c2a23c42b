//! From a request value to the parts of an HTTP request.

mod address;
mod body;
#[cfg(test)]
mod tests;

pub(crate) use self::address::is_no_segment;

use self::address::climbs;
use crate::among::{self, Count};
use crate::method::{JSON, Method};
use crate::multipart::Parts;
use crate::param::{Param, Refusal, Sink};
use crate::transport::Outgoing;
use http::header::{ACCEPT, COOKIE};
use http::{HeaderName, HeaderValue};
use std::borrow::Cow;
use std::fmt;

/// What nearly all bodies are of, looked at once.
static OF_JSON: HeaderValue = HeaderValue::from_static(JSON);

/// Takes the parts of a request. Errors are kept: the first one is what the call fails with.
pub struct Encoder<'a> {
    method: &'a Method,
    /// Where they go, with the headers that the client sends with every call.
    out: &'a mut Outgoing,
    /// What of the route is not in the address yet.
    route: &'a str,
    /// Path values that came before it was their turn, already encoded.
    early: Vec<(String, String)>,
    /// Query pairs that came before the path was complete.
    query: String,
    separator: Option<char>,
    /// The pairs of the header `Cookie`.
    cookies: String,
    /// The members of a body that is an object, without the closing brace.
    members: Vec<u8>,
    /// The pairs of a body that is a form.
    form: Option<String>,
    /// The parts of a body that has some.
    parts: Option<Parts>,
    /// A parameter that is somebody else's.
    left_out: Option<&'static str>,
    /// Where to send it instead.
    link: Option<String>,
    /// A path parameter of the client that nobody has set, and what sets it. Known before it is known
    /// whether there is a link, which needs none.
    lacking: Option<(&'static str, &'static str)>,
    error: Option<EncodeError>,
}

impl<'a> Encoder<'a> {
    /// Adds to a request for the beginning of an address.
    pub(crate) fn new(method: &'a Method, out: &'a mut Outgoing) -> Self {
        Self {
            method,
            out,
            route: method.route,
            early: Vec::new(),
            query: String::new(),
            separator: Some('?'),
            cookies: String::new(),
            members: Vec::new(),
            form: None,
            parts: None,
            left_out: None,
            link: None,
            lacking: None,
            error: None,
        }
    }

    /// Adds a cookie, its value encoded as in an address; `None` is left out.
    pub fn cookie(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.cookie_value(name, &value);
    }

    /// Sets a header, with a line for each text of the value.
    pub fn header(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.header_value(name, &value);
    }

    /// Refuses a request in which more or fewer of some members are set than there may be.
    pub fn among(&mut self, count: Count, members: &[(&'static str, bool)]) {
        let names = |all: bool| -> Vec<&str> {
            members.iter().filter(|(_, set)| all || *set).map(|(name, _)| *name).collect()
        };
        if let Some(why) = among::refusal(count, &names(true), &names(false)) {
            self.refuse(format_args!("{why}"));
        }
    }

    /// Sets the `Accept` header.
    pub fn accept(&mut self, accept: &'static str) {
        self.known_header(ACCEPT, accept);
    }

    /// Leaves out the query parameter of this name.
    pub(crate) fn leave_out(&mut self, name: Option<&'static str>) {
        self.left_out = name;
    }

    /// Sends it to a link that an answer gave, path and query included.
    pub(crate) fn follow(&mut self, link: &str) {
        self.link = Some(link.to_owned());
    }

    fn known_header(&mut self, name: HeaderName, value: &str) {
        let value = match value {
            JSON => Ok(OF_JSON.clone()),
            other => HeaderValue::from_str(other),
        };
        match value {
            Ok(value) => {
                self.out.headers.insert(name, value);
            }
            Err(_) => self.refuse(format_args!("`{name}` has no valid value")),
        }
    }

    fn cookie_value(&mut self, name: &str, value: &dyn Param) {
        let mut text = String::new();
        let mut sink = Sink::path(&mut text);
        value.write(&mut sink);
        if sink.refused.is_some() {
            self.refuse_value(name);
        } else if sink.count > 0 {
            let separator = if self.cookies.is_empty() { "" } else { "; " };
            for part in [separator, name, "=", &text] {
                self.cookies.push_str(part);
            }
        }
    }

    fn header_value(&mut self, name: &str, value: &dyn Param) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse(format_args!("`{}` is no name of a header", name.escape_debug()));
        };
        let mut sink = Sink::header(&mut self.out.headers, header);
        value.write(&mut sink);
        match sink.refused {
            None => {}
            Some(Refusal::NoText) => self.refuse_value(name),
            Some(Refusal::Characters) => self.refuse(format_args!(
                "the header `{name}` was given a value with characters that no header may have"
            )),
        }
    }

    /// Completes the request. Gives the link to send it to, which may be relative to its address and lead
    /// anywhere.
    pub(crate) fn finish(&mut self) -> Result<Option<String>, EncodeError> {
        self.check_path();
        self.end_path();
        self.end_body();
        if !self.cookies.is_empty() {
            match HeaderValue::from_str(&self.all_cookies()) {
                Ok(mut value) => {
                    // Nobody can tell which of them are keys.
                    value.set_sensitive(true);
                    self.out.headers.insert(COOKIE, value);
                }
                Err(_) => self.refuse(format_args!("the name of a cookie is none")),
            }
        }
        // Two parameters, or a parameter beside literal text, can still make up `..` together.
        if climbs(self.out.target()) {
            self.refuse(format_args!("the path parameters make up a segment `.` or `..`"));
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(self.link.take()),
        }
    }

    /// The cookies of the request, behind those that the client sends with every call.
    fn all_cookies(&self) -> Cow<'_, str> {
        let Some(of_client) = self.out.headers.get(COOKIE).and_then(|header| header.to_str().ok())
        else {
            return Cow::Borrowed(&self.cookies);
        };
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let own: Vec<String> = self.cookies.split("; ").map(name).collect();
        let others = of_client.split(';').map(str::trim).filter(|pair| !own.contains(&name(pair)));
        Cow::Owned(others.chain([&*self.cookies]).collect::<Vec<_>>().join("; "))
    }

    /// Refuses a value for which its form has no text.
    fn refuse_value(&mut self, name: &str) {
        self.refuse(format_args!("the parameter `{name}` holds what its form has no text for"));
    }

    fn refuse(&mut self, why: fmt::Arguments<'_>) {
        self.error.get_or_insert_with(|| EncodeError(why.to_string()));
    }
}

/// Why a request cannot be sent. Names the parameter, never shows its value.
#[derive(Clone, Debug)]
pub(crate) struct EncodeError(pub(crate) String);
