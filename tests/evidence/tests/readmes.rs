//! Each provider has a document that begins with a call and says what is missing, and its module says what
//! classes and methods of the provider's SDK have become.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::fs;
use std::path::Path;

use clientwright_codegen::load::{self, Layout};
use clientwright_codegen::{Options, coverage, generate};

#[test]
fn every_provider_has_a_first_call_and_says_what_is_missing() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let harness =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for folder in load::providers(&specs, &Layout::default()).unwrap() {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(folder.join("README.md")).unwrap();
        for heading in ["## A first call\n", "## Credentials\n", "## What is incomplete\n"] {
            assert!(text.contains(heading), "{name}: {heading}");
        }
        assert!(text.contains("```rust,no_run\n"), "{name}");
        // What is not included there is not compiled.
        assert!(harness.contains(&format!("specs/{name}/README.md")), "{name}");
        let linked = text.contains("(QUIRKS.md)");
        assert!(!linked || folder.join("QUIRKS.md").exists(), "{name}");
    }
}

#[test]
fn every_class_and_method_of_an_sdk_can_be_looked_up() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    for folder in load::providers(&specs, &Layout::default()).unwrap() {
        let sources = load::load(&folder).unwrap();
        let coverage = coverage(sources.clone()).unwrap_or_else(|report| panic!("{report}"));
        let generated = generate(sources, &Options::default()).unwrap();
        let root = &generated.files["mod.rs"];
        let rows = root.lines().filter(|line| line.starts_with("//! | `")).count();
        let items = coverage.models.iter().chain(&coverage.methods);
        let mapped: Vec<_> = items.filter_map(|item| item.sdk.as_deref()).collect();
        for name in &mapped {
            // Models that are only spread become no type, and are in no table.
            let listed = root.contains(&format!("| `{name}` |"));
            let spread = !generated.files.values().any(|text| text.contains(&format!("`{name}`")));
            assert!(listed || spread, "{}: {name}", coverage.title);
        }
        assert!(rows > 0 || mapped.is_empty(), "{}", coverage.title);
    }
}
