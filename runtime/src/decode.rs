//! Decoding bodies, and saying what is wrong with those that do not fit.
//!
//! On the good way this is `serde_json::from_str` and nothing else. When that fails, the text is
//! walked a second time to find out where (see [`crate::json_path`]), and the message is taken
//! apart, because serde's messages quote values of the body and no error may show those.

use crate::charset;
use crate::drift::record::{self, Step};
use crate::json_find::Find;
use crate::json_path;
use crate::method::JSON;
use crate::object::missing;
use bytes::Bytes;
use clientwright_wire::media;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess};
use serde::de::{SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// A body is not what was expected. Never shows what the body holds beyond names of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: Option<String>,
    problem: String,
}

impl DecodeError {
    /// An error about the body as a whole.
    pub fn new(problem: impl Into<String>) -> Self {
        Self { path: None, problem: problem.into() }
    }

    /// An error at a place of the body.
    #[cfg(feature = "xml")]
    pub(crate) fn at(path: String, problem: String) -> Self {
        Self { path: Some(path), problem }
    }

    /// The error of a part of a body, as one of the whole: `place` is where the part is.
    #[cfg(feature = "webhooks")]
    pub(crate) fn below(self, place: &str) -> Self {
        let inner = self.path.as_deref().map_or("", |path| path.trim_start_matches('$'));
        Self { path: Some(format!("{place}{inner}")), problem: self.problem }
    }

    /// Where in the body, like `$.history[0].statusCode`.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "at `{path}`: ")?;
        }
        f.write_str(&self.problem)
    }
}

impl std::error::Error for DecodeError {}

/// The text of a JSON body, after a look at its media type.
pub(crate) fn json_body<'b>(
    headers: &HeaderMap,
    body: &'b [u8],
) -> Result<Cow<'b, [u8]>, DecodeError> {
    if let Some(found) = headers.get(CONTENT_TYPE) {
        // As most answers come: nothing about it needs a second look.
        if found == JSON && matches!(body.first(), Some(b'{' | b'[')) {
            return Ok(Cow::Borrowed(body));
        }
        let found = String::from_utf8_lossy(found.as_bytes());
        let may_be = is_json(&found) || says_little(&found) && begins_as_json(body);
        if !may_be {
            let found: String = found.chars().take(80).collect();
            return Err(DecodeError::new(format!(
                "expected JSON, found content type `{}`",
                found.escape_debug()
            )));
        }
    }
    let body = charset::utf8(headers, body)?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(DecodeError::new("expected JSON, found an empty body"));
    }
    Ok(body)
}

/// The text of a body in XML, after a look at its media type.
#[cfg(feature = "xml")]
pub(crate) fn xml_body<'b>(
    headers: &HeaderMap,
    body: &'b [u8],
) -> Result<Cow<'b, str>, DecodeError> {
    if let Some(found) = stated(headers)
        && !media::is_xml(&found)
    {
        return Err(DecodeError::new(format!(
            "expected XML, found content type `{}`",
            found.escape_debug()
        )));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(DecodeError::new("expected XML, found an empty body"));
    }
    in_utf8(charset::xml(headers, body)?)
}

/// Refuses what is no stream of events.
pub(crate) fn check_events(headers: &HeaderMap) -> Result<(), DecodeError> {
    match stated(headers) {
        Some(media) if media != "text/event-stream" => Err(DecodeError::new(format!(
            "expected events, found content type `{}`",
            media.escape_debug()
        ))),
        _ => Ok(()),
    }
}

/// Refuses a page for people where items were expected; services are not of one mind what else they
/// call those.
pub(crate) fn check_lines(headers: &HeaderMap) -> Result<(), DecodeError> {
    match stated(headers) {
        Some(found) if media::is_page(&found) => {
            Err(DecodeError::new(format!("expected lines of JSON, found content type `{found}`")))
        }
        _ => Ok(()),
    }
}

/// Refuses what is surely something else than `declared`: one media type, a range or a list.
pub(crate) fn check_media(headers: &HeaderMap, declared: &str) -> Result<(), DecodeError> {
    match stated(headers) {
        Some(found) if media::contradicts(declared, &found) => Err(DecodeError::new(format!(
            "expected `{declared}`, found content type `{}`",
            found.escape_debug()
        ))),
        _ => Ok(()),
    }
}

/// The media type of an answer in lower case, without parameters and without end.
fn stated(headers: &HeaderMap) -> Option<String> {
    let found = String::from_utf8_lossy(headers.get(CONTENT_TYPE)?.as_bytes());
    Some(media::essence(&found).chars().take(80).collect::<String>().to_ascii_lowercase())
        .filter(|media| !media.is_empty())
}

