//! Writing a folder so that it holds the files, without a moment in which one of them is half a file.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use super::manifest::MANIFEST;
use super::plan::{Change, plan};
use super::{Files, paths};
use crate::json_text::json_text;

/// What writing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that are new or have another text now, sorted.
    pub changed: Vec<String>,
    /// Files that are gone, sorted.
    pub removed: Vec<String>,
    /// How many files were left alone.
    pub unchanged: usize,
}

impl Written {
    /// One object with the paths that were `written` and `removed`, below `dir`, and how many are `unchanged`.
    #[must_use]
    pub fn json(&self, dir: &str) -> String {
        let list = |paths: &[String]| {
            let paths = paths.iter().map(|path| json_text(&format!("{dir}/{path}")));
            paths.collect::<Vec<_>>().join(",")
        };
        format!(
            "{{\"written\":[{}],\"removed\":[{}],\"unchanged\":{}}}\n",
            list(&self.changed),
            list(&self.removed),
            self.unchanged
        )
    }
}

/// Makes `dir` hold `files`: see the rules of this module's documentation.
///
/// # Errors
///
/// When something cannot be read or written, a symbolic link lies in the way, or a file would have to be
/// overwritten that no run has made. As long as new texts are prepared nothing has changed; an error when
/// they are put in their places leaves each file as it was or as it should be.
pub fn write(files: &Files, dir: &Path) -> io::Result<Written> {
    let plan = plan(files, dir)?;
    for change in &plan.changed {
        check(change)?;
    }
    let mut staged = Staged::default();
    for change in &plan.changed {
        staged.add(change)?;
    }
    // The old manifest stays until everything that only it knows of is gone.
    staged.put(|target| !is_manifest(target, dir))?;
    for path in &plan.stale {
        remove(dir, path)?;
    }
    staged.put(|_| true)?;
    let changed = plan.changed.iter().map(|change| change.path.to_owned()).collect();
    Ok(Written { changed, removed: plan.stale, unchanged: plan.unchanged })
}

fn is_manifest(target: &Path, dir: &Path) -> bool {
    target == dir.join(MANIFEST)
}

/// Refuses what must not be replaced.
fn check(change: &Change<'_>) -> io::Result<()> {
    if change.found.is_some() && !change.ours {
        let message = format!(
            "{} was not generated and stands in the way; move it, or choose another folder",
            change.target.display()
        );
        return Err(io::Error::new(ErrorKind::AlreadyExists, message));
    }
    Ok(())
}

/// Texts that are on the disk under another name, beside the file they will become.
#[derive(Default)]
struct Staged {
    waiting: Vec<(PathBuf, PathBuf)>,
}

impl Staged {
    fn add(&mut self, change: &Change<'_>) -> io::Result<()> {
        let folder = change.target.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|error| paths::named(folder, &error))?;
        // Two runs at once do not write into one file.
        let name = format!(".clientwright-{}-{}.tmp", process::id(), self.waiting.len());
        let temporary = folder.join(name);
        // Left by a run that was killed and had the same number. What is new follows no link.
        let _ = fs::remove_file(&temporary);
        let file =
            File::create_new(&temporary).map_err(|error| paths::named(&temporary, &error))?;
        self.waiting.push((temporary, change.target.clone()));
        fill(file, change.text).map_err(|error| paths::named(&change.target, &error))
    }

    /// Puts the chosen ones in their places.
    fn put(&mut self, chosen: impl Fn(&Path) -> bool) -> io::Result<()> {
        let mut error = None;
        self.waiting.retain(|(temporary, target)| {
            if error.is_some() || !chosen(target) {
                return true;
            }
            error = fs::rename(temporary, target).err().map(|error| paths::named(target, &error));
            error.is_some()
        });
        error.map_or(Ok(()), Err)
    }
}

fn fill(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())
}

impl Drop for Staged {
    /// What never came to its place goes.
    fn drop(&mut self) {
        for (temporary, _) in &self.waiting {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Deletes a file, and the folders that it leaves empty.
fn remove(dir: &Path, path: &str) -> io::Result<()> {
    let target = paths::below(dir, path)?;
    match fs::remove_file(&target) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(paths::named(&target, &error));
        }
        _ => {}
    }
    let mut folder = target.parent();
    while let Some(at) = folder.filter(|at| *at != dir && at.starts_with(dir)) {
        // Fails when something is left in it, which is no error.
        if fs::remove_dir(at).is_err() {
            break;
        }
        folder = at.parent();
    }
    Ok(())
}
