//! Models that contain themselves, and variants that are much larger than others: both are boxed.

use std::collections::BTreeSet;

use super::components::Components;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Body, Content, Deliveries, Errors, Events, Field, Group, Model, ModelId, ModelKind, Object,
    Outcome, Presence, Scalar, Type, Value,
};
use crate::parse::shown;
use crate::source::Span;

/// From this size, in bytes, a variant of a union is boxed, so that small ones stay small.
const LARGE: usize = 160;

/// On circles of more models than this, whatever holds another one is boxed, without a search for those that
/// need it.
const MANY: usize = 500;

/// Boxes what has to be, and refuses models whose values never end.
pub(super) fn settle(models: &mut [Model], diagnostics: &mut Diagnostics) {
    // Whether they are required is what has to change.
    for (index, field) in endless(models, diagnostics) {
        if let ModelKind::Object(object) = &mut models[index].kind {
            object.fields.iter_mut().filter(|it| it.span == field).for_each(|it| it.unsure = true);
        }
    }
    let components = Components::new(models.len(), |index| holds(&models[index], models));
    let circular = |target: ModelId, wanted: usize, models: &[Model]| {
        components.together(target.0, wanted)
            && (components.size(wanted) > MANY || contains(target, ModelId(wanted), models))
    };
    // Variants first: a circle through a boxed variant needs no second box.
    for union in 0..models.len() {
        let boxed: Vec<usize> = match &models[union].kind {
            ModelKind::Union(found) => found
                .variants
                .iter()
                .enumerate()
                .filter(|(_, variant)| {
                    held(&variant.ty, models).is_some_and(|target| circular(target, union, models))
                })
                .map(|(index, _)| index)
                .collect(),
            _ => continue,
        };
        box_variants(&mut models[union], &boxed);
    }
    for object in 0..models.len() {
        let boxed: Vec<usize> = match &models[object].kind {
            ModelKind::Object(found) => found
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| {
                    held(&field.ty, models).is_some_and(|target| circular(target, object, models))
                })
                .map(|(index, _)| index)
                .collect(),
            _ => continue,
        };
        if let ModelKind::Object(object) = &mut models[object].kind {
            boxed.iter().for_each(|&index| object.fields[index].boxed = true);
        }
    }
    let mut sizes = vec![None; models.len()];
    for union in 0..models.len() {
        let large: Vec<usize> = match &models[union].kind {
            ModelKind::Union(found) => found
                .variants
                .iter()
                .enumerate()
                .filter(|(_, variant)| size(&variant.ty, models, &mut sizes) > LARGE)
                .map(|(index, _)| index)
                .collect(),
            _ => continue,
        };
        box_variants(&mut models[union], &large);
    }
}

/// Boxes what large events hold.
pub(super) fn box_events(deliveries: &mut Deliveries, models: &[Model]) {
    let Events::Named { variants, .. } = &mut deliveries.events else { return };
    let mut sizes = vec![None; models.len()];
    for variant in variants {
        let large = |ty: &Type| size(ty, models, &mut sizes) > LARGE;
        variant.boxed = variant.ty.as_ref().is_some_and(large);
    }
}

/// Boxes what large bodies and answers hold, where they are one of several.
pub(super) fn box_alternatives(groups: &mut [Group], models: &[Model]) {
    let mut sizes = vec![None; models.len()];
    for method in groups.iter_mut().flat_map(|group| &mut group.methods) {
        if let Some(Body::Any { alternatives, .. }) = &mut method.body {
            for one in alternatives {
                let types = one.body.types().into_iter();
                let all: usize = types.map(|ty| size(ty, models, &mut sizes)).sum();
                one.boxed = all > LARGE;
            }
        }
        if let Outcome::Several { variants, .. } = &mut method.outcome {
            for variant in variants {
                let whole = |value: &&Value| {
                    !value.first && matches!(value.content, Content::Json | Content::Xml)
                };
                let value = variant.value.as_ref().filter(whole);
                variant.boxed =
                    value.is_some_and(|value| size(&value.ty, models, &mut sizes) > LARGE);
            }
        }
    }
}

