//! A request that has to be sent, and the answer to it.

use super::parts::{self, Part};
use super::seen::{Seen, same_json};
use super::server::{Request, Server};
use crate::build_error::BuildError;
use std::io::Write as _;

/// An example: what a call has to send, what the service answers, and what the call has to give.
#[derive(Debug)]
pub struct Exchange {
    line: String,
    headers: Vec<(String, Value)>,
    body: Body,
    answer: Vec<u8>,
    content: Vec<u8>,
    gives: Option<Seen>,
    /// How often the request is sent.
    times: usize,
}

/// The value of a header.
#[derive(Debug)]
enum Value {
    Is(String),
    /// It is another one each time; this is how it begins.
    Begins(String),
}

/// What has to be sent as body.
#[derive(Debug)]
enum Body {
    Bytes(Vec<u8>),
    Json(String),
    Parts(Vec<Part>),
}

/// Headers that every client sends as it likes.
const FREE: [&str; 5] =
    ["host", "user-agent", "content-length", "transfer-encoding", "accept-encoding"];

impl Exchange {
    /// A request with this verb for this path and query. It asks for JSON unless another `Accept` is set.
    #[must_use]
    pub fn new(verb: &str, target: &str) -> Self {
        Self {
            line: format!("{verb} {target} HTTP/1.1"),
            headers: vec![("accept".to_owned(), Value::Is("application/json".to_owned()))],
            body: Body::Bytes(Vec::new()),
            answer: Vec::new(),
            content: Vec::new(),
            gives: None,
            times: 1,
        }
    }

