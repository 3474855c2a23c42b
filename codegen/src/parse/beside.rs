//! What stands beside its key and belongs below it, the commonest slip of indentation. It is read where it belongs,
//! so that one slip is one finding.

use std::collections::BTreeSet;

use super::elsewhere;
use super::reader::{lacks_colon, shown};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::schema::table;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const FILE: &str = "a specification";

/// Keys of items that hold entries of any name.
const OF_ENTRIES: [&str; 21] = [
    "path",
    "query",
    "headers",
    "cookies",
    "body",
    "body?",
    "returns",
    "errors",
    "examples",
    "fields",
    "form",
    "multipart",
    "enum",
    "union",
    "variants",
    "untagged",
    "events",
    "variables",
    "claims",
    "token_names",
    "token_fields",
];

/// Puts what stands beside its key where it belongs, and reports that.
pub(super) fn mend(
    node: &mut Node,
    text: &str,
    faults: &Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Vec<Span> {
    let before = diagnostics.mark();
    let known = keys(FILE);
    let missing = missing(&known, node);
    let opens = |key: &str| key != "clientwright" && known.contains(&key);
    let is_known = |next: &Entry| known.contains(&next.key.value.as_str());
    // Words such as `name` are known to belong to `provider`, and nowhere else.
    let owns = |key: &str, next: &Entry| keys(key).contains(&next.key.value.as_str());
    lower(node, text, diagnostics, |key, next| match opens(key) {
        true if !is_known(next) => {
            let named = next.key.value.starts_with(char::is_uppercase);
            let strange = || is_strange(FILE, &known, &missing, (next, item_of(key)));
            Some(named || owns(key, next) || strange())
        }
        _ => None,
    });
    for section in ["models", "methods"] {
        from_the_edge(node, section, &known, text, diagnostics);
    }
    for section in entries(node) {
        let name = section.key.value.clone();
        match item_of(&name) {
            Some(what) => items(&mut section.value, what, text, diagnostics),
            None => inside(&mut section.value, &name, text, diagnostics),
        }
    }
    // What follows one line that is moved seems to be indented too far.
    let mut ends: Vec<u32> = diagnostics.changed_since(before).map(|place| place.end).collect();
    let mut follow = Vec::new();
    for fault in faults.iter().filter(|fault| *fault.code == codes::INDENTATION) {
        let blank = |end: &u32| {
            let between = text.get(*end as usize..fault.span.start as usize);
            between.is_some_and(|between| between.trim().is_empty())
        };
        if ends.iter().any(blank) {
            follow.push(fault.span);
            ends.push(fault.span.end);
        }
    }
    follow
}

/// Keys of a file with items.
pub(super) const SECTIONS: [&str; 7] =
    ["models", "methods", "groups", "auth", "servers", "sources", "pagers"];

/// What the items are of a key of a file.
pub(super) fn item_of(section: &str) -> Option<&'static str> {
    Some(match section {
        "models" => "a model",
        "methods" => "a method",
        "groups" => "a group",
        "auth" => "an auth entry",
        "servers" => "a server",
        "sources" => "a source",
        "pagers" => "a pager",
        _ => return None,
    })
}

/// The items of a mapping, each with a name.
fn items(node: &mut Node, what: &str, text: &str, diagnostics: &mut Diagnostics) {
    let own = keys(what);
    let is_own = |next: &Entry| own.contains(&next.key.value.as_str());
    // What has keys of its own may be an item that is called like a key of items.
    let is_item = |next: &Entry| {
        let key = next.key.value.as_str();
        let holds = OF_ENTRIES.contains(&key) || ["allow", "before"].contains(&key);
        next.value.as_mapping().is_some() && !holds && !is_fixed(what)
    };
    lower(node, text, diagnostics, |_, next| is_own(next).then(|| !is_item(next)));
    for item in entries(node) {
        inside(&mut item.value, what, text, diagnostics);
    }
}

/// Whether items of this kind begin with a key that holds a mapping.
fn is_fixed(what: &str) -> bool {
    ["a model", "a method", "a group", "an example"].contains(&what)
}

