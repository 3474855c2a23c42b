//! Slow: a crate of all providers of this repository builds by itself, outside of the workspace.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use support::{Temp, run};

#[test]
fn slow_a_generated_crate_builds_by_itself() {
    let temp = Temp::new("standalone-crate");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let specs = ["punt", "polar", "sunshine", "pwc"].map(|name| root.join("specs").join(name));
    let mut arguments: Vec<PathBuf> = vec!["generate".into()];
    arguments.extend(specs);
    arguments.extend(["--out", "out", "--crate", "standalone"].map(PathBuf::from));
    let run = run(&temp, &arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    // The folder of this test may lie in this workspace, whose member the crate is not.
    let manifest = temp.join("out/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}\n[workspace]\n")).unwrap();
    // The versions that are at hand: nothing is downloaded.
    fs::copy(root.join("Cargo.lock"), temp.join("out/Cargo.lock")).unwrap();
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--offline", "--all-features", "--quiet"])
        .current_dir(temp.join("out"))
        // What this test was built into: dependencies are built already.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert_eq!(messages, "", "no warnings");
}
