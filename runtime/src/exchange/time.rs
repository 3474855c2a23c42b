//! How long a call and its attempts may take.

use super::Attempts;
use crate::client::Mode;
use std::time::Duration;

/// How long an attempt may take unless somebody says how long that or the call may take.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// From here on a limit is none.
const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

impl<M: Mode> Attempts<M> {
    /// How long what is done now may take, when this is left of the whole time.
    pub(super) fn time(&self, left: Option<Duration>) -> Option<Duration> {
        let time = match (self.attempt_timeout(), left) {
            (Some(attempt), Some(left)) => Some(attempt.min(left)),
            (attempt, left) => attempt.or(left),
        };
        // Nobody lives to see the end of it, and transports add it to the time of day.
        time.filter(|time| *time < FOR_EVER)
    }

    /// How long the whole call may take: the app knows best, then the method, then the provider.
    pub(super) fn timeout(&self) -> Option<Duration> {
        let core = self.watch.core();
        self.options.timeout.or(core.timeout).or(self.method.timeout).or(core.timeouts.call)
    }

    /// How long one attempt may take, in the same order. Who says how long the whole call may take says
    /// enough.
    pub(super) fn attempt_timeout(&self) -> Option<Duration> {
        let set = self.options.attempt_timeout.or(self.watch.core().attempt_timeout);
        let declared = self.method.attempt_timeout.or(self.watch.core().timeouts.attempt);
        set.or(declared).or_else(|| self.timeout().is_none().then_some(ATTEMPT_TIMEOUT))
    }

    /// What is left of the time that the whole call may take.
    pub(super) fn left(&self) -> Option<Duration> {
        let of_all = self
            .options
            .deadline
            .map(|deadline| deadline.saturating_sub(self.watch.core().clock.now()));
        match (self.left_of_call(), of_all) {
            (Some(call), Some(all)) => Some(call.min(all)),
            (call, all) => call.or(all),
        }
    }

    fn left_of_call(&self) -> Option<Duration> {
        let timeout = self.timeout()?;
        // The first attempt has all of it, whatever was needed to build the request.
        let first = self.made == 0 && self.renewals == 0 && !self.waited;
        Some(if first { timeout } else { timeout.saturating_sub(self.elapsed()) })
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.start
            .map(|start| self.watch.core().clock.now().saturating_sub(start))
            .unwrap_or_default()
    }

    pub(super) fn out_of_time(&self) -> String {
        if self.options.deadline.is_some_and(|deadline| deadline <= self.watch.core().clock.now()) {
            return "the time for all pages is over".to_owned();
        }
        // An attempt that ended with the call is said to have had the time of the call.
        let whole = self.limit != self.attempt_timeout();
        match if whole { self.timeout() } else { self.limit } {
            Some(timeout) => format!("no whole answer within {timeout:?}"),
            None => "no whole answer in the time the transport allows".to_owned(),
        }
    }
}
