//! What an app hangs around the attempts of calls.

use crate::method::Method;
use crate::oauth::BoxError;
use crate::transport::{Incoming, Threads, TransportError, TransportErrorKind};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;

/// Looks at each attempt of a call before it is sent and after it was answered.
///
/// It may add headers and stop the call. Credentials are added after it and are never shown to it, nor
/// are the headers that the app has set: whoever has to see or change everything writes a
/// [`Transport`](crate::Transport) around another one. Requests for tokens pass without it.
///
/// ```
/// use clientwright_runtime::{BoxError, HeaderMap, HeaderValue, Middleware, Sending};
///
/// struct Traced;
///
/// impl Middleware for Traced {
///     fn before(&self, sending: &Sending<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
///         println!("{} {}, attempt {}", sending.method(), sending.route(), sending.attempt());
///         headers.insert("traceparent", HeaderValue::from_static("00-4bf9-00f0-01"));
///         Ok(())
///     }
/// }
/// ```
pub trait Middleware: Threads + 'static {
    /// Called before an attempt. What it puts into `headers`, which are empty, is sent.
    ///
    /// # Errors
    /// The call ends with [`ErrorKind::Middleware`](crate::ErrorKind::Middleware), and this as its
    /// source. It is shown, so that it may not hold a secret.
    fn before(&self, _sending: &Sending<'_>, _headers: &mut HeaderMap) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called after an attempt, whatever came of it.
    fn after(&self, _attempted: &Attempted<'_>) {}
}

/// An attempt that is about to be made.
pub struct Sending<'a> {
    pub(crate) method: &'static Method,
    pub(crate) attempt: u32,
    pub(crate) url: &'a str,
    pub(crate) body: &'a [u8],
}

impl<'a> Sending<'a> {
    /// The whole address, without credentials. Its parameters are those of the call.
    pub fn url(&self) -> &'a str {
        self.url
    }

    /// The body, for signatures over it; empty where there is none or where it is a stream.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

impl fmt::Debug for Sending<'_> {
    /// Without address and body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("method", &self.method.name)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// An attempt that was made.
pub struct Attempted<'a> {
    pub(crate) method: &'static Method,
    pub(crate) attempt: u32,
    pub(crate) answer: &'a Result<Incoming, TransportError>,
}

impl<'a> Attempted<'a> {
    /// The status of the answer, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().ok().map(|incoming| incoming.status)
    }

    /// The headers of the answer, if there is one.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.answer.as_ref().ok().map(|incoming| &incoming.headers)
    }

    /// Why there is no answer.
    pub fn error(&self) -> Option<TransportErrorKind> {
        self.answer.as_ref().err().map(TransportError::kind)
    }
}

impl fmt::Debug for Attempted<'_> {
    /// Without the headers, since services set cookies and tokens there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempted")
            .field("method", &self.method.name)
            .field("attempt", &self.attempt)
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("error", &self.error())
            .finish_non_exhaustive()
    }
}

/// What is known of an attempt at any time.
macro_rules! of_an_attempt {
    ($($name:ident)+) => {$(
        impl $name<'_> {
            /// The name of the method, like `punt.subscriptions.get`.
            pub fn method(&self) -> &'static str {
                self.method.name
            }

            /// The verb.
            pub fn verb(&self) -> http::Method {
                self.method.verb.into()
            }

            /// The route, with `{name}` for path parameters.
            pub fn route(&self) -> &'static str {
                self.method.route
            }

            /// The number of the attempt, from 1.
            pub fn attempt(&self) -> u32 {
                self.attempt
            }
        }
    )+};
}

of_an_attempt! { Sending Attempted }

/// Lets the hooks look at what is about to be sent, and takes the headers that they add.
pub(crate) fn before(
    hooks: &[Arc<dyn Middleware>],
    sending: &Sending<'_>,
    headers: &mut HeaderMap,
) -> Result<(), BoxError> {
    for hook in hooks {
        let mut added = HeaderMap::new();
        hook.before(sending, &mut added)?;
        // Several values of one name stay several.
        for name in added.keys() {
            headers.remove(name);
            for value in added.get_all(name) {
                headers.append(name, value.clone());
            }
        }
    }
    Ok(())
}
