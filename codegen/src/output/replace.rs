//! Replacing one file that somebody has written, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process;

use super::paths;

/// Puts `text` in the place of a file. Its permissions stay, and a symbolic link still leads to it.
///
/// # Errors
///
/// When it cannot be written; then the file is as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).map_err(|error| paths::named(path, &error))?;
    let permissions =
        fs::metadata(&target).map_err(|error| paths::named(path, &error))?.permissions();
    let folder = target.parent().unwrap_or(Path::new(""));
    let temporary = folder.join(format!(".clientwright-{}.tmp", process::id()));
    // Left by a run that was killed and had the same number.
    let _ = fs::remove_file(&temporary);
    let written = File::create_new(&temporary)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.set_permissions(permissions)
        })
        .and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(|error| paths::named(path, &error))
}
