//! The sources of the runtime, for crates that stand alone. The build script makes the list.

use clientwright_codegen::output::Files;

include!(concat!(env!("OUT_DIR"), "/vendored.rs"));

/// The packages of the runtime, a folder for each.
pub(crate) fn files() -> Files {
    FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}
