//! Reads one file.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::{Fault, MAX_FILE_SIZE};
use crate::diag::codes;

/// The text of a file.
pub(super) fn text(path: &Path) -> Result<String, Fault> {
    // Asked before opening: to open a pipe waits until somebody writes.
    let found = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !found.is_file() {
        return Err(Fault::new(&codes::FILE_UNREADABLE, "this is not a regular file"));
    }
    let too_large = |size: u64| {
        let message = format!("the file has {size} bytes, and {MAX_FILE_SIZE} are the most");
        Fault::new(&codes::FILE_TOO_LARGE, message)
            .help("split it: a specification may be a folder of files")
    };
    if found.len() > MAX_FILE_SIZE {
        return Err(too_large(found.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    // The size that was asked for is no promise.
    let read = file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_FILE_SIZE {
        return Err(too_large(size));
    }
    String::from_utf8(bytes)
        .map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The error of the system, in the form of a finding.
pub(super) fn unreadable(error: &io::Error) -> Fault {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission to read it is denied".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    Fault::new(&codes::FILE_UNREADABLE, text)
}

fn not_utf8(bytes: &[u8], at: usize) -> Fault {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("byte {at} (0x{byte:02x}, on line {line}) is not UTF-8");
    Fault::new(&codes::NOT_UTF8, message).help("save the file as UTF-8")
}
