//! `http:` of a method: verb and path, with its placeholders.

mod commands;
mod keys;
mod templates;

use super::quoted_list;
use super::reader::shown;
use crate::ast::{Route, Server, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow_text;
use crate::source::{Span, Spanned};
use crate::type_expr;
use crate::yaml::Node;
pub(super) use keys::{in_two_keys, path_alone, under_another_key, verb_as_key};

pub(crate) const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// `GET /v3/webhooks/{webhook-id}`, with what the method declares for its placeholders.
pub(super) fn read(
    text: &Text,
    servers: &[Server],
    declared: Option<&Node>,
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
    let whole = Whole { text, declared };
    let (verb, path, placeholders) = match whole.parts(servers) {
        Ok(parts) => parts,
        Err(found) => {
            diagnostics.push(*found);
            return None;
        }
    };
    let spanned = |part: &str| Spanned::new(part.to_owned(), whole.place(part));
    Some(Route {
        verb: spanned(verb),
        path: spanned(path),
        placeholders: placeholders.into_iter().map(spanned).collect(),
    })
}

/// What gives an answer is written behind a route elsewhere: `GET /users -> User`.
pub(super) fn answer(route: &str) -> Option<(&str, &str)> {
    let (route, answer) = route.split_once("->").or_else(|| route.split_once("=>"))?;
    Some((route.trim(), answer.trim()))
}

/// An address with the variables of another language, `https://${account}.example.com`, in this one.
pub(crate) fn variables_of(url: &str) -> Option<String> {
    templates::foreign(url).map(|found| found.path)
}

/// Verb, path and placeholders.
type Parts<'t> = (&'t str, &'t str, Vec<&'t str>);

/// The text of a route.
#[derive(Clone, Copy)]
struct Whole<'t> {
    text: &'t Text,
    declared: Option<&'t Node>,
}

impl<'t> Whole<'t> {
    fn place(self, part: &str) -> Span {
        let start = part.as_ptr() as usize - self.text.value.as_ptr() as usize;
        type_expr::part(self.text.span, &self.text.value, start, start + part.len())
    }

