//! What a call fails with.

use crate::build_error::BuildError;
use crate::problem::Problem;
use crate::rate_limit::RateLimit;
use http::{HeaderMap, StatusCode};
use std::any::Any;
use std::convert::Infallible;
use std::fmt;

/// What a service says in a declared error answer: an error model, or the enum of a method's
/// errors.
pub trait ServiceError: Any + fmt::Debug + Send + Sync {
    /// What the service says in words, if the model has a member for it.
    fn message(&self) -> Option<&str> {
        self.inner()?.message()
    }

    /// What an enum of errors holds: the error model of the status that the service answered with.
    fn inner(&self) -> Option<&dyn ServiceError> {
        None
    }
}

impl ServiceError for Infallible {}

/// An error answer that is plain text.
impl ServiceError for String {
    fn message(&self) -> Option<&str> {
        Some(self)
    }
}

/// Why a call failed, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request could not be built from what it was given.
    Build,
    /// The client has no credential that the method accepts.
    Auth,
    /// No connection came about, so the service has seen nothing.
    Connect,
    /// The connection broke, or the transport gave up.
    Transport,
    /// There was no whole answer in time.
    Timeout,
    /// The service answered with a status that is no success and not declared, or with an error
    /// body that is not the declared one.
    Status,
    /// The service answered with a declared error.
    Service,
    /// The answer is a success, but not as it is described.
    Decode,
    /// The answer is larger than the client keeps.
    TooLarge,
    /// A middleware of the app has stopped the call.
    Middleware,
    /// What the app writes to or reads from failed: a file of its own, for instance.
    Io,
}

impl ErrorKind {
    /// The kind as a word in small letters, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Auth => "auth",
            Self::Connect => "connect",
            Self::Transport => "transport",
            Self::Timeout => "timeout",
            Self::Status => "status",
            Self::Service => "service",
            Self::Decode => "decode",
            Self::TooLarge => "too_large",
            Self::Middleware => "middleware",
            Self::Io => "io",
        }
    }
}

/// What a call fails with: the declared error `E` of its method, or anything else that goes wrong.
///
/// Turns into [`Error`] with `?`. `Display` is one line for a log and never shows the body, since
/// services echo secrets; see [`body_excerpt`](Self::body_excerpt).
pub struct CallError<E>(Box<Failed<E>>);

struct Failed<E> {
    problem: Problem,
    service: Option<E>,
}

/// What any call of any provider fails with: the error to pass on.
pub struct Error(Box<FailedAny>);

struct FailedAny {
    problem: Problem,
    service: Option<Box<dyn ServiceError>>,
}

impl<E> CallError<E> {
    pub(crate) fn new(problem: Problem) -> Self {
        Self(Box::new(Failed { problem, service: None }))
    }

    pub(crate) fn declared(problem: Problem, service: E) -> Self {
        Self(Box::new(Failed { problem, service: Some(service) }))
    }

    /// The name of the method, like `punt.subscriptions.get`.
    pub fn method(&self) -> &'static str {
        self.0.problem.method.unwrap_or_default()
    }

    /// What the service said, if its answer is one of the declared errors.
    pub fn service(&self) -> Option<&E> {
        self.0.service.as_ref()
    }

    /// What the service said, if its answer is one of the declared errors.
    pub fn into_service(self) -> Option<E> {
        self.0.service
    }
}

impl Error {
    pub(crate) fn new(problem: Problem) -> Self {
        Self(Box::new(FailedAny { problem, service: None }))
    }

    /// The name of the method, like `punt.subscriptions.get`; `None` if no client came about.
    pub fn method(&self) -> Option<&'static str> {
        self.0.problem.method
    }

    /// What the service said, if its answer is one of the declared errors and of this type: the
    /// error enum of the method, or the error model inside it, which methods share.
    pub fn service<E: ServiceError>(&self) -> Option<&E> {
        let service = self.0.service.as_deref()?;
        let all = std::iter::successors(Some(service), |service| service.inner());
        all.map(|service| service as &dyn Any).find_map(<dyn Any>::downcast_ref)
    }
}

macro_rules! about_the_problem {
    ($($generics:tt)*) => {
        impl $($generics)* {
            /// Why it failed, in one word.
            pub fn kind(&self) -> ErrorKind {
                self.0.problem.kind
            }

            /// The status of the answer, if there was one.
            pub fn status(&self) -> Option<StatusCode> {
                self.0.problem.status
            }

            /// The headers of the answer; empty if there was none.
            pub fn headers(&self) -> &HeaderMap {
                &self.0.problem.headers
            }

            /// The beginning of the body of the answer, at most 1 KiB, if there was one.
            ///
            /// Services echo what they were sent: look before you log it.
            pub fn body_excerpt(&self) -> Option<String> {
                self.0.problem.body_excerpt()
            }

            /// Where in the body it does not fit, like `$.history[0].statusCode`.
            pub fn path(&self) -> Option<&str> {
                self.0.problem.decode.as_ref()?.path()
            }

            /// What the service calls the request, from the usual headers.
            pub fn request_id(&self) -> Option<&str> {
                crate::response::request_id(&self.0.problem.headers)
            }

            /// How often the call was sent; 0 if it was not.
            pub fn attempts(&self) -> u32 {
                self.0.problem.attempts
            }

            /// What the answer says about a limit on calls.
            pub fn rate_limit(&self) -> Option<RateLimit> {
                self.0.problem.rate_limit()
            }

            /// Whether there was no whole answer in time.
            pub fn is_timeout(&self) -> bool {
                self.kind() == ErrorKind::Timeout
            }

            /// Whether no connection came about.
            pub fn is_connect(&self) -> bool {
                self.kind() == ErrorKind::Connect
            }

            /// Whether the same call may be made again and may then succeed: whether it would have
            /// been sent again by itself if there were attempts left. What may act twice is not,
            /// unless nothing was sent or an idempotency key tells that it is the same call.
            pub fn is_retryable(&self) -> bool {
                self.0.problem.is_retryable()
            }

            /// Whether the service has refused the call because there were too many.
            pub fn is_rate_limited(&self) -> bool {
                self.0.problem.is_rate_limited()
            }
        }
    };
}

about_the_problem!(<E> CallError<E>);
about_the_problem!(Error);

impl<E: ServiceError> From<CallError<E>> for Error {
    fn from(error: CallError<E>) -> Self {
        let Failed { problem, service } = *error.0;
        let service = service.map(|service| Box::new(service) as Box<dyn ServiceError>);
        Self(Box::new(FailedAny { problem, service }))
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::new(Problem::of_build(error))
    }
}

impl<E: fmt::Debug> fmt::Debug for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.debug("CallError", &self.0.service, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.debug("Error", &self.0.service, f)
    }
}

impl<E: ServiceError> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.display(self.0.service.as_ref().and_then(E::message), f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.display(self.0.service.as_ref().and_then(|service| service.message()), f)
    }
}

impl<E: ServiceError> std::error::Error for CallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.problem.source()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.problem.source()
    }
}

const _: () = assert!(size_of::<CallError<[u64; 100]>>() == size_of::<usize>());
