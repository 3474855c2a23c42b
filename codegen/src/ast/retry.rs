//! What may be sent again, and how a service tells of its limits.

use super::Text;
use crate::source::Spanned;

/// What `defaults`, a group and a method say alike; the closer one wins.
#[derive(Debug, Default)]
pub(crate) struct Resending {
    /// `retry: { on: [429, 503] }`
    pub(crate) retry_on: Option<Vec<Spanned<u16>>>,
    /// `idempotency:`
    pub(crate) idempotency: Option<Idempotency>,
}

/// `idempotency:`
#[derive(Clone, Debug)]
pub(crate) enum Idempotency {
    /// `idempotency: none`
    None,
    /// `idempotency: { header: Idempotency-Key }`
    Header(Text),
}

/// `rate_limit:`
#[derive(Debug)]
pub(crate) struct RateLimit {
    /// The statuses that say that a limit is exceeded.
    pub(crate) statuses: Vec<Spanned<u16>>,
    pub(crate) limit: Option<Text>,
    pub(crate) remaining: Option<Text>,
    pub(crate) reset: Option<Text>,
    /// `requests: 500`
    pub(crate) requests: Option<Text>,
    /// `per: 15m`
    pub(crate) per: Option<Text>,
    /// The key.
    pub(crate) name: Text,
}
