//! Models that contain themselves, and variants that are much larger than others: both are boxed.

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Model, ModelId, ModelKind, Presence, Scalar, Type};

/// From this size, in bytes, a variant of a union is boxed, so that small ones stay small.
const LARGE: usize = 160;

/// Boxes what has to be, and refuses models whose values never end.
pub(super) fn settle(models: &mut [Model], diagnostics: &mut Diagnostics) {
    endless(models, diagnostics);
    // Variants first: a circle through a boxed variant needs no second box.
    for union in 0..models.len() {
        let boxed: Vec<usize> = match &models[union].kind {
            ModelKind::Union(found) => found
                .variants
                .iter()
                .enumerate()
                .filter(|(_, variant)| {
                    held(&variant.ty, models)
                        .is_some_and(|target| contains(target, ModelId(union), models, |_| true))
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
                    held(&field.ty, models)
                        .is_some_and(|target| contains(target, ModelId(object), models, |_| true))
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

fn box_variants(model: &mut Model, indices: &[usize]) {
    if let ModelKind::Union(union) = &mut model.kind {
        indices.iter().for_each(|&index| union.variants[index].boxed = true);
    }
}

/// Reports objects that always hold another of themselves.
fn endless(models: &[Model], diagnostics: &mut Diagnostics) {
    let always = |presence| presence == Presence::Required;
    for (index, model) in models.iter().enumerate() {
        let ModelKind::Object(object) = &model.kind else { continue };
        for field in object.fields.iter().filter(|field| always(field.presence)) {
            // One of several types need not be the one that goes on.
            let target = held(&field.ty, models)
                .filter(|id| matches!(models[id.0].kind, ModelKind::Object(_)));
            if target.is_some_and(|target| contains(target, ModelId(index), models, always)) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::ENDLESS_RECURSION,
                        field.span,
                        format!("`{}` always contains another `{}`", field.wire, model.name),
                    )
                    .label("a value would never end")
                    .help("make a member of the circle optional, or a list"),
                );
            }
        }
    }
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
        Type::Scalar(_) | Type::List(_) | Type::Map(_) => None,
    }
}

/// Whether a value of `from` holds one of `wanted`, by fields whose presence `follow` accepts, and not
/// through a box.
fn contains(
    from: ModelId,
    wanted: ModelId,
    models: &[Model],
    follow: impl Fn(Presence) -> bool,
) -> bool {
    let mut seen = vec![false; models.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            return true;
        }
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        match &models[id.0].kind {
            ModelKind::Object(object) => {
                let fields = object.fields.iter().filter(|field| follow(field.presence));
                open.extend(fields.filter_map(|field| held(&field.ty, models)));
            }
            // Always holding one of several types is not always holding this one.
            ModelKind::Union(union) if follow(Presence::Optional) => {
                let variants = union.variants.iter().filter(|variant| !variant.boxed);
                open.extend(variants.filter_map(|variant| held(&variant.ty, models)));
            }
            _ => {}
        }
    }
    false
}

/// About how many bytes a value of the type takes by itself. Circles have been boxed.
fn size(ty: &Type, models: &[Model], sizes: &mut [Option<usize>]) -> usize {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Boolean => 1,
            Scalar::Int32 | Scalar::Uint32 | Scalar::Float | Scalar::Date => 8,
            Scalar::Int64 | Scalar::Uint64 | Scalar::Double | Scalar::Time => 16,
            Scalar::Json => 32,
            _ => 24,
        },
        Type::List(_) | Type::Map(_) => 24,
        Type::Nullable(inner) => size(inner, models, sizes),
        Type::Model(id) => {
            if let Some(known) = sizes[id.0] {
                return known;
            }
            // Whatever is still being added up cannot hold itself, but aliases may go in circles.
            sizes[id.0] = Some(8);
            let sum = match &models[id.0].kind {
                ModelKind::Object(object) => object
                    .fields
                    .iter()
                    .map(|field| if field.boxed { 8 } else { size(&field.ty, models, sizes) })
                    .sum(),
                ModelKind::Union(union) => union
                    .variants
                    .iter()
                    .map(|variant| if variant.boxed { 8 } else { size(&variant.ty, models, sizes) })
                    .max()
                    .unwrap_or_default()
                    .clamp(32, LARGE),
                ModelKind::Alias(ty) => size(ty, models, sizes),
                ModelKind::Enum(_) | ModelKind::Newtype(_) => 24,
            };
            sizes[id.0] = Some(sum);
            sum
        }
    }
}
