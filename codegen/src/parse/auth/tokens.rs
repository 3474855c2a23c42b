//! The schemes with tokens: signed by the client, or from a token endpoint.

use super::super::reader::{self, Keys};
use super::super::{member, short};
use super::{argument, dialect, is_quoted, part};
use crate::ast::{Algorithm, AuthKind, Claim, Jwt, OAuth2, Text, TokenAuth};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Span;
use crate::type_expr;
use crate::yaml::lexical::quoted;

const ALGORITHMS: [(&str, Algorithm); 3] =
    [("HS256", Algorithm::Hs256), ("HS384", Algorithm::Hs384), ("HS512", Algorithm::Hs512)];

/// Those that sign with a pair of keys.
const ASYMMETRIC: [&str; 10] =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/// The claims that a lifetime makes.
const TIMES: [&str; 2] = ["iat", "exp"];

const FLOWS: [&str; 2] = ["client-credentials", "authorization-code"];

/// `scheme: jwt`
pub(super) fn jwt(
    scheme: &Text,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> AuthKind {
    let algorithm = algorithm(scheme, keys, diagnostics);
    let kid = keys.has("kid").then(|| part("kid", entry, keys, diagnostics));
    let secret = argument("secret", entry, keys, diagnostics);
    let stated = keys.text("lifetime", diagnostics);
    let lifetime = stated.as_ref().and_then(|lifetime| seconds(lifetime, diagnostics));
    let claims =
        member::with_torn(keys.entries("claims", diagnostics)).filter_map(|(claim, torn)| {
            let node = reader::present(claim, diagnostics)?;
            let text = reader::text(&claim.key.value, node, diagnostics)?;
            let value = if is_quoted(node) {
                Claim::Fixed(text)
            } else {
                match unquoted(&claim.key, &text) {
                    Some(found) => {
                        diagnostics.push(found);
                        Claim::Fixed(text)
                    }
                    None => Claim::Argument(short::bare(&text, torn, diagnostics)),
                }
            };
            Some((claim.key.clone(), value))
        });
    let claims: Vec<(Text, Claim)> = claims.collect();
    for (name, _) in claims.iter().filter(|(name, _)| TIMES.contains(&name.value.as_str())) {
        let Some(stated) = &stated else { continue };
        let text = format!("`{}` follows from `lifetime`", name.value);
        diagnostics.push(
            Diagnostic::error(&codes::CLAIM, name.span, text)
                .related(stated.span, "how long each token is good")
                .help("leave out the one or the other"),
        );
    }
    AuthKind::Jwt(Jwt { kid, algorithm, secret, claims, lifetime })
}

/// A claim that is always the same, and has no quotes: a text that no type looks like.
fn unquoted(claim: &Text, text: &Text) -> Option<Diagnostic> {
    let value = text.value.as_str();
    let is_type = |c: char| c.is_alphanumeric() || " _<>,.|()".contains(c);
    if value.chars().all(is_type) && !value.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let quoted = quoted(value);
    let message =
        format!("the claim `{}` is neither a type nor in quotes", reader::shown(&claim.value));
    Some(
        Diagnostic::error(&codes::CLAIM, text.span, message)
            .label("without quotes it is the type of an argument")
            .help(format!(
                "what is always the same is put in quotes: `{}: {quoted}`",
                reader::shown(&claim.value)
            ))
            .patch(text.span, quoted),
    )
}

/// `alg`
fn algorithm(scheme: &Text, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Algorithm {
    let Some(alg) = keys.text("alg", diagnostics) else {
        if !keys.has("alg") {
            keys.missing("alg", scheme.span, "say what signs the token: `alg: HS256`");
        }
        return Algorithm::default();
    };
    if let Some((_, algorithm)) = ALGORITHMS.iter().find(|(name, _)| *name == alg.value) {
        return *algorithm;
    }
    if ASYMMETRIC.contains(&alg.value.as_str()) {
        diagnostics.push(
            Diagnostic::error(
                &codes::AUTH_WORD,
                alg.span,
                format!("tokens are not signed here with `{}`", alg.value),
            )
            .label("the key is a pair, which stays with the app")
            .help("say `scheme: bearer`: its `…_source` of the builder asks the app for tokens"),
        );
    } else {
        one_of("algorithm", &alg, &ALGORITHMS.map(|(name, _)| name), diagnostics);
    }
    Algorithm::default()
}

/// A number of seconds, a day at most: what lasts longer need not end.
fn seconds(text: &Text, diagnostics: &mut Diagnostics) -> Option<u32> {
    let fits = |seconds: &u32| (10..=86_400).contains(seconds);
    let seconds = text.value.parse().ok().filter(fits);
    if seconds.is_none() {
        let found = Diagnostic::error(
            &codes::AUTH_WORD,
            text.span,
            format!("`{}` is no lifetime of a token", reader::shown(&text.value)),
        )
        .label("expected seconds, from 10 to 86400");
        let units = [("s", 1), ("m", 60), ("h", 3600)];
        let stated = units.into_iter().find_map(|(unit, factor)| {
            let number: u32 = text.value.strip_suffix(unit)?.trim().parse().ok()?;
            number.checked_mul(factor)
        });
        diagnostics.push(match stated.filter(fits) {
            Some(meant) => found
                .help(format!("in seconds that is `{meant}`"))
                .patch(text.span, meant.to_string()),
            None => found.help("leave it out for tokens that do not end"),
        });
    }
    seconds
}

/// `scheme: oauth2`
pub(super) fn oauth2(
    scheme: &Text,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> AuthKind {
    let flow = keys.text("flow", diagnostics);
    let flow = match &flow {
        Some(flow) => flow_of(flow, diagnostics),
        None => {
            let help = "say `flow: client-credentials` or `flow: authorization-code`";
            keys.missing("flow", scheme.span, help);
            None
        }
    };
    let authorize_url = keys.text("authorize_url", diagnostics);
    let authorized = flow == Some("authorization-code");
    if authorized && authorize_url.is_none() {
        let help =
            "a user agrees at an address: `authorize_url: https://…`, or a path of the server";
        keys.missing("authorize_url", scheme.span, help);
    }
    if let (Some("client-credentials"), Some(url)) = (flow, &authorize_url) {
        diagnostics.push(
            Diagnostic::error(
                &codes::AUTH_WORD,
                url.span,
                "client credentials need nobody to agree",
            )
            .help("leave `authorize_url` out, or say `flow: authorization-code`"),
        );
    }
    let token_url = keys.text("token_url", diagnostics);
    // What a flow needs that is not there, nobody knows.
    let unclear = flow.is_none() && keys.has("flow");
    if token_url.is_none() && !unclear {
        let help = "a token comes from an address: `token_url: https://…`, or a path of the server";
        keys.missing("token_url", scheme.span, help);
    }
    let token_auth = token_auth(entry, keys, diagnostics);
    let dialect = dialect::read(keys, diagnostics);
    let token = keys.text("token", diagnostics);
    let token = token.map(|token| type_expr::parse(&token.value, token.span, diagnostics));
    let refresh = unless_none("refresh", keys, diagnostics);
    let pkce = unless_none("pkce", keys, diagnostics);
    let renew_on = keys.texts("renew_on", diagnostics);
    let renew_on = renew_on.iter().filter_map(|status| self::status(status, diagnostics)).collect();
    // Without the one or the other there is no telling what the rest means.
    let (Some(token_url), Some(_)) = (token_url, flow) else { return AuthKind::Poisoned };
    if authorized && authorize_url.is_none() {
        return AuthKind::Poisoned;
    }
    AuthKind::OAuth2(Box::new(OAuth2 {
        authorize_url: authorize_url.filter(|_| authorized),
        token_url,
        token_auth,
        token,
        refresh,
        pkce,
        renew_on,
        dialect,
    }))
}

/// `flow`
fn flow_of(flow: &Text, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let plain = flow.value.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let help = match plain.as_str() {
        "implicit" | "devicecode" | "device" => {
            "a user agrees by `flow: authorization-code`; a token from elsewhere is `scheme: bearer`, with a source of \
             the app"
        }
        "password" | "resourceownerpassword" => {
            "grants of passwords are not made here: `scheme: bearer` takes tokens from a source of the app"
        }
        _ => return one_of("flow", flow, &FLOWS, diagnostics),
    };
    let message = format!("there is no flow `{}`", reader::shown(&flow.value));
    diagnostics.push(Diagnostic::error(&codes::AUTH_WORD, flow.span, message).help(help));
    None
}

/// `form`, `none` or the name of another entry; `form` unless given.
fn token_auth(entry: Span, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> TokenAuth {
    let named = keys.text("token_auth", diagnostics);
    match named {
        Some(name) if !matches!(name.value.as_str(), "form" | "none") => TokenAuth::Entry(name),
        named => {
            let id = argument("client_id", entry, keys, diagnostics);
            let public = named.is_some_and(|name| name.value == "none");
            let secret = (!public).then(|| argument("client_secret", entry, keys, diagnostics));
            TokenAuth::Form { id, secret }
        }
    }
}

/// Whether something is there that `none` takes away.
fn unless_none(key: &'static str, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> bool {
    let Some(word) = keys.text(key, diagnostics) else { return true };
    let message = format!("there is no {key} `{}`", reader::shown(&word.value));
    let found = Diagnostic::error(&codes::AUTH_WORD, word.span, message);
    match word.value.as_str() {
        "false" | "no" | "off" => {
            diagnostics.push(found.help("did you mean `none`?").patch(word.span, "none"));
            return false;
        }
        "true" | "yes" | "on" | "S256" | "s256" | "required" => {
            diagnostics
                .push(found.help(format!("leave `{key}` out: it is there unless it says `none`")));
            return true;
        }
        _ => {}
    }
    one_of(key, &word, &["none"], diagnostics).is_none()
}

fn status(text: &Text, diagnostics: &mut Diagnostics) -> Option<u16> {
    let status = text.value.parse().ok().filter(|status| (400..=499).contains(status));
    if status.is_none() {
        diagnostics.push(
            Diagnostic::error(
                &codes::AUTH_WORD,
                text.span,
                format!("`{}` does not refuse a token", reader::shown(&text.value)),
            )
            .label("expected a status from 400 to 499")
            .help("list the statuses, each as a number: `renew_on: [401, 403]`; it is 401 where nothing is said"),
        );
    }
    status
}

/// The word of `known` that stands there.
pub(super) fn one_of<'w>(
    what: &str,
    word: &Text,
    known: &[&'w str],
    diagnostics: &mut Diagnostics,
) -> Option<&'w str> {
    let found = known.iter().find(|known| **known == word.value).copied();
    if found.is_none() {
        let diagnostic = Diagnostic::error(
            &codes::AUTH_WORD,
            word.span,
            format!("there is no {what} `{}`", reader::shown(&word.value)),
        );
        diagnostics.push(match nearest(&word.value, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(word.span, near),
            None => match known {
                [one] => diagnostic.help(format!("the only one is `{one}`")),
                _ => diagnostic.help(format!("known ones are {}", reader::quoted_list(known))),
            },
        });
    }
    found
}
