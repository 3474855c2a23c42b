//! Bodies that need not be in memory: from a file of the disk, or from whatever can be read or awaited.
//!
//! Nothing is read here: a transport does, when it sends.

mod reader;

pub(crate) use self::reader::is_out_of_time;
#[cfg(feature = "reqwest")]
pub(crate) use self::reader::{Next, PIECE};
pub use self::reader::{Streaming, StreamingReader};

use crate::streaming::Progress;
use bytes::Bytes;
use futures_core::Stream;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// Bytes to send, as a body or as the content of a file: in memory, of a file of the disk, of a reader, or
/// of a stream of pieces.
///
/// ```
/// use clientwright_runtime::Upload;
///
/// let in_memory = Upload::from("PK");
/// let of_a_reader = Upload::from_reader(std::io::repeat(0)).with_length(1 << 30);
/// assert_eq!(in_memory.length(), Some(2));
/// # let _ = of_a_reader;
/// ```
///
/// A call whose bytes come from a reader or a stream is sent once: nobody can read them again. `Debug`
/// shows nothing of the content.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    content_type: Option<Arc<str>>,
    progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(Arc<Path>),
    /// Taken by the first who reads.
    Once(Arc<Mutex<Option<Once>>>),
}

// What is told of progress changes nothing here, and what can be read once is behind a lock: a panic leaves nothing half
// done. So a struct with a file in it loses nothing that it had without.
impl UnwindSafe for Upload {}
impl RefUnwindSafe for Upload {}

/// What can be read once.
enum Once {
    Reader(Box<dyn Read + Send>),
    Stream(Pieces),
}

/// Pieces that come by and by.
type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

impl Upload {
    fn new(source: Source, length: Option<u64>) -> Self {
        Self { source, length, content_type: None, progress: None }
    }

    /// What a file of the disk holds. How long it is is asked of the disk here, on this thread. It is opened
    /// whenever the call is sent, on a thread that may block, and has to be as long then as it is now.
    ///
    /// # Errors
    /// There is no such file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let length = std::fs::metadata(path)?.len();
        let source = Source::Path(path.into());
        Ok(Self::new(source, Some(length)))
    }

    /// What a reader gives, until its end. Sent in chunks, unless its length is known.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(Once::Reader(Box::new(reader)))
    }

    /// What a stream gives, piece by piece, until its end: a [`Download`](crate::Download), what a task of
    /// the app sends through a channel, what the `ReaderStream` of `tokio-util` makes of an `AsyncRead`. Sent in chunks, unless its length is
    /// known. A blocking client waits for the pieces, no longer than its call may take; they have to come
    /// from elsewhere, as it runs nothing that is asynchronous.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::once(Once::Stream(Box::pin(Converted(Box::pin(stream)))))
    }

    fn once(source: Once) -> Self {
        let source = Source::Once(Arc::new(Mutex::new(Some(source))));
        Self::new(source, None)
    }

    /// Says how many bytes of a reader or a stream are sent; less than that are an error.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if !matches!(self.source, Source::Bytes(_)) {
            self.length = Some(length);
        }
        self
    }

    /// Says what the bytes are, like `image/png`, in place of what the service is known to expect. A
    /// [`File`](crate::File) that says it, too, comes before.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into().into());
        self
    }

    /// Is told after each piece how far it is. Begins anew when the call is sent again.
    #[must_use]
    pub fn on_progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// How many bytes there are, where that is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if they are in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Path(_) | Source::Once(_) => None,
        }
    }

    /// What the bytes are, if the app has said it.
    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The bytes, if they are in memory and nobody wants to know how far they are.
    pub(crate) fn plain(&self) -> Option<&Bytes> {
        self.bytes().filter(|_| self.progress.is_none())
    }

    /// Whether it was read, and cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.source {
            Source::Once(reader) => reader.lock().unwrap_or_else(PoisonError::into_inner).is_none(),
            Source::Bytes(_) | Source::Path(_) => false,
        }
    }

    /// Whether opening or reading it may block.
    fn blocks(&self) -> bool {
        match &self.source {
            Source::Bytes(_) => false,
            Source::Path(_) => true,
            Source::Once(source) => {
                let source = source.lock().unwrap_or_else(PoisonError::into_inner);
                matches!(&*source, Some(Once::Reader(_)))
            }
        }
    }

    fn open(&self) -> io::Result<Opened> {
        match &self.source {
            Source::Bytes(bytes) => Ok(Opened::Bytes(bytes.clone())),
            Source::Path(path) => Ok(Opened::Reader(Box::new(File::open(path)?))),
            Source::Once(source) => {
                match source.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    Some(Once::Reader(reader)) => Ok(Opened::Reader(reader)),
                    Some(Once::Stream(stream)) => Ok(Opened::Stream { stream, rest: Bytes::new() }),
                    None => Err(io::Error::other("a reader can be read once")),
                }
            }
        }
    }
}

/// What is being read.
enum Opened {
    Bytes(Bytes),
    Reader(Box<dyn Read + Send>),
    /// The stream, and what of a piece was not read yet.
    Stream {
        stream: Pieces,
        rest: Bytes,
    },
}

/// A stream whose pieces and errors become those that are read here.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let piece = self.0.as_mut().poll_next(cx);
        piece.map(|piece| piece.map(|piece| piece.map(Into::into).map_err(io::Error::other)))
    }
}

impl<B: Into<Bytes>> From<B> for Upload {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self::new(Source::Bytes(bytes), length)
    }
}

/// Bytes by their value, files by their path, readers and streams by whether they are the same.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.source, &other.source) {
            (Source::Bytes(one), Source::Bytes(two)) => one == two,
            (Source::Path(one), Source::Path(two)) => one == two,
            (Source::Once(one), Source::Once(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        same && self.length == other.length && self.content_type == other.content_type
    }
}

impl Eq for Upload {}

impl Default for Upload {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.length)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
