//! The provider itself, its servers, formats and constant headers.

use std::collections::BTreeMap;

use super::auth::Auths;
use crate::ast::{Specification, Text, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Format, Server, Variable};
use crate::names::{self, Kind, Scope};
use crate::parse::shown;
use crate::source::Span;

/// Methods that every builder has.
pub(super) const BUILDER_METHODS: [&str; 19] = [
    "allow_http",
    "attempt_timeout",
    "base_url",
    "blocking_transport",
    "build",
    "build_blocking",
    "clock",
    "connect_timeout",
    "drift",
    "header",
    "limit_rate",
    "max_answer",
    "metrics",
    "middleware",
    "retry",
    "timeout",
    "tls",
    "transport",
    "user_agent",
];

/// Types that every provider module has beside what its groups take from elsewhere, and what it calls a request.
const PROVIDER_TYPES: [&str; 3] = ["Builder", "Error", "R"];

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
        if !specification.incomplete && !specification.provider_named {
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
    let module = Scope::new(Kind::Value, "provider").declare(&provider.name, None, diagnostics);
    let mut types = Scope::new(Kind::Type, "provider")
        .reserve(&PROVIDER_TYPES)
        .reserve(&names::GROUP_IMPORTS)
        .reserve(&names::PRELUDE);
    // A name of which no module can be made is reported once.
    let named = names::rust_name(&provider.name.value, Kind::Value).is_some();
    let marker = match named {
        true => types.declare(&provider.name, None, diagnostics),
        false => module.clone(),
    };
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"-_".contains(&c);
    // Cargo's manifest and the file systems of this world agree on these letters only, and a dot ends the name.
    let reason = if module.starts_with("r#") {
        Some("a keyword of Rust")
    } else if provider
        .name
        .value
        .trim_start_matches(['-', '_'])
        .starts_with(|c: char| c.is_ascii_digit())
    {
        // Anything else gets a word before it, where this would be the name of the module.
        Some("a name begins with a letter")
    } else if named && !provider.name.value.bytes().all(plain) {
        Some("expected letters from `a` to `z`, digits and hyphens")
    } else {
        None
    };
    if let Some(reason) = reason {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                provider.name.span,
                format!("the provider cannot be called `{}`", shown(&provider.name.value)),
            )
            .label(reason)
            .help(
                "the name becomes a module, a folder and a feature of cargo; choose another one, and \
                 give the one that people know as `title`",
            ),
        );
    }
    Provider {
        title: provider.title.as_ref().map_or_else(|| marker.clone(), |title| title.value.clone()),
        docs: Docs { text: provider.doc.as_ref().map(|doc| doc.value.clone()), ..Docs::default() },
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
    if !specification.servers_named && !specification.incomplete {
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, start, "the specification has no `servers`")
                .help("name at least one: `servers: { production: https://api.example.com }`"),
        );
    }
    let names: Vec<_> = auths.idents().collect();
    let mut scope = Scope::new(Kind::Value, "server")
        .reserve(&BUILDER_METHODS)
        .take(names.iter().map(|(name, span)| (name.as_str(), *span)));
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    specification
        .servers
        .iter()
        .map(|server| {
            let first = *seen.entry(&server.name.value).or_insert(server.name.span);
            let ident = match Some(first).filter(|first| *first != server.name.span) {
                None => scope.declare(&server.name, None, diagnostics),
                Some(first) => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::DUPLICATE_ITEM,
                            server.name.span,
                            format!("the server `{}` is defined twice", shown(&server.name.value)),
                        )
                        .related(first, "first defined here"),
                    );
                    String::new()
                }
            };
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
            _ => None,
        };
        // What is wrong besides would be told next.
        let whole = (url.span.end - url.span.start) as usize == url.value.len();
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

fn check_variables(server: &crate::ast::Server, diagnostics: &mut Diagnostics) {
    let before = diagnostics.mark();
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
    let declared = |name: &str| server.variables.iter().any(|variable| variable.wire.value == name);
    let spare: Vec<&Text> = server
        .variables
        .iter()
        .map(|variable| &variable.wire)
        .filter(|wire| !found.iter().any(|(name, _)| *name == wire.value))
        .collect();
    let mut meant: Vec<&str> = Vec::new();
    for (name, span) in found.iter().filter(|(name, _)| !declared(name)) {
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
            .related(url.span, "the address"),
        );
    }
    for variable in &server.variables {
        let text = match &variable.ty.kind {
            TypeKind::Poisoned => true,
            TypeKind::Name { name, arguments } => name == "string" && arguments.is_empty(),
            TypeKind::Nullable(_) | TypeKind::Raw { .. } | TypeKind::File { .. } => false,
        };
        if !text {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SERVER_VARIABLE,
                    variable.ty.span,
                    format!(
                        "the variable `{}` of an address is a text",
                        shown(&variable.wire.value)
                    ),
                )
                .label("expected `string`"),
            );
        }
    }
}

