//! Routes and statuses.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{Group, Method, Route, Specification, StatusPattern, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, ModelKind, Place, Type};
use crate::parse::shown;

/// Two methods that send the same verb to the same path, on the same server.
pub(super) fn duplicates(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(&str, String, Option<&str>), &Method> = BTreeMap::new();
    let clear = || specification.methods.iter().filter(|method| !is_unclear(method, specification));
    for method in clear() {
        let Some(route) = &method.route else { continue };
        let server = server_of(method, specification).map(|server| server.value.as_str());
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
                .help("one of the routes is a slip of the pen, or both are one method"),
            );
        }
    }
    for method in clear() {
        let Some(route) = &method.route else { continue };
        let server = server_of(method, specification).map(|server| server.value.as_str());
        for (path, name, value) in filled(route, api) {
            let key = (route.verb.value.as_str(), without_names(&path), server);
            let Some(other) = seen.get(&key) else { continue };
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ROUTE,
                    route.path.span,
                    format!("`{}` has the route of `{}`", method.name.value, other.name.value),
                )
                .label(format!("the same verb and path where `{name}` is `{value}`"))
                .related(
                    other.route.as_ref().map_or(other.span, |route| route.path.span),
                    "the other one",
                ),
            );
        }
    }
}

/// The server that a method names, or its group for it.
fn server_of<'s>(method: &'s Method, specification: &'s Specification) -> Option<&'s Text> {
    let group = method.name.value.split_once('.').map(|(group, _)| group);
    let group = specification.groups.iter().find(|known| Some(known.name.value.as_str()) == group);
    method.server.as_ref().or_else(|| group.and_then(|group| group.server.as_ref()))
}

/// Whether nobody knows which server a method is of, since what says so could not be read.
fn is_unclear(method: &Method, specification: &Specification) -> bool {
    let group = method.name.value.split_once('.').map(|(group, _)| group);
    let mut groups = specification.groups.iter();
    let group = groups.find(|known| Some(known.name.value.as_str()) == group);
    let of_group = group.is_some_and(|group| group.server_unclear);
    method.server.is_none() && (method.server_unclear || of_group)
}

/// The path with each value of each enum that the client fills a placeholder with.
fn filled(route: &Route, api: &Api) -> Vec<(String, String, String)> {
    let mut paths = Vec::new();
    for placeholder in &route.placeholders {
        let of_client = api.parameters.iter().find(|one| {
            one.parameter.place == Place::Path && one.parameter.wire == placeholder.value
        });
        let Some(Type::Model(id)) = of_client.map(|one| &one.parameter.ty) else { continue };
        let ModelKind::Enum(list) = &api.model(*id).kind else { continue };
        let name = &placeholder.value;
        paths.extend(list.variants.iter().map(|variant| {
            let path = route.path.value.replace(&format!("{{{name}}}"), &variant.wire);
            (path, shown(name), shown(&variant.wire))
        }));
    }
    paths
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
    let repeated = specification.methods.iter().filter_map(|method| {
        let route = method.route.as_ref()?;
        let named = server_of(method, specification);
        let mut servers = specification.servers.iter().filter(|server| match named {
            Some(name) => server.name.value == name.value,
            None => server.pick,
        });
        let first = servers.next()?;
        let path = path_of(&first.url.value)?;
        let all = servers.all(|server| path_of(&server.url.value) == Some(path));
        let rest = route.path.value.strip_prefix(path)?;
        (all && rest.starts_with('/')).then_some((&route.path, path, rest, &first.url))
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
    let groups: BTreeMap<&str, &Group> =
        specification.groups.iter().map(|group| (group.name.value.as_str(), group)).collect();
    for method in &specification.methods {
        let mut seen = BTreeMap::new();
        for status in method.returns.iter().filter_map(|answer| answer.status.as_ref()) {
            seen.insert(status.value, status.span);
        }
        let any_success = method.returns.iter().any(|answer| answer.status.is_none());
        let group = method.name.value.split_once('.').map_or("", |(group, _)| group);
        let group = groups.get(group).into_iter().flat_map(|group| &group.errors);
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
