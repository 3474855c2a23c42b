//! docs/runtime.md says what shows each of its promises. All of that has to be there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;

const HEADING: &str = "\n## What shows it\n";

/// The rows of the table, each as what is promised and what stands between backticks beside it.
fn rows(text: &str) -> Vec<(&str, Vec<&str>)> {
    let (_, section) = text.split_once(HEADING).expect("the table has another heading");
    let lines = section.lines().filter_map(|line| line.strip_prefix("| "));
    // The first two lines name the columns.
    let rows = lines.skip(2).map(|line| line.split_once(" | ").expect("a row of two columns"));
    rows.map(|(what, shown)| (what, shown.split('`').skip(1).step_by(2).collect())).collect()
}

/// Whether a file of Rust has a test of this name, or another text that is no name.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declares = |line: &str| {
        let rest = line.split_once("fn ").and_then(|(_, rest)| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with('('))
    };
    let is_test = |at: usize| {
        let before = lines[..at].iter().rev().take_while(|line| line.starts_with("#["));
        let before: Vec<_> = before.collect();
        let ignored = before.iter().any(|line| line.starts_with("#[ignore"));
        before.iter().any(|line| line.ends_with("test]")) && !ignored
    };
    (0..lines.len()).any(|at| declares(lines[at]) && is_test(at))
}

/// What is missing of `place: name`, if anything is.
fn missing(root: &Path, shown: &str) -> Option<String> {
    let Some((place, name)) = shown.split_once(": ") else {
        return Some(format!("`{shown}` names no place"));
    };
    let is_file = place.contains('/') || place.contains('.');
    let path =
        if is_file { place.to_owned() } else { format!("tests/conformance/cases/{place}.yaml") };
    let Ok(text) = fs::read_to_string(root.join(&path)) else {
        return Some(format!("there is no {path}"));
    };
    let is_there = if !is_file {
        text.lines().any(|line| line.strip_prefix("  - name: ") == Some(name))
    } else if path.contains("/tests/") || path.starts_with("runtime/src") {
        has_test(&text, name)
    } else if text.contains(&format!("fn {name}(")) {
        // A function of a task shows nothing unless somebody calls it.
        has_test(&text, name) || text.matches(name).count() > 1
    } else {
        text.contains(name)
    };
    if !is_there {
        return Some(format!("{path} has no `{name}`"));
    }
    let feature = left_out(root, &path)?;
    Some(format!("{path} is never run: nothing turns on `{feature}`"))
}

/// The feature that a test of the runtime wants and that neither a crate of the workspace nor a step of
/// `cargo xtask ci` turns on: without it cargo leaves the test out, and says nothing.
fn left_out(root: &Path, path: &str) -> Option<String> {
    let name = path.strip_prefix("runtime/tests/")?.strip_suffix(".rs")?;
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let manifest = read(&root.join("runtime/Cargo.toml"));
    let (_, wants) = manifest
        .split_once(&format!("name = \"{name}\"\n"))?
        .1
        .lines()
        .next()?
        .split_once("required-features = [\"")?;
    let feature = wants.trim_end_matches("\"]");
    let crates = fs::read_dir(root.join("tests")).unwrap();
    let manifests = crates.map(|one| one.unwrap().path().join("Cargo.toml"));
    let turned_on = manifests.filter(|path| path.exists()).any(|path| {
        let uses = |line: &str| line.starts_with("clientwright-runtime = {");
        let on = format!("\"{feature}\"");
        read(&path).lines().any(|line| uses(line) && line.contains(&on))
    });
    let steps: String = read(&root.join("xtask/src/ci.rs")).split_whitespace().collect();
    let step = format!("\"--features\",\"{feature}\",\"--test\",\"{name}\"");
    (!turned_on && !steps.contains(&step)).then(|| feature.to_owned())
}

#[test]
fn what_is_not_run_shows_nothing() {
    let of = |attributes: &str| has_test(&format!("{attributes}\nfn one() {{}}\n"), "one");
    assert!(of("#[test]") && of("#[tokio::test]"));
    assert!(!of("#[test]\n#[ignore]") && !of("#[ignore = \"slow\"]\n#[test]") && !of(""));
}

#[test]
fn what_is_promised_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/runtime.md")).unwrap();
    let rows = rows(&text);
    let mut wrong = Vec::new();
    for (what, shown) in &rows {
        if shown.is_empty() {
            wrong.push(format!("{what}: nothing shows it"));
        }
        wrong.extend(shown.iter().filter_map(|one| missing(&root, one)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(rows.len() > 60, "{} rows", rows.len());
}

#[test]
fn what_wants_a_feature_is_run_with_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let of = |name: &str| left_out(&root, &format!("runtime/tests/{name}.rs"));
    assert_eq!([of("spans"), of("testing"), of("calls")], [None, None, None]);
    // Only a feature of the generated crate turns it on, which is not looked for.
    assert_eq!(of("webhook_service").as_deref(), Some("tower"));
}

#[test]
fn what_is_not_there_is_missed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (shown, is_there) in [
        ("retries: a busy service is asked again", true),
        ("retries: a busy service is asked", false),
        ("elsewhere: a busy service is asked again", false),
        ("runtime/tests/shown.rs: what_is_not_there_is_missed", true),
        ("runtime/tests/shown.rs: what_is_not_there", false),
        // A function, but no test.
        ("runtime/tests/shown.rs: missing", false),
        ("runtime/tests/gone.rs: missing", false),
        ("nothing", false),
    ] {
        assert_eq!(missing(&root, shown).is_none(), is_there, "{shown}");
    }
}
