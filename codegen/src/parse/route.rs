//! `http:` of a method: verb and path, with its placeholders.

use super::quoted_list;
use super::reader::{Keys, shown};
use crate::ast::{Route, Server, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Spanned;
use crate::type_expr;
use crate::yaml::Entry;

const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// `GET /v3/webhooks/{webhook-id}`
pub(super) fn read(
    text: &Text,
    servers: &[Server],
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
    let whole = text.value.as_str();
    let place = |part: &str| {
        let start = part.as_ptr() as usize - whole.as_ptr() as usize;
        type_expr::part(text.span, whole, start, start + part.len())
    };
    let error = |part: &str, message: String, help: String| {
        Diagnostic::error(&codes::ROUTE_SYNTAX, place(part), message).help(help)
    };
    let Some((verb, path)) = whole.split_once(' ') else {
        diagnostics.push(error(
            whole,
            "a route is a verb and a path".to_owned(),
            "as the documentation prints it: `GET /v3/webhooks/{webhook-id}`".to_owned(),
        ));
        return None;
    };
    let path = path.trim();
    // The first line of an exchange.
    if let Some((bare, version)) =
        path.split_once(' ').filter(|(_, rest)| rest.starts_with("HTTP/"))
    {
        let mended = format!("{verb} {}", bare.trim());
        diagnostics.push(
            error(
                version,
                format!("`{}` is no part of a route", shown(version)),
                "leave it out: a route ends with its path".to_owned(),
            )
            .patch(place(whole), mended),
        );
        return None;
    }
    // A path that is one but for its slash.
    let is_word = !path.is_empty() && !path.contains([' ', '>']) && !path.contains("://");
    let slashed = (!path.starts_with('/') && is_word).then(|| format!("/{path}"));
    if !VERBS.contains(&verb) {
        let message = format!("`{}` is not a verb", shown(verb));
        let begun = |known: &&str| verb.len() > 2 && known.starts_with(&verb.to_ascii_uppercase());
        let meant = nearest(verb, VERBS).or_else(|| VERBS.into_iter().find(begun));
        diagnostics.push(match (meant, &slashed) {
            (Some(near), None) => {
                error(verb, message, format!("did you mean `{near}`?")).patch(place(verb), near)
            }
            (Some(near), Some(slashed)) => {
                let mended = format!("{near} {slashed}");
                error(verb, message, format!("did you mean `{}`?", shown(&mended)))
                    .patch(place(whole), mended)
            }
            (None, _) => error(verb, message, format!("known verbs are {}", quoted_list(&VERBS))),
        });
        return None;
    }
    if !path.starts_with('/') {
        let diagnostic = error(
            path,
            format!("the path `{}` does not begin with `/`", shown(path)),
            "paths are relative to the server; the host belongs to `servers`".to_owned(),
        );
        // What the address of the server ends with is not sent twice.
        let below = servers.iter().find_map(|server| {
            let rest = path.strip_prefix(server.url.value.trim_end_matches('/'))?;
            rest.starts_with('/').then(|| rest.to_owned())
        });
        diagnostics.push(match slashed.or(below) {
            Some(mended) => diagnostic.patch(place(path), mended),
            None => diagnostic,
        });
        return None;
    }
    if let Some((at, bad)) = path.char_indices().find(|&(_, c)| !is_path_character(c)) {
        let quoted =
            if bad.is_control() { bad.escape_debug().to_string() } else { bad.to_string() };
        // What follows the `?` is no path as a whole.
        let end = if matches!(bad, '?' | '#') { path.len() } else { at + bad.len_utf8() };
        diagnostics.push(error(
            &path[at..end],
            format!("`{quoted}` cannot stand in a path"),
            match bad {
                '?' => "query parameters belong to `query`".to_owned(),
                '#' => "a fragment is never sent".to_owned(),
                '<' | '>' => "a placeholder is `{name}`".to_owned(),
                _ => "write it percent-encoded".to_owned(),
            },
        ));
        return None;
    }
    // A placeholder of many frameworks, which would be sent as it stands.
    let marked: Vec<&str> = path.split('/').filter(|part| is_marked(part)).collect();
    if !marked.is_empty() {
        for part in marked {
            let name = &part[1..];
            diagnostics.push(error(
                part,
                format!("`{}` would be sent as it stands", shown(part)),
                format!("a placeholder is `{{{}}}`; a colon that is sent is `%3A`", shown(name)),
            ));
        }
        return None;
    }
    // A placeholder of a shell or of TypeScript: the `$` would be sent before the value.
    let dollars: Vec<_> = path.match_indices("${").collect();
    if !dollars.is_empty() {
        for (at, _) in dollars {
            let dollar = &path[at..=at];
            let name = path[at + 2..].split('}').next().unwrap_or_default();
            diagnostics.push(
                error(
                    dollar,
                    format!("the `$` of `${{{}}}` would be sent as it stands", shown(name)),
                    format!(
                        "a placeholder is `{{{}}}`; a dollar that is sent is `%24`",
                        shown(name)
                    ),
                )
                .patch(place(dollar), ""),
            );
        }
        return None;
    }
    let placeholders = match placeholders(path) {
        Ok(placeholders) => placeholders,
        Err((part, message)) => {
            diagnostics.push(error(part, message, "a placeholder is `{name}`".to_owned()));
            return None;
        }
    };
    // Servers and libraries take `%2e` for a dot.
    let climbs = |segment: &&str| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    };
    if let Some(segment) = path.split('/').find(climbs) {
        diagnostics.push(error(
            segment,
            "the path climbs".to_owned(),
            "write the path without `.` and `..`".to_owned(),
        ));
        return None;
    }
    let spanned = |part: &str| Spanned::new(part.to_owned(), place(part));
    Some(Route {
        verb: spanned(verb),
        path: spanned(path),
        placeholders: placeholders.into_iter().map(spanned).collect(),
    })
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(c)
}

