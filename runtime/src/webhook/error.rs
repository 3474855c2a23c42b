//! Why a delivery is turned away.

use crate::decode::DecodeError;
use http::StatusCode;
use std::fmt;

/// Longest name of an event that an error shows.
const MAX_NAME: usize = 80;

/// Why a delivery is turned away. Shows neither a secret nor a signature, nor what the body holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The body is longer than this many bytes; it was not looked at.
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The body broke off before its end.
    BrokenOff,
    /// A header is missing that every delivery has.
    MissingHeader(&'static str),
    /// A header comes several times, or is no text.
    BadHeader(&'static str),
    /// Nothing says which event is signed, which its header would name: neither `event` of the
    /// [`Signer`](super::Signer) nor the body.
    NoEvent(&'static str),
    /// There is no secret to verify the signature with.
    NoSecret,
    /// The signature, or the shared secret, is not the one that was expected.
    BadSignature,
    /// The moment at which the delivery was signed is too far from now, or unknown: it may have been
    /// sent before.
    Expired,
    /// The header names another event than the body.
    Disagreement {
        /// What the header says.
        header: String,
        /// What the body says.
        body: String,
    },
    /// The body is not what its event promises.
    Decode {
        /// The event, as far as it is known.
        event: Option<String>,
        /// Where and why.
        error: DecodeError,
    },
}

impl DeliveryError {
    pub(super) fn of_body(event: Option<&str>, error: DecodeError) -> Self {
        Self::Decode { event: event.map(str::to_owned), error }
    }

    /// The error of an item of a list, as one of the whole delivery.
    pub(super) fn below(self, place: &str) -> Self {
        match self {
            Self::Decode { event, error } => Self::Decode { event, error: error.below(place) },
            other => other,
        }
    }

    /// The status to answer with. Providers take any of these for a failure; most send again.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSecret | Self::BadSignature | Self::Expired => StatusCode::UNAUTHORIZED,
            Self::BrokenOff
            | Self::MissingHeader(_)
            | Self::NoEvent(_)
            | Self::BadHeader(_)
            | Self::Disagreement { .. }
            | Self::Decode { .. } => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the body is longer than {limit} bytes"),
            Self::BrokenOff => f.write_str("the body broke off before its end"),
            Self::MissingHeader(name) => write!(f, "the header `{name}` is missing"),
            Self::NoEvent(name) => {
                write!(f, "nothing says what event the header `{name}` names: `.event(…)` does")
            }
            Self::BadHeader(name) => write!(f, "the header `{name}` is there twice or is no text"),
            Self::NoSecret => f.write_str("there is no secret to verify the delivery with"),
            Self::BadSignature => f.write_str("the signature is wrong"),
            Self::Expired => f.write_str("the delivery was not signed just now"),
            Self::Disagreement { header, body } => {
                let (header, body) = (shown(header), shown(body));
                write!(f, "the header names the event `{header}`, the body `{body}`")
            }
            Self::Decode { event: Some(event), error } => {
                write!(f, "the event `{}` does not fit: {error}", shown(event))
            }
            Self::Decode { event: None, error } => write!(f, "the body does not fit: {error}"),
        }
    }
}

/// Names come from outside: they must not break a line of a log, or fill it.
fn shown(name: &str) -> String {
    name.chars().take(MAX_NAME).flat_map(char::escape_debug).collect()
}

impl std::error::Error for DeliveryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}
