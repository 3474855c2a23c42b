//! Every file of the corpus, every fixture and every specification of this repository, each by itself, holds what the
//! fuzz targets assert. So a found input stays mended on stable Rust, where nobody fuzzes.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

use std::fs;
use std::path::{Path, PathBuf};

use clientwright_test_fuzz::{Mutator, accepted, check_then_generate, fmt, hostile, read};

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_none_or(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

fn inputs(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in folders {
        files(&root.join(folder), &mut found);
    }
    assert!(found.len() > 10, "{} inputs", found.len());
    found.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn all() -> Vec<Vec<u8>> {
    inputs(&["fuzz/corpus", "codegen/tests/ui", "specs"])
}

#[test]
fn the_corpus_is_read() {
    all().iter().for_each(|data| read(data));
}

#[test]
fn what_the_corpus_is_accepted_for_is_rust() {
    all().iter().for_each(|data| check_then_generate(data));
}

#[test]
fn the_corpus_is_laid_out_once() {
    all().iter().for_each(|data| fmt(data));
}

/// A few of those that `cargo xtask fuzz` makes.
#[test]
fn mutants() {
    let mut mutator = Mutator::new(inputs(&["fuzz/corpus", "codegen/tests/ui"]), 1);
    for _ in 0..500 {
        let mutant = mutator.mutant();
        read(&mutant);
        check_then_generate(&mutant);
        fmt(&mutant);
    }
}

/// Names that are taken elsewhere, each at each place; `cargo xtask fuzz` compiles what they give.
#[test]
fn hostile_names_are_accepted() {
    for index in 0..hostile::COUNT {
        let text = hostile::hostile(index);
        assert!(accepted(text.as_bytes()).is_some(), "{index}");
        fmt(text.as_bytes());
    }
}
