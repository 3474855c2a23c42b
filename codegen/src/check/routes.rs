//! Routes and statuses.

mod filled;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{Group, Method, Server, Specification, StatusPattern, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::Api;
use crate::parse::shown;

/// The groups by their names.
type Groups<'s> = BTreeMap<&'s str, &'s Group>;

/// The methods by what they send: the verb, the path without the names of its placeholders, and the server.
type Seen<'s> = BTreeMap<(&'s str, String, Option<&'s str>), &'s Method>;

/// Two methods that send the same verb to the same path, on the same server.
pub(super) fn duplicates(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen: Seen<'_> = BTreeMap::new();
    let groups = specification.groups_by_name();
    let clear = || specification.methods.iter().filter(|method| !is_unclear(method, &groups));
    for method in clear() {
        let Some(route) = &method.route else { continue };
        let server = server_of(method, &groups).map(|server| server.value.as_str());
        let key = (route.verb.value.as_str(), without_names(&route.path.value), server);
        // A method that is defined twice is reported as such.
        if let Some(first) =
            seen.insert(key, method).filter(|first| first.name.value != method.name.value)
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ROUTE,
                    route.path.span,
                    format!("`{}` has the route of `{}`", method.name.value, first.name.value),
                )
                .label("the same verb and path")
                .related(first.route.as_ref().map_or(first.span, |route| route.path.span), "first")
                .help(
                    "one of the routes is a slip of the pen, or both are one method: what comes in several media types is its `any`",
                ),
            );
        }
    }
    filled::check(clear(), &groups, &seen, api, diagnostics);
    steps::check(clear(), specification, &groups, diagnostics);
}

/// The server that a method names, or its group for it.
fn server_of<'s>(method: &'s Method, groups: &Groups<'s>) -> Option<&'s Text> {
    let of_group = || groups.get(method.group()).and_then(|group| group.server.as_ref());
    method.server.as_ref().or_else(of_group)
}

/// Whether nobody knows which server a method is of, since what says so could not be read.
fn is_unclear(method: &Method, groups: &Groups<'_>) -> bool {
    let of_group = groups.get(method.group()).is_some_and(|group| group.server_unclear);
    method.server.is_none() && (method.server_unclear || of_group)
}

/// Types of a shared path parameter, of which each has one.
pub(super) fn shared(specification: &Specification, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for member in specification.path.iter().chain(&specification.parameters.path) {
        if let Some(first) = seen.insert(member.wire.value.as_str(), member.wire.span) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    member.wire.span,
                    format!("the path parameter `{}` is defined twice", shown(&member.wire.value)),
                )
                .related(first, "first defined here"),
            );
        }
    }
}

/// `/users/{id}/keys` and `/users/{user}/keys` are the same path.
fn without_names(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Warns of routes that begin with the path of their server, copied as a whole from a documentation: once for all of them.
pub(super) fn below_servers(specification: &Specification, diagnostics: &mut Diagnostics) {
    let groups = specification.groups_by_name();
    let mut by_name: BTreeMap<&str, Vec<&Server>> = BTreeMap::new();
    for server in &specification.servers {
        by_name.entry(&server.name.value).or_default().push(server);
    }
    let common = by_name.into_iter().map(|(name, servers)| (name, common_path(servers)));
    let common: BTreeMap<&str, _> = common.collect();
    let to_choose_from = common_path(specification.servers.iter().filter(|server| server.pick));
    let repeated = specification.methods.iter().filter_map(|method| {
        let route = method.route.as_ref()?;
        let (path, url) = match server_of(method, &groups) {
            Some(name) => (*common.get(name.value.as_str())?)?,
            None => to_choose_from?,
        };
        let rest = route.path.value.strip_prefix(path)?;
        rest.starts_with('/').then_some((&route.path, path, rest, url))
    });
    let repeated: Vec<_> = repeated.collect();
    let Some((route, path, rest, server)) = repeated.first() else { return };
    let found = Diagnostic::warning(
        &codes::PATH_OF_SERVER,
        route.span,
        format!("`{}` begins with the path of its server", shown(&route.value)),
    )
    .label(format!("is sent to `{}`", shown(&format!("{path}{}", route.value))))
    .related(server.span, "has the path already")
    .help(format!("did you mean `{}`?", shown(rest)));
    diagnostics.push(match repeated.len() {
        1 if (route.span.end - route.span.start) as usize == route.value.len() => {
            found.patch(route.span, *rest)
        }
        1 => found,
        count => found.note(format!("{count} routes begin like this")),
    });
}

/// The path that the addresses of all these servers have, and the first of them.
fn common_path<'s>(servers: impl IntoIterator<Item = &'s Server>) -> Option<(&'s str, &'s Text)> {
    let mut servers = servers.into_iter();
    let first = servers.next()?;
    let path = path_of(&first.url.value)?;
    let all = servers.all(|server| path_of(&server.url.value) == Some(path));
    all.then_some((path, &first.url))
}

/// The path of an address, if it has one that is always the same.
fn path_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let path = rest[rest.find('/')?..].trim_end_matches('/');
    (!path.is_empty() && !path.contains('{')).then_some(path)
}

/// A status cannot be both a success and an error of a method.
pub(super) fn statuses(specification: &Specification, diagnostics: &mut Diagnostics) {
    // What many methods take over is reported once.
    let mut reported = BTreeSet::new();
    let groups = specification.groups_by_name();
    for method in &specification.methods {
        let mut seen = BTreeMap::new();
        for status in method.returns.iter().filter_map(|answer| answer.status.as_ref()) {
            seen.insert(status.value, status.span);
        }
        let any_success = method.returns.iter().any(|answer| answer.status.is_none());
        let group = groups.get(method.group()).into_iter().flat_map(|group| &group.errors);
        let shared = group.chain(&specification.defaults.errors);
        // A method may take a failure of all others for a success.
        let shared = shared.filter(|error| {
            matches!(error.status.value, StatusPattern::Exactly(200..300))
                && !method.errors.iter().any(|own| own.status.value == error.status.value)
        });
        for error in method.errors.iter().chain(shared) {
            let StatusPattern::Exactly(status) = error.status.value else { continue };
            if reported.contains(&error.status.span) {
                continue;
            }
            let success = seen.get(&status).copied().or_else(|| {
                let answer = method.returns.first()?;
                (any_success && (200..300).contains(&status)).then_some(answer.span)
            });
            if let Some(span) = success {
                reported.insert(error.status.span);
                diagnostics.push(
                    Diagnostic::error(
                        &codes::SUCCESS_AND_ERROR,
                        error.status.span,
                        format!("{status} is both a success and an error"),
                    )
                    .related(span, "a success because of this")
                    .help("take it out of `returns` or out of `errors`"),
                );
            }
        }
    }
}
