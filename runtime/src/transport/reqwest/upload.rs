//! Bodies that are read while they are sent, for reqwest.

use crate::upload::{Streaming, StreamingReader};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};
use tokio::task::{JoinHandle, spawn_blocking};

/// The most that is read at once.
const PIECE: usize = 64 << 10;

/// Reads on threads that may block, a piece at a time.
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
        if let State::Idle(_) = self.state
            && let State::Idle(reader) = std::mem::replace(&mut self.state, State::Ended)
            && let Ok(reader) = reader.into_inner()
        {
            self.state = State::Reading(spawn_blocking(|| piece(reader)));
        }
        let State::Reading(reading) = &mut self.state else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(cx));
        self.state = State::Ended;
        match read {
            Ok((_, Ok(piece))) if piece.is_empty() => Poll::Ready(None),
            Ok((reader, Ok(piece))) => {
                self.state = State::Idle(Mutex::new(reader));
                Poll::Ready(Some(Ok(Frame::data(piece.into()))))
            }
            Ok((_, Err(error))) => Poll::Ready(Some(Err(error))),
            Err(error) => Poll::Ready(Some(Err(io::Error::other(error)))),
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
