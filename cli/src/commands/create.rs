//! Writing files that are not there yet.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::codes;
use crate::console::Problem;

/// Writes new files, all of them or, when one is there already, none.
pub(super) fn create(files: &[(&Path, String)]) -> Result<(), Problem> {
    for (path, _) in files {
        if fs::symlink_metadata(path).is_ok() {
            return Err(problem(path, "there is such a file already, and it stays as it is"));
        }
    }
    for (path, text) in files {
        write(path, text).map_err(|error| problem(path, &error.to_string()))?;
    }
    Ok(())
}

/// Writes a file over what is there: all of it, or nothing.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Problem> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    written.map_err(|error| {
        // What could not be put in its place is of no use; that it stays is no second problem.
        let _ = fs::remove_file(&new);
        problem(path, &error.to_string())
    })
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

pub(super) fn problem(path: &Path, message: &str) -> Problem {
    let file = path.display().to_string();
    let message = format!("{file}: {message}");
    Problem { code: &codes::OUTPUT, message, file, line: 1, help: None }
}
