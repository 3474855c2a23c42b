//! Slow: an app outside of the workspace builds with a crate of all providers of this repository, and with another
//! one that shares its runtime.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use support::{PUNT, Temp, run};

const APP: &str = "[package]
name = \"app\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
standalone = { path = \"../standalone\", features = [\"blocking\", \"gzip\", \"brotli\", \"zstd\", \"tracing\", \"webhooks\", \"axum\", \"tower\"] }
second = { path = \"../second\" }

[workspace]
";

const MAIN: &str = "\
// One type of error: the runtime is the same.
pub fn of_both(first: standalone::punt::Error) -> second::shop::Error {
    first
}
";

#[test]
fn slow_generated_crates_build_in_an_app() {
    let temp = Temp::new("standalone-crate");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let specs = ["punt", "polar", "sunshine", "pwc"].map(|name| root.join("specs").join(name));
    let mut arguments: Vec<PathBuf> = vec!["generate".into()];
    arguments.extend(specs);
    arguments.extend(["--out", "standalone", "--crate", "standalone"].map(PathBuf::from));
    temp.put("shop.yaml", PUNT.replace("punt", "shop"));
    let shared = "--runtime standalone/vendor/clientwright-runtime";
    let second = format!("generate shop.yaml --out second --crate second {shared}");
    for arguments in [arguments, second.split(' ').map(PathBuf::from).collect()] {
        let run = run(&temp, arguments);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    temp.put("app/Cargo.toml", APP).put("app/src/lib.rs", MAIN);
    // The versions that are at hand: nothing is downloaded.
    fs::copy(root.join("Cargo.lock"), temp.join("app/Cargo.lock")).unwrap();
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--offline", "--quiet"])
        .current_dir(temp.join("app"))
        // What this test was built into: dependencies are built already.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert_eq!(messages, "", "no warnings");
}