    fn error(self, part: &str, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&codes::ROUTE_SYNTAX, self.place(part), message).help(help)
    }

    /// The error about a part, and what is meant in its place.
    fn meant(self, part: &str, message: impl Into<String>, mended: &str) -> Diagnostic {
        self.error(part, message, format!("did you mean `{}`?", shown(mended)))
    }

    fn parts(self, servers: &[Server]) -> Result<Parts<'t>, Box<Diagnostic>> {
        let text = self.text.value.as_str();
        let bare = text.trim_matches(['`', '"', '\'']);
        if bare.len() + 2 == text.len() && bare.contains(" /") {
            let found = self.meant(text, "a route has no quotes of its own", bare);
            return Err(Box::new(found.patch(self.place(text), bare)));
        }
        let Some((verb, path)) = text.split_once(' ') else {
            let help = match text {
                path if path.starts_with('/') => {
                    format!("say the verb, too: `GET {}`", shown(path))
                }
                verb if VERBS.contains(&verb) => format!("say the path, too: `{verb} /users`"),
                _ => "as the documentation prints it: `GET /v3/webhooks/{webhook-id}`".to_owned(),
            };
            return Err(Box::new(self.error(text, "a route is a verb and a path", help)));
        };
        let path = path.trim();
        let found = self.verb_of_command(verb, servers).or_else(|| self.beside(path));
        let found = found.or_else(|| self.verb(verb, path));
        let found = found.or_else(|| self.begin(path, servers)).or_else(|| self.signs(path));
        if let Some(found) = found {
            return Err(Box::new(found));
        }
        let placeholders = placeholders(path).map_err(|(part, message)| {
            Box::new(self.error(part, message, "a placeholder is `{name}`"))
        })?;
        // Servers and libraries take `%2e` for a dot.
        let climbs = |segment: &&str| {
            matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
        };
        match path.split('/').find(climbs) {
            Some(segment) => {
                let help = "write the path without `.` and `..`";
                Err(Box::new(self.error(segment, "the path climbs", help)))
            }
            None => Ok((verb, path, placeholders)),
        }
    }

    /// The error with another path in place of this one. A text with a brace has quotes: they are needed inside `{ }`
    /// and do no harm elsewhere.
    fn with_path(self, found: Diagnostic, path: &str, mended: &str) -> Diagnostic {
        let (text, span) = (self.text.value.as_str(), self.text.span);
        let around = ((span.end - span.start) as usize).checked_sub(text.len());
        match around.unwrap_or(usize::MAX) {
            0 if mended.contains(['{', ',']) => {
                let verb = text.split(' ').next().unwrap_or_default();
                found.patch(span, format!("\"{verb} {mended}\""))
            }
            0 | 2 => found.patch(self.place(path), mended),
            // What is escaped stands in another place.
            _ => found,
        }
    }

    /// A command of a shell, as documentation shows it.
    fn verb_of_command(self, verb: &str, servers: &[Server]) -> Option<Diagnostic> {
        if !matches!(verb, "curl" | "http" | "https" | "wget") {
            return None;
        }
        let message = format!("`{}` is not a verb", shown(verb));
        let help = "of a command it says verb and path alone";
        Some(match commands::route(&self.text.value, servers) {
            Some(route) => self
                .error(verb, message, format!("{help}: `{}`", shown(&route)))
                .patch(self.text.span, flow_text(&route)),
            None => self.error(verb, message, format!("{help}: `GET /users`")),
        })
    }

    /// What stands behind the path and is none of it.
    fn beside(self, path: &str) -> Option<Diagnostic> {
        let verb = self.text.value.split(' ').next().unwrap_or_default();
        if let Some((bare, answer)) = answer(path) {
            let help = format!(
                "say it by itself: `http: {verb} {}`, `returns: {}`",
                shown(bare),
                shown(answer)
            );
            let place = &path[bare.len()..];
            return Some(self.error(place, "what a call gives is no part of its route", help));
        }
        let (bare, rest) = path.split_once(' ')?;
        let rest = rest.trim();
        let help = if rest.starts_with("HTTP/") {
            "leave it out: a route ends with its path"
        } else if rest.starts_with("-- ") {
            "what a method does is said in its `doc`"
        } else if bare.starts_with('/') && !rest.contains(['/', '}']) {
            "a route ends with its path; a blank that is sent is `%20`"
        } else {
            return None;
        };
        let message = format!("`{}` is no part of a route", shown(rest));
        Some(self.with_path(self.error(rest, message, help), path, bare))
    }

    /// What is wrong with the verb.
    fn verb(self, verb: &str, path: &str) -> Option<Diagnostic> {
        if VERBS.contains(&verb) {
            return None;
        }
        let message = format!("`{}` is not a verb", shown(verb));
        let several = verb.ends_with(',') && VERBS.iter().any(|verb| path.starts_with(verb));
        if several || verb.split(['|', ',', '/']).filter(|part| VERBS.contains(part)).count() > 1 {
            return Some(self.error(verb, message, "each verb is a method of its own"));
        }
        let bare = verb.trim_end_matches([':', ',']);
        let begun = |known: &&str| verb.len() > 2 && known.starts_with(&verb.to_ascii_uppercase());
        let mut known = VERBS.into_iter();
        let meant = known.find(|known| known.eq_ignore_ascii_case(bare));
        let meant =
            meant.or_else(|| nearest(verb, VERBS)).or_else(|| VERBS.into_iter().find(begun));
        Some(match (meant, slashed(path)) {
            (Some(near), None) => self.meant(verb, message, near).patch(self.place(verb), near),
            (Some(near), Some(slashed)) => {
                let mended = format!("{near} {slashed}");
                self.meant(verb, message, &mended).patch(self.place(&self.text.value), mended)
            }
            (None, _) => {
                self.error(verb, message, format!("known verbs are {}", quoted_list(&VERBS)))
            }
        })
    }

    /// What is wrong with the beginning of a path.
    fn begin(self, path: &str, servers: &[Server]) -> Option<Diagnostic> {
        if path.starts_with('/') {
            return None;
        }
        let found = self.error(
            path,
            format!("the path `{}` does not begin with `/`", shown(path)),
            "paths are relative to the server; the host belongs to `servers`",
        );
        let bare = path.trim_matches(['"', '\'', '`']);
        if bare.starts_with('/') && bare != path {
            let verb = self.text.value.split(' ').next().unwrap_or_default();
            let found = self.meant(path, "a path has no quotes of its own", bare);
            return Some(found.patch(self.text.span, format!("\"{verb} {bare}\"")));
        }
        // What the address of the server ends with is not sent twice.
        Some(match below(path, servers).or_else(|| slashed(path)) {
            Some(mended) => found.patch(self.place(path), mended),
            None => found,
        })
    }

    /// Placeholders written as what may hold slashes elsewhere. That is said where they are declared, so that a change
    /// is one of both places or none.
    fn in_steps(self, found: &templates::Foreign<'_>, message: String, path: &str) -> Diagnostic {
        let name = found.in_steps[0];
        let help = format!(
            "a placeholder is `{{{0}}}`, and its declaration says that its value keeps its slashes: \
             `path: {{ {0}: {{ type: string, style: slash }} }}`",
            shown(name)
        );
        let error = self.error(found.part, message, help);
        let [name] = found.in_steps.as_slice() else { return error };
        let declared = self.declared.and_then(|declared| declared.get(name));
        let Some((place, text)) = declared.and_then(|it| Some((it.span, keeping_slashes(it)?)))
        else {
            return error;
        };
        let Some(route) = self.with_path(error.clone(), path, &found.path).patch else {
            return error;
        };
        let (first, last) = if place.start < route.span.start {
            ((place, text), (route.span, route.text))
        } else {
            ((route.span, route.text), (place, text))
        };
        let mut error = error.patch(last.0, last.1);
        error.also_change(first.0, first.1);
        error
    }

    /// What cannot stand in a path, or would not be sent as it is meant.
    fn signs(self, path: &str) -> Option<Diagnostic> {
        if let Some(part) = templates::optional(path) {
            let message = format!("`{}` would be sent as it stands", shown(part));
            let help = "leave it out: a route that exists with and without it is two methods";
            return Some(self.with_path(
                self.error(part, message, help),
                path,
                &path.replace(part, ""),
            ));
        }
        if let Some((before, query)) =
            path.split_once('?').filter(|(_, rest)| !rest.starts_with('}'))
        {
            let example = templates::query(query);
            let example = example.map_or_else(String::new, |it| format!(": `{}`", shown(&it)));
            let help = format!("query parameters belong to `query`{example}");
            // `{?page,size}`
            let begin = if query.ends_with('}') { before.trim_end_matches('{') } else { before };
            return Some(self.error(&path[begin.len()..], "`?` cannot stand in a path", help));
        }
        if let Some(found) = templates::foreign(path) {
            let sent = match found.part.chars().next() {
                Some(':') => "; a colon that is sent is `%3A`",
                Some('$') => "; a dollar that is sent is `%24`",
                _ => "",
            };
            let message = format!("`{}` would be sent as it stands", shown(found.part));
            if !found.in_steps.is_empty() {
                return Some(self.in_steps(&found, message, path));
            }
            let help = format!("a placeholder is `{{{}}}`{sent}", shown(found.name));
            return Some(self.with_path(self.error(found.part, message, help), path, &found.path));
        }
        if let Some((at, bad)) = path.char_indices().find(|&(_, c)| !is_path_character(c)) {
            let quoted =
                if bad.is_control() { bad.escape_debug().to_string() } else { bad.to_string() };
            let (end, help) = match bad {
                // What follows is no path as a whole.
                '#' => (path.len(), "a fragment is never sent"),
                '<' | '>' => (at + 1, "a placeholder is `{name}`"),
                _ => (at + bad.len_utf8(), "write it percent-encoded"),
            };
            let message = format!("`{quoted}` cannot stand in a path");
            return Some(self.error(&path[at..end], message, help));
        }
        if let Some(percent) = templates::bare_percent(path) {
            let message = format!("`{}` is nothing that is percent-encoded", shown(percent));
            let help = "a placeholder is `{name}`; a percent sign that is sent is `%25`";
            return Some(self.error(percent, message, help));
        }
        if let Some(bare) = path.strip_suffix([',', ';']) {
            let found = self.meant(&path[bare.len()..], "what ends the line would be sent", bare);
            return Some(self.with_path(found, path, bare));
        }
        let at = path.find("//")?;
        let mut plain = path.to_owned();
        while plain.contains("//") {
            plain = plain.replace("//", "/");
        }
        let found = self.meant(&path[at..at + 2], "a part of the path is empty", &plain);
        Some(self.with_path(found, path, &plain))
    }
}

