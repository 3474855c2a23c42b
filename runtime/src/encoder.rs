//! From a request value to the parts of an HTTP request.

use crate::among::{self, Count};
use crate::base::Base;
use crate::codec::By;
use crate::kind::Kind;
use crate::link;
use crate::method::{JSON, Method};
use crate::multipart::{Files, Parts, Whole};
use crate::pairs::{self, Style};
use crate::param::{Param, Sink};
use crate::parameter::placeholders;
use crate::upload::{Streaming, Upload};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;

/// What is said of a body that was sent by another call.
const SPENT: &str = "what is to be sent was read before, and a reader can be read once";

/// Takes the parts of a request. Errors are kept: the first one is what the call fails with.
pub struct Encoder<'a> {
    method: &'a Method,
    url: String,
    origin_len: usize,
    /// What of the route is not in `url` yet.
    route: &'a str,
    /// Path values that came before it was their turn, already encoded.
    early: Vec<(String, String)>,
    /// Query pairs that came before the path was complete.
    query: String,
    separator: Option<char>,
    headers: HeaderMap,
    /// The pairs of the header `Cookie`.
    cookies: String,
    body: Bytes,
    /// A body that is read while it is sent.
    streaming: Option<Streaming>,
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

/// What an encoder has put together.
pub(crate) struct Encoded {
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) streaming: Option<Streaming>,
    /// The link to send it to, which may be relative to `url` and lead anywhere.
    pub(crate) link: Option<String>,
}

impl<'a> Encoder<'a> {
    /// Starts with the headers that the client sends with every call.
    pub(crate) fn new(method: &'a Method, base: &Base, headers: HeaderMap) -> Self {
        // Room for a few parameters, so that the address is usually written in one allocation.
        let mut url = String::with_capacity(base.as_str().len() + method.route.len() + 64);
        url.push_str(base.as_str());
        Self::of(method, url, base.origin_len(), headers)
    }

    fn of(method: &'a Method, url: String, origin_len: usize, headers: HeaderMap) -> Self {
        Self {
            method,
            url,
            origin_len,
            route: method.route,
            early: Vec::new(),
            query: String::new(),
            separator: Some('?'),
            headers,
            cookies: String::new(),
            body: Bytes::new(),
            streaming: None,
            members: Vec::new(),
            form: None,
            parts: None,
            left_out: None,
            link: None,
            lacking: None,
            error: None,
        }
    }

    /// Fills `{name}` of the route.
    pub fn path(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.path_value(name, &value);
    }

    /// Adds `name=value` to the query, once for each text of the value.
    pub fn query(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.query_value(name, &value);
    }

