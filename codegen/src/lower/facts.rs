//! What follows from the model as a whole: what can be reached from where, and which names are types.

use super::models::Registry;
use super::recursion;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Body, ClaimValue, ClientParameter, Content, Deliveries, Errors, Field, Group, Holds, Media,
    Model, ModelId, ModelKind, Presence, Scheme, SchemeKind, Type,
};
use crate::parse::shown;

/// Settles reach, presence, boxes and which models become types.
pub(super) fn settle(
    models: &mut [Model],
    groups: &[Group],
    schemes: &[Scheme],
    deliveries: Option<&mut Deliveries>,
    registry: &Registry<'_>,
    diagnostics: &mut Diagnostics,
) {
    reach(models, groups);
    reach_of_tokens(models, schemes);
    if let Some(deliveries) = &deliveries {
        for ty in deliveries.types() {
            visit_type(ty, From::Answer, models);
        }
    }
    share(models, |model| model.reach, |model, reach| model.reach = model.reach.or(reach));
    for (index, model) in models.iter_mut().enumerate() {
        let id = registry.declared(ModelId(index));
        model.emitted = model.given.is_none() && !registry.only_spread(id);
        let ModelKind::Object(object) = &mut model.kind else { continue };
        for (index, field) in object.fields.iter_mut().enumerate() {
            if !model.reach.request {
                let answer = registry.answer_presence.get(&(id, index));
                field.presence = answer.copied().unwrap_or(field.presence);
            } else if field.write && model.reach.answer {
                field.presence = match field.presence {
                    Presence::Required => Presence::WriteOnly,
                    Presence::Nullable => Presence::WriteNullable,
                    other => other,
                };
            }
        }
    }
    models.iter_mut().for_each(leave_out_only_read);
    aliases(models, diagnostics);
    recursion::settle(models, diagnostics);
    share(models, boxes, set_boxes);
    if let Some(deliveries) = deliveries {
        recursion::box_events(deliveries, models);
    }
}

/// What only answers have is no field of what is only sent.
fn leave_out_only_read(model: &mut Model) {
    let ModelKind::Object(object) = &mut model.kind else { return };
    if !model.reach.request || model.reach.answer {
        return;
    }
    let message = object.message.map(|index| object.fields[index].ident.clone());
    let is_only_read = |field: &mut Field| field.presence == Presence::ReadOnly;
    object.only_read = object.fields.extract_if(.., is_only_read).collect();
    let position = |name| object.fields.iter().position(|field| field.ident == name);
    object.message = message.and_then(position);
}

/// Makes something the same for a model that leaves types open and for all that it is with types given to it,
/// since they are one type in Rust.
fn share<F>(models: &mut [Model], of: impl Fn(&Model) -> F, add: impl Fn(&mut Model, F)) {
    let pairs: Vec<(usize, usize)> = models
        .iter()
        .enumerate()
        .filter_map(|(index, model)| Some((index, model.given.as_ref()?.model.0)))
        .collect();
    let both = pairs.iter().copied();
    for (from, to) in both.clone().chain(both.map(|(given, declared)| (declared, given))) {
        let facts = of(&models[from]);
        add(&mut models[to], facts);
    }
}

/// Which fields are boxed.
fn boxes(model: &Model) -> Vec<bool> {
    match &model.kind {
        ModelKind::Object(object) => object.fields.iter().map(|field| field.boxed).collect(),
        _ => Vec::new(),
    }
}

fn set_boxes(model: &mut Model, boxes: Vec<bool>) {
    if let ModelKind::Object(object) = &mut model.kind {
        object.fields.iter_mut().zip(boxes).for_each(|(field, boxed)| field.boxed |= boxed);
    }
}

/// From where a model is looked at.
#[derive(Clone, Copy)]
enum From {
    Request,
    Answer,
    Error,
    Xml,
}

