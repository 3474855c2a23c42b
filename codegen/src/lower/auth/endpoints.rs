//! Where tokens come from and where users are sent to: a whole address, or a path of a server.

use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Endpoint, Server};
use crate::lower::addresses::check_address;
use crate::parse::shown;
use crate::source::Spanned;

/// Who goes there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Visitor {
    /// The browser of a user, at an address that may have a query.
    Browser,
    /// The client itself.
    Client,
}

/// The servers of a specification, and those that stand for endpoints elsewhere.
pub(super) struct Places<'s> {
    servers: &'s mut Vec<Server>,
    /// How many of them the specification has.
    declared: usize,
    /// Whether something could not be read, so that there may be more of them, with other variables.
    lost: bool,
}

impl<'s> Places<'s> {
    pub(super) fn new(servers: &'s mut Vec<Server>, lost: bool) -> Self {
        let declared = servers.len();
        Self { servers, declared, lost }
    }

    /// What an address or a path leads to. One that a client calls and that is on none of the servers becomes one that
    /// no app can choose; so does one with variables, since they have to be put in.
    pub(super) fn endpoint(
        &mut self,
        visitor: Visitor,
        scheme: &str,
        url: &Text,
        diagnostics: &mut Diagnostics,
    ) -> Endpoint {
        let whole = Endpoint { server: None, url: url.value.clone() };
        let before = diagnostics.mark();
        let end = match visitor {
            Visitor::Browser => url.value.find('?').unwrap_or(url.value.len()),
            Visitor::Client => url.value.len(),
        };
        let (address, query) = url.value.split_at(end);
        check_query(url, query, diagnostics);
        if address.starts_with('/') {
            check_path(visitor, url, address, diagnostics);
            return whole;
        }
        // `POST /oauth/token`
        let behind = address
            .split_once(' ')
            .filter(|(verb, _)| matches!(*verb, "POST" | "GET" | "post" | "get"));
        if let Some((verb, path)) = behind {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_ADDRESS,
                    url.span,
                    format!("`{}` is neither an address nor a path", shown(&url.value)),
                )
                .help(format!("leave `{verb}` out: `{}`", shown(path)))
                .patch(url.span, path),
            );
            return whole;
        }
        if is_path(address) {
            without_slash(url, diagnostics);
            return whole;
        }
        check_address(&Spanned::new(address.to_owned(), url.span), diagnostics);
        if diagnostics.errors_since(before) {
            return whole;
        }
        let known = match visitor {
            Visitor::Browser => &self.servers[..self.declared],
            Visitor::Client => self.servers.as_slice(),
        };
        let inside = known.iter().position(|server| {
            address.strip_prefix(&server.url).is_some_and(|path| path.starts_with('/'))
        });
        if let Some(server) = inside {
            let path = url.value[known[server].url.len()..].to_owned();
            return Endpoint { server: Some(server), url: path };
        }
        let has_variables = address.contains(['{', '}']);
        if has_variables && !self.knows_variables(address) {
            if !self.lost {
                diagnostics.push(self.unknown_variables(url, address));
            }
            return whole;
        }
        if visitor == Visitor::Browser && !has_variables {
            return whole;
        }
        let (host, _) = split(address);
        let behind = address.rfind('}').map_or(host.len(), |brace| host.len().max(brace));
        let path = address[behind..].find('/').map_or(address.len(), |at| behind + at);
        let server = self.hidden(visitor, scheme, &address[..path]);
        Endpoint { server: Some(server), url: url.value[path..].to_owned() }
    }

    /// Whether one of the servers has the same host, and so the builder the same variables.
    fn knows_variables(&self, address: &str) -> bool {
        let declares = |server: &Server, name: &str| {
            server.variables.iter().any(|variable| variable.wire == name)
        };
        self.servers[..self.declared].iter().any(|server| {
            let mut pieces = address.split('{');
            split(&server.url).0 == split(address).0
                && pieces.next().is_some_and(|piece| !piece.contains('}'))
                && pieces.all(|piece| match piece.split_once('}') {
                    Some((name, behind)) => declares(server, name) && !behind.contains('}'),
                    None => false,
                })
        })
    }

    fn unknown_variables(&self, url: &Text, address: &str) -> Diagnostic {
        let (host, path) = split(address);
        let path = if path.is_empty() || path.contains(['{', '}']) { "/…" } else { path };
        let known = self.servers[..self.declared].iter().find(|it| !it.variables.is_empty());
        let help = match known {
            Some(server) => format!(
                "begin it with the host of the server `{}`, `{}`, or say the path alone, which is one of the server \
                 that the app chooses: `{}`",
                shown(&server.name),
                shown(split(&server.url).0),
                shown(path)
            ),
            None => format!(
                "say in `servers` what differs: `url: \"{}\"`, with `variables`; then the path alone will do here: `{}`",
                shown(host),
                shown(path)
            ),
        };
        Diagnostic::error(
            &codes::SERVER_VARIABLE,
            url.span,
            "only addresses of servers have variables",
        )
        .help(help)
    }

    /// The server of an endpoint that is on none of the declared ones.
    fn hidden(&mut self, visitor: Visitor, scheme: &str, url: &str) -> usize {
        let known = self.servers.iter().skip(self.declared).position(|server| server.url == url);
        if let Some(known) = known {
            return self.declared + known;
        }
        let what = match visitor {
            Visitor::Browser => "users",
            Visitor::Client => "tokens",
        };
        self.servers.push(Server {
            name: format!("{what} of {scheme}"),
            ident: String::new(),
            url: url.to_owned(),
            docs: Docs::default(),
            variables: Vec::new(),
            pick: false,
        });
        self.servers.len() - 1
    }
}

