//! Servers, and the ways to authenticate.

use super::docs;
use super::tree::{Map, Tree};
use crate::ir::{Api, Auth, Endpoint, KeyPlace, OAuth2, Scheme, SchemeKind, Server};

pub(super) fn server(server: &Server) -> Tree {
    let mut variables = Map::new();
    for variable in &server.variables {
        // A default is obligatory there, and there is none.
        let variable_docs = docs::text(&variable.docs);
        let value = Map::new().set("default", variable.wire.as_str());
        variables.put(&variable.wire, value.maybe("description", variable_docs));
    }
    let description = docs::text(&server.docs).unwrap_or_else(|| server.name.clone());
    Map::new()
        .set("url", server.url.as_str())
        .set("description", description)
        .some("variables", variables)
        .into()
}

pub(super) fn scheme(scheme: &Scheme, api: &Api) -> Tree {
    let kind = match &scheme.kind {
        SchemeKind::Basic { .. } => Map::new().set("type", "http").set("scheme", "basic"),
        SchemeKind::Bearer { .. } => Map::new().set("type", "http").set("scheme", "bearer"),
        SchemeKind::Jwt { .. } => {
            Map::new().set("type", "http").set("scheme", "bearer").set("bearerFormat", "JWT")
        }
        SchemeKind::ApiKey { place, name, .. } => {
            let place = match place {
                KeyPlace::Header => "header",
                KeyPlace::Query => "query",
                KeyPlace::Cookie => "cookie",
            };
            Map::new().set("type", "apiKey").set("in", place).set("name", name.as_str())
        }
        SchemeKind::OAuth2(oauth) => {
            Map::new().set("type", "oauth2").set("flows", flows(oauth, api))
        }
    };
    Map::new().maybe("description", docs::text(&scheme.docs)).with(kind).into()
}

/// Whether tokens come from an endpoint that is not as the standard says.
pub(super) fn is_unusual(scheme: &Scheme) -> bool {
    let SchemeKind::OAuth2(oauth) = &scheme.kind else { return false };
    let dialect = &oauth.dialect;
    dialect.json
        || oauth.token.is_some()
        || !(oauth.refresh && oauth.pkce && oauth.renew_on.is_empty())
        || !(dialect.names.is_empty() && dialect.fields.is_empty() && dialect.at.is_empty())
}

fn flows(oauth: &OAuth2, api: &Api) -> Map {
    // The server that an app chooses is the first one here.
    let address = |endpoint: &Endpoint| match endpoint.url.starts_with('/') {
        true => Endpoint { server: endpoint.server.or(Some(0)), url: endpoint.url.clone() }
            .address(&api.servers),
        false => endpoint.url.clone(),
    };
    let mut scopes = Map::new();
    for scope in &oauth.scopes {
        scopes.put(scope, "");
    }
    let flow = Map::new()
        .maybe("authorizationUrl", oauth.authorize_url.as_ref().map(address))
        .set("tokenUrl", address(&oauth.token_url))
        .set("scopes", scopes);
    let name =
        if oauth.authorize_url.is_some() { "authorizationCode" } else { "clientCredentials" };
    Map::new().set(name, flow)
}

/// What a call needs: alternatives of sets, with the scopes of the method or else of the entry.
pub(super) fn requirement(auth: &Auth, own: Option<&[String]>, api: &Api) -> Tree {
    let scopes = own.unwrap_or(&auth.scopes);
    // All that are listed there are needed, of other schemes too.
    let all = own.is_some() || auth.alternatives.len() == 1;
    let sets = auth.alternatives.iter().map(|set| {
        let mut schemes = Map::new();
        for scheme in set.iter().filter_map(|&index| api.schemes.get(index)) {
            let needed = if all || matches!(scheme.kind, SchemeKind::OAuth2(_)) {
                scopes.iter().map(|scope| scope.as_str().into()).collect()
            } else {
                Vec::new()
            };
            schemes.put(&scheme.name, Tree::List(needed));
        }
        schemes.into()
    });
    Tree::List(sets.collect())
}
