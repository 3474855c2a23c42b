//! The verdict of `clientwright diff` on a change against that of cargo-semver-checks on the generated crates, as
//! `cargo xtask semver` has noted it in `tests/semver/verdicts.txt`. Each change is looked at in both directions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows tests, and not their helpers")]

#[path = "semver/changes.rs"]
mod changes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clientwright_codegen::diff::{Bump, Diff};
use clientwright_codegen::diff_of;
use clientwright_codegen::source::Source;

/// Where `diff` asks for more than the tool finds, and why the tool cannot know. A name behind `not` is a change taken back.
const UNDECIDED: &[(&str, &[&str])] = &[
    (
        "it does not compare the types of fields",
        &[
            "given_another_type",
            "member_null_or_absent",
            "member_of_a_link",
            "member_of_a_wider_type",
            "member_of_another_type",
            "member_required_in_answer",
            "member_sensitive",
            "not given_another_type",
            "not member_null_or_absent",
            "not member_of_a_wider_type",
            "not member_of_another_type",
            "not member_required_in_answer",
            "not member_sensitive",
            "not number_of_another_width",
            "number_of_another_width",
        ],
    ),
    (
        "it does not compare the types that methods and variants take, hold and give",
        &[
            "answer_as_events",
            "answer_may_be_missing",
            "answer_of_another_type",
            "credentials_for_tokens_of_users",
            "error_of_another_type",
            "kind_of_answer_of_another_type",
            "member_write_only",
            "not answer_as_events",
            "not answer_may_be_missing",
            "not answer_of_another_type",
            "not error_of_another_type",
            "not errors_become_one",
            "not kind_of_answer_of_another_type",
            "not member_write_only",
            "not parameter_of_an_id",
            "not variant_of_another_model",
            "parameter_of_an_id",
            "several_answers",
            "several_bodies",
            "variant_in_a_box",
            "variant_of_another_model",
        ],
    ),
    (
        "it does not follow other names for types",
        &[
            "alias_of_another_type",
            "events_in_a_list",
            "not alias_of_another_type",
            "not events_in_a_list",
            "not id_becomes_uuid",
        ],
    ),
    (
        "it does not look for impls of traits that the crate does not define",
        &[
            "alternative_of_a_known_type",
            "answer_in_base64",
            "not answer_as_lines",
            "variant_of_a_known_type",
        ],
    ),
    (
        "it knows what compiles, and not that a client cannot be built",
        &["client_parameter_required", "client_parameter_without_default"],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semver")
}

fn diff(old: &str, new: &str) -> Diff {
    let side = |text: &str| vec![Source { name: "demo.yaml".to_owned(), text: text.to_owned() }];
    diff_of(side(old), side(new)).unwrap_or_else(|reports| panic!("{}", reports[0]))
}

/// A change or its reverse, by name, with what it asks for and what `diff` says.
struct Told {
    name: String,
    asks: String,
    found: Diff,
}

static TOLD: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let (base, changes) = changes::read(&root()).unwrap();
    let both = |change: changes::Change| {
        let changes::Change { name, asks: [there, back], text } = change;
        let reverse = format!("not {name}");
        [
            Told { name, asks: there, found: diff(&base, &text) },
            Told { name: reverse, asks: back, found: diff(&text, &base) },
        ]
    };
    changes.into_iter().flat_map(both).collect()
});

/// Name, verdict and lints of each change.
fn verdicts() -> Vec<(String, Option<Bump>, String)> {
    let text = fs::read_to_string(root().join("verdicts.txt")).unwrap();
    let line = |line: &str| {
        let (name, verdict) = line.split_once(": ").unwrap();
        let (verdict, lints) = verdict.split_once(' ').unwrap_or((verdict, ""));
        let verdict = match verdict {
            "major" => Some(Bump::Major),
            "minor" => Some(Bump::Minor),
            "none" => None,
            other => panic!("{other}"),
        };
        (name.to_owned(), verdict, lints.to_owned())
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

#[test]
fn every_change_has_a_verdict() {
    let told: Vec<String> = TOLD.iter().map(|told| told.name.clone()).collect();
    let known: Vec<String> = verdicts().into_iter().map(|(name, ..)| name).collect();
    assert_eq!(told, known, "run `cargo xtask semver`");
    assert!(known.len() >= 200);
    let names: BTreeSet<&String> = known.iter().collect();
    assert_eq!(names.len(), known.len(), "a name twice");
}

#[test]
fn every_change_asks_for_what_its_code_shows() {
    let mut wrong = Vec::new();
    for Told { name, asks, found } in TOLD.iter() {
        let ours = found.bump().map_or("none".to_owned(), |bump| bump.to_string());
        if ours != *asks {
            wrong.push(format!("{name}: {ours} in place of {asks}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn verdicts_agree_where_the_tool_can_decide() {
    let mut wrong = Vec::new();
    for (Told { name, found, .. }, (_, tool, lints)) in TOLD.iter().zip(verdicts()) {
        let ours = found.bump();
        let undecided = UNDECIDED.iter().any(|(_, names)| names.contains(&name.as_str()));
        // Additions ask for a minor version by the rules of cargo; the tool is about what breaks.
        let agrees = match tool {
            Some(Bump::Major) => ours == Some(Bump::Major),
            Some(_) => ours == Some(Bump::Minor),
            None => ours != Some(Bump::Major),
        };
        if agrees == undecided {
            wrong.push(format!("{name}: {ours:?}, the tool says {tool:?} {lints}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
