//! Keeps every path inside the folder of output.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Whether a path is relative and plain: it leaves no folder on any system.
pub(super) fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(['\\', ':', '\0', '\n', '\r'])
}

/// Where a file lies below `dir`.
pub(super) fn below(dir: &Path, path: &str) -> io::Result<PathBuf> {
    if !is_plain(path) {
        let message = format!("`{}` is not a plain relative path", path.escape_debug());
        return Err(io::Error::new(ErrorKind::InvalidInput, message));
    }
    Ok(path.split('/').fold(dir.to_owned(), |at, part| at.join(part)))
}

/// The first symbolic link between `dir` and a file below it. `dir` itself may be one.
pub(crate) fn link(dir: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let mut at = dir.to_owned();
    for part in path.split('/') {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => return Ok(Some(at)),
            Ok(_) => {}
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(named(&at, &error)),
        }
    }
    Ok(None)
}

/// The bytes of a file, if there is one.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(named(path, &error)),
    }
}

/// Below a file there is no file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Errors of the system do not say which file they are about.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_lie_below() {
        let dir = Path::new("out");
        assert_eq!(below(dir, "a/b.rs").unwrap(), Path::new("out/a/b.rs"));
        for path in ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\\b", "C:a", "a\nb"] {
            assert_eq!(below(dir, path).unwrap_err().kind(), ErrorKind::InvalidInput, "{path:?}");
        }
    }
}
