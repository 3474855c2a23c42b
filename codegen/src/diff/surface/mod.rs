//! The items of a generated module.

mod methods;

use super::facts::{self, Facts};
use super::types::{field, rust, scalar};
use super::{Bump, Item, Surface};
use crate::check::may_both_fit;
use crate::ir::{
    Api, ClaimValue, Deliveries, Docs, EnumWire, Events, Field, Model, ModelKind, OAuth2, Part,
    Proof, SchemeKind, TokenClient, Type, Union, UnionForm,
};

/// Everything that can be named, called or matched.
pub(super) fn of(api: &Api) -> Surface {
    let mut surface = Surface::new();
    let mut add = |path: String, item: Item| {
        surface.insert(path, item);
    };
    // The title stands before whatever else is said.
    let text = [Some(api.title.as_str()), api.docs.text.as_deref()];
    let text = text.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let docs = Docs { text: Some(text), ..api.docs.clone() };
    add("module".to_owned(), item("the module", &api.module, facts::provider(api), &docs));
    servers(api, &mut add);
    for scheme in &api.schemes {
        let path = format!("builder::{}", scheme.ident);
        let rust = credentials(api, &scheme.kind);
        if scheme.kind.further_setters().contains(&"scopes") {
            let found = item("the choice of scopes", "", Facts::new(), &Docs::default());
            add(format!("{path}::scopes"), found);
        }
        add(path, item("the credentials", &rust, facts::scheme(api, scheme), &scheme.docs));
    }
    parameters(api, &mut add);
    if let Some(quota) = api.rate_limit.as_ref().and_then(|limit| limit.quota) {
        let found = item("the limit", "", facts::quota(quota), &Docs::default());
        add("builder::limit_rate".to_owned(), found);
    }
    for format in &api.formats {
        let facts = facts::media_type(&format.media_type);
        let found = item("the format", &format.ident, facts, &Docs::default());
        add(format!("call::{}", format.ident), found);
    }
    for one in api.models.iter().filter(|model| model.emitted) {
        model(api, one, &mut add);
    }
    for group in &api.groups {
        let docs = named(&group.docs, &group.name);
        add(group.ident.clone(), item("the group", &group.type_name, Facts::new(), &docs));
        if let Some(found) = &group.transaction {
            methods::transaction(group, found, &mut add);
        }
        for one in &group.methods {
            methods::method(api, &group.ident, one, &mut add);
        }
    }
    if let Some(found) = &api.deliveries {
        deliveries(api, found, &mut add);
    }
    surface
}

/// Where calls can go.
fn servers(api: &Api, add: &mut impl FnMut(String, Item)) {
    for (index, server) in api.servers.iter().enumerate() {
        let arguments: Vec<&str> = server.variables.iter().map(|one| one.ident.as_str()).collect();
        let call = format!("{}({})", server.ident, arguments.join(", "));
        let facts = facts::server(server, index);
        if server.pick && api.servers.len() > 1 {
            let path = format!("builder::{}", server.ident);
            add(path, item("the server", &call, facts, &server.docs));
        } else {
            let path = format!("server {}", server.name);
            add(path, item("the address", &call, facts, &server.docs).unseen());
        }
    }
}

/// What all calls send.
fn parameters(api: &Api, add: &mut impl FnMut(String, Item)) {
    for one in &api.parameters {
        let parameter = &one.parameter;
        let facts = facts::client_parameter(api, one);
        let ty = rust(api, &parameter.ty);
        if !one.settable {
            let found = item("the constant of all calls", "", facts, &parameter.docs).unseen();
            add(format!("constant {}", parameter.wire), found);
            continue;
        }
        let mut found = item("the parameter of all calls", &ty, facts, &parameter.docs);
        if !parameter.optional {
            found.rust = format!("{ty}, required");
            found.added = Bump::Major;
        }
        add(format!("builder::{}", parameter.ident), found);
    }
}

