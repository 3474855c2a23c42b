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

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

fn problem(path: &Path, message: &str) -> Problem {
    let file = path.display().to_string();
    let message = format!("{file}: {message}");
    Problem { code: &codes::OUTPUT, message, file, line: 1, help: None }
}
