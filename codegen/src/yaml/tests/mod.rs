//! What is accepted, what is refused, and that nothing panics.

mod accepted;
mod faults;
mod oracle;
mod property;
mod recovery;

use super::parse::Parsed;
use super::{Node, Value, parse};
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

/// The tree of a text without faults.
fn tree(text: &str) -> Node {
    let (parsed, report) = read(text);
    assert!(report.diagnostics.is_empty(), "{report}");
    assert!(parsed.complete);
    parsed.node.expect("a document")
}

/// The outline of a tree in one line: `{key: "text", list: [null]}`.
fn outline(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar(scalar) => format!("{:?}", scalar.text),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(outline).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(entries) => {
            let entry = |e: &super::Entry| format!("{}: {}", e.key.value, outline(&e.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// `E0104 1:4, E0106 2:8`
fn places(report: &Report) -> String {
    let place = |d: &crate::diag::Diagnostic| {
        let place = report.sources.location(d.span);
        format!("{} {}:{}", d.code.id, place.line, place.column)
    };
    report.diagnostics.iter().map(place).collect::<Vec<_>>().join(", ")
}
