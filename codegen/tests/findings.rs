//! What holds for every finding about every fixture of `tests/ui`: the same text in each form, in the order of the
//! files, and changes that mend what they are offered for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows tests, and not their helpers")]

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clientwright_codegen::check;
use clientwright_codegen::diag::{Diagnostic, Patch, Report};
use clientwright_codegen::source::Source;
use fixtures::{Fixture, OK, fixtures};
use serde_json::Value;

/// All texts of a finding that a person reads.
fn texts(found: &Diagnostic) -> Vec<&str> {
    let mut texts = vec![found.message.as_str()];
    texts.extend(found.label.as_deref());
    texts.extend(found.related.iter().map(|(_, text)| text.as_str()));
    texts.extend(found.notes.iter().map(String::as_str));
    texts.extend(found.help.as_deref());
    texts
}

/// What a line of JSON says, in the same order.
fn texts_of_json(line: &Value) -> Vec<&str> {
    let mut texts = vec![line["message"].as_str().unwrap()];
    texts.extend(line["label"].as_str());
    let related = line["related"].as_array().unwrap();
    texts.extend(related.iter().map(|related| related["message"].as_str().unwrap()));
    texts.extend(line["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()));
    texts.extend(line["help"].as_str());
    texts
}

#[test]
fn people_and_programs_are_told_the_same() {
    for Fixture { name, sources, .. } in fixtures() {
        let report = check(sources);
        let (human, json) = (report.human(false), report.json());
        let lines: Vec<Value> =
            json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), report.diagnostics.len(), "{name}");
        for (found, line) in report.diagnostics.iter().zip(&lines) {
            assert_eq!(line["code"], found.code.id, "{name}");
            assert_eq!(texts(found), texts_of_json(line), "{name}");
            assert_eq!(found.patch.is_some(), line["patch"].is_object(), "{name}");
            let place = report.sources.location(found.span);
            assert_eq!(line["file"], place.file, "{name}");
            assert_eq!(
                (&line["line"], &line["column"]),
                (&place.line.into(), &place.column.into())
            );
            assert!(human.contains(&format!("[{}]", found.code.id)), "{name}");
            for text in texts(found) {
                assert!(human.contains(text), "{name}: {text:?} is not in\n{human}");
            }
        }
    }
}

#[test]
fn findings_come_in_the_order_of_the_files() {
    for Fixture { name, sources, .. } in fixtures() {
        let report = check(sources);
        let places = report.diagnostics.iter().map(|found| (found.span.file, found.span.start));
        assert!(places.is_sorted(), "{name}");
        let mut all: Vec<_> = report.diagnostics.iter().collect();
        all.dedup();
        assert_eq!(all.len(), report.diagnostics.len(), "{name}: the same finding twice");
    }
}

/// The sources with one change made.
fn mended(sources: &[Source], report: &Report, patch: &Patch) -> Vec<Source> {
    let name = report.sources.name(patch.span.file);
    let mut sources = sources.to_vec();
    let file = sources.iter_mut().find(|source| source.name == name).unwrap();
    file.text.replace_range(patch.span.start as usize..patch.span.end as usize, &patch.text);
    sources
}

/// Whether something is found, in a line or anywhere.
fn is_found(report: &Report, one: &Diagnostic, line: Option<u32>) -> bool {
    report.diagnostics.iter().any(|found| {
        let place = report.sources.location(found.span);
        (found.code, &found.message) == (one.code, &one.message)
            && line.is_none_or(|line| line == place.line)
    })
}

