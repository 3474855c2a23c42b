//! How a call ends that was answered, other than with a value.

use crate::decode::DecodeError;
use crate::error::ErrorKind;
use crate::method::Method;
use crate::problem::Problem;
use crate::transport::Incoming;
use std::borrow::Cow;

/// What an answer turned out to be, other than a value.
pub(super) enum Verdict {
    Misfit(DecodeError),
    Declared,
    BadError(DecodeError),
    Undeclared,
    /// By a token endpoint, with a code of the standard.
    Refused(String),
}

pub(super) fn answered(method: &Method, incoming: Incoming, verdict: Verdict) -> Problem {
    let (kind, text, decode) = match verdict {
        Verdict::Misfit(error) => {
            (ErrorKind::Decode, Cow::Borrowed("but the answer is not as described:"), Some(error))
        }
        Verdict::Declared => (ErrorKind::Service, Cow::Borrowed(""), None),
        Verdict::BadError(error) => {
            (ErrorKind::Status, Cow::Borrowed("and the error is not as described:"), Some(error))
        }
        Verdict::Undeclared if incoming.status.is_success() => {
            (ErrorKind::Status, Cow::Borrowed("a success that is not declared"), None)
        }
        Verdict::Undeclared if incoming.status.is_redirection() => {
            (ErrorKind::Status, Cow::Borrowed("redirects are not followed"), None)
        }
        Verdict::Undeclared => (ErrorKind::Status, Cow::Borrowed("which is not declared"), None),
        Verdict::Refused(code) => (ErrorKind::Status, code.into(), None),
    };
    let problem = Problem::new(method, kind, text).with_answer(
        incoming.status,
        incoming.headers,
        incoming.body,
    );
    match decode {
        Some(error) => problem.with_decode(error),
        None => problem,
    }
}
