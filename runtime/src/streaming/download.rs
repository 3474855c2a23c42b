//! Bytes as they come.

use super::body::{Body, Progress};
use crate::client::{Async, Blocking, Mode};
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The bytes of an answer as they come: a [`Stream`] of pieces; of a blocking client an [`Iterator`]
/// of pieces and a [`Read`].
///
/// However many there are, only a piece is in memory. An answer that breaks off or stops coming is
/// an error at that place: nothing is asked for a second time.
#[must_use = "nothing is read until a piece is asked for"]
pub struct Download<M: Mode = Async> {
    body: Body<M>,
    /// What of a piece was not read yet.
    rest: Bytes,
}

// Nothing inside is ever pinned: what may be is in a box.
impl<M: Mode> Unpin for Download<M> {}

impl<M: Mode> Download<M> {
    pub(super) fn new(body: Body<M>) -> Self {
        Self { body, rest: Bytes::new() }
    }

    /// Status, headers and the like.
    pub fn response(&self) -> &Response<()> {
        self.body.head()
    }

    /// How many bytes were handed out, and how many there are.
    pub fn progress(&self) -> Progress {
        self.body.progress()
    }

    fn write(
        &self,
        piece: &Bytes,
        writer: &mut impl Write,
        progress: &mut impl FnMut(Progress),
    ) -> Result<(), Error> {
        writer.write_all(piece).map_err(|error| self.body.not_kept(error))?;
        progress(self.progress());
        Ok(())
    }

    fn flush(&self, writer: &mut impl Write) -> Result<u64, Error> {
        writer.flush().map_err(|error| self.body.not_kept(error))?;
        Ok(self.progress().bytes)
    }
}

impl Download {
    /// The next piece; `None` after the last one.
    ///
    /// # Errors
    /// The body breaks off or stops coming, has another length than announced, or cannot be
    /// decompressed.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| self.body.poll_next(cx)).await.transpose()
    }

    /// Writes what is still to come, and says how many bytes there were.
    ///
    /// Writing is not awaited: a file or a `Vec` is fine, what may block for long is not. Read pieces
    /// then.
    ///
    /// # Errors
    /// As [`try_next`](Self::try_next), or the writer's, of the kind [`ErrorKind::Io`].
    pub async fn copy_to(self, writer: impl Write) -> Result<u64, Error> {
        self.copy_with(writer, |_| ()).await
    }

    /// As [`copy_to`](Self::copy_to), and says after each piece how far it is.
    ///
    /// # Errors
    /// As [`copy_to`](Self::copy_to).
    pub async fn copy_with(
        mut self,
        mut writer: impl Write,
        mut progress: impl FnMut(Progress),
    ) -> Result<u64, Error> {
        while let Some(piece) = self.try_next().await? {
            self.write(&piece, &mut writer, &mut progress)?;
        }
        self.flush(&mut writer)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.poll_next(cx)
    }
}

impl Download<Blocking> {
    /// Writes what is still to come, and says how many bytes there were.
    ///
    /// # Errors
    /// The body breaks off or stops coming, has another length than announced, or cannot be
    /// decompressed; or the writer's, of the kind [`ErrorKind::Io`].
    pub fn copy_to(self, writer: impl Write) -> Result<u64, Error> {
        self.copy_with(writer, |_| ())
    }

    /// As [`copy_to`](Self::copy_to), and says after each piece how far it is.
    ///
    /// # Errors
    /// As [`copy_to`](Self::copy_to).
    pub fn copy_with(
        mut self,
        mut writer: impl Write,
        mut progress: impl FnMut(Progress),
    ) -> Result<u64, Error> {
        while let Some(piece) = self.next().transpose()? {
            self.write(&piece, &mut writer, &mut progress)?;
        }
        self.flush(&mut writer)
    }
}

impl Iterator for Download<Blocking> {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            self.body.next()
        } else {
            Some(Ok(std::mem::take(&mut self.rest)))
        }
    }
}

impl Read for Download<Blocking> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.body.next() {
                Some(Ok(piece)) => self.rest = piece,
                Some(Err(error)) => {
                    let timeout = error.kind() == ErrorKind::Timeout;
                    let kind = if timeout { io::ErrorKind::TimedOut } else { io::ErrorKind::Other };
                    return Err(io::Error::new(kind, error));
                }
                None => return Ok(0),
            }
        }
        let piece = self.rest.split_to(self.rest.len().min(buffer.len()));
        buffer[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}

impl<M: Mode> fmt::Debug for Download<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("response", self.response())
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