/// What the entries of an item are, where they are items or have entries of their own.
fn inside(item: &mut Node, what: &str, text: &str, diagnostics: &mut Diagnostics) {
    let own = keys(what);
    let opens = |key: &str| {
        // Whatever stands in a union stands below one of its keys, and so it is with what an example shows.
        let holds = match what {
            "a union" => key == "key",
            "an example" | "an example of a delivery" => ["request", "response"].contains(&key),
            _ => false,
        };
        holds || OF_ENTRIES.contains(&key) && own.contains(&key)
    };
    let is_own = |next: &Entry| own.contains(&next.key.value.as_str());
    // It is asked for behind keys without a value, which few mappings have.
    let has_empty = item.as_mapping().is_some_and(|all| all.iter().any(|it| it.value.is_null()));
    let missing = if has_empty { missing(&own, item) } else { Vec::new() };
    let owns = |key: &str, next: &Entry| {
        let kind = below(what, key);
        kind.is_some_and(|kind| keys(kind).contains(&next.key.value.as_str()))
    };
    lower(item, text, diagnostics, |key, next| {
        (opens(key) && !is_own(next)).then(|| {
            owns(key, next) || is_strange(what, &own, &missing, (next, items_of(what, key)))
        })
    });
    for entry in entries(item) {
        let value = &mut entry.value;
        if let Some(kind) = below(what, &entry.key.value) {
            inside(value, kind, text, diagnostics);
        }
        if let Some(kind) = items_of(what, &entry.key.value) {
            items(value, kind, text, diagnostics);
        }
    }
}

/// The kind of mapping that stands below a key of another one, and has keys of its own.
fn below(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a model", "union") => "a union",
        ("a method", "body" | "body?") => "a body",
        _ => return None,
    })
}

/// What the items are of a key of an item.
fn items_of(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a method", "examples") => "an example",
        ("deliveries", "examples") => "an example of a delivery",
        _ => return None,
    })
}

