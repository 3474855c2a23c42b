//! What is sent again.

/// What a call does to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Idempotent,
    Write,
}

/// How the service tells of its limits: a status and names of headers.
#[derive(Debug)]
pub(crate) struct RateLimit {
    pub(crate) status: u16,
    pub(crate) limit: Option<String>,
    pub(crate) remaining: Option<String>,
    pub(crate) reset: Option<String>,
}
