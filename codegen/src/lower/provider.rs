//! The provider itself, its servers, formats and constant headers.

use std::collections::BTreeMap;

use super::auth::Auths;
use crate::ast::{Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Format, Server, Variable};
use crate::names::{self, Kind, Scope};
use crate::parse::shown;
use crate::source::Span;
use crate::vocabulary;

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
    let marker = match named && !module.starts_with("r#") {
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
    super::addresses::check_apart(&specification.servers, diagnostics);
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
            super::addresses::check_variables(server, diagnostics);
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
            diagnostics.extend(with_placeholder(name, value));
            (name.value.clone(), value.value.clone())
        })
        .collect()
}

/// `{uuid}` and `${TOKEN}` in what a header always holds: what differs is nothing that is always the same.
fn with_placeholder(name: &Text, value: &Text) -> Option<Diagnostic> {
    let open = value.value.find(['{', '<'])?;
    let close = open + value.value[open..].find(['}', '>'])?;
    let inner = value.value[open..close].trim_matches(['{', '<', ' ', '$']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!inner.is_empty() && inner.chars().all(is_name)).then(|| {
        Diagnostic::error(
            &codes::BAD_HEADER,
            value.span,
            format!("`{}` would be sent as it stands", shown(&value.value)),
        )
        .label("the header always holds this")
        .help(format!(
            "a header that apps give is `parameters: {{ headers: {{ {}: string }} }}`; a key for calls that are sent again \
             is `idempotency: {{ header: … }}`",
            shown(&name.value)
        ))
    })
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
    let is_number = name.value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || !name.value.chars().all(token) {
        // `X-Key: value`, and words with blanks between them.
        let bare = name.value.split(':').next().unwrap_or_default().trim();
        let meant = bare.split_whitespace().collect::<Vec<_>>().join("-");
        let plain = (name.span.end - name.span.start) as usize <= name.value.len() + 2;
        let fits = plain
            && !is_number
            && !meant.is_empty()
            && meant.is_ascii()
            && meant.chars().all(token);
        let found = Diagnostic::error(
            &codes::BAD_HEADER,
            name.span,
            format!("`{}` cannot be the name of a {what}", shown(&name.value)),
        )
        .label("expected letters, digits and hyphens");
        diagnostics.push(if fits {
            found.help(format!("did you mean `{}`?", shown(&meant))).patch(name.span, meant)
        } else {
            found.help(format!("write it as the service prints it, such as `{example}`"))
        });
    }
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
    if let Some(instead) = vocabulary::own_header(&name.value) {
        diagnostics.push(
            Diagnostic::error(
                &codes::OWN_HEADER,
                name.span,
                format!("the client makes the header `{}` itself", name.value),
            )
            .label("cannot be set here")
            .help(instead),
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