/// Notes where a variant of an enum of errors is much larger than all others.
pub(super) fn note_uneven(groups: &mut [Group], models: &[Model]) {
    let mut sizes = vec![None; models.len()];
    for method in groups.iter_mut().flat_map(|group| &mut group.methods) {
        if let Errors::Enum { variants, .. } = &method.errors {
            let held = variants.iter().map(|variant| match variant.holds.model() {
                Some(model) => size(&Type::Model(model), models, &mut sizes),
                None => 0,
            });
            let mut held: Vec<usize> = held.collect();
            held.sort_unstable();
            let far = |[second, largest]: &[usize; 2]| largest - second > LARGE;
            method.uneven_errors = held.last_chunk::<2>().is_some_and(far);
        }
    }
}

fn box_variants(model: &mut Model, indices: &[usize]) {
    if let ModelKind::Union(union) = &mut model.kind {
        indices.iter().for_each(|&index| union.variants[index].boxed = true);
    }
}

/// So many members of a circle are shown.
const SHOWN: usize = 20;

/// Reports objects that always hold another of themselves, each circle once: their models, and where the members are.
fn endless(models: &[Model], diagnostics: &mut Diagnostics) -> Vec<(usize, Span)> {
    let mut members = Vec::new();
    let mut reported = vec![false; models.len()];
    // Members of models that leave types open stand here more than once.
    let mut places: BTreeSet<Span> = BTreeSet::new();
    let required = |index: usize| match &models[index].kind {
        ModelKind::Object(object) => always_held(object, models).map(|(id, _)| id.0).collect(),
        _ => Vec::new(),
    };
    let components = Components::new(models.len(), required);
    for (index, model) in models.iter().enumerate() {
        let ModelKind::Object(object) = &model.kind else { continue };
        for (target, field) in always_held(object, models) {
            if reported[index] || !components.together(target.0, index) {
                continue;
            }
            let Some(circle) = circle(target, ModelId(index), models) else { continue };
            reported[index] = true;
            if !places.insert(field.span) {
                continue;
            }
            let mut diagnostic = Diagnostic::error(
                &codes::ENDLESS_RECURSION,
                field.span,
                format!(
                    "`{}` always contains another `{}`",
                    shown(&field.wire),
                    shown(&model.name)
                ),
            )
            .label("a value would never end")
            .help("make a member of the circle optional, or a list");
            members.push((index, field.span));
            members.extend(circle.iter().map(|(id, span)| (id.0, *span)));
            let more = circle.len().saturating_sub(SHOWN);
            for (index, (id, span)) in circle.into_iter().enumerate() {
                reported[id.0] = true;
                if index < SHOWN {
                    diagnostic = diagnostic.related(span, "because of this member, too");
                }
            }
            if more > 0 {
                diagnostic = diagnostic.note(format!("so do {more} more members of this circle"));
            }
            diagnostics.push(diagnostic);
        }
    }
    members
}

/// The objects that every value of an object holds, with the fields that do. One of several types need not be
/// the one that goes on.
fn always_held<'m>(
    object: &'m Object,
    models: &'m [Model],
) -> impl Iterator<Item = (ModelId, &'m Field)> {
    object.fields.iter().filter(|field| field.presence == Presence::Required).filter_map(|field| {
        let id = held(&field.ty, models)?;
        matches!(models[id.0].kind, ModelKind::Object(_)).then_some((id, field))
    })
}

/// The members by which every value of `from` holds one of `wanted`, if there are such.
fn circle(from: ModelId, wanted: ModelId, models: &[Model]) -> Option<Vec<(ModelId, Span)>> {
    let mut came: Vec<Option<(ModelId, Span)>> = vec![None; models.len()];
    let mut seen = vec![false; models.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            let mut path = Vec::new();
            let mut at = id;
            while at != from {
                let (before, span) = came[at.0]?;
                path.push((before, span));
                at = before;
            }
            path.reverse();
            return Some(path);
        }
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        let ModelKind::Object(found) = &models[id.0].kind else { continue };
        for (next, field) in always_held(found, models) {
            if !seen[next.0] && next != from {
                came[next.0] = Some((id, field.span));
                open.push(next);
            }
        }
    }
    None
}

