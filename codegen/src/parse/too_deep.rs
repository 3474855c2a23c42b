//! What stands a level deeper than it belongs: a key of the file below another one. It is read where it belongs, so
//! that one slip is one finding.

use super::reader::shown;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::schema::table;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value, lexical};

/// Keys of a file whose entries have names that a person chose.
const SECTIONS: [&str; 5] = ["models", "methods", "groups", "pagers", "sources"];

/// Puts what stands too deep where it belongs, and reports that.
pub(super) fn mend(node: &mut Node, text: &str, diagnostics: &mut Diagnostics) {
    let Value::Mapping(all) = &mut node.value else { return };
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
}

fn keys(what: &str) -> Vec<&'static str> {
    let kind = table::kind(what);
    kind.into_iter().flat_map(|kind| kind.keys).map(|(key, ..)| *key).collect()
}

/// What an entry of a key of the file may say.
fn words(section: &str) -> Vec<&'static str> {
    keys(match section {
        "models" => "a model",
        "methods" => "a method",
        "groups" => "a group",
        "pagers" => "a pager",
        "servers" => "a server",
        "auth" => "an auth entry",
        _ => "a source",
    })
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
    known.contains(&key)
        && (SECTIONS.contains(&key) || matches!(key, "servers" | "auth"))
        && !is_own
        && holds(&words(key))
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
