//! Objects that are written where the name of a model belongs.

use super::elsewhere::{self, NAMED_OBJECT};
use super::reader::shown;
use crate::diag::{Diagnostic, codes, nearest};
use crate::foreign;
use crate::yaml::{Entry, Node, Value};

/// What is said of a mapping without a type that seems to be the members of an object, `{ amount: decimal,
/// currency: string }`, where `what` belongs, which has the keys `known`.
pub(super) fn object(what: &str, node: &Node, known: &[&str]) -> Option<Diagnostic> {
    let entries = node.as_mapping()?;
    let is_key = |entry: &Entry| {
        let key = entry.key.value.as_str();
        known.contains(&key)
            || nearest(key, known.iter().copied()).is_some()
            || elsewhere::is_word(what, key)
    };
    let says_type = |entry: &Entry| entry.key.value == "type";
    let found = entries.iter().all(is_typed)
        && !entries.iter().all(is_key)
        && !entries.iter().any(says_type);
    found.then(|| error(node))
}

/// `{ string }`: a type in braces.
pub(super) fn braces(node: &Node) -> Option<Diagnostic> {
    let [only] = node.as_mapping()? else { return None };
    let ty = only.key.value.as_str();
    // `{ String => Integer }`
    if let Some((_, meant)) = ty.split_once("=>")
        && let Some(meant) = foreign::ty(meant.trim()).filter(|meant| foreign::is_type(meant))
    {
        let mended = format!("map<{meant}>");
        return only.value.is_null().then(|| {
            Diagnostic::error(&codes::WRONG_KIND, node.span, "a type has no braces around it")
                .label("expected a type")
                .help(format!("what has keys of any name is `{}`", shown(&mended)))
                .patch(node.span, mended)
        });
    }
    (only.value.is_null() && foreign::is_type(ty)).then(|| {
        Diagnostic::error(&codes::WRONG_KIND, node.span, "a type has no braces around it")
            .label("expected a type")
            .help(format!("write `{}`", shown(ty)))
            .patch(node.span, ty)
    })
}

/// What is said of an object in place of the name of a model.
pub(super) fn error(node: &Node) -> Diagnostic {
    Diagnostic::error(&codes::WRONG_KIND, node.span, "an object stands in place of its name")
        .label("expected a type")
        .help(NAMED_OBJECT)
}

/// Whether an entry is one of a member: its value is a type, perhaps with flags and documentation.
fn is_typed(entry: &Entry) -> bool {
    match &entry.value.value {
        Value::Scalar(scalar) => is_type(&scalar.text),
        Value::Mapping(entries) => !entries.is_empty() && entries.iter().all(is_nested),
        Value::Null | Value::Sequence(_) => false,
    }
}

/// Whether an entry is one of the long form of a member, or of an object inside an object.
fn is_nested(entry: &Entry) -> bool {
    !matches!(entry.value.value, Value::Null | Value::Sequence(_))
}

fn is_type(text: &str) -> bool {
    const BEHIND: [&str; 6] = ["read", "write", "sensitive", "deprecated", "|", "null"];
    let head = text.split(" -- ").next().unwrap_or_default();
    let mut words = head.split_whitespace();
    let name = words.next().unwrap_or_default();
    name.starts_with(|c: char| c.is_alphabetic())
        && !matches!(name, "true" | "false")
        && name.chars().all(|c| c.is_alphanumeric() || "_.<>()?[]".contains(c))
        && words.all(|word| BEHIND.contains(&word))
}
