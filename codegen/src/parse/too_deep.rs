//! What stands a level deeper than it belongs: a key of the file below another one. It is read where it belongs, so
//! that one slip is one finding.

use super::beside::{SECTIONS, item_of, keys};
use super::reader::shown;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value, lexical};

/// Puts what stands too deep where it belongs, and reports that. What is left out is handed back: keys in there stand
/// twice for no other reason.
pub(super) fn mend(node: &mut Node, text: &str, diagnostics: &mut Diagnostics) -> Vec<Span> {
    let Value::Mapping(all) = &mut node.value else { return Vec::new() };
    let known = keys("a specification");
    wrapped(all, &known, text, diagnostics);
    let mut found = Vec::new();
    for entry in all.iter_mut().filter(|entry| SECTIONS.contains(&entry.key.value.as_str())) {
        let section = entry.key.value.clone();
        let Value::Mapping(inner) = &mut entry.value.value else { continue };
        let mut at = 0;
        while at < inner.len() {
            if is_section(&inner[at], &section, &known) {
                let last = at + 1 == inner.len();
                found.push((section.clone(), inner.remove(at), last));
            } else {
                at += 1;
            }
        }
    }
    let left_out = in_methods(all, text, diagnostics);
    for (section, entry, last) in found {
        let mut found = inside(&section, &entry, text);
        // What stands behind it would be below it then.
        if !last && section != entry.key.value {
            found.patch = None;
        }
        diagnostics.push(found);
        match all.iter_mut().find(|known| known.key.value == entry.key.value) {
            None => all.push(entry),
            Some(known) => {
                if let (Value::Mapping(there), Value::Mapping(more)) =
                    (&mut known.value.value, entry.value.value)
                {
                    there.extend(more);
                }
            }
        }
    }
    left_out
}

/// Puts methods that stand inside of another one beside it. Where a name alone stands too deep, what is below it has
/// become a part of the method above, and is left out.
fn in_methods(all: &mut [Entry], text: &str, diagnostics: &mut Diagnostics) -> Vec<Span> {
    let mut left_out = Vec::new();
    let methods = all.iter_mut().find(|entry| entry.key.value == "methods");
    let Some(Value::Mapping(methods)) = methods.map(|entry| &mut entry.value.value) else {
        return left_out;
    };
    let mut found = Vec::new();
    for method in methods.iter_mut() {
        let name = method.key.value.clone();
        // A group with methods inside is told of as a whole.
        let Value::Mapping(keys) = &mut method.value.value else { continue };
        if !keys.first().is_some_and(|first| words("methods").contains(&first.key.value.as_str())) {
            continue;
        }
        while let Some(at) = keys.iter().position(is_method) {
            let alone = keys[at].value.is_null();
            let mut rest = keys.split_off(at);
            let inner = rest.remove(0);
            let own = inner.key.span;
            let last = rest.is_empty();
            if alone {
                left_out.push(own.to(method.value.span));
            } else {
                keys.append(&mut rest);
            }
            let whole = if alone { own } else { own.to(inner.value.span) };
            let by = depth(whole, text).saturating_sub(depth(method.key.span, text));
            let message =
                format!("`{}` stands inside of `{}`", shown(&inner.key.value), shown(&name));
            let one = Diagnostic::error(&codes::UNKNOWN_KEY, own, message)
                .label("a method")
                .help("indent it as the other methods are, with all that is below it");
            // What stands behind it would be below it then.
            diagnostics.push(match less(whole, by, text).filter(|_| alone || last) {
                Some(lines) => {
                    let start = lexical::line_start(text, own.start as usize);
                    let lead = " ".repeat(depth(method.key.span, text));
                    let start = u32::try_from(start).unwrap_or(own.start);
                    one.patch(Span::new(own.file, start, whole.end), format!("{lead}{lines}"))
                }
                None => one,
            });
            if alone {
                diagnostics.lost.name(&inner.key.value, None);
            } else {
                found.push(inner);
            }
        }
    }
    methods.extend(found);
    left_out
}

/// Whether a key of a method is the name of another one.
fn is_method(entry: &Entry) -> bool {
    let keys = entry.value.as_mapping().unwrap_or_default();
    let says = |key: &Entry| matches!(key.key.value.as_str(), "http" | "returns");
    let named = entry.key.value.contains('.') && !entry.key.value.contains([' ', '/']);
    named && (entry.value.is_null() || keys.iter().any(says))
}

/// What an entry of a key of the file may say.
fn words(section: &str) -> Vec<&'static str> {
    item_of(section).map(keys).unwrap_or_default()
}

