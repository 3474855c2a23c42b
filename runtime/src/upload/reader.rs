//! A body that is read while it is sent.

use super::{Opened, Pieces, Upload};
use crate::streaming::Progress;
use crate::transport::apart::{Awaited, Deadline, apart, waited_for};
use bytes::{Buf, Bytes};
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// The most that is read at once.
pub(crate) const PIECE: usize = 64 << 10;

/// A body that is read while it is sent: one upload, or parts with several between them.
///
/// For transports: [`reader`](Self::reader) gives the bytes. `Debug` shows nothing of them.
#[derive(Clone)]
pub struct Streaming {
    pieces: Arc<[Upload]>,
    /// Why it could not be read, for when the transport reports something vague.
    failure: Arc<Mutex<Option<io::Error>>>,
    /// When reading on a thread that blocks is given up.
    deadline: Option<Deadline>,
}

impl Streaming {
    pub(crate) fn new(pieces: Vec<Upload>) -> Self {
        Self { pieces: pieces.into(), failure: Arc::default(), deadline: None }
    }

    /// Limits how long whoever reads it may be kept waiting.
    pub(crate) fn keep_to(&mut self, deadline: Option<Deadline>) {
        self.deadline = deadline;
    }

    /// How many bytes there are, where that is known: what `Content-Length` says. Otherwise the body
    /// goes in chunks.
    pub fn length(&self) -> Option<u64> {
        self.pieces.iter().map(Upload::length).try_fold(0, |sum: u64, one| sum.checked_add(one?))
    }

    /// The bytes. Reading them may block.
    pub fn reader(&self) -> StreamingReader {
        StreamingReader { body: self.clone(), next: 0, current: None }
    }

    /// Whether a part of it was read and cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        self.pieces.iter().any(Upload::is_spent)
    }

    /// Why it could not be read, for the error of a transport that was sending it; told once.
    pub fn take_failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn note(&self, error: &io::Error) {
        let kept = if is_out_of_time(error) {
            out_of_time()
        } else {
            io::Error::new(error.kind(), error.to_string())
        };
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

impl fmt::Debug for Streaming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streaming").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// The time of the call was over before all of it had come.
#[derive(Debug)]
struct OutOfTime;

impl fmt::Display for OutOfTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was to be sent did not come in time")
    }
}

impl Error for OutOfTime {}

fn out_of_time() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, OutOfTime)
}

/// Whether it is the time of the call that was over, and not that of a reader of the app.
pub(crate) fn is_out_of_time(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<OutOfTime>())
}

/// Reads a body from its beginning to its end.
pub struct StreamingReader {
    body: Streaming,
    next: usize,
    current: Option<Current>,
}

/// The upload that is being read.
struct Current {
    opened: Opened,
    done: u64,
    upload: Upload,
}

/// What can be had of a body without blocking.
pub(crate) enum Next {
    Piece(Bytes),
    /// What comes next has to be [read](Read), which may block.
    Blocks,
    End,
}

