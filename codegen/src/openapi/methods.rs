//! Methods as operations.

use std::collections::BTreeMap;

use super::docs;
use super::schemas::{limited, members, rules, schema as schema_of};
use super::tree::{Map, Tree};
use super::{Lost, examples, security};
use crate::ast::StatusPattern;
use crate::ir::{
    Api, Body, ClientParameter, Content, Errors, Evidence, Holds, Media, Method, Outcome,
    Parameter, Place, Style, Type, Value, Verb,
};
use crate::vocabulary::reason;

/// The operations by path and verb.
pub(super) fn paths(api: &Api, evidence: &Evidence, lost: &mut Lost) -> Map {
    let mut routes: Vec<(&str, Map)> = Vec::new();
    for (place, group) in api.groups.iter().enumerate() {
        let examples = evidence.groups.get(place).map_or(&[][..], Vec::as_slice);
        for (index, method) in group.methods.iter().enumerate() {
            let verb = match method.verb {
                Verb::Get => "get",
                Verb::Post => "post",
                Verb::Put => "put",
                Verb::Patch => "patch",
                Verb::Delete => "delete",
                Verb::Head => "head",
                Verb::Options => "options",
            };
            let known = routes.iter().position(|(route, _)| *route == method.route);
            let known = known.unwrap_or_else(|| {
                routes.push((&method.route, Map::new()));
                routes.len() - 1
            });
            if routes[known].1.contains(verb) {
                lost.add("methods whose route exists on two servers");
            } else {
                let operation = operation(method, &group.name, api, lost).into();
                let of_it = examples.iter().filter(|example| example.method == index);
                let operation = examples::of_operation(operation, method, api, of_it);
                routes[known].1.put(verb, operation);
            }
        }
    }
    let mut paths = Map::new();
    for (route, operations) in routes {
        paths.put(route, operations);
    }
    paths
}

fn operation(method: &Method, group: &str, api: &Api, lost: &mut Lost) -> Map {
    let name = method.full_name.split_once('.').map_or("", |(_, name)| name);
    let mut parameters: Vec<Tree> =
        method.parameters.iter().map(|one| parameter(one, api)).collect();
    let shared = |one: &&ClientParameter| {
        api.client_parameter(method, one.parameter.place, &one.parameter.wire).is_some()
    };
    parameters.extend(api.parameters.iter().filter(shared).map(|one| of_client(one, api)));
    let is_header = |name: &str| {
        let mut own = method.parameters.iter().map(|one| (one.place, &one.wire));
        let mut constants = method.constants.iter().map(|(place, wire, _)| (*place, wire));
        let is_it = |(place, wire): (Place, &String)| {
            place == Place::Header && wire.eq_ignore_ascii_case(name)
        };
        own.any(is_it) || constants.any(is_it)
    };
    let of_all = api.headers.iter().filter(|(name, _)| !is_header(name));
    let of_all = of_all.map(|(name, value)| (Place::Header, name, value));
    let own = method.constants.iter().map(|(place, wire, value)| (*place, wire, value));
    for (place, wire, value) in own.chain(of_all) {
        let schema = Map::new().set("const", value.as_str());
        parameters.push(named(place, wire).set("required", true).set("schema", schema).into());
    }
    if let Some(header) = &method.idempotency_key {
        let schema = Map::new().set("type", "string");
        parameters.push(named(Place::Header, header).set("schema", schema).into());
    }
    let auth = method.auth.and_then(|index| api.auths.get(index));
    let needed = |auth| security::requirement(auth, method.scopes.as_deref(), api);
    let security = auth.map_or(Tree::List(Vec::new()), needed);
    let servers = method.server.and_then(|index| api.servers.get(index)).map(security::server);
    Map::new()
        .set("operationId", name)
        .set("tags", vec![group.into()])
        .maybe("description", docs::text(&method.docs))
        .maybe("externalDocs", docs::page(&method.docs))
        .maybe("deprecated", method.docs.deprecated.as_ref().map(|_| true))
        .maybe("servers", servers.map(|server| vec![server]))
        .set("security", security)
        .some("parameters", parameters)
        .maybe("requestBody", method.body.as_ref().map(|body| request(body, api)))
        .set("responses", responses(method, api, lost))
}