/// Those of the known keys that a mapping lacks.
fn missing(known: &[&'static str], node: &Node) -> Vec<&'static str> {
    let entries = node.as_mapping().unwrap_or_default();
    let there: BTreeSet<&str> = entries.iter().map(|entry| entry.key.value.as_str()).collect();
    known.iter().copied().filter(|known| !there.contains(known)).collect()
}

/// The keys of a kind of mapping.
pub(super) fn keys(what: &str) -> Vec<&'static str> {
    let kind = table::kind(what);
    kind.into_iter().flat_map(|kind| kind.keys).map(|(key, ..)| *key).collect()
}

pub(super) fn entries(node: &mut Node) -> &mut [Entry] {
    match &mut node.value {
        Value::Mapping(entries) => entries,
        _ => &mut [],
    }
}

/// Whether a key is none of the `known` ones, and not meant to be one of those that are `missing`, as what is like one of
/// some `items` is not.
fn is_strange(
    what: &str,
    known: &[&'static str],
    missing: &[&'static str],
    (entry, items): (&Entry, Option<&str>),
) -> bool {
    let key = entry.key.value.as_str();
    let same = || nearest(key, missing.iter().copied()).is_some();
    let meant = || elsewhere::instead(what, key, known).is_some();
    !known.contains(&key)
        && !known.iter().any(|word| lacks_colon(entry, word))
        && !same()
        && (!meant() || items.is_some_and(|kind| is_one_of(kind, entry)))
}

/// Whether an entry has keys of a kind of items, and no others.
fn is_one_of(kind: &str, entry: &Entry) -> bool {
    let (own, inner) = (keys(kind), entry.value.as_mapping().unwrap_or_default());
    !inner.is_empty() && inner.iter().all(|entry| own.contains(&entry.key.value.as_str()))
}

/// Puts the entries behind a key without a value below it, as long as they belong there: surely, or if others do behind
/// them.
fn lower(
    node: &mut Node,
    text: &str,
    diagnostics: &mut Diagnostics,
    belongs: impl Fn(&str, &Entry) -> Option<bool>,
) {
    let start = node.span.start;
    let Value::Mapping(all) = &mut node.value else { return };
    // Inside of braces nothing is indented.
    if all.first().is_none_or(|first| first.key.span.start != start) {
        return;
    }
    let mut at = 0;
    while at < all.len() {
        let end = match &all[at].value.value {
            Value::Null => {
                let behind = &all[at + 1..];
                let found = behind.iter().map_while(|next| belongs(&all[at].key.value, next));
                let found: Vec<bool> = found.collect();
                let sure = found.iter().rposition(|surely| *surely);
                // What is like those before it belongs to them as well.
                let like = |last: usize, next: &Entry| {
                    next.value.as_mapping().is_some() == behind[last].value.as_mapping().is_some()
                };
                let count = sure.map_or(0, |last| {
                    let more = behind[last + 1..found.len()].iter();
                    last + 1 + more.take_while(|next| like(last, next)).count()
                });
                at + 1 + count
            }
            _ => at + 1,
        };
        let below: Vec<Entry> = all.drain(at + 1..end).collect();
        if let [first, ..] = below.as_slice() {
            let whole = below
                .iter()
                .fold(first.key.span, |whole, entry| whole.to(entry.key.span).to(entry.value.span));
            diagnostics.push(found(&all[at], first, whole, text));
            all[at].value = Node { span: whole, value: Value::Mapping(below), comment_after: None };
        }
        at += 1;
    }
}

/// Puts items at the left edge into the section of which they are, behind which they stand. What was below the section
/// on lines that follow them seems to be theirs.
fn from_the_edge(
    node: &mut Node,
    section: &str,
    known: &[&'static str],
    text: &str,
    diagnostics: &mut Diagnostics,
) {
    let own = keys(item_of(section).unwrap_or_default());
    let is_own = |entry: &Entry| own.contains(&entry.key.value.as_str());
    let missing = missing(known, node);
    let Value::Mapping(all) = &mut node.value else { return };
    let Some(at) = all.iter().position(|entry| entry.key.value == section) else { return };
    let section_at = all[at].value.span.start;
    let first = all[at].value.as_mapping().unwrap_or_default().first();
    if first.is_none_or(|first| first.key.span.start != section_at) {
        return;
    }
    let is_item = |entry: &Entry| {
        let inner = entry.value.as_mapping().unwrap_or_default();
        is_strange(FILE, known, &missing, (entry, None)) && inner.first().is_some_and(is_own)
    };
    while all.get(at + 1).is_some_and(is_item) {
        let mut item = all.remove(at + 1);
        let Value::Mapping(inner) = &mut item.value.value else { return };
        let count = inner.iter().take_while(|entry| is_own(entry)).count();
        let others = inner.split_off(count);
        item.value.span = whole(&inner[0], inner);
        diagnostics.push(at_the_edge(&item, section, text));
        if let Value::Mapping(items) = &mut all[at].value.value {
            items.push(item);
            items.extend(others);
        }
    }
}

/// From the first of these entries to the last.
pub(super) fn whole(first: &Entry, entries: &[Entry]) -> Span {
    entries
        .iter()
        .fold(first.key.span, |whole, entry| whole.to(entry.key.span).to(entry.value.span))
}

fn at_the_edge(item: &Entry, section: &str, text: &str) -> Diagnostic {
    let whole = item.key.span.to(item.value.span);
    let message = format!("a specification has no key `{}`", shown(&item.key.value));
    Diagnostic::error(&codes::UNKNOWN_KEY, item.key.span, message)
        .label(format!("this stands beside `{section}`, and not below it"))
        .help(format!("indent it as the other {section} are"))
        .patch(whole, indented(whole, text))
}

fn found(above: &Entry, first: &Entry, whole: Span, text: &str) -> Diagnostic {
    let key = shown(&above.key.value);
    Diagnostic::error(&codes::EMPTY_VALUE, above.key.span, format!("`{key}` has no value"))
        .label("a value is missing after this key")
        .related(first.key.span, format!("this stands beside `{key}`, and not below it"))
        .help(format!("indent what belongs to `{key}` further than it is"))
        .patch(whole, indented(whole, text))
}

/// The lines of a part of the text, each two blanks further to the right.
fn indented(whole: Span, text: &str) -> String {
    let lines = text[whole.start as usize..whole.end as usize].split('\n');
    let lines = lines.map(|line| match line.trim() {
        "" => line.to_owned(),
        _ => format!("  {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
