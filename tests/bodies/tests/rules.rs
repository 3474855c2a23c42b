//! Requests in which too many or too few members are set are refused before anything is sent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shapes::{self, models::*};
use clientwright_runtime::{Blocking, ErrorKind};
use support::Memory;

fn client(memory: &Memory) -> shapes::Client<Blocking> {
    shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

/// The error of a call that was not sent.
fn refused<T: std::fmt::Debug>(
    memory: &Memory,
    result: Result<T, impl Into<shapes::Error>>,
) -> String {
    let error = result.unwrap_err().into();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(memory.count(), 0, "nothing was sent");
    error.to_string()
}

fn by_id() -> Author {
    Author::new().user_id("u-1")
}

#[test]
fn members_of_a_body() {
    let memory = Memory::json(200, "{}");
    let rules = client(&memory);
    let rules = rules.rules();
    for (message, text) in [
        (
            Message::new(Author::new()).text("x"),
            "of `Author`, exactly one of `userId` and `userExternalId` has to be set, and none is",
        ),
        (
            Message::new(by_id().user_external_id("e-1")).text("x"),
            "of `Author`, exactly one of `userId` and `userExternalId` has to be set, and `userId` and \
             `userExternalId` are",
        ),
        (
            Message::new(by_id()),
            "of `Message`, at least one of `text`, `html` and `note` has to be set, and none is",
        ),
        // A null clears something, which is none of the three.
        (
            Message::new(by_id()).note(None),
            "of `Message`, at least one of `text`, `html` and `note` has to be set, and none is",
        ),
        (
            Message::new(by_id()).text("x").html("<p>x"),
            "of `Message`, at most one of `text` and `html` may be set, and `text` and `html` are",
        ),
    ] {
        let error = refused(&memory, rules.send(message).send());
        assert!(error.contains(text), "{error}");
    }
}

#[test]
fn what_keeps_the_rules_is_sent() {
    let answer = r#"{"author":{"userId":"u-1","userExternalId":"e-1"}}"#;
    let memory = Memory::json(200, answer);
    let message = Message::new(by_id()).text("x").note("y".to_owned());
    // What the service answers is taken as it is.
    let answer = client(&memory).rules().send(message).send().unwrap();
    assert_eq!(answer.author.user_external_id.as_deref(), Some("e-1"));
    let body = memory.sent().body;
    assert_eq!(&body[..], br#"{"author":{"userId":"u-1"},"text":"x","note":"y"}"#);
}

#[test]
fn members_of_a_variant() {
    let memory = Memory::json(200, "");
    let error = refused(&memory, client(&memory).rules().show(Image::new()).send());
    assert!(error.contains("of `Image`, exactly one of `url` and `source`"), "{error}");
    client(&memory).rules().show(Image::new().source("a")).send().unwrap();
    assert_eq!(&memory.sent().body[..], br#"{"type":"image","source":"a"}"#);
}

#[test]
fn members_of_a_filter_and_parameters() {
    let memory = Memory::json(200, "");
    let client = client(&memory);
    let error = refused(&memory, client.rules().find().filter(Filter::new()).send());
    assert!(error.contains("`filter` cannot be written: of `Filter`, exactly one of"), "{error}");
    let error = refused(&memory, client.rules().find().before("a").after("b").send());
    let text = "at most one of `before` and `after` may be set, and `before` and `after` are";
    assert!(error.contains(text), "{error}");
    client.rules().find().filter(Filter::new().email("a")).after("b").send().unwrap();
    assert_eq!(memory.sent().target(), "/v1/messages?filter%5Bemail%5D=a&after=b");
}

#[test]
fn members_that_came_from_another_model() {
    let memory = Memory::json(200, "");
    let client = client(&memory);
    let error = refused(&memory, client.rules().edit().text("x").send());
    assert!(error.contains("exactly one of `userId` and `userExternalId`"), "{error}");
    let error =
        refused(&memory, client.rules().edit().user_id("u-1").note(None).priority(1).send());
    assert!(error.contains("at least one of `text` and `note` has to be set"), "{error}");
    client.rules().edit().user_id("u-1").text("x").send().unwrap();
    assert_eq!(memory.sent().target(), "/v1/messages?userId=u-1");
    assert_eq!(&memory.sent().body[..], br#"{"text":"x"}"#);
}
