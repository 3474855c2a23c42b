//! `default:` of members and parameters against their types.

use std::collections::BTreeMap;

use super::scalar::{expectation, fits};
use crate::ast::{self, FieldItem, Member, Specification};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Api, Body, EnumWire, Field, Method, Model, ModelKind, Parameter, Place, Scalar, Type,
};
use crate::parse::shown;
use crate::source::Span;

/// The members of models.
pub(super) fn models(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let by_place: BTreeMap<Span, &Model> =
        api.models.iter().map(|model| (model.span, model)).collect();
    for source in &specification.models {
        let ast::ModelKind::Object(items) = &source.kind else { continue };
        let Some(model) = by_place.get(&source.name.span) else { continue };
        let ModelKind::Object(object) = &model.kind else { continue };
        own(items, &object.fields, api, diagnostics);
    }
}

/// The parameters of the client.
pub(super) fn client(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let parameters = &specification.parameters;
    let places = [
        (Place::Path, &parameters.path),
        (Place::Query, &parameters.query),
        (Place::Header, &parameters.headers),
        (Place::Cookie, &parameters.cookies),
    ];
    for (place, members) in places {
        let declared = api.parameters.iter().map(|one| &one.parameter);
        let types = types(declared.filter(|parameter| parameter.place == place));
        for member in members.iter().filter(|member| member.default.is_some()) {
            if let Some(ty) = types.get(member.wire.value.as_str()) {
                check(member, ty, api, diagnostics);
            }
        }
    }
}

/// The parameters of a method, and the members of its body.
pub(super) fn method(
    source: &ast::Method,
    method: &Method,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let places = [
        (Place::Path, &source.path),
        (Place::Query, &source.query),
        (Place::Header, &source.headers),
        (Place::Cookie, &source.cookies),
    ];
    for (place, items) in places {
        let declared = method.parameters.iter();
        let types = types(declared.filter(|parameter| parameter.place == place));
        for member in members(items).filter(|member| member.default.is_some()) {
            if let Some(ty) = types.get(member.wire.value.as_str()) {
                check(member, ty, api, diagnostics);
            }
        }
    }
    if let (Some(source), Some(lowered)) = (&source.body, &method.body) {
        body(source, lowered, api, diagnostics);
    }
}

/// The types of parameters by their names.
fn types<'a>(parameters: impl Iterator<Item = &'a Parameter>) -> BTreeMap<&'a str, &'a Type> {
    parameters.map(|parameter| (parameter.wire.as_str(), &parameter.ty)).collect()
}

fn body(source: &ast::Body, lowered: &Body, api: &Api, diagnostics: &mut Diagnostics) {
    match (source, lowered) {
        (ast::Body::Members { items, .. }, Body::Members { fields, .. }) => {
            own(items, fields, api, diagnostics);
        }
        (ast::Body::Any { alternatives, .. }, Body::Any { alternatives: lowered, .. }) => {
            for (source, lowered) in alternatives.iter().zip(lowered) {
                body(&source.body, &lowered.body, api, diagnostics);
            }
        }
        _ => {}
    }
}

/// The members that are declared here, with the fields that they became.
fn own(items: &[FieldItem], fields: &[Field], api: &Api, diagnostics: &mut Diagnostics) {
    let by_name: BTreeMap<&str, &Field> =
        fields.iter().map(|field| (field.wire.as_str(), field)).collect();
    for member in members(items).filter(|member| member.default.is_some()) {
        if let Some(field) = by_name.get(member.wire.value.as_str()) {
            check(member, &field.ty, api, diagnostics);
        }
    }
}

/// Those that are declared here, not those that come from elsewhere.
fn members(items: &[FieldItem]) -> impl Iterator<Item = &Member> {
    items.iter().filter_map(|item| match item {
        FieldItem::Member(member) => Some(&**member),
        FieldItem::Spread(_) => None,
    })
}

/// A truth value as other languages write it.
fn truth(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => "true",
        "false" | "no" | "off" | "0" => "false",
        _ => return None,
    })
}

fn check(member: &Member, ty: &Type, api: &Api, diagnostics: &mut Diagnostics) {
    let Some(default) = &member.default else { return };
    let text = default.value.as_str();
    let wrong = |expected: String| {
        Diagnostic::error(
            &codes::BAD_DEFAULT,
            default.span,
            format!(
                "the default `{}` of `{}` is of another type",
                shown(text),
                shown(&member.wire.value)
            ),
        )
        .label(format!("expected {expected}"))
        .related(member.ty.span, "the type")
        .help("what is no value of the type is said in `doc`")
    };
    let beyond = member.ty.limits().and_then(|limits| limits.broken_by(ty.size_of(text)?));
    if let Some(beyond) = beyond {
        let name = shown(&member.wire.value);
        let message = format!("the default `{}` of `{name}` is {beyond}", shown(text));
        diagnostics.push(
            Diagnostic::error(&codes::BAD_DEFAULT, default.span, message)
                .related(member.ty.span, "the type")
                .help("correct the value, or the limits of the type"),
        );
        return;
    }
    match ty {
        Type::Scalar(Scalar::File) => diagnostics.push(
            Diagnostic::error(
                &codes::BAD_DEFAULT,
                default.span,
                format!("the file `{}` has a default", shown(&member.wire.value)),
            )
            .help("say in `doc` what the service assumes without it"),
        ),
        // Whether it was quoted means nothing here.
        Type::Scalar(scalar) if !fits(text, true, *scalar) => {
            let found = wrong(expectation(*scalar).to_owned());
            let meant = truth(text).filter(|_| *scalar == Scalar::Boolean);
            diagnostics.push(match meant {
                Some(meant) => {
                    found.help(format!("did you mean `{meant}`?")).patch(default.span, meant)
                }
                None => found,
            });
        }
        Type::Nullable(inner) if text != "null" => check(member, inner, api, diagnostics),
        Type::Model(id) => match &api.model(*id).kind {
            ModelKind::Newtype(newtype) => {
                let scalar = newtype.of.scalar();
                if !fits(text, true, scalar) {
                    diagnostics.push(wrong(expectation(scalar).to_owned()));
                }
            }
            ModelKind::Enum(values) => {
                let known = values.variants.iter().any(|variant| {
                    variant.wire == text
                        || variant.also.iter().any(|also| also == text)
                        || values.wire != EnumWire::Texts && variant.wire_name == text
                });
                if !known {
                    let diagnostic = wrong(format!("a value of `{}`", shown(&api.model(*id).name)));
                    let wires = values.variants.iter().map(|variant| variant.wire.as_str());
                    diagnostics.push(match diagnostics.nearest(text, wires) {
                        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                        None => diagnostic,
                    });
                }
            }
            ModelKind::Alias(inner) => check(member, inner, api, diagnostics),
            ModelKind::Object(_) | ModelKind::Union(_) => {}
        },
        _ => {}
    }
}
