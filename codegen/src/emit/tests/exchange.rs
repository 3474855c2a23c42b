//! What has to be sent, and what is answered: worked out from the example and not by the runtime, so that
//! the two are held against each other.

use clientwright_wire::base64;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::pairs::{encoded, encoded_text, in_path, pairs, query, text};
use super::value::{file_parts, raw, raw_text};
use super::{some, token};
use crate::emit::answers;
use crate::emit::cx::{Cx, unsuffixed};
use crate::ir::{
    Api, Body, Content, Example, Field, Gives, Json, Kept, KeyPlace, Media, Method, Parameter,
    Part, Payload, Place, Scalar, Scheme, SchemeKind, Type,
};
use crate::xml;

pub(super) fn emit(cx: &Cx<'_>, method: &Method, example: &Example) -> TokenStream {
    let api = cx.api;
    let shared = shared(cx, method, example);
    let (verb, target) = (method.verb.word(), target(api, method, example, &shared));
    let headers = headers(api, method, example, &shared);
    let body = body(api, method, example);
    let answer = answer(example);
    let gives = gives(example);
    let renews = renews(api, method, example).then(|| quote!(.renews()));
    quote!(Exchange::new(#verb, #target) #(#headers)* #body #answer #renews #gives)
}

/// The schemes whose credentials are sent: of alternatives the first one.
fn schemes<'a>(api: &'a Api, method: &Method) -> Vec<&'a Scheme> {
    let auth = method.auth.map(|auth| &api.auths[auth]);
    let first = auth.and_then(|auth| auth.alternatives.first());
    first.into_iter().flatten().map(|&index| &api.schemes[index]).collect()
}

/// Whether the answer refuses a token that the client gets by itself.
fn renews(api: &Api, method: &Method, example: &Example) -> bool {
    let status = example.answer.status;
    schemes(api, method).iter().any(|scheme| match &scheme.kind {
        SchemeKind::OAuth2(oauth) if oauth.authorize_url.is_none() => {
            let refused = if oauth.renew_on.is_empty() { &[401][..] } else { &oauth.renew_on };
            refused.contains(&status)
        }
        _ => false,
    })
}

/// Where a parameter of the client travels, what it is called there, and its value.
type Shared<'a> = (Place, &'a str, String);

/// The parameters of the client that a call sends: those that the example sets, and those that every call
/// sends.
fn shared<'a>(cx: &Cx<'a>, method: &Method, example: &Example) -> Vec<Shared<'a>> {
    let all = cx.api.parameters.iter().enumerate().filter_map(|(index, one)| {
        let Parameter { place, wire, ty, optional, .. } = &one.parameter;
        cx.api.client_parameter(method, *place, wire)?;
        let set = example.shared(index).map(|sample| text(&sample.kept, ty));
        let has_to = || (!optional).then(|| some(cx, ty).1);
        let value = set.or_else(|| one.value.clone()).or_else(has_to)?;
        Some((*place, wire.as_str(), value))
    });
    all.collect()
}

