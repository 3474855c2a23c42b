//! Keeping to the limit of a service, so that it need not refuse.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How many calls there may be in what time, written by the generator as a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many calls.
    pub requests: u32,
    /// In what time.
    pub per: Duration,
}

/// Knows when the latest calls of a client were sent, so that there are never more than the quota in its
/// time, wherever the service begins to count.
pub(crate) struct Limiter {
    pub(crate) quota: Quota,
    /// When they were sent or will be, the oldest first; not more than the quota.
    sent: Mutex<VecDeque<Duration>>,
}

impl Limiter {
    pub(crate) fn new(quota: Quota) -> Self {
        Self { quota, sent: Mutex::default() }
    }

    /// How long a place would be waited for.
    pub(crate) fn wait(&self, now: Duration) -> Duration {
        self.place(&self.sent.lock().unwrap_or_else(PoisonError::into_inner), now) - now
    }

    /// When the next place is.
    fn place(&self, sent: &VecDeque<Duration>, now: Duration) -> Duration {
        match sent.front() {
            Some(oldest) if self.is_full(sent) => now.max(oldest.saturating_add(self.quota.per)),
            _ => now,
        }
    }

    fn is_full(&self, sent: &VecDeque<Duration>) -> bool {
        u32::try_from(sent.len()).is_ok_and(|count| count >= self.quota.requests)
    }

    /// Takes a place and gives the wait until it comes. If that is longer than `left`, takes none and
    /// gives the wait as an error. A place is kept also if its call is dropped: rather too few than
    /// too many.
    pub(crate) fn reserve(
        &self,
        now: Duration,
        left: Option<Duration>,
    ) -> Result<Duration, Duration> {
        // Nothing panics while it is locked.
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.place(&sent, now);
        let wait = at - now;
        if !wait.is_zero() && left.is_some_and(|left| wait >= left) {
            return Err(wait);
        }
        if self.is_full(&sent) {
            sent.pop_front();
        }
        sent.push_back(at);
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn places_are_given_in_order() {
        let limiter = Limiter::new(Quota { requests: 2, per: SECOND * 10 });
        let reserve = |now: u32, left: Option<u32>| {
            limiter.reserve(SECOND * now, left.map(|left| SECOND * left))
        };
        assert_eq!((reserve(0, None), reserve(3, None)), (Ok(Duration::ZERO), Ok(Duration::ZERO)));
        // Without a place nothing is taken.
        assert_eq!(reserve(4, Some(6)), Err(SECOND * 6));
        assert_eq!(reserve(4, Some(7)), Ok(SECOND * 6));
        assert_eq!(reserve(4, None), Ok(SECOND * 9));
        assert_eq!(reserve(30, Some(0)), Ok(Duration::ZERO));
    }

    proptest! {
        #[test]
        fn never_more_than_the_quota(
            requests in 1_u32..5,
            per in 1_u64..50,
            steps in proptest::collection::vec(0_u64..20, 1..60),
        ) {
            let per = Duration::from_secs(per);
            let limiter = Limiter::new(Quota { requests, per });
            let (mut now, mut sent) = (Duration::ZERO, Vec::new());
            for step in steps {
                now += Duration::from_secs(step);
                sent.push(now + limiter.reserve(now, None).unwrap());
            }
            for window in sent.windows(requests as usize + 1) {
                prop_assert!(window[requests as usize] - window[0] >= per, "{sent:?}");
            }
        }
    }
}
