//! The parts of a file: its keys, what has a name, and what could not be read of them. By them findings are told
//! from what follows from them.

use super::beside;
use crate::diag::{Lost, Part, is_aside};
use crate::schema::table;
use crate::source::Span;
use crate::yaml::{Entry, LostKey, Node, Parsed};

/// Keys of a file that hold what has a name.
const OF_NAMES: [&str; 10] = [
    "use", "servers", "auth", "formats", "sources", "path", "pagers", "models", "groups", "methods",
];

/// Takes note of the parts of a file.
pub(super) fn note(parsed: &Parsed, lost: &mut Lost) {
    let entries = parsed.node.as_ref().and_then(Node::as_mapping).unwrap_or_default();
    for entry in entries {
        let key = entry.key.value.as_str();
        lost.section(key, entry.key.span);
        // They are one item.
        let keys = entry.value.as_mapping().filter(|_| key == "deliveries").unwrap_or_default();
        keys.iter().for_each(|it| lost.begin(it.key.span, Part::Whole));
        let inner = entry.value.as_mapping().filter(|_| has_items(key));
        for item in inner.unwrap_or_default() {
            lost.item(&item.key.value, item.key.span);
            if is_of_another_kind(item, key) {
                lost.name(&item.key.value, None);
            }
            item.value.as_mapping().unwrap_or_default().iter().for_each(|it| part(it, key, lost));
        }
    }
    unread(&parsed.lost, lost);
}

/// Whether an item has nothing of what those of its section have, so that it may be meant for another one.
fn is_of_another_kind(item: &Entry, section: &str) -> bool {
    let Some(kind) = beside::item_of(section).and_then(table::kind) else { return false };
    let inner = item.value.as_mapping().unwrap_or_default();
    let is_own = |entry: &Entry| kind.keys.iter().any(|(key, ..)| *key == entry.key.value);
    !inner.is_empty() && !inner.iter().any(is_own)
}

/// Whether what stands below a key of a file is read by itself.
fn has_items(key: &str) -> bool {
    OF_NAMES.contains(&key) || key == "defaults"
}

/// A part of an item.
fn part(entry: &Entry, section: &str, lost: &mut Lost) {
    // What lacks its colon is a key as a whole.
    let key = entry.key.value.split(' ').next().unwrap_or_default();
    lost.begin(entry.key.span, kind(section, key));
    let examples = section == "methods" && key == "examples";
    let each = entry.value.as_mapping().filter(|_| examples).unwrap_or_default();
    each.iter().for_each(|example| lost.begin(example.key.span, Part::Aside));
}

/// What a key of an item means for the rest of it.
fn kind(section: &str, key: &str) -> Part {
    match key {
        "examples" if section == "methods" => Part::Aside,
        "path" | "query" | "headers" | "cookies" if section == "methods" => Part::Parameters,
        key if is_aside(key) => Part::Aside,
        _ => Part::Whole,
    }
}

/// What could not be read is a part too. Where a line is indented wrongly, nobody knows of what.
fn unread(keys: &[LostKey], lost: &mut Lost) {
    for (index, key) in keys.iter().enumerate().filter(|(_, key)| key.depth == Some(0)) {
        let meant = sections(key, lost);
        lost.section(meant[0], key.span);
        // What is in there may be lost without a trace.
        if meant.len() > 1 || keys.get(index + 1).is_none_or(|next| next.depth != Some(1)) {
            meant.iter().for_each(|key| lost.all_of(key));
        }
    }
    for key in keys {
        if key.depth.is_none() {
            lost.begin(key.span, Part::Whole);
        }
        let place = key.depth.map(|_| key.span);
        lost.name(&key.name, place);
        if let Some(place) = place.filter(|_| key.torn) {
            lost.torn(&key.name, place);
        }
        let section = lost.section_of(key.span).unwrap_or_default().to_owned();
        let all = match section.as_str() {
            "defaults" | "parameters" => true,
            "groups" => key.depth.is_none_or(|depth| depth == 1) || key.name == "timeout",
            _ => false,
        };
        if all {
            lost.all_of(&section);
        }
        match key.depth {
            None if ["defaults", "groups"].contains(&key.name.as_str()) => {
                lost.section(&key.name, key.span);
            }
            // What is said there for which methods, nobody knows.
            None if ["defaults", "groups"].contains(&section.as_str()) => {
                lost.section(&section, key.span);
            }
            Some(1) if has_items(&section) => lost.item(&key.name, key.span),
            Some(2) => lost.begin(key.span, kind(&section, &key.name)),
            Some(3) if lost.is_aside(key.span) => lost.begin(key.span, Part::Aside),
            _ => {}
        }
    }
}

/// The keys of a file of which one may be meant: those that begin so where only the beginning is there.
fn sections<'k>(key: &'k LostKey, lost: &Lost) -> Vec<&'k str> {
    let known = table::kind("a specification").into_iter().flat_map(|kind| kind.keys);
    let mut known: Vec<&str> = known.map(|(known, ..)| *known).collect();
    known.retain(|known| key.torn && known.starts_with(&key.name) && !lost.has_section(known));
    if known.is_empty() { vec![&key.name] } else { known }
}

/// Where what can be read by itself begins: an entry of the file, or a part of it that has a name.
pub(super) fn wholes(node: &Node) -> Vec<Span> {
    let entries = node.as_mapping().unwrap_or_default();
    let named = entries.iter().filter(|entry| OF_NAMES.contains(&entry.key.value.as_str()));
    let inner = named.filter_map(|entry| entry.value.as_mapping()).flatten();
    entries.iter().chain(inner).map(|entry| entry.key.span).collect()
}