    /// A header with this value. What is not named must not be sent.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with(name, Value::Is(value.to_owned()))
    }

    /// A header with a value that is another one each time and begins like this.
    #[must_use]
    pub fn header_begins(self, name: &str, value: &str) -> Self {
        self.with(name, Value::Begins(value.to_owned()))
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        if name == "accept" || name == "content-type" {
            self.headers.retain(|(known, _)| known != name);
        }
        self.headers.push((name.to_owned(), value));
        self
    }

    /// A body of JSON. What it means is compared, not how it is laid out.
    #[must_use]
    pub fn json(self, body: &str) -> Self {
        Self { body: Body::Json(body.to_owned()), ..self }
            .header("content-type", "application/json")
    }

    /// A body of this content type.
    #[must_use]
    pub fn body(self, content_type: &str, body: &str) -> Self {
        Self { body: Body::Bytes(body.into()), ..self }.header("content-type", content_type)
    }

    /// A part of a body, in order; one with a file name is a file.
    #[must_use]
    pub fn part(
        mut self,
        name: &str,
        filename: Option<&str>,
        content_type: Option<&str>,
        content: &str,
    ) -> Self {
        let part = Part {
            name: name.to_owned(),
            filename: filename.map(str::to_owned),
            content_type: content_type.map(str::to_owned),
            content: content.into(),
        };
        match &mut self.body {
            Body::Parts(parts) => parts.push(part),
            other => *other = Body::Parts(vec![part]),
        }
        self.with("content-type", Value::Begins("multipart/form-data; boundary=".to_owned()))
    }

    /// An answer without a body.
    #[must_use]
    pub fn answers(self, status: u16) -> Self {
        self.answers_with(status, None, &[])
    }

    /// An answer with this JSON.
    #[must_use]
    pub fn answers_json(self, status: u16, body: &str) -> Self {
        self.answers_with(status, Some("application/json"), body.as_bytes())
    }

    /// An answer with this body.
    #[must_use]
    pub fn answers_body(self, status: u16, content_type: &str, body: &str) -> Self {
        self.answers_with(status, Some(content_type), body.as_bytes())
    }

    /// An answer whose body is this, compressed.
    #[must_use]
    pub fn answers_gzip(self, status: u16, content_type: &str, body: &str) -> Self {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        // Writing into a Vec does not fail.
        let _ = packed.write_all(body.as_bytes());
        let packed = packed.finish().unwrap_or_default();
        let exchange = self.answers_with(status, Some(content_type), &packed);
        Self { content: body.into(), ..exchange }
    }

    fn answers_with(self, status: u16, content_type: Option<&str>, body: &[u8]) -> Self {
        let mut head = format!("HTTP/1.1 {status} As Shown\r\nConnection: close\r\n");
        if let Some(content_type) = content_type {
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        // The only statuses whose answers may not announce a length.
        if status != 204 && status != 304 {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        Self { answer: [head.as_bytes(), body].concat(), content: body.to_vec(), ..self }
    }

    /// The answer refuses the token, so that the call is sent once more, with another one.
    #[must_use]
    pub fn renews(self) -> Self {
        Self { times: 2, ..self }
    }

    /// The call gives what is expected, and it holds nothing.
    #[must_use]
    pub fn gives_nothing(self) -> Self {
        Self { gives: Some(Seen::Nothing), ..self }
    }

    /// The call gives the whole answer, and writes it again as it came.
    #[must_use]
    pub fn gives_answer(self) -> Self {
        let gives = Seen::Json(String::from_utf8_lossy(&self.content).into_owned());
        Self { gives: Some(gives), ..self }
    }

    /// The call gives what is written as this JSON.
    #[must_use]
    pub fn gives_json(self, json: &str) -> Self {
        Self { gives: Some(Seen::Json(json.to_owned())), ..self }
    }

    /// The call gives the body as bytes or text.
    #[must_use]
    pub fn gives_body(self) -> Self {
        let gives = Seen::Bytes(self.content.clone());
        Self { gives: Some(gives), ..self }
    }

    /// Makes a call to a server that gives the answer, and looks at what was sent and what came of it.
    ///
    /// # Panics
    /// Either is not as it is shown.
    #[track_caller]
    pub fn check(&self, call: impl FnOnce(&str) -> Result<Seen, BuildError>) {
        let server = Server::start(self.answer.clone());
        let server = server.unwrap_or_else(|error| panic!("no server: {error}"));
        let seen = call(server.url());
        let requests = server.stop().unwrap_or_else(|error| panic!("no server: {error}"));
        let seen = seen.unwrap_or_else(|error| panic!("no client: {error}"));
        let (count, times) = (requests.len(), self.times);
        assert!(count == times, "{count} requests, not {times}: {requests:?}; {seen:?}");
        requests.iter().for_each(|request| self.check_request(request));
        if let Some(gives) = &self.gives {
            assert!(seen.is(gives), "the call gave\n{seen:?}\nin place of\n{gives:?}");
        }
    }

    #[track_caller]
    fn check_request(&self, request: &Request) {
        assert_eq!(request.line, self.line, "the first line of the request");
        let is_free = |name: &str| FREE.contains(&name);
        for (name, value) in &request.headers {
            let known = self.headers.iter().any(|(known, expected)| {
                known == name
                    && match expected {
                        Value::Is(expected) => expected == value,
                        Value::Begins(expected) => value.starts_with(expected),
                    }
            });
            assert!(
                known || is_free(name),
                "`{name}: {value}` was sent; known are {:?}",
                self.headers
            );
        }
        let sent = request.headers.iter().filter(|(name, _)| !is_free(name)).count();
        assert_eq!(
            sent,
            self.headers.len(),
            "headers: {:?}, not {:?}",
            request.headers,
            self.headers
        );
        let body = String::from_utf8_lossy(&request.body);
        match &self.body {
            Body::Bytes(expected) => {
                assert_eq!(body, String::from_utf8_lossy(expected), "the body");
            }
            Body::Json(expected) => {
                assert!(same_json(&body, expected), "the body is\n{body}\nin place of\n{expected}");
            }
            Body::Parts(expected) => {
                let kind = request.header("content-type").unwrap_or_default();
                let parts = parts::read(kind, &request.body).unwrap_or_default();
                let same = parts.iter().zip(expected).all(|(part, expected)| part.is(expected));
                assert!(
                    parts.len() == expected.len() && same,
                    "the parts are\n{parts:?}\nin place of\n{expected:?}"
                );
            }
        }
    }
}

/// Waits for a future on this thread.
///
/// # Panics
/// There is no runtime to wait in.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
    runtime.block_on(future.into_future())
}