/// The object or union that a value of the type holds in itself; lists and maps hold theirs elsewhere.
fn held(ty: &Type, models: &[Model]) -> Option<ModelId> {
    match ty {
        Type::Model(id) => match &models[id.0].kind {
            ModelKind::Object(_) | ModelKind::Union(_) => Some(*id),
            ModelKind::Alias(ty) => held(ty, models),
            ModelKind::Enum(_) | ModelKind::Newtype(_) => None,
        },
        Type::Nullable(inner) => held(inner, models),
        Type::Scalar(_)
        | Type::Link(_)
        | Type::Parameter(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Keyed(..)
        | Type::AsText(_)
        | Type::Csv(_) => None,
    }
}

/// Whether a value of `from` holds one of `wanted`, not through a box.
fn contains(from: ModelId, wanted: ModelId, models: &[Model]) -> bool {
    let mut seen = vec![false; models.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            return true;
        }
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        open.extend(holds(&models[id.0], models).into_iter().map(ModelId));
    }
    false
}

/// What a value of the model can hold, not through a box.
fn holds(model: &Model, models: &[Model]) -> Vec<usize> {
    let index = |ty: &Type| held(ty, models).map(|id| id.0);
    match &model.kind {
        ModelKind::Object(object) => {
            object.fields.iter().filter_map(|field| index(&field.ty)).collect()
        }
        ModelKind::Union(union) => {
            let variants = union.variants.iter().filter(|variant| !variant.boxed);
            variants.filter_map(|variant| index(&variant.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// About how many bytes a value of the type takes by itself. Circles have been boxed.
fn size(ty: &Type, models: &[Model], sizes: &mut [Option<usize>]) -> usize {
    size_at(ty, models, sizes, 0)
}

fn size_at(ty: &Type, models: &[Model], sizes: &mut [Option<usize>], depth: usize) -> usize {
    // Large enough, and nobody limits how far models lead.
    if depth > 64 {
        return LARGE;
    }
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Boolean => 1,
            Scalar::Int32 | Scalar::Uint32 | Scalar::Float | Scalar::Date => 8,
            Scalar::Int64 | Scalar::Uint64 | Scalar::Double | Scalar::Time => 16,
            Scalar::Json => 32,
            _ => 24,
        },
        Type::List(_)
        | Type::Map(_)
        | Type::Keyed(..)
        | Type::Csv(_)
        | Type::Link(_)
        | Type::Parameter(_) => 24,
        Type::Nullable(inner) | Type::AsText(inner) => size_at(inner, models, sizes, depth + 1),
        Type::Model(id) => {
            if let Some(known) = sizes[id.0] {
                return known;
            }
            // Whatever is still being added up cannot hold itself, but aliases may go in circles.
            sizes[id.0] = Some(8);
            let sum =
                match &models[id.0].kind {
                    ModelKind::Object(object) => object
                        .fields
                        .iter()
                        .map(|field| {
                            if field.boxed {
                                8
                            } else {
                                size_at(&field.ty, models, sizes, depth + 1)
                            }
                        })
                        .sum(),
                    ModelKind::Union(union) => union
                        .variants
                        .iter()
                        .map(|variant| {
                            if variant.boxed {
                                8
                            } else {
                                size_at(&variant.ty, models, sizes, depth + 1)
                            }
                        })
                        .max()
                        .unwrap_or_default()
                        .clamp(32, LARGE),
                    ModelKind::Alias(ty) => size_at(ty, models, sizes, depth + 1),
                    ModelKind::Enum(_) | ModelKind::Newtype(_) => 24,
                };
            sizes[id.0] = Some(sum);
            sum
        }
    }
}
