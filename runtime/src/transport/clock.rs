//! Time and chance, as calls see them: the only place where either is asked of the machine.

use super::Threads;
use std::time::Duration;

/// Where calls get the time and random numbers from, for waiting times and time limits.
///
/// The default is the clock of the machine. A test brings one of its own, so that nothing waits.
pub trait Clock: Threads + 'static {
    /// The time since some moment, which stays the same and lies in the past.
    fn now(&self) -> Duration;

    /// The time since the year 1970.
    fn unix(&self) -> Duration;

    /// A number that nobody can guess.
    fn random(&self) -> u64;
}

/// The clock of the machine. Where a program has none it stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock {
    #[cfg(not(target_arch = "wasm32"))]
    start: std::time::Instant,
}

impl SystemClock {
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn new() -> Self {
        Self { start: std::time::Instant::now() }
    }

    #[cfg(target_arch = "wasm32")]
    pub(crate) fn new() -> Self {
        Self {}
    }
}

impl Clock for SystemClock {
    #[cfg(not(target_arch = "wasm32"))]
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    #[cfg(target_arch = "wasm32")]
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn unix(&self) -> Duration {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
    }

    #[cfg(target_arch = "wasm32")]
    fn unix(&self) -> Duration {
        Duration::ZERO
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn random(&self) -> u64 {
        use std::hash::{BuildHasher, RandomState};
        // A system without a source of chance has no good numbers at all; waits still differ by these.
        getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(0_u8))
    }

    #[cfg(target_arch = "wasm32")]
    fn random(&self) -> u64 {
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(0_u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_the_machine_goes() {
        let clock = SystemClock::new();
        let first = clock.now();
        assert!(clock.now() >= first);
        assert!(clock.unix() > Duration::from_secs(1_700_000_000));
        let numbers: std::collections::BTreeSet<u64> = (0..100).map(|_| clock.random()).collect();
        assert_eq!(numbers.len(), 100);
    }
}
