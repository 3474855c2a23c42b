//! What a specification says about sending again is what its client does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::again::{self, Client};
use clientwright_runtime::{Blocking, Reset, Retry, TransportErrorKind};
use std::time::Duration;
use support::{Memory, Said, Script, ready};

const OK: Said<'_> = Said::Answers(200, &[], "1");
const BROKEN: Said<'_> = Said::Fails(TransportErrorKind::Other);

fn status(status: u16) -> Said<'static> {
    Said::Answers(status, &[], "")
}

fn blocking(script: &Script) -> Client<Blocking> {
    let builder = again::builder().blocking_transport(script.clone()).clock(script.clone());
    builder.build_blocking().unwrap()
}

/// How often each call is sent when the first answer is this.
fn sent(first: Said<'_>) -> [usize; 6] {
    let count = |call: &dyn Fn(&Client<Blocking>)| {
        let script = Script::new([first, OK]);
        call(&blocking(&script));
        script.sent().len()
    };
    [
        count(&|client| drop(client.things().read().send())),
        count(&|client| drop(client.things().search().send())),
        count(&|client| drop(client.things().create().send())),
        count(&|client| drop(client.things().note().send())),
        count(&|client| drop(client.orders().read().send())),
        count(&|client| drop(client.orders().take().send())),
    ]
}

#[test]
fn the_specification_says_what_is_sent_again() {
    assert_eq!(sent(BROKEN), [2, 2, 2, 1, 2, 1]);
    assert_eq!(sent(status(503)), [2, 2, 2, 1, 1, 1]);
    assert_eq!(sent(status(409)), [1, 1, 1, 1, 2, 1]);
    assert_eq!(sent(status(500)), [1; 6]);
    assert_eq!(sent(Said::Fails(TransportErrorKind::Connect)), [2; 6]);
}

#[test]
fn only_what_writes_has_a_key() {
    let script = Script::new([OK, OK, OK]);
    let client = blocking(&script);
    client.things().create().send().unwrap();
    client.things().search().send().unwrap();
    client.things().note().send().unwrap();
    let sent = script.sent();
    let keys = sent.iter().map(|sent| sent.headers.contains_key("idempotency-key"));
    assert_eq!(keys.collect::<Vec<_>>(), [true, false, false]);
    assert!(sent.iter().all(|sent| sent.headers["api-version"] == "3"));
}

#[test]
fn limits_are_read() {
    let headers = [("X-Limit", "100"), ("X-Remaining", "0"), ("X-Reset", "5")];
    let script = Script::new([Said::Answers(420, &headers, ""), Said::Answers(200, &headers, "1")]);
    let builder = again::builder().transport(script.clone()).clock(script);
    let client = builder.build().unwrap();
    let error = ready(client.things().read()).unwrap_err();
    let limit = error.rate_limit().unwrap();
    assert_eq!((limit.exceeded, limit.limit, limit.remaining), (true, Some(100), Some(0)));
    assert_eq!(limit.reset, Some(Reset::After(Duration::from_secs(5))));
    let response = ready(Box::pin(client.things().read().with_response())).unwrap();
    assert!(!response.rate_limit().unwrap().exceeded);
}

#[test]
fn apps_say_how_often() {
    let script = Script::new([BROKEN; 5]);
    let builder = again::builder().blocking_transport(script.clone()).clock(script);
    let client = builder.retry(Retry::default().attempts(4)).build_blocking().unwrap();
    assert_eq!(client.things().read().send().unwrap_err().attempts(), 4);
    let once = client.things().read().with_retry(Retry::none());
    assert_eq!(once.send().unwrap_err().attempts(), 1);
}

/// Two calls in ten seconds, as the specification says, and none of them refused.
#[test]
fn a_client_keeps_to_the_limit() {
    let script = Script::new([OK, OK, OK, status(503), OK, OK]);
    let builder = again::builder().transport(script.clone()).clock(script.clone()).limit_rate();
    let client = builder.build().unwrap();
    for _ in 0..3 {
        ready(client.things().read()).unwrap();
    }
    let ten = Duration::from_secs(10);
    assert_eq!(script.waits(), [ten]);
    // Attempts count like calls: one goes at once, the next one waits for its place.
    ready(client.things().read()).unwrap();
    let (half, rest) = (Duration::from_millis(250), Duration::from_millis(9_750));
    assert_eq!(script.waits(), [ten, half, rest]);

    // Whoever cannot wait for so long is told so at once, and takes no place.
    ready(client.things().read()).unwrap();
    let error = ready(client.things().read().with_timeout(Duration::from_secs(3))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "again.things.read: the limit of 2 calls in 10s has room in 10s only, which is too late"
    );
    assert!(error.is_timeout());
    assert_eq!((error.attempts(), script.waits().len(), script.left()), (0, 3, 0));
}

/// A transport without a timer has nothing to wait with.
#[test]
fn a_client_that_cannot_wait_for_its_place_says_so() {
    let memory = Memory::json(200, "1");
    let client = again::builder().transport(memory.clone()).limit_rate().build().unwrap();
    for _ in 0..2 {
        ready(client.things().read()).unwrap();
    }
    let error = ready(client.things().read()).unwrap_err();
    assert!(error.is_timeout() && error.to_string().ends_with(", which is too late"), "{error}");
    assert_eq!((error.attempts(), memory.count()), (0, 2));
}

#[test]
fn a_client_has_no_limit_of_its_own() {
    let script = Script::new([OK; 5]);
    let client = blocking(&script);
    for _ in 0..5 {
        client.things().read().send().unwrap();
    }
    assert!(script.waits().is_empty());
}
