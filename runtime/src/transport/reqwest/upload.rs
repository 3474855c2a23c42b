//! Bodies that are read while they are sent, for reqwest.

use crate::upload::{Next, PIECE, Streaming, StreamingReader};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::task::{JoinHandle, spawn_blocking};

/// Hands on what is there, and reads the rest on threads that may block, a piece at a time.
pub(super) struct Body {
    state: State,
    length: Option<u64>,
}

enum State {
    /// Locked by nobody: a reader alone could not be shared between threads, as bodies have to be.
    Idle(Mutex<StreamingReader>),
    Reading(JoinHandle<(StreamingReader, io::Result<Vec<u8>>)>),
    Ended,
}

impl Body {
    pub(super) fn new(streaming: &Streaming) -> Self {
        Self { state: State::Idle(Mutex::new(streaming.reader())), length: streaming.length() }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(reader) => {
                    let mut reader = reader.into_inner().unwrap_or_else(PoisonError::into_inner);
                    match reader.poll_next(cx) {
                        Poll::Ready(Ok(Next::Blocks)) => {
                            self.state = State::Reading(spawn_blocking(|| piece(reader)));
                        }
                        Poll::Ready(Ok(Next::End)) => return Poll::Ready(None),
                        Poll::Ready(Ok(Next::Piece(piece))) => {
                            self.state = State::Idle(Mutex::new(reader));
                            return Poll::Ready(Some(Ok(Frame::data(piece))));
                        }
                        Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                        Poll::Pending => {
                            self.state = State::Idle(Mutex::new(reader));
                            return Poll::Pending;
                        }
                    }
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(cx) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    return Poll::Ready(match read {
                        Ok((_, Ok(piece))) if piece.is_empty() => None,
                        Ok((reader, Ok(piece))) => {
                            self.state = State::Idle(Mutex::new(reader));
                            Some(Ok(Frame::data(piece.into())))
                        }
                        Ok((_, Err(error))) => Some(Err(error)),
                        Err(error) => Some(Err(io::Error::other(error))),
                    });
                }
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

fn piece(mut reader: StreamingReader) -> (StreamingReader, io::Result<Vec<u8>>) {
    let mut piece = vec![0; PIECE];
    let read = loop {
        match reader.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    let read = read.map(|length| {
        piece.truncate(length);
        piece
    });
    (reader, read)
}
