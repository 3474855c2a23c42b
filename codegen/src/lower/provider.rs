//! The provider itself, its servers, formats and constant headers.

use super::auth::Auths;
use crate::ast::{Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Format, Server, Variable};
use crate::names::{self, Kind, Scope};
use crate::source::Span;

/// Methods that every builder has.
pub(super) const BUILDER_METHODS: [&str; 8] = [
    "base_url", "build", "build_blocking", "header", "max_answer", "timeout", "transport", "user_agent",
];

/// Types that every provider module has.
const PROVIDER_TYPES: [&str; 6] = ["Async", "Builder", "Call", "Client", "Error", "Mode"];

/// What `provider:` says, and the names that follow from it.
pub(super) struct Provider {
    pub(super) module: String,
    pub(super) marker: String,
    pub(super) title: String,
    pub(super) docs: Docs,
    /// The name as it stands in the specification.
    pub(super) name: String,
}

pub(super) fn lower(
    specification: &Specification,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Provider {
    let Some(provider) = &specification.provider else {
        if !specification.incomplete {
            diagnostics.push(
                Diagnostic::error(
                    &codes::MISSING_KEY,
                    start,
                    "no file of the specification has a `provider`",
                )
                .help("name it in one of the files: `provider: { name: punt }`"),
            );
        }
        return Provider {
            module: "unnamed".to_owned(),
            marker: "Unnamed".to_owned(),
            title: String::new(),
            docs: Docs::default(),
            name: String::new(),
        };
    };
    let module =
        Scope::new(Kind::Value, "provider").declare(&provider.name, None, diagnostics);
    let marker = Scope::new(Kind::Type, "provider")
        .reserve(&PROVIDER_TYPES)
        .reserve(&names::PRELUDE)
        .declare(&provider.name, None, diagnostics);
    if module.starts_with("r#") {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                provider.name.span,
                format!("the provider cannot be called `{}`", provider.name.value),
            )
            .label("a keyword of Rust")
            .help("the name becomes a module and a folder; choose another one"),
        );
    }
    Provider {
        title: provider.title.as_ref().map_or_else(|| marker.clone(), |title| title.value.clone()),
        docs: Docs {
            text: provider.doc.as_ref().map(|doc| doc.value.clone()),
            ..Docs::default()
        },
        name: provider.name.value.clone(),
        module,
        marker,
    }
}

pub(super) fn servers(
    specification: &Specification,
    auths: &Auths<'_>,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Server> {
    if specification.servers.is_empty() && !specification.incomplete {
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, start, "the specification has no `servers`")
                .help("name at least one: `servers: { production: https://api.example.com }`"),
        );
    }
    let idents = auths.idents();
    let mut scope = Scope::new(Kind::Value, "server").reserve(&BUILDER_METHODS).reserve(&idents);
    specification
        .servers
        .iter()
        .map(|server| {
            let ident = scope.declare(&server.name, None, diagnostics);
            check_address(&server.url, diagnostics);
            let mut arguments = Scope::new(Kind::Value, "variable").reserve(&["self"]);
            let variables = server
                .variables
                .iter()
                .map(|variable| Variable {
                    wire: variable.wire.value.clone(),
                    ident: arguments.declare(&variable.wire, variable.name.as_ref(), diagnostics),
                    docs: Docs {
                        text: variable.doc.as_ref().map(|doc| doc.value.clone()),
                        ..Docs::default()
                    },
                })
                .collect();
            check_variables(server, diagnostics);
            Server {
                name: server.name.value.clone(),
                ident,
                url: server.url.value.trim_end_matches('/').to_owned(),
                docs: Docs {
                    text: server.doc.as_ref().map(|doc| doc.value.clone()),
                    ..Docs::default()
                },
                variables,
                pick: server.pick,
            }
        })
        .collect()
}

/// Secrets travel with every call, so that only https will do; http is for servers on the same machine.
fn check_address(url: &Text, diagnostics: &mut Diagnostics) {
    let (scheme, rest) = url.value.split_once("://").unwrap_or(("", &url.value));
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let local = matches!(host, "localhost" | "127.0.0.1");
    let message = match scheme {
        "https" => None,
        "http" if local => None,
        "http" => Some("secrets would be sent in clear text"),
        _ => Some("an address begins with `https://`"),
    };
    let message = message.or_else(|| {
        (host.is_empty() || rest.contains(['?', '#', '@', ' ']))
            .then_some("an address is a host and perhaps a path, nothing else")
    });
    if let Some(message) = message {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_ADDRESS,
                url.span,
                format!("`{}` cannot be the address of a server", url.value),
            )
            .label(message),
        );
    }
}

fn check_variables(server: &crate::ast::Server, diagnostics: &mut Diagnostics) {
    let mut rest = server.url.value.as_str();
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        found.push(name);
        rest = after;
    }
    for name in &found {
        if !server.variables.iter().any(|variable| variable.wire.value == *name) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SERVER_VARIABLE,
                    server.url.span,
                    format!("the variable `{{{name}}}` of the address is not declared"),
                )
                .help(format!("declare it: `variables: {{ {name}: string }}`")),
            );
        }
    }
    for variable in &server.variables {
        if !found.contains(&variable.wire.value.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SERVER_VARIABLE,
                    variable.wire.span,
                    format!("the address has no variable `{{{}}}`", variable.wire.value),
                )
                .related(server.url.span, "the address"),
            );
        }
    }
}

/// The formats other than the first, which is the typed one.
pub(super) fn formats(
    specification: &Specification,
    diagnostics: &mut Diagnostics,
) -> Vec<Format> {
    for format in &specification.formats {
        check_header_value(&format.media_type, diagnostics);
    }
    let mut scope = Scope::new(Kind::Value, "format");
    specification
        .formats
        .iter()
        .skip(1)
        .map(|format| {
            let ident = scope.declare(&format.name, None, diagnostics);
            Format {
                name: format.name.value.clone(),
                ident: format!("as_{}", ident.trim_start_matches("r#")),
                media_type: format.media_type.value.clone(),
            }
        })
        .collect()
}

pub(super) fn headers(
    specification: &Specification,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    specification
        .defaults
        .headers
        .iter()
        .map(|(name, value)| {
            check_header_name(name, diagnostics);
            check_header_value(value, diagnostics);
            (name.value.clone(), value.value.clone())
        })
        .collect()
}

/// Whether `name` can be the name of a header.
pub(super) fn check_header_name(name: &Text, diagnostics: &mut Diagnostics) {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.value.is_empty() || !name.value.chars().all(token) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_HEADER,
                name.span,
                format!("`{}` cannot be the name of a header", name.value.escape_debug()),
            )
            .label("expected letters, digits and hyphens"),
        );
    }
}

fn check_header_value(value: &Text, diagnostics: &mut Diagnostics) {
    if !value.value.chars().all(|c| matches!(c, ' '..='~')) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_HEADER,
                value.span,
                format!("`{}` cannot be the value of a header", value.value.escape_debug()),
            )
            .label("expected printable ASCII"),
        );
    }
}
