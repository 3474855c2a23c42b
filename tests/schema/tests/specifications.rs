//! What passes `check` passes the schema, and the mistakes that a schema can know are refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::{Path, PathBuf};

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
    for folder in ["specs", "codegen/tests/ui/ok"] {
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
