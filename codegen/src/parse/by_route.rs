//! Methods that are called by their routes, as OpenAPI and servers have them: `GET /users: { … }`, and
//! `/users: { get: { … } }`. They are given a name and read on, so that one slip is one finding.

use super::reader::shown;
use super::route::VERBS;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::names;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Scalar, Style, Value, lexical};

/// Gives names to the methods of a file that have none.
pub(super) fn mend(node: &mut Node, text: &str, diagnostics: &mut Diagnostics) {
    let Value::Mapping(sections) = &mut node.value else { return };
    let Some(methods) = sections.iter_mut().find(|entry| entry.key.value == "methods") else {
        return;
    };
    let Value::Mapping(all) = &mut methods.value.value else { return };
    if !all.iter().any(|entry| entry.key.value.contains('/')) {
        return;
    }
    let mut taken: Vec<String> = all.iter().map(|entry| entry.key.value.clone()).collect();
    let mut mended = Vec::with_capacity(all.len());
    for entry in all.drain(..) {
        if let Some((verb, path)) = of_route(&entry) {
            let (verb, path) = (verb.to_owned(), path.to_owned());
            mended.push(named(entry, &verb, &path, text, &mut taken, diagnostics));
        } else if is_path(&entry) {
            diagnostics.push(path_as_name(&entry));
            let path = entry.key.value.clone();
            let Value::Mapping(inner) = entry.value.value else { continue };
            for inner in inner {
                let verb = inner.key.value.to_ascii_uppercase();
                let name = name_for(&verb, &path, &mut taken);
                mended.push(with_route(inner, name, &verb, &path));
            }
        } else {
            mended.push(entry);
        }
    }
    *all = mended;
}

/// `GET /users: { … }`
fn of_route(entry: &Entry) -> Option<(&str, &str)> {
    let (verb, path) = entry.key.value.split_once(' ')?;
    let (verb, path) = (verb.trim(), path.trim());
    let says = entry.value.get("http").is_some();
    let fits = VERBS.contains(&verb) && path.starts_with('/') && entry.value.as_mapping().is_some();
    (fits && !says).then_some((verb, path))
}

/// `/users: { get: { … }, post: { … } }`
fn is_path(entry: &Entry) -> bool {
    let is_verb = |inner: &Entry| VERBS.contains(&inner.key.value.to_ascii_uppercase().as_str());
    let inner = entry.value.as_mapping().unwrap_or_default();
    entry.key.value.starts_with('/')
        && !inner.is_empty()
        && inner.iter().all(|inner| is_verb(inner) && inner.value.as_mapping().is_some())
}

fn path_as_name(entry: &Entry) -> Diagnostic {
    let path = &entry.key.value;
    let inner = entry.value.as_mapping().unwrap_or_default();
    let verb = inner.first().map_or_else(String::new, |one| one.key.value.to_ascii_uppercase());
    let name = name_for(&verb, path, &mut Vec::new());
    let route = flow_text(&format!("{verb} {path}"));
    Diagnostic::error(
        &codes::METHOD_NAME,
        entry.key.span,
        format!("`{}` is a path, and not the name of a method", shown(path)),
    )
    .label("expected `group.method`")
    .help(format!(
        "each verb is a method of its own, which has a name and says its route: `{}: {{ http: {}, … }}`",
        shown(&name),
        shown(&route)
    ))
}

/// The method with a name, and what is said of it.
fn named(
    entry: Entry,
    verb: &str,
    path: &str,
    text: &str,
    taken: &mut Vec<String>,
    diagnostics: &mut Diagnostics,
) -> Entry {
    let name = name_for(verb, path, taken);
    let route = flow_text(&format!("{verb} {path}"));
    let mut found = Diagnostic::error(
        &codes::METHOD_NAME,
        entry.key.span,
        format!("`{}` is a route, and not the name of a method", shown(&entry.key.value)),
    )
    .label("expected `group.method`")
    .help(format!(
        "a method has a name and says its route: `{}: {{ http: {}, … }}`",
        shown(&name),
        shown(&route)
    ));
    if let Some(first) = entry.value.as_mapping().and_then(<[Entry]>::first) {
        let place = entry.key.span.to(first.key.span);
        let at = first.key.span.start as usize;
        let (start, indent) = (lexical::line_start(text, at), lexical::indent(text, at));
        let begins = start + indent == at;
        let between = match begins {
            true => format!("{name}:\n{}http: {route}\n{}", &text[start..at], &text[start..at]),
            false => format!("{name}: {{ http: {route}, "),
        };
        let key = &text[first.key.span.start as usize..first.key.span.end as usize];
        let in_braces = entry.value.span.start < first.key.span.start;
        if begins != in_braces {
            found = found.patch(place, format!("{between}{key}"));
        }
    }
    diagnostics.push(found);
    with_route(entry, name, verb, path)
}

fn with_route(entry: Entry, name: String, verb: &str, path: &str) -> Entry {
    let Entry { key, mut value } = entry;
    if let Value::Mapping(inner) = &mut value.value {
        let scalar = Value::Scalar(Scalar::new(format!("{verb} {path}"), Style::Plain));
        let route = Node { span: key.span, value: scalar, comment_after: None };
        inner.retain(|entry| entry.key.value != "http");
        inner.insert(0, Entry { key: Spanned::new("http".to_owned(), key.span), value: route });
    }
    Entry { key: Spanned::new(name, key.span), value }
}

/// A name for a method that nobody has named: the last word of its path that is none of a version, and what the verb
/// does there.
fn name_for(verb: &str, path: &str, taken: &mut Vec<String>) -> String {
    let is_version = |part: &str| {
        part == "api"
            || part
                .strip_prefix('v')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let words = path.split('/').filter(|part| !part.is_empty() && !part.contains(['{', ':', '<']));
    let word = words.filter(|part| !is_version(part)).filter_map(names::snake).next_back();
    let group = word.unwrap_or_else(|| "service".to_owned());
    let does = match verb {
        "GET" if !path.ends_with('}') => "list".to_owned(),
        "POST" => "create".to_owned(),
        "PATCH" => "update".to_owned(),
        verb => verb.to_ascii_lowercase(),
    };
    let plain = format!("{group}.{does}");
    let mut numbered = (2..).map(|number| format!("{plain}_{number}"));
    let name = if taken.contains(&plain) {
        numbered.find(|name| !taken.contains(name)).unwrap_or_default()
    } else {
        plain
    };
    taken.push(name.clone());
    name
}
