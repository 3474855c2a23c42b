//! Members that may be absent, where it is not their name that says so: `string | undefined`, `boolean?`.

use super::member::Of;
use super::reader::{is_plain, shown};
use crate::ast::Text;
use crate::diag::{Diagnostics, Mark};
use crate::foreign;

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

/// Takes null out of what is offered for a member outside of bodies, where there is none: its name says instead that it may
/// be missing, as it does where there is a default.
pub(super) fn outside_bodies(key: &Text, of: Of, since: Mark, diagnostics: &mut Diagnostics) {
    let bare = key.value.trim_end_matches('?');
    for found in diagnostics.found_since(since) {
        let Some(patch) = &mut found.patch else { continue };
        let null = foreign::without_null(&patch.text);
        let default = patch.text.starts_with("{ type: ") && patch.text.contains(", default: ");
        if null.is_none() && !default || patch.span.start <= key.span.start || of == Of::Object {
            continue;
        }
        let text = null.unwrap_or_else(|| patch.text.clone());
        let text = match text.strip_suffix('>').filter(|_| of != Of::Query) {
            Some(list) if list.starts_with("list<") => format!("{{ type: {list}>, as: csv }}"),
            _ => text,
        };
        let optional = of != Of::Path && bare.len() == key.value.len();
        if optional && !is_plain(key) {
            found.patch = None;
            continue;
        }
        let name = if optional { format!("{bare}?") } else { key.value.clone() };
        found.help = Some(match of {
            Of::Path => format!("no part of an address is null: `{}`", shown(&text)),
            _ if default => format!(
                "what has a default may be left out, and ends its name with `?`: `{}`",
                shown(&format!("{name}: {text}"))
            ),
            _ => format!(
                "what may be left out ends its name with `?`; nothing but a body has null: `{}`",
                shown(&format!("{name}: {text}"))
            ),
        });
        patch.text = text;
        if optional {
            found.also_change(key.span, name);
        }
    }
}