/// The formats other than the first, which is the typed one.
pub(super) fn formats(specification: &Specification, diagnostics: &mut Diagnostics) -> Vec<Format> {
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
    let headers = &specification.defaults.headers;
    headers
        .iter()
        .enumerate()
        .map(|(at, (name, value))| {
            check_sent_header(name, diagnostics);
            let same = |(known, _): &&(Text, Text)| known.value.eq_ignore_ascii_case(&name.value);
            if let Some((first, _)) = headers[..at].iter().find(same) {
                diagnostics.push(header_twice(name, first));
            }
            check_header_value(value, diagnostics);
            (name.value.clone(), value.value.clone())
        })
        .collect()
}

/// Names of headers have no case.
pub(super) fn header_twice(name: &Text, first: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::DUPLICATE_ITEM,
        name.span,
        format!("the header `{}` is there twice", shown(&name.value)),
    )
    .related(first.span, "the first one")
    .help("capitals and small letters are the same in the name of a header")
}

/// Whether `name` can be the name of a header.
pub(super) fn check_header_name(name: &Text, diagnostics: &mut Diagnostics) {
    check_token("header", "X-Signature", name, diagnostics);
}

/// Whether `name` can be the name of a cookie, which is of the same letters.
pub(super) fn check_cookie_name(name: &Text, diagnostics: &mut Diagnostics) {
    check_token("cookie", "session", name, diagnostics);
}

fn check_token(what: &str, example: &str, name: &Text, diagnostics: &mut Diagnostics) {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.value.is_empty() || !name.value.chars().all(token) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_HEADER,
                name.span,
                format!("`{}` cannot be the name of a {what}", shown(&name.value)),
            )
            .label("expected letters, digits and hyphens")
            .help(format!("write it as the service prints it, such as `{example}`")),
        );
    }
}

/// Headers that the client makes itself, and where a specification says what is in them.
const OWN_HEADERS: [(&str, &str); 14] = [
    ("authorization", AUTHORIZATION),
    ("connection", TRANSPORT),
    ("content-length", TRANSPORT),
    ("content-type", "the body says what it is: `body: text(text/csv)`"),
    ("cookie", "name each cookie under `cookies`, or under `auth` with `cookie: NAME`"),
    ("expect", TRANSPORT),
    ("host", "the host belongs to `servers`"),
    ("keep-alive", TRANSPORT),
    ("proxy-authorization", "a proxy belongs to the app, which hands it to its transport"),
    ("proxy-connection", TRANSPORT),
    ("te", TRANSPORT),
    ("trailer", TRANSPORT),
    ("transfer-encoding", TRANSPORT),
    ("upgrade", TRANSPORT),
];
const AUTHORIZATION: &str = "credentials belong to `auth`: `{ scheme: bearer }`, or \
                             `{ scheme: api-key, header: Authorization }` for a value without a scheme";
const TRANSPORT: &str = "leave it out: it follows from the body and the connection";

/// Their names, in lower case.
pub(crate) fn own_headers() -> impl Iterator<Item = &'static str> {
    OWN_HEADERS.iter().map(|(name, _)| *name)
}

/// Whether a request can be given a header of this `name`.
pub(super) fn check_sent_header(name: &Text, diagnostics: &mut Diagnostics) {
    check_header_name(name, diagnostics);
    check_own_header(name, diagnostics);
}

/// The same for a header with a credential, which may be the one that is made for that.
pub(super) fn check_credential_header(name: &Text, diagnostics: &mut Diagnostics) {
    check_header_name(name, diagnostics);
    if !name.value.eq_ignore_ascii_case("authorization") {
        check_own_header(name, diagnostics);
    }
}

fn check_own_header(name: &Text, diagnostics: &mut Diagnostics) {
    let own = OWN_HEADERS.iter().find(|(own, _)| name.value.eq_ignore_ascii_case(own));
    if let Some((_, instead)) = own {
        diagnostics.push(
            Diagnostic::error(
                &codes::OWN_HEADER,
                name.span,
                format!("the client makes the header `{}` itself", name.value),
            )
            .label("cannot be set here")
            .help(*instead),
        );
    }
}

pub(super) fn check_header_value(value: &Text, diagnostics: &mut Diagnostics) {
    if !value.value.chars().all(|c| matches!(c, ' '..='~')) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_HEADER,
                value.span,
                format!("`{}` cannot be the value of a header", shown(&value.value)),
            )
            .label("expected printable ASCII"),
        );
    }
}
