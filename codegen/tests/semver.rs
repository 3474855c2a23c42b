//! The verdict of `clientwright diff` on a change against that of cargo-semver-checks on the generated crates, as
//! `cargo xtask semver` has noted it in `tests/semver/verdicts.txt`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows tests, and not their helpers")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright_codegen::diff::{Bump, Diff};
use clientwright_codegen::{diff_of, load};

/// Where `diff` asks for more than the tool finds, and why the tool cannot know.
const UNDECIDED: &[(&str, &str)] = &[
    ("answer_may_be_missing", "it does not compare the types that methods give"),
    ("member_made_required", "it does not compare the types of fields"),
    ("member_of_another_type", "it does not compare the types of fields"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semver")
}

fn diff(case: &str) -> Diff {
    let side = |side: &str| load::load(&root().join(case).join(side)).unwrap();
    diff_of(side("old.yaml"), side("new.yaml")).unwrap()
}

/// Name, verdict and lints of each change.
fn verdicts() -> Vec<(String, Option<Bump>, String)> {
    let text = fs::read_to_string(root().join("verdicts.txt")).unwrap();
    let line = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let name = words.next().unwrap().to_owned();
        let verdict = match words.next().unwrap() {
            "major" => Some(Bump::Major),
            "minor" => Some(Bump::Minor),
            "none" => None,
            other => panic!("{other}"),
        };
        (name, verdict, words.next().unwrap_or_default().to_owned())
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

#[test]
fn every_change_has_a_verdict() {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let folders: BTreeSet<String> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = verdicts().into_iter().map(|(name, ..)| name).collect();
    assert_eq!(folders, known, "run `cargo xtask semver`");
    assert!(known.len() >= 15);
}

#[test]
fn verdicts_agree_where_the_tool_can_decide() {
    let mut wrong = Vec::new();
    for (name, tool, lints) in verdicts() {
        let found = diff(&name);
        let ours = found.bump();
        let undecided = UNDECIDED.iter().any(|(case, _)| *case == name);
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
