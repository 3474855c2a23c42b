//! Values that stand in a path, a query or a header.

use crate::sensitive::Sensitive;
use crate::url::Url;
use clientwright_wire::{Date, DateTime, Decimal, Duration, LocalDateTime, Time, TimeSpan};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::{self, Display, Write};
use zeroize::Zeroize;

/// Everything but the unreserved characters of RFC 3986. Stricter than a path or a query needs,
/// so that no server reads a delimiter into a value.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, of a value whose slashes stand between steps of the path.
const RESERVED_IN_STEPS: &AsciiSet = &RESERVED.remove(b'/');

/// Which bytes are not in it.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    plain
};

/// A value that can be sent in a path, a query or a header.
///
/// A list is several texts: a repeated key in a query, repeated lines of a header, and separated
/// by commas in a path. `None` is no text at all.
pub trait Param {
    /// Hands over every text to send.
    fn write(&self, sink: &mut Sink<'_>);
}

/// Where the texts of a [`Param`] go.
pub struct Sink<'a> {
    place: Place<'a>,
    pub(crate) count: usize,
    pub(crate) refused: Option<Refusal>,
}

/// Why a value cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no text for it, as for a number that is infinite or none.
    NoText,
    /// Its text cannot stand in a header.
    Characters,
}

impl Refusal {
    /// What is said of it, behind what was given.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::NoText => "holds what its form has no text for",
            Self::Characters => "holds characters that no header may have",
        }
    }
}

enum Place<'a> {
    Path(&'a mut String),
    /// A part of the path that may have several steps: its slashes stay.
    Steps(&'a mut String),
    /// The separator is `?` or `&`, and `&` after the first.
    Query {
        out: &'a mut String,
        name: &'a str,
        separator: &'a mut Option<char>,
    },
    Header {
        headers: &'a mut HeaderMap,
        name: HeaderName,
    },
}

impl<'a> Sink<'a> {
    pub(crate) fn path(out: &'a mut String) -> Self {
        Self::new(Place::Path(out))
    }

    pub(crate) fn steps(out: &'a mut String) -> Self {
        Self::new(Place::Steps(out))
    }

    pub(crate) fn query(
        out: &'a mut String,
        name: &'a str,
        separator: &'a mut Option<char>,
    ) -> Self {
        Self::new(Place::Query { out, name, separator })
    }

    pub(crate) fn header(headers: &'a mut HeaderMap, name: HeaderName) -> Self {
        Self::new(Place::Header { headers, name })
    }

    fn new(place: Place<'a>) -> Self {
        Self { place, count: 0, refused: None }
    }

    /// Sends a text.
    pub fn text(&mut self, text: &str) {
        if let Place::Header { .. } = self.place {
            self.header_value(HeaderValue::from_str(text));
        } else {
            self.begin();
            match &mut self.place {
                Place::Path(out) | Place::Query { out, .. } => encode(out, text),
                Place::Steps(out) => encode_steps(out, text),
                Place::Header { .. } => {}
            }
        }
        self.count += 1;
    }

    /// Sends what a value displays as.
    pub fn display(&mut self, value: impl Display) {
        if let Place::Header { .. } = self.place {
            self.header_value(HeaderValue::try_from(value.to_string()));
        } else {
            self.begin();
            // Writing into a String does not fail; a Display that gives up leaves its beginning, like
            // everywhere else.
            match &mut self.place {
                Place::Path(out) | Place::Query { out, .. } => {
                    let _ = write!(Encoded(out), "{value}");
                }
                Place::Steps(out) => encode_steps(out, &value.to_string()),
                Place::Header { .. } => {}
            }
        }
        self.count += 1;
    }

    /// Says that the value has no text.
    pub(crate) fn refuse(&mut self) {
        self.refused = Some(Refusal::NoText);
    }

    fn begin(&mut self) {
        match &mut self.place {
            Place::Path(out) | Place::Steps(out) if self.count > 0 => out.push(','),
            Place::Query { out, name, separator } => {
                if let Some(separator) = separator.replace('&') {
                    out.push(separator);
                }
                encode(out, name);
                out.push('=');
            }
            _ => {}
        }
    }

    fn header_value<E>(&mut self, value: Result<HeaderValue, E>) {
        let Place::Header { headers, name } = &mut self.place else { return };
        match value {
            // The first text replaces what the client would have sent, further ones are added.
            Ok(value) if self.count == 0 => {
                headers.insert(&*name, value);
            }
            Ok(value) => {
                headers.append(&*name, value);
            }
            Err(_) => self.refused = Some(Refusal::Characters),
        }
    }
}

pub(crate) fn encode(out: &mut String, text: &str) {
    // Most texts are names, numbers and ids.
    if text.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        out.push_str(text);
    } else {
        out.extend(utf8_percent_encode(text, RESERVED));
    }
}

fn encode_steps(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, RESERVED_IN_STEPS));
}

pub(crate) struct Encoded<'a>(pub(crate) &'a mut String);

impl Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        encode(self.0, text);
        Ok(())
    }
}

impl Param for str {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(self);
    }
}

impl Param for String {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(self);
    }
}

impl Param for Url {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(self.as_str());
    }
}

impl<T: Param + Zeroize> Param for Sensitive<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        self.expose().write(sink);
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn write(&self, sink: &mut Sink<'_>) {
        (**self).write(sink);
    }
}

impl<T: Param + ?Sized> Param for Box<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        (**self).write(sink);
    }
}

impl<T: Param> Param for Option<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        if let Some(value) = self {
            value.write(sink);
        }
    }
}

impl<T: Param> Param for Vec<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        self.as_slice().write(sink);
    }
}

impl<T: Param> Param for [T] {
    fn write(&self, sink: &mut Sink<'_>) {
        self.iter().for_each(|value| value.write(sink));
    }
}

macro_rules! finite {
    ($($type:ty)*) => {$(
        impl Param for $type {
            fn write(&self, sink: &mut Sink<'_>) {
                if self.is_finite() { sink.display(self) } else { sink.refuse() }
            }
        }
    )*};
}

finite! { f32 f64 }

macro_rules! displayed {
    ($($type:ty)*) => {$(
        impl Param for $type {
            fn write(&self, sink: &mut Sink<'_>) {
                sink.display(self);
            }
        }
    )*};
}

displayed! {
    bool char i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize
    Date DateTime Decimal Duration LocalDateTime Time TimeSpan
}
