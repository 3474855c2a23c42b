//! A call as a value.

use crate::answer::Answer;
use crate::decode::DecodeError;
use crate::encoder::Encoder;
use crate::error::ServiceError;
use crate::method::Method;
use crate::provider::Provider;
use bytes::Bytes;

/// A request of a provider: what to send, and how to read the answer.
///
/// Nothing here sends: a [`Call`](crate::Call) does.
pub trait Request: Send + Sync + 'static {
    /// Whose request it is.
    type Provider: Provider;
    /// What a success gives.
    type Output: Send + 'static;
    /// What the declared errors give.
    type Error: ServiceError;

    /// The facts of its method.
    const METHOD: Method;

    /// Writes path, query, headers and body. Does nothing unless there are some.
    fn encode(&self, _request: &mut Encoder<'_>) {}

    /// The media type of a success, where the request itself says which one it asks for.
    fn media(&self) -> Option<&'static str> {
        None
    }

    /// Reads an answer whose status is a success.
    ///
    /// # Errors
    /// The answer is not as it is described.
    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError>;

    /// Reads an answer whose status is not a success; `None` if its status is not declared.
    fn decode_error(_answer: &Answer<'_>) -> Option<Result<Self::Error, DecodeError>> {
        None
    }

    /// Reads an answer whose status is a success but whose body says that it is none; `None` if it
    /// says nothing of the kind.
    fn decode_inside(_answer: &Answer<'_>) -> Option<Result<Self::Error, DecodeError>> {
        None
    }
}

/// A request whose answer is asked for in another format and given as bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct InFormat<R> {
    request: R,
    accept: &'static str,
}

impl<R> InFormat<R> {
    /// Asks for the media type `accept`.
    pub fn new(request: R, accept: &'static str) -> Self {
        Self { request, accept }
    }

    /// The request itself.
    pub fn request(&self) -> &R {
        &self.request
    }

    pub(crate) fn accept(&self) -> &'static str {
        self.accept
    }
}

impl<R: Request> Request for InFormat<R> {
    type Provider = R::Provider;
    type Output = Bytes;
    type Error = R::Error;

    const METHOD: Method = R::METHOD;

    fn encode(&self, request: &mut Encoder<'_>) {
        self.request.encode(request);
        request.accept(self.accept);
    }

    fn media(&self) -> Option<&'static str> {
        Some(self.accept)
    }

    fn decode(answer: &Answer<'_>) -> Result<Bytes, DecodeError> {
        Ok(answer.bytes())
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_error(answer)
    }

    fn decode_inside(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_inside(answer)
    }
}
