//! Looking for drift costs nothing where nobody listens.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use allocation_counter::measure;
use clientwright_cost::{server, shop};
use clientwright_runtime::{
    Blocking, BlockingTransport, CallMetrics, Drift, DriftObserver, HeaderMap, HeaderName,
    HeaderValue, Incoming, Metrics, Outgoing, StatusCode, TransportError,
};

/// Answers at once.
struct Says(String);

impl BlockingTransport for Says {
    fn send(&self, _: Outgoing) -> Result<Incoming, TransportError> {
        let kind =
            (HeaderName::from_static("content-type"), HeaderValue::from_static("application/json"));
        let body = self.0.clone().into_bytes();
        Ok(Incoming::new(StatusCode::OK, HeaderMap::from_iter([kind]), body))
    }
}

struct Listens;

impl DriftObserver for Listens {
    fn drift(&self, drift: &Drift) {
        assert_eq!(drift.path, "$.surprise");
    }
}

impl Metrics for Listens {
    fn call(&self, call: &CallMetrics) {
        assert_eq!(call.attempts, 1);
    }
}

fn client(body: &str, set: fn(shop::Builder) -> shop::Builder) -> shop::Client<Blocking> {
    let builder = shop::builder().token("secret-token").blocking_transport(Says(body.to_owned()));
    set(builder).build_blocking().expect("the client is built")
}

/// The allocations of a call: the least of several runs.
fn count(body: &str, set: fn(shop::Builder) -> shop::Builder) -> u64 {
    let client = client(body, set);
    let call = || drop(client.items().get("i-17").send().expect("the call fails"));
    call();
    (0..10).map(|_| measure(call).count_total).min().expect("there was a run")
}

#[test]
fn what_nobody_looks_for_costs_nothing() {
    let expected = server::ITEM;
    let surprising = expected.replacen('{', r#"{"surprise":1,"#, 1);
    let quiet: fn(shop::Builder) -> shop::Builder = |builder| builder;
    let alone = count(expected, quiet);
    assert!(alone > 5, "nothing was counted");
    assert_eq!(count(&surprising, quiet), alone, "where nobody listens nothing is looked for");
    let observed = count(&surprising, |builder| builder.drift(Listens));
    assert!(observed > alone, "{observed} allocations, {alone} where nobody listens");
    assert!(count(expected, |builder| builder.metrics(Listens)) >= alone);
}