/// The one of the declared media types that an answer has. One that says nothing has whichever comes
/// without a name.
pub(crate) fn declared_media(
    headers: &HeaderMap,
    declared: &'static [&'static str],
) -> Result<&'static str, DecodeError> {
    let found = stated(headers);
    let place = match &found {
        Some(found) => media::among(declared, found),
        None => declared.iter().position(|one| *one == "*/*"),
    };
    if let Some(place) = place {
        return Ok(declared[place]);
    }
    let mut names: Vec<String> = declared.iter().map(|one| format!("`{one}`")).collect();
    let last = names.pop().unwrap_or_default();
    let found = match found {
        Some(found) => format!("found content type `{}`", found.escape_debug()),
        None => "found none".to_owned(),
    };
    Err(DecodeError::new(format!("expected content type {} or {last}, {found}", names.join(", "))))
}

/// Whether it may be JSON: what says nothing of itself may be.
pub(crate) fn is_json(content_type: &str) -> bool {
    let media = first_of(content_type);
    media.is_empty() || media::is_json(media)
}

/// The media type, also where a proxy has added it once more, or a semicolon is missing.
fn first_of(content_type: &str) -> &str {
    let ends = [';', ',', ' ', '\t'];
    content_type.trim_start_matches([',', ' ', '\t']).split(ends).next().unwrap_or_default()
}

/// Whether services say so of JSON that they do not know to be JSON, and of much else.
fn says_little(content_type: &str) -> bool {
    const LITTLE: [&str; 9] = [
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "text/x-json",
        "application/x-json",
        "json",
    ];
    LITTLE.iter().any(|known| known.eq_ignore_ascii_case(first_of(content_type)))
}

/// Whether it begins as objects and lists do, and as hardly anything else does.
fn begins_as_json(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

pub(crate) fn text(headers: &HeaderMap, body: &Bytes) -> Result<String, DecodeError> {
    Ok(in_utf8(charset::utf8(headers, body)?)?.into_owned())
}

fn in_utf8(text: Cow<'_, [u8]>) -> Result<Cow<'_, str>, DecodeError> {
    let read = match text {
        Cow::Borrowed(text) => std::str::from_utf8(text).map(Cow::Borrowed),
        Cow::Owned(text) => {
            String::from_utf8(text).map(Cow::Owned).map_err(|error| error.utf8_error())
        }
    };
    read.map_err(|error| {
        let place = error.valid_up_to();
        DecodeError::new(format!("expected text in UTF-8, found another byte at {place}"))
    })
}

pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let text = unicode(body)?;
    explained(body, || serde_json::from_str(text))
}

pub(crate) fn json_at<T: DeserializeOwned>(body: &[u8], path: &[&str]) -> Result<T, DecodeError> {
    walk(body, || At { path, last: Whole(PhantomData) })
}

pub(crate) fn json_find(body: &[u8], path: &[&str]) -> Result<Option<Value>, DecodeError> {
    walk(body, || Find::at(path))
}

pub(crate) fn json_find_in_last(
    body: &[u8],
    list: &[&str],
    member: &[&str],
) -> Result<Option<Value>, DecodeError> {
    walk(body, || Find::in_last(list, member))
}

pub(crate) fn json_first_at<T: DeserializeOwned>(
    body: &[u8],
    path: &[&str],
) -> Result<Option<T>, DecodeError> {
    walk(body, || At { path, last: First(PhantomData) })
}

fn walk<'a, S: DeserializeSeed<'a>>(
    body: &'a [u8],
    seed: impl Fn() -> S,
) -> Result<S::Value, DecodeError> {
    let text = unicode(body)?;
    explained(body, || {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = seed().deserialize(&mut deserializer)?;
        deserializer.end().map(|()| value)
    })
}

thread_local! {
    /// Whether what did not fit is read once more.
    static LOOKING: Cell<bool> = const { Cell::new(false) };
}

/// The largest body that is looked into: unions inside of unions are read as often as they are deep.
const MOST: usize = 1 << 20;

/// Reads a body. What does not fit is read once more, and unions tell then where inside of them that is: on the good
/// way they need not know.
fn explained<T>(body: &[u8], read: impl Fn() -> serde_json::Result<T>) -> Result<T, DecodeError> {
    match read() {
        Ok(value) => Ok(value),
        Err(error) => Err(read_again(body, error, &|| read().err())),
    }
}

/// Apart, so that what nearly always goes well stays small.
#[cold]
#[inline(never)]
fn read_again(
    body: &[u8],
    error: serde_json::Error,
    read: &dyn Fn() -> Option<serde_json::Error>,
) -> DecodeError {
    let again = if body.len() <= MOST { looking(true, read) } else { None };
    // Of a variant, unless it is marked by none.
    let marked = again.filter(|error| error.to_string().starts_with(MARK));
    explain(body, &marked.unwrap_or(error))
}

/// Reads while unions have to tell where something does not fit, or have not.
pub(crate) fn looking<T>(whether: bool, read: impl FnOnce() -> T) -> T {
    /// Ends it, also when reading panics.
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            LOOKING.set(self.0);
        }
    }
    let _before = Before(LOOKING.replace(whether));
    read()
}

