//! Whether a value stands on the line of its key, and how.

use super::{WIDTH, scalar};
use crate::yaml::lexical::comment_after;
use crate::yaml::{Entry, Node, Style, Value};

/// How a value is written.
pub(super) enum Shape {
    /// On the line of its key; nothing for a value that is not there.
    Line(String),
    /// Begun on the line of its key, further lines indented below it.
    Lines(Vec<String>),
    /// A list or mapping on lines of its own.
    Nested,
}

/// The shape of a value that begins at `column`, the key of which is indented by `indent`.
pub(super) fn shape(
    text: &str,
    node: &Node,
    (column, indent): (usize, usize),
    (commented, fixed): (bool, bool),
) -> Shape {
    match &node.value {
        Value::Null => Shape::Line(if is_empty(node) { String::new() } else { "null".to_owned() }),
        Value::Scalar(found) => {
            let source = source(text, node);
            match found.style {
                Style::Literal | Style::Folded => match scalar::block(found, source) {
                    Some((header, lines)) => {
                        Shape::Lines(std::iter::once(header).chain(lines).collect())
                    }
                    None => Shape::Line(scalar::escaped(&found.text)),
                },
                Style::Plain if source.contains('\n') && !found.text.contains('\n') => {
                    let room = |taken: usize| WIDTH.saturating_sub(taken);
                    Shape::Lines(scalar::wrapped(&found.text, room(column), room(indent + 2)))
                }
                // Without quotes a comment would seem to be cut off the text.
                _ => {
                    let keep = fixed || comment_after(text, node.span.end as usize).is_some();
                    Shape::Line(scalar::line(found, source, false, keep))
                }
            }
        }
        Value::Sequence(items) if items.is_empty() => Shape::Line("[]".to_owned()),
        Value::Mapping(entries) if entries.is_empty() => Shape::Line("{}".to_owned()),
        _ if !is_flow(text, node) || commented => Shape::Nested,
        _ => {
            let line = flat(text, node, fixed);
            if column + line.chars().count() > WIDTH { Shape::Nested } else { Shape::Line(line) }
        }
    }
}

/// Whether a list or mapping stands in brackets.
pub(super) fn is_flow(text: &str, node: &Node) -> bool {
    matches!(text.as_bytes().get(node.span.start as usize), Some(b'{' | b'['))
}

/// Whether quotes say something here, and in all of a mapping: what stands in them is the value itself, and
/// without them a name.
pub(super) fn is_fixed(entry: &Entry) -> bool {
    matches!(entry.key.value.as_str(), "username" | "password" | "kid" | "claims" | "headers")
}

/// Whether nothing is written where the value should be.
pub(super) fn is_empty(node: &Node) -> bool {
    node.span.start == node.span.end
}

/// A value on one line, inside brackets.
fn flat(text: &str, node: &Node, fixed: bool) -> String {
    match &node.value {
        // That nothing stands there may be a mistake.
        Value::Null if is_empty(node) => String::new(),
        Value::Null => "null".to_owned(),
        Value::Scalar(found) => scalar::line(found, source(text, node), true, fixed),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(|item| flat(text, item, false)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Mapping(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| {
                    let value = flat(text, &entry.value, fixed || is_fixed(entry));
                    // Of a key that stands alone nobody knows what it is.
                    let alone = entry.value.span.end == entry.key.span.end;
                    format!("{}{}{value}", key(text, entry, true), if alone { "" } else { ": " })
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// A key as it is written.
pub(super) fn key(text: &str, entry: &Entry, flow: bool) -> String {
    let place = entry.key.span.start as usize..entry.key.span.end as usize;
    scalar::key(&entry.key.value, text.get(place).unwrap_or_default(), flow)
}

fn source<'t>(text: &'t str, node: &Node) -> &'t str {
    text.get(node.span.start as usize..node.span.end as usize).unwrap_or_default()
}
