//! Links in answers that lead to a method.

use crate::answer::Answer;
use crate::decode::DecodeError;
use crate::encoder::Encoder;
use crate::method::Method;
use crate::param::{Param, Sink};
use crate::request::Request;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An address that answers as the method with the request `R` does.
///
/// It is a request itself: the address is used as it is, with its query, and only where it leads to a
/// server of the client. One that is relative begins with `/`, unless the route of the method has no
/// parameters: nobody knows those of the answer. Keys that the service repeats in the query are left
/// out, since the client adds its own. What a service gives is not checked when it is read, as of any
/// [`Url`](crate::Url).
pub struct Link<R> {
    address: String,
    method: PhantomData<fn() -> R>,
}

impl<R> Link<R> {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The address as text.
    pub fn into_string(self) -> String {
        self.address
    }
}

impl<R: Request> Request for Link<R> {
    type Provider = R::Provider;
    type Output = R::Output;
    type Error = R::Error;

    const METHOD: Method = R::METHOD;

    fn encode(&self, request: &mut Encoder<'_>) {
        request.follow(&self.address);
    }

    fn decode(answer: &Answer<'_>) -> Result<R::Output, DecodeError> {
        R::decode(answer)
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_error(answer)
    }

    fn decode_inside(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_inside(answer)
    }
}

// Derives would ask the request for what only the address needs.

impl<R> Clone for Link<R> {
    fn clone(&self) -> Self {
        Self::from(self.address.as_str())
    }
}

impl<R> fmt::Debug for Link<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Link").field(&self.address).finish()
    }
}

impl<R> fmt::Display for Link<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.address)
    }
}

impl<R> PartialEq for Link<R> {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl<R> Eq for Link<R> {}

impl<R> Hash for Link<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address.hash(state);
    }
}

impl<R> From<String> for Link<R> {
    fn from(address: String) -> Self {
        Self { address, method: PhantomData }
    }
}

impl<R> From<&str> for Link<R> {
    fn from(address: &str) -> Self {
        Self::from(address.to_owned())
    }
}

impl<R> From<Link<R>> for crate::Url {
    fn from(link: Link<R>) -> Self {
        Self::from(link.address)
    }
}

impl<R> Param for Link<R> {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(&self.address);
    }
}

impl<R> Serialize for Link<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.address)
    }
}

impl<'de, R> Deserialize<'de> for Link<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
