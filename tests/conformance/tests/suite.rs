//! The suite itself: how large it is, and that its cases can fail.

use clientwright_conformance::{Mode, cases, run};
use std::path::Path;

/// What each of the cases in `wrong/` fails with.
const WRONG: &[(&str, &[&str])] = &[
    (
        "another target",
        &["request 1: expected `GET /texts/b HTTP/1.1`, came `GET /texts/a HTTP/1.1`"],
    ),
    (
        "another header",
        &[
            "header `accept`: expected [\"text/html\"], came [\"application/json\"]",
            "header `api-version`: expected []",
        ],
    ),
    ("another body", &["body: expected `b`, came `a`"]),
    ("other parts", &["parts: expected [], came [", "filename: Some("]),
    ("a request too few", &["request 2 did not come: GET /second"]),
    (
        "a request too many",
        &["nobody expected", "came the error", "the case does not know of: GET /fixed/path"],
    ),
    (
        "another value",
        &["value: expected {\"id\":\"a\",\"title\":\"c\"}, came {\"id\":\"a\",\"title\":\"b\"}"],
    ),
    ("a success in place of an error", &["expected an error, came the value null"]),
    (
        "an error in place of a success",
        &["expected a success, came the error `desk.paths.fixed: 418"],
    ),
    (
        "another error",
        &[
            "error.kind: expected \"service\", came \"status\"",
            "error.status: expected 404, came 418",
            "error.attempts: expected 2, came 1",
            "error.is_retryable: expected true, came false",
            "error.display: expected with `teapots`",
            "error.debug: expected without `Status`",
        ],
    ),
    (
        "another answer",
        &[
            "answer.status: expected 200, came 204",
            "answer.headers.x-a: expected \"2\", came \"1\"",
        ],
    ),
    ("other waits", &["waits: expected [8s], came [7s]"]),
    ("waits that nobody expects", &["waits: expected [], came [7s]"]),
    ("a secret that is shown", &["the secret `open sesame` is shown in"]),
    ("something for another server", &["foreign server: request 1 did not come: GET /other"]),
    ("another number of connections", &["expected 2 connections, came 1"]),
    ("a second step that differs", &["step 2: value: expected 7, came null"]),
    (
        "a token that is not saved",
        &["saved tokens: expected [Object {\"access\": String(\"x\")}], came []"],
    ),
    (
        "another drift",
        &[
            "drift: expected [{\"at\":\"$.new\",\"holds\":\"string\"}], came [{\"at\":\"$.new\",\"holds\":\"int64\"",
            "the report on drift lacks the line `      new?: string`",
        ],
    ),
    ("another piece of a stream", &["value: expected [{\"text\":\"b\"}], came [{\"text\":\"a\"}]"]),
    ("a stream that ends well", &["expected an error, came the value \"PK\""]),
    ("a stream of what is none", &["`paths.fixed` gives nothing bit by bit"]),
    (
        "a key that does not exist",
        &["cannot be run: unknown field `cal`", "beside them a case has name, why, spec"],
    ),
    ("a key of a reply that does not exist", &["cannot be run: unknown field `code`"]),
    ("a fact that does not exist", &["`error` has no `statuscode`, but"]),
    ("an argument that does not exist", &["the argument `text` is missing, beside txt"]),
    ("an argument too many", &["the method has no argument `text`"]),
    ("a method that does not exist", &["has no method `paths.txt`, but ", "paths.text, "]),
    ("a setting that does not exist", &["the builder has no method `timeouts`, but"]),
    ("a time without a unit", &["cannot be run: `5` is no length of time such as `150ms`"]),
    ("a limit of time that is kept too late", &["ended after ", "expected within 10ms"]),
    (
        "a limit of time that may be kept as late as it likes",
        &["cannot be run: a limit of time in `real_time` says with `within` how late it may end"],
    ),
    (
        "a limit of time that is told by another fact and may be kept as late as it likes",
        &["cannot be run: a limit of time in `real_time` says with `within` how late it may end"],
    ),
    ("pages that are asked for too early", &["answer.asked: expected [2,2,2,3], came [2,3,3,4]"]),
    ("nothing to compare", &["a step says what comes of it"]),
];

#[test]
fn wrong_cases_fail_and_say_what_is_wrong() {
    let known = cases("wrong", "wrong").unwrap();
    let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
    let listed: Vec<&str> = WRONG.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed);
    for ((name, expected), (_, async_only)) in WRONG.iter().zip(&known) {
        let modes = [Mode::Awaited, Mode::Blocking];
        for mode in &modes[..if *async_only { 1 } else { 2 }] {
            let message = run("wrong", "wrong", name, *mode).expect_err(name);
            for part in *expected {
                assert!(
                    message.contains(part),
                    "{name} ({mode:?}): `{part}` is not in:\n{message}"
                );
            }
        }
    }
}

/// Cases are for both clients, or for the asynchronous one where only that can do it. There is no way to leave
/// one out.
#[test]
fn there_are_enough_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let (mut both, mut asynchronous) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let cases = cases("cases", stem).unwrap();
        let only = cases.iter().filter(|(_, only)| *only).count();
        println!(
            "{stem}: {} by both clients, {only} by the asynchronous one alone",
            cases.len() - only
        );
        both += cases.len() - only;
        asynchronous += only;
    }
    println!("all: {both} by both clients, {asynchronous} by the asynchronous one alone");
    assert!(both >= 600, "{both} cases");
}
