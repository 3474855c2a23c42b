//! `cargo xtask bench`: what calls and the generator cost. docs/benchmarks.md says what is measured.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use crate::Outcome;

/// Measures everything.
pub(crate) fn run(root: &Path) -> Outcome {
    measure(root, root.as_os_str())
}

/// Fails if a call costs more than the same call written by hand, in what is nearly the same in every run:
/// allocations and instructions.
pub(crate) fn gate(root: &Path) -> Outcome {
    measure(root, "gate".as_ref())
}

fn measure(root: &Path, what: &OsStr) -> Outcome {
    println!("Allocations of a call\n");
    let counted = ["test", "--quiet", "--package", "clientwright-cost", "--test", "allocations"];
    cargo(root, Command::new(program()).args(counted).args(["--", "--nocapture"]))?;
    let timed = ["run", "--quiet", "--release", "--package", "clientwright-cost", "--"];
    cargo(root, Command::new(program()).args(timed).arg(what))
}

/// The cargo that runs this, not another one of the path.
fn program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

fn cargo(root: &Path, command: &mut Command) -> Outcome {
    match command.current_dir(root).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("bench: {command:?} ended with {status}")),
        Err(error) => Err(format!("bench: cargo cannot be run: {error}")),
    }
}
