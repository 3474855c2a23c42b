//! The defaults that docs/runtime.md lists: what a client does by itself is measured, and the page has to say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, AuthScheme, Builder, Call, Client, DecodeError, Method, Provider, Request, Retry,
    Server,
};
use std::convert::Infallible;
use std::time::Duration;
use support::{Said, Script, ready};

const OK: Said<'_> = Said::Answers(200, &[], "fine");
const BUSY: Said<'_> = Said::Answers(503, &[], "busy");

struct Sample;

impl Provider for Sample {
    const NAME: &'static str = "sample";
    const SERVERS: &'static [Server] = &[
        Server { name: "main", url: "https://example.com" },
        Server { name: "other", url: "https://other.example.com" },
    ];
    const AUTH: &'static [AuthScheme] = &[];
    const HEADERS: &'static [(&'static str, &'static str)] = &[("Api-Version", "3")];
}

#[derive(Clone)]
struct Read;

impl Request for Read {
    type Provider = Sample;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method = Method::get("sample.read", "/read");

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

/// A client with its defaults but for what is set, over a script.
fn client(script: &Script, set: impl FnOnce(&mut Builder<Sample>)) -> Client {
    let mut builder = Builder::default();
    builder.transport(script.clone());
    builder.clock(script.clone());
    set(&mut builder);
    builder.build().unwrap()
}

/// Whether a call is a success.
fn succeeds(client: &Client) -> bool {
    ready(Box::pin(Call::new(client, Read).send())).is_ok()
}

/// What is sent for a call to which the service answers so again and again.
fn sent(said: Said<'_>, set: impl FnOnce(&mut Builder<Sample>)) -> Script {
    let script = Script::new([said; 100]);
    succeeds(&client(&script, set));
    script
}

/// The whole page, and what a table of it says about this in its second column.
fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/runtime.md");
    std::fs::read_to_string(path).unwrap()
}

#[track_caller]
fn is_documented(what: &str, figure: &str) {
    let page = page();
    let row = page.lines().find_map(|line| line.strip_prefix(&format!("| {what} | ")));
    let row = row.unwrap_or_else(|| panic!("no row about `{what}`"));
    let said = row.split(" | ").next().unwrap();
    assert!(said.starts_with(figure), "{what}: the page says `{said}`, it is `{figure}`");
}

#[test]
fn the_time_of_an_attempt() {
    let time = sent(OK, |_| ()).sent()[0].timeout.unwrap();
    is_documented(
        "time of an attempt",
        &format!("{} s, unless a time for the call", time.as_secs()),
    );
    // Which is then that of the attempt, too.
    let long = Duration::from_secs(240);
    assert_eq!(sent(OK, |builder| builder.timeout(long)).sent()[0].timeout, Some(long));
}

/// The transports have unit tests for it: ten seconds of a machine are too many here.
#[test]
fn the_time_to_connect() {
    is_documented("time to connect", "10 s");
}

#[test]
fn how_often_a_call_is_sent() {
    let attempts = sent(BUSY, |_| ()).sent().len();
    is_documented("attempts", &format!("{attempts}, the last one begun within a minute"));
    for (millis, attempts) in [(59_500, 2), (59_800, 1)] {
        let mut script = Script::new([BUSY; 3]);
        script.takes = Duration::from_millis(millis);
        // Awaited, a script answers without being waited for, which takes no time of the call.
        let mut builder = Builder::<Sample>::default();
        builder.blocking_transport(script.clone());
        builder.clock(script.clone());
        let client = builder.build_blocking().unwrap();
        assert!(Call::new(&client, Read).send().is_err());
        assert_eq!(script.sent().len(), attempts, "answers take {millis} ms");
    }
}

#[test]
fn how_long_is_waited_before() {
    let patient = Retry::default().attempts(12).total(Duration::from_secs(3600));
    let waits = sent(BUSY, |builder| builder.retry(patient)).waits();
    // Chance says the middle each time.
    let (first, longest) = (2 * waits[0], 2 * *waits.last().unwrap());
    assert_eq!(2 * waits[1], 2 * first);
    let (first, longest) = (first.as_secs_f64(), longest.as_secs());
    let figure = format!("random, up to {first} s, then doubling up to {longest} s");
    is_documented("wait before the second attempt", &figure);
}

#[test]
fn how_many_retries_all_calls_share() {
    const CALLS: usize = 15;
    let failing = [BUSY; 3 * CALLS];
    let script = Script::new(failing);
    let one = client(&script, |_| ());
    assert!((0..CALLS).all(|_| !succeeds(&one)));
    let retries = script.sent().len() - CALLS;
    let figure = format!("{retries}, and one more for ten successes");
    is_documented("retries of all calls together in an outage", &figure);
    for (successes, attempts) in [(9, 1), (10, 2)] {
        let answers: Vec<_> = failing[..CALLS + retries].to_vec();
        let script = Script::new([answers, vec![OK; successes], vec![BUSY; 2]].concat());
        let one = client(&script, |_| ());
        assert!((0..CALLS).all(|_| !succeeds(&one)));
        assert!((0..successes).all(|_| succeeds(&one)));
        let before = script.sent().len();
        assert!(!succeeds(&one));
        assert_eq!(script.sent().len() - before, attempts, "after {successes} successes");
    }
}

#[test]
fn after_which_answers_a_call_is_sent_again() {
    let again = |status: &u16| sent(Said::Answers(*status, &[], ""), |_| ()).sent().len() > 1;
    let statuses: Vec<String> = (200..600).filter(again).map(|status| status.to_string()).collect();
    let (last, others) = statuses.split_last().unwrap();
    let (page, others) = (page(), others.join(", "));
    assert!(page.contains(&format!("({others} and {last} unless it says")), "{statuses:?}");
    // Of token endpoints, which the conformance suite tries.
    assert!(page.contains(&format!("{others} or {last} is asked")), "{statuses:?}");
}

#[test]
fn what_is_held_of_an_answer() {
    let bytes = sent(OK, |_| ()).sent()[0].max_answer;
    is_documented("largest answer held in memory", &format!("{} MiB", bytes >> 20));
    assert_eq!(bytes % (1 << 20), 0);
}

#[test]
fn where_to_and_in_whose_name() {
    let sent = sent(OK, |_| ()).sent().remove(0);
    is_documented("address of the service", "the first server of the specification");
    assert_eq!(sent.url, "https://example.com/read");
    is_documented("`User-Agent`", "`clientwright/VERSION (PROVIDER)`");
    let agent = concat!("clientwright/", env!("CARGO_PKG_VERSION"), " (sample)");
    assert_eq!(sent.headers["user-agent"], agent);
    is_documented("further headers", "those of the specification");
    assert_eq!(sent.headers["api-version"], "3");
}

#[test]
fn unencrypted_addresses_are_of_this_machine() {
    is_documented("addresses with `http://`", "this machine only");
    let builds = |url: &str, allowed: bool| {
        let mut builder = Builder::<Sample>::default();
        builder.transport(Script::new([]));
        builder.base_url(url);
        if allowed {
            builder.allow_http();
        }
        builder.build().is_ok()
    };
    assert!(builds("http://localhost:8080", false) && builds("http://127.0.0.1", false));
    assert!(!builds("http://example.com", false) && builds("http://example.com", true));
}
