//! The script of a server: a request that has to come, and its reply.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::Write;
use wire_tests::{Reply, Request};

use crate::case::Span;
use crate::parts::{self, ExpectedPart};

/// A request, and what the server does then.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exchange {
    /// Method and target, as in `GET /things?a=1`. Left out only before `reset: unread`.
    #[serde(default)]
    pub(crate) request: String,
    /// Headers by name; null for one that may not be there, a list for one that comes several times.
    #[serde(default)]
    headers: Map<String, Value>,
    /// All headers that are sent, apart from `host` and `user-agent`.
    #[serde(default)]
    all_headers: Option<Map<String, Value>>,
    /// The body as text. Without this, `json` or `parts` there may be none, unless `any_body` is set.
    #[serde(default)]
    body: Option<String>,
    /// The body as JSON: the same value. Where the order of members matters, `body` says it.
    #[serde(default)]
    json: Option<Value>,
    /// The body in base64.
    #[serde(default)]
    base64: Option<String>,
    /// The parts of a multipart body.
    #[serde(default)]
    parts: Option<Vec<ExpectedPart>>,
    #[serde(default)]
    any_body: bool,
    reply: ReplyScript,
    /// How long the answer takes, where time goes by the script only.
    #[serde(default)]
    pub(crate) takes: Option<Span>,
}