fn reach(models: &mut [Model], groups: &[Group]) {
    for method in groups.iter().flat_map(|group| &group.methods) {
        for parameter in &method.parameters {
            visit_type(&parameter.ty, From::Request, models);
        }
        for body in method.body.iter().flat_map(Body::each) {
            for ty in body.types() {
                visit_type(ty, From::Request, models);
                if body.media() == Some(&Media::Xml) {
                    visit_type(ty, From::Xml, models);
                }
            }
        }
        for value in method.outcome.values() {
            visit_type(&value.ty, From::Answer, models);
            if value.content == Content::Xml {
                visit_type(&value.ty, From::Xml, models);
            }
        }
        let errors: Vec<Holds> = match &method.errors {
            Errors::Undeclared => Vec::new(),
            Errors::One { model, xml: true, .. } => vec![Holds::Xml(*model)],
            Errors::One { model, xml: false, .. } => vec![Holds::Model(*model)],
            Errors::Enum { variants, .. } => variants.iter().map(|variant| variant.holds).collect(),
        };
        for holds in errors {
            let Some(id) = holds.model() else { continue };
            visit(id, From::Answer, models);
            visit(id, From::Error, models);
            if matches!(holds, Holds::Xml(_)) {
                visit(id, From::Xml, models);
            }
        }
    }
}

/// What apps give to the builder for all calls.
pub(super) fn reach_of_parameters(models: &mut [Model], parameters: &[ClientParameter]) {
    for one in parameters {
        visit_type(&one.parameter.ty, From::Request, models);
    }
}

/// What apps give to the builder for their tokens, and what token endpoints answer.
fn reach_of_tokens(models: &mut [Model], schemes: &[Scheme]) {
    for scheme in schemes {
        match &scheme.kind {
            SchemeKind::Jwt { claims, .. } => {
                for claim in claims {
                    if let ClaimValue::Argument { ty, .. } = &claim.value {
                        visit_type(ty, From::Request, models);
                    }
                }
            }
            SchemeKind::OAuth2(oauth) => {
                if let Some(id) = oauth.token {
                    visit(id, From::Answer, models);
                }
            }
            _ => {}
        }
    }
}

fn visit_type(ty: &Type, from: From, models: &mut [Model]) {
    for id in ty.models() {
        visit(id, from, models);
    }
}

fn visit(id: ModelId, from: From, models: &mut [Model]) {
    // Not by recursion: nobody limits how far models lead.
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let model = &mut models[id.0];
        let mark = match from {
            From::Request => &mut model.reach.request,
            From::Answer => &mut model.reach.answer,
            From::Error => &mut model.reach.error,
            From::Xml => &mut model.reach.xml,
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        match (&model.kind, from) {
            // An error shows the message of the member that says what went wrong, nothing else.
            (ModelKind::Object(object), From::Error) => {
                open.extend(object.message.and_then(|index| object.fields[index].ty.model()));
            }
            (ModelKind::Object(object), _) => {
                let is_sent = |field: &&Field| field.presence != Presence::ReadOnly;
                let request = matches!(from, From::Request);
                let fields = object.fields.iter().filter(|it| !request || is_sent(it));
                open.extend(fields.flat_map(|field| field.ty.models()));
            }
            (ModelKind::Alias(ty), _) => open.extend(ty.models()),
            (ModelKind::Union(union), _) => {
                open.extend(union.variants.iter().flat_map(|variant| variant.ty.models()));
            }
            (ModelKind::Enum(_) | ModelKind::Newtype(_), _) => {}
        }
    }
}

/// Names for names for names; later stages follow them by recursion.
const LONGEST: usize = 64;

/// Refuses names for types that in the end only name themselves.
fn aliases(models: &mut [Model], diagnostics: &mut Diagnostics) {
    for index in 0..models.len() {
        let mut next = alias_target(&models[index]);
        let mut seen = Vec::new();
        while let Some(id) = next {
            let name = shown(&models[index].name);
            let message = if id.0 == index {
                format!("`{name}` is another name for itself")
            } else if seen.contains(&id) {
                // It leads into a circle that is not its own.
                break;
            } else if seen.len() == LONGEST {
                format!("`{name}` is a name for a name more than {LONGEST} times")
            } else {
                seen.push(id);
                next = alias_target(&models[id.0]);
                continue;
            };
            let model = &mut models[index];
            diagnostics.push(
                Diagnostic::error(&codes::ALIAS_CYCLE, model.span, message)
                    .help("an alias has to end at a scalar or at a model with members"),
            );
            model.kind = ModelKind::Alias(super::types::POISONED);
            break;
        }
    }
}

fn alias_target(model: &Model) -> Option<ModelId> {
    match &model.kind {
        ModelKind::Alias(ty) => ty.model(),
        _ => None,
    }
}
