//! The items of a method, and of a group's transactions.

use super::{argument, boxed, conversion, fields, item};
use crate::diff::call::{Argument, Call};
use crate::diff::facts::{self, Facts};
use crate::diff::types::{self, field, rust};
use crate::diff::{Bump, Item};
use crate::ir::{
    Alternative, Api, Body, Content, Docs, Errors, Group, Holds, Media, Method, Outcome,
    Transaction, Type, Value,
};

pub(super) fn method(api: &Api, group: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let path = format!("{group}::{}", method.ident);
    let mut arguments = Vec::new();
    let mut inner = Vec::new();
    for one in &method.parameters {
        let ty = rust(api, &one.ty);
        let mut found = item("the parameter", &ty, facts::parameter(api, one), &one.docs);
        if one.optional {
            found.rust = format!("Option<{ty}>");
        } else {
            let item = format!("{path}::{}", one.ident);
            arguments.push(Argument { item, name: one.ident.clone(), rust: ty });
            found.added = Bump::Major;
        }
        inner.push((format!("{path}::{}", one.ident), found));
    }
    if let Some(sent) = &method.body {
        body(api, &path, sent, &mut arguments, &mut |path, item| inner.push((path, item)));
    }
    let call = Call::new(&method.ident, arguments).gives(&outcome(api, method));
    let found = item("the method", "", facts::method(api, method), &method.docs);
    add(path.clone(), found.called(call));
    let request = item("the request", &method.request, Facts::new(), &Docs::default());
    add(format!("{path}::Request"), request);
    inner.into_iter().for_each(|(path, item)| add(path, item));
    if let Some(paging) = &method.paging {
        let item =
            item("the pages", &rust(api, &paging.item), facts::paging(paging), &Docs::default());
        add(format!("{path}::pages"), item);
    }
    if let Some(value) = method.outcome.streamed() {
        // What it holds is what the method gives.
        let stream = match &value.content {
            Content::Events { .. } => "Events",
            Content::Lines => "Lines",
            Content::Json | Content::Xml | Content::Text(_) | Content::Bytes { .. } => "Download",
        };
        add(format!("{path}::stream"), item("the stream", stream, Facts::new(), &Docs::default()));
    }
    answers(api, &path, method, add);
    errors(api, &path, method, add);
}

/// What is sent, with its place among the arguments if it has to be there.
fn body(
    api: &Api,
    path: &str,
    body: &Body,
    arguments: &mut Vec<Argument>,
    add: &mut impl FnMut(String, Item),
) {
    let shown = match body {
        Body::Value { ty, media, .. } => held(api, ty, media),
        Body::Any { ident, .. } => ident.clone(),
        Body::Members { fields: list, .. } => {
            let required = list.iter().filter(|one| one.presence.is_argument());
            arguments.extend(required.map(|one| argument(path, one, field(api, one))));
            return fields(api, path, list, true, add);
        }
    };
    let mut found = item("the body", &shown, facts::body(api, body), &Docs::default());
    if body.is_optional() {
        found.rust = format!("Option<{shown}>");
    } else {
        let item = format!("{path}::body");
        arguments.push(Argument { item, name: "body".to_owned(), rust: shown });
        found.added = Bump::Major;
    }
    add(format!("{path}::body"), found);
    if let Body::Any { alternatives, .. } = body {
        self::alternatives(api, path, alternatives, add);
    }
}

fn held(api: &Api, ty: &Type, media: &Media) -> String {
    match media {
        Media::Bytes(_) => "Upload".to_owned(),
        Media::Json | Media::Form | Media::Multipart | Media::Xml | Media::Text(_) => rust(api, ty),
    }
}

/// The guard, with the methods that it fills its ids into.
pub(super) fn transaction(
    group: &Group,
    transaction: &Transaction,
    add: &mut impl FnMut(String, Item),
) {
    let name = |index: usize| group.methods[index].ident.as_str();
    let path = format!("{}::{}", group.ident, transaction.type_name);
    let (open, commit) = (name(transaction.open), name(transaction.commit));
    let by = format!("transaction: {{ open: {open}, commit: {commit} }}");
    let guard = item("the transaction", &by, facts::transaction(transaction), &Docs::default());
    add(path.clone(), guard);
    for inside in &transaction.inside {
        let method = name(inside.method);
        let found = item("the method of the transaction", method, Facts::new(), &Docs::default());
        add(format!("{path}::{method}"), found);
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
        Body::Value { ty, media, .. } => held(api, ty, media),
        Body::Members { .. } | Body::Any { .. } => one.holder.clone(),
    };
    let resolved = |one: &Alternative| match &one.body {
        Body::Value { ty, media, .. } => self::held(api, &api.resolved(ty), media),
        _ => held(one),
    };
    for one in alternatives {
        let path = format!("{path}::body::{}", one.ident);
        let shown = boxed(held(one), one.boxed);
        let found = item("the alternative", &shown, facts::alternative(api, one), &Docs::default());
        add(path.clone(), found);
        if alternatives.iter().filter(|other| resolved(other) == resolved(one)).count() == 1 {
            add(format!("{path}::from"), conversion());
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
        Content::Json | Content::Xml | Content::Text(_) | Content::Bytes { .. } => ty,
    };
    if value.first { format!("Option<{ty}>") } else { ty }
}

/// The kinds of a method's answers, if it has several.
fn answers(api: &Api, path: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let Outcome::Several { variants, .. } = &method.outcome else { return };
    let mut found = item("the enum of answers", "", Facts::new(), &Docs::default());
    found.plain = variants.iter().all(|variant| variant.value.is_none());
    add(format!("{path}::Answer"), found);
    for variant in variants {
        let value = variant.value.as_ref();
        let held = value.map(|value| boxed(handed_out(api, value), variant.boxed));
        let facts = facts::answer(api, variant);
        let found = item("the kind of answer", &held.unwrap_or_default(), facts, &Docs::default());
        add(format!("{path}::Answer::{}", variant.ident), found);
    }
}

fn errors(api: &Api, path: &str, method: &Method, add: &mut impl FnMut(String, Item)) {
    let (rust, variants) = match &method.errors {
        Errors::Undeclared => ("nothing declared".to_owned(), &[][..]),
        Errors::One { model, .. } => (types::model(api, *model), &[][..]),
        Errors::Enum { ident, variants } => (ident.clone(), variants.as_slice()),
    };
    let mut found = item("the error", &rust, facts::errors(api, method), &Docs::default());
    found.plain = variants.iter().all(|variant| variant.holds == Holds::Nothing);
    add(format!("{path}::Error"), found);
    for variant in variants {
        let body = match variant.holds {
            Holds::Nothing => String::new(),
            Holds::Model(id) | Holds::Xml(id) => types::model(api, id),
            Holds::Text => "String".to_owned(),
        };
        let found = item("the variant", &body, facts::error(api, variant), &Docs::default());
        add(format!("{path}::Error::{}", variant.ident), found);
    }
}
