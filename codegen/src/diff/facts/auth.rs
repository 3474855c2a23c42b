//! Credentials.

use super::Facts;
use crate::diff::words;
use crate::ir::{
    Algorithm, Api, Claim, ClaimValue, Endpoint, KeyPlace, OAuth2, Part, Scheme, SchemeKind,
    TokenClient, TokenDialect,
};

/// What an app gives is seen by Rust code, so that these are what it does not give.
pub(in crate::diff) fn scheme(api: &Api, scheme: &Scheme) -> Facts {
    let Scheme { name: _, ident: _, docs: _, kind } = scheme;
    match kind {
        SchemeKind::Basic { username, password } => Facts::new()
            .key("scheme", "basic")
            .maybe("username", fixed(username))
            .maybe("password", fixed(password)),
        SchemeKind::Bearer { token: _ } => Facts::new().key("scheme", "bearer"),
        SchemeKind::ApiKey { place, name, key: _, prefix } => {
            let place = match place {
                KeyPlace::Header => "header",
                KeyPlace::Query => "query",
                KeyPlace::Cookie => "cookie",
            };
            Facts::new()
                .key("scheme", "api-key")
                .say("place", format!("{place}: {}", words::text(name)))
                .maybe("prefix", prefix.as_deref().map(words::text))
        }
        SchemeKind::Jwt { algorithm, kid, secret: _, claims, lifetime } => {
            let algorithm = match algorithm {
                Algorithm::Hs256 => "HS256",
                Algorithm::Hs384 => "HS384",
                Algorithm::Hs512 => "HS512",
            };
            let claims: Vec<(String, String)> = claims.iter().map(claim).collect();
            Facts::new()
                .key("scheme", "jwt")
                .key("alg", algorithm)
                .maybe("kid", kid.as_ref().and_then(fixed))
                .maybe("claims", (!claims.is_empty()).then(|| words::map(claims)))
                .maybe("lifetime", *lifetime)
        }
        SchemeKind::OAuth2(oauth) => oauth2(api, oauth),
    }
}

/// What every app sends. It is in quotes, since it is a name of an argument without them.
fn fixed(part: &Part) -> Option<String> {
    match part {
        Part::Argument(_) => None,
        Part::Fixed(text) => Some(crate::json_text::json_text(text)),
    }
}

fn claim(claim: &Claim) -> (String, String) {
    let Claim { name, value } = claim;
    let value = match value {
        ClaimValue::Argument { ident, ty: _ } => ident.clone(),
        ClaimValue::Fixed(text) => crate::json_text::json_text(text),
    };
    (words::text(name), value)
}

fn oauth2(api: &Api, oauth: &OAuth2) -> Facts {
    let OAuth2 {
        authorize_url,
        token_url,
        client,
        token: _,
        scopes,
        scoped: _,
        refresh,
        pkce,
        renew_on,
        dialect,
    } = oauth;
    let TokenDialect { json, names, fields, at } = dialect;
    let flow = if authorize_url.is_some() { "authorization-code" } else { "client-credentials" };
    let address = |endpoint: &Endpoint| words::text(&endpoint.address(&api.servers));
    let client = match client {
        TokenClient::Scheme(index) => {
            api.schemes.get(*index).map_or_else(String::new, |scheme| words::text(&scheme.name))
        }
        TokenClient::Form { id: _, secret: Some(_) } => "form".to_owned(),
        TokenClient::Form { id: _, secret: None } => "none".to_owned(),
    };
    let pairs = |list: &[(String, String)]| {
        let pairs = list.iter().map(|(key, value)| (words::text(key), words::text(value)));
        (!list.is_empty()).then(|| words::map(pairs))
    };
    Facts::new()
        .key("scheme", "oauth2")
        .key("flow", flow)
        .maybe("authorize_url", authorize_url.as_ref().map(address))
        .key("token_url", address(token_url))
        .key("token_auth", client)
        .maybe("scopes", (!scopes.is_empty()).then(|| words::list(scopes)))
        .maybe("refresh", (!refresh).then_some("none"))
        .maybe("pkce", (!pkce).then_some("none"))
        .maybe("renew_on", (!renew_on.is_empty()).then(|| words::statuses(renew_on)))
        .maybe("token_body", json.then_some("json"))
        .maybe("token_names", pairs(names))
        .maybe("token_fields", pairs(fields))
        .maybe("token_at", (!at.is_empty()).then(|| words::path(at)))
}
