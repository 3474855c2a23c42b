//! The entries of `auth:`, and what refers to them.

mod arguments;
mod dialect;
mod foreign;
mod key;
mod reference;
mod tokens;
mod unsaid;

use super::reader::{self, Keys};
use crate::ast::{AuthEntry, AuthKind, KeyPlace, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Span;
use crate::yaml::{self, Node, Style};
use arguments::{argument, part};
use key::api_key;
pub(super) use reference::{reference, scopes};

const SCHEMES: [&str; 5] = ["basic", "bearer", "api-key", "jwt", "oauth2"];

/// Where an API key can travel.
const PLACES: [(&str, KeyPlace); 3] =
    [("header", KeyPlace::Header), ("query", KeyPlace::Query), ("cookie", KeyPlace::Cookie)];

/// An entry of `auth:`
pub(super) fn entry(entry: &yaml::Entry, diagnostics: &mut Diagnostics) -> AuthEntry {
    let mut read = AuthEntry {
        name: entry.key.clone(),
        doc: None,
        assumed: None,
        scopes: Vec::new(),
        kind: AuthKind::Poisoned,
    };
    if entry.key.value == "none" {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                entry.key.span,
                "an auth entry cannot be called `none`",
            )
            .label("`auth: none` clears what is inherited"),
        );
    }
    reader::check_word("an auth entry", &entry.key, diagnostics);
    if entry.key.value.contains('.') {
        let name = &entry.key.value;
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                entry.key.span,
                format!("`{}` cannot be the name of an auth entry", reader::shown(name)),
            )
            .label("before a dot stands the name of a used file")
            .help(format!(
                "call it `{}`, here and where it is named",
                reader::shown(&name.replace('.', "_"))
            )),
        );
    }
    let Some(node) = reader::present(entry, diagnostics) else { return read };
    // `auth: { type: bearer }`, where the name of the entry is missing.
    if let (Some(scheme), "type" | "scheme" | "kind") = (node.as_scalar(), entry.key.value.as_str())
    {
        diagnostics.push(
            Diagnostic::error(&codes::WRONG_KIND, entry.key.span, "an auth entry has a name")
                .label("a key of an entry")
                .help("entries are named, by what the app calls them: `auth: { token: { scheme: bearer } }`"),
        );
        read.name.value.clone_from(&scheme.text);
        return read;
    }
    let mended = match foreign::mended(node) {
        Some((found, mended)) => {
            diagnostics.push(found);
            // What is meant nobody knows.
            let Some(mended) = mended else { return read };
            Some(mended)
        }
        None => None,
    };
    let node = mended.as_ref().unwrap_or(node);
    let Some(mut keys) = Keys::open("an auth entry", node, diagnostics) else { return read };
    keys.allow(entry.key.span.to(node.span), diagnostics);
    read.doc = keys.doc("doc", diagnostics);
    read.assumed = keys.text("assumed", diagnostics);
    read.scopes = scopes(&mut keys, diagnostics).unwrap_or_default();
    if let Some(stated) = keys.peek("scopes").filter(|it| it.value.as_sequence() == Some(&[])) {
        diagnostics.push(
            Diagnostic::error(&codes::AUTH_WORD, stated.value.span, "the list of scopes is empty")
                .help("leave `scopes` out where the credentials are good for everything"),
        );
    }
    let before = diagnostics.error_count();
    let mut scheme = keys.text("scheme", diagnostics);
    let any = keys.texts("any", diagnostics);
    let all = keys.texts("all", diagnostics);
    let mut unread = diagnostics.error_count() > before;
    if scheme.is_none() && any.is_empty() && all.is_empty() {
        if !unread && !keys.meant("scheme") {
            scheme = unsaid::scheme(entry, node, diagnostics);
            unread = diagnostics.error_count() > before;
        }
        if scheme.is_none() {
            unsaid::take_any(&mut keys);
        }
    }
    unread |= ["any", "all"].into_iter().any(|key| keys.meant(key) && !keys.has(key));
    let kind = match scheme {
        Some(scheme) => match self::scheme(&scheme, entry.key.span, &mut keys, diagnostics) {
            Some(kind) => Some(kind),
            // What its other keys mean, nobody knows.
            None => return read,
        },
        None if !any.is_empty() => Some(AuthKind::Any(any)),
        None if !all.is_empty() => Some(AuthKind::All(all)),
        None if unread => None,
        None => {
            keys.missing(
                "scheme",
                entry.key.span,
                "say `scheme: basic` or `scheme: bearer`, or combine entries with `any` or `all`",
            );
            None
        }
    };
    let things = ["scheme", "any", "all"].into_iter().filter(|key| keys.has(key));
    if things.count() > 1 {
        diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                entry.key.span,
                format!(
                    "the auth entry `{}` is several things at once",
                    reader::shown(&entry.key.value)
                ),
            )
            .help("an auth entry has one of `scheme`, `any` and `all`"),
        );
    }
    keys.finish(diagnostics);
    read.kind = kind.unwrap_or(AuthKind::Poisoned);
    read
}

