//! The schema knows the keys that the parser asks for, and no others.

use std::path::{Path, PathBuf};

use super::kind::Value;
use super::schema;
use super::shapes::{shape, shapes};
use super::table::{kind, kinds};
use super::words::TYPES;
use crate::ast::Specification;
use crate::diag::Diagnostics;
use crate::parse::{self, asked};
use crate::source::FileId;

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

/// What the parser asks for while it reads everything that there is in this repository.
fn asked() -> asked::Asked {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["../specs", "../tests", "tests/ui"] {
        collect(&root.join(folder), &mut files);
    }
    for path in files {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let mut specification = Specification::default();
        parse::file(FileId::default(), &text, &mut specification, &mut Diagnostics::default());
    }
    asked::all()
}

#[test]
fn the_schema_and_the_parser_know_the_same_keys() {
    let asked = asked();
    let known: asked::Asked =
        kinds().map(|kind| (kind.what, kind.keys.iter().map(|(key, ..)| *key).collect())).collect();
    for (what, keys) in &asked {
        assert_eq!(Some(keys), known.get(what), "the keys of `{what}` in schema/table");
    }
    assert!(known.keys().all(|what| asked.contains_key(what)), "a kind that nobody reads");
}

/// The reference shows each key in an example, and its examples are compiled.
#[test]
fn the_reference_shows_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/language.md");
    let page = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let blocks = page.split("\n```yaml").skip(1);
    for block in blocks.filter_map(|block| Some(block.split_once('\n')?.1.split_once("\n```")?.0)) {
        let mut specification = Specification::default();
        parse::file(FileId::default(), block, &mut specification, &mut Diagnostics::default());
    }
    let there = asked::there();
    let is_shown = |what, key| there.get(what).is_some_and(|keys| keys.contains(key));
    let missing: Vec<String> = kinds()
        .flat_map(|kind| kind.keys.iter().map(|(key, ..)| (kind.what, *key)))
        // It is the same everywhere.
        .filter(|(what, key)| *key != "allow" && !is_shown(*what, *key))
        .map(|(what, key)| format!("{what}: `{key}`"))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(there.values().any(|keys| keys.contains("allow")));
}

#[test]
fn the_committed_schema_is_this_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/spec.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(committed == schema(), "UPDATE=1 cargo test -p clientwright-codegen schema");
}

/// The names of kinds and shapes that a value leads to.
fn named(value: &Value, found: &mut Vec<&'static str>) {
    match value {
        Value::Of(name) | Value::Map(name) | Value::Less(name, _) => found.push(name),
        Value::Keyed(keys) => keys.iter().for_each(|(_, value, _)| named(value, found)),
        Value::Statuses(values) => values.iter().for_each(|value| named(value, found)),
        _ => {}
    }
}

#[test]
fn a_shape_is_completed_as_its_schema_says() {
    let known = |name: &str| kind(name).is_some() || shape(name).is_some();
    for shape in shapes() {
        let mut held = Vec::new();
        shape.holds.iter().for_each(|value| named(value, &mut held));
        let json = super::json::shape(shape);
        let has =
            |name: &&str| json.contains(&format!("#/definitions/{}\"", name.replace(' ', "_")));
        assert!(held.iter().all(|name| known(name)), "{}: {held:?}", shape.name);
        for kind in kinds().map(|kind| kind.what).filter(|what| has(what)) {
            assert!(held.contains(&kind), "{}: nothing completes `{kind}`", shape.name);
        }
    }
    for value in kinds().flat_map(|kind| kind.keys).map(|(_, value, _)| value) {
        let mut held = Vec::new();
        named(value, &mut held);
        assert!(held.iter().all(|name| known(name)), "{held:?}");
    }
}

/// A reference to nothing would be found by a validator that goes there only.
#[test]
fn every_reference_of_the_schema_leads_somewhere() {
    let schema = schema();
    for part in schema.split("#/definitions/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schema.contains(&format!("\n    \"{name}\": {{")), "{name}");
    }
}

#[test]
fn words_that_complete_types_are_those_of_the_language() {
    for (word, ..) in TYPES {
        assert!(crate::vocabulary::is_reserved(word), "{word}");
    }
    let known = |word: &&str| TYPES.iter().any(|(known, ..)| known == word);
    let words = crate::vocabulary::reserved();
    assert!(words.clone().filter(|word| *word != "null").all(|word| known(&word)));
}
