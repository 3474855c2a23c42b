//! The items of a generated module.

use super::types::{field, rust, wire};
use super::{Bump, Item, Surface, facts, types};
use crate::ir::{
    Alternative, AnswerVariant, Api, Body, ClaimValue, Content, Docs, Errors, Events, Field, Group,
    Holds, Media, Method, Model, ModelKind, Outcome, Part, SchemeKind, TokenClient, Transaction,
    Value,
};

/// Everything that can be named, called or matched.
pub(super) fn of(api: &Api) -> Surface {
    let mut surface = Surface::new();
    let mut add = |path: String, item: Item| {
        surface.insert(path, item);
    };
    add(
        "module".to_owned(),
        item("the module", &api.module, &(&api.headers, api.timeouts), &api.docs),
    );
    for (index, server) in api.servers.iter().enumerate() {
        let arguments: Vec<&str> = server.variables.iter().map(|one| one.ident.as_str()).collect();
        let call = format!("{}({})", server.ident, arguments.join(", "));
        let facts = (server.url.as_str(), index == 0);
        let (what, path) = if server.pick && api.servers.len() > 1 {
            ("the server", format!("builder::{}", server.ident))
        } else {
            ("the address", format!("server {}", server.name))
        };
        add(path, item(what, &call, &facts, &server.docs));
    }
    for scheme in &api.schemes {
        let path = format!("builder::{}", scheme.ident);
        add(path, item("the credentials", &credentials(&scheme.kind), &scheme.kind, &scheme.docs));
    }
    for one in &api.parameters {
        let parameter = &one.parameter;
        let facts = (parameter.place, &parameter.wire, &one.value, wire(api, &parameter.ty));
        let (path, what) = if one.settable {
            (format!("builder::{}", parameter.ident), "the parameter of all calls")
        } else {
            (format!("constant {}", parameter.wire), "the constant of all calls")
        };
        let mut found = item(what, &rust(api, &parameter.ty), &facts, &parameter.docs);
        if !parameter.optional {
            found.rust = format!("{}, required", found.rust);
            found.added = Bump::Major;
        }
        add(path, found);
    }
    if let Some(quota) = api.rate_limit.as_ref().and_then(|limit| limit.quota) {
        let facts = (quota.requests, quota.seconds);
        add("builder::limit_rate".to_owned(), item("the limit", "", &facts, &Docs::default()));
    }
    for format in &api.formats {
        let path = format!("call::{}", format.ident);
        add(path, item("the format", &format.ident, &format.media_type, &Docs::default()));
    }
    for one in api.models.iter().filter(|model| model.emitted) {
        model(api, one, &mut add);
    }
    for group in &api.groups {
        add(group.ident.clone(), item("the group", &group.type_name, &group.name, &group.docs));
        if let Some(found) = &group.transaction {
            transaction(group, found, &mut add);
        }
        for one in &group.methods {
            method(api, &group.ident, one, &mut add);
        }
    }
    if let Some(deliveries) = &api.deliveries {
        let facts = (&deliveries.name, &deliveries.proof, &deliveries.id, &deliveries.ping);
        let each = match &deliveries.events {
            Events::Each(ty) => rust(api, ty),
            Events::Named { other, .. } => format!("enum Event with {other}"),
        };
        add("deliveries".to_owned(), item("the webhooks", &each, &facts, &deliveries.docs));
        if let Events::Named { variants, .. } = &deliveries.events {
            for variant in variants {
                let ty = variant.ty.as_ref().map(|ty| rust(api, ty)).unwrap_or_default();
                let facts = (&variant.wire, &variant.also);
                let path = format!("deliveries::Event::{}", variant.ident);
                add(path, item("the event", &ty, &facts, &variant.docs));
            }
        }
    }
    surface
}

fn credentials(kind: &SchemeKind) -> String {
    let part = |part: &Part| match part {
        Part::Argument(name) => Some(name.clone()),
        Part::Fixed(_) => None,
    };
    match kind {
        SchemeKind::Basic { username, password } => {
            let parts: Vec<String> = [username, password].into_iter().filter_map(part).collect();
            format!("({})", parts.join(", "))
        }
        SchemeKind::Bearer { token } => format!("({token})"),
        SchemeKind::ApiKey { key, .. } => format!("({key})"),
        SchemeKind::Jwt { kid, secret, claims, .. } => {
            let claims = claims.iter().filter_map(|claim| match &claim.value {
                ClaimValue::Argument { ident, .. } => Some(ident.clone()),
                ClaimValue::Fixed(_) => None,
            });
            let kid = kid.iter().filter_map(part);
            let parts: Vec<String> = kid.chain([secret.clone()]).chain(claims).collect();
            format!("({})", parts.join(", "))
        }
        SchemeKind::OAuth2(oauth) => match &oauth.client {
            TokenClient::Scheme(_) => "()".to_owned(),
            TokenClient::Form { id, secret } => {
                let parts: Vec<&str> =
                    std::iter::once(id.as_str()).chain(secret.as_deref()).collect();
                format!("({})", parts.join(", "))
            }
        },
    }
}

