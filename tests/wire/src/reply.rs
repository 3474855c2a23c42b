//! What the server does when a request has come in.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// An answer, whole or broken.
#[derive(Clone, Debug)]
pub struct Reply {
    bytes: Vec<u8>,
    /// What comes after it bit by bit, with this time before each.
    drops: Vec<Vec<u8>>,
    pause: Duration,
    then: Then,
    /// The request that it is for; any unless set.
    line: Option<String>,
}

/// What happens after the bytes of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Then {
    /// The connection takes the next request.
    Next,
    /// The server closes the connection.
    Close,
    /// Nothing at all, until the client gives up.
    Hold,
    /// These bytes over and over, until the client gives up.
    Repeat(Vec<u8>),
    /// The connection is torn down without the usual farewell (RST).
    Reset,
    /// The same, before anything of the request is read.
    ResetUnread,
}

/// How a connection goes on after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    Next,
    Close,
    /// The client has closed it first.
    Left,
    Reset,
}

impl Reply {
    /// A whole answer. `Content-Length` is added unless it is given, and the connection stays open.
    #[must_use]
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len().to_string();
        // The only statuses in use here whose answers have none.
        let bodiless = status == 204 || status == 304;
        let given = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let mut bytes = head(status, headers);
        if !bodiless && !given {
            bytes.extend(line("Content-Length", &length));
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        Self::of(bytes, Then::Next)
    }

    /// A whole answer in JSON.
    #[must_use]
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, &[("Content-Type", "application/json")], body)
    }

    /// A whole answer that has a status and nothing else.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self::new(status, &[], "")
    }

    /// A whole answer that comes in these chunks.
    #[must_use]
    pub fn chunked(status: u16, headers: &[(&str, &str)], chunks: &[impl AsRef<[u8]>]) -> Self {
        let mut bytes = head(status, headers);
        bytes.extend(line("Transfer-Encoding", "chunked"));
        bytes.extend(b"\r\n");
        for text in chunks {
            bytes.extend(chunk(text.as_ref()));
        }
        bytes.extend(b"0\r\n\r\n");
        Self::of(bytes, Then::Next)
    }

    /// An answer without a length, whose body ends where the connection does.
    #[must_use]
    pub fn until_close(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let mut bytes = head(status, headers);
        bytes.extend(line("Connection", "close"));
        bytes.extend(b"\r\n");
        bytes.extend(body.as_ref());
        Self::of(bytes, Then::Close)
    }

    /// An answer in chunks without an end.
    #[must_use]
    pub fn endless(status: u16, headers: &[(&str, &str)], text: &str) -> Self {
        let mut bytes = head(status, headers);
        bytes.extend(line("Transfer-Encoding", "chunked"));
        bytes.extend(b"\r\n");
        Self::of(bytes, Then::Repeat(chunk(text.as_bytes())))
    }

    /// A whole answer whose pieces come one by one, with a pause before each.
    #[must_use]
    pub fn dripping(
        status: u16,
        headers: &[(&str, &str)],
        pieces: &[&str],
        pause: Duration,
    ) -> Self {
        let mut bytes = head(status, headers);
        bytes.extend(line("Transfer-Encoding", "chunked"));
        bytes.extend(b"\r\n");
        let mut drops: Vec<_> = pieces.iter().map(|piece| chunk(piece.as_bytes())).collect();
        drops.push(b"0\r\n\r\n".to_vec());
        Self { drops, pause, ..Self::of(bytes, Then::Next) }
    }

    fn of(bytes: Vec<u8>, then: Then) -> Self {
        Self { bytes, drops: Vec::new(), pause: Duration::ZERO, then, line: None }
    }

    /// These bytes, HTTP or not, and then the end of the connection.
    #[must_use]
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self::of(bytes.as_ref().to_vec(), Then::Close)
    }

    /// An answer whose headers have no end.
    #[must_use]
    pub fn endless_headers(status: u16, line: &str) -> Self {
        Self::of(head(status, &[]), Then::Repeat(format!("{line}\r\n").into_bytes()))
    }

    /// The connection is torn down before the request is read.
    #[must_use]
    pub fn reset_unread() -> Self {
        Self::of(Vec::new(), Then::ResetUnread)
    }

    /// The end of the connection in place of an answer.
    #[must_use]
    pub fn close() -> Self {
        Self::raw("")
    }

    /// No answer, and the connection stays open: what a client sees whose time runs out.
    #[must_use]
    pub fn silence() -> Self {
        Self::of(Vec::new(), Then::Hold)
    }

    /// The same answer, with this in front of it: an interim answer such as `100 Continue`.
    #[must_use]
    pub fn after(mut self, interim: &str) -> Self {
        self.bytes.splice(..0, interim.bytes());
        self
    }

    /// The same answer without its last bytes, where the connection ends too early.
    #[must_use]
    pub fn cut(mut self, bytes: usize) -> Self {
        self.bytes.truncate(self.bytes.len().saturating_sub(bytes));
        self.then = Then::Close;
        self
    }

    /// The same answer without its last bytes, for which the client waits in vain.
    #[must_use]
    pub fn stall(self, bytes: usize) -> Self {
        Self { then: Then::Hold, ..self.cut(bytes) }
    }

    /// The same answer, after which the connection is torn down without the usual farewell.
    #[must_use]
    pub fn reset(self) -> Self {
        Self { then: Then::Reset, ..self }
    }

    /// The same answer, so many bytes at a time, with this time before each of them.
    #[must_use]
    pub fn paced(mut self, bytes: usize, pause: Duration) -> Self {
        self.drops = self.bytes.chunks(bytes.max(1)).map(<[u8]>::to_vec).collect();
        Self { bytes: Vec::new(), pause, ..self }
    }

    /// The same answer, for a request with this line only, as in `GET /hooks HTTP/1.1`.
    #[must_use]
    pub fn to(self, line: impl Into<String>) -> Self {
        Self { line: Some(line.into()), ..self }
    }

    /// Whether a request with this line gets this reply.
    pub(crate) fn is_for(&self, line: &str) -> bool {
        self.line.as_deref().is_none_or(|wanted| wanted == line)
    }

    pub(crate) fn wants_no_request(&self) -> bool {
        self.then == Then::ResetUnread
    }

    /// Sends the reply; how the connection goes on.
    /// Calls `told` once all is sent that there is to be sent, as far as that ever ends.
    pub(crate) fn send(&self, stream: &mut TcpStream, told: impl FnOnce()) -> io::Result<After> {
        stream.write_all(&self.bytes)?;
        for drop in &self.drops {
            thread::sleep(self.pause);
            stream.write_all(drop)?;
        }
        told();
        match &self.then {
            Then::Next => return Ok(After::Next),
            Then::Close => {}
            Then::Hold => {
                while stream.read(&mut [0; 1024])? > 0 {}
                return Ok(After::Left);
            }
            Then::Repeat(bytes) => loop {
                stream.write_all(bytes)?;
            },
            Then::Reset | Then::ResetUnread => return Ok(After::Reset),
        }
        Ok(After::Close)
    }
}

fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    // Clients go by the number. The text is one that no client knows, so that none can rely on it.
    let mut head = format!("HTTP/1.1 {status} As Scripted\r\n").into_bytes();
    for (name, value) in headers {
        head.extend(line(name, value));
    }
    head
}

fn line(name: &str, value: &str) -> Vec<u8> {
    format!("{name}: {value}\r\n").into_bytes()
}

fn chunk(text: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", text.len()).into_bytes();
    chunk.extend(text);
    chunk.extend(b"\r\n");
    chunk
}
