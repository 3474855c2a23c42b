//! The canonical layout of a specification: `clientwright fmt`.
//!
//! Layout follows the author where it carries meaning for readers: the order of models, methods and members, what
//! stands in `{ }` as long as it fits into a line, blank lines between members, and every comment. The rest is
//! decided here, so that laying out twice gives the same text. What a specification says never changes: the result
//! is read again and compared, and a text that this module cannot lay out is left as it is.

mod comments;
mod meaning;
mod root;
mod scalar;
mod shape;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use scalar::{flow, flow_text, text as plain_text};

use crate::diag::{Diagnostics, Report};
use crate::source::{FileId, Source, SourceMap};
use crate::yaml::{self, Node};

/// Columns of a line; what stands in `{ }` or `[ ]` and does not fit is written as a block.
const WIDTH: usize = 120;

/// The canonical layout of one file.
///
/// # Errors
///
/// The faults of its YAML: what cannot be read cannot be laid out.
pub fn format(source: &Source) -> Result<String, Report> {
    let mut sources = SourceMap::default();
    let file = sources.add(source.clone());
    let mut found = Diagnostics::default();
    let parsed = yaml::parse(file, &source.text, &mut found);
    if found.has_errors() || !parsed.complete {
        return Err(Report { sources, diagnostics: found.into_sorted() });
    }
    let text = plain(&source.text);
    let laid = lay_out(&text).filter(|laid| meaning::same(&text, laid));
    Ok(laid.unwrap_or(text))
}

/// Without a byte-order mark, and with one kind of line break.
fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The layout, unless there is something in the text that no specification has.
fn lay_out(text: &str) -> Option<String> {
    let Some(node) = read(text) else { return Some(only_comments(text)) };
    let entries = node.as_mapping()?;
    let comments = yaml::comments(text)?;
    (!entries.is_empty()).then(|| root::lay_out(text, entries, comments))
}

/// The tree of a text without faults; none for one without a value.
fn read(text: &str) -> Option<Node> {
    yaml::parse(FileId::default(), text, &mut Diagnostics::default()).node
}

/// A file in which nothing stands yet.
fn only_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    let text = text.trim_matches('\n');
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}
