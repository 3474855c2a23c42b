//! Time and chance, as calls see them: the only place where either is asked of the machine.

use super::Threads;
use std::sync::Arc;
use std::time::Duration;

/// Where calls get the time and random numbers from, for waiting times and time limits.
///
/// The default is the clock of the machine; in browsers there is none. A test brings one of its own, so that
/// nothing waits.
pub trait Clock: Threads + 'static {
    /// The time since some moment, which stays the same and lies in the past.
    fn now(&self) -> Duration;

    /// The time since the year 1970.
    fn unix(&self) -> Duration;

    /// A number that nobody can guess.
    fn random(&self) -> u64;
}

/// The clock of the machine.
#[cfg(not(any(target_arch = "wasm32", clientwright_browser)))]
pub(crate) fn of_the_machine() -> Option<Arc<dyn Clock>> {
    Some(Arc::new(machine::SystemClock::new()))
}

/// None: what a library reaches of a browser by itself is no time, and numbers that anybody can guess.
#[cfg(any(target_arch = "wasm32", clientwright_browser))]
pub(crate) fn of_the_machine() -> Option<Arc<dyn Clock>> {
    None
}

#[cfg(not(any(target_arch = "wasm32", clientwright_browser)))]
mod machine {
    use super::Clock;
    use std::hash::{BuildHasher, RandomState};
    use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

    #[derive(Clone, Copy, Debug)]
    pub(super) struct SystemClock {
        start: Instant,
    }

    impl SystemClock {
        pub(super) fn new() -> Self {
            Self { start: Instant::now() }
        }
    }

    impl Clock for SystemClock {
        fn now(&self) -> Duration {
            self.start.elapsed()
        }

        fn unix(&self) -> Duration {
            SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
        }

        fn random(&self) -> u64 {
            // A system without a source of chance has no good numbers at all; waits still differ by these.
            getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(0_u8))
        }
    }
}

#[cfg(all(test, not(clientwright_browser)))]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_the_machine_goes() {
        let clock = of_the_machine().unwrap();
        let first = clock.now();
        assert!(clock.now() >= first);
        assert!(clock.unix() > Duration::from_secs(1_700_000_000));
        let numbers: std::collections::BTreeSet<u64> = (0..100).map(|_| clock.random()).collect();
        assert_eq!(numbers.len(), 100);
    }
}
