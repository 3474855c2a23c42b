//! Routes that do not stand in `http`, or not as one text.

use super::VERBS;
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::reader::{Keys, shown};
use crate::schema::table;
use crate::source::Spanned;
use crate::yaml::Entry;

/// `method: GET` and `path: /users`, as other languages write a route: under which key the path stands.
pub(in crate::parse) fn in_two_keys(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let text = |entry: &Entry| Some(entry.value.as_scalar()?.text.clone());
    let whole = |entry: &Entry| entry.key.span.to(entry.value.span);
    // `http: GET` and `url: /users`, or `http: /users` and `verb: GET`
    let is_verb = |entry: &Entry| {
        let verb = text(entry).map(|text| text.to_ascii_uppercase());
        may_be_route(entry) && verb.is_some_and(|verb| VERBS.contains(&verb.as_str()))
    };
    let verb = keys.peek("method").or(keys.peek("verb")).or_else(|| keys.find(is_verb))?;
    let name = text(verb)?.to_ascii_uppercase();
    let is_path = |entry: &Entry| {
        may_be_route(entry) && text(entry).is_some_and(|path| path.starts_with('/'))
    };
    let entry = keys.find(is_path)?;
    let (key, path) = (entry.key.value.as_str(), text(entry)?);
    let mut diagnostic = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        if verb.key.value == "http" { entry.key.span } else { verb.key.span },
        format!(
            "a method has no key `{}`",
            shown(if verb.key.value == "http" { key } else { &verb.key.value })
        ),
    )
    .label("unknown key")
    .help(format!("verb and path stand together: `{}`", written(&name, &path)));
    if keys.are_neighbours(&verb.key.value, key) {
        diagnostic = diagnostic.patch(whole(verb).to(whole(entry)), written(&name, &path));
    }
    diagnostics.push(diagnostic);
    let known = ["method", "verb", "http", verb.key.value.as_str(), key];
    while keys.take_first(|found| known.contains(&found)).is_some() {}
    Some(if key == "path" { "path" } else { "url" })
}

/// Whether an entry of a method may be a part of its route: its key is one of a route, or none at all.
fn may_be_route(entry: &Entry) -> bool {
    let key = entry.key.value.as_str();
    matches!(key, "http" | "path") || !is_key(key)
}

/// Whether a method has such a key.
fn is_key(key: &str) -> bool {
    table::kind("a method").is_some_and(|kind| kind.keys.iter().any(|(known, ..)| *known == key))
}

/// `path: /users`, without a verb.
pub(in crate::parse) fn path_alone(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> bool {
    let path =
        |entry: &Entry| entry.value.as_scalar().filter(|it| it.text.starts_with('/')).is_some();
    let Some(entry) = keys.peek("path").filter(|entry| path(entry)) else { return false };
    keys.take_first(|key| key == "path");
    let text = entry.value.as_scalar().map_or("", |scalar| &scalar.text);
    diagnostics.push(
        Diagnostic::error(
            &codes::MISSING_KEY,
            entry.key.span.to(entry.value.span),
            "a method has no `http`",
        )
        .label("a path without its verb")
        .help(format!("verb and path stand together: `{}`", written("GET", text))),
    );
    true
}

/// `request: GET /users`: a route below a key that nobody knows.
pub(in crate::parse) fn under_another_key(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    let is_route = |entry: &Entry| {
        let text = entry.value.as_scalar().map_or("", |scalar| scalar.text.as_str());
        let parts = text.split_once(' ');
        parts.is_some_and(|(verb, path)| VERBS.contains(&verb) && path.starts_with('/'))
    };
    let entry = keys.take_entry(|entry| !is_key(&entry.key.value) && is_route(entry))?;
    diagnostics.push(
        Diagnostic::error(
            &codes::UNKNOWN_KEY,
            entry.key.span,
            format!("a method has no key `{}`", shown(&entry.key.value)),
        )
        .label("unknown key")
        .help("verb and path stand in `http`")
        .patch(entry.key.span, "http"),
    );
    Some(Spanned::new(entry.value.as_scalar()?.text.clone(), entry.value.span))
}

/// `get: /users`, as other languages write a route.
pub(in crate::parse) fn verb_as_key(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> bool {
    let verb = |key: &str| VERBS.contains(&key.to_ascii_uppercase().as_str());
    let Some(entry) = keys.take_first(verb) else { return false };
    let (key, verb) = (shown(&entry.key.value), entry.key.value.to_ascii_uppercase());
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        entry.key.span,
        format!("a method has no key `{key}`"),
    )
    .label("unknown key");
    diagnostics.push(match entry.value.as_scalar() {
        Some(path) => {
            let whole = entry.key.span.to(entry.value.span);
            let diagnostic = diagnostic.help("verb and path stand together");
            diagnostic.patch(whole, written(&verb, &path.text))
        }
        None => diagnostic.help(format!("verb and path stand together: `http: {verb} /users`")),
    });
    true
}

/// The key that is right, with quotes where a brace stands in the path: they are needed inside `{ }` and do no harm
/// elsewhere.
fn written(verb: &str, path: &str) -> String {
    let quote = if path.contains('{') { "\"" } else { "" };
    format!("http: {quote}{verb} {path}{quote}")
}
