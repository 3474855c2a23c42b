//! Bodies that need not be in memory: from a file of the disk, or from whatever can be read.
//!
//! Nothing is read here: a transport does, when it sends.

mod reader;

pub use self::reader::{Streaming, StreamingReader};

use crate::streaming::Progress;
use bytes::Bytes;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes to send, as a body or as the content of a file: in memory, of a file of the disk, or of a
/// reader.
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
/// A call whose bytes come from a reader is sent once: nobody can read them again. `Debug` shows
/// nothing of the content.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(Arc<Path>),
    /// Taken by the first who reads.
    Once(Arc<Mutex<Option<Box<dyn Read + Send>>>>),
}

impl Upload {
    /// What a file of the disk holds. It is opened whenever the call is sent, and has to be as long
    /// then as it is now.
    ///
    /// # Errors
    /// There is no such file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let length = std::fs::metadata(path)?.len();
        let source = Source::Path(path.into());
        Ok(Self { source, length: Some(length), progress: None })
    }

    /// What a reader gives, until its end. Sent in chunks, unless its length is known.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        let source = Source::Once(Arc::new(Mutex::new(Some(Box::new(reader)))));
        Self { source, length: None, progress: None }
    }

    /// Says how many bytes of a reader are sent; less than that are an error.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if !matches!(self.source, Source::Bytes(_)) {
            self.length = Some(length);
        }
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

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match &self.source {
            Source::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            Source::Path(path) => Ok(Box::new(File::open(path)?)),
            Source::Once(reader) => {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
                reader.ok_or_else(|| io::Error::other("a reader can be read once"))
            }
        }
    }
}

impl<B: Into<Bytes>> From<B> for Upload {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self { source: Source::Bytes(bytes), length, progress: None }
    }
}

/// Bytes by their value, files by their path, readers by whether they are the same.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.source, &other.source) {
            (Source::Bytes(one), Source::Bytes(two)) => one == two,
            (Source::Path(one), Source::Path(two)) => one == two,
            (Source::Once(one), Source::Once(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        same && self.length == other.length
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
        f.debug_struct("Upload").field("length", &self.length).finish_non_exhaustive()
    }
}
