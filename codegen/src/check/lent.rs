//! What a specification as a whole offers to its methods, and none takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{
    AuthKind, ErrorEntry, Method, Origin, PagerStyle, Server, Specification, StatusPattern, Text,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Content, Outcome, SchemeKind};
use crate::parse::shown;
use crate::source::Span;

/// Servers, sources, formats and errors that nothing uses.
pub(super) fn check(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    // Without methods there is nothing yet that could use them.
    if specification.methods.is_empty() {
        return;
    }
    servers(specification, api, diagnostics);
    fixed_servers(specification, diagnostics);
    fixed_endpoints(specification, diagnostics);
    sources(specification, diagnostics);
    formats(specification, api, diagnostics);
    errors(specification, diagnostics);
}

/// Servers that an app cannot choose and no method names.
fn servers(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    // Addresses in answers may lead to any declared server.
    let leads = |style: &Option<PagerStyle>| {
        matches!(style, Some(PagerStyle::LinkHeader | PagerStyle::NextUrl(_)))
    };
    if api.links || specification.pagers.iter().any(|pager| leads(&pager.style)) {
        return;
    }
    let methods = specification.methods.iter().map(|method| &method.server);
    let named = methods.chain(specification.groups.iter().map(|group| &group.server));
    let named = named.flatten().map(|server| server.value.as_str());
    let endpoints = api.schemes.iter().flat_map(|scheme| match &scheme.kind {
        SchemeKind::OAuth2(oauth) => [oauth.authorize_url.as_ref(), Some(&oauth.token_url)],
        _ => [None, None],
    });
    let servers = endpoints.flatten().filter_map(|endpoint| api.servers.get(endpoint.server?));
    let named: BTreeSet<&str> = named.chain(servers.map(|server| server.name.as_str())).collect();
    if let [first, others @ ..] = specification.servers.as_slice()
        && !first.pick
        && others.iter().any(|server| server.pick)
    {
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED_SERVER,
                first.name.span,
                format!("the server `{}` is the default, and no app can choose it", shown(&first.name.value)),
            )
            .label("the first of `servers`")
            .help("leave `pick: false` out, or put the server first that calls go to unless an app chooses another one"),
        );
    }
    let unused = specification
        .servers
        .iter()
        .skip(1)
        .filter(|server| !server.pick && !named.contains(server.name.value.as_str()));
    for server in unused {
        let name = shown(&server.name.value);
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED_SERVER,
                server.name.span,
                format!("nothing names the server `{name}`, and no app can choose it"),
            )
            .label("reached by nothing")
            .help(format!(
                "name it in methods or groups, `server: {name}`, or leave `pick: false` out"
            )),
        );
    }
}

/// Servers that calls go to whatever server an app has chosen: that of a sandbox, too.
fn fixed_servers(specification: &Specification, diagnostics: &mut Diagnostics) {
    let own = |span: &Span| specification.files.contains(&span.file);
    let choice = specification.servers.iter().filter(|server| server.pick).count();
    if choice < 2 {
        return;
    }
    let methods = specification.methods.iter().map(|method| &method.server);
    let named = methods.chain(specification.groups.iter().map(|group| &group.server));
    let mut users: BTreeMap<&str, &Text> = BTreeMap::new();
    for name in named.flatten() {
        users.entry(&name.value).or_insert(name);
    }
    for server in
        specification.servers.iter().filter(|server| !server.pick && own(&server.name.span))
    {
        let Some(user) = users.get(server.name.value.as_str()) else { continue };
        let name = shown(&server.name.value);
        diagnostics.push(
            Diagnostic::warning(
                &codes::FIXED_SERVER,
                server.name.span,
                format!("`{name}` stays the same whatever server an app chooses"),
            )
            .label(format!("{choice} servers to choose from, and one of these"))
            .related(user.span, "calls go there from each of them")
            .help(format!(
                "if that is so, say it: `allow: {{ {}: … }}`; if not, an app cannot reach the other ones",
                codes::FIXED_SERVER.id
            )),
        );
    }
}

/// Endpoints of OAuth 2 at one of several servers to choose from: the secrets of a sandbox go to production.
fn fixed_endpoints(specification: &Specification, diagnostics: &mut Diagnostics) {
    let choice: Vec<&Server> = specification.servers.iter().filter(|server| server.pick).collect();
    if choice.len() < 2 {
        return;
    }
    for entry in &specification.auth {
        let AuthKind::OAuth2(oauth) = &entry.kind else { continue };
        if let Some(url) = &oauth.authorize_url {
            let found = fixed_endpoint("authorize_url", url, &choice, specification);
            diagnostics.extend(found);
        }
        diagnostics.extend(fixed_endpoint("token_url", &oauth.token_url, &choice, specification));
    }
}

