//! The body of an answer, asked of the transport piece by piece.

use super::sieve::{Next, Sieve};
use crate::client::{Async, Blocking, Mode};
use crate::decode::DecodeError;
use crate::error::{Error, ErrorKind};
use crate::method::Method;
use crate::problem::Problem;
use crate::response::Response;
use crate::unpack::Unpack;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use std::task::{Context, Poll, ready};

/// How far a body has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have been handed over, to the app or to the transport.
    pub bytes: u64,
    /// How many there will be, where that is known.
    pub total: Option<u64>,
}

pub(super) struct Body<M: Mode> {
    /// `None` after the end.
    chunks: Option<M::Chunks>,
    sieve: Sieve,
    given: u64,
    /// Whether what is given is not what comes; also when all has come, and nothing is left to unpack.
    unpacked: bool,
}

impl<M: Mode> Body<M> {
    pub(super) fn new(method: &'static Method, head: Response<()>, chunks: M::Chunks) -> Self {
        let mut sieve = Sieve::new(method, head);
        match Unpack::of(sieve.head.headers()) {
            Ok(unpack) => sieve.unpack = unpack,
            Err(error) => sieve.misfit(error),
        }
        let unpacked = sieve.unpack.is_some();
        if unpacked {
            // They speak of what comes, and not of what is given.
            sieve.head.headers.remove(CONTENT_ENCODING);
            sieve.head.headers.remove(CONTENT_LENGTH);
        }
        Self { chunks: Some(chunks), sieve, given: 0, unpacked }
    }

    /// The same body, decompressed where it is a file of gzip.
    pub(super) fn gunzipped(mut self) -> Result<Self, DecodeError> {
        self.sieve.unpack.get_or_insert_default().then_gzip_or_plain()?;
        self.unpacked = true;
        Ok(self)
    }

    pub(super) fn head(&self) -> &Response<()> {
        &self.sieve.head
    }

    pub(super) fn method(&self) -> &'static Method {
        self.sieve.method
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { bytes: self.given, total: self.sieve.announced.filter(|_| !self.unpacked) }
    }

    /// An error of the app's own file or the like.
    pub(super) fn not_kept(&self, error: std::io::Error) -> Error {
        let text = "but what came could not be written".to_owned();
        let problem = self.sieve.failure(ErrorKind::Io, text);
        Error::new(problem.with_source(Some(Box::new(error))))
    }

    /// An error of what the body holds.
    pub(super) fn misfit(&self, error: DecodeError) -> Error {
        Error::new(misfit(self.sieve.method, self.head(), error))
    }

    /// What can be given without asking; `None` if the transport has to be asked.
    fn ready(&mut self) -> Option<Option<Result<Bytes, Error>>> {
        match self.sieve.next() {
            Next::Piece(piece) => {
                self.given += piece.len() as u64;
                Some(Some(Ok(piece)))
            }
            Next::Failed(error) => {
                self.chunks = None;
                Some(Some(Err(error)))
            }
            Next::End => {
                self.chunks = None;
                Some(None)
            }
            Next::More => None,
        }
    }
}

impl Body<Async> {
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            if let Some(given) = self.ready() {
                return Poll::Ready(given);
            }
            let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
            let piece = ready!(chunks.as_mut().poll_next(cx));
            self.sieve.take(piece);
        }
    }
}

impl Iterator for Body<Blocking> {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(given) = self.ready() {
                return given;
            }
            let piece = self.chunks.as_mut()?.next();
            self.sieve.take(piece);
        }
    }
}

/// What a call fails with whose body has begun to come.
pub(super) fn problem(
    method: &'static Method,
    head: &Response<()>,
    kind: ErrorKind,
    text: impl Into<std::borrow::Cow<'static, str>>,
) -> Problem {
    Problem::new(method, kind, text)
        .with_answer(head.status, head.headers.clone(), Bytes::new())
        .with_attempts(head.attempts, head.rate_limit)
}

/// What a call fails with whose body is not as described.
pub(super) fn misfit(method: &'static Method, head: &Response<()>, error: DecodeError) -> Problem {
    let text = "but the answer is not as described:";
    problem(method, head, ErrorKind::Decode, text).with_decode(error)
}

#[cfg(all(test, feature = "gzip"))]
mod tests {
    use super::*;
    use crate::rate_limit::RateLimitHeaders;
    use http::{HeaderMap, HeaderValue, StatusCode};
    use std::io::Write;

    static METHOD: Method = Method::get("files.get", "/file");

    fn body(content: Bytes) -> Body<Blocking> {
        encoded("identity", content)
    }

    fn encoded(encoding: &'static str, content: Bytes) -> Body<Blocking> {
        let length = HeaderValue::from(content.len() as u64);
        let mut headers = HeaderMap::from_iter([(CONTENT_LENGTH, length)]);
        if encoding != "identity" {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        let rate_limit = &RateLimitHeaders::NONE;
        let status = StatusCode::OK;
        let head = Response { status, headers, body: (), attempts: 1, rate_limit };
        let chunks: crate::transport::BlockingChunks = Box::new(std::iter::once(Ok(content)));
        Body::new(&METHOD, head, chunks)
    }

    fn packed(content: &[u8]) -> std::io::Result<Bytes> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content)?;
        encoder.finish().map(Bytes::from)
    }

    /// As of whole answers: what is given is neither compressed nor of the length that was announced.
    #[test]
    fn what_is_unpacked_is_told_without_its_coding() {
        let mut unpacked = encoded("gzip", packed(b"<gpx/>").unwrap());
        assert!(unpacked.head().headers().is_empty());
        assert_eq!(unpacked.next().unwrap().unwrap(), "<gpx/>");
        assert_eq!(unpacked.progress(), Progress { bytes: 6, total: None });
        // What nobody unpacks stays as it came.
        let other = encoded("aws-chunked", Bytes::from_static(b"<gpx/>"));
        assert_eq!(other.head().headers().len(), 2);
    }

    /// What is announced is the length of what is compressed, which says nothing of the rest, also when
    /// all has come.
    #[test]
    fn the_total_of_what_is_decompressed_is_never_known() {
        let packed = packed(&[b'a'; 1000]).unwrap();
        let mut unpacked = body(packed.clone()).gunzipped().unwrap();
        let mut whole = Vec::new();
        while let Some(piece) = unpacked.next() {
            whole.extend_from_slice(&piece.unwrap());
            assert_eq!(unpacked.progress().total, None);
        }
        assert_eq!(whole, [b'a'; 1000]);
        assert_eq!(unpacked.progress(), Progress { bytes: 1000, total: None });
        let mut as_it_is = body(packed.clone());
        let total = Some(packed.len() as u64);
        assert_eq!(as_it_is.progress(), Progress { bytes: 0, total });
        assert!(as_it_is.by_ref().all(|piece| piece.is_ok()));
        assert_eq!(as_it_is.progress(), Progress { bytes: packed.len() as u64, total });
    }
}
