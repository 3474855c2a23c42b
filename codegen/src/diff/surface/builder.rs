//! The items of the builder: where calls go, what they prove themselves with, and what all of them send.

use super::item;
use crate::diff::Item;
use crate::diff::facts::{self, Facts};
use crate::diff::types::rust;
use crate::ir::{
    Api, ClaimValue, ClientParameter, Docs, Part, Place, Scheme, SchemeKind, Server, TokenClient,
    Type,
};

/// Where calls can go.
pub(super) fn servers(api: &Api, add: &mut impl FnMut(String, Item)) {
    let choice = api.choice();
    for (index, server) in api.servers.iter().enumerate() {
        let address = format!("server {}", server.name);
        let method = format!("builder::{}", server.ident);
        let facts = facts::server(server, index);
        let mut found = item("the address", "", facts, &server.docs).unseen();
        found.identity = Some(server.url.clone());
        if choice.iter().any(|(at, _)| *at == index) {
            found.part_of.push(method.clone());
            let taken = variables(server);
            let mut found = item("the server", &taken, Facts::new(), &Docs::default());
            // Without a choice there is no address.
            found.identity = Some(server.url.clone());
            found.must = index == 0 && !server.variables.is_empty();
            add(method, found);
        }
        add(address, found);
    }
}

/// Texts, of which it counts only where there are several which is which.
fn variables(server: &Server) -> String {
    match server.variables.as_slice() {
        [_] => "(String)".to_owned(),
        several => tuple(several.iter().map(|one| format!("{}: String", one.ident))),
    }
}

/// What all calls send.
pub(super) fn parameters(api: &Api, add: &mut impl FnMut(String, Item)) {
    for one in &api.parameters {
        let ClientParameter { parameter, settable, value } = one;
        let facts = facts::client_parameter(api, one);
        if !settable {
            let found = item("the constant of all calls", "", facts, &parameter.docs).unseen();
            add(format!("constant {}", parameter.wire), found);
            continue;
        }
        let ty = rust(api, &parameter.ty);
        let mut found = item("the parameter of all calls", &ty, facts, &parameter.docs);
        // A route has no optional part.
        let in_route = parameter.place == Place::Path && value.is_none();
        found.must = !parameter.optional || in_route;
        add(format!("builder::{}", parameter.ident), found);
    }
}

/// What the builder takes for a scheme, and the client where users agree.
pub(super) fn scheme(api: &Api, scheme: &Scheme, add: &mut impl FnMut(String, Item)) {
    let path = format!("builder::{}", scheme.ident);
    let secrets = secrets(&scheme.kind);
    for suffix in scheme.kind.further_setters() {
        let (what, rust) = match *suffix {
            "scopes" => ("the choice of scopes", String::new()),
            "store" => ("the store of tokens", String::new()),
            "client" => ("the credential of the app", tuple(secrets.iter().map(|(what, _)| *what))),
            _ => ("the source of tokens", String::new()),
        };
        let mut found = item(what, &rust, Facts::new(), &Docs::default());
        found.part_of.push(path.clone());
        add(format!("builder::{}_{suffix}", scheme.stem()), found);
    }
    if let SchemeKind::OAuth2(oauth) = &scheme.kind
        && oauth.authorize_url.is_some()
    {
        let token = oauth.token.map(|token| rust(api, &Type::Model(token)));
        let token = token.unwrap_or_default();
        let mut found = item("what asks users", &token, Facts::new(), &Docs::default());
        found.part_of.push(path.clone());
        add(format!("client::authorize_{}", scheme.stem()), found);
    }
    // What the arguments are called is for readers.
    let names = secrets.iter().filter(|(what, name)| what != name).map(|(_, name)| *name);
    let text = names.chain(scheme.docs.text.as_deref()).collect::<Vec<_>>().join("\n");
    let docs = Docs { text: Some(text), ..scheme.docs.clone() };
    let rust = credentials(api, &scheme.kind);
    let found = item("the entry", &rust, facts::scheme(api, scheme), &docs);
    // What another entry proves itself for has no method of its own.
    add(path, if rust.is_empty() { found.unseen() } else { found });
}

fn tuple<T: AsRef<str>>(parts: impl Iterator<Item = T>) -> String {
    let parts: Vec<T> = parts.collect();
    format!("({})", parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "))
}

/// What the method called like the entry takes, if there is one: what each argument is, whatever it is called.
fn credentials(api: &Api, kind: &SchemeKind) -> String {
    let claims = match kind {
        SchemeKind::OAuth2(oauth) if oauth.authorize_url.is_some() => return "(Token)".to_owned(),
        SchemeKind::OAuth2(oauth) if matches!(oauth.client, TokenClient::Scheme(_)) => {
            return String::new();
        }
        SchemeKind::Jwt { claims, .. } => claims.as_slice(),
        _ => &[],
    };
    let claims = claims.iter().filter_map(|claim| match &claim.value {
        ClaimValue::Argument { ident, ty } => Some(format!("{ident}: {}", rust(api, ty))),
        ClaimValue::Fixed(_) => None,
    });
    tuple(secrets(kind).into_iter().map(|(what, _)| what.to_owned()).chain(claims))
}

/// The secrets that an app gives: what each of them is, and what it is called.
fn secrets(kind: &SchemeKind) -> Vec<(&'static str, &str)> {
    let found = match kind {
        SchemeKind::Basic { username, password } => {
            vec![("username", name(username)), ("password", name(password))]
        }
        SchemeKind::Bearer { token } => vec![("token", Some(token))],
        // A text that is sent as it is, too.
        SchemeKind::ApiKey { key, .. } => vec![("token", Some(key))],
        SchemeKind::Jwt { kid, secret, .. } => {
            vec![("kid", kid.as_ref().and_then(name)), ("secret", Some(secret))]
        }
        SchemeKind::OAuth2(oauth) => match &oauth.client {
            TokenClient::Scheme(_) => Vec::new(),
            TokenClient::Form { id, secret } => {
                vec![("client_id", Some(id)), ("client_secret", secret.as_ref())]
            }
        },
    };
    found.into_iter().filter_map(|(what, name)| Some((what, name?.as_str()))).collect()
}

/// The name of an argument.
fn name(part: &Part) -> Option<&String> {
    match part {
        Part::Argument(name) => Some(name),
        Part::Fixed(_) => None,
    }
}
