//! Finds the specifications of a folder in which anything may lie, as an editor opens it.
//!
//! A specification is a file or a folder, and nothing says which. A file with `provider` is one; files without it, which
//! nobody uses, belong to the only provider around them and make it a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::walk::{entries, is_yaml, shown};
use super::{Unsaved, text};
use crate::parse;
use crate::source::{FileId, beside};

/// So many folders and files are looked at.
const MOST: usize = 50_000;

/// Folders in which others put what they make.
const STRANGE: [&str; 2] = ["node_modules", "target"];

/// What the text of a file says about the specification that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Whether it is a part of a specification at all.
    specification: bool,
    /// Whether it says whose.
    provider: bool,
    /// The files that it uses, as it writes them.
    uses: Vec<String>,
}

impl Signature {
    /// The signature of a text, without reading more of it than its lines.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let has = |key: &str| text.lines().any(|line| begins_with(line, key));
        if !has("clientwright") {
            return Self::default();
        }
        let uses = parse::uses(FileId::default(), text);
        Self {
            specification: true,
            provider: has("provider"),
            uses: uses.into_iter().map(|path| path.value).collect(),
        }
    }

    /// Whether the file says whose specification it is a part of.
    pub(super) fn names_provider(&self) -> bool {
        self.provider
    }

    /// Whether the file is a part of a specification at all.
    #[must_use]
    pub fn is_specification(&self) -> bool {
        self.specification
    }
}

/// Whether a line without indentation begins with a key. A file in `{ }` is a line, or begins with one that has all.
fn begins_with(line: &str, key: &str) -> bool {
    let entry = |text: &str| {
        let rest = text.trim_start_matches(['"', '\'']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    match line.strip_prefix('{') {
        Some(flow) => flow.split([',', '{']).any(|part| entry(part.trim_start())),
        None => entry(line),
    }
}

/// The specifications in and below a folder, as paths for [`load`](super::load()); `below` says whether to look into the
/// folders in it.
#[must_use]
pub fn specifications(folder: &Path, below: bool, unsaved: &Unsaved) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(folder, below, &mut files);
    let new = |path: &&PathBuf| path.starts_with(folder) && is_yaml(path) && !files.contains(path);
    let new: Vec<PathBuf> = unsaved.keys().filter(new).cloned().collect();
    files.extend(new);
    files.sort();
    let found: BTreeMap<PathBuf, Signature> = files
        .into_iter()
        .map(|path| {
            let signature = text(&path, unsaved).map(|text| Signature::of(&text));
            (path, signature.unwrap_or_default())
        })
        .collect();
    arrange(folder, &found)
}

fn collect(folder: &Path, below: bool, files: &mut Vec<PathBuf>) {
    let mut open = vec![folder.to_owned()];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        // What cannot be listed holds no specification that could be edited.
        for entry in entries(&folder).unwrap_or_default() {
            seen += 1;
            let strange =
                entry.path.file_name().is_some_and(|name| STRANGE.iter().any(|it| name == *it));
            if entry.is_link || strange || seen > MOST {
                continue;
            }
            if entry.is_dir && below {
                open.push(entry.path);
            } else if is_yaml(&entry.path) {
                files.push(entry.path);
            }
        }
    }
}

/// Which files belong together.
fn arrange(root: &Path, found: &BTreeMap<PathBuf, Signature>) -> Vec<PathBuf> {
    let used: BTreeSet<String> = found
        .iter()
        .flat_map(|(path, it)| it.uses.iter().filter_map(|to| beside(&shown(path), to)))
        .collect();
    let above = |path: &Path| {
        let inside = |folder: &&Path| folder.starts_with(root);
        path.ancestors().skip(1).take_while(inside).map(Path::to_owned).collect::<Vec<_>>()
    };
    let mut providers: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut strangers: BTreeSet<PathBuf> = BTreeSet::new();
    for (path, signature) in found {
        for folder in above(path) {
            if signature.provider {
                *providers.entry(folder).or_default() += 1;
            } else if !signature.specification {
                strangers.insert(folder);
            }
        }
    }
    let alone = |folder: &PathBuf| providers.get(folder) == Some(&1);
    // The folder of each part that has no provider: the nearest one around it that has.
    let parts: Vec<PathBuf> = found
        .iter()
        .filter(|(path, it)| it.specification && !it.provider && !used.contains(&shown(path)))
        .filter_map(|(path, _)| {
            above(path).into_iter().find(|folder| providers.contains_key(folder)).filter(alone)
        })
        .collect();
    let specification = |path: &PathBuf| {
        let folder = parts.iter().filter(|folder| path.starts_with(folder)).min();
        let own = path.parent().map(Path::to_owned);
        let own = own.filter(|own| alone(own) && !strangers.contains(own));
        folder.cloned().or(own).unwrap_or_else(|| path.clone())
    };
    found.iter().filter(|(_, it)| it.provider).map(|(path, _)| specification(path)).collect()
}
