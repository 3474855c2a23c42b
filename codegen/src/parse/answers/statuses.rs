//! Statuses as others write them beside their answers: `{ status: 201, type: User }`, and `[200: User]`.

use super::exact_status;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::parse::shown;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

/// What is said of such answers, and the answers by status as they are meant.
pub(super) fn mended(node: &Node) -> Option<(Diagnostic, Node)> {
    let answers: Vec<Entry> = match &node.value {
        Value::Sequence(items) if !items.is_empty() => {
            items.iter().map(|item| one(item).or_else(|| by_key(item))).collect::<Option<_>>()?
        }
        Value::Mapping(_) => vec![one(node)?],
        _ => return None,
    };
    let each: Option<Vec<String>> = answers
        .iter()
        .map(|entry| {
            let ty = entry.value.as_scalar()?;
            Some(format!("{}: {}", entry.key.value, flow_text(&ty.text)))
        })
        .collect();
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        node.span,
        match node.value {
            Value::Sequence(_) => "answers by status stand in a list",
            _ => "the status of an answer stands beside it",
        },
    )
    .label("expected the status as the key");
    let found = match each {
        Some(each) => {
            let text = format!("{{ {} }}", each.join(", "));
            found.help(format!("write `returns: {}`", shown(&text))).patch(node.span, text)
        }
        None => found.help("the status is the key: `returns: { 200: User, 204: nothing }`"),
    };
    let value = Value::Mapping(answers);
    Some((found, Node { span: node.span, value, comment_after: None }))
}

/// `{ status: 201, type: User }`
fn one(node: &Node) -> Option<Entry> {
    let entries = node.as_mapping()?;
    let is_status = |entry: &&Entry| {
        matches!(entry.key.value.as_str(), "status" | "code" | "statusCode" | "status_code")
    };
    let status = entries.iter().find(is_status)?;
    let ty = match entries.iter().filter(|entry| !is_status(entry)).collect::<Vec<_>>().as_slice() {
        [ty] if matches!(ty.key.value.as_str(), "type" | "body" | "schema" | "model") => &ty.value,
        _ => return None,
    };
    let key = Spanned::new(status.value.as_scalar()?.text.clone(), status.value.span);
    exact_status(&key)?;
    Some(Entry { key, value: ty.clone() })
}

/// `200: User`, alone.
fn by_key(node: &Node) -> Option<Entry> {
    let [only] = node.as_mapping()? else { return None };
    exact_status(&only.key)?;
    Some(only.clone())
}