/// Whether an entry is a key of the file with what belongs below it, and no entry of the section.
fn is_section(entry: &Entry, section: &str, known: &[&'static str]) -> bool {
    let key = entry.key.value.as_str();
    let items = entry.value.as_mapping().unwrap_or_default();
    let holds = |words: &[&str]| {
        items.iter().any(|item| {
            let keys = item.value.as_mapping().unwrap_or_default();
            keys.iter().any(|key| words.contains(&key.key.value.as_str()))
        })
    };
    let own = words(section);
    let is_own = items.iter().any(|item| own.contains(&item.key.value.as_str()));
    // `defaults`, which have keys and no items.
    let of_file = keys(key);
    let is_in = |known: &[&str]| items.iter().all(|item| known.contains(&item.key.value.as_str()));
    let says = !items.is_empty() && is_in(&of_file) && !is_in(&own);
    known.contains(&key) && !is_own && (SECTIONS.contains(&key) && holds(&words(key)) || says)
}

/// Puts what stands in a key that is none, `api: { models: …, methods: … }`, where it belongs.
fn wrapped(
    all: &mut Vec<Entry>,
    known: &[&'static str],
    text: &str,
    diagnostics: &mut Diagnostics,
) {
    let is_wrapper = |entry: &Entry| {
        let inner = entry.value.as_mapping().unwrap_or_default();
        let is_known = |inner: &Entry| known.contains(&inner.key.value.as_str());
        let is_large = |inner: &Entry| matches!(inner.key.value.as_str(), "models" | "methods");
        !known.contains(&entry.key.value.as_str())
            && inner.iter().all(is_known)
            && inner.iter().any(is_large)
    };
    let Some(at) = all.iter().position(is_wrapper) else { return };
    let wrapper = all.remove(at);
    let inner = wrapper.value.as_mapping().unwrap_or_default();
    let name = shown(&wrapper.key.value);
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        wrapper.key.span,
        format!("a specification has no key `{name}`"),
    )
    .label("unknown key")
    .help(format!("what stands in `{name}` belongs at the top of the file: leave this line out"));
    diagnostics.push(match (inner.first(), inner.last()) {
        (Some(first), Some(last)) => {
            let whole = first.key.span.to(last.key.span).to(last.value.span);
            let place = wrapper.key.span.to(whole);
            match less(whole, depth(whole, text), text) {
                Some(lines) => found.patch(place, lines),
                None => found,
            }
        }
        _ => found,
    });
    let there = |entry: &Entry, all: &[Entry]| all.iter().any(|it| it.key.value == entry.key.value);
    if let Value::Mapping(inner) = wrapper.value.value {
        for entry in inner {
            if !there(&entry, all) {
                all.push(entry);
            }
        }
    }
}

fn inside(section: &str, entry: &Entry, text: &str) -> Diagnostic {
    let key = shown(&entry.key.value);
    let whole = entry.key.span.to(entry.value.span);
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        entry.key.span,
        format!("`{key}` stands inside of `{section}`"),
    );
    if section == entry.key.value {
        let items = entry.value.as_mapping().unwrap_or_default();
        let place =
            items.first().zip(items.last()).map(|(first, last)| first.key.span.to(last.value.span));
        let by = place.map_or(0, |place| depth(place, text).saturating_sub(depth(whole, text)));
        let found = found
            .label("once is enough")
            .help("leave this line out, and indent what is below it less");
        return match place.and_then(|place| less(place, by, text)) {
            Some(lines) => found.patch(whole, lines),
            None => found,
        };
    }
    let found = found
        .label("a key of the file")
        .help(format!("indent it as `{section}` is, with all that is below it"));
    match less(whole, depth(whole, text), text) {
        // Its line begins with blanks that go, too.
        Some(lines) => {
            let start = lexical::line_start(text, whole.start as usize);
            let start = u32::try_from(start).unwrap_or(whole.start);
            found.patch(Span::new(whole.file, start, whole.end), lines)
        }
        None => found,
    }
}

/// How far the first line of a place is indented.
fn depth(place: Span, text: &str) -> usize {
    lexical::indent(text, place.start as usize)
}

/// Whole lines of the text, so much further to the left; `None` where they are in braces.
fn less(whole: Span, by: usize, text: &str) -> Option<String> {
    let start = whole.start as usize;
    let begins = lexical::line_start(text, start) + lexical::indent(text, start) == start;
    let mut lines = text[start..whole.end as usize].split('\n');
    let first = lines.next().filter(|_| begins)?;
    let mut out = first.to_owned();
    for line in lines {
        out.push('\n');
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if blanks < by && !line.trim().is_empty() {
            return None;
        }
        out.push_str(&line[by.min(blanks)..]);
    }
    Some(out)
}
