//! Bodies and answers as OpenAPI describes them, `{ content: { application/json: { schema: User } } }`, as they are
//! written here.

use super::json_schema;
use crate::source::Span;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// What is said for readers, or of the whole.
const BESIDE: [&str; 4] = ["description", "required", "example", "examples"];

/// The text of a body or an answer; nothing where there is only a description.
pub(super) fn written(node: &Node) -> Option<String> {
    let entries = match &node.value {
        Value::Scalar(_) => return json_schema::type_of(node),
        Value::Mapping(entries) => entries,
        Value::Null | Value::Sequence(_) => return None,
    };
    let rest: Vec<&Entry> =
        entries.iter().filter(|entry| !BESIDE.contains(&entry.key.value.as_str())).collect();
    match rest.as_slice() {
        [] if node.get("description").is_some() => Some("nothing".to_owned()),
        [] => None,
        [only] if only.key.value == "content" => of_media(&only.value),
        [only] if matches!(only.key.value.as_str(), "schema" | "type" | "model" | "body") => {
            json_schema::type_of(&only.value)
        }
        _ => type_of(node, &[]),
    }
}

/// The type that the words of JSON Schema in a mapping describe, besides the keys `own`.
pub(super) fn type_of(node: &Node, own: &[&str]) -> Option<String> {
    let is_beside = |key: &str| BESIDE.contains(&key) || own.contains(&key);
    let kept = node.as_mapping()?.iter().filter(|entry| !is_beside(&entry.key.value));
    let kept: Vec<Entry> = kept.cloned().collect();
    let known = ["type", "$ref", "items", "format", "additionalProperties", "nullable"];
    let fits = kept.iter().all(|entry| known.contains(&entry.key.value.as_str()));
    let schema = Node { span: node.span, value: Value::Mapping(kept), comment_after: None };
    if fits { json_schema::type_of(&schema) } else { None }
}

/// `{ application/json: { schema: User } }`
fn of_media(node: &Node) -> Option<String> {
    let [only] = node.as_mapping()? else { return None };
    let media = only.key.value.as_str();
    let (kind, sub) = media.split_once('/')?;
    let ty = || json_schema::type_of(only.value.get("schema").unwrap_or(&only.value));
    Some(match (kind, sub) {
        (_, "x-www-form-urlencoded") => format!("{{ form: {} }}", ty()?),
        (_, "form-data") => return None,
        (_, sub) if sub.ends_with("json") || sub == "*" => ty()?,
        (_, sub) if sub.ends_with("xml") => format!("{{ xml: {} }}", ty()?),
        ("text", _) => format!("text({media})"),
        _ => format!("binary({media})"),
    })
}

/// A text of this module as a value: a type, or `{ form: … }`.
pub(super) fn node(text: &str, span: Span) -> Node {
    let scalar = |text: &str| Node {
        span,
        value: Value::Scalar(Scalar::new(text, Style::Plain)),
        comment_after: None,
    };
    let inner = text.strip_prefix("{ ").and_then(|rest| rest.strip_suffix(" }"));
    match inner.and_then(|inner| inner.split_once(": ")) {
        Some((key, ty)) => {
            let key = crate::source::Spanned::new(key.to_owned(), span);
            let entry = Entry { key, value: scalar(ty) };
            Node { span, value: Value::Mapping(vec![entry]), comment_after: None }
        }
        None => scalar(text),
    }
}
