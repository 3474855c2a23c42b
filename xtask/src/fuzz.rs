//! `cargo xtask fuzz`: damaged specifications for a bounded time, on stable Rust.
//!
//! The properties are those that libFuzzer is given in `fuzz/`. Of what `check` accepts a sample is compiled.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::iter;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clientwright_codegen::{CrateOptions, Generated, Runtime, crate_files, output};
use clientwright_test_fuzz::{Mutator, accepted, fmt, hostile, read};

use crate::Outcome;

/// Where specifications are, to be damaged; good ones more often than bad ones.
const SEEDS: [(&str, usize); 4] = [
    ("codegen/tests/ui/ok", 12),
    ("specs/obstacle", 12),
    ("fuzz/corpus", 1),
    ("codegen/tests/ui", 1),
];

/// Larger ones take their time, and are made of the same parts.
const LARGEST: usize = 8 * 1024;

/// How long, from where, and how many clients are compiled in the end.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
    pub(crate) compile: usize,
}

impl Options {
    /// `--seconds N`, `--seed N` and `--compile N`, in any order.
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self { seconds: 60, seed: 1, compile: 0 };
        for pair in arguments.chunks(2) {
            let [name, value] = pair else { return None };
            match *name {
                "--seconds" => options.seconds = value.parse().ok()?,
                "--seed" => options.seed = value.parse().ok()?,
                "--compile" => options.compile = value.parse().ok()?,
                _ => return None,
            }
        }
        Some(options)
    }
}

pub(crate) fn run(root: &Path, options: Options) -> Outcome {
    let mut seeds = Vec::new();
    for (folder, weight) in SEEDS {
        let mut found = Vec::new();
        inputs(&root.join(folder), &mut found).map_err(|error| format!("{folder}: {error}"))?;
        seeds.extend(iter::repeat_n(found, weight).flatten());
    }
    let mut mutator = Mutator::new(seeds, options.seed);
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let (mut count, mut taken) = (0_usize, 0_usize);
    let mut sample: Vec<Generated> = Vec::new();
    while Instant::now() < end {
        let mutant = mutator.mutant();
        count += 1;
        let survived = panic::catch_unwind(|| {
            read(&mutant);
            fmt(&mutant);
            accepted(&mutant)
        });
        let Ok(generated) = survived else { return Err(found(root, &mutant, count, options)) };
        if let Some(generated) = generated {
            taken += 1;
            // Spread over the whole run: later ones take the place of earlier ones more and more seldom.
            if sample.len() < options.compile {
                sample.push(generated);
            } else if options.compile > 0 && taken.is_multiple_of(options.compile) {
                let place = taken / options.compile % options.compile;
                sample[place] = generated;
            }
        }
    }
    println!(
        "fuzz: {count} executions, of which {taken} were accepted, from seed {}",
        options.seed
    );
    if options.compile == 0 {
        return Ok(());
    }
    // Damage seldom leaves a name that is taken elsewhere.
    sample.extend((0..hostile::COUNT).filter_map(|at| accepted(hostile::hostile(at).as_bytes())));
    compile(root, sample)
}

/// The files below a folder, in the order of their names.
fn inputs(folder: &Path, seeds: &mut Vec<Vec<u8>>) -> io::Result<()> {
    let entries: io::Result<Vec<_>> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths: Vec<PathBuf> = entries?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            inputs(&path, seeds)?;
        } else if path.extension().is_none_or(|ending| ending == "yaml") {
            let bytes = fs::read(&path)?;
            if bytes.len() <= LARGEST {
                seeds.push(bytes);
            }
        }
    }
    Ok(())
}

/// Keeps the input that failed; the panic has been printed.
fn found(root: &Path, mutant: &[u8], count: usize, options: Options) -> String {
    let path = format!("fuzz/artifacts/seed-{}-{count}.yaml", options.seed);
    let target = root.join(&path);
    let kept =
        fs::create_dir_all(root.join("fuzz/artifacts")).and_then(|()| fs::write(target, mutant));
    match kept {
        Ok(()) => format!("fuzz: execution {count} failed; its input is {path}"),
        Err(error) => {
            format!("fuzz: execution {count} failed, and {path} cannot be written: {error}")
        }
    }
}

/// Checks the sample with the compiler, as the modules of one crate.
fn compile(root: &Path, mut sample: Vec<Generated>) -> Outcome {
    for (index, one) in sample.iter_mut().enumerate() {
        one.module = format!("mutant_{index}");
    }
    let runtime = Runtime::Path(root.join("runtime").display().to_string());
    let options = CrateOptions { name: "mutants".to_owned(), version: "0.0.0".to_owned(), runtime };
    let mut files = crate_files(&sample, &options).map_err(|error| error.to_string())?;
    // Below the target folder it would be taken for a member of the workspace.
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        manifest.push_str("\n[workspace]\n");
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = target.join("mutants");
    output::write(&files, &folder).map_err(|error| error.to_string())?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| error.to_string())?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--no-default-features", "--features"])
        .arg((0..sample.len()).map(|index| format!("mutant_{index}")).collect::<Vec<_>>().join(","))
        .args(["--features", "reqwest"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .map_err(|error| format!("fuzz: cargo cannot be run: {error}"))?;
    if !status.success() {
        return Err(format!("fuzz: what was accepted does not compile: {}", folder.display()));
    }
    println!("fuzz: {} of the accepted ones compile", sample.len());
    Ok(())
}
