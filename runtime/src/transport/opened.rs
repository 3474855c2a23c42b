//! Answers whose bodies are read piece by piece.

use super::{Chunks, Incoming, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The pieces of a body as they come, to a thread that waits for them.
pub type BlockingChunks = Box<dyn Iterator<Item = Result<Bytes, TransportError>> + Send>;

/// The head of an answer, and its body as it comes. `Debug` shows neither values of headers nor body.
#[non_exhaustive]
pub struct Opened<C> {
    /// The status.
    pub status: StatusCode,
    /// The headers; without `Content-Encoding` if the transport decompresses the body.
    pub headers: HeaderMap,
    /// The body: [`Chunks`] or [`BlockingChunks`]. Ends after an error.
    pub chunks: C,
}

impl<C> Opened<C> {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: HeaderMap, chunks: C) -> Self {
        Self { status, headers, chunks }
    }
}

impl From<Incoming> for Opened<Chunks> {
    fn from(incoming: Incoming) -> Self {
        let Incoming { status, headers, body } = incoming;
        Self { status, headers, chunks: Box::pin(Whole(body)) }
    }
}

impl From<Incoming> for Opened<BlockingChunks> {
    fn from(incoming: Incoming) -> Self {
        let Incoming { status, headers, body } = incoming;
        Self { status, headers, chunks: Box::new(Whole(body)) }
    }
}

/// A body in one piece, or in none if it is empty.
struct Whole(Bytes);

impl Iterator for Whole {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let body = std::mem::take(&mut self.0);
        (!body.is_empty()).then_some(Ok(body))
    }
}

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.next())
    }
}

impl<C> fmt::Debug for Opened<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
