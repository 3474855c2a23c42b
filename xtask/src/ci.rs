//! `cargo xtask ci`: everything beside the tests. All steps run, whatever the ones before found.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::regenerate::{self, Mode};

/// A command of cargo, with what it sets in the environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const STEPS: [Step; 3] = [
    Step { name: "formatting", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "lints",
        arguments: &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
        environment: &[],
    },
    Step {
        name: "documentation",
        arguments: &["doc", "--workspace", "--no-deps", "--quiet"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
];

pub(crate) fn run(root: &Path) -> Outcome {
    let mut failed = Vec::new();
    for step in &STEPS {
        println!("ci: {}: cargo {}", step.name, step.arguments.join(" "));
        if let Err(message) = cargo(root, step) {
            eprintln!("{message}");
            failed.push(step.name);
        }
    }
    println!("ci: generated code: cargo xtask regenerate --check");
    if let Err(message) = regenerate::run(root, Mode::Check) {
        eprintln!("{message}");
        failed.push("generated code");
    }
    if failed.is_empty() {
        println!("ci: all passed");
        return Ok(());
    }
    Err(format!("ci: failed: {}", failed.join(", ")))
}

fn cargo(root: &Path, step: &Step) -> Outcome {
    // The cargo that runs this, not another one of the path.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(cargo)
        .args(step.arguments)
        .envs(step.environment.iter().copied())
        .current_dir(root)
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("ci: {} ended with {status}", step.name)),
        Err(error) => Err(format!("ci: {} cannot be run: {error}", step.name)),
    }
}
