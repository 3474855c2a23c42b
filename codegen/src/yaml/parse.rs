//! Text to tree. The only importer of the YAML scanner.

use crate::diag::Diagnostics;
use crate::source::FileId;

use super::Node;

/// What could be read.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// The tree; nothing for an empty file.
    pub(crate) node: Option<Node>,
    /// False when parts were left out because of faults: what is missing then may only be unread.
    pub(crate) complete: bool,
}

/// Reads one file.
pub(crate) fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Parsed {
    let _ = (file, text, diagnostics);
    Parsed { node: None, complete: false }
}
