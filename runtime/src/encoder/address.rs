//! The address of a request: the route with its values, and the query.

use super::Encoder;
use crate::link;
use crate::method::Method;
use crate::pairs::{self, Style};
use crate::param::{Param, Sink};
use crate::parameter::placeholders;
use crate::transport::Outgoing;
use serde::Serialize;

impl<'a> Encoder<'a> {
    /// Fills `{name}` of the route.
    pub fn path(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.filled(name, Filling::Step, &value);
    }

    /// Fills `{name}` of the route with a value that may have several steps: its slashes stay, and each step
    /// between them is encoded by itself.
    pub fn path_steps(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.filled(name, Filling::Steps, &value);
    }

    /// Adds `name=value` to the query, once for each text of the value.
    pub fn query(&mut self, name: &str, value: &(impl Param + ?Sized)) {
        self.query_value(name, &value);
    }

    /// Adds a value to the query as `style` says; what is none or empty is left out.
    pub fn query_as(&mut self, style: Style, name: &str, value: &(impl Serialize + ?Sized)) {
        let written = if self.placeholder().is_none() {
            self.end_path();
            pairs::write(&mut self.out.url, &mut self.separator, style, name, value)
        } else {
            let mut separator = if self.query.is_empty() { None } else { Some('&') };
            pairs::write(&mut self.query, &mut separator, style, name, value)
        };
        if let Err(error) = written {
            self.refuse(format_args!("the query parameter `{name}` cannot be written: {error}"));
        }
    }

    /// The query of a request; what is wrong with the rest is found when it is sent.
    pub(crate) fn query_of(encode: &dyn Fn(&mut Encoder<'_>)) -> String {
        let method = Method::get("", "");
        let mut outgoing = Outgoing::of(&method, String::new(), 0);
        let mut encoder = Encoder::new(&method, &mut outgoing);
        encode(&mut encoder);
        outgoing.url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    }

    fn filled(&mut self, name: &str, filling: Filling, value: &dyn Param) {
        if let Some((before, next, after)) = split(self.route)
            && next == name
        {
            self.out.url.push_str(before);
            self.route = after;
            let start = self.out.url.len();
            let refused = filling.write(&mut self.out.url, value);
            if refused {
                self.refuse_value(name);
            } else if filling.leads_away(&self.out.url[start..]) {
                self.refuse_path(name, filling);
            }
            self.take_early();
            return;
        }
        let mut text = String::new();
        if filling.write(&mut text, value) {
            self.refuse_value(name);
        } else if filling.leads_away(&text) {
            self.refuse_path(name, filling);
        }
        self.early.push((name.to_owned(), text));
    }

    fn query_value(&mut self, name: &str, value: &dyn Param) {
        if self.left_out == Some(name) {
            return;
        }
        let refused = if self.placeholder().is_none() {
            self.end_path();
            let mut sink = Sink::query(&mut self.out.url, name, &mut self.separator);
            value.write(&mut sink);
            sink.refused.is_some()
        } else {
            let mut separator = if self.query.is_empty() { None } else { Some('&') };
            let mut sink = Sink::query(&mut self.query, name, &mut separator);
            value.write(&mut sink);
            sink.refused.is_some()
        };
        if refused {
            self.refuse_value(name);
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
            self.out.url.push_str(before);
            self.out.url.push_str(&text);
            self.route = after;
        }
    }

    /// Writes what is left of the route, and the query pairs that had to wait for it.
    pub(super) fn end_path(&mut self) {
        if self.separator != Some('?') {
            return;
        }
        self.out.url.push_str(std::mem::take(&mut self.route));
        if self.out.url.len() == self.out.origin_len {
            self.out.url.push('/');
        }
        if !self.query.is_empty() {
            self.out.url.push('?');
            self.out.url.push_str(&std::mem::take(&mut self.query));
            self.separator = Some('&');
        }
    }

    /// Refuses an address of which a part is not known, and values for which the route has no place.
    pub(super) fn check_path(&mut self) {
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

    fn refuse_path(&mut self, name: &str, filling: Filling) {
        let what = match filling {
            Filling::Step => "is",
            Filling::Steps => "has a step between slashes, or at an end, that is",
        };
        self.refuse(format_args!(
            "the path parameter `{name}` {what} empty, `.` or `..`, which would address something else"
        ));
    }
}

/// How much of a path a value may be.
#[derive(Clone, Copy)]
enum Filling {
    Step,
    /// One step or more, with slashes between them.
    Steps,
}

impl Filling {
    /// Writes a value encoded; whether there is no text for it.
    fn write(self, out: &mut String, value: &dyn Param) -> bool {
        let mut sink = match self {
            Self::Step => Sink::path(out),
            Self::Steps => Sink::steps(out),
        };
        value.write(&mut sink);
        sink.refused.is_some()
    }

    /// Whether what was written would lead to another path.
    fn leads_away(self, text: &str) -> bool {
        match self {
            Self::Step => is_no_segment(text),
            Self::Steps => text.split('/').any(is_no_segment),
        }
    }
}

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
pub(super) fn climbs(target: &str) -> bool {
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