/// What the builder's method takes, and what else follows from the kind of credential.
fn credentials(api: &Api, kind: &SchemeKind) -> String {
    let part = |part: &Part| match part {
        Part::Argument(name) => Some(name.clone()),
        Part::Fixed(_) => None,
    };
    let arguments = |names: &[String]| format!("({})", names.join(", "));
    match kind {
        SchemeKind::Basic { username, password } => {
            let parts: Vec<String> = [username, password].into_iter().filter_map(part).collect();
            arguments(&parts)
        }
        SchemeKind::Bearer { token } => format!("({token})"),
        SchemeKind::ApiKey { key, .. } => format!("({key})"),
        SchemeKind::Jwt { kid, secret, claims, .. } => {
            let claims = claims.iter().filter_map(|claim| match &claim.value {
                ClaimValue::Argument { ident, ty } => Some(format!("{ident}: {}", rust(api, ty))),
                ClaimValue::Fixed(_) => None,
            });
            let kid = kid.iter().filter_map(part);
            let parts: Vec<String> = kid.chain([secret.clone()]).chain(claims).collect();
            arguments(&parts)
        }
        SchemeKind::OAuth2(oauth) => token_client(api, oauth),
    }
}

fn token_client(api: &Api, oauth: &OAuth2) -> String {
    let client = match &oauth.client {
        TokenClient::Scheme(_) => "()".to_owned(),
        TokenClient::Form { id, secret } => {
            let parts: Vec<&str> = std::iter::once(id.as_str()).chain(secret.as_deref()).collect();
            format!("({})", parts.join(", "))
        }
    };
    if oauth.authorize_url.is_none() {
        return client;
    }
    match oauth.token {
        Some(token) => format!("{client} for users, with {}", rust(api, &Type::Model(token))),
        None => format!("{client} for users"),
    }
}

fn model(api: &Api, model: &Model, add: &mut impl FnMut(String, Item)) {
    let path = format!("models::{}", model.ident);
    let docs = named(&model.docs, &model.name);
    match &model.kind {
        ModelKind::Object(object) => {
            let kept = if object.undeclared.is_some() { " with undeclared" } else { "" };
            let open = match model.parameters.as_slice() {
                [] => String::new(),
                names => format!("<{}>", names.join(", ")),
            };
            let mut facts = facts::object_rules(object);
            if model.reach.xml {
                facts = facts.and(facts::element(&model.element));
            }
            add(path.clone(), item("the model", &format!("struct{open}{kept}"), facts, &docs));
            let arguments = object.fields.iter().filter(|field| field.presence.is_argument());
            if model.reach.request {
                let facts = facts::object_constants(&object.constants);
                let new = item("new", &signature(api, arguments), facts, &Docs::default());
                add(format!("{path}::new"), new);
            }
            fields(api, &path, &object.fields, model.reach.request, add);
            if let Some(message) = object.message.and_then(|index| object.fields.get(index)) {
                let found = item("the message", "", facts::message(message), &Docs::default());
                add(format!("{path}::ServiceError::message"), found.unseen());
            }
        }
        ModelKind::Enum(list) => {
            let holds = match list.wire {
                EnumWire::Texts => "String",
                EnumWire::Numbers => "i64",
                EnumWire::NamedNumbers => "NumberOrText",
            };
            let rust = match &list.other {
                Some(other) => format!("enum with {other} of {holds}"),
                None => "closed enum".to_owned(),
            };
            add(path.clone(), item("the model", &rust, facts::enumeration(list), &docs));
            for variant in &list.variants {
                let path = format!("{path}::{}", variant.ident);
                let facts = facts::value(variant, list.wire);
                add(path, item("the value", "value", facts, &variant.docs));
            }
        }
        ModelKind::Newtype(newtype) => {
            let rust = format!("struct of {}", scalar(newtype.of.scalar()));
            add(path, item("the model", &rust, Facts::new(), &docs));
        }
        ModelKind::Alias(ty) => {
            add(path, item("the model", &rust(api, ty), facts::alias(api, ty), &docs));
        }
        ModelKind::Union(union) => {
            let with = format!("union with {}", union.other);
            let mut found = item("the model", &with, facts::union(union), &docs);
            // What is only sent is never tried.
            if model.reach.answer || !model.reach.request {
                found.before = before(api, union);
            }
            add(path.clone(), found);
            for variant in &union.variants {
                let ty = boxed(rust(api, &variant.ty), variant.boxed);
                let facts = facts::variant(api, variant);
                let path = format!("{path}::{}", variant.ident);
                add(path, item("the variant", &ty, facts, &variant.docs));
            }
        }
    }
}

