//! `clientwright explain`

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use support::{Temp, run};

#[test]
fn a_code_is_explained_in_any_case() {
    let temp = Temp::new("explain-one");
    let upper = run(&temp, ["explain", "E0107"]);
    assert_eq!((upper.code, upper.err.as_str()), (0, ""));
    assert!(upper.out.starts_with("E0107: a key that stands twice\n\n"), "{}", upper.out);
    assert_eq!(run(&temp, ["explain", "e0107"]).out, upper.out);
}

#[test]
fn without_a_code_all_are_listed_in_order() {
    let temp = Temp::new("explain-all");
    let run = run(&temp, ["explain"]);
    assert_eq!(run.code, 0);
    let ids: Vec<_> = run.out.lines().filter_map(|line| line.split_once("  ")).collect();
    assert!(ids.len() > 20 && ids.is_sorted(), "{}", run.out);
    assert_eq!(ids.len(), run.out.lines().count());
}

#[test]
fn an_unknown_code_is_wrong_usage_with_a_suggestion() {
    let temp = Temp::new("explain-unknown");
    let run = run(&temp, ["explain", "E017"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no code `E017`; did you mean `E01"), "{}", run.err);
}
