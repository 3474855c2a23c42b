//! An answer with its value.

use crate::rate_limit::{RateLimit, RateLimitHeaders};
use http::{HeaderMap, StatusCode};

/// An answer: status, headers and the decoded body.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: T,
    pub(crate) attempts: u32,
    pub(crate) rate_limit: &'static RateLimitHeaders,
}

impl<T> Response<T> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The value alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// What the service calls the request, from the usual headers.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How often the call was sent until this answer came.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What the answer says about a limit on calls.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.rate_limit.read(self.status, &self.headers)
    }
}

impl<A, B> Response<(A, B)> {
    /// The answer with only the first part of its value, and the second part.
    pub(crate) fn split(self) -> (Response<A>, B) {
        let Self { status, headers, body: (body, beside), attempts, rate_limit } = self;
        (Response { status, headers, body, attempts, rate_limit }, beside)
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Response<T> {
    /// Without the headers, since services set cookies and tokens there.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 6] = [
        "x-request-id",
        "request-id",
        "x-amzn-requestid",
        "x-ms-request-id",
        "x-correlation-id",
        "x-trace-id",
    ];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}
