//! Addresses of servers, and their variables.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{Server, Text, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::source::Span;
use crate::vocabulary;

/// Secrets travel with every call, so that only https will do; http is for servers on the same machine.
pub(super) fn check_address(url: &Text, diagnostics: &mut Diagnostics) {
    let (scheme, rest) = url.value.split_once("://").unwrap_or(("", &url.value));
    let authority = rest.split('/').next().unwrap_or_default();
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let local = matches!(host, "localhost" | "127.0.0.1");
    let host_part = |c: char| c.is_ascii_alphanumeric() || "-._{}".contains(c);
    let message = match scheme {
        "https" => None,
        "http" if local => None,
        "http" => Some("secrets would be sent in clear text"),
        _ => Some("an address begins with `https://`"),
    };
    let message = message.or_else(|| {
        let path_part = |c: char| c.is_ascii_graphic() && !"?#@\\\"<>^`|".contains(c);
        if authority.contains('@') {
            Some("secrets belong to `auth`")
        } else if rest.contains('?') {
            Some("query parameters belong to the methods")
        } else if host.is_empty() || !host.chars().all(host_part) {
            Some("expected the name of a host after `://`")
        } else if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            Some("the port is no number")
        } else if !rest.chars().all(path_part) {
            Some("an address is a host and perhaps a path, nothing else")
        } else if rest.contains("//") {
            Some("a path has no empty parts")
        } else {
            None
        }
    });
    if let Some(message) = message {
        let diagnostic = Diagnostic::error(
            &codes::BAD_ADDRESS,
            url.span,
            format!("`{}` cannot be the address of a server", shown(&url.value)),
        )
        .label(message);
        let secure = match scheme {
            "http" if host.contains('.') => Some(format!("https://{rest}")),
            "" if host.contains('.') && !host.starts_with('.') => Some(format!("https://{rest}")),
            "https" if rest.contains("//") => {
                let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
                Some(format!("https://{}", parts.join("/")))
            }
            _ => None,
        };
        // What is wrong besides would be told next.
        let whole = (url.span.end - url.span.start) as usize == url.value.len();
        let meant = crate::parse::variables_of(&url.value)
            // An address of IPv6 stands in brackets, too.
            .filter(|meant| *meant != url.value && !url.value.contains("://["));
        if let Some(meant) = meant {
            let place = crate::type_expr::part(url.span, &url.value, 0, url.value.len());
            let text = if whole { format!("\"{meant}\"") } else { meant.clone() };
            let help = format!("a variable is `{{name}}`: `{}`", shown(&meant));
            diagnostics.push(diagnostic.help(help).patch(place, text));
            return;
        }
        diagnostics.push(match secure.filter(|_| whole) {
            Some(secure) => {
                diagnostic.help(format!("write `{}`", shown(&secure))).patch(url.span, secure)
            }
            None => {
                diagnostic.help("an address is `https://`, a host, and perhaps a port and a path")
            }
        });
    }
}

/// Warns of servers between which an app can choose, and which are one.
pub(super) fn check_apart(servers: &[Server], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Server> = BTreeMap::new();
    for server in servers.iter().filter(|server| server.pick) {
        let address = server.url.value.trim_end_matches('/').to_ascii_lowercase();
        let Some(first) = seen.get(&address) else {
            seen.insert(address, server);
            continue;
        };
        diagnostics.push(
            Diagnostic::warning(
                &codes::SAME_SERVER,
                server.url.span,
                format!(
                    "the servers `{}` and `{}` have one address",
                    shown(&first.name.value),
                    shown(&server.name.value)
                ),
            )
            .label("an app that chooses it is where it would be without")
            .related(first.url.span, "the same address")
            .help("write the address of this one, or leave one of the two out"),
        );
    }
}

/// `${BASE_URL}`, `{{baseUrl}}/v2`: a variable for all that an address is.
fn in_place_of_address(url: &Text) -> Option<Diagnostic> {
    let begins =
        url.value.starts_with("${") || url.value.starts_with('{') || url.value.starts_with('$');
    let braced = url.value.contains('}') || url.value.starts_with('$');
    (begins && braced && !url.value.contains("://")).then(|| {
        Diagnostic::error(
            &codes::BAD_ADDRESS,
            url.span,
            format!("`{}` cannot be the address of a server", shown(&url.value)),
        )
        .label("a variable in place of the address")
        .help(
            "write the address itself, `https://api.example.com`; an app that needs another one says so by `base_url` of \
             the builder",
        )
    })
}

