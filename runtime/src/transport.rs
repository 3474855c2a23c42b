//! The border to whatever sends requests.
//!
//! The core knows no HTTP client: it hands over the parts of a request and takes the parts of an
//! answer. A client of another library, a recorder or a fake is a [`Transport`] too.

pub(crate) mod apart;
pub(crate) mod clock;
mod opened;
#[cfg(feature = "reqwest")]
mod reqwest;
mod threads;
mod tls;
#[cfg(feature = "blocking")]
mod ureq;

pub use self::clock::Clock;
pub use self::opened::{BlockingChunks, Opened};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::threads::{BoxFuture, Chunks, Threads};
pub use self::tls::Tls;
#[cfg(feature = "blocking")]
pub use self::ureq::UreqTransport;

use self::apart::{Deadline, waited_for};
use crate::build_error::BuildError;
use crate::upload::{Streaming, is_out_of_time};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How long a connection may take to come about, unless the builder says otherwise.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests and gives answers, without looking into either.
///
/// Redirects are answers. A transport must keep to [`Outgoing::timeout`] and
/// [`Outgoing::max_answer`], and may not put an address into its errors: addresses hold secrets.
pub trait Transport: Threads + 'static {
    /// Sends one request and reads the whole answer. The future owns what it needs, so that a call is a value
    /// that can go anywhere.
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>>;

    /// Sends one request and gives the answer once its head is there, for bodies that are read as they
    /// come: [`Outgoing::timeout`] limits the wait for the head, and then for each piece. Reads the
    /// whole answer unless overridden.
    fn open(
        &self,
        outgoing: Outgoing,
    ) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        let answer = self.send(outgoing);
        Box::pin(async move { answer.await.map(Opened::from) })
    }

    /// Whether it reads bodies while it sends them. Bodies are read into memory before, unless
    /// overridden.
    fn streams(&self) -> bool {
        false
    }

    /// Checks, when a client is built, that this transport can reach a base address.
    ///
    /// # Errors
    /// The address is not one that it can use.
    fn check(&self, _base: &str) -> Result<(), BuildError> {
        Ok(())
    }

    /// What waits before a call is sent again. `None` unless overridden: without a timer no call is, and its error
    /// says so. A transport around another one hands on that of the other.
    fn timer(&self) -> Option<&dyn Timer> {
        None
    }
}

/// Waits without holding up a thread.
///
/// A test may bring one that ends at once, together with a [`Clock`]: nothing is waited for before a call is sent
/// again, and hooks of the app that are not ready at once are given up. What an upload is read from takes time of the
/// machine, and so does the rest of an answer that was opened; both are given that.
pub trait Timer: Threads {
    /// Ends after this time.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()>;

    /// Whether that is time of the machine. Otherwise a thread waits in its place where nothing else will do.
    fn goes_by_the_machine(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        (**self).send(outgoing)
    }

    fn open(
        &self,
        outgoing: Outgoing,
    ) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        (**self).open(outgoing)
    }

    fn streams(&self) -> bool {
        (**self).streams()
    }

    fn check(&self, base: &str) -> Result<(), BuildError> {
        (**self).check(base)
    }

    fn timer(&self) -> Option<&dyn Timer> {
        (**self).timer()
    }
}

/// A [`Transport`] that blocks the calling thread.
pub trait BlockingTransport: Threads + 'static {
    /// Sends one request and reads the whole answer.
    ///
    /// # Errors
    /// There is no whole answer.
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError>;

    /// As [`Transport::open`].
    ///
    /// # Errors
    /// There is no head of an answer.
    fn open(&self, outgoing: Outgoing) -> Result<Opened<BlockingChunks>, TransportError> {
        self.send(outgoing).map(Opened::from)
    }

    /// As [`Transport::streams`].
    fn streams(&self) -> bool {
        false
    }

    /// Checks, when a client is built, that this transport can reach a base address.
    ///
    /// # Errors
    /// The address is not one that it can use.
    fn check(&self, _base: &str) -> Result<(), BuildError> {
        Ok(())
    }

    /// Waits before a call is sent again.
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

impl<T: BlockingTransport + ?Sized> BlockingTransport for Arc<T> {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        (**self).send(outgoing)
    }

    fn open(&self, outgoing: Outgoing) -> Result<Opened<BlockingChunks>, TransportError> {
        (**self).open(outgoing)
    }

    fn streams(&self) -> bool {
        (**self).streams()
    }

    fn check(&self, base: &str) -> Result<(), BuildError> {
        (**self).check(base)
    }

    fn sleep(&self, time: Duration) {
        (**self).sleep(time);
    }
}

