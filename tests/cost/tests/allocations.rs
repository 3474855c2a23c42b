//! A call allocates less often than the same call written by hand.
//!
//! Allocations are counted, not timed: the result is the same on every machine. How much time a call takes is
//! for `cargo xtask bench`.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use allocation_counter::measure;
use clientwright_cost::calls::{Call, Clients, Pair};

/// The allocations of a call, once connections are there and buffers have their size. The least of several
/// runs, since libraries may tidy up at any moment.
fn count(call: &mut Call<'_>) -> u64 {
    for _ in 0..20 {
        call().expect("the call fails");
    }
    let counts = (0..20).map(|_| measure(|| call().expect("the call fails")).count_total);
    counts.min().expect("there was a run")
}

fn compare(pairs: Vec<Pair<'_>>) -> Vec<(&'static str, u64, u64)> {
    let one =
        |mut pair: Pair<'_>| (pair.name, count(&mut pair.generated), count(&mut pair.by_hand));
    let counts: Vec<_> = pairs.into_iter().map(one).collect();
    for (name, generated, by_hand) in &counts {
        println!("{name}: {generated} allocations, {by_hand} by hand");
    }
    counts
}

#[test]
fn a_call_allocates_less_than_one_by_hand() {
    let clients = Clients::start().unwrap();
    for (name, generated, by_hand) in compare(clients.sent()) {
        assert!(by_hand > 5, "{name}: nothing was counted");
        assert!(generated < by_hand, "{name}: {generated} allocations, {by_hand} by hand");
    }
}

/// A request owns the values of its parameters, which is made up for where the address is written.
#[test]
fn around_the_transport_no_more() {
    let clients = Clients::start().unwrap();
    for (name, generated, by_hand) in compare(clients.unsent()) {
        assert!(by_hand > 5, "{name}: nothing was counted");
        assert!(generated <= by_hand, "{name}: {generated} allocations, {by_hand} by hand");
    }
}
