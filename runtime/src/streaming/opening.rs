//! A transport in front of the client's own, which leaves the bodies of successes where they are.

use crate::client::{Async, Blocking, Client, Mode};
use crate::decode;
use crate::method::Method;
use crate::transport::{
    BlockingTransport, BoxFuture, Clock, Incoming, Opened, Outgoing, Timer, Transport,
    TransportError, TransportErrorKind,
};
use crate::unpack;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub(super) struct Opening<M: Mode> {
    client: Client<M>,
    method: &'static Method,
    /// The body of the success.
    chunks: Mutex<Option<M::Chunks>>,
}

impl<M: Mode> Opening<M> {
    pub(super) fn new(client: &Client<M>, method: &'static Method) -> Self {
        Self { client: client.clone(), method, chunks: Mutex::new(None) }
    }

    fn put(&self, chunks: M::Chunks) {
        *self.chunks.lock().unwrap_or_else(PoisonError::into_inner) = Some(chunks);
    }

    fn take(self) -> Option<M::Chunks> {
        self.chunks.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the body is left for later. The others are small, and say what went wrong: so may JSON
    /// where something else was asked for.
    fn is_left(&self, opened: &Opened<M::Chunks>, wants_json: bool) -> bool {
        self.method.succeeds_with(opened.status) && (wants_json || !is_json(&opened.headers))
    }

    fn gathering(&self, outgoing: &Outgoing) -> Gathering<'_> {
        let clock = &*self.client.core().clock;
        let until = outgoing.timeout.map(|timeout| clock.now().saturating_add(timeout));
        Gathering { body: Vec::new(), max: outgoing.max_answer, clock, until }
    }

    /// The answer that was looked into; the body of a success is kept.
    fn gathered(&self, status: StatusCode, headers: HeaderMap, gathering: Gathering<'_>) -> Incoming
    where
        Opened<M::Chunks>: From<Incoming>,
    {
        let max = gathering.max;
        let mut incoming = Incoming::new(status, headers, gathering.body);
        // What cannot be decompressed is reported when it is read.
        if unpack::content(&mut incoming, max).is_ok() && self.method.succeeds_with(status) {
            self.put(Opened::from(incoming.clone()).chunks);
        }
        incoming
    }
}

impl Opening<Async> {
    pub(super) fn into_async_chunks(self) -> <Async as Mode>::Chunks {
        self.take().unwrap_or_else(|| nothing::<Async>())
    }
}

impl Opening<Blocking> {
    pub(super) fn into_blocking_chunks(self) -> <Blocking as Mode>::Chunks {
        self.take().unwrap_or_else(|| nothing::<Blocking>())
    }
}

/// The pieces of an empty body.
fn nothing<M: Mode>() -> M::Chunks
where
    Opened<M::Chunks>: From<Incoming>,
{
    let empty = Incoming::new(StatusCode::OK, HeaderMap::new(), Bytes::new());
    Opened::from(empty).chunks
}

impl Transport for Opening<Async> {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<Incoming, TransportError>> {
        let transport = self.client.transport();
        // A token, for instance.
        if !outgoing.streamed {
            return transport.send(outgoing);
        }
        Box::pin(async move {
            let (wants_json, mut gathering) = (wants_json(&outgoing), self.gathering(&outgoing));
            let mut opened = transport.open(outgoing).await?;
            if self.is_left(&opened, wants_json) {
                self.put(opened.chunks);
                return Ok(Incoming::new(opened.status, opened.headers, Bytes::new()));
            }
            while let Some(piece) = poll_fn(|cx| opened.chunks.as_mut().poll_next(cx)).await {
                gathering.add(&piece?)?;
            }
            Ok(self.gathered(opened.status, opened.headers, gathering))
        })
    }

    fn streams(&self) -> bool {
        self.client.transport().streams()
    }

    fn timer(&self) -> Option<&dyn Timer> {
        self.client.transport().timer()
    }
}

impl BlockingTransport for Opening<Blocking> {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let transport = self.client.transport();
        if !outgoing.streamed {
            return transport.send(outgoing);
        }
        let (wants_json, mut gathering) = (wants_json(&outgoing), self.gathering(&outgoing));
        let opened = transport.open(outgoing)?;
        if self.is_left(&opened, wants_json) {
            self.put(opened.chunks);
            return Ok(Incoming::new(opened.status, opened.headers, Bytes::new()));
        }
        for piece in opened.chunks {
            gathering.add(&piece?)?;
        }
        Ok(self.gathered(opened.status, opened.headers, gathering))
    }

    fn streams(&self) -> bool {
        self.client.transport().streams()
    }

    fn sleep(&self, time: Duration) {
        self.client.transport().sleep(time);
    }
}

/// A body that is read whole, within limits of size and time.
struct Gathering<'a> {
    body: Vec<u8>,
    max: usize,
    clock: &'a dyn Clock,
    until: Option<Duration>,
}

impl Gathering<'_> {
    fn add(&mut self, piece: &Bytes) -> Result<(), TransportError> {
        if piece.len() > self.max.saturating_sub(self.body.len()) {
            return Err(TransportError::new(TransportErrorKind::TooLarge));
        }
        if self.until.is_some_and(|until| self.clock.now() > until) {
            return Err(TransportError::new(TransportErrorKind::Timeout));
        }
        self.body.extend_from_slice(piece);
        Ok(())
    }
}

/// Whether JSON is what was asked for in the first place.
fn wants_json(outgoing: &Outgoing) -> bool {
    let accept = outgoing.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let first = accept.and_then(|accept| accept.split(',').next()).unwrap_or_default();
    first.trim() == "*/*" || decode::is_json(first)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| decode::is_json(&String::from_utf8_lossy(kind)))
}