fn model(api: &Api, model: &Model, add: &mut impl FnMut(String, Item)) {
    let path = format!("models::{}", model.ident);
    let own = |what, rust: &str| item(what, rust, &model.name, &model.docs);
    match &model.kind {
        ModelKind::Object(object) => {
            let kept = if object.undeclared.is_some() { " with undeclared" } else { "" };
            let open = match model.parameters.as_slice() {
                [] => String::new(),
                names => format!("<{}>", names.join(", ")),
            };
            let element = model.reach.xml.then_some(&model.element);
            let facts = (&model.name, &object.among, element);
            let found = item("the model", &format!("struct{open}{kept}"), &facts, &model.docs);
            add(path.clone(), found);
            let arguments = object.fields.iter().filter(|field| field.presence.is_argument());
            if model.reach.request {
                let constants: Vec<_> =
                    object.constants.iter().map(|one| (&one.wire, &one.value, &one.xml)).collect();
                let new = item("new", &signature(api, arguments), &constants, &Docs::default());
                add(format!("{path}::new"), new);
            }
            fields(api, &path, &object.fields, model.reach.request, add);
        }
        ModelKind::Enum(list) => {
            let closed = if list.other.is_some() { "enum" } else { "closed enum" };
            add(path.clone(), own("the model", closed));
            for variant in &list.variants {
                let facts = (&variant.wire, &variant.wire_name, &variant.also, list.wire);
                let path = format!("{path}::{}", variant.ident);
                add(path, item("the value", "value", &facts, &variant.docs));
            }
        }
        ModelKind::Newtype(newtype) => add(path, own("the model", &format!("{:?}", newtype.of))),
        ModelKind::Alias(ty) => {
            let facts = wire(api, ty);
            add(path, item("the model", &rust(api, ty), &facts, &model.docs));
        }
        ModelKind::Union(union) => {
            let facts = (&model.name, &union.form);
            add(
                path.clone(),
                item("the model", &format!("union with {}", union.other), &facts, &model.docs),
            );
            for variant in &union.variants {
                let ty = rust(api, &variant.ty);
                let ty = if variant.boxed { format!("Box<{ty}>") } else { ty };
                let facts = (&variant.wire, &variant.also, wire(api, &variant.ty));
                add(
                    format!("{path}::{}", variant.ident),
                    item("the variant", &ty, &facts, &variant.docs),
                );
            }
        }
    }
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
        let facts = (&one.wire, &one.also, wire(api, &one.ty), &one.none_when, &one.limits);
        let facts = (facts, &one.xml);
        let mut found = item("the field", &field(api, one), &facts, &one.docs);
        if request && one.presence.is_argument() {
            found.added = Bump::Major;
        }
        add(format!("{path}::{}", one.ident), found);
    }
}

fn method(api: &Api, group: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let path = format!("{group}::{}", method.ident);
    let mut arguments = Vec::new();
    let mut inner = Vec::new();
    for one in &method.parameters {
        let ty = rust(api, &one.ty);
        let facts = (one.place, &one.wire, one.style, wire(api, &one.ty), &one.limits);
        let mut found = item("the parameter", &ty, &facts, &one.docs);
        if one.optional {
            found.rust = format!("Option<{ty}>");
        } else {
            arguments.push(format!("{}: {ty}", one.ident));
            found.added = Bump::Major;
        }
        inner.push((format!("{path}::{}", one.ident), found));
    }
    match &method.body {
        Some(Body::Value { ty, optional, media }) => {
            let bytes = matches!(media, Media::Bytes(_));
            let shown = if bytes { "Upload".to_owned() } else { rust(api, ty) };
            let mut body = item("the body", &shown, &(media, wire(api, ty)), &Docs::default());
            if *optional {
                body.rust = format!("Option<{shown}>");
            } else {
                arguments.push(format!("body: {shown}"));
                body.added = Bump::Major;
            }
            inner.push((format!("{path}::body"), body));
        }
        Some(Body::Any { ident, optional, alternatives }) => {
            let mut body = item("the body", ident, &"", &Docs::default());
            if *optional {
                body.rust = format!("Option<{ident}>");
            } else {
                arguments.push(format!("body: {ident}"));
                body.added = Bump::Major;
            }
            inner.push((format!("{path}::body"), body));
            self::alternatives(api, &path, alternatives, &mut |path, item| {
                inner.push((path, item));
            });
        }
        Some(Body::Members { fields: list, .. }) => {
            let required = list.iter().filter(|one| one.presence.is_argument());
            arguments.extend(required.map(|one| format!("{}: {}", one.ident, field(api, one))));
            fields(api, &path, list, true, &mut |path, item| inner.push((path, item)));
        }
        None => {}
    }
    let call = format!("{}({}) -> {}", method.ident, arguments.join(", "), outcome(api, method));
    let server = method.server.and_then(|index| api.servers.get(index)).map(|one| &one.name);
    let auth = method.auth.and_then(|index| api.auths.get(index));
    let sent = (method.verb, &method.route, server, auth.map(|one| &one.constant), method.effect);
    let contents: Vec<&Content> = method.outcome.values().map(|value| &value.content).collect();
    let sent = (sent, contents);
    let facts =
        (sent, &method.success, &method.retry_on, &method.idempotency_key, &method.constants);
    let body_rules = match &method.body {
        Some(Body::Members { among, .. }) => among.as_slice(),
        _ => &[],
    };
    let facts = (facts, &method.among, body_rules, method.timeouts);
    add(path.clone(), item("the method", &call, &facts, &method.docs));
    inner.into_iter().for_each(|(path, item)| add(path, item));
    answers(api, &path, method, add);
    errors(api, &path, method, add);
}

