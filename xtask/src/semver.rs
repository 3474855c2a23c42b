//! `cargo xtask semver`: what cargo-semver-checks says about the changes of `codegen/tests/semver`.
//!
//! Each change is a module of one crate, without it and with it, so that one run says it of all of them. The tool takes
//! ten minutes to install, so that its verdicts are kept beside the changes and compared by an ordinary test.

#[path = "../../codegen/tests/semver/changes.rs"]
#[allow(dead_code, reason = "what changes ask for is for the test to know")]
mod changes;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright_codegen::source::Source;
use clientwright_codegen::{CrateOptions, Generated, Options, Runtime, crate_files, output};

use crate::Outcome;

const CASES: &str = "codegen/tests/semver";

/// Lints that failed, by case.
type Failures = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn run(root: &Path) -> Outcome {
    let (base, changes) = changes::read(&root.join(CASES))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let without = changes.iter().map(|change| (change.name.as_str(), base.as_str())).collect();
    let with = changes.iter().map(|change| (change.name.as_str(), change.text.as_str())).collect();
    let names: Vec<&str> = changes.iter().map(|change| change.name.as_str()).collect();
    write(root, &target.join("semver/without"), without)?;
    write(root, &target.join("semver/with"), with)?;
    let there = verdicts(root, &target, &names, ["without", "with"])?;
    let back = verdicts(root, &target, &names, ["with", "without"])?;
    let mut out = String::from(
        "# Written by `cargo xtask semver`: the verdict of cargo-semver-checks, and its lints.\n",
    );
    for ((name, there), back) in names.iter().zip(there).zip(back) {
        out.push_str(&format!("{name}: {there}\nnot {name}: {back}\n"));
    }
    fs::write(root.join(CASES).join("verdicts.txt"), out).map_err(|error| error.to_string())?;
    println!("{CASES}/verdicts.txt: {} changes", names.len());
    Ok(())
}

/// The verdict on each change from one side to the other, with its lints.
fn verdicts(
    root: &Path,
    target: &Path,
    names: &[&str],
    sides: [&str; 2],
) -> Result<Vec<String>, String> {
    // What is no failure of a minor version is one of a patch at most.
    let major = failures(root, target, names, sides, "minor")?;
    let minor = failures(root, target, names, sides, "patch")?;
    let none = BTreeSet::new();
    let verdict = |name: &&str| {
        let (verdict, lints) = match (major.get(*name), minor.get(*name)) {
            (Some(lints), _) => ("major", lints),
            (None, Some(lints)) => ("minor", lints),
            (None, None) => ("none", &none),
        };
        let words = std::iter::once(verdict).chain(lints.iter().map(String::as_str));
        words.collect::<Vec<_>>().join(" ")
    };
    Ok(names.iter().map(verdict).collect())
}

/// One crate with a module for each change.
fn write(root: &Path, folder: &Path, texts: Vec<(&str, &str)>) -> Outcome {
    let mut generated: Vec<Generated> = Vec::new();
    for (name, text) in texts {
        let source = Source { name: format!("{name}.yaml"), text: text.to_owned() };
        let mut one = clientwright_codegen::generate(vec![source], &Options::default())
            .map_err(|report| report.to_string())?;
        name.clone_into(&mut one.module);
        generated.push(one);
    }
    let runtime = Runtime::Path(root.join("runtime").display().to_string());
    let options = CrateOptions { name: "changes".to_owned(), version: "0.1.0".to_owned(), runtime };
    let mut files = crate_files(&generated, &options).map_err(|error| error.to_string())?;
    // Below the target folder it would be taken for a member of the workspace.
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        manifest.push_str("\n[workspace]\n");
    }
    output::write(&files, folder).map_err(|error| error.to_string())?;
    let lock = folder.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), lock).map(|_| ()).map_err(|error| error.to_string())
}

/// What the tool objects to in a release of this kind.
fn failures(
    root: &Path,
    target: &Path,
    names: &[&str],
    [old, new]: [&str; 2],
    kind: &str,
) -> Result<Failures, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let folder = target.join("semver");
    let output = Command::new(cargo)
        .args([
            "semver-checks",
            "--color",
            "never",
            "--release-type",
            kind,
            "--only-explicit-features",
        ])
        .args(["--features", &format!("webhooks,{}", names.join(","))])
        .arg("--baseline-root")
        .arg(folder.join(old))
        .arg("--manifest-path")
        .arg(folder.join(new).join("Cargo.toml"))
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if !text.contains("checks:") {
        return Err(format!(
            "cargo-semver-checks (`cargo install cargo-semver-checks`) says:\n{text}"
        ));
    }
    Ok(by_case(&text, names))
}

/// The places of a lint follow its name; each names a file in the module of a case.
fn by_case(text: &str, names: &[&str]) -> Failures {
    let (mut found, mut lint) = (Failures::new(), String::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ") {
            lint = rest.split(':').next().unwrap_or_default().to_owned();
        } else if let Some((_, rest)) = line.split_once("/src/") {
            let module = rest.split('/').next().unwrap_or_default();
            if let Some(name) = names.iter().find(|name| **name == module) {
                found.entry((*name).to_owned()).or_default().insert(lint.clone());
            }
        }
    }
    found
}