/// Scheme with host, and path.
fn split(address: &str) -> (&str, &str) {
    let host = address.find("://").map_or(0, |at| at + 3);
    address.split_at(address[host..].find('/').map_or(address.len(), |at| host + at))
}

/// Whether it would be a path if it began with a slash: the host of an address has a dot.
fn is_path(text: &str) -> bool {
    !text.contains("://")
        && !text.split('/').next().unwrap_or_default().contains(['.', ':'])
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.~".contains(c))
}

fn without_slash(url: &Text, diagnostics: &mut Diagnostics) {
    let path = format!("/{}", url.value);
    diagnostics.push(
        Diagnostic::error(
            &codes::BAD_ADDRESS,
            url.span,
            format!("`{}` is neither an address nor a path", shown(&url.value)),
        )
        .help(format!(
            "a path of the server that the app has chosen begins with `/`: `{}`",
            shown(&path)
        ))
        .patch(url.span, path),
    );
}

/// Whether a part of an address is sent as it stands.
fn is_sent(c: char) -> bool {
    c.is_ascii_graphic() && !"#@\\\"<>^`|{}".contains(c)
}

fn check_path(visitor: Visitor, url: &Text, path: &str, diagnostics: &mut Diagnostics) {
    if path.chars().all(|c| is_sent(c) && c != '?') {
        return;
    }
    let shown = shown(&url.value);
    let (message, label) = match visitor {
        Visitor::Browser => (
            format!("`{shown}` cannot be where a browser is sent to"),
            "a path has no variables, and nothing that has to be percent-encoded",
        ),
        Visitor::Client => (
            format!("`{shown}` cannot be the path of a token endpoint"),
            "a path has neither variables nor a query, and nothing that has to be percent-encoded",
        ),
    };
    let found = Diagnostic::error(&codes::BAD_ADDRESS, url.span, message).label(label);
    diagnostics.push(match path.split_once('?') {
        Some((path, query)) if visitor == Visitor::Client => {
            let grant = query.starts_with("grant_type=") && !query.contains('&');
            let help = match grant {
                true => "the grant is sent by itself, in the form".to_owned(),
                false => "what is sent besides stands in the form: `token_fields: { audience: … }`"
                    .to_owned(),
            };
            if grant { found.help(help).patch(url.span, path) } else { found.help(help) }
        }
        _ if path.contains(['{', '}']) => found.help(
            "an address with the variables of a server is whole: `https://{shop}.example.com/…`",
        ),
        _ => found.help("write it as it is sent: a blank is `%20`"),
    });
}

/// Parameters that are always there.
fn check_query(url: &Text, query: &str, diagnostics: &mut Diagnostics) {
    if query.chars().all(is_sent) {
        return;
    }
    diagnostics.push(
        Diagnostic::error(
            &codes::BAD_ADDRESS,
            url.span,
            format!("`{}` cannot be where a browser is sent to", shown(&url.value)),
        )
        .label("the query holds what has to be percent-encoded, or a fragment"),
    );
}
