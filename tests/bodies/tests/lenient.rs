//! A list that a service sends as its one item is a list of one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shapes;
use clientwright_runtime::Blocking;
use support::Memory;

fn client(memory: &Memory) -> shapes::Client<Blocking> {
    shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

#[test]
fn one_value_where_a_list_was_promised() {
    let one = r#"{"users":{"id":"u-1","name":"Ada"},"tags":"a","at":1769817600,"none":3}"#;
    let list = r#"{"users":[{"id":"u-1","name":"Ada"}],"tags":["a"],"at":[1769817600],"none":[3]}"#;
    let read = client(&Memory::json(200, one)).lenient().get().send().unwrap();
    assert_eq!(read, client(&Memory::json(200, list)).lenient().get().send().unwrap());
    assert_eq!(read.users[0].name, "Ada");
    let memory = Memory::json(200, "");
    client(&memory).lenient().put(read).send().unwrap();
    assert_eq!(std::str::from_utf8(&memory.sent().body).unwrap(), list, "a list is sent");
}

#[test]
fn nothing_stays_nothing() {
    let read = client(&Memory::json(200, r#"{"users":[],"tags":null,"none":null}"#));
    let read = read.lenient().get().send().unwrap();
    assert_eq!((read.users.len(), read.tags, read.none.len()), (0, None, 0));
}

#[test]
fn what_is_neither_is_an_error() {
    let read = client(&Memory::json(200, r#"{"users":[{"id":"u-1"}]}"#)).lenient().get().send();
    let error = read.unwrap_err().to_string();
    assert!(error.contains("at `$.users[0]`: missing member `name`"), "{error}");
}