    /// Adds a value to the query as `style` says; what is none or empty is left out.
    pub fn query_as(&mut self, style: Style, name: &str, value: &(impl Serialize + ?Sized)) {
        let written = if self.placeholder().is_none() {
            self.end_path();
            pairs::write(&mut self.url, &mut self.separator, style, name, value)
        } else {
            let mut separator = if self.query.is_empty() { None } else { Some('&') };
            pairs::write(&mut self.query, &mut separator, style, name, value)
        };
        if let Err(error) = written {
            self.refuse(format_args!("the query parameter `{name}` cannot be written: {error}"));
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

    /// Sets the body to a value as JSON.
    pub fn json(&mut self, body: &(impl Serialize + ?Sized)) {
        match serde_json::to_vec(body) {
            Ok(json) => self.body(JSON, json),
            Err(error) => self.refuse(format_args!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Adds a member to a body that is an object, unless it is left out.
    pub fn member<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.constant(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a member that is always sent to a body that is an object.
    pub fn constant(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.members.push(if self.members.is_empty() { b'{' } else { b',' });
        let written = serde_json::to_writer(&mut self.members, name).and_then(|()| {
            self.members.push(b':');
            serde_json::to_writer(&mut self.members, value)
        });
        if let Err(error) = written {
            self.refuse(format_args!("`{name}` cannot be written as JSON: {error}"));
        }
    }

    /// Sends an object even if none of its members has been added.
    pub fn object(&mut self) {
        if self.members.is_empty() {
            self.json(&crate::Undeclared::new());
        }
    }

    /// Sets the body to a form of the members of a value.
    pub fn form(&mut self, body: &(impl Serialize + ?Sized)) {
        self.form_pair("", body);
    }

    /// Adds a member to a form, unless it is left out.
    pub fn form_member<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.form_pair(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a value to a form: a list repeats the name, members of an object stand in brackets.
    /// Without a name they stand under their own.
    pub fn form_pair(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let form = self.form.get_or_insert_default();
        let mut separator = if form.is_empty() { None } else { Some('&') };
        let written = pairs::write(form, &mut separator, Style::DeepObject, name, value);
        if let Err(error) = written {
            self.refuse_member(name, &error);
        }
    }

    /// Sends a form even if none of its members has been added.
    pub fn form_end(&mut self) {
        self.form.get_or_insert_default();
    }

    /// Adds a part to a body that has parts, unless it is left out: texts and numbers as they are,
    /// objects as JSON, and each item of a list on its own.
    pub fn part<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.part_constant(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a part that is always sent.
    pub fn part_constant(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let parts = self.parts.get_or_insert_default();
        let added = serde_json::to_string(value).and_then(|json| parts.value(name, &json));
        if let Err(error) = added {
            self.refuse_member(name, &error);
        }
    }

    /// Adds a part for each file.
    pub fn file(&mut self, name: &str, files: &impl Files) {
        let parts = self.parts.get_or_insert_default();
        let mut refused = false;
        files.each(&mut |file| refused |= parts.file(name, file).is_err());
        if refused {
            self.refuse_member(name, &"a content type holds characters that no header may have");
        }
    }

    /// Sends a body of parts even if none has been added.
    pub fn parts_end(&mut self) {
        self.parts.get_or_insert_default();
    }

    /// Sets the body to a value as XML, of which the outermost element is called `root`.
    #[cfg(feature = "xml")]
    pub fn xml(&mut self, root: &str, body: &(impl Serialize + ?Sized)) {
        self.xml_body(crate::xml::write(root, None, body));
    }

    /// Sets the body to a value as XML, all elements of which are in a namespace.
    #[cfg(feature = "xml")]
    pub fn xml_in(&mut self, namespace: &str, root: &str, body: &(impl Serialize + ?Sized)) {
        self.xml_body(crate::xml::write(root, Some(namespace), body));
    }

    #[cfg(feature = "xml")]
    fn xml_body(&mut self, written: Result<String, pairs::Unfit>) {
        match written {
            Ok(xml) => self.body(crate::xml::XML, xml),
            Err(error) => self.refuse(format_args!("the body cannot be written as XML: {error}")),
        }
    }

    /// Sets the body to a text of the given media type.
    pub fn text(&mut self, content_type: &'static str, body: &str) {
        self.body(content_type, body.to_owned());
    }

    /// Sets the body to bytes of the given media type.
    pub fn body(&mut self, content_type: &'static str, body: impl Into<Bytes>) {
        self.known_header(CONTENT_TYPE, content_type);
        self.body = body.into();
    }

    /// Sets the body to bytes of the given media type, which may be read while they are sent.
    pub fn upload(&mut self, content_type: &'static str, body: &Upload) {
        if body.is_spent() {
            self.refuse(format_args!("{SPENT}"));
        }
        match body.plain() {
            Some(bytes) => self.body(content_type, bytes.clone()),
            None => {
                self.known_header(CONTENT_TYPE, content_type);
                self.streaming = Some(Streaming::new(vec![body.clone()]));
            }
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

    /// The query of a request; what is wrong with the rest is found when it is sent.
    pub(crate) fn query_of(encode: &dyn Fn(&mut Encoder<'_>)) -> String {
        let method = Method::get("", "");
        let mut encoder = Encoder::of(&method, String::new(), 0, HeaderMap::new());
        encode(&mut encoder);
        encoder.url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    }

    fn known_header(&mut self, name: HeaderName, value: &str) {
        // `from_static` allocates nothing but panics on a value that is none.
        let value = match value {
            JSON => Ok(HeaderValue::from_static(JSON)),
            other => HeaderValue::from_str(other),
        };
        match value {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.refuse(format_args!("`{name}` has no valid value")),
        }
    }

    fn path_value(&mut self, name: &str, value: &dyn Param) {
        if let Some((before, next, after)) = split(self.route)
            && next == name
        {
            self.url.push_str(before);
            self.route = after;
            let start = self.url.len();
            let mut sink = Sink::path(&mut self.url);
            value.write(&mut sink);
            if sink.refused {
                self.refuse_value(name);
            } else if is_no_segment(&self.url[start..]) {
                self.refuse_path(name);
            }
            self.take_early();
            return;
        }
        let mut text = String::new();
        let mut sink = Sink::path(&mut text);
        value.write(&mut sink);
        if sink.refused {
            self.refuse_value(name);
        } else if is_no_segment(&text) {
            self.refuse_path(name);
        }
        self.early.push((name.to_owned(), text));
    }

    fn query_value(&mut self, name: &str, value: &dyn Param) {
        if self.left_out == Some(name) {
            return;
        }
        let refused = if self.placeholder().is_none() {
            self.end_path();
            let mut sink = Sink::query(&mut self.url, name, &mut self.separator);
            value.write(&mut sink);
            sink.refused
        } else {
            let mut separator = if self.query.is_empty() { None } else { Some('&') };
            let mut sink = Sink::query(&mut self.query, name, &mut separator);
            value.write(&mut sink);
            sink.refused
        };
        if refused {
            self.refuse_value(name);
        }
    }

    fn cookie_value(&mut self, name: &str, value: &dyn Param) {
        let mut text = String::new();
        let mut sink = Sink::path(&mut text);
        value.write(&mut sink);
        if sink.refused {
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
        let mut sink = Sink::header(&mut self.headers, header);
        value.write(&mut sink);
        if sink.refused {
            self.refuse(format_args!(
                "the header `{name}` was given a value with characters that no header may have"
            ));
        }
    }

    /// The next `{name}` of the route.
    fn placeholder(&self) -> Option<&'a str> {
        split(self.route).map(|(_, name, _)| name)
    }

    fn take_early(&mut self) {
        while !self.early.is_empty()
            && let Some((before, name, after)) = split(self.route)
            && let Some(at) = self.early.iter().position(|(early, _)| early == name)
        {
            let (_, text) = self.early.swap_remove(at);
            self.url.push_str(before);
            self.url.push_str(&text);
            self.route = after;
        }
    }

    /// Writes what is left of the route, and the query pairs that had to wait for it.
    fn end_path(&mut self) {
        if self.separator != Some('?') {
            return;
        }
        self.url.push_str(std::mem::take(&mut self.route));
        if self.url.len() == self.origin_len {
            self.url.push('/');
        }
        if !self.query.is_empty() {
            self.url.push('?');
            self.url.push_str(&std::mem::take(&mut self.query));
            self.separator = Some('&');
        }
    }

    /// What was put together; afterwards nothing is left here.
    pub(crate) fn finish(&mut self) -> Result<Encoded, EncodeError> {
        match (self.placeholder(), self.link.as_deref().map(link::is_relative_to_path)) {
            (Some(name), None) => self.refuse_open(name),
            // It would be sent to a route with braces in it, together with credentials.
            (Some(_), Some(true)) => self.refuse(format_args!(
                "the link is relative to a path that nobody knows: it begins with neither a scheme \
                 nor `/`"
            )),
            _ => {}
        }
        // Where a link takes the place of the path, some values may still wait for their turn.
        let unknown = |name: &str| placeholders(self.route).all(|open| open != name);
        if let Some((name, _)) = self.early.iter().find(|(name, _)| unknown(name)) {
            let (name, route) = (name.clone(), self.method.route);
            self.refuse(format_args!("the route `{route}` has no parameter `{name}`"));
        }
        self.end_path();
        if !self.members.is_empty() {
            let mut members = std::mem::take(&mut self.members);
            members.push(b'}');
            self.body(JSON, members);
        }
        if let Some(form) = self.form.take() {
            self.body(FORM, form);
        }
        if let Some(parts) = self.parts.take() {
            if parts.is_spent() {
                self.refuse(format_args!("{SPENT}"));
            }
            let (content_type, body) = parts.finish();
            self.known_header(CONTENT_TYPE, &content_type);
            match body {
                Whole::Bytes(body) => self.body = body,
                Whole::Streaming(body) => self.streaming = Some(body),
            }
        }
        if !self.cookies.is_empty() {
            match HeaderValue::from_str(&self.cookies) {
                Ok(mut value) => {
                    // Nobody can tell which of them are keys.
                    value.set_sensitive(true);
                    self.headers.insert(COOKIE, value);
                }
                Err(_) => self.refuse(format_args!("the name of a cookie is none")),
            }
        }
        // Two parameters, or a parameter beside literal text, can still make up `..` together.
        if climbs(&self.url[self.origin_len..]) {
            self.refuse(format_args!("the path parameters make up a segment `.` or `..`"));
        }
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        Ok(Encoded {
            url: std::mem::take(&mut self.url),
            headers: std::mem::take(&mut self.headers),
            body: std::mem::take(&mut self.body),
            streaming: self.streaming.take(),
            link: self.link.take(),
        })
    }

    /// Refuses to send without a path parameter of the client, unless a link says where to.
    pub(crate) fn lacks(&mut self, name: &'static str, setter: &'static str) {
        self.lacking.get_or_insert((name, setter));
    }

    /// Refuses to send to a path in which this parameter is open.
    fn refuse_open(&mut self, name: &str) {
        match self.lacking {
            Some((name, setter)) => self.refuse(format_args!(
                "the path parameter `{name}` was not given: `{setter}` of the builder sets it, and \
                 `with_{setter}` of the call"
            )),
            None => self.refuse(format_args!("the path parameter `{name}` was not given")),
        }
    }

    fn refuse_member(&mut self, name: &str, error: &dyn fmt::Display) {
        if name.is_empty() {
            self.refuse(format_args!("the body cannot be written: {error}"));
        } else {
            self.refuse(format_args!("`{name}` of the body cannot be written: {error}"));
        }
    }

    /// Refuses a value for which its form has no text.
    fn refuse_value(&mut self, name: &str) {
        self.refuse(format_args!("the parameter `{name}` holds what its form has no text for"));
    }

    fn refuse_path(&mut self, name: &str) {
        self.refuse(format_args!(
            "the path parameter `{name}` is empty, `.` or `..`, which would address something else"
        ));
    }

    fn refuse(&mut self, why: fmt::Arguments<'_>) {
        self.error.get_or_insert_with(|| EncodeError(why.to_string()));
    }
}

/// The media type of forms.
const FORM: &str = "application/x-www-form-urlencoded";

/// HTTP clients remove such segments, or servers do: the call would reach another route.
pub(crate) fn is_no_segment(text: &str) -> bool {
    matches!(text, "" | "." | "..")
}

/// The next `{name}` of a route, with what stands before and behind it. Routes are short, so that nothing is
/// quicker than to look at each byte.
fn split(route: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = route.split_at(route.bytes().position(|byte| byte == b'{')?);
    let (name, after) = rest.split_at(rest.bytes().position(|byte| byte == b'}')?);
    Some((before, &name[1..], &after[1..]))
}

/// Whether the path of a target has a segment that is nothing but one or two dots.
fn climbs(target: &str) -> bool {
    // Most have no dot at all, which is seen faster than what stands around one.
    if !target.bytes().fold(false, |found, byte| found | (byte == b'.')) {
        return false;
    }
    let mut begins = true;
    for (at, byte) in target.bytes().enumerate() {
        match byte {
            b'?' => return false,
            b'.' if begins => {
                let segment = target[at..].split(['/', '?']).next();
                if matches!(segment, Some("." | "..")) {
                    return true;
                }
            }
            _ => {}
        }
        begins = byte == b'/';
    }
    false
}

/// Why a request cannot be sent. Names the parameter, never shows its value.
#[derive(Clone, Debug)]
pub(crate) struct EncodeError(pub(crate) String);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encode(route: &'static str, with: impl FnOnce(&mut Encoder<'_>)) -> Result<Encoded, String> {
        let method = Method::get("test.method", route);
        let base = Base::parse("it", "https://example.com/api", false).unwrap();
        let mut encoder = Encoder::new(&method, &base, HeaderMap::new());
        with(&mut encoder);
        encoder.finish().map_err(|error| error.0)
    }

    fn url(route: &'static str, with: impl FnOnce(&mut Encoder<'_>)) -> String {
        encode(route, with).ok().unwrap().url.replace("https://example.com/api", "")
    }

    #[test]
    fn paths_are_encoded_strictly() {
        for (value, text) in [
            ("plain-._~", "plain-._~"),
            ("a/b", "a%2Fb"),
            ("../x", "..%2Fx"),
            ("%2e%2e", "%252e%252e"),
            ("a b+c", "a%20b%2Bc"),
            ("ü?#;=&", "%C3%BC%3F%23%3B%3D%26"),
            ("...", "..."),
        ] {
            assert_eq!(url("/u/{id}/x", |e| e.path("id", value)), format!("/u/{text}/x"));
        }
    }

    #[test]
    fn segments_that_address_something_else_are_refused() {
        for value in ["", ".", ".."] {
            let error = encode("/u/{id}", |e| e.path("id", value)).err().unwrap();
            assert!(error.contains("`id`"), "{error}");
        }
        assert!(encode("/u/{id}", |e| e.path("id", &None::<String>)).is_err());
        assert!(encode("/u/{id}", |e| e.path("id", &Vec::<String>::new())).is_err());
        let error = encode("/u/{a}.{b}", |e| {
            e.path("a", "x");
            e.path("b", "y");
        });
        assert_eq!(error.ok().unwrap().url, "https://example.com/api/u/x.y");
        assert!(encode("/u/{a}.", |e| e.path("a", ".")).is_err());
    }

    #[test]
    fn no_path_climbs() {
        for target in ["/..", "/a/..", "/a/../b", "/.", "/./a", "..", "/a/..?b", "/x/.y/.."] {
            assert!(climbs(target), "{target}");
        }
        for target in ["", "/", "/...", "/.a", "/a.", "/a..", "/a?b=/..", "/a?/../", "/..a/b.."] {
            assert!(!climbs(target), "{target}");
        }
    }

    #[test]
    fn the_order_of_parts_does_not_matter() {
        let text = url("/a/{x}/b/{y}/c", |e| {
            e.query("q", &1);
            e.path("y", &2);
            e.query("r", "s t");
            e.path("x", &3);
            e.query("u", &true);
        });
        assert_eq!(text, "/a/3/b/2/c?q=1&r=s%20t&u=true");
    }

    #[test]
    fn missing_and_surplus_path_parameters_are_errors() {
        assert!(encode("/a/{x}", |_| ()).err().unwrap().contains("`x` was not given"));
        assert!(encode("/a", |e| e.path("x", &1)).err().unwrap().contains("no parameter `x`"));
    }

    #[test]
    fn queries() {
        assert_eq!(url("/a", |e| e.query("a[]", &vec!["x", "y"])), "/a?a%5B%5D=x&a%5B%5D=y");
        assert_eq!(url("/a", |e| e.query("a", &None::<i32>)), "/a");
        assert_eq!(url("/a", |e| e.query("a", &Some(1.5))), "/a?a=1.5");
        assert_eq!(url("/a", |e| e.query("a", "")), "/a?a=");
        assert_eq!(url("", |e| e.query("a", "&")), "?a=%26");
    }

    #[test]
    fn styles_of_queries() {
        let text = url("/a/{x}", |e| {
            e.query_as(Style::Csv, "ids", &[1, 2]);
            e.path("x", &3);
            e.query_as(Style::DeepObject, "filter", &serde_json::json!({ "a.b": "c" }));
            e.query_as(Style::Pipe, "none", &None::<String>);
            e.query("z", &1);
        });
        assert_eq!(text, "/a/3?ids=1,2&filter%5Ba.b%5D=c&z=1");
        let error = encode("/a", |e| e.query_as(Style::Form, "f", &serde_json::json!({})));
        assert!(error.err().unwrap().contains("the query parameter `f`"));
    }

    #[test]
    fn cookies_stand_in_one_header() {
        let encoded = encode("/", |e| {
            e.cookie("session", "a;b");
            e.cookie("none", &None::<String>);
            e.cookie("n", &1);
        });
        let headers = encoded.ok().unwrap().headers;
        assert_eq!(headers["cookie"], "session=a%3Bb; n=1");
        assert!(headers["cookie"].is_sensitive());
        assert!(!encode("/", |_| ()).ok().unwrap().headers.contains_key("cookie"));
    }

    #[test]
    fn an_address_without_a_path_gets_a_slash() {
        let method = Method::get("test.method", "");
        let base = Base::parse("it", "https://example.com", false).unwrap();
        let mut encoder = Encoder::new(&method, &base, HeaderMap::new());
        encoder.query("a", &1);
        assert_eq!(encoder.finish().ok().unwrap().url, "https://example.com/?a=1");
    }

    #[test]
    fn headers_are_checked() {
        let encoded = encode("/", |e| {
            e.header("X-List", &vec!["a", "b"]);
            e.header("X-None", &None::<String>);
            e.header("Accept", "text/csv");
        });
        let headers = encoded.ok().unwrap().headers;
        assert_eq!(headers.get_all("x-list").iter().count(), 2);
        assert!(!headers.contains_key("x-none"));
        assert_eq!(headers["accept"], "text/csv");
        for value in ["a\r\nb: c", "a\nb", "\0"] {
            let error = encode("/", |e| e.header("X-Trace", value)).err().unwrap();
            assert!(error.contains("`X-Trace`"), "{error}");
        }
        assert!(encode("/", |e| e.header("X Trace", "a")).is_err());
    }

    #[test]
    fn a_body_has_its_type() {
        let encoded = encode("/", |e| e.json(&[1, 2])).ok().unwrap();
        assert_eq!(encoded.headers["content-type"], "application/json");
        assert_eq!(&encoded.body[..], b"[1,2]");
    }

    #[test]
    fn forms() {
        let encoded = encode("/", |e| {
            e.form_pair("grant_type", "client credentials");
            e.form_member::<crate::Optional, _>("none", &None::<String>);
            e.form_member::<crate::Required, _>("ids", &vec![1, 2]);
            e.form_pair("by", &serde_json::json!({ "name": "a&b" }));
            e.form_end();
        });
        let encoded = encoded.ok().unwrap();
        assert_eq!(encoded.headers["content-type"], FORM);
        let body = std::str::from_utf8(&encoded.body).unwrap();
        assert_eq!(body, "grant_type=client%20credentials&ids=1&ids=2&by%5Bname%5D=a%26b");
        let whole = encode("/", |e| e.form(&serde_json::json!({ "a": 1, "b": null })));
        assert_eq!(&whole.ok().unwrap().body[..], b"a=1");
        assert_eq!(encode("/", |e| e.form_end()).ok().unwrap().headers["content-type"], FORM);
    }

    #[test]
    fn parts_and_texts() {
        let encoded = encode("/", |e| {
            e.part::<crate::Required, _>("n", &1);
            e.file("f", &Some(crate::File::new("a", "b")));
            e.parts_end();
        });
        let encoded = encoded.ok().unwrap();
        let kind = encoded.headers["content-type"].to_str().unwrap();
        assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
        let bad = crate::File::new("a", "b").content_type("\n");
        let error = encode("/", |e| e.file("f", &bad)).err().unwrap();
        assert!(error.starts_with("`f` of the body cannot be written"), "{error}");
        let encoded = encode("/", |e| e.text("text/csv; charset=utf-8", "a,b")).ok().unwrap();
        assert_eq!(encoded.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(&encoded.body[..], b"a,b");
    }

    proptest! {
        #[test]
        fn a_value_stays_one_segment(value in any::<String>()) {
            if let Ok(encoded) = encode("/u/{id}/x", |e| e.path("id", &value)) {
                let path = encoded.url.strip_prefix("https://example.com/api/u/").unwrap();
                let segment = path.strip_suffix("/x").unwrap();
                prop_assert!(!segment.contains(['/', '?', '#', '\\', ' ']));
                let back = percent_encoding::percent_decode_str(segment).decode_utf8().unwrap();
                prop_assert_eq!(back, value);
            }
        }
    }
}