/// `:id`
fn is_marked(part: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    part.strip_prefix(':').is_some_and(|rest| !rest.is_empty() && rest.chars().all(name))
}

/// The placeholders of a path, in order, or the part that is none.
fn placeholders(path: &str) -> Result<Vec<&str>, (&str, String)> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let after = &rest[open + 1..];
        let close = after.find(['{', '}']).filter(|&at| after[at..].starts_with('}'));
        let (true, Some(close)) = (rest[open..].starts_with('{'), close) else {
            return Err((&rest[open..=open], "a brace of the path has no partner".to_owned()));
        };
        let name = &after[..close];
        let whole = &rest[open..open + close + 2];
        if name.is_empty() {
            return Err((whole, "a placeholder of the path has no name".to_owned()));
        }
        if found.contains(&name) {
            return Err((whole, format!("the placeholder `{{{name}}}` stands twice in the path")));
        }
        found.push(name);
        rest = &after[close + 1..];
    }
    Ok(found)
}

/// `method: GET` and `path: /users`, as other languages write a route: under which key the path stands.
pub(super) fn in_two_keys(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let text = |entry: &Entry| Some(entry.value.as_scalar()?.text.clone());
    let whole = |entry: &Entry| entry.key.span.to(entry.value.span);
    let verb = keys.peek("method").or(keys.peek("verb"))?;
    let name = text(verb)?.to_ascii_uppercase();
    let (key, entry, path) = ["path", "url", "route", "endpoint"].into_iter().find_map(|key| {
        let entry = keys.peek(key)?;
        let path = text(entry).filter(|path| path.starts_with('/'))?;
        Some((key, entry, path))
    })?;
    let mut diagnostic = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        verb.key.span,
        format!("a method has no key `{}`", shown(&verb.key.value)),
    )
    .label("unknown key")
    .help(format!("verb and path stand together: `{}`", written(&name, &path)));
    if keys.are_neighbours(&verb.key.value, key) {
        diagnostic = diagnostic.patch(whole(verb).to(whole(entry)), written(&name, &path));
    }
    diagnostics.push(diagnostic);
    let known = ["method", "verb", key];
    while keys.take_first(|found| known.contains(&found)).is_some() {}
    Some(key)
}

/// `get: /users`, as other languages write a route.
pub(super) fn verb_as_key(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> bool {
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
