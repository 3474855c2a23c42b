//! Groups that others link to are there although their own features are off: see `Cargo.toml`.
#![cfg(not(any(feature = "linked-tracks", feature = "linked-covers", feature = "linked-extras")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::linked::{self, Client};
use clientwright_runtime::Blocking;
use support::{Said, Script};

fn client(answers: [&'static str; 2]) -> Client<Blocking> {
    let script = Script::new(answers.map(|body| Said::Answers(200, &[], body)));
    let builder = linked::builder().blocking_transport(script.clone()).clock(script);
    builder.build_blocking().unwrap()
}

#[test]
fn a_group_that_a_model_links_to() {
    let client = client([
        r#"[{ "name": "Blue", "first": "https://linked.example/tracks/7" }]"#,
        r#"{ "title": "Seven" }"#,
    ]);
    let albums = client.lists().albums().send().unwrap();
    let track = client.follow(albums[0].first.as_ref().unwrap()).send().unwrap();
    assert_eq!(track.title, "Seven");
    // The group itself, without its feature.
    let _ = client.tracks();
}

#[test]
fn a_group_that_a_method_links_to() {
    let client = client([r#"["https://linked.example/covers/7"]"#, "\u{1}"]);
    let covers = client.lists().covers().send().unwrap();
    assert_eq!(client.follow(&covers[0]).send().unwrap().as_ref(), b"\x01");
    let _ = client.covers();
}
