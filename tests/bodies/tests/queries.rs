//! Parameters arrive in the style that the specification gives them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::depot::{self, models::*};
use clientwright_runtime::{Blocking, Map};
use support::Memory;

fn client(memory: &Memory) -> depot::Client<Blocking> {
    depot::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

#[test]
fn styles() {
    let memory = Memory::json(200, "");
    let inner = Filter::new().ids(vec![3]);
    let filter = Filter::new()
        .identities_email("a&b@c.d")
        .ids(vec![1, 2])
        .since("2026-01-31T00:00:00Z".parse::<clientwright_runtime::DateTime>().unwrap())
        .made(inner);
    let names: Map<String> = [("x y".to_owned(), "z".to_owned())].into_iter().collect();
    client(&memory)
        .queries()
        .find("a/b", "s;1")
        .page_size(5)
        .filter(filter)
        .names(names)
        .plain(vec![Colour::Red, Colour::DarkBlue])
        .again(vec![1, 2])
        .commas(vec![Colour::Red, Colour::DarkBlue])
        .spaces(vec!["a".to_owned(), "b,c".to_owned()])
        .bars(vec![
            "2026-01-31T00:00:00Z".parse().unwrap(),
            "2026-02-01T00:00:00Z".parse().unwrap(),
        ])
        .joined(vec![1, 2])
        .theme(Colour::DarkBlue)
        .send()
        .unwrap();
    let sent = memory.sent();
    let (path, query) = sent.target().split_once('?').unwrap();
    assert_eq!(path, "/v1/shelves/a%2Fb/items");
    let query = query.replace("%5B", "[").replace("%5D", "]");
    let pairs: Vec<&str> = query.split('&').collect();
    assert_eq!(
        pairs,
        [
            "page[size]=5",
            "filter[identities.email]=a%26b%40c.d",
            "filter[ids]=1",
            "filter[ids]=2",
            "filter[since]=1769817600",
            "filter[made][ids]=3",
            "names[x%20y]=z",
            "plain=red",
            "plain=dark%20blue",
            "again=1",
            "again=2",
            "commas=red,dark%20blue",
            "spaces=a%20b%2Cc",
            "bars=2026-01-31T00%3A00%3A00Z%7C2026-02-01T00%3A00%3A00Z",
            "joined=1,2",
            "access=public",
            "version=2",
        ]
    );
    assert_eq!(sent.headers["x-kind"], "depot");
    assert_eq!(sent.headers["cookie"], "session=s%3B1; theme=dark%20blue; consent=given");
}

#[test]
fn constants_are_sent_without_being_asked_for() {
    let memory = Memory::json(200, "");
    client(&memory).queries().ping().send().unwrap();
    assert_eq!(memory.sent().target(), "/v1/ping?probe=1");
}
