//! The pieces of a body on their way from the transport to the app, without I/O.

use crate::decode::DecodeError;
use crate::error::{Error, ErrorKind};
use crate::method::Method;
use crate::problem::Problem;
use crate::response::Response;
use crate::transport::{TransportError, TransportErrorKind};
use crate::unpack::Unpack;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

pub(super) struct Sieve {
    pub(super) method: &'static Method,
    pub(super) head: Response<()>,
    /// How many bytes have come.
    received: u64,
    /// How many will come, as the answer says.
    pub(super) announced: Option<u64>,
    pub(super) unpack: Option<Unpack>,
    /// What came and was not handed out.
    waiting: Bytes,
    ended: bool,
    /// What could not be told yet.
    failure: Option<Error>,
}

/// What the sieve has to say.
pub(super) enum Next {
    Piece(Bytes),
    Failed(Error),
    /// Ask the transport.
    More,
    End,
}

impl Sieve {
    pub(super) fn new(method: &'static Method, head: Response<()>) -> Self {
        let headers = head.headers();
        let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let announced = announced.and_then(|length| length.parse().ok());
        // Whoever decompresses on the way leaves a length that is none any more.
        let announced = announced.filter(|_| !headers.contains_key(CONTENT_ENCODING));
        Self {
            method,
            head,
            received: 0,
            announced,
            unpack: None,
            waiting: Bytes::new(),
            ended: false,
            failure: None,
        }
    }

    /// Takes what the transport gave.
    pub(super) fn take(&mut self, piece: Option<Result<Bytes, TransportError>>) {
        match piece {
            Some(Ok(piece)) => {
                self.received += piece.len() as u64;
                match self.announced {
                    Some(length) if self.received > length => self.fail_length(length),
                    _ => match &mut self.unpack {
                        Some(unpack) => unpack.push(piece),
                        None => self.waiting = piece,
                    },
                }
            }
            Some(Err(error)) => {
                let failure = self.not_whole(error);
                self.fail(failure);
            }
            None => {
                self.ended = true;
                match self.announced {
                    Some(length) if self.received < length => self.fail_length(length),
                    // Nothing more will come.
                    _ => self.unpack.iter_mut().for_each(Unpack::end),
                }
            }
        }
    }

    pub(super) fn next(&mut self) -> Next {
        if let Some(unpack) = &mut self.unpack {
            match unpack.next() {
                Ok(Some(piece)) => return Next::Piece(piece),
                Ok(None) => {}
                Err(error) => self.misfit(error),
            }
        }
        if let Some(failure) = self.failure.take() {
            return Next::Failed(failure);
        }
        match std::mem::take(&mut self.waiting) {
            piece if !piece.is_empty() => Next::Piece(piece),
            _ if self.ended => Next::End,
            _ => Next::More,
        }
    }

    /// The body is not what it says it is.
    pub(super) fn misfit(&mut self, error: DecodeError) {
        let failure = super::body::misfit(self.method, &self.head, error);
        self.fail(Error::new(failure));
    }

    fn fail(&mut self, failure: Error) {
        self.failure = Some(failure);
        self.waiting = Bytes::new();
        self.unpack = None;
        self.ended = true;
    }

    fn fail_length(&mut self, length: u64) {
        let text = format!(
            "but the body ended after {} bytes, where {length} were announced",
            self.received
        );
        let failure = self.failure(ErrorKind::Transport, text);
        self.fail(Error::new(failure));
    }

    fn not_whole(&self, error: TransportError) -> Error {
        let (kind, text) = match error.kind() {
            TransportErrorKind::Timeout => {
                (ErrorKind::Timeout, "but the body stopped coming".to_owned())
            }
            _ => (
                ErrorKind::Transport,
                format!("but the body broke off after {} bytes", self.received),
            ),
        };
        Error::new(self.failure(kind, text).with_source(error.into_source()))
    }

    pub(super) fn failure(&self, kind: ErrorKind, text: String) -> Problem {
        super::body::problem(self.method, &self.head, kind, text)
    }
}
