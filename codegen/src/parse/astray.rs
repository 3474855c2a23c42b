//! Keys on another level than that where they belong: a section of the file among the items of another one, and a key
//! of an item beside the items or at the left edge. Each is read where it belongs, and told once.

use super::beside::{entries, item_of, keys, whole};
use super::reader::shown;
use super::{auth, elsewhere, page};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::foreign;
use crate::source::Span;
use crate::yaml::lexical::line_start;
use crate::yaml::{Entry, Node, Value};

/// The keys of a file whose items have names of their own.
const SECTIONS: [&str; 3] = ["models", "groups", "methods"];

/// Puts what has gone astray where it belongs, and reports that. Faults of the indentation that follow from it are
/// given back by the place where each begins.
pub(super) fn mend(
    node: &mut Node,
    text: &str,
    faults: &Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Vec<Span> {
    sections(node, text, diagnostics);
    let follow = at_the_edge(node, text, faults, diagnostics);
    for section in entries(node) {
        if let Some(what) = item_of(&section.key.value) {
            let name = section.key.value.clone();
            beside_items(&mut section.value, &name, what, text, diagnostics);
        }
    }
    follow
}

fn column(at: Span, text: &str) -> u32 {
    at.start - u32::try_from(line_start(text, at.start as usize)).unwrap_or(at.start)
}

/// Whether a mapping stands on lines of its own.
fn is_block(node: &Node) -> bool {
    let first = node.as_mapping().and_then(<[Entry]>::first);
    first.is_some_and(|first| first.key.span.start == node.span.start)
}

/// `methods:` among the models, with what is behind it in the same column.
fn sections(node: &mut Node, text: &str, diagnostics: &mut Diagnostics) {
    let known: Vec<String> = entries(node).iter().map(|entry| entry.key.value.clone()).collect();
    let is_section = |entry: &Entry| {
        let key = entry.key.value.as_str();
        SECTIONS.contains(&key) && !known.iter().any(|it| it == key) && entry.value.is_null()
    };
    let mut found: Vec<Entry> = Vec::new();
    for section in entries(node).iter_mut().filter(|it| item_of(&it.key.value).is_some()) {
        if !is_block(&section.value) {
            continue;
        }
        let above = section.key.value.clone();
        let Value::Mapping(items) = &mut section.value.value else { continue };
        let Some(at) = items.iter().position(is_section) else { continue };
        let mut behind = items.split_off(at).into_iter();
        let Some(mut entry) = behind.next() else { continue };
        let start =
            u32::try_from(line_start(text, entry.key.span.start as usize)).unwrap_or_default();
        let margin = Span::new(entry.key.span.file, start, entry.key.span.start);
        let key = entry.key.value.clone();
        let error = Diagnostic::error(
            &codes::UNKNOWN_KEY,
            entry.key.span,
            format!("`{key}` stands inside of `{above}`"),
        )
        .related(section.key.span, format!("`{above}` begins here"));
        let rest: Vec<Entry> = behind.collect();
        diagnostics.push(error.help("begin it at the left edge").patch(margin, ""));
        if let Some(first) = rest.first() {
            let span = whole(first, &rest);
            entry.value = Node { span, value: Value::Mapping(rest), comment_after: None };
        }
        found.push(entry);
    }
    if let Value::Mapping(all) = &mut node.value {
        all.extend(found);
    }
}

/// `doc: All orders.` at the left edge amid a method, of which the rest follows further to the right.
fn at_the_edge(
    node: &mut Node,
    text: &str,
    faults: &Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Vec<Span> {
    let Value::Mapping(all) = &mut node.value else { return Vec::new() };
    let mut follow = Vec::new();
    let mut at = 1;
    while at < all.len() {
        let (above, entry) = (&all[at - 1], &all[at]);
        let own = item_of(&above.key.value).map(keys).unwrap_or_default();
        let end = entry.value.span.end as usize;
        let crooked = |fault: &&Diagnostic| {
            let start = fault.span.start as usize;
            *fault.code == codes::INDENTATION
                && text.get(end..start).is_some_and(|it| it.trim().is_empty())
        };
        let fault = faults.iter().find(crooked);
        let is_own = own.contains(&entry.key.value.as_str()) && entry.value.as_scalar().is_some();
        let Some(fault) = fault.filter(|_| is_own && column(entry.key.span, text) == 0) else {
            at += 1;
            continue;
        };
        let next = all.get(at + 1).map_or(u32::MAX, |next| next.key.span.start);
        let behind = faults
            .iter()
            .map(|fault| fault.span)
            .filter(|span| (entry.key.span.start..next).contains(&span.start));
        follow.extend(behind);
        let key = entry.key.span;
        diagnostics.push(
            Diagnostic::error(
                &codes::UNKNOWN_KEY,
                key,
                format!("a specification has no key `{}`", shown(&entry.key.value)),
            )
            .label(format!("this stands beside `{}`, and not below it", above.key.value))
            .help("indent it as the lines around it are")
            .patch(
                Span::new(key.file, key.start, key.start),
                " ".repeat(column(fault.span, text) as usize),
            ),
        );
        all.remove(at);
    }
    follow
}

/// Whether an item says no more than what it is, and is called like a key: `token: bearer`, `cursor: cursor`.
fn is_short(section: &str, text: &str) -> bool {
    match section {
        "auth" => auth::scheme_meant(text) == Some(text),
        "pagers" => page::STYLES.contains(&text),
        _ => false,
    }
}

/// `doc: An order.` beside the models.
fn beside_items(
    node: &mut Node,
    section: &str,
    what: &str,
    text: &str,
    diagnostics: &mut Diagnostics,
) {
    if !is_block(node) {
        return;
    }
    let own = keys(what);
    let Value::Mapping(items) = &mut node.value else { return };
    // One item without a name is told as such.
    let is_part = |key: &str| own.contains(&key) || elsewhere::is_word(what, key);
    if matches!(section, "servers" | "pagers") && items.iter().all(|it| is_part(&it.key.value)) {
        return;
    }
    // A model can be a type alone, and a server an address, and be called like one of these keys.
    let is_item = |text: &str| match section {
        "models" => !text.contains(' ') || foreign::member(text).is_some(),
        "servers" => text.contains("://"),
        _ => is_short(section, text),
    };
    let is_astray = |entry: &Entry| {
        let text = entry.value.as_scalar();
        own.contains(&entry.key.value.as_str()) && text.is_some_and(|it| !is_item(&it.text))
    };
    let mut at = 0;
    while at < items.len() {
        if !is_astray(&items[at]) {
            at += 1;
            continue;
        }
        let entry = items.remove(at);
        let key = entry.key.value.as_str();
        let error = Diagnostic::error(
            &codes::UNKNOWN_KEY,
            entry.key.span,
            format!("`{key}` stands beside the {section}, and not below one of them"),
        );
        // Where an item is called like a key, other places name it.
        diagnostics.lost.name(key, None);
        let above = at.checked_sub(1).map(|above| &items[above]);
        // Which keys an auth entry has depends on its scheme.
        let fits = above.filter(|above| is_block(&above.value) && above.value.get(key).is_none());
        let fits = fits.filter(|_| section != "auth");
        diagnostics.push(match fits {
            Some(above) => {
                let depth = column(above.value.span, text) - column(entry.key.span, text);
                let begin =
                    Span::new(entry.key.span.file, entry.key.span.start, entry.key.span.start);
                error
                    .related(above.key.span, "it may belong to this one")
                    .help("indent it further than the name of its item")
                    .patch(begin, " ".repeat(depth as usize))
            }
            None => error.help("put it below the name of its item, further to the right"),
        });
    }
}
