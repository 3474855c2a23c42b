//! Links are followed as calls of their method, to the servers of the client only; errors that are unions say
//! what their variant says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shapes::links::{User as GetUser, UserError};
use bodies_tests::shapes::{self, models::*};
use clientwright_runtime::{Blocking, ErrorKind, Link};
use support::{Memory, Said as Says, Script, ready};

fn client(memory: &Memory) -> shapes::Client<Blocking> {
    shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

const USER: &str = r#"{"id":"u-1","name":"Ada"}"#;
const ADDRESS: &str = "https://shapes.example.com/v2/people/7?deep=true";

#[test]
fn links_of_an_answer_are_calls() {
    let list = format!(r#"{{"users":["{ADDRESS}","/v1/users/u-2","/v1/users/u-3?deep=1"]}}"#);
    let script = Script::new([
        Says::Answers(200, &[], &list),
        Says::Answers(200, &[], USER),
        Says::Answers(204, &[], ""),
        Says::Answers(404, &[], r#"{"kind":"refused","reason":"not yours"}"#),
    ]);
    let client = shapes::builder().blocking_transport(script.clone()).build_blocking().unwrap();
    let links = client.links().list().send().unwrap().users;
    assert_eq!(links[0].as_str(), ADDRESS);
    let user = client.follow(&links[0]).with_header("x-trace", "t-1").send().unwrap();
    assert_eq!(user.unwrap().name, "Ada");
    assert_eq!(client.follow(&links[1]).send().unwrap(), None);
    let error = client.follow(&links[2]).send().unwrap_err();
    assert!(matches!(error.service(), Some(UserError::NotFound(Problem::Refused(_)))), "{error:?}");
    assert_eq!(
        script.targets(),
        ["/v1/links", "/v2/people/7?deep=true", "/v1/users/u-2", "/v1/users/u-3?deep=1"]
    );
    assert_eq!(script.sent()[1].headers["x-trace"], "t-1");
}

#[test]
fn a_link_is_awaited_like_any_call() {
    let memory = Memory::json(200, USER);
    let client = shapes::builder().transport(memory.clone()).build().unwrap();
    let link: Link<GetUser> = ADDRESS.into();
    assert_eq!(ready(client.follow(&link)).unwrap().unwrap().id.as_str(), "u-1");
    assert_eq!(memory.sent().target(), "/v2/people/7?deep=true");
}

#[test]
fn nothing_is_sent_to_other_hosts() {
    for address in [
        "https://evil.example/v1/users/u-1",
        "//evil.example/v1/users/u-1",
        "http://shapes.example.com/v1/users/u-1",
        "https://shapes.example.com@evil.example/",
        "https://shapes.example.com.evil.example/",
        "file:///etc/passwd",
        "https://shapes.example.com/a b",
        "",
    ] {
        let memory = Memory::json(200, USER);
        let error = client(&memory).follow(&Link::<GetUser>::from(address)).send().unwrap_err();
        assert_eq!((error.kind(), memory.count()), (ErrorKind::Build, 0), "{address}");
        assert!(error.to_string().contains("the link"), "{error}");
        assert!(!error.to_string().contains("evil"), "{error}");
    }
}

#[test]
fn nothing_is_sent_where_the_user_is_not_known() {
    for address in ["?deep=1", "u-2", "../users/u-2"] {
        let memory = Memory::json(200, USER);
        let error = client(&memory).follow(&Link::<GetUser>::from(address)).send().unwrap_err();
        assert_eq!((error.kind(), memory.count()), (ErrorKind::Build, 0), "{address}");
        assert!(error.to_string().contains("the link is relative to a path"), "{error}");
    }
}

#[test]
fn links_are_texts_on_the_wire() {
    let memory = Memory::json(200, r#"{"users":["x"]}"#);
    let linked: Linked =
        serde_json::from_str(r#"{"users":["a"],"whole":{"items":["c"]}}"#).unwrap();
    let back = client(&memory).links().send(linked.first(ADDRESS)).send().unwrap();
    assert_eq!(back[0].to_string(), "x");
    let sent = format!(r#"{{"users":["a"],"first":"{ADDRESS}","whole":{{"items":["c"]}}}}"#);
    assert_eq!(std::str::from_utf8(&memory.sent().body).unwrap(), sent);
}

#[test]
fn unions_say_what_their_variant_says() {
    let message = |status: u16, body: &str| {
        let error = client(&Memory::json(status, body)).links().user("u-1").send().unwrap_err();
        error.to_string()
    };
    for (status, body, text) in [
        (404, r#"{"kind":"refused","reason":"not yours"}"#, "not yours"),
        (404, r#"{"kind":"gone","hints":[{"reason":"moved"},{"reason":"x"}]}"#, "moved"),
        (409, r#""in use""#, "in use"),
    ] {
        let shown = message(status, body);
        assert!(shown.contains(text), "{shown}");
    }
    let silent = message(404, r#"{"kind":"silent","code":7}"#);
    assert!(!silent.contains('7'), "{silent}");
    let problem = client(&Memory::json(500, r#"{"kind":"refused","reason":"tired"}"#));
    assert!(problem.links().problem().send().unwrap_err().to_string().contains("tired"));
}

#[test]
fn enums_and_ids_can_be_errors() {
    let error = |status, body: &str| {
        client(&Memory::json(status, body)).links().user("u-1").send().unwrap_err()
    };
    assert!(matches!(error(410, r#""lost""#).service(), Some(UserError::Gone(Reason::Lost))));
    let code = error(411, "7");
    assert!(matches!(code.service(), Some(UserError::LengthRequired(code)) if code.get() == 7));
}
