//! What the core may not know, and what features may not bring: without features there is no network and no
//! executor, and what it asks of the machine stands in few files, so that it builds wherever Rust does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What belongs to a system.
const FOREIGN: [&str; 12] = [
    "std::net",
    "std::fs",
    "File::open",
    "Condvar",
    "std::thread::",
    "std::process",
    "std::env",
    "Instant::now",
    "SystemTime::now",
    "tokio::",
    "reqwest::",
    "ureq::",
];

/// Whether a thread unwinds is a question to the language, not to the system.
const PANICKING: &str = "std::thread::panicking()";

/// Files at the border, and what they may know. docs/runtime.md says the same in words.
const BORDER: [(&str, &[&str]); 12] = [
    // The transports, each behind its feature.
    ("transport/reqwest.rs", &["reqwest::", "tokio::"]),
    ("transport/reqwest/", &["reqwest::", "tokio::"]),
    // The proxies of the environment.
    ("transport/ureq.rs", &["ureq::", "std::env"]),
    ("transport/ureq/", &["ureq::", "std::net"]),
    // The clock of the machine, where the app sets none.
    ("transport/clock.rs", &["Instant::now", "SystemTime::now"]),
    // What blocks is read on a thread of its own.
    ("transport/apart.rs", &["std::thread::", "Instant::now"]),
    // How a blocking transport waits unless it says otherwise.
    ("transport.rs", &["std::thread::"]),
    // How a blocking call waits for another one that renews the token.
    ("oauth/keeper.rs", &["Condvar"]),
    // Files that the app sends by their paths.
    ("upload.rs", &["std::fs", "File::open"]),
    // What tests search for secrets.
    ("sensitive/memory.rs", &["std::fs", "File::open"]),
    // The server of generated tests, behind its feature.
    ("testing/", &FOREIGN),
    // Deliveries over axum and tower, behind their features.
    ("webhook/body.rs", &["SystemTime::now"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_core_has_no_system_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the sources are elsewhere");
    // Whoever leaves the border is struck off it.
    for (start, what) in BORDER {
        assert!(!what.is_empty() && root.join(start).exists(), "{start} is not there any more");
    }
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        // Unit tests may do what they like; comments and the declarations of modules do nothing.
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let line = line.replace(PANICKING, "");
            for foreign in FOREIGN.iter().filter(|foreign| line.contains(**foreign)) {
                let allowed = BORDER
                    .iter()
                    .any(|(start, what)| name.starts_with(start) && what.contains(foreign));
                let declared = line.starts_with("pub use self::");
                if !allowed && !declared {
                    found.push(format!("{name}: {}", line.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The names of all crates that these features bring.
fn crates(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "clientwright-runtime", "--no-default-features"])
        .args(["--features", features, "--edges", "normal", "--prefix", "none", "--offline"])
        .args(["--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut names: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn blocking_brings_no_executor() {
    let async_io = ["tokio", "hyper", "reqwest", "tower", "async-std", "futures-executor", "mio"];
    let names = crates("blocking");
    assert!(names.iter().any(|name| name == "ureq"), "{names:?}");
    assert!(names.len() <= 40, "{} crates: {names:?}", names.len());
    assert!(!names.iter().any(|name| async_io.contains(&name.as_str())), "{names:?}");
}

#[test]
fn awaiting_brings_no_more_than_it_needs() {
    let names = crates("reqwest");
    assert!(names.iter().any(|name| name == "hyper"), "{names:?}");
    assert!(names.len() <= 100, "{} crates: {names:?}", names.len());
}

#[test]
fn without_features_there_is_no_client_at_all() {
    let names = crates("");
    let clients = ["tokio", "hyper", "reqwest", "ureq", "rustls", "ring", "tracing", "sha2"];
    assert!(!names.iter().any(|name| clients.contains(&name.as_str())), "{names:?}");
    assert!(names.len() <= 20, "{} crates: {names:?}", names.len());
}

/// One number in three places: what is built with, what is promised, and what the README says.
#[test]
fn the_oldest_rust_is_the_one_that_builds_this() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let promised = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("rust-toolchain.toml").contains(&format!("channel = \"{promised}.0\"")));
    assert!(read("Cargo.toml").contains(&format!("rust-version = \"{promised}\"")));
    assert!(read("README.md").contains(&format!("({promised};")), "the README says another one");
}