/// Path and query.
fn target(api: &Api, method: &Method, example: &Example, shared: &[Shared<'_>]) -> String {
    let mut route = method.route.clone();
    let mut all = Vec::new();
    for (index, parameter) in method.parameters.iter().enumerate() {
        let Some(sample) = example.parameter(index) else { continue };
        match parameter.place {
            Place::Path => {
                let value = in_path(&sample.kept, &parameter.ty, parameter.style);
                route = route.replace(&format!("{{{}}}", parameter.wire), &value);
            }
            Place::Query => {
                let (name, ty) = (&parameter.wire, &parameter.ty);
                all.extend(query(name, &sample.kept, ty, parameter.style));
            }
            Place::Header | Place::Cookie => {}
        }
    }
    for (place, name, value) in &method.constants {
        if *place == Place::Query {
            all.push(format!("{}={}", encoded(name), encoded(value)));
        }
    }
    for (place, name, value) in shared {
        match place {
            Place::Path => route = route.replace(&format!("{{{name}}}"), &encoded(value)),
            Place::Query => all.push(format!("{}={}", encoded(name), encoded(value))),
            Place::Header | Place::Cookie => {}
        }
    }
    for scheme in schemes(api, method) {
        if let SchemeKind::ApiKey { place: KeyPlace::Query, name, key, .. } = &scheme.kind {
            all.push(format!("{}={}", encoded(name), encoded(key.trim_start_matches("r#"))));
        }
    }
    if all.is_empty() { route } else { format!("{route}?{}", all.join("&")) }
}

fn headers(
    api: &Api,
    method: &Method,
    example: &Example,
    shared: &[Shared<'_>],
) -> Vec<TokenStream> {
    let mut headers = Vec::new();
    let mut add = |name: &str, value: &str| {
        let name = name.to_ascii_lowercase();
        headers.push(quote!(.header(#name, #value)));
    };
    let mut cookies = Vec::new();
    for (name, value) in &api.headers {
        add(name, value);
    }
    if let Some(accept) = answers::accept(method) {
        add("accept", &accept);
    }
    for (index, parameter) in method.parameters.iter().enumerate() {
        let Some(sample) = example.parameter(index) else { continue };
        let one = |value: &Json| text(value, &parameter.ty);
        match (parameter.place, &sample.kept) {
            (Place::Header, Json::List(items)) => {
                items.iter().for_each(|item| add(&parameter.wire, &one(item)));
            }
            (Place::Header, value) => add(&parameter.wire, &one(value)),
            (Place::Cookie, value) => {
                let value = encoded_text(value, &parameter.ty);
                cookies.push(format!("{}={value}", parameter.wire));
            }
            (Place::Path | Place::Query, _) => {}
        }
    }
    let constants =
        method.constants.iter().map(|(place, name, value)| (*place, name.as_str(), value));
    let shared = shared.iter().map(|(place, name, value)| (*place, *name, value));
    for (place, name, value) in constants.chain(shared) {
        match place {
            Place::Header => add(name, value),
            Place::Cookie => cookies.push(format!("{name}={}", encoded(value))),
            Place::Path | Place::Query => {}
        }
    }
    let mut signed = false;
    for scheme in schemes(api, method) {
        match &scheme.kind {
            SchemeKind::Basic { username, password } => {
                let pair = format!("{}:{}", part(username), part(password));
                add("authorization", &format!("Basic {}", base64::encode(pair.as_bytes())));
            }
            SchemeKind::Bearer { .. } | SchemeKind::OAuth2(_) => {
                add("authorization", &format!("Bearer {}", token(scheme)));
            }
            SchemeKind::ApiKey { place: KeyPlace::Header, name, key, prefix } => {
                let prefix = prefix.as_deref().unwrap_or_default();
                add(name, &format!("{prefix}{}", key.trim_start_matches("r#")));
            }
            SchemeKind::ApiKey { place: KeyPlace::Cookie, name, key, .. } => {
                cookies.push(format!("{name}={}", key.trim_start_matches("r#")));
            }
            SchemeKind::ApiKey { place: KeyPlace::Query, .. } => {}
            SchemeKind::Jwt { .. } => signed = true,
        }
    }
    if !cookies.is_empty() {
        add("cookie", &cookies.join("; "));
    }
    if signed {
        headers.push(quote!(.header_begins("authorization", "Bearer ey")));
    }
    if let Some(name) = &method.idempotency_key {
        let name = name.to_ascii_lowercase();
        headers.push(quote!(.header_begins(#name, "")));
    }
    headers
}

/// A part of a credential, which is the name of what it stands for.
fn part(part: &Part) -> &str {
    match part {
        Part::Argument(name) => name.trim_start_matches("r#"),
        Part::Fixed(text) => text,
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn body(api: &Api, method: &Method, example: &Example) -> TokenStream {
    let (Some((body, _)), Some(sample)) = (example.sends(method), &example.body) else {
        return TokenStream::new();
    };
    let Some(media) = body.media() else { return TokenStream::new() };
    let fields = match body {
        Body::Value { media: Media::Xml, ty, .. } => {
            let (media, text) =
                (Content::Xml.media_type(), raw_text(&xml::document(api, ty, &sample.kept)));
            return quote!(.body(#media, #text));
        }
        Body::Members { fields, .. } => fields.as_slice(),
        Body::Value { .. } | Body::Any { .. } => &[],
    };
    let kept = &sample.kept;
    match media {
        Media::Json | Media::Xml => {
            let json = raw(kept, 12);
            quote!(.json(#json))
        }
        Media::Form => {
            let form = pairs("", kept, &Type::Scalar(Scalar::Json)).join("&");
            quote!(.body(#FORM, #form))
        }
        Media::Multipart => parts(kept, fields),
        Media::Text(kind) => {
            let text = kept.text().unwrap_or_default();
            quote!(.body(#kind, #text))
        }
        Media::Bytes(kind) => {
            let text = kept.text().unwrap_or_else(|| kept.to_string());
            quote!(.body(#kind, #text))
        }
    }
}

/// A part for each member, objects as JSON, and the items of a list each on its own.
fn parts(kept: &Json, fields: &[Field]) -> TokenStream {
    let Json::Object(members) = kept else { return TokenStream::new() };
    let parts = members.iter().flat_map(|(name, value)| {
        let field = fields.iter().find(|field| field.wire == *name);
        let is_file = field.is_some_and(|field| is_file(&field.ty));
        let items = match value {
            Json::List(items) => items.iter().collect(),
            value => vec![value],
        };
        items.into_iter().filter(|item| **item != Json::Null).map(move |item| {
            if is_file {
                let (filename, kind, content) = file_parts(item);
                let media = field.and_then(|field| field.media.clone());
                let kind = kind.or(media).unwrap_or_else(|| "application/octet-stream".to_owned());
                return quote!(.part(#name, Some(#filename), Some(#kind), #content));
            }
            match item {
                Json::Object(_) => {
                    let json = item.to_string();
                    quote!(.part(#name, None, Some("application/json"), #json))
                }
                item => {
                    let text = item.text().unwrap_or_default();
                    quote!(.part(#name, None, None, #text))
                }
            }
        })
    });
    quote!(#(#parts)*)
}

fn is_file(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar == Scalar::File,
        Type::List(item) | Type::Nullable(item) => is_file(item),
        _ => false,
    }
}

/// How many lines of an answer may stand in the middle of a test.
const LINES: usize = 25;

/// An answer that is too long for that, with the name of the constant that holds it.
pub(super) fn long_answer(example: &Example) -> Option<(Ident, TokenStream)> {
    let Payload::Json(json) = &example.answer.payload else { return None };
    // What is sent stands in the test as well, twice.
    let limit = if example.body.is_some() { LINES / 3 } else { LINES };
    if json.pretty(4).lines().count() <= limit {
        return None;
    }
    let name = crate::names::constant(&example.ident)?;
    Some((format_ident!("{name}_ANSWER"), raw(json, 4)))
}

fn answer(example: &Example) -> TokenStream {
    let status = unsuffixed(example.answer.status.into());
    match &example.answer.payload {
        Payload::Nothing => quote!(.answers(#status)),
        Payload::Json(json) => match long_answer(example) {
            Some((name, _)) => quote!(.answers_json(#status, #name)),
            None => {
                let json = raw(json, 12);
                quote!(.answers_json(#status, #json))
            }
        },
        Payload::Text { text, media, gzip } => {
            let media = media.as_deref().unwrap_or("application/octet-stream");
            let text = raw_text(text);
            if *gzip {
                quote!(.answers_gzip(#status, #media, #text))
            } else {
                quote!(.answers_body(#status, #media, #text))
            }
        }
    }
}

fn gives(example: &Example) -> TokenStream {
    let whole = match &example.answer.payload {
        Payload::Json(json) => Some(json),
        _ => None,
    };
    let kept = match &example.answer.gives {
        Gives::Unstated => return TokenStream::new(),
        Gives::Nothing(_) | Gives::Error(None, _) => return quote!(.gives_nothing()),
        Gives::Value(kept, _) | Gives::Error(Some(kept), _) => kept,
    };
    match kept {
        Kept::Body => quote!(.gives_body()),
        Kept::Json(json) if whole.is_some_and(|whole| json.is(whole)) => quote!(.gives_answer()),
        Kept::Json(json) => {
            let json = raw(json, 12);
            quote!(.gives_json(#json))
        }
    }
}
