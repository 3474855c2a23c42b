//! Items that stand below the wrong key of a file: all of their keys are those of what stands below another one.

use super::beside::{SECTIONS, item_of};
use super::reader::shown;
use crate::diag::{Diagnostic, Diagnostics, codes, is_aside};
use crate::schema::table;
use crate::yaml::{Entry, Node, Value};

/// Takes such items out, and reports each of them as one mistake.
pub(super) fn take_out(node: &mut Node, diagnostics: &mut Diagnostics) {
    let Value::Mapping(sections) = &mut node.value else { return };
    for section in sections {
        let key = section.key.value.as_str();
        let Value::Mapping(items) = &mut section.value.value else { continue };
        items.retain(|item| match meant_for(item, key) {
            Some(other) => {
                diagnostics.lost.name(&item.key.value, None);
                diagnostics.push(found(item, key, other));
                false
            }
            None => true,
        });
    }
}

/// The key of a file below which an item belongs that has nothing of those of its own `section`.
fn meant_for(item: &Entry, section: &str) -> Option<&'static str> {
    let inner = item.value.as_mapping().filter(|inner| !inner.is_empty())?;
    let is_of = |section: &str, entry: &Entry| {
        let kind = item_of(section).and_then(table::kind);
        kind.is_some_and(|kind| kind.keys.iter().any(|(key, ..)| *key == entry.key.value))
    };
    item_of(section)?;
    let own = |entry: &&Entry| is_of(section, entry);
    let fits = |other: &str| inner.iter().all(|entry| is_of(other, entry));
    // What methods have in common with groups is no method without a dot in its name.
    if section == "methods" && !item.key.value.contains('.') && fits("groups") {
        return Some("groups");
    }
    // What all items have says nothing, and some have a key by the same name.
    let owned = inner.iter().filter(own).filter(|entry| !is_aside(&entry.key.value)).count();
    let strange = inner.len() - inner.iter().filter(own).count();
    if owned >= strange {
        return None;
    }
    SECTIONS.into_iter().find(|other| fits(other))
}

fn found(item: &Entry, section: &str, other: &str) -> Diagnostic {
    let name = shown(&item.key.value);
    let what = item_of(other).unwrap_or_default();
    let message = format!("`{name}` stands below `{section}`, with the keys of {what}");
    Diagnostic::error(&codes::UNKNOWN_KEY, item.key.span, message)
        .label(format!("not one of the {section}"))
        .help(format!("move it to `{other}`"))
}
