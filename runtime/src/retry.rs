//! Whether a failed attempt is followed by another one, and when.
//!
//! [`decide`] is a function of values: the time, chance and the budget come from outside.

use crate::method::{Effect, Method};
use crate::rate_limit::{Reset, since_1970};
use crate::transport::TransportErrorKind;
use clientwright_wire::http_date;
use http::header::DATE;
use http::{HeaderMap, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(crate) use clientwright_wire::limits::SENT_AGAIN as STATUSES;

/// What a retry takes from the budget, and what a success gives back.
const COST: u32 = 10;
const REFUND: u32 = 1;

/// How many retries the calls of a client may make together, unless the app says otherwise.
const BUDGET: u32 = 20;

/// When a call that failed is sent again by itself, and how long it waits before.
///
/// Only what is safe is sent again: calls that read or may be made twice, calls with an idempotency
/// key, and every call as long as no connection came about. The waiting time is random between zero
/// and a limit that doubles with each attempt, so that clients do not come back all at once. What
/// the service asks for with `Retry-After` comes first.
///
/// ```
/// use clientwright_runtime::Retry;
/// use std::time::Duration;
///
/// let patient = Retry::default().attempts(6).total(Duration::from_secs(300));
/// assert_ne!(patient, Retry::none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first_delay: Duration,
    longest_delay: Duration,
    total: Duration,
    budget: u32,
}

impl Retry {
    /// Sends once. A call of the client may still say otherwise.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            attempts: 1,
            first_delay: Duration::ZERO,
            longest_delay: Duration::ZERO,
            total: Duration::ZERO,
            budget: BUDGET,
        }
    }

    /// How often a call is sent at most, the first time included; 3 by default.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The limits of the waiting time: the first one, which doubles, and the longest one; half a
    /// second and 20 seconds by default.
    #[must_use]
    pub const fn delay(mut self, first: Duration, longest: Duration) -> Self {
        self.first_delay = first;
        self.longest_delay = longest;
        self
    }

    /// How long after its beginning a call may be sent again; a minute by default. A service that
    /// asks for a longer wait is not waited for. A call that is awaited begins when it first has to wait.
    #[must_use]
    pub const fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// How many retries all calls of a client may make together when nothing succeeds, so that an
    /// outage is not made worse; 20 by default. Ten successes give one back. Counts where it is
    /// given to the builder.
    #[must_use]
    pub const fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// Whether anything is ever sent again.
    pub(crate) const fn sends_again(&self) -> bool {
        self.attempts > 1
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(20),
            total: Duration::from_secs(60),
            budget: BUDGET,
        }
    }
}