pub(super) fn check_variables(server: &Server, diagnostics: &mut Diagnostics) {
    if let Some(found) = in_place_of_address(&server.url) {
        diagnostics.push(found);
        return;
    }
    let before = diagnostics.mark();
    let doubled = server.url.value.contains("{{");
    if doubled && let Some(meant) = crate::parse::variables_of(&server.url.value) {
        let url = &server.url;
        let place = crate::type_expr::part(url.span, &url.value, 0, url.value.len());
        diagnostics.push(
            Diagnostic::error(
                &codes::SERVER_VARIABLE,
                url.span,
                "a variable of an address stands in one pair of braces",
            )
            .help(format!("did you mean `{}`?", shown(&meant)))
            .patch(place, meant),
        );
        return;
    }
    check_address(&server.url, diagnostics);
    // What no address has room for is no mistake of its own.
    let is_address = !diagnostics.errors_since(before);
    let url = &server.url;
    let place = |start, end| crate::type_expr::part(url.span, &url.value, start, end);
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut at = 0;
    while let Some(open) = url.value[at..].find(['{', '}']).map(|open| at + open) {
        let close = url.value[open + 1..].find(['{', '}', '/']).map(|close| open + 1 + close);
        let close = close.filter(|close| url.value[*close..].starts_with('}'));
        let (true, Some(close)) = (url.value[open..].starts_with('{'), close) else {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SERVER_VARIABLE,
                    place(open, open + 1),
                    "a brace of the address has no partner",
                )
                .help("a variable is `{name}`"),
            );
            return;
        };
        found.push((&url.value[open + 1..close], place(open, close + 1)));
        at = close + 1;
    }
    let variables = server.variables.iter().map(|variable| variable.wire.value.as_str());
    let declared: BTreeSet<&str> = variables.collect();
    let in_address: BTreeSet<&str> = found.iter().map(|(name, _)| *name).collect();
    let spare: Vec<&Text> = server
        .variables
        .iter()
        .map(|variable| &variable.wire)
        .filter(|wire| !in_address.contains(wire.value.as_str()))
        .collect();
    let mut meant: Vec<&str> = Vec::new();
    for (name, span) in found.iter().filter(|(name, _)| !declared.contains(name)) {
        let diagnostic = Diagnostic::error(
            &codes::SERVER_VARIABLE,
            *span,
            format!("the variable `{{{}}}` of the address is not declared", shown(name)),
        );
        let near = diagnostics.nearest(name, spare.iter().map(|wire| wire.value.as_str()));
        diagnostics.push(match spare.iter().find(|wire| Some(wire.value.as_str()) == near) {
            Some(wire) => {
                meant.push(&wire.value);
                diagnostic
                    .related(wire.span, "declared here by another name")
                    .help(format!("did you mean `{}`?", shown(&wire.value)))
            }
            None => {
                diagnostic.help(format!("declare it: `variables: {{ {}: string }}`", shown(name)))
            }
        });
    }
    let spare = spare.iter().filter(|wire| is_address && !meant.contains(&wire.value.as_str()));
    for wire in spare {
        diagnostics.push(
            Diagnostic::error(
                &codes::SERVER_VARIABLE,
                wire.span,
                format!("the address has no variable `{{{}}}`", shown(&wire.value)),
            )
            .related(url.span, "the address")
            .help(format!(
                "write `{{{}}}` where it belongs in the address, or leave it out here",
                shown(&wire.value)
            )),
        );
    }
    for variable in &server.variables {
        if variable.optional {
            let (place, name) = (variable.wire.span, variable.wire.value.as_str());
            let found = Diagnostic::error(
                &codes::SERVER_VARIABLE,
                place,
                format!("the variable `{}` of an address is always there", shown(name)),
            )
            .help("leave the `?` out: an address without it is another server");
            let plain = (place.end - place.start) as usize == name.len() + 1;
            diagnostics.push(if plain { found.patch(place, name) } else { found });
        }
        let text = match &variable.ty.kind {
            TypeKind::Poisoned => true,
            TypeKind::Name { name, arguments } => name == "string" && arguments.is_empty(),
            TypeKind::Nullable(_) | TypeKind::Raw { .. } | TypeKind::File { .. } => false,
        };
        if !text {
            let found = Diagnostic::error(
                &codes::SERVER_VARIABLE,
                variable.ty.span,
                format!("the variable `{}` of an address is a text", shown(&variable.wire.value)),
            )
            .label("expected `string`");
            let is_type = match &variable.ty.kind {
                TypeKind::Name { name, arguments } => {
                    !arguments.is_empty()
                        || vocabulary::scalar(name).is_some()
                        || name.starts_with(char::is_uppercase)
                }
                _ => true,
            };
            diagnostics.push(if is_type {
                found
                    .help("say `string`: what an app gives is put into the address as it is")
                    .patch(variable.ty.span, "string")
            } else {
                found.help(
                    "what is always the same stands in the address itself, without a variable",
                )
            });
        }
    }
}
