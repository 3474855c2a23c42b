//! What is counted and timed: a value for each attempt and for each call.

use crate::error::ErrorKind;
use crate::transport::{Threads, TransportErrorKind};
use http::StatusCode;
use std::time::Duration;

/// Takes numbers about calls. Nothing that it is given holds a parameter, a body or a credential, so
/// that every field may become the label of a metric.
///
/// Nothing is told of what is dropped while a panic goes by: a second one would end the program.
pub trait Metrics: Threads + 'static {
    /// An attempt has ended, one for a token included.
    fn attempt(&self, _attempt: &AttemptMetrics<'_>) {}

    /// A call has ended, with all its attempts, or was dropped.
    fn call(&self, _call: &CallMetrics) {}

    /// A transaction was dropped that was neither committed nor abandoned; `commit` is the name of the
    /// method that commits it, like `polar.exercise_transactions.commit`.
    fn transaction_dropped(&self, _commit: &'static str) {}
}

/// An attempt that has ended: with a status, with an error, or with neither where the call was dropped.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttemptMetrics<'a> {
    /// The name of the method, like `punt.subscriptions.get`.
    pub method: &'static str,
    /// The verb.
    pub verb: http::Method,
    /// The route, with `{name}` for path parameters.
    pub route: &'static str,
    /// Scheme, host and port.
    pub server: &'a str,
    /// How often this call was sent before.
    pub resent: u32,
    /// The status of the answer, if there is one.
    pub status: Option<StatusCode>,
    /// Why there is no answer.
    pub error: Option<TransportErrorKind>,
    /// How long it took.
    pub took: Duration,
    /// After which wait the call is sent again, if it is.
    pub again_after: Option<Duration>,
}

/// A call that has ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CallMetrics {
    /// The name of the method, like `punt.subscriptions.get`.
    pub method: &'static str,
    /// The verb.
    pub verb: http::Method,
    /// The route, with `{name}` for path parameters.
    pub route: &'static str,
    /// How often it was sent.
    pub attempts: u32,
    /// The status of the last answer, if there is one.
    pub status: Option<StatusCode>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, with the waits.
    pub took: Duration,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// With a value.
    Success,
    /// With an error.
    Failed(ErrorKind),
    /// Its future was dropped.
    Dropped,
}