/// The guard, with the methods that it fills its ids into.
fn transaction(group: &Group, transaction: &Transaction, add: &mut impl FnMut(String, Item)) {
    let name = |index: usize| group.methods[index].ident.as_str();
    let (open, commit) = (name(transaction.open), name(transaction.commit));
    let path = format!("{}::{}", group.ident, transaction.type_name);
    let docs = Docs::default();
    let by = format!("guard by {open} and {commit}");
    add(path.clone(), item("the transaction", &by, &(&transaction.id, &transaction.at), &docs));
    for inside in &transaction.inside {
        let method = name(inside.method);
        add(format!("{path}::{method}"), item("the method of the transaction", method, &"", &docs));
    }
}

/// One of several bodies, and what becomes it by itself.
fn alternatives(
    api: &Api,
    path: &str,
    alternatives: &[Alternative],
    add: &mut impl FnMut(String, Item),
) {
    let held = |one: &Alternative| match &one.body {
        Body::Value { media: Media::Bytes(_), .. } => "Upload".to_owned(),
        Body::Value { ty, .. } => rust(api, ty),
        Body::Members { .. } | Body::Any { .. } => one.holder.clone(),
    };
    for one in alternatives {
        let (path, ty) = (format!("{path}::body::{}", one.ident), held(one));
        let wire = match &one.body {
            Body::Value { ty, .. } => wire(api, ty),
            Body::Members { .. } | Body::Any { .. } => String::new(),
        };
        let facts = (one.body.media(), wire);
        let shown = if one.boxed { format!("Box<{ty}>") } else { ty.clone() };
        add(path.clone(), item("the alternative", &shown, &facts, &Docs::default()));
        if alternatives.iter().filter(|other| held(other) == ty).count() == 1 {
            add(format!("{path}::from"), item("the conversion", &ty, &"", &Docs::default()));
        }
        if let Body::Members { fields: list, .. } = &one.body {
            fields(api, &path, list, true, add);
        }
    }
}

fn outcome(api: &Api, method: &Method) -> String {
    match &method.outcome {
        Outcome::Nothing => "()".to_owned(),
        Outcome::Value(value) => handed_out(api, value),
        Outcome::Optional { value, .. } => format!("Option<{}>", handed_out(api, value)),
        Outcome::Several { ident, .. } => ident.clone(),
    }
}

fn handed_out(api: &Api, value: &Value) -> String {
    let ty = rust(api, &value.ty);
    let ty = match &value.content {
        Content::Events { .. } => format!("Vec<Event<{ty}>>"),
        Content::Lines => format!("Vec<{ty}>"),
        _ => ty,
    };
    if value.first { format!("Option<{ty}>") } else { ty }
}

/// The kinds of a method's answers, if it has several.
fn answers(api: &Api, path: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let Outcome::Several { variants, .. } = &method.outcome else { return };
    for AnswerVariant { ident, statuses, value, boxed } in variants {
        let held = value.as_ref().map(|value| handed_out(api, value)).unwrap_or_default();
        let held = if *boxed { format!("Box<{held}>") } else { held };
        let facts = (statuses, value.as_ref().map(|value| &value.content));
        let found = item("the kind of answer", &held, &facts, &Docs::default());
        add(format!("{path}::answer::{ident}"), found);
    }
}

fn errors(api: &Api, path: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let docs = Docs::default();
    let (rust, variants, xml) = match &method.errors {
        Errors::Undeclared => ("nothing declared".to_owned(), &[][..], false),
        Errors::One { model, xml, .. } => (types::model(api, *model), &[][..], *xml),
        Errors::Enum { ident, variants } => (ident.clone(), variants.as_slice(), false),
    };
    add(format!("{path}::error"), item("the error", &rust, &xml, &docs));
    for variant in variants {
        let body = match variant.holds {
            Holds::Nothing => String::new(),
            Holds::Model(id) | Holds::Xml(id) => types::model(api, id),
            Holds::Text => "String".to_owned(),
        };
        let facts = (&variant.statuses, matches!(variant.holds, Holds::Xml(_)));
        let found = item("the variant", &body, &facts, &docs);
        add(format!("{path}::error::{}", variant.ident), found);
    }
}

fn item(what: &'static str, rust: &str, wire: &impl std::fmt::Debug, docs: &Docs) -> Item {
    Item {
        what,
        rust: rust.to_owned(),
        wire: facts::of(wire),
        docs: format!("{docs:?}"),
        deprecated: docs.deprecated.is_some(),
        added: Bump::Minor,
    }
}
