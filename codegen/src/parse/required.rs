//! Parameters that say in keys of their own where they travel and what their schema is, as OpenAPI does:
//! `{ in: query, required: false, schema: { type: string } }`. Each is told once, and read as what it means.

use super::json_schema;
use super::reader::shown;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::yaml::{Entry, Node, Value};

/// What is said of a member here, in other words or elsewhere.
const OURS: [&str; 5] = ["in", "schema", "required", "optional", "name"];

/// What describes it, or its type.
const BESIDE: [&str; 8] =
    ["description", "doc", "example", "type", "$ref", "format", "items", "nullable"];

/// A member in such words.
pub(super) struct Meant {
    pub(super) found: Diagnostic,
    /// Its type in this language, if that is clear.
    pub(super) ty: Option<String>,
    pub(super) optional: bool,
}

/// What `entry` means, which may be missing if `optional`.
pub(super) fn read(entry: &Entry, wire: &str, optional: bool) -> Option<Meant> {
    let node = &entry.value;
    let entries = node.as_mapping()?;
    let first = entries.iter().find(|it| matches!(it.key.value.as_str(), "in" | "schema"))?;
    let known = |key: &str| OURS.contains(&key) || BESIDE.contains(&key);
    if !entries.iter().all(|it| known(&it.key.value)) {
        return None;
    }
    let text = |key: &str| Some(node.get(key)?.as_scalar()?.text.as_str());
    // A member of a list of those that are required is not this one.
    let says = |key: &str| node.get(key).is_none_or(|value| value.as_scalar().is_some());
    if !says("required") || !says("optional") {
        return None;
    }
    let absent = text("required") == Some("false") || text("optional") == Some("true");
    let optional = optional || absent;
    let ty = match node.get("schema") {
        Some(schema) => json_schema::type_of(schema),
        None => {
            let of_type = |it: &&Entry| {
                matches!(it.key.value.as_str(), "type" | "$ref" | "format" | "items" | "nullable")
            };
            let kept: Vec<Entry> = entries.iter().filter(of_type).cloned().collect();
            match kept.as_slice() {
                [] => Some("string".to_owned()),
                // A type of this language stays as it is.
                [only] if only.key.value == "type" => only
                    .value
                    .as_scalar()
                    .map(|it| json_schema::type_of(&only.value).unwrap_or_else(|| it.text.clone())),
                _ => json_schema::type_of(&Node {
                    span: node.span,
                    value: Value::Mapping(kept),
                    comment_after: None,
                }),
            }
        }
    };
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("a member has no key `{}`", shown(&first.key.value)),
    )
    .label("as OpenAPI describes it");
    let found = match &ty {
        Some(ty) => {
            let doc = text("doc").or_else(|| text("description"));
            let value = match doc {
                Some(doc) => {
                    let short = format!("{ty} -- {doc}");
                    match flow_text(&short) == short {
                        true => short,
                        false => format!("{{ type: {}, doc: {} }}", flow_text(ty), flow_text(doc)),
                    }
                }
                None => flow_text(ty),
            };
            let mark = if optional { "?" } else { "" };
            let written = format!("{}: {value}", flow_text(&format!("{wire}{mark}")));
            found
                .help(format!("a `?` behind its name says that it may be missing: `{}`", shown(&written)))
                .patch(entry.key.span.to(node.span), written)
        }
        None => found.help(
            "a `?` behind its name says that it may be missing, and where it travels is the key it stands in: \
             `query: { page?: int32 }`",
        ),
    };
    Some(Meant { found, ty, optional })
}