fn fixed_endpoint(
    key: &str,
    url: &Text,
    choice: &[&Server],
    specification: &Specification,
) -> Option<Diagnostic> {
    let (host, _) = host_and_path(&url.value)?;
    let same = |server: &&&Server| host_and_path(&server.url.value).is_some_and(|it| it.0 == host);
    // Where all are at one host, the paths tell them apart.
    let at: Vec<&&Server> = choice.iter().filter(same).collect();
    let ([server], true) = (at.as_slice(), specification.files.contains(&url.span.file)) else {
        return None;
    };
    let what = match key {
        "token_url" => "tokens come from",
        _ => "users are sent to",
    };
    // Routes are appended to the whole address of a server.
    let path = url.value.strip_prefix(server.url.value.trim_end_matches('/'));
    let path = match path.filter(|path| path.starts_with('/')) {
        Some(path) => format!("`{key}: {}`", shown(path)),
        None => format!("`{key}: /…`"),
    };
    let found = Diagnostic::warning(
        &codes::FIXED_SERVER,
        url.span,
        format!("{what} `{}` whatever server an app chooses", shown(host)),
    )
    .label(format!("{} servers to choose from, and this is one of them", choice.len()))
    .related(server.name.span, "this one")
    .help(format!(
        "a path is one of the server that the app chooses: {path}; if there is one endpoint for all, say it: \
         `allow: {{ {}: … }}`",
        codes::FIXED_SERVER.id
    ));
    Some(found)
}

/// `api.example.com` and `/oauth/token`
fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("://")?;
    Some(rest.split_at(rest.find('/').unwrap_or(rest.len())))
}

/// Sources that no `from:` names; a file that lends others may do so for somebody else.
fn sources(specification: &Specification, diagnostics: &mut Diagnostics) {
    let models = specification.models.iter().map(|model| &model.origin);
    let groups = specification.groups.iter().map(|group| &group.origin);
    let methods = specification.methods.iter().map(|method| &method.origin);
    let deliveries = specification.deliveries.iter().map(|deliveries| &deliveries.origin);
    let name = |origin: &Origin| {
        let from = origin.from.as_ref()?.value.as_str();
        Some(from.split_once(' ').map_or(from, |(name, _)| name).to_owned())
    };
    let named: BTreeSet<String> =
        models.chain(groups).chain(methods).chain(deliveries).filter_map(name).collect();
    for source in &specification.sources {
        let own = specification.files.contains(&source.name.span.file);
        if own && !named.contains(&source.name.value) {
            let name = shown(&source.name.value);
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED_SOURCE,
                    source.name.span,
                    format!("nothing comes from the source `{name}`"),
                )
                .help(format!("say what does, in models, groups or methods: `from: {name} …`")),
            );
        }
    }
}

/// Formats where no method answers with a value.
fn formats(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let own = |file| specification.files.contains(file);
    let Some(first) = specification.formats.iter().find(|one| own(&one.name.span.file)) else {
        return;
    };
    let mut methods = api.groups.iter().flat_map(|group| &group.methods);
    let has_value = methods.any(|method| match &method.outcome {
        Outcome::Value(value) | Outcome::Optional { value, .. } => value.content == Content::Json,
        Outcome::Several { variants, .. } => variants
            .iter()
            .filter_map(|one| one.value.as_ref())
            .any(|it| it.content == Content::Json),
        Outcome::Nothing => false,
    });
    if !has_value {
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED_FORMAT,
                first.name.span,
                "no method answers with a value that could come in a format",
            )
            .help("take `formats` out; texts and bytes name their type: `returns: text(text/csv)`"),
        );
    }
}

/// Errors of the defaults and of groups that each of their methods replaces.
fn errors(specification: &Specification, diagnostics: &mut Diagnostics) {
    let own = |method: &Method, status: &StatusPattern| {
        let mut answers = method.returns.iter().filter_map(|answer| answer.status.as_ref());
        has(&method.errors, status)
            || answers.any(|answer| *status == StatusPattern::Exactly(answer.value))
    };
    let groups = specification.groups_by_name();
    let mut members: BTreeMap<&str, Vec<&Method>> = BTreeMap::new();
    for method in &specification.methods {
        members.entry(method.group()).or_default().push(method);
    }
    for entry in &specification.defaults.errors {
        let status = &entry.status.value;
        let taken = |method: &Method| {
            !own(method, status)
                && !groups.get(method.group()).is_some_and(|group| has(&group.errors, status))
        };
        if !specification.methods.iter().any(taken) {
            unused(entry, specification, "every method", diagnostics);
        }
    }
    for group in &specification.groups {
        // A group without methods is a warning of its own.
        let Some(methods) = members.get(group.name.value.as_str()) else { continue };
        for entry in &group.errors {
            let status = &entry.status.value;
            if methods.iter().all(|method| own(method, status)) {
                unused(entry, specification, "every method of the group", diagnostics);
            }
        }
    }
}

fn has(errors: &[ErrorEntry], status: &StatusPattern) -> bool {
    errors.iter().any(|entry| entry.status.value == *status)
}

fn unused(
    entry: &ErrorEntry,
    specification: &Specification,
    who: &str,
    diagnostics: &mut Diagnostics,
) {
    if specification.files.contains(&entry.status.span.file) {
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED_ERROR,
                entry.status.span,
                format!("{who} says something else for this status"),
            )
            .label("never read"),
        );
    }
}
