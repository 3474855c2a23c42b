//! A transport in front of the client's own, which leaves the bodies of successes where they are.

use crate::client::{Async, Blocking, Client, Mode};
use crate::decode;
use crate::driver::within;
use crate::method::Method;
use crate::transport::apart::{Alarm, Awaited, Deadline, apart, waited_for};
use crate::transport::{
    BlockingChunks, BlockingTransport, BoxFuture, Chunks, Incoming, Opened, Outgoing, Timer,
    Transport, TransportError, TransportErrorKind,
};
use crate::unpack;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(super) struct Opening<M: Mode> {
    client: Client<M>,
    method: &'static Method,
    /// The body of the success.
    chunks: Arc<Mutex<Option<M::Chunks>>>,
}

impl<M: Mode> Opening<M> {
    pub(super) fn new(client: &Client<M>, method: &'static Method) -> Self {
        Self { client: client.clone(), method, chunks: Arc::default() }
    }

    fn put(&self, chunks: M::Chunks) {
        *self.chunks.lock().unwrap_or_else(PoisonError::into_inner) = Some(chunks);
    }

    fn take(&self) -> Option<M::Chunks> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether the body is left for later. The others are small, and say what went wrong: so may JSON
    /// where something else was asked for.
    fn is_left(&self, opened: &Opened<M::Chunks>, wanted: Wanted) -> bool {
        let said = || match wanted {
            Wanted::Json => false,
            // Many services call lines so, which may have no end, and files may be JSON.
            Wanted::Lines => is_json(&opened.headers) && is_short(&opened.headers),
            Wanted::Other => is_json(&opened.headers),
        };
        self.method.succeeds_with(opened.status) && !said()
    }

    /// When the time of an attempt is over, by the clock of the client.
    fn end(&self, outgoing: &Outgoing) -> Option<Duration> {
        outgoing.timeout.map(|timeout| self.client.core().clock.now().saturating_add(timeout))
    }

    /// What is left until then, where there is a limit.
    fn left(&self, end: Option<Duration>) -> Result<Option<Duration>, TransportError> {
        let left = |end: Duration| end.checked_sub(self.client.core().clock.now());
        end.map(|end| left(end).ok_or_else(out_of_time)).transpose()
    }

    /// The answer that was looked into; the body of a success is kept.
    fn gathered(&self, status: StatusCode, headers: HeaderMap, gathered: Gathered) -> Incoming
    where
        Opened<M::Chunks>: From<Incoming>,
    {
        let max = gathered.max;
        let mut incoming = Incoming::new(status, headers, gathered.body);
        // What cannot be decompressed is reported when it is read.
        if unpack::content(&mut incoming, max).is_ok() && self.method.succeeds_with(status) {
            self.put(Opened::from(incoming.clone()).chunks);
        }
        incoming
    }
}

impl<M: Mode> Clone for Opening<M> {
    fn clone(&self) -> Self {
        let Self { client, method, chunks } = self;
        Self { client: client.clone(), method, chunks: Arc::clone(chunks) }
    }
}

impl Opening<Async> {
    async fn open_and_look(self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let transport = self.client.transport();
        let (wanted, end, max) = (wanted(&outgoing), self.end(&outgoing), outgoing.max_answer);
        let opened = transport.open(outgoing).await?;
        if self.is_left(&opened, wanted) {
            self.put(opened.chunks);
            return Ok(Incoming::new(opened.status, opened.headers, Bytes::new()));
        }
        let alarm = Alarm::in_place_of(transport.timer());
        let left = self.left(end)?;
        let gathered = within(Gathered::whole(opened.chunks, max), alarm.timer(), left).await;
        let gathered = gathered.ok_or_else(out_of_time)??;
        Ok(self.gathered(opened.status, opened.headers, gathered))
    }

    pub(super) fn async_chunks(&self) -> <Async as Mode>::Chunks {
        self.take().unwrap_or_else(|| nothing::<Async>())
    }
}

impl Opening<Blocking> {
    pub(super) fn blocking_chunks(&self) -> <Blocking as Mode>::Chunks {
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
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        // A token, for instance.
        if !outgoing.streamed {
            return self.client.transport().send(outgoing);
        }
        Box::pin(self.clone().open_and_look(outgoing))
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
        let (wanted, end, max) = (wanted(&outgoing), self.end(&outgoing), outgoing.max_answer);
        let opened = transport.open(outgoing)?;
        if self.is_left(&opened, wanted) {
            self.put(opened.chunks);
            return Ok(Incoming::new(opened.status, opened.headers, Bytes::new()));
        }
        let left = self.left(end)?;
        let gathered = Gathered::whole_within(opened.chunks, max, left)?;
        Ok(self.gathered(opened.status, opened.headers, gathered))
    }

    fn streams(&self) -> bool {
        self.client.transport().streams()
    }

    fn sleep(&self, time: Duration) {
        self.client.transport().sleep(time);
    }
}

/// A body that is read whole.
struct Gathered {
    body: Vec<u8>,
    max: usize,
}

impl Gathered {
    async fn whole(mut chunks: Chunks, max: usize) -> Result<Self, TransportError> {
        let mut gathered = Self { body: Vec::new(), max };
        while let Some(piece) = poll_fn(|cx| chunks.as_mut().poll_next(cx)).await {
            gathered.add(&piece?)?;
        }
        Ok(gathered)
    }

    /// As [`whole`](Self::whole), in this time. A transport keeps to a limit for each piece, so that a thread
    /// waits for all of them; it ends with the piece after which nobody waits any more.
    fn whole_within(
        chunks: BlockingChunks,
        max: usize,
        left: Option<Duration>,
    ) -> Result<Self, TransportError> {
        let whole = move |awaited: Awaited<'_>| {
            let mut gathered = Self { body: Vec::new(), max };
            for piece in chunks.take_while(|_| awaited()) {
                gathered.add(&piece?)?;
            }
            Ok(gathered)
        };
        let Some(deadline) = left.and_then(Deadline::after) else { return whole(&|| true) };
        let mut gathered = pin!(apart(whole));
        match waited_for(Some(deadline), |cx| gathered.as_mut().poll(cx)) {
            Some(Ok(gathered)) => gathered,
            Some(Err(error)) => {
                Err(TransportError::new(TransportErrorKind::Other).with_source(error))
            }
            None => Err(out_of_time()),
        }
    }

    fn add(&mut self, piece: &Bytes) -> Result<(), TransportError> {
        if piece.len() > self.max.saturating_sub(self.body.len()) {
            return Err(TransportError::new(TransportErrorKind::TooLarge));
        }
        self.body.extend_from_slice(piece);
        Ok(())
    }
}

fn out_of_time() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
}

/// What was asked for in the first place.
#[derive(Clone, Copy)]
enum Wanted {
    Json,
    /// JSON, a value in each line; or anything, which JSON may be as well.
    Lines,
    Other,
}

fn wanted(outgoing: &Outgoing) -> Wanted {
    let accept = outgoing.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let first = accept.and_then(|accept| accept.split(',').next()).unwrap_or_default().trim();
    match first {
        "application/x-ndjson" | "*/*" => Wanted::Lines,
        first if decode::is_json(first) => Wanted::Json,
        _ => Wanted::Other,
    }
}

/// Whether it is announced to be as short as errors are.
fn is_short(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.is_some_and(|length: u64| length <= 64 << 10)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| decode::is_json(&String::from_utf8_lossy(kind)))
}
