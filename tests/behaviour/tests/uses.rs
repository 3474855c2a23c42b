//! What a specification takes from the files that it uses is what its client has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::uses::models::{Period, Problem, Thing};
use clientwright_behaviour::uses::things::PutAnswer;
use clientwright_behaviour::uses::{self, Client};
use clientwright_runtime::{Provider, Timeouts};
use std::time::Duration;
use support::{Said, Script, ready};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

fn client(script: &Script) -> Client {
    let builder = uses::builder().key("k3y").transport(script.clone()).clock(script.clone());
    builder.build().unwrap()
}

#[test]
fn models_and_forms_are_those_of_the_used_files() {
    let body = r#"{"id":"a","createdAt":"/Date(1700000000000)/","period":{"from":"/Date(0)/"}}"#;
    let script = Script::new([Said::Answers(200, JSON, body)]);
    let thing: Thing = ready(client(&script).things().get("a")).unwrap();
    assert_eq!(thing.created_at.unwrap().to_string(), "2023-11-14T22:13:20Z");
    let period: &Period = thing.period.as_ref().unwrap();
    assert_eq!(period.from.to_string(), "1970-01-01T00:00:00Z");
}

#[test]
fn defaults_and_credentials_are_those_of_the_used_files() {
    let said = r#"{"text":"gone","since":{"from":"/Date(0)/"}}"#;
    let script = Script::new([Said::Answers(404, JSON, said), Said::Answers(200, &[], "a,b")]);
    let client = client(&script);
    let error = ready(client.things().get("a")).unwrap_err();
    let problem: &Problem = error.service().unwrap();
    assert_eq!(problem.since.as_ref().unwrap().until, None);
    assert!(error.to_string().contains("gone"), "{error}");
    assert_eq!(&ready(client.things().get("a").as_csv()).unwrap()[..], b"a,b");
    let sent = script.sent();
    let header = |name: &str| sent[0].headers[name].to_str().unwrap();
    assert_eq!([header("x-key"), header("x-platform"), header("x-service")], ["k3y", "1", "uses"]);
    assert_eq!(header("accept"), "application/vnd.uses+json");
    assert_eq!(sent[1].headers["accept"], "text/csv");
}

#[test]
fn limits_of_time_are_taken_over_one_by_one() {
    let time = |seconds| Some(Duration::from_secs(seconds));
    let declared = Timeouts { connect: time(7), attempt: time(25), call: None };
    assert_eq!(<uses::Uses as Provider>::TIMEOUTS, declared);
}

#[test]
fn alternatives_can_be_models_of_the_used_files() {
    let said = r#"{"createdAt":"/Date(0)/"}"#;
    let script = Script::new([Said::Answers(200, JSON, said)]);
    let period = Period::new("2026-01-31T00:00:00Z".parse().unwrap());
    let PutAnswer::Json(audited) = ready(client(&script).things().put(period)).unwrap() else {
        panic!("the media type says that it is JSON");
    };
    assert_eq!(audited.created_at.unwrap().to_string(), "1970-01-01T00:00:00Z");
    assert_eq!(script.sent()[0].body, &b"from=%2FDate%281769817600000%29%2F"[..]);
}
