//! The schema knows the keys that the parser asks for, and no others.

use std::path::{Path, PathBuf};

use super::schema;
use super::table::KINDS;
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
    let known: asked::Asked = KINDS
        .iter()
        .map(|kind| (kind.what, kind.keys.iter().map(|(key, ..)| *key).collect()))
        .collect();
    for (what, keys) in &asked {
        assert_eq!(Some(keys), known.get(what), "the keys of `{what}` in schema/table.rs");
    }
    assert!(known.keys().all(|what| asked.contains_key(what)), "a kind that nobody reads");
}

#[test]
fn the_committed_schema_is_this_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/spec.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(committed, schema(), "UPDATE=1 cargo test -p clientwright-codegen schema");
}