/// What all calls of a client share, so that they do not retry without end during an outage.
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Budget {
    pub(crate) fn new(retry: &Retry) -> Self {
        let capacity = retry.budget.saturating_mul(COST);
        Self { tokens: AtomicU32::new(capacity), capacity }
    }

    /// Takes a retry, if there is one left.
    pub(crate) fn take(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(COST);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Notes a success.
    pub(crate) fn refund(&self) {
        let full = |tokens: &u32| *tokens < self.capacity;
        let put = |tokens: u32| Some(tokens).filter(full).map(|tokens| tokens + REFUND);
        // Full already: nothing to note.
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}

/// A failed attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    pub(crate) failure: Failure,
    /// How many attempts there were, this one included.
    pub(crate) made: u32,
    /// The time since the first one began.
    pub(crate) elapsed: Duration,
    /// What is left of the time that the whole call may take.
    pub(crate) left: Option<Duration>,
    /// Whether the service may see it twice.
    pub(crate) repeatable: bool,
    pub(crate) random: u64,
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The service has seen nothing.
    Unsent,
    /// The service may have seen it.
    Unanswered,
    /// The service asks to come back, perhaps after this time.
    Refused { after: Option<Duration> },
    /// Another attempt would fail likewise.
    Final,
}

impl Failure {
    /// The failure of an attempt without an answer.
    pub(crate) fn of_transport(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Connect => Self::Unsent,
            TransportErrorKind::Timeout | TransportErrorKind::Other => Self::Unanswered,
            // What a redirect has led to will not answer otherwise the next time.
            TransportErrorKind::TooLarge
            | TransportErrorKind::Unread
            | TransportErrorKind::Redirected => Self::Final,
        }
    }

    /// The failure that an answer is; `unix` is asked for only when the time has to be known.
    pub(crate) fn of_answer(
        status: StatusCode,
        headers: &HeaderMap,
        statuses: &[u16],
        unix: impl FnOnce() -> Duration,
    ) -> Self {
        if statuses.contains(&status.as_u16()) {
            Self::Refused { after: retry_after(headers, unix) }
        } else {
            Self::Final
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Stop,
    Wait(Duration),
}

/// Decides, apart from the budget.
pub(crate) fn decide(retry: &Retry, attempt: &Attempt) -> Decision {
    let safe = match attempt.failure {
        Failure::Final => return Decision::Stop,
        Failure::Unsent => true,
        Failure::Unanswered | Failure::Refused { .. } => attempt.repeatable,
    };
    if !safe || attempt.made >= retry.attempts {
        return Decision::Stop;
    }
    let delay = match attempt.failure {
        Failure::Refused { after: Some(after) } => after,
        _ => backoff(retry, attempt.made, attempt.random),
    };
    let late = attempt.elapsed.saturating_add(delay) > retry.total
        || attempt.left.is_some_and(|left| delay >= left);
    if late { Decision::Stop } else { Decision::Wait(delay) }
}

/// A random time up to a limit that doubles with each attempt.
fn backoff(retry: &Retry, made: u32, random: u64) -> Duration {
    let doublings = made.saturating_sub(1).min(31);
    let limit = retry.first_delay.saturating_mul(1 << doublings).min(retry.longest_delay);
    // Half a nanosecond of a century is lost.
    let limit = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
    let part = (u128::from(limit) * u128::from(random)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(limit))
}

/// Whether a method may be sent again though the service may have seen it.
pub(crate) fn is_repeatable(method: &Method) -> bool {
    method.effect != Effect::Write || method.idempotency_key.is_some()
}

/// The wait that `Retry-After` asks for. A date is compared with the one of the answer, so that a wrong
/// clock on this side does not matter.
fn retry_after(headers: &HeaderMap, unix: impl FnOnce() -> Duration) -> Option<Duration> {
    Reset::asked_for(headers).map(|reset| reset.wait(|| now(headers, unix)))
}

/// The time by the clock of the service, as far as the answer tells it.
pub(crate) fn now(headers: &HeaderMap, unix: impl FnOnce() -> Duration) -> Duration {
    let date = headers.get(DATE).and_then(|date| http_date::parse(date.to_str().ok()?.trim()).ok());
    date.and_then(since_1970).unwrap_or_else(unix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use http::header::RETRY_AFTER;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn attempt(failure: Failure) -> Attempt {
        Attempt {
            failure,
            made: 1,
            elapsed: Duration::ZERO,
            left: None,
            repeatable: true,
            random: u64::MAX,
        }
    }

    fn waits(retry: &Retry, attempt: &Attempt) -> Option<Duration> {
        match decide(retry, attempt) {
            Decision::Stop => None,
            Decision::Wait(delay) => Some(delay),
        }
    }

    #[test]
    fn only_what_is_safe_is_sent_again() {
        let retry = Retry::default();
        for (failure, repeatable, wanted) in [
            (Failure::Unsent, false, true),
            (Failure::Unsent, true, true),
            (Failure::Unanswered, false, false),
            (Failure::Unanswered, true, true),
            (Failure::Refused { after: None }, false, false),
            (Failure::Refused { after: None }, true, true),
            (Failure::Final, true, false),
        ] {
            let attempt = Attempt { repeatable, ..attempt(failure) };
            assert_eq!(waits(&retry, &attempt).is_some(), wanted, "{attempt:?}");
        }
        assert_eq!(waits(&Retry::none(), &attempt(Failure::Unsent)), None);
    }

    #[test]
    fn limits_double_up_to_the_longest() {
        let retry = Retry::default().attempts(100).delay(SECOND, SECOND * 5).total(SECOND * 1000);
        let limits: Vec<u64> = (1..=40)
            .map(|made| Attempt { made, ..attempt(Failure::Unanswered) })
            .map(|attempt| waits(&retry, &attempt).unwrap().as_millis() as u64)
            .collect();
        assert_eq!(&limits[..5], [999, 1999, 3999, 4999, 4999]);
        assert_eq!(limits[39], 4999);
        let none = Attempt { random: 0, ..attempt(Failure::Unanswered) };
        assert_eq!(waits(&retry, &none), Some(Duration::ZERO));
    }

    #[test]
    fn attempts_and_time_are_capped() {
        let retry = Retry::default().attempts(3).delay(SECOND, SECOND).total(SECOND * 10);
        let waiting = |made, elapsed: Duration, left: Option<Duration>| {
            waits(&retry, &Attempt { made, elapsed, left, ..attempt(Failure::Unanswered) })
        };
        assert!(waiting(2, Duration::ZERO, None).is_some());
        assert!(waiting(3, Duration::ZERO, None).is_none());
        assert!(waiting(1, SECOND * 9, None).is_some());
        assert!(waiting(1, SECOND * 10, None).is_none());
        assert!(waiting(1, Duration::ZERO, Some(SECOND)).is_some());
        assert!(waiting(1, Duration::ZERO, Some(SECOND / 2)).is_none());
    }

    #[test]
    fn what_the_service_asks_for_comes_first() {
        let retry = Retry::default().delay(SECOND, SECOND).total(SECOND * 30);
        let asked = |seconds| {
            let after = Some(SECOND * seconds);
            waits(&retry, &attempt(Failure::Refused { after }))
        };
        assert_eq!(asked(0), Some(Duration::ZERO));
        assert_eq!(asked(30), Some(SECOND * 30));
        assert_eq!(asked(31), None);
        assert_eq!(asked(u32::MAX), None);
    }

    #[test]
    fn retry_after_in_every_form() {
        let after = |value: &str, date: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
            if let Some(date) = date {
                headers.insert(DATE, HeaderValue::from_static(date));
            }
            retry_after(&headers, || SECOND * 784_111_770)
        };
        let date = Some("Sun, 06 Nov 1994 08:49:30 GMT");
        let then = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(after("120", None), Some(SECOND * 120));
        assert_eq!(after(" 0 ", None), Some(Duration::ZERO));
        assert_eq!(after(then, date), Some(SECOND * 7));
        assert_eq!(after(then, None), Some(SECOND * 7));
        assert_eq!(after("Sun Nov  6 08:49:37 1994", date), Some(SECOND * 7));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:29 GMT", date), Some(Duration::ZERO));
        // Neither is in the standard, and services send both.
        assert_eq!(after("1.5", None), Some(SECOND * 3 / 2));
        assert_eq!(after("1994-11-06T08:49:37Z", date), Some(SECOND * 7));
        for nonsense in ["", "-1", "-1.5", "soon", "NaN", "99999999999999999999999"] {
            assert_eq!(after(nonsense, date), None, "{nonsense}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), || Duration::ZERO), None);
    }

    #[test]
    fn statuses_decide() {
        let failure = |status: u16, statuses: &[u16]| {
            let status = StatusCode::from_u16(status).unwrap();
            Failure::of_answer(status, &HeaderMap::new(), statuses, || Duration::ZERO)
        };
        assert_eq!(failure(503, STATUSES), Failure::Refused { after: None });
        assert_eq!(failure(503, &[429]), Failure::Final);
        assert_eq!(failure(501, STATUSES), Failure::Final);
        assert_eq!(failure(404, &[404]), Failure::Refused { after: None });
    }

    #[test]
    fn a_budget_runs_out_and_comes_back() {
        let budget = Budget::new(&Retry::default().budget(2));
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        (0..9).for_each(|_| budget.refund());
        assert!(!budget.take());
        budget.refund();
        assert!(budget.take());
        (0..1000).for_each(|_| budget.refund());
        assert!(budget.take() && budget.take() && !budget.take());
        assert!(!Budget::new(&Retry::default().budget(0)).take());
    }

    proptest! {
        #[test]
        fn a_wait_is_within_its_limits(
            made in 1_u32..200, random in any::<u64>(), first in 0_u64..1 << 40, longest in 0_u64..1 << 40,
        ) {
            let (first, longest) = (Duration::from_nanos(first), Duration::from_nanos(longest));
            let retry = Retry::default().delay(first, longest);
            prop_assert!(backoff(&retry, made, random) <= longest);
        }
    }
}