pub(crate) fn is_looking() -> bool {
    LOOKING.get()
}

/// Begins what a union says of itself, and ends each part of it. No way and no place holds it.
const MARK: char = '\u{1}';

/// What a union at this place of the memory says, with the way further in to what does not fit.
pub(crate) fn marked(place: usize, further: &str, message: &str) -> String {
    format!("{MARK}{place}{MARK}{further}{MARK}{message}")
}

/// Where that is, and what is said of it.
pub(crate) fn located(body: &[u8], error: &serde_json::Error) -> (String, String) {
    let message = error.to_string();
    // Lines and columns of a text that is one line help nobody; the path replaces them.
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    let of_union = || {
        let (place, rest) = message.strip_prefix(MARK)?.split_once(MARK)?;
        let (further, message) = rest.split_once(MARK)?;
        let place = place.parse::<usize>().ok()?.checked_sub(body.as_ptr().addr())?;
        Some((json_path::at(body, place) + further, message.to_owned()))
    };
    of_union().unwrap_or_else(|| (json_path::of_error(body, error, message), message.to_owned()))
}

/// JSON is in UTF-8. To look at all of it once is cheaper than to look at each of its texts, as reading
/// bytes does.
fn unicode(body: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(body).map_err(|error| DecodeError {
        path: Some(json_path::at(body, error.valid_up_to())),
        problem: format!("not valid JSON: no UTF-8, at byte {}", error.valid_up_to()),
    })
}

/// Reads `last` at a path and passes over everything beside it.
struct At<'p, S> {
    path: &'p [&'p str],
    last: S,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for At<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        if self.path.is_empty() {
            self.last.deserialize(deserializer)
        } else {
            deserializer.deserialize_map(self)
        }
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for At<'_, S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the member `{}`", self.path.first().unwrap_or(&""))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<S::Value, A::Error> {
        let (name, path) = self.path.split_first().map_or(("", self.path), |(n, rest)| (*n, rest));
        let (mut found, mut seed) = (None, Some(At { path, last: self.last }));
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match seed.take_if(|_| key == name) {
                Some(seed) => {
                    let step = || Step::Name(name.to_owned());
                    found = Some(record::inside(step, || map.next_value_seed(seed))?);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        found.ok_or_else(|| missing(name, "the answer"))
    }
}

struct Whole<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Whole<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// The first item of a list.
struct First<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for First<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for First<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<T>, A::Error> {
        let first = list.next_element()?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(first)
    }
}

/// Turns serde_json's error into one with a path and without values of the body.
fn explain(body: &[u8], error: &serde_json::Error) -> DecodeError {
    let (path, message) = located(body, error);
    let problem = match error.classify() {
        // What is no JSON has no path that leads all the way.
        serde_json::error::Category::Eof => format!("the JSON ended early, at byte {}", body.len()),
        serde_json::error::Category::Syntax => {
            format!("not valid JSON: {message}, at byte {}", json_path::byte_of(body, error))
        }
        _ => without_values(&message),
    };
    DecodeError { path: Some(path), problem }
}

/// serde's texts for a value that does not fit are `invalid type: string "…", expected …`: what
/// was expected comes from a program, what was found comes from the body and is reduced to its
/// kind.
pub(crate) fn without_values(message: &str) -> String {
    let found =
        message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, (_, expected))) = found.zip(message.rsplit_once(", expected ")) {
        return format!("expected {expected}, found {}", kind_of(found, message));
    }
    if message.starts_with("missing ") || message.starts_with("invalid length ") {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "the value is not in the expected form".to_owned(),
    }
}

fn kind_of(found: &str, message: &str) -> &'static str {
    let other = message.starts_with("invalid value: ");
    let is = |kind: &str| found.starts_with(kind);
    match () {
        () if is("string") || is("character") => {
            if other {
                "another text"
            } else {
                "text"
            }
        }
        () if is("integer") || is("floating point") || is("number") => {
            if other {
                "another number"
            } else {
                "a number"
            }
        }
        () if is("boolean") => "a boolean",
        () if is("null") || is("unit") => "null",
        () if is("map") => "an object",
        () if is("sequence") => "a list",
        () => "another value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_that_contradict_what_was_declared() {
        let check = |declared: &str, found: &'static str| {
            let found = http::HeaderValue::from_static(found);
            check_media(&HeaderMap::from_iter([(CONTENT_TYPE, found)]), declared)
        };
        assert_eq!(check("application/zip", "application/force-download"), Ok(()));
        for found in ["text/html", "application/json"] {
            let error = check("application/zip", found).unwrap_err().to_string();
            assert_eq!(error, format!("expected `application/zip`, found content type `{found}`"));
        }
        assert_eq!(check_media(&HeaderMap::new(), "image/png"), Ok(()));
    }
}
