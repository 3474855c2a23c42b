//! A body that is read while it is sent.

use super::Upload;
use crate::streaming::Progress;
use std::fmt;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// A body that is read while it is sent: one upload, or parts with several between them.
///
/// For transports: [`reader`](Self::reader) gives the bytes. `Debug` shows nothing of them.
#[derive(Clone)]
pub struct Streaming {
    pieces: Arc<[Upload]>,
    /// Why it could not be read, for when the transport reports something vague.
    failure: Arc<Mutex<Option<io::Error>>>,
}

impl Streaming {
    pub(crate) fn new(pieces: Vec<Upload>) -> Self {
        Self { pieces: pieces.into(), failure: Arc::default() }
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
        let kept = io::Error::new(error.kind(), error.to_string());
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

impl fmt::Debug for Streaming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streaming").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// Reads a body from its beginning to its end.
pub struct StreamingReader {
    body: Streaming,
    next: usize,
    current: Option<Current>,
}

/// The upload that is being read.
struct Current {
    reader: Box<dyn Read + Send>,
    done: u64,
    upload: Upload,
}

impl StreamingReader {
    fn step(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(current) = &mut self.current {
                let read = current.read(buffer)?;
                if read > 0 {
                    return Ok(read);
                }
                self.current = None;
            }
            let Some(upload) = self.body.pieces.get(self.next) else { return Ok(0) };
            let reader = upload.open()?;
            self.next += 1;
            self.current = Some(Current { reader, done: 0, upload: upload.clone() });
        }
    }
}

impl Current {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.upload.length.map(|length| length - self.done);
        let most = left.map_or(buffer.len(), |left| {
            usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()))
        });
        let read = if most == 0 { 0 } else { self.reader.read(&mut buffer[..most])? };
        if read == 0 {
            return match left {
                Some(left) if left > 0 => Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("it ended {left} bytes before the length that was promised"),
                )),
                _ => Ok(0),
            };
        }
        self.done += read as u64;
        if let Some(progress) = &self.upload.progress {
            progress(Progress { bytes: self.done, total: self.upload.length });
        }
        Ok(read)
    }
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
