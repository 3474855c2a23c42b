//! What a caller gets: the findings together with the texts they are about.

use std::fmt;

use super::collected::count;
use super::{Diagnostic, Severity, machine, render};
use crate::source::SourceMap;

/// Findings and the texts they are about. As an error it displays the human rendering.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The texts.
    pub sources: SourceMap,
    /// The findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether anything forbids generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        count(&self.diagnostics, Severity::Error) > 0
    }

    /// For a person: the lines of the source with what is wrong under them, and a summary.
    #[must_use]
    pub fn human(&self, colour: bool) -> String {
        render::human(&self.sources, &self.diagnostics, colour)
    }

    /// One line a finding: `file:line:column: error[E0101]: message (help)`.
    #[must_use]
    pub fn short(&self) -> String {
        machine::short(&self.sources, &self.diagnostics)
    }

    /// One JSON object a line, with `code`, `severity`, `message`, `file`, `line`, `column`, `end_line`,
    /// `end_column`, `label`, `related`, `notes`, `help` and `patch`.
    #[must_use]
    pub fn json(&self) -> String {
        machine::json(&self.sources, &self.diagnostics)
    }

    /// Workflow commands that GitHub turns into annotations of the changed lines.
    #[must_use]
    pub fn github(&self) -> String {
        machine::github(&self.sources, &self.diagnostics)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.human(false))
    }
}

impl std::error::Error for Report {}