pub(super) fn named(place: Place, wire: &str) -> Map {
    let place = match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    Map::new().set("name", wire).set("in", place)
}

/// A parameter of the client; what is sent without being set stands in for the schema's default.
fn of_client(one: &ClientParameter, api: &Api) -> Tree {
    let value = one.value.as_deref();
    let named = named(one.parameter.place, &one.parameter.wire)
        .maybe("description", docs::text(&one.parameter.docs));
    if !one.settable {
        let schema = Map::new().maybe("const", value);
        return named.set("required", true).set("schema", schema).into();
    }
    let required = !one.parameter.optional || one.parameter.place == Place::Path;
    let schema = limited(
        schema_of(&one.parameter.ty, api),
        one.parameter.limits.as_ref(),
        &one.parameter.ty,
        api,
    );
    named
        .maybe("required", required.then_some(true))
        .set("schema", schema.maybe("default", value))
        .into()
}

fn parameter(parameter: &Parameter, api: &Api) -> Tree {
    let (style, explode) = match parameter.style {
        // That its slashes stay is listed as lost.
        Style::Form | Style::Slash => (None, None),
        Style::Csv => (Some("form"), Some(false)),
        Style::Space => (Some("spaceDelimited"), Some(false)),
        Style::Pipe => (Some("pipeDelimited"), Some(false)),
        Style::DeepObject => (Some("deepObject"), Some(true)),
    };
    let value = schema_of(&parameter.ty, api);
    let value = limited(value, parameter.limits.as_ref(), &parameter.ty, api);
    named(parameter.place, &parameter.wire)
        .maybe("description", docs::text(&parameter.docs))
        .maybe("required", (!parameter.optional).then_some(true))
        .maybe("deprecated", parameter.docs.deprecated.as_ref().map(|_| true))
        .maybe("style", style)
        .maybe("explode", explode)
        .set("schema", value)
        .into()
}

fn request(body: &Body, api: &Api) -> Map {
    let content = match body {
        Body::Any { alternatives, .. } => {
            let all = alternatives.iter().map(|one| sent(&one.body, api));
            all.fold(Map::new(), Map::with_new)
        }
        one => sent(one, api),
    };
    Map::new().maybe("required", (!body.is_optional()).then_some(true)).set("content", content)
}

/// A body that is a value or has members, by its media type.
fn sent(body: &Body, api: &Api) -> Map {
    let mut encoding = Map::new();
    let (schema, media) = match body {
        Body::Value { media: Media::Text(_), .. } => {
            (Map::new().set("type", "string"), body.media())
        }
        Body::Value { media: Media::Bytes(_), .. } => (Map::new(), body.media()),
        Body::Value { ty, .. } => (schema_of(ty, api), body.media()),
        Body::Members { fields, constants, among, .. } => {
            for (field, media) in fields.iter().filter_map(|one| Some((one, one.media.as_ref()?))) {
                encoding.put(&field.wire, Map::new().set("contentType", media.as_str()));
            }
            (members(fields, constants, api).with(rules(among)), body.media())
        }
        Body::Any { .. } => (Map::new(), None),
    };
    let media = media.map_or("", Media::media_type);
    Map::new().set(media, Map::new().set("schema", schema).some("encoding", encoding))
}

