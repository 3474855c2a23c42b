//! Finds the files of a specification, and the specifications of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use super::{Fault, Faults, Unsaved, read};
use crate::diag::{Report, codes};

/// A file to be read.
pub(super) struct Found {
    /// The name that messages show.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Which parts of a folder of specifications are no providers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// Names of folders and, without their ending, of files that are skipped.
    pub skipped: Vec<String>,
}

impl Default for Layout {
    /// Skips `obstacle` (inputs for tests) and `common` (what providers share).
    fn default() -> Self {
        Self { skipped: vec!["common".to_owned(), "obstacle".to_owned()] }
    }
}

/// The specifications in a folder such as `specs/`, sorted by name.
///
/// Each `.yaml` or `.yml` file directly in it is one, and each folder directly in it that has such a file
/// anywhere below, except what [`Layout::skipped`] names and what begins with a dot.
///
/// # Errors
///
/// When the folder cannot be read, or holds no specification.
pub fn providers(dir: &Path, layout: &Layout) -> Result<Vec<PathBuf>, Report> {
    let mut faults = Faults::default();
    let entries = entries(dir).unwrap_or_else(|error| {
        faults.push(&shown(dir), read::unreadable(&error));
        Vec::new()
    });
    let mut paths = Vec::new();
    for entry in entries {
        let name = if entry.is_dir { entry.path.file_name() } else { entry.path.file_stem() };
        let name = name.unwrap_or_default().to_string_lossy();
        if layout.skipped.iter().any(|skipped| *skipped == name) {
            continue;
        }
        let is_specification = if entry.is_dir {
            // Faults inside a specification are told when that one is loaded.
            let mut inside = Faults::default();
            !search(&entry.path, &mut inside).is_empty() || !inside.found.is_empty()
        } else {
            is_yaml(&entry.path)
        };
        if is_specification {
            paths.push(entry.path);
        }
    }
    if paths.is_empty() && faults.found.is_empty() {
        faults.push(&shown(dir), empty());
    }
    faults.into_result().map(|()| paths)
}

/// The files of one specification, sorted by name.
pub(super) fn files(path: &Path, unsaved: &Unsaved, faults: &mut Faults) -> Vec<Found> {
    // A file that was asked for may have any name, and be a link to anywhere.
    if !path.is_dir() {
        return vec![Found { name: shown(path), path: path.to_owned() }];
    }
    let mut found = search(path, faults);
    for new in unsaved.keys().filter(|new| is_below(path, new) && is_yaml(new)) {
        if !found.iter().any(|known| known.path == *new) {
            found.push(Found { name: shown(new), path: new.clone() });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    if found.is_empty() && faults.found.is_empty() {
        faults.push(&shown(path), empty());
    }
    found
}

/// Whether a file that is not there yet would be one of a folder.
fn is_below(folder: &Path, file: &Path) -> bool {
    let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    !file.exists() && file.strip_prefix(folder).is_ok_and(|below| !below.components().any(hidden))
}

/// The files below a folder.
fn search(path: &Path, faults: &mut Faults) -> Vec<Found> {
    let mut walk = Walk { found: Vec::new(), links: Vec::new(), seen: BTreeSet::new(), faults };
    let root = match fs::canonicalize(path) {
        Ok(root) => root,
        Err(error) => {
            faults.push(&shown(path), read::unreadable(&error));
            return Vec::new();
        }
    };
    walk.folder(path);
    // Links come after everything that is there under its own name, so that no file is read twice.
    while let Some(link) = walk.links.pop() {
        walk.link(&link, &root);
    }
    walk.found
}

fn empty() -> Fault {
    Fault::new(&codes::FILE_UNREADABLE, "there is no specification in this folder")
        .help("the names of specifications end in `.yaml` or `.yml`")
}

struct Walk<'a> {
    found: Vec<Found>,
    links: Vec<PathBuf>,
    /// What was read, by its real path: links may lead in circles.
    seen: BTreeSet<PathBuf>,
    faults: &'a mut Faults,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path) {
        let new = fs::canonicalize(path).map(|real| self.seen.insert(real));
        match new.and_then(|new| if new { entries(path) } else { Ok(Vec::new()) }) {
            Ok(entries) => {
                for entry in entries {
                    self.entry(entry);
                }
            }
            Err(error) => self.faults.push(&shown(path), read::unreadable(&error)),
        }
    }

    fn entry(&mut self, entry: Entry) {
        if entry.is_link {
            self.links.push(entry.path);
        } else if entry.is_dir {
            self.folder(&entry.path);
        } else if is_yaml(&entry.path) {
            self.file(entry.path);
        }
    }

    fn file(&mut self, path: PathBuf) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(real) {
            self.found.push(Found { name: shown(&path), path });
        }
    }

    fn link(&mut self, path: &Path, root: &Path) {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            // A broken link that nobody asked for is no part of the specification.
            Err(_) if !is_yaml(path) => return,
            Err(error) => return self.faults.push(&shown(path), read::unreadable(&error)),
        };
        let is_dir = real.is_dir();
        if !is_dir && !is_yaml(path) {
            return;
        }
        if !real.starts_with(root) {
            let message = "this symbolic link leaves the folder of the specification";
            let fault = Fault::new(&codes::FILE_UNREADABLE, message)
                .help("put the file itself into the folder");
            return self.faults.push(&shown(path), fault);
        }
        if is_dir { self.folder(path) } else { self.file(path.to_owned()) }
    }
}

pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) is_dir: bool,
    pub(super) is_link: bool,
}

/// What is directly in a folder and does not begin with a dot, sorted.
pub(super) fn entries(dir: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let is_link = entry.file_type()?.is_symlink();
        entries.push(Entry { is_dir: path.is_dir(), is_link, path });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

pub(super) fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
}

/// A path as messages show it: with `/` on every system, and without `./`.
pub(super) fn shown(path: &Path) -> String {
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let text = if plain.as_os_str().is_empty() { ".".into() } else { plain.to_string_lossy() };
    if MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(MAIN_SEPARATOR, "/") }
}