/// The keys that belong to a scheme; `None` if there is no such scheme.
fn scheme(
    scheme: &Text,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<AuthKind> {
    Some(match scheme.value.as_str() {
        "basic" => AuthKind::Basic {
            username: part("username", entry, keys, diagnostics),
            password: part("password", entry, keys, diagnostics),
        },
        "bearer" => AuthKind::Bearer { token: argument("token", entry, keys, diagnostics) },
        "api-key" => api_key(scheme, entry, keys, diagnostics),
        "jwt" => tokens::jwt(scheme, entry, keys, diagnostics),
        "oauth2" => tokens::oauth2(scheme, entry, keys, diagnostics),
        other => {
            diagnostics.push(unknown_scheme(scheme, other));
            return None;
        }
    })
}

fn is_quoted(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.style != Style::Plain)
}

fn unknown_scheme(scheme: &Text, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_SCHEME,
        scheme.span,
        format!("`{}` is not a known scheme", reader::shown(text)),
    );
    let plain = text.to_ascii_lowercase().replace(['-', '_', ' '], "");
    if matches!(plain.as_str(), "header" | "query" | "cookie" | "key" | "apitoken") {
        // Where the key travels has to be said, too.
        return diagnostic.help(
            "a key says where it travels: `{ scheme: api-key, header: X-Api-Key }`, `query: api_key` or \
             `cookie: session`",
        );
    }
    if plain.starts_with("oauth1") {
        return diagnostic.help(
            "OAuth 1 signs each call, which is not done here; where the app makes the whole value by itself, that is \
             `{ scheme: api-key, header: Authorization }`",
        );
    }
    let meant = match plain.as_str() {
        "http" => Some("bearer"),
        _ => scheme_meant(text),
    };
    match meant {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(scheme.span, near),
        None => diagnostic.help(format!(
            "known schemes are {}; where the app makes the whole value by itself, that is \
             `{{ scheme: api-key, header: Authorization }}`",
            reader::quoted_list(&SCHEMES)
        )),
    }
}

/// What a scheme is called here that other languages call `text`.
pub(super) fn scheme_meant(text: &str) -> Option<&'static str> {
    let plain = text.to_ascii_lowercase().replace(['-', '_', ' '], "");
    scheme_word(&plain).or_else(|| nearest(text, SCHEMES))
}

/// The same for words that are one for certain, in small letters alone.
fn scheme_word(plain: &str) -> Option<&'static str> {
    match plain {
        "basic" => Some("basic"),
        "bearer" => Some("bearer"),
        "jwt" => Some("jwt"),
        "oauth2" => Some("oauth2"),
        "token" | "bearertoken" | "accesstoken" | "personalaccesstoken" | "bearerauth" => {
            Some("bearer")
        }
        "httpbasic" | "basicauth" | "password" | "userpass" => Some("basic"),
        "apikey" => Some("api-key"),
        "oauth" | "openid" | "openidconnect" | "oidc" => Some("oauth2"),
        _ => None,
    }
}