/// What can come back, by status.
fn responses(method: &Method, api: &Api, lost: &mut Lost) -> Map {
    let mut responses = Map::new();
    let inside = inside(&method.errors);
    let all = if method.success.is_empty() {
        vec![None]
    } else {
        method.success.iter().copied().map(Some).collect()
    };
    for status in all {
        let values = values_at(method, status);
        let content = values
            .iter()
            .fold(Map::new(), |known, value| known.with_new(content(value, inside, api, lost)));
        let key = status.map_or_else(|| "2XX".to_owned(), |status| status.to_string());
        let phrase = status.and_then(reason).unwrap_or("Success");
        responses.put(&key, Map::new().set("description", phrase).some("content", content));
    }
    for (pattern, holds) in errors(&method.errors) {
        let (key, phrase) = match pattern {
            StatusPattern::Exactly(status) => {
                (status.to_string(), reason(status).unwrap_or("Failure"))
            }
            StatusPattern::Range(first) => (format!("{first}XX"), "Failure"),
            StatusPattern::Default => ("default".to_owned(), "Failure"),
            StatusPattern::Inside => continue,
        };
        let (media, schema) = match holds {
            Holds::Nothing => {
                responses.put(&key, Map::new().set("description", phrase));
                continue;
            }
            Holds::Text => ("text/plain", Map::new().set("type", "string")),
            Holds::Model(id) => ("application/json", schema_of(&Type::Model(id), api)),
            Holds::Xml(id) => ("application/xml", schema_of(&Type::Model(id), api)),
        };
        let content = Map::new().set(media, Map::new().set("schema", schema));
        responses.put(&key, Map::new().set("description", phrase).set("content", content));
    }
    responses
}

/// What a success with this status gives; of several, the media type tells which.
fn values_at(method: &Method, status: Option<u16>) -> Vec<&Value> {
    match &method.outcome {
        Outcome::Nothing => Vec::new(),
        Outcome::Value(value) => vec![value],
        Outcome::Optional { value, nothing } => {
            let is_nothing = status.is_some_and(|status| nothing.contains(&status));
            if is_nothing { Vec::new() } else { vec![value] }
        }
        Outcome::Several { .. } => {
            method.kinds(status).into_iter().filter_map(|kind| kind.value.as_ref()).collect()
        }
    }
}

fn content(value: &Value, inside: Option<Holds>, api: &Api, lost: &mut Lost) -> Map {
    let text = || Map::new().set("type", "string");
    let or_error = |whole: Map| match (inside, &value.content) {
        (Some(Holds::Model(id)), Content::Json) | (Some(Holds::Xml(id)), Content::Xml) => {
            let error = schema_of(&Type::Model(id), api);
            Map::new().set("anyOf", vec![whole.into(), error.into()])
        }
        _ => whole,
    };
    let (media, schema) = match &value.content {
        Content::Text(media) => (media.as_deref().unwrap_or("text/plain"), text()),
        Content::Bytes { media, gzip } => {
            if *gzip {
                lost.add("answers that are compressed files");
            }
            (media.as_deref().unwrap_or("application/octet-stream"), Map::new())
        }
        Content::Events { .. } => {
            lost.add("what events of a stream hold");
            ("text/event-stream", text())
        }
        Content::Lines => {
            lost.add("that answers are values line by line");
            ("application/x-ndjson", schema_of(&value.ty, api))
        }
        Content::Xml => ("application/xml", or_error(schema_of(&value.ty, api))),
        Content::Json => {
            let inner = schema_of(&value.ty, api);
            let inner = if value.first {
                Map::new().set("type", "array").set("items", inner)
            } else {
                inner
            };
            let whole = value.at.iter().rev().fold(inner, |inner, key| {
                Map::new()
                    .set("type", "object")
                    .set("required", vec![key.as_str().into()])
                    .set("properties", Map::new().set(key, inner))
            });
            ("application/json", or_error(whole))
        }
    };
    let mut content = Map::new().set(media, Map::new().set("schema", schema));
    if value.content == Content::Json {
        for format in &api.formats {
            content.put(&format.media_type, Map::new().set("schema", text()));
        }
    }
    content
}

/// Declared errors by status, in the order of the statuses.
fn errors(errors: &Errors) -> BTreeMap<StatusPattern, Holds> {
    match errors {
        Errors::Undeclared => BTreeMap::new(),
        Errors::One { model, status, xml } => {
            let holds = if *xml { Holds::Xml(*model) } else { Holds::Model(*model) };
            BTreeMap::from([(*status, holds)])
        }
        Errors::Enum { variants, .. } => variants
            .iter()
            .flat_map(|variant| variant.statuses.iter().map(|status| (*status, variant.holds)))
            .collect(),
    }
}

/// The error that a success can hold.
fn inside(declared: &Errors) -> Option<Holds> {
    errors(declared).get(&StatusPattern::Inside).copied()
}
