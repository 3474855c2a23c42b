//! What passes `check` passes the schema, and the mistakes that a schema can know are refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::{Path, PathBuf};

use clientwright_codegen::diag::Severity;
use clientwright_codegen::source::Source;
use jsonschema::Validator;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn validator() -> Validator {
    jsonschema::validator_for(&serde_json::from_str(&clientwright_codegen::schema()).unwrap())
        .unwrap()
}

/// The file as an editor hands it to the schema: keys are texts.
fn value(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    // The reader of this test knows neither a byte-order mark nor old line ends.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    Some(json(serde_yaml::from_str(&text).ok()?))
}

fn json(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Mapping(entries) => {
            let text = |key: Yaml| match key {
                Yaml::String(text) => text,
                other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
            };
            Value::Object(
                entries.into_iter().map(|(key, value)| (text(key), json(value))).collect(),
            )
        }
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        other => serde_json::to_value(other).unwrap_or(Value::Null),
    }
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn every_good_specification_passes() {
    let validator = validator();
    let mut found = Vec::new();
    let of_tests =
        ["behaviour", "bodies", "conformance", "cost"].map(|it| format!("tests/{it}/specs"));
    for folder in ["specs", "codegen/tests/ui/ok"].map(str::to_owned).into_iter().chain(of_tests) {
        files(&root().join(folder), &mut found);
    }
    let mut failures = Vec::new();
    for path in found {
        let Some(value) = value(&path) else {
            failures.push(format!("{}: cannot be read", path.display()));
            continue;
        };
        for error in validator.iter_errors(&value) {
            failures.push(format!("{}: {error} at {}", path.display(), error.instance_path()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Unknown keys, missing keys and values of the wrong kind are for the schema too.
#[test]
fn mistakes_of_structure_are_refused() {
    let validator = validator();
    for text in [
        "clientwright: 2\n",
        "provider: { name: a }\n",
        "clientwright: 1\nmodel: {}\n",
        "clientwright: 1\nprovider: { title: A }\n",
        "clientwright: 1\nmodels: { A: { filds: {} } }\n",
        "clientwright: 1\nmodels: { A: { fields: { a: [string] } } }\n",
        "clientwright: 1\nmodels: { A: { fields: { a: { type: datetime, format: iso } } } }\n",
        "clientwright: 1\nmethods: { a.b: { http: GET /a } }\n",
        "clientwright: 1\nmethods: { a.b: { http: FETCH /a, returns: nothing } }\n",
        "clientwright: 1\nmethods: { a.b: { http: GET /a, returns: nothing, errors: { 9xx: A } } }\n",
        "clientwright: 1\nmethods: { a.b: { http: GET /a, returns: nothing, effect: safe } }\n",
    ] {
        let value = json(serde_yaml::from_str(text).unwrap());
        assert!(!validator.is_valid(&value), "{text}");
    }
}

/// What the schema is for: keys, kinds of values, and what goes together.
const STRUCTURE: [&str; 7] = ["E0201", "E0202", "E0203", "E0204", "E0205", "E0207", "E0210"];

/// Mistakes of structure that no schema can know, by a part of what is said about them.
const BEYOND: &[(&str, &str)] = &[
    ("no file of the specification has a `provider`", "another file may have it"),
    ("the specification has no `servers`", "another file may have them"),
    ("does not say how it authenticates", "its group or the defaults may"),
    ("has two names", "one of them stands inside the text of a type"),
];

/// A mistake in a fixture, or none, and whether the schema accepts the file.
struct Verdict {
    name: String,
    accepted: bool,
    errors: bool,
    structure: bool,
}

/// Every file of the fixtures that an editor can read, as a part of its specification.
fn verdicts() -> Vec<Verdict> {
    let validator = validator();
    let folder = root().join("codegen/tests/ui");
    let mut verdicts = Vec::new();
    let families = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let fixtures = families.flat_map(|family| std::fs::read_dir(family).unwrap());
    for path in fixtures.map(|entry| entry.unwrap().path()) {
        let mut paths = Vec::new();
        match path.is_dir() {
            true => files(&path, &mut paths),
            false => paths
                .extend(Some(path).filter(|path| path.extension().is_some_and(|it| it == "yaml"))),
        }
        let source = |path: &PathBuf| Source {
            name: path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        };
        let report = clientwright_codegen::check(paths.iter().map(source).collect());
        for path in &paths {
            let Some(value) = value(path) else { continue };
            let name = source(path).name;
            let here = report.diagnostics.iter().filter(|found| {
                found.severity == Severity::Error && report.sources.name(found.span.file) == name
            });
            let beyond = |message: &str| BEYOND.iter().any(|(part, _)| message.contains(part));
            verdicts.push(Verdict {
                accepted: validator.is_valid(&value),
                errors: here.clone().any(|_| true),
                structure: here
                    .clone()
                    .any(|found| STRUCTURE.contains(&found.code.id) && !beyond(&found.message)),
                name,
            });
        }
    }
    verdicts
}

#[test]
fn the_schema_and_check_agree_on_every_fixture() {
    let verdicts = verdicts();
    let wrong: Vec<String> = verdicts
        .iter()
        .filter_map(|verdict| match (verdict.accepted, verdict.structure, verdict.errors) {
            (true, true, _) => Some(format!("{}: accepted by the schema", verdict.name)),
            (false, _, false) => Some(format!("{}: refused by the schema alone", verdict.name)),
            _ => None,
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), verdicts.len(), wrong.join("\n"));
    let refused = verdicts.iter().filter(|verdict| !verdict.accepted).count();
    assert!(verdicts.len() > 550 && refused > 120, "{refused} of {} refused", verdicts.len());
}