impl StreamingReader {
    /// The next piece, where it can be had without blocking.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Next>> {
        let next = ready!(self.poll_step(cx));
        Poll::Ready(next.inspect_err(|error| self.body.note(error)))
    }

    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Next>> {
        loop {
            if let Some(current) = &mut self.current {
                match ready!(current.poll_next(cx))? {
                    Next::End => self.current = None,
                    next => return Poll::Ready(Ok(next)),
                }
                continue;
            }
            match self.body.pieces.get(self.next) {
                None => return Poll::Ready(Ok(Next::End)),
                // Not even opened here.
                Some(upload) if upload.blocks() => return Poll::Ready(Ok(Next::Blocks)),
                Some(_) => {
                    self.open()?;
                }
            }
        }
    }

    fn step(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(current) = &mut self.current {
                let read = current.read(buffer, self.body.deadline)?;
                if read > 0 {
                    return Ok(read);
                }
                self.current = None;
            }
            if !self.open()? {
                return Ok(0);
            }
        }
    }

    /// Goes on to the next upload; false if there is none.
    fn open(&mut self) -> io::Result<bool> {
        let Some(upload) = self.body.pieces.get(self.next) else { return Ok(false) };
        let opened = upload.open()?;
        self.next += 1;
        self.current = Some(Current { opened, done: 0, upload: upload.clone() });
        Ok(true)
    }

    /// All that is left of it, for a transport that sends what is in memory. What blocks is read on a thread
    /// of its own, which ends when nobody waits for it any more.
    pub(crate) async fn whole(mut self) -> io::Result<Bytes> {
        let mut body = Vec::new();
        loop {
            match poll_fn(|cx| self.poll_next(cx)).await? {
                Next::Piece(piece) => body.extend_from_slice(&piece),
                Next::End => return Ok(body.into()),
                Next::Blocks => {
                    let read = apart(move |awaited| {
                        let read = self.read_one(&mut body, awaited);
                        (self, body, read)
                    });
                    let (reader, read_so_far, read) = read.await?;
                    (self, body) = (reader, read_so_far);
                    read?;
                }
            }
        }
    }

    /// Reads one upload to its end, or until it is for nobody.
    fn read_one(&mut self, body: &mut Vec<u8>, awaited: Awaited<'_>) -> io::Result<()> {
        if self.current.is_none() {
            self.open()?;
        }
        let mut piece = vec![0; PIECE];
        while awaited()
            && let Some(current) = &mut self.current
        {
            match current.read(&mut piece, None) {
                Ok(0) => self.current = None,
                Ok(length) => body.extend_from_slice(&piece[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Current {
    /// How many bytes are still to come, where that is known.
    fn left(&self) -> Option<u64> {
        self.upload.length.map(|length| length - self.done)
    }

    /// How many of `length` bytes are wanted.
    fn wanted(&self, length: usize) -> usize {
        let left = self.left().map_or(length, |left| usize::try_from(left).unwrap_or(usize::MAX));
        left.min(length)
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Next>> {
        let enough = self.left() == Some(0);
        let piece = match &mut self.opened {
            _ if enough => Bytes::new(),
            Opened::Reader(_) => return Poll::Ready(Ok(Next::Blocks)),
            Opened::Bytes(rest) => rest.split_to(rest.len().min(PIECE)),
            Opened::Stream { stream, rest } => match ready!(poll_piece(stream, rest, cx)) {
                Ok(()) => std::mem::take(rest),
                Err(error) => return Poll::Ready(Err(error)),
            },
        };
        let piece = piece.slice(..self.wanted(piece.len()));
        self.took(piece.len())?;
        Poll::Ready(Ok(if piece.is_empty() { Next::End } else { Next::Piece(piece) }))
    }

    /// A reader can be given up between two reads only; a stream while it is waited for.
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Deadline>) -> io::Result<usize> {
        if deadline.is_some_and(|deadline| deadline.left().is_none()) {
            return Err(out_of_time());
        }
        let most = self.wanted(buffer.len());
        let buffer = &mut buffer[..most];
        let read = match &mut self.opened {
            _ if most == 0 => 0,
            Opened::Reader(reader) => reader.read(buffer)?,
            Opened::Bytes(rest) => rest.reader().read(buffer)?,
            Opened::Stream { stream, rest } => {
                let waited = waited_for(deadline, |cx| poll_piece(stream, rest, cx));
                waited.ok_or_else(out_of_time)??;
                rest.reader().read(buffer)?
            }
        };
        self.took(read)?;
        Ok(read)
    }

    /// So much was read; nothing is the end, which may come too early.
    fn took(&mut self, read: usize) -> io::Result<()> {
        if read == 0 {
            return match self.left() {
                Some(left) if left > 0 => Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("it ended {left} bytes before the length that was promised"),
                )),
                _ => Ok(()),
            };
        }
        self.done += read as u64;
        if let Some(progress) = &self.upload.progress {
            progress(Progress { bytes: self.done, total: self.upload.length });
        }
        Ok(())
    }
}

/// Sees to it that there is something in `rest`, unless the stream is at its end.
fn poll_piece(stream: &mut Pieces, rest: &mut Bytes, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    while rest.is_empty() {
        match ready!(stream.as_mut().poll_next(cx)) {
            Some(piece) => *rest = piece?,
            None => break,
        }
    }
    Poll::Ready(Ok(()))
}

impl Read for StreamingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.step(buffer);
        if let Err(error) = &read
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.body.note(error);
        }
        read
    }
}

impl fmt::Debug for StreamingReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamingReader").field("body", &self.body).finish_non_exhaustive()
    }
}
