//! What follows from the model as a whole: what can be reached from where, and which names are types.

use super::models::Registry;
use super::recursion;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Body, Errors, Group, Model, ModelId, ModelKind, Outcome, Type};
use crate::parse::shown;

/// Settles reach, presence, boxes and which models become types.
pub(super) fn settle(
    models: &mut [Model],
    groups: &[Group],
    registry: &Registry<'_>,
    diagnostics: &mut Diagnostics,
) {
    reach(models, groups);
    for (index, model) in models.iter_mut().enumerate() {
        let id = ModelId(index);
        model.emitted = !registry.only_spread(id);
        if let ModelKind::Object(object) = &mut model.kind
            && !model.reach.request
        {
            for (field, value) in object.fields.iter_mut().enumerate() {
                if let Some(presence) = registry.answer_presence.get(&(id, field)) {
                    value.presence = *presence;
                }
            }
        }
    }
    aliases(models, diagnostics);
    recursion::settle(models, diagnostics);
}

/// From where a model is looked at.
#[derive(Clone, Copy)]
enum From {
    Request,
    Answer,
    Error,
}

fn reach(models: &mut [Model], groups: &[Group]) {
    for method in groups.iter().flat_map(|group| &group.methods) {
        for parameter in &method.parameters {
            visit_type(&parameter.ty, From::Request, models);
        }
        match &method.body {
            Some(Body::Value { ty, .. }) => visit_type(ty, From::Request, models),
            Some(Body::Members(fields)) => {
                fields.iter().for_each(|field| visit_type(&field.ty, From::Request, models));
            }
            None => {}
        }
        match &method.outcome {
            Outcome::Value(value) | Outcome::Optional { value, .. } => {
                visit_type(&value.ty, From::Answer, models);
            }
            Outcome::Nothing => {}
        }
        let errors: Vec<ModelId> = match &method.errors {
            Errors::Undeclared => Vec::new(),
            Errors::One { model, .. } => vec![*model],
            Errors::Enum { variants, .. } => {
                variants.iter().filter_map(|variant| variant.model).collect()
            }
        };
        for id in errors {
            visit(id, From::Answer, models);
            visit(id, From::Error, models);
        }
    }
}

fn visit_type(ty: &Type, from: From, models: &mut [Model]) {
    match ty {
        Type::Scalar(_) => {}
        Type::Model(id) => visit(*id, from, models),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            visit_type(inner, from, models);
        }
    }
}

fn visit(id: ModelId, from: From, models: &mut [Model]) {
    let model = &mut models[id.0];
    let mark = match from {
        From::Request => &mut model.reach.request,
        From::Answer => &mut model.reach.answer,
        From::Error => &mut model.reach.error,
    };
    if std::mem::replace(mark, true) {
        return;
    }
    let next: Vec<Type> = match (&model.kind, from) {
        // An error shows the message of the member that says what went wrong, nothing else.
        (ModelKind::Object(object), From::Error) => {
            object.message.iter().map(|&index| object.fields[index].ty.clone()).collect()
        }
        (ModelKind::Object(object), _) => {
            object.fields.iter().map(|field| field.ty.clone()).collect()
        }
        (ModelKind::Alias(ty), _) => vec![ty.clone()],
        (ModelKind::Union(union), _) => {
            union.variants.iter().map(|variant| variant.ty.clone()).collect()
        }
        (ModelKind::Enum(_) | ModelKind::Newtype(_), _) => Vec::new(),
    };
    for ty in &next {
        visit_type(ty, from, models);
    }
}

/// Refuses names for types that in the end only name themselves.
fn aliases(models: &mut [Model], diagnostics: &mut Diagnostics) {
    for index in 0..models.len() {
        let mut next = alias_target(&models[index]);
        let mut steps = 0;
        while let Some(id) = next {
            // It leads into a circle that is not its own.
            if id.0 != index && steps > models.len() {
                break;
            }
            if id.0 == index {
                let model = &mut models[index];
                diagnostics.push(
                    Diagnostic::error(
                        &codes::ALIAS_CYCLE,
                        model.span,
                        format!("`{}` is another name for itself", shown(&model.name)),
                    )
                    .help("an alias has to end at a scalar or at a model with members"),
                );
                model.kind = ModelKind::Alias(super::types::POISONED);
                break;
            }
            steps += 1;
            next = alias_target(&models[id.0]);
        }
    }
}

fn alias_target(model: &Model) -> Option<ModelId> {
    fn target(ty: &Type) -> Option<ModelId> {
        match ty {
            Type::Model(id) => Some(*id),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => target(inner),
            Type::Scalar(_) => None,
        }
    }
    match &model.kind {
        ModelKind::Alias(ty) => target(ty),
        _ => None,
    }
}
