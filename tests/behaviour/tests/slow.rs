//! How long calls may take is what their specification says, unless the app says otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::slow::{self, Builder, Client};
use clientwright_runtime::{Blocking, Provider, Timeouts, TransportErrorKind};
use std::time::Duration;
use support::{Said, Script, ready};

const OK: Said<'_> = Said::Answers(200, &[], "1");
const BUSY: Said<'_> = Said::Answers(503, &[], "");
const SILENT: Said<'_> = Said::Fails(TransportErrorKind::Timeout);

const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

fn builder(script: &Script) -> Builder {
    slow::builder()
        .transport(script.clone())
        .blocking_transport(script.clone())
        .clock(script.clone())
}

fn client(script: &Script) -> Client<Blocking> {
    builder(script).build_blocking().unwrap()
}

/// The limits of all that was sent.
fn limits(script: &Script) -> Vec<u64> {
    script.sent().iter().map(|sent| sent.timeout.unwrap().as_secs()).collect()
}

#[test]
fn the_provider_says_it_for_all_calls() {
    let declared =
        Timeouts { connect: Some(seconds(5)), attempt: Some(seconds(20)), call: Some(seconds(50)) };
    assert_eq!(<slow::Slow as Provider>::TIMEOUTS, declared);
}

#[test]
fn the_closer_one_wins_key_by_key() {
    let script = Script::new([OK; 4]);
    let client = client(&script);
    client.things().read().send().unwrap();
    client.things().peek().send().unwrap();
    client.reports().read().send().unwrap();
    client.reports().make().send().unwrap();
    assert_eq!(limits(&script), [20, 3, 20, 120]);
}

#[test]
fn both_kinds_of_client_keep_to_it() {
    let script = Script::new([OK]);
    let client = builder(&script).build().unwrap();
    ready(client.reports().make()).unwrap();
    assert_eq!(limits(&script), [120]);
}

#[test]
fn attempts_share_the_time_of_the_call() {
    let mut script = Script::new([SILENT; 3]);
    script.takes = seconds(20);
    let error = client(&script).things().read().send().unwrap_err();
    // The waits are half of their limit: 0.25 and 0.5 seconds.
    assert_eq!(limits(&script), [20, 20, 9]);
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains("no whole answer within 50s"), "{error}");
}

#[test]
fn a_retry_that_would_be_too_late_is_not_made() {
    let mut script = Script::new([BUSY; 3]);
    script.takes = seconds(2);
    client(&script).things().peek().send().unwrap_err();
    let left = script.sent()[1].timeout.unwrap();
    assert_eq!(left, Duration::from_millis(750), "2 s for an attempt, 0.25 s of waiting");
    assert_eq!(script.left(), 1, "no third attempt");
}

#[test]
fn the_app_knows_best() {
    let script = Script::new([OK; 6]);
    let patient =
        builder(&script).timeout(seconds(600)).attempt_timeout(seconds(400)).build_blocking();
    let patient = patient.unwrap();
    patient.things().peek().send().unwrap();
    patient.reports().make().send().unwrap();
    assert_eq!(limits(&script), [400, 400], "of the client before that of the method");
    patient.things().peek().with_timeout(seconds(9)).send().unwrap();
    patient.things().peek().with_attempt_timeout(seconds(8)).send().unwrap();
    assert_eq!(limits(&script)[2..], [9, 8], "of the call before that of the client");
    let usual = client(&script);
    usual.things().read().with_timeout(seconds(600)).send().unwrap();
    usual.things().read().with_attempt_timeout(seconds(600)).send().unwrap();
    assert_eq!(limits(&script)[4..], [20, 50], "each limit by itself");
}
