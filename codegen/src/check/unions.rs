//! Whether the variants of unions can be told apart.

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Api, Model, ModelKind, NewtypeOf, Object, Presence, Scalar, Type, Union, UnionForm,
    UnionVariant,
};

/// Checks every union.
pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    for model in &api.models {
        let ModelKind::Union(union) = &model.kind else { continue };
        match &union.form {
            UnionForm::Tagged { tag, content: None } => tagged(model, union, tag, api, diagnostics),
            UnionForm::Tagged { .. } | UnionForm::Keyed => {}
            // What is only sent need not be told apart when it is read.
            UnionForm::Untagged if model.reach.request && !model.reach.answer => {}
            UnionForm::Untagged => untagged(model, union, api, diagnostics),
        }
    }
}

/// A tag beside the members of a variant needs a variant with members, and none of its name.
fn tagged(model: &Model, union: &Union, tag: &str, api: &Api, diagnostics: &mut Diagnostics) {
    let mut bare: Option<Diagnostic> = None;
    for variant in &union.variants {
        match object(&variant.ty, api) {
            None if shape(&variant.ty, api) == Shape::Unknown => {}
            // However many there are, it is one key that is missing.
            None if let Some(first) = bare.take() => {
                bare = Some(first.related(variant.span, "nor has this one"));
            }
            None => {
                bare = Some(
                    Diagnostic::error(
                        &codes::UNION_VARIANT,
                        variant.span,
                        format!(
                            "the variant `{}` of `{}` has no members",
                            variant.wire, model.name
                        ),
                    )
                    .label("the tag could not stand beside it")
                    .help("name the member that holds it: `content: data`"),
                );
            }
            Some(object) => {
                if let Some(field) = object.fields.iter().find(|field| field.wire == tag) {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::UNION_VARIANT,
                            field.span,
                            format!("the tag `{tag}` belongs to the union `{}`", model.name),
                        )
                        .label("leave it out here")
                        .related(variant.span, "a variant because of this")
                        .help("the union reads and writes it, beside the members of each variant"),
                    );
                }
            }
        }
    }
    diagnostics.extend(bare);
}

/// What a value looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Whole,
    Number,
    Boolean,
    List,
    Object,
    Anything,
    /// What it is could not be read.
    Unknown,
}

/// The first variant that fits wins, so that none may fit everything that a later one does.
fn untagged(model: &Model, union: &Union, api: &Api, diagnostics: &mut Diagnostics) {
    for (index, later) in union.variants.iter().enumerate() {
        for earlier in &union.variants[..index] {
            if hides(earlier, later, api) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::UNION_VARIANT,
                        later.span,
                        format!(
                            "`{}` of `{}` would always be read as `{}`",
                            later.wire, model.name, earlier.wire
                        ),
                    )
                    .related(earlier.span, "this one comes first and fits")
                    .help("put the one with more required members first, or use `tag` or `key`"),
                );
                break;
            }
        }
    }
}

fn hides(earlier: &UnionVariant, later: &UnionVariant, api: &Api) -> bool {
    let (first, second) = (shape(&earlier.ty, api), shape(&later.ty, api));
    if first == Shape::Unknown || second == Shape::Unknown {
        return false;
    }
    // A fraction is no whole number, but every whole number is read as a fraction.
    let same = first == second || (first == Shape::Number && second == Shape::Whole);
    if first == Shape::Anything || !same {
        return first == Shape::Anything;
    }
    match (object(&earlier.ty, api), object(&later.ty, api)) {
        (Some(first), Some(second)) => required(first).all(|name| {
            second.fields.iter().any(|field| field.wire == name && is_required(field.presence))
        }),
        // A map need not have what the object requires.
        (Some(first), None) => required(first).next().is_none(),
        _ => true,
    }
}

/// Whether there may be a value that is read as either of the types.
pub(crate) fn may_both_fit(one: &Type, other: &Type, api: &Api) -> bool {
    let shapes = [shape(one, api), shape(other, api)];
    match shapes {
        _ if shapes.contains(&Shape::Unknown) => false,
        _ if shapes.contains(&Shape::Anything) => true,
        [Shape::Number, Shape::Whole] | [Shape::Whole, Shape::Number] => true,
        [one, other] => one == other,
    }
}

fn is_required(presence: Presence) -> bool {
    matches!(presence, Presence::Required | Presence::Nullable)
}

fn required(object: &Object) -> impl Iterator<Item = &str> {
    object
        .fields
        .iter()
        .filter(|field| is_required(field.presence))
        .map(|field| field.wire.as_str())
}

fn shape(ty: &Type, api: &Api) -> Shape {
    match ty {
        Type::List(_) => Shape::List,
        Type::AsText(_) | Type::Csv(_) | Type::Link(_) => Shape::Text,
        Type::Map(_) | Type::Keyed(..) => Shape::Object,
        Type::Nullable(inner) => shape(inner, api),
        Type::Scalar(scalar) => match scalar {
            Scalar::Boolean => Shape::Boolean,
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => Shape::Whole,
            Scalar::Float | Scalar::Double => Shape::Number,
            Scalar::Json => Shape::Anything,
            Scalar::Poisoned => Shape::Unknown,
            _ => Shape::Text,
        },
        Type::Parameter(_) => Shape::Anything,
        Type::Model(id) => match &api.model(*id).kind {
            ModelKind::Object(_) => Shape::Object,
            ModelKind::Enum(values) if values.wire == crate::ir::EnumWire::Numbers => Shape::Whole,
            ModelKind::Enum(_) => Shape::Text,
            ModelKind::Newtype(newtype) if newtype.of == NewtypeOf::Text => Shape::Text,
            ModelKind::Newtype(_) => Shape::Whole,
            ModelKind::Alias(ty) => shape(ty, api),
            // A union keeps what it does not know, so that it fits everything.
            ModelKind::Union(_) => Shape::Anything,
        },
    }
}

fn object<'a>(ty: &Type, api: &'a Api) -> Option<&'a Object> {
    match ty {
        Type::Model(id) => match &api.model(*id).kind {
            ModelKind::Object(object) => Some(object),
            ModelKind::Alias(ty) => object(ty, api),
            _ => None,
        },
        _ => None,
    }
}