/// A reply as data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyScript {
    #[serde(default)]
    status: Option<u16>,
    /// Headers by name; a list for one that comes several times.
    #[serde(default)]
    headers: Map<String, Value>,
    /// A JSON body with its content type.
    #[serde(default)]
    json: Option<Value>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    base64: Option<String>,
    /// Repeats the body.
    #[serde(default)]
    times: Option<usize>,
    /// Compresses the body, and says so in `Content-Encoding` unless `file` is given.
    #[serde(default)]
    gzip: Option<Gzip>,
    /// The body comes in chunks of these sizes, the last one with the rest.
    #[serde(default)]
    chunks: Option<Vec<usize>>,
    /// The body ends where the connection does.
    #[serde(default)]
    until_close: bool,
    /// In place of all of the above: these bytes, and the end of the connection.
    #[serde(default)]
    raw: Option<String>,
    /// An interim answer before it.
    #[serde(default)]
    interim: Option<String>,
    /// The last so many bytes are missing, and the connection ends.
    #[serde(default)]
    cut: Option<usize>,
    /// The last so many bytes are missing, and the client waits for them in vain.
    #[serde(default)]
    stall: Option<usize>,
    /// Nothing is answered.
    #[serde(default)]
    silence: bool,
    #[serde(default)]
    reset: Option<Reset>,
    /// Without an end.
    #[serde(default)]
    endless: Option<Endless>,
    /// So many bytes at a time, with a pause before each of them. Takes real time.
    #[serde(default)]
    drip: Option<Drip>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Gzip {
    Encoding,
    File,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Reset {
    /// Before anything is read.
    Unread,
    /// After what the reply says, which may be nothing.
    After,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Endless {
    Headers,
    Body,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drip {
    bytes: usize,
    pause: Span,
}

impl Exchange {
    /// The first line of the request.
    pub(crate) fn line(&self) -> String {
        format!("{} HTTP/1.1", self.request)
    }

    /// Whether a request has to come.
    pub(crate) fn has_request(&self) -> bool {
        !self.request.is_empty()
    }

    pub(crate) fn reply(&self) -> Result<Reply, String> {
        let unread = self.reply.reset == Some(Reset::Unread);
        if unread == self.has_request() {
            return Err("an exchange has a `request`, unless its reply is `reset: unread`".into());
        }
        self.reply.reply()
    }

    /// What of a request is not as it has to be.
    pub(crate) fn differences(&self, sent: &Request) -> Vec<String> {
        let mut out = Vec::new();
        if sent.line != self.line() {
            out.push(format!("expected `{}`, came `{}`", self.line(), sent.line));
        }
        for (name, wanted) in &self.headers {
            let (wanted, came) = (texts(wanted), values(sent, name));
            if wanted != came {
                out.push(format!("header `{name}`: expected {wanted:?}, came {came:?}"));
            }
        }
        if let Some(all) = &self.all_headers {
            let mut wanted: Vec<String> = all
                .iter()
                .flat_map(|(name, value)| {
                    texts(value).into_iter().map(move |value| format!("{name}: {value}"))
                })
                .collect();
            wanted.sort();
            let mut came = sent.head();
            came.remove(0);
            came.retain(|line| !line.starts_with("user-agent: "));
            if wanted != came {
                out.push(format!("headers: expected {wanted:?}, came {came:?}"));
            }
        }
        out.extend(self.body_difference(sent));
        out
    }

    fn body_difference(&self, sent: &Request) -> Option<String> {
        let came = String::from_utf8_lossy(&sent.body);
        if let Some(parts) = &self.parts {
            return parts::difference(parts, sent);
        }
        if let Some(json) = &self.json {
            let read: Result<Value, _> = serde_json::from_slice(&sent.body);
            let same = read.as_ref().is_ok_and(|read| read == json);
            return (!same).then(|| format!("body: expected {json}, came {came}"));
        }
        if let Some(text) = &self.base64 {
            let same = clientwright_wire::base64::encode(&sent.body) == *text;
            return (!same).then(|| format!("body: expected other bytes, came {:?}", sent.body));
        }
        let wanted = self.body.as_deref().unwrap_or_default();
        let differs = !self.any_body && wanted.as_bytes() != sent.body;
        differs.then(|| format!("body: expected `{wanted}`, came `{came}`"))
    }
}

/// All values of a header, in the order in which they were sent.
fn values(sent: &Request, name: &str) -> Vec<String> {
    let of_name = sent.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    of_name.map(|(_, value)| value.clone()).collect()
}

/// A header as a case writes it: null, a text, or a list of texts.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

impl ReplyScript {
    fn reply(&self) -> Result<Reply, String> {
        let mut reply = self.whole()?;
        if let Some(interim) = &self.interim {
            reply = reply.after(interim);
        }
        if let Some(bytes) = self.cut {
            reply = reply.cut(bytes);
        }
        if let Some(bytes) = self.stall {
            reply = reply.stall(bytes);
        }
        if let Some(drip) = &self.drip {
            reply = reply.paced(drip.bytes, drip.pause.0);
        }
        Ok(if self.reset == Some(Reset::After) { reply.reset() } else { reply })
    }

    fn whole(&self) -> Result<Reply, String> {
        if self.reset == Some(Reset::Unread) {
            return Ok(Reply::reset_unread());
        }
        if self.silence {
            return Ok(Reply::silence());
        }
        if let Some(raw) = &self.raw {
            return Ok(Reply::raw(raw));
        }
        let Some(status) = self.status else {
            let nothing = self.reset == Some(Reset::After);
            return if nothing { Ok(Reply::close()) } else { Err("a reply has a `status`".into()) };
        };
        let (body, content_type) = self.body()?;
        let mut headers: Vec<(&str, String)> = Vec::new();
        let has_type = self.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
        headers.extend(content_type.filter(|_| !has_type).map(|kind| ("Content-Type", kind)));
        if self.gzip == Some(Gzip::Encoding) {
            headers.push(("Content-Encoding", "gzip".to_owned()));
        }
        for (name, value) in &self.headers {
            headers.extend(texts(value).into_iter().map(|value| (name.as_str(), value)));
        }
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Ok(match (&self.endless, &self.chunks) {
            (Some(Endless::Headers), _) => Reply::endless_headers(status, "X-More: and more"),
            (Some(Endless::Body), _) => {
                Reply::endless(status, &headers, &String::from_utf8_lossy(&body))
            }
            (None, Some(sizes)) => {
                let mut rest = body.as_slice();
                let mut chunks: Vec<&[u8]> = Vec::new();
                for &size in sizes {
                    let (chunk, after) = rest.split_at(size.min(rest.len()));
                    chunks.push(chunk);
                    rest = after;
                }
                chunks.push(rest);
                chunks.retain(|chunk| !chunk.is_empty());
                Reply::chunked(status, &headers, &chunks)
            }
            (None, None) if self.until_close => Reply::until_close(status, &headers, &body),
            (None, None) => Reply::new(status, &headers, body),
        })
    }

    fn body(&self) -> Result<(Vec<u8>, Option<String>), String> {
        let (body, kind) = match (&self.json, &self.text, &self.base64) {
            (Some(json), None, None) => (json.to_string().into_bytes(), Some("application/json")),
            (None, Some(text), None) => (text.clone().into_bytes(), None),
            (None, None, Some(text)) => {
                let bytes = clientwright_wire::base64::decode(text);
                (bytes.map_err(|_| "`base64` of a reply is none")?, None)
            }
            (None, None, None) => (Vec::new(), None),
            _ => return Err("a reply has one of `json`, `text` and `base64`".to_owned()),
        };
        let mut body = body.repeat(self.times.unwrap_or(1));
        if self.gzip.is_some() {
            let fastest = flate2::Compression::fast();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), fastest);
            encoder.write_all(&body).map_err(|error| error.to_string())?;
            body = encoder.finish().map_err(|error| error.to_string())?;
        }
        Ok((body, kind.map(str::to_owned)))
    }
}
