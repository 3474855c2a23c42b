//! What is said about an item.

use super::tree::{Map, Tree};
use crate::ir::Docs;

/// The text of an item, with what is not known.
pub(super) fn text(docs: &Docs) -> Option<String> {
    let assumed = docs.assumed.as_ref().map(|what| format!("Assumed: {what}"));
    let incomplete = docs.incomplete.as_ref().map(|why| format!("Incomplete: {why}"));
    let default = docs.default.as_ref().map(|value| format!("Default: {value}"));
    let deprecated = docs.deprecated.as_ref().map(|why| format!("Deprecated: {why}"));
    let parts: Vec<String> = [docs.text.clone(), default, deprecated, assumed, incomplete]
        .into_iter()
        .flatten()
        .map(|part| part.trim().to_owned())
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The page that an item comes from.
pub(super) fn page(docs: &Docs) -> Option<Tree> {
    let source = docs.source.as_ref()?;
    let url = source.url.as_deref()?;
    Some(Map::new().set("url", url).set("description", source.title.as_str()).into())
}

/// A schema with what is said about it. A reference has no room for more than a description.
pub(super) fn described(docs: &Docs, schema: Map) -> Map {
    Map::new()
        .maybe("description", text(docs))
        .maybe("externalDocs", page(docs))
        .maybe("deprecated", docs.deprecated.as_ref().map(|_| true))
        .with(schema)
}
