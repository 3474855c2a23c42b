//! `cargo xtask ci`: everything beside the tests. All steps run, whatever the ones before found.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::features::Features;
use crate::{Outcome, fuzz, regenerate};

/// A command of cargo, with what it sets in the environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const STEPS: [Step; 9] = [
    Step { name: "formatting", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "lints",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ],
        environment: &[],
    },
    // Generated code stands stricter lints than ours, with every feature; the runtime is in the step above.
    Step {
        name: "lints of generated code",
        arguments: &[
            "clippy",
            "--package",
            "clientwright-providers",
            "--no-deps",
            "--all-targets",
            "--all-features",
            "--locked",
            "--quiet",
            "--",
            "-D",
            "warnings",
            "-D",
            "clippy::pedantic",
            "-D",
            "missing_docs",
        ],
        environment: &[],
    },
    Step {
        name: "documentation",
        arguments: &["doc", "--workspace", "--no-deps", "--locked", "--quiet"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    // Links to groups that are not there would be errors in the documentation of an app.
    Step {
        name: "documentation of some groups",
        arguments: &[
            "doc",
            "--package",
            "clientwright-providers",
            "--no-default-features",
            "--features",
            "reqwest,sunshine-users,polar-exercises",
            "--no-deps",
            "--locked",
            "--quiet",
        ],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    Step {
        name: "runtime without features",
        arguments: &[
            "check",
            "--package",
            "clientwright-runtime",
            "--no-default-features",
            "--locked",
            "--quiet",
        ],
        environment: &[],
    },
    // What is said where a feature is off can only be heard there.
    Step {
        name: "tests of the runtime without features",
        arguments: &[
            "test",
            "--package",
            "clientwright-runtime",
            "--no-default-features",
            "--lib",
            "--locked",
            "--quiet",
        ],
        environment: &[],
    },
    // No crate of the workspace turns them on, so that the test command leaves them out without a word.
    Step {
        name: "tests of spans",
        arguments: &[
            "test",
            "--package",
            "clientwright-runtime",
            "--no-default-features",
            "--features",
            "tracing",
            "--test",
            "spans",
            "--locked",
            "--quiet",
        ],
        environment: &[],
    },
    Step {
        name: "layout of the specifications",
        arguments: &[
            "run",
            "--quiet",
            "--locked",
            "--package",
            "clientwright",
            "--",
            "fmt",
            "--check",
            "specs",
        ],
        environment: &[],
    },
];

const RUNTIME: [&str; 6] =
    ["check", "--package", "clientwright-runtime", "--no-default-features", "--locked", "--quiet"];

/// Wants the library of the system, which is not everywhere.
const NATIVE_TLS: &str = "native-tls";

const WASM: &str = "wasm32-unknown-unknown";

/// So many seconds, and so many clients; the same mutants each time.
const FUZZ: fuzz::Options = fuzz::Options { seconds: 20, seed: 1, compile: 20 };

pub(crate) fn run(root: &Path) -> Outcome {
    let mut failed = Vec::new();
    let mut step = |name: &str, outcome: &mut dyn FnMut() -> Outcome| {
        println!("ci: {name}");
        let began = Instant::now();
        if let Err(message) = outcome() {
            eprintln!("{message}");
            failed.push(name.to_owned());
        }
        println!("ci: {name}: {} s", began.elapsed().as_secs());
    };
    for one in &STEPS {
        step(one.name, &mut || cargo(root, one.arguments, one.environment));
    }
    step("generated code", &mut || regenerate::run(root, regenerate::Mode::Check));
    let native = has_native_tls(root);
    step("each feature of the runtime alone", &mut || {
        with_each(root, native, Features::each_alone, &["--all-targets"])
    });
    step("all features of the runtime but one", &mut || {
        with_each(root, native, Features::all_but_one, &[])
    });
    if native {
        step("native TLS", &mut || native_tls(root));
    } else {
        println!(
            "ci: native TLS: left out, pkg-config knows no openssl (a package like libssl-dev)"
        );
    }
    step("runtime as in browsers", &mut || as_in_browsers(root));
    if prints(root, "rustup", &["target", "list", "--installed"], WASM) {
        step("runtime for browsers", &mut || {
            cargo(root, &[&RUNTIME[..], &["--target", WASM]].concat(), &[])
        });
    } else {
        println!(
            "ci: runtime for browsers: left out, the target is not installed; it was run as in browsers"
        );
    }
    step("each provider alone", &mut || each_provider_alone(root));
    step("fuzzing", &mut || fuzz::run(root, FUZZ));
    if has_deny(root) {
        step("dependencies", &mut || {
            cargo(
                root,
                &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"],
                &[],
            )
        });
    } else {
        println!("ci: dependencies: left out, cargo-deny is not installed");
    }
    if failed.is_empty() {
        println!("ci: all passed");
        return Ok(());
    }
    Err(format!("ci: failed: {}", failed.join(", ")))
}

/// Whether the TLS library of the system can be built with: on Linux that needs the headers of OpenSSL.
fn has_native_tls(root: &Path) -> bool {
    !cfg!(target_os = "linux") || prints(root, "pkg-config", &["--modversion", "openssl"], ".")
}

/// Sets of features, of those that can be had everywhere.
type Sets = fn(&Features) -> Vec<Vec<&str>>;

/// Holds the runtime to its lints with each of these sets. Lints and not the compiler alone, since cargo keeps what
/// clippy is told apart from what it builds with, so that no warning makes it build all dependencies once more.
fn with_each(root: &Path, native: bool, sets: Sets, targets: &[&str]) -> Outcome {
    let mut features = Features::of("clientwright-runtime", root)?;
    if !native {
        features = features.without(&[NATIVE_TLS]);
    }
    let clippy = [&["clippy"], &RUNTIME[1..], &["--no-deps"], targets].concat();
    sets(&features).iter().try_for_each(|set| {
        let set = set.join(",");
        let arguments = [&clippy[..], &["--features", &set, "--", "-D", "warnings"]].concat();
        cargo(root, &arguments, &[])
    })
}

/// The TLS library of the system beside rustls, in calls.
fn native_tls(root: &Path) -> Outcome {
    let test = ["test", "--quiet", "--locked", "--package", "clientwright-tls"];
    cargo(root, &[&test[..], &["--features", "native-tls"]].concat(), &[])
}

/// Runs the runtime as it is in browsers, on this machine: without `Send`, and without a clock of its own, with every
/// feature that asks nothing of a machine. In a folder of its own, since the flag is one for all crates.
fn as_in_browsers(root: &Path) -> Outcome {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let target = target.join("browser").display().to_string();
    let test = ["test", "--package", "clientwright-runtime", "--no-default-features", "--locked"];
    let features = ["--features", "brotli,gzip,jwt,oauth2,tracing,webhooks,xml,zstd"];
    let one = ["--quiet", "--test", "browser", "--target-dir", &target];
    let arguments = [&test[..], &features, &one].concat();
    cargo(root, &arguments, &[("RUSTFLAGS", "--cfg clientwright_browser")])
}

/// Whether a program is there and its output has this in it.
fn prints(root: &Path, program: &str, arguments: &[&str], wanted: &str) -> bool {
    let output = Command::new(program).args(arguments).current_dir(root).output();
    output.is_ok_and(|output| {
        output.status.success() && String::from_utf8_lossy(&output.stdout).contains(wanted)
    })
}

/// The features of the generated crate that are a provider, or a group of one.
pub(crate) fn provider_features(root: &Path) -> Result<Vec<String>, String> {
    let manifest = root.join("generated/Cargo.toml");
    let manifest = fs::read_to_string(manifest).map_err(|error| format!("generated: {error}"))?;
    let folder = root.join("generated/src");
    // Providers and groups are the features that are called like a folder, or like one and a file in it.
    let features =
        manifest.lines().filter_map(|line| line.split_once(" = [")).map(|(name, _)| name);
    let features = features.filter(|name| {
        folder.join(name).is_dir()
            || name.split_once('-').is_some_and(|(provider, _)| folder.join(provider).is_dir())
    });
    Ok(features.map(str::to_owned).collect())
}

/// The arguments of cargo that check the generated crate with one feature only.
pub(crate) fn check_provider(feature: &str) -> Vec<&str> {
    let package = ["check", "--quiet", "--locked", "--package", "clientwright-providers"];
    [&package[..], &["--no-default-features", "--features", feature]].concat()
}

/// No provider needs what only another one brings, and no group of a provider what only another group does.
fn each_provider_alone(root: &Path) -> Outcome {
    let features = provider_features(root)?;
    features.iter().try_for_each(|feature| cargo(root, &check_provider(feature), &[]))
}

fn has_deny(root: &Path) -> bool {
    let mut command = command(root);
    command.args(["deny", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

pub(crate) fn command(root: &Path) -> Command {
    // The cargo that runs this, not another one of the path.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(root);
    command
}

fn cargo(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
    println!("ci: cargo {}", arguments.join(" "));
    match command(root).args(arguments).envs(environment.iter().copied()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("ci: cargo {} ended with {status}", arguments.join(" "))),
        Err(error) => Err(format!("ci: cargo {} cannot be run: {error}", arguments.join(" "))),
    }
}
