//! Puts the sources of the runtime into the program, so that it can write crates that stand alone.
//!
//! What comes out is a list `FILES` of paths and texts, sorted, with nothing of this machine in it.

mod inherit;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

/// The packages and their folders in this repository.
const PACKAGES: [(&str, &str); 2] =
    [("clientwright-runtime", "runtime"), ("clientwright-wire", "wire")];

fn main() {
    if let Err(error) = run() {
        println!("cargo::error={error}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let folder = |name| env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let root = folder("CARGO_MANIFEST_DIR")?.join("..");
    let workspace = read(&root.join("Cargo.toml"))?;
    let licence = read(&root.join("LICENSE"))?;
    let mut files = Vec::new();
    for (package, at) in PACKAGES {
        let dir = root.join(at);
        let manifest = inherit::manifest(&read(&dir.join("Cargo.toml"))?, &workspace, &PACKAGES)
            .map_err(|error| format!("{at}/Cargo.toml: {error}"))?;
        files.push((format!("{package}/Cargo.toml"), manifest));
        files.push((format!("{package}/LICENSE"), licence.clone()));
        println!("cargo::rerun-if-changed={}", dir.join("src").display());
        sources(&dir.join("src"), &format!("{package}/src"), &mut files)?;
    }
    files.sort();
    let mut out = String::from(
        "/// Path and text of every file.\npub(crate) const FILES: &[(&str, &str)] = &[\n",
    );
    for (path, text) in files {
        let _ = writeln!(out, "    ({path:?}, {text:?}),");
    }
    out.push_str("];\n");
    let target = folder("OUT_DIR")?.join("vendored.rs");
    fs::write(&target, out).map_err(|error| named(&target, &error))
}

/// Every file of a folder of sources.
fn sources(dir: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<(), String> {
    for entry in fs::read_dir(dir).map_err(|error| named(dir, &error))? {
        let entry = entry.map_err(|error| named(dir, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            sources(&entry.path(), &path, files)?;
        } else {
            files.push((path, read(&entry.path())?));
        }
    }
    Ok(())
}

/// The text of a file with the line ends of the repository, whatever git made of them.
fn read(path: &Path) -> Result<String, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).map_err(|error| named(path, &error))?;
    Ok(text.replace("\r\n", "\n"))
}

fn named(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}
