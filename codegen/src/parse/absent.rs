//! Members that may be absent, where it is not their name that says so: `string | undefined`, `{ type: string, required: false }`.

use super::json_schema;
use super::reader::{is_plain, shown};
use crate::ast::Text;
use crate::diag::{Diagnostic, codes};
use crate::foreign;
use crate::format::{flow, flow_text};
use crate::yaml::{Entry, Node};

/// How others say behind a type, or before it, that a member may be absent.
const BEHIND: [&str; 6] =
    [" | undefined", " optional", " (optional)", " [optional]", " | optional", "|undefined"];
const BEFORE: [&str; 2] = ["optional ", "undefined | "];

/// The member in a text, without what says in it that it may be absent.
pub(super) fn said_in(text: &str) -> Option<String> {
    let (head, doc) = text.split_once(" -- ").map_or((text, None), |(head, doc)| (head, Some(doc)));
    let head = head.trim();
    let behind = BEHIND.iter().find_map(|words| head.strip_suffix(words));
    let bare = behind.or_else(|| BEFORE.iter().find_map(|words| head.strip_prefix(words)))?;
    let whole = doc.map_or_else(|| bare.to_owned(), |doc| format!("{bare} -- {doc}"));
    let meant = foreign::member(&whole)?;
    foreign::is_type(&meant.ty).then_some(meant.written)
}

/// A member that may be absent, as it is written.
pub(super) fn written(name: &str, ty: &str) -> String {
    format!("{}?: {ty}", name.trim_end_matches('?'))
}

/// `{ type: string, required: false }`
pub(super) fn by_key(key: &Text, node: &Node) -> Option<Diagnostic> {
    let entries = node.as_mapping()?;
    let says = |entry: &&Entry| {
        let value = entry.value.as_scalar().map(|it| it.text.as_str());
        matches!(
            (entry.key.value.as_str(), value),
            ("required", Some("false")) | ("optional", Some("true"))
        )
    };
    let said = entries.iter().find(says)?;
    let others: Vec<&Entry> = entries.iter().filter(|it| it.key.span != said.key.span).collect();
    let ty = match others.as_slice() {
        [only] if only.key.value == "type" => {
            json_schema::type_of(&only.value).map(|ty| flow_text(&ty))?
        }
        [] => return None,
        _ => {
            let parts: Vec<String> =
                others.iter().map(|it| format!("{}: {}", it.key.value, flow(&it.value))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
    };
    let mended = written(&key.value, &ty);
    let message = format!("a member has no key `{}`", shown(&said.key.value));
    let found = Diagnostic::error(&codes::UNKNOWN_KEY, said.key.span, message)
        .label("unknown key")
        .help(format!("what may be absent has a `?` behind its name: `{}`", shown(&mended)));
    Some(if is_plain(key) { found.patch(key.span.to(node.span), mended) } else { found })
}
