//! Human rendering. The only importer of `annotate-snippets`.

use super::{Diagnostic, machine};
use crate::source::SourceMap;

/// See [`Report::human`](super::Report::human).
pub(super) fn human(sources: &SourceMap, found: &[Diagnostic], colour: bool) -> String {
    let _ = colour;
    machine::short(sources, found)
}