/// A change that is offered mends what it is offered for, and breaks nothing else of the YAML or the structure.
#[test]
fn changes_mend() {
    let mut tried = 0;
    let mut wrong = Vec::new();
    for Fixture { name, sources, .. } in fixtures() {
        let report = check(sources.clone());
        for found in &report.diagnostics {
            let Some(patch) = &found.patch else { continue };
            tried += 1;
            let after = check(mended(&sources, &report, patch));
            let line = report.sources.location(found.span).line;
            if is_found(&after, found, Some(line)) {
                wrong.push(format!("{name}: `{}` stays\n{after}", found.message));
            }
            let grave = |one: &&Diagnostic| {
                one.code.id.starts_with("E01") || matches!(one.code.id, "E0203" | "E0301")
            };
            let mut grave = after.diagnostics.iter().filter(grave);
            if grave.any(|one| !is_found(&report, one, None)) {
                wrong.push(format!("{name}: mending `{}` gives\n{after}", found.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 150, "{tried} changes");
}

/// Fixtures of which every finding offers a change: all of them together leave nothing to say.
const MENDED_BY_CHANGES: [&str; 25] = [
    "newcomers/colons_in_values",
    "newcomers/files_as_a_whole",
    "newcomers/files_of_multipart",
    "newcomers/lists_as_mappings",
    "newcomers/methods_by_route",
    "newcomers/open_types_in_other_brackets",
    "newcomers/remarks_behind_types",
    "newcomers/schemas_in_place_of_types",
    "newcomers/statuses_in_lists",
    "newcomers/types_of_all_languages",
    "newcomers/words_in_braces",
    "parameters/address_of_a_server_with_a_path",
    "several/children_beside_their_key",
    "several/items_at_the_edge",
    "several/key_at_the_edge",
    "several/key_beside_its_item",
    "several/section_below_another",
    "several/sections_among_items",
    "structure/all_inside_of_a_key",
    "structure/lists_without_brackets",
    "structure/methods_inside_of_methods",
    "structure/methods_inside_of_models",
    "types/printed_quotes",
    "types/said_twice",
    "yaml/colon_behind_a_member",
];

#[test]
fn all_changes_together_end_clean() {
    let named = |fixture: &Fixture| MENDED_BY_CHANGES.contains(&fixture.name.as_str());
    let found: Vec<Fixture> = fixtures().into_iter().filter(named).collect();
    assert_eq!(found.len(), MENDED_BY_CHANGES.len());
    for Fixture { name, sources, .. } in found {
        let report = check(sources.clone());
        let changes = report.diagnostics.iter().rev().map(|found| found.patch.as_ref());
        let after = changes.fold(sources, |sources, patch| match patch {
            Some(patch) => mended(&sources, &report, patch),
            None => sources,
        });
        let after = check(after);
        assert!(after.diagnostics.is_empty(), "{name}\n{}", after.human(false));
    }
}

/// The cells of the tables under a heading of `docs/diagnostics.md`, a row each.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let lines = section.lines().filter(|line| line.starts_with("| "));
    // The first two are the names of the columns.
    lines
        .skip(2)
        .map(|line| {
            line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Whether a file of Rust has a test of this name, which is not skipped.
fn has_test(text: &str, name: &str) -> bool {
    let (plain, waiting) = (format!("fn {name}("), format!("async fn {name}("));
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_test = |at: usize| {
        let attributes = lines[..at].iter().rev().take_while(|line| line.starts_with("#["));
        let all: Vec<&&str> = attributes.collect();
        let skipped = all.iter().any(|line| line.starts_with("#[ignore"));
        !skipped && all.iter().any(|line| matches!(**line, "#[test]" | "#[tokio::test]"))
    };
    let mut named = lines.iter().enumerate();
    named.any(|(at, line)| (line.starts_with(&plain) || line.starts_with(&waiting)) && is_test(at))
}

/// The documentation names codes, specifications and tests: a specification beside a code is told it.
#[test]
fn what_is_documented_is_so() {
    let fixtures: BTreeMap<String, Fixture> =
        fixtures().into_iter().map(|fixture| (fixture.name.clone(), fixture)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rows = ["What is caught", "Rules", "Hostile input"].into_iter().flat_map(rows);
    let mut count = 0;
    for row in rows {
        let [what, codes, shown] = row.as_slice() else { panic!("three columns: {row:?}") };
        count += 1;
        let (mut told, mut files) = (BTreeSet::new(), Vec::new());
        for name in quoted(shown) {
            match fixtures.get(name) {
                Some(fixture) => {
                    let report = fixture.report();
                    assert!(fixture.family() != OK || !report.has_errors(), "{name}");
                    told.extend(report.diagnostics.iter().map(|found| found.code.id));
                }
                None => {
                    let (file, test) = name
                        .split_once("::")
                        .unwrap_or_else(|| panic!("{what}: `{name}` is no test"));
                    let text = fs::read_to_string(root.join(file));
                    let text = text.unwrap_or_else(|_| panic!("{what}: there is no `{file}`"));
                    assert!(has_test(&text, test), "{what}: `{file}` has no test `{test}`");
                    files.push(text);
                }
            }
        }
        assert!(!quoted(shown).is_empty(), "{what}: nothing shows it");
        for code in quoted(codes) {
            // Tests say it in words.
            let named = files.iter().any(|text| text.contains(code));
            assert!(named || told.contains(code), "{what}: nothing beside it is told {code}");
        }
    }
    assert!(count > 55, "{count} rows");
}