/// A request to send. `Debug` shows neither query nor values of headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outgoing {
    /// The verb.
    pub method: Method,
    /// The whole address, percent-encoded.
    pub url: String,
    /// The headers; secret ones are marked sensitive.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Bytes,
    /// A body to be read while it is sent, in place of `body`. Only for transports that say that they
    /// do so, with [`Transport::streams`].
    pub streaming: Option<Streaming>,
    /// How long this may take, until the last byte of the answer.
    pub timeout: Option<Duration>,
    /// How many bytes of body the answer may have.
    pub max_answer: usize,
    pub(crate) origin_len: usize,
    /// Whether the body of a success is handed out as it comes.
    pub(crate) streamed: bool,
}

impl Outgoing {
    /// A request of a method to an address, so far without anything else.
    pub(crate) fn of(method: &crate::method::Method, url: String, origin_len: usize) -> Self {
        Self {
            method: method.verb.into(),
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            streaming: None,
            timeout: None,
            max_answer: usize::MAX,
            origin_len,
            streamed: method.streamed,
        }
    }

    /// Makes it a request for a transport that `streams`, or does not: then reading it takes of its time.
    pub(crate) fn make_ready(&mut self, streams: bool) -> Result<(), TransportError> {
        let Some(streaming) = &mut self.streaming else { return Ok(()) };
        let deadline = self.timeout.and_then(Deadline::after);
        streaming.keep_to(deadline);
        if !streams {
            // A reader that hangs is left behind on its thread.
            let mut body = pin!(streaming.reader().whole());
            let body = waited_for(deadline, |cx| body.as_mut().poll(cx));
            let over = || TransportError::new(TransportErrorKind::Timeout);
            let body = body.ok_or_else(over)?.map_err(unread)?;
            self.become_whole(body, deadline.map(Deadline::left))?;
        }
        Ok(())
    }

    /// As [`make_ready`](Self::make_ready) for one that does not stream, where nothing else may have to wait
    /// for it. How long it may take is up to whoever waits; `clock` says how long it took.
    pub(crate) async fn make_ready_apart(
        &mut self,
        clock: &dyn Clock,
    ) -> Result<(), TransportError> {
        let Some(streaming) = &self.streaming else { return Ok(()) };
        let begun = clock.now();
        let body = streaming.reader().whole().await.map_err(unread)?;
        let left =
            self.timeout.map(|timeout| timeout.checked_sub(clock.now().saturating_sub(begun)));
        self.become_whole(body, left)
    }

    /// Sends this from memory, in the time that is left, if it is limited and there is any.
    fn become_whole(
        &mut self,
        body: Bytes,
        left: Option<Option<Duration>>,
    ) -> Result<(), TransportError> {
        let over = || TransportError::new(TransportErrorKind::Timeout);
        if let Some(left) = left {
            self.timeout = Some(left.ok_or_else(over)?);
        }
        (self.body, self.streaming) = (body, None);
        Ok(())
    }

    /// Path and query, as they stand in the request line.
    pub fn target(&self) -> &str {
        self.url.get(self.origin_len..).unwrap_or_default()
    }

    /// Scheme and authority, like `https://example.com`.
    pub fn origin(&self) -> &str {
        self.url.get(..self.origin_len).unwrap_or_default()
    }
}

/// What was to be sent could not be read, or not in time.
fn unread(error: std::io::Error) -> TransportError {
    let kind = if is_out_of_time(&error) {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Unread
    };
    TransportError::new(kind).with_source(error)
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("method", &self.method)
            .field("origin", &self.origin())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_len", &self.body.len())
            .field("streaming", &self.streaming)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// An answer. `Debug` shows neither values of headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Incoming {
    /// The status.
    pub status: StatusCode,
    /// The headers; without `Content-Encoding` if the transport has decompressed the body.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Incoming {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into() }
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_len", &self.body.len())
            .finish()
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: the service has seen nothing.
    Connect,
    /// It took longer than it may.
    Timeout,
    /// The answer is larger than it may be.
    TooLarge,
    /// What was to be sent could not be read.
    Unread,
    /// A redirect was followed, so that what was sent may be elsewhere by now.
    Redirected,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    /// The kind as a word in small letters, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::TooLarge => "too_large",
            Self::Unread => "unread",
            Self::Redirected => "redirected",
            Self::Other => "transport",
        }
    }
}

/// There is no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// An error of this kind.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// The same error, caused by another, which may not hold an address.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Why.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(crate) fn into_source(self) -> Option<Box<dyn std::error::Error + Send + Sync>> {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::TooLarge => "the answer is too large",
            TransportErrorKind::Unread => "the body could not be read",
            TransportErrorKind::Redirected => "a redirect was followed",
            TransportErrorKind::Other => "no answer",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
