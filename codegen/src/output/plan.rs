//! What is to be done to a folder so that it holds the files: read once, for comparing and for writing.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{MANIFEST, listed};
use super::{Files, HEADER, paths};

/// What a crate has, and modules have not.
const CRATE: &str = "Cargo.toml";

/// The folder against the files.
pub(super) struct Plan<'a> {
    /// Files with another text than the folder has.
    pub(super) changed: Vec<Change<'a>>,
    /// Files of an earlier run that this one does not make.
    pub(super) stale: Vec<String>,
    /// How many files are as they should be.
    pub(super) unchanged: usize,
}

/// A file that is not as it should be.
pub(super) struct Change<'a> {
    /// Its path in the output.
    pub(super) path: &'a str,
    /// The text it should have.
    pub(super) text: &'a str,
    /// Where it lies.
    pub(super) target: PathBuf,
    /// What is there now.
    pub(super) found: Option<Vec<u8>>,
    /// Whether what is there is of an earlier run.
    pub(super) ours: bool,
}

/// Reads what is in `dir` and compares.
pub(super) fn plan<'a>(files: &'a Files, dir: &Path) -> io::Result<Plan<'a>> {
    let old = match paths::read(&dir.join(MANIFEST))? {
        Some(bytes) => listed(&String::from_utf8_lossy(&bytes)),
        None => BTreeSet::new(),
    };
    same_kind(files, &old, dir)?;
    distinct(files)?;
    let mut plan = Plan { changed: Vec::new(), stale: stale(files, &old, dir)?, unchanged: 0 };
    for (path, text) in files {
        let target = paths::below(dir, path)?;
        // What a link leads to is not ours to read, let alone to show.
        if let Some(link) = paths::link(dir, path)? {
            let message = format!(
                "{} is a symbolic link, and nothing is read or written through one",
                link.display()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let found = paths::read(&target)?;
        if found.as_deref().is_some_and(|bytes| same(bytes, text.as_bytes())) {
            plan.unchanged += 1;
            continue;
        }
        let ours = path == MANIFEST
            || old.contains(path)
            || found.as_deref().is_some_and(|bytes| has_header(&String::from_utf8_lossy(bytes)));
        plan.changed.push(Change { path, text, target, found, ours });
    }
    Ok(plan)
}

/// What an earlier run has made of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Folder {
    /// A crate that builds by itself.
    Crate,
    /// A module for each provider.
    Modules,
}

/// What is in `dir`, if an earlier run has made it.
#[must_use]
pub fn folder_of(dir: &Path) -> Option<Folder> {
    let bytes = paths::read(&dir.join(MANIFEST)).ok()??;
    kind(&listed(&String::from_utf8_lossy(&bytes)))
}

fn kind(listed: &BTreeSet<String>) -> Option<Folder> {
    let kind = if listed.contains(CRATE) { Folder::Crate } else { Folder::Modules };
    (!listed.is_empty()).then_some(kind)
}

/// Refuses modules in the place of a crate, and a crate in that of modules: all that is there would be deleted.
fn same_kind(files: &Files, old: &BTreeSet<String>, dir: &Path) -> io::Result<()> {
    let new = if files.contains_key(CRATE) { Folder::Crate } else { Folder::Modules };
    let there = match kind(old) {
        Some(Folder::Crate) if new == Folder::Modules => "a generated crate, not modules",
        Some(Folder::Modules) if new == Folder::Crate => "generated modules, not a crate",
        _ => return Ok(()),
    };
    let message =
        format!("{} holds {there}; choose another folder, or delete this one first", dir.display());
    Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
}

/// Refuses files whose paths differ in case alone: where the system folds case, one would replace the other.
fn distinct(files: &Files) -> io::Result<()> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in files.keys() {
        if let Some(first) = seen.insert(path.to_lowercase(), path) {
            let message =
                format!("{first} and {path} would be one file where capitals do not count");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    Ok(())
}

/// Files of an earlier run: listed in its manifest, or with the header beside files that are ours, for the
/// case that the manifest was lost.
fn stale(files: &Files, old: &BTreeSet<String>, dir: &Path) -> io::Result<Vec<String>> {
    let is_stale =
        |path: &str| !files.contains_key(path) && path != MANIFEST && paths::is_plain(path);
    let mut found = BTreeSet::new();
    for path in old.iter().filter(|path| is_stale(path)) {
        if paths::link(dir, path)?.is_none() && paths::below(dir, path)?.is_file() {
            found.insert(path.clone());
        }
    }
    let folders: BTreeSet<_> = files.keys().chain(old).filter_map(|path| folder(path)).collect();
    for folder in folders {
        for path in with_header(dir, folder)? {
            if is_stale(&path) {
                found.insert(path);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The folder that a file lies in. The root does not count: it may be the root of a whole project.
fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| paths::is_plain(folder))
}

/// The Rust files that lie directly in a folder and have the header.
fn with_header(dir: &Path, folder: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let at = paths::below(dir, folder)?;
    if paths::link(dir, folder)?.is_some() || !at.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(&at).map_err(|error| paths::named(&at, &error))? {
        let entry = entry.map_err(|error| paths::named(&at, &error))?;
        let (path, name) = (entry.path(), entry.file_name());
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || path.extension() != Some(OsStr::new("rs")) {
            continue;
        }
        // A file that cannot be read, or has no name in UTF-8, is not ours.
        if let (Some(name), Ok(text)) = (name.to_str(), fs::read_to_string(&path))
            && has_header(&text)
        {
            found.push(format!("{folder}/{name}"));
        }
    }
    Ok(found)
}

/// Whether the first line is the header, as a comment of Rust or of TOML.
fn has_header(text: &str) -> bool {
    let words = |line: &'static str| line.trim_start_matches("//");
    let first = text.lines().next().unwrap_or_default();
    first == HEADER || first.strip_prefix('#').is_some_and(|rest| rest == words(HEADER))
}

/// Equal but for carriage returns before line ends.
fn same(a: &[u8], b: &[u8]) -> bool {
    a == b || unix(a).eq(unix(b))
}

fn unix(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    bytes.iter().enumerate().filter_map(|(at, byte)| {
        let ends_line = *byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        (!ends_line).then_some(*byte)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_make_no_file() {
        let files = |paths: &[&str]| -> Files {
            paths.iter().map(|path| ((*path).to_owned(), String::new())).collect()
        };
        assert!(distinct(&files(&["p/a.rs", "p/b.rs", "q/a.rs"])).is_ok());
        let error = distinct(&files(&["p/Mod.rs", "p/b.rs", "p/mod.rs"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "p/Mod.rs and p/mod.rs would be one file where capitals do not count"
        );
    }

    #[test]
    fn line_ends_do_not_count() {
        assert!(same(b"a\r\nb\r\n", b"a\nb\n"));
        assert!(same(b"a\nb", b"a\r\nb"));
        assert!(!same(b"a\rb", b"ab"));
        assert!(!same(b"a\n", b"a"));
    }

    #[test]
    fn the_header_is_the_whole_first_line() {
        assert!(has_header("// Generated by clientwright. Do not edit.\r\nmod a;"));
        assert!(has_header("# Generated by clientwright. Do not edit.\n[package]"));
        assert!(!has_header("//! // Generated by clientwright. Do not edit.\n"));
        assert!(!has_header("\n// Generated by clientwright. Do not edit.\n"));
        assert!(!has_header("// Generated by clientwright. Do not edit. Or do.\n"));
    }
}