/// How a member is declared whose value keeps its slashes, if it is a text and nothing else is said of it than what it is for.
fn keeping_slashes(declared: &Node) -> Option<String> {
    let text = declared.as_scalar()?.text.as_str();
    let (ty, doc) = text.split_once(" -- ").map_or((text, None), |(ty, doc)| (ty, Some(doc)));
    let doc = doc.map_or_else(String::new, |doc| format!(", doc: {}", flow_text(doc.trim())));
    (ty.trim() == "string").then(|| format!("{{ type: string, style: slash{doc} }}"))
}

/// The path below the address of a server with which an address begins.
fn below(address: &str, servers: &[Server]) -> Option<String> {
    servers.iter().find_map(|server| {
        let url = server.url.value.trim_end_matches('/');
        let bare = url.split_once("://").map_or(url, |(_, host)| host);
        let rest = address.strip_prefix(url).or_else(|| address.strip_prefix(bare))?;
        rest.starts_with('/').then(|| rest.to_owned())
    })
}

/// What stands behind a variable that stands for the address: `{{baseUrl}}/users`.
fn after_host(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('$').unwrap_or(path).strip_prefix('{')?;
    let (name, rest) = rest.trim_start_matches('{').split_once('}')?;
    let name = name.to_ascii_lowercase();
    let rest = rest.trim_start_matches('}');
    let is_address = ["url", "host", "base", "server", "domain", "endpoint"];
    (is_address.iter().any(|word| name.contains(word)) && rest.starts_with('/')).then_some(rest)
}

/// A path that is one but for its slash.
fn slashed(path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let path = after_host(path).unwrap_or(path).trim_start_matches("./").trim_start_matches('\\');
    let is_word = !path.is_empty() && !path.contains([' ', '>']) && !path.contains("://");
    is_word.then(|| format!("/{}", path.trim_start_matches('/')))
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(c)
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
