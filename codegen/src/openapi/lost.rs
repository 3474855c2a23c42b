//! What a specification says and OpenAPI has no words for, beside what is counted where it is left out.

use super::{Lost, schemas, security};
use crate::ir::{
    Api, Body, DateFormat, Deliveries, Docs, Effect, Events, Field, Method, Model, ModelKind, Part,
    Proof, Scalar, SchemeKind, Style, Type,
};

pub(super) fn of(api: &Api, lost: &mut Lost) {
    lost.some(api.sent_again_after().is_some(), "statuses after which a call is sent again");
    lost.some(api.rate_limit.is_some(), "headers with rate limits");
    lost.some(!api.timeouts.is_empty(), "how long calls may take");
    for scheme in &api.schemes {
        credentials(&scheme.kind, lost);
        lost.some(security::is_unusual(scheme), "token endpoints with ways of their own");
    }
    for group in &api.groups {
        docs(&group.docs, lost);
        lost.some(group.transaction.is_some(), "what has to be committed");
        for one in &group.methods {
            method(one, lost);
        }
    }
    for one in schemas::written(api) {
        model(one, lost);
    }
    for one in &api.parameters {
        ty(&one.parameter.ty, lost);
    }
    if let Some(one) = &api.deliveries {
        deliveries(one, lost);
    }
}

/// The names in the provider's own code, and the day on which somebody looked.
fn docs(docs: &Docs, lost: &mut Lost) {
    lost.some(docs.sdk.is_some(), "names in the provider's own SDK");
    let source = docs.source.as_ref();
    lost.some(source.is_some_and(|source| source.checked.is_some()), "when a source was looked at");
    lost.some(source.is_some_and(|source| source.url.is_none()), "sources without an address");
}

fn credentials(kind: &SchemeKind, lost: &mut Lost) {
    let is_fixed = |part: &Part| matches!(part, Part::Fixed(_));
    match kind {
        SchemeKind::Basic { username, password } => {
            lost.some(is_fixed(username) || is_fixed(password), "credentials that every app sends");
        }
        SchemeKind::Bearer { .. } => {}
        SchemeKind::ApiKey { prefix, .. } => {
            lost.some(prefix.is_some(), "what stands before API keys");
        }
        SchemeKind::Jwt { .. } => lost.add("how tokens are signed"),
        SchemeKind::OAuth2(_) => lost.add("how clients prove themselves at token endpoints"),
    }
}

fn method(method: &Method, lost: &mut Lost) {
    docs(&method.docs, lost);
    lost.some(method.paging.is_some(), "how one gets to the next page");
    lost.some(!method.among.is_empty(), "rules about several parameters");
    lost.some(method.retry_on.is_some(), "statuses after which a call is sent again");
    lost.some(!method.timeouts.is_empty(), "how long calls of a method may take");
    lost.some(method.inside.is_some(), "what tells an error inside a success");
    let is_usual = method.effect == Effect::of_verb(method.verb);
    lost.some(!is_usual, "what calls do, where that is not what the verb says");
    lost.some(
        method.idempotency_key.is_some(),
        "that a header is the same when a call is sent again",
    );
    for one in &method.parameters {
        lost.some(one.style == Style::Slash, "that a value keeps its slashes in a path");
        ty(&one.ty, lost);
    }
    for body in method.body.iter().flat_map(Body::each) {
        if let Body::Value { ty, .. } = body {
            self::ty(ty, lost);
        }
    }
    method.body.iter().flat_map(Body::fields).for_each(|one| field(one, lost));
    method.outcome.values().for_each(|value| ty(&value.ty, lost));
}

fn model(model: &Model, lost: &mut Lost) {
    docs(&model.docs, lost);
    lost.some(schemas::has_text_in_xml(model), "texts of elements in XML");
    match &model.kind {
        ModelKind::Object(object) => {
            lost.some(object.message.is_some(), "which member says what went wrong");
            object.fields.iter().for_each(|one| field(one, lost));
        }
        ModelKind::Enum(values) => {
            values.variants.iter().for_each(|one| also(&one.also, lost));
        }
        ModelKind::Union(union) => {
            for one in &union.variants {
                also(&one.also, lost);
                ty(&one.ty, lost);
            }
        }
        ModelKind::Alias(of) => ty(of, lost),
        ModelKind::Newtype(_) => {}
    }
}

fn also(also: &[String], lost: &mut Lost) {
    lost.some(!also.is_empty(), "further texts that mean the same");
}

fn field(field: &Field, lost: &mut Lost) {
    lost.some(!field.also.is_empty(), "further names that are read");
    lost.some(!field.none_when.is_empty(), "values that mean none");
    ty(&field.ty, lost);
}

fn ty(ty: &Type, lost: &mut Lost) {
    match ty {
        Type::Scalar(Scalar::DateTime(forms)) => {
            let is_utc = forms.each().any(|form| form == DateFormat::AssumeUtc);
            lost.some(is_utc, "points in time without a zone that are meant as UTC");
        }
        Type::Link(_) => lost.add("the methods that links lead to"),
        Type::Csv(item) => {
            lost.add("what is in lists that travel in one text");
            self::ty(item, lost);
        }
        Type::Keyed(key, value) => {
            lost.some(!matches!(**key, Type::Scalar(Scalar::String)), "what the keys of a map are");
            self::ty(value, lost);
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::AsText(inner) => {
            self::ty(inner, lost);
        }
        Type::Scalar(_) | Type::Model(_) | Type::Parameter(_) => {}
    }
}

fn deliveries(deliveries: &Deliveries, lost: &mut Lost) {
    docs(&deliveries.docs, lost);
    lost.add("where the name of an event stands");
    lost.some(!matches!(deliveries.proof, Proof::Nothing), "signatures of deliveries");
    lost.some(deliveries.id.is_some(), "what is the same when an event is delivered again");
    lost.some(deliveries.ping.is_some(), "deliveries that only ask whether anybody is there");
    lost.some(deliveries.list.is_some(), "several events in a delivery");
    let envelope = deliveries.list.as_ref().and_then(|list| list.envelope.as_ref());
    lost.some(envelope.is_some(), "what stands around several events");
    if let Events::Named { variants, .. } = &deliveries.events {
        variants.iter().for_each(|one| also(&one.also, lost));
    }
}
