//! What is accepted, what is refused, and that nothing panics.

use super::{Parsed, parse};
use crate::diag::{Diagnostics, Report};
use crate::source::{Source, SourceMap};

/// Reads a text; the report has what was found.
fn read(text: &str) -> (Parsed, Report) {
    let mut sources = SourceMap::default();
    let file = sources.add(Source { name: "a.yaml".to_owned(), text: text.to_owned() });
    let mut found = Diagnostics::default();
    let parsed = parse(file, text, &mut found);
    (parsed, Report { sources, diagnostics: found.into_sorted() })
}
