//! Files that a specification names.
//!
//! They lie in the folder in which the specification lies, or below it, and no symbolic link leads to them: so
//! nothing is read that its author could not have put there.

use std::path::Path;

use super::walk::shown;
use super::{Fault, Faults, Unsaved, read};
use crate::diag::codes;
use crate::output;
use crate::parse;
use crate::source::{FileId, Source, beside};

/// Adds the files that those of the specification at `path` name, and those that these name.
pub(super) fn add(path: &Path, unsaved: &Unsaved, sources: &mut Vec<Source>, faults: &mut Faults) {
    let root = root(&shown(path));
    let mut at = 0;
    while let Some(source) = sources.get(at).cloned() {
        let uses = parse::uses(FileId::default(), &source.text);
        for named in uses.into_iter().chain(parse::exchanges(FileId::default(), &source.text)) {
            // What is no path at all is found out later, with everything else.
            let Some(name) = beside(&source.name, &named.value) else { continue };
            if sources.iter().any(|known| known.name == name) {
                continue;
            }
            match text(&root, &name, unsaved) {
                Ok(text) => sources.push(Source { name, text }),
                Err(fault) => faults.push_at(&source, named.span, &named.value, fault),
            }
        }
        at += 1;
    }
}

/// The folder in which a specification lies, which nothing leaves.
fn root(path: &str) -> String {
    match path {
        "." => "..".to_owned(),
        _ if path == ".." || path.ends_with("/..") => format!("{path}/.."),
        _ => path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
    }
}

fn text(root: &str, name: &str, unsaved: &Unsaved) -> Result<String, Fault> {
    let below = if root.is_empty() { Some(name) } else { below(root, name) };
    let leaves = |path: &&str| path.starts_with('/') || path.split('/').any(|part| part == "..");
    let Some(below) = below.filter(|path| !leaves(path)) else {
        let message = "it leaves the folder in which the specification lies";
        return Err(Fault::new(&codes::FILE_UNREADABLE, message)
            .help("put it beside the specification, or into a folder there"));
    };
    let folder = if root.is_empty() { "." } else { root };
    match output::link(Path::new(folder), below) {
        Ok(None) => super::text(Path::new(name), unsaved),
        Ok(Some(_)) => {
            let message = "a symbolic link leads to it";
            Err(Fault::new(&codes::FILE_UNREADABLE, message).help("name the file itself"))
        }
        Err(error) => Err(read::unreadable(&error)),
    }
}

fn below<'n>(root: &str, name: &'n str) -> Option<&'n str> {
    name.strip_prefix(root)?.strip_prefix('/')
}