/// The variants that are tried in order, where two can fit the same value.
fn before(api: &Api, union: &Union) -> Vec<(String, String)> {
    if union.form != UnionForm::Untagged {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (index, later) in union.variants.iter().enumerate() {
        let hidden = union.variants[..index].iter();
        let hidden = hidden.filter(|earlier| may_both_fit(&earlier.ty, &later.ty, api));
        pairs.extend(hidden.map(|earlier| (earlier.ident.clone(), later.ident.clone())));
    }
    pairs
}

/// The arguments of `new`, whose order counts.
fn signature<'a>(api: &Api, arguments: impl Iterator<Item = &'a Field>) -> String {
    let list: Vec<String> =
        arguments.map(|one| format!("{}: {}", one.ident, field(api, one))).collect();
    format!("new({})", list.join(", "))
}

fn fields(
    api: &Api,
    path: &str,
    list: &[Field],
    request: bool,
    add: &mut impl FnMut(String, Item),
) {
    for one in list {
        let mut found = item("the field", &field(api, one), facts::field(api, one), &one.docs);
        if request && one.presence.is_argument() {
            found.added = Bump::Major;
        }
        add(format!("{path}::{}", one.ident), found);
    }
}

fn deliveries(api: &Api, deliveries: &Deliveries, add: &mut impl FnMut(String, Item)) {
    let event = match &deliveries.events {
        Events::Each(ty) => format!("Event of {}", rust(api, ty)),
        Events::Named { other, .. } => format!("Event with {other}"),
    };
    let read = match &deliveries.proof {
        Proof::Nothing => "parse()",
        Proof::Signed(signature) if signature.timestamp.is_some() => {
            "verify_and_parse(secrets, now)"
        }
        Proof::Shared { .. } | Proof::Signed(_) => "verify_and_parse(secrets)",
    };
    let delivery = match deliveries.list.as_ref().map(|list| &list.envelope) {
        None => format!("Delivery<{event}>"),
        Some(None) => format!("Batch<{event}>"),
        Some(Some(envelope)) => format!("Batch<{event}, {}>", rust(api, envelope)),
    };
    let rust_code = format!("{read} -> {delivery}");
    let facts = facts::deliveries(deliveries);
    add("deliveries".to_owned(), item("the webhooks", &rust_code, facts, &deliveries.docs));
    let Events::Named { variants, .. } = &deliveries.events else { return };
    for variant in variants {
        let ty = variant.ty.as_ref().map(|ty| boxed(rust(api, ty), variant.boxed));
        let facts = facts::event(api, variant);
        let path = format!("deliveries::Event::{}", variant.ident);
        add(path, item("the event", &ty.unwrap_or_default(), facts, &variant.docs));
    }
}

fn boxed(ty: String, boxed: bool) -> String {
    if boxed { format!("Box<{ty}>") } else { ty }
}

/// Documentation, which says the name in a specification where it has no other text.
fn named(docs: &Docs, name: &str) -> Docs {
    let mut docs = docs.clone();
    docs.text.get_or_insert_with(|| name.to_owned());
    docs
}

fn item(what: &'static str, rust: &str, wire: Facts, docs: &Docs) -> Item {
    Item {
        what,
        rust: rust.to_owned(),
        wire,
        before: Vec::new(),
        docs: docs.clone(),
        added: Bump::Minor,
        gone: Bump::Major,
    }
}

impl Item {
    /// What no Rust code can name.
    fn unseen(self) -> Self {
        Self { added: Bump::Patch, gone: Bump::Patch, ..self }
    }
}
