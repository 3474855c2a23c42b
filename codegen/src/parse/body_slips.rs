//! Bodies that are written as those of JSON Schema and OpenAPI, and members of them on another level.

use super::reader::shown;
use super::{content, member};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::yaml::{Entry, Node};

/// The members of a `form` or `multipart`, which are those of `{ fields: { … } }` if it has nothing else: the word
/// belongs to JSON.
pub(super) fn without_fields<'n>(
    key: &str,
    node: &'n Node,
    diagnostics: &mut Diagnostics,
) -> &'n Node {
    let Some([only]) = node.as_mapping() else { return node };
    let members = only.value.as_mapping().unwrap_or_default();
    let is_key = |entry: &Entry| member::KEYS.contains(&entry.key.value.as_str());
    let says_type = |entry: &Entry| matches!(entry.key.value.as_str(), "type" | "const");
    // A member that is called `fields`.
    let is_long = members.iter().all(is_key) && members.iter().any(says_type);
    let fits = only.key.value == "fields" && !members.is_empty() && !is_long;
    if !matches!(key, "form" | "multipart") || !fits {
        return node;
    }
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        only.key.span,
        format!("the members of a `{key}` stand in `fields`"),
    )
    .label("only JSON has this");
    // On lines of its own a mapping begins with its first key.
    let in_braces = only.key.span.start > node.span.start;
    diagnostics.push(if in_braces {
        let mended = flow(&only.value);
        let written = format!("{key}: {mended}");
        found.help(format!("they stand alone: `{}`", shown(&written))).patch(node.span, mended)
    } else {
        found.help(format!("they stand alone, one level higher: `{key}: {{ name: string }}`"))
    });
    &only.value
}

/// `{ type: User }`, `{ content: { application/json: … } }`: a body of one model, which is its name.
pub(super) fn of_one_model(node: &Node) -> Option<(Diagnostic, String)> {
    let entries = node.as_mapping()?;
    let words = ["type", "schema", "content", "$ref", "model"];
    let first = entries.iter().find(|entry| words.contains(&entry.key.value.as_str()))?;
    let ty = content::written(node).filter(|ty| !ty.starts_with('{') && ty != "nothing")?;
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("a body has no key `{}`", shown(&first.key.value)),
    )
    .label("unknown key")
    .help(format!("a body of one model is its name: `body: {}`", shown(&ty)))
    .patch(node.span, ty.as_str());
    Some((found, ty))
}

/// Members of a body that stand one level too high.
pub(super) fn members_in_place(node: &Node) -> Diagnostic {
    let mut members = node.as_mapping().into_iter().flatten();
    let file = |entry: &Entry| entry.value.as_scalar().is_some_and(|it| it.text.contains("file"));
    let help = if members.any(file) {
        "put them one level deeper; files are parts: `body: { multipart: { … } }`"
    } else {
        "put them one level deeper: `body: { fields: { … } }`; what is sent as a form is `body: { form: { … } }`"
    };
    Diagnostic::error(
        &codes::MISSING_KEY,
        node.span,
        "the members of the body stand in no `fields`",
    )
    .label("`fields` is missing")
    .help(help)
}
