//! The entries of `auth:`, and what refers to them.

mod dialect;
mod foreign;
mod tokens;

use super::reader::{self, Keys, shown};
use crate::ast::{AuthEntry, AuthKind, AuthRef, KeyPlace, Part, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::{self, Node, Scalar, Style};

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
    let scheme = keys.text("scheme", diagnostics);
    let any = keys.texts("any", diagnostics);
    let all = keys.texts("all", diagnostics);
    if scheme.is_none() && any.is_empty() && all.is_empty() {
        of_any_scheme(&mut keys);
    }
    let mut combined = ["any", "all"].into_iter();
    let unread =
        diagnostics.error_count() > before || combined.any(|key| keys.meant(key) && !keys.has(key));
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

/// Where nobody knows the scheme, keys of any are fine.
fn of_any_scheme(keys: &mut Keys<'_>) {
    const KEYS: [&str; 23] = [
        "username",
        "password",
        "token",
        "key",
        "header",
        "query",
        "cookie",
        "alg",
        "kid",
        "secret",
        "claims",
        "lifetime",
        "flow",
        "authorize_url",
        "token_url",
        "token_auth",
        "client_id",
        "client_secret",
        "refresh",
        "pkce",
        "renew_on",
        "token_body",
        "token_names",
    ];
    for key in KEYS.into_iter().chain(["token_fields", "token_at"]) {
        keys.entry(key);
    }
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

fn api_key(
    scheme: &Text,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> AuthKind {
    let key = argument("key", entry, keys, diagnostics);
    let given = PLACES.map(|(word, _)| keys.has(word));
    let mut places = Vec::new();
    for (word, place) in PLACES {
        places.extend(keys.text(word, diagnostics).map(|name| (place, name)));
    }
    match given.iter().filter(|given| **given).count() {
        0 if PLACES.iter().any(|(word, _)| keys.meant(word)) => {}
        0 => keys.missing(
            "header",
            scheme.span,
            "say where the key goes: `header: X-Api-Key`, `query: api_key` or `cookie: session`",
        ),
        1 => {}
        _ => diagnostics.push(
            Diagnostic::error(
                &codes::API_KEY_PLACE,
                scheme.span,
                "an API key travels in one place, this one in several",
            )
            .help("keep one of `header`, `query` and `cookie`; two keys are two entries"),
        ),
    }
    match places.into_iter().next() {
        Some((place, name)) => AuthKind::ApiKey { place, name, key },
        None => AuthKind::Poisoned,
    }
}

/// The name of an argument of the builder's method; called like its key unless given.
fn argument(
    key: &'static str,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Text {
    keys.text(key, diagnostics).unwrap_or_else(|| Spanned::new(key.to_owned(), entry))
}

/// An argument, or a text that is always the same.
fn part(
    key: &'static str,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Part {
    let node = keys.node(key, diagnostics);
    let text = node.and_then(|node| reader::text(key, node, diagnostics));
    match (text, node) {
        (Some(text), Some(node)) if is_quoted(node) => Part::Fixed(text),
        (Some(text), _) => Part::Argument(text),
        (None, _) => Part::Argument(Spanned::new(key.to_owned(), entry)),
    }
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
    let meant = match plain.as_str() {
        "http" => Some("bearer"),
        _ => scheme_meant(text),
    };
    match meant {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(scheme.span, near),
        None => diagnostic.help(format!("known schemes are {}", reader::quoted_list(&SCHEMES))),
    }
}

/// What a scheme is called here that other languages call `text`.
fn scheme_meant(text: &str) -> Option<&'static str> {
    let plain = text.to_ascii_lowercase().replace(['-', '_', ' '], "");
    if let Some(known) = SCHEMES.into_iter().find(|known| *known == text) {
        return Some(known);
    }
    match plain.as_str() {
        "token" | "bearertoken" | "accesstoken" | "personalaccesstoken" | "bearerauth" => {
            Some("bearer")
        }
        "httpbasic" | "basicauth" | "password" | "userpass" => Some("basic"),
        "apikey" => Some("api-key"),
        "oauth" | "openid" | "openidconnect" | "oidc" => Some("oauth2"),
        _ => nearest(text, SCHEMES),
    }
}

/// `scopes:`, a list of texts or one text.
pub(super) fn scopes(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Text>> {
    let scopes = keys.texts("scopes", diagnostics);
    diagnostics.extend(scopes.iter().filter_map(no_scope));
    let none = keys.peek("scopes").map(|entry| &entry.value);
    if let Some(none) = none.filter(|node| !is_quoted(node) && is_none(node)) {
        diagnostics.push(
            Diagnostic::error(&codes::AUTH_WORD, none.span, "`none` would be a scope of this name")
                .help(
                    "a method that needs none says `scopes: []`; an auth entry leaves `scopes` out",
                ),
        );
    }
    keys.has("scopes").then_some(scopes)
}

fn is_none(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.text == "none")
}

/// A text that OAuth 2 does not allow as a scope: several stand behind each other with blanks between them.
fn no_scope(scope: &Text) -> Option<Diagnostic> {
    let text = scope.value.as_str();
    let error = |message: String| Diagnostic::error(&codes::AUTH_WORD, scope.span, message);
    let each: Vec<&str> =
        text.split(char::is_whitespace).map(|one| one.trim_matches(',')).collect();
    let each: Vec<&str> = each.into_iter().filter(|one| !one.is_empty()).collect();
    if each.len() > 1 {
        let found = error(format!("`{}` is more than one scope", shown(text)));
        return Some(
            found
                .label("would be sent as one")
                .help(format!("list them: `scopes: [{}]`", shown(&each.join(", ")))),
        );
    }
    if text.is_empty() {
        return Some(
            error("a scope is empty".to_owned()).label("expected what the service calls it"),
        );
    }
    let allowed = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
    (!text.chars().all(allowed)).then(|| {
        error(format!("`{}` cannot be a scope", shown(text))).label(
            "expected letters, digits and signs of ASCII, without blanks, quotes and backslashes",
        )
    })
}

/// `auth:` as a name or `none`. One that cannot be read asks for nothing.
pub(super) fn reference(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<AuthRef> {
    let stated = keys.entry("auth");
    let help = "name an entry of `auth`, or say `none` where anybody may call it";
    let Some(node) = stated.and_then(|it| reader::present_or(it, help, diagnostics)) else {
        return keys.meant("auth").then_some(AuthRef::Unreadable);
    };
    let Some(scalar) = node.as_scalar() else {
        diagnostics.push(no_reference(node));
        return Some(AuthRef::Unreadable);
    };
    if scalar.text == "none" {
        return Some(AuthRef::None);
    }
    Some(AuthRef::Entry(Spanned::new(scalar.text.clone(), node.span)))
}

/// A list of entries, or a whole entry, in place of the name of one.
fn no_reference(node: &Node) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::WRONG_KIND,
        node.span,
        format!("`auth` names one entry here, found {}", node.kind()),
    )
    .label("expected the name of an entry of `auth`, or `none`");
    let item = match node.as_sequence() {
        Some([one]) => one,
        _ => node,
    };
    if let Some(name) = item.as_scalar().filter(|it| is_word(it)).map(|it| it.text.as_str()) {
        return diagnostic.help(format!("did you mean `{name}`?")).patch(node.span, name);
    }
    if let Some((name, scopes)) = with_scopes(item) {
        return match scopes.as_str() {
            "" => diagnostic.help(format!("did you mean `{name}`?")).patch(node.span, name),
            scopes => diagnostic.help(format!(
                "scopes have a key of their own: `auth: {name}` and `scopes: [{scopes}]`"
            )),
        };
    }
    match node.as_sequence() {
        Some([]) => diagnostic.help("who may call it without credentials: `auth: none`").patch(node.span, "none"),
        // Of a list of mappings OpenAPI takes one.
        Some(items) if items.iter().all(|item| item.as_mapping().is_some()) => diagnostic.help(
            "several of which one is enough are an entry of their own: `auth: { either: { any: [token, key] } }`",
        ),
        Some(_) => diagnostic.help(
            "several together are an entry of their own: `auth: { both: { all: [token, key] } }`, with `any` where one is enough",
        ),
        None if ["any", "all"].iter().any(|way| node.get(way).is_some()) => diagnostic.help(
            "a combination is an entry of `auth` at the top, with a name that is said here: \
             `auth: { either: { any: [token, key] } }`, or `all`",
        ),
        None if node.as_mapping().is_some_and(|all| all.iter().all(|it| it.value.as_sequence().is_some())) => {
            diagnostic.help(
                "several together are an entry of their own: `auth: { both: { all: [token, key] } }`; what they have \
                 to be good for is `scopes`",
            )
        }
        None => diagnostic
            .help("define it under `auth` at the top, by a name, and say that name here"),
    }
}

/// `auth: { app: [books.read] }`, as OpenAPI has it: the entry and its scopes.
fn with_scopes(node: &Node) -> Option<(String, String)> {
    let [only] = node.as_mapping()? else { return None };
    if matches!(only.key.value.as_str(), "any" | "all") {
        return None;
    }
    let scopes = only.value.as_sequence()?.iter().map(Node::as_scalar);
    let scopes: Vec<&str> =
        scopes.map(|scope| Some(scope?.text.as_str())).collect::<Option<_>>()?;
    let scopes = scopes.join(", ");
    Some((only.key.value.clone(), if scopes.is_empty() { scopes } else { shown(&scopes) }))
}

fn is_word(scalar: &Scalar) -> bool {
    !scalar.text.is_empty()
        && scalar.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
