//! What stands in what, by names on the wire.

use super::Item;
use crate::ir::{
    Api, Body, Deliveries, Errors, EventName, Field, Method, Model, ModelKind, Type, UnionForm,
};

/// A member of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// Its names on the wire; the first is the one that is written.
    pub names: Vec<String>,
    /// The models that its type names, by their names in the specification.
    pub models: Vec<String>,
    /// The members of a wrapper that is no model.
    pub members: Vec<Member>,
}

impl Member {
    fn new(name: &str, models: Vec<String>) -> Self {
        Self { names: vec![name.to_owned()], models, members: Vec::new() }
    }

    /// A member that is inside of others, by the names that lead to it.
    fn inside(path: &[String], models: Vec<String>) -> Option<Self> {
        let (first, rest) = path.split_first()?;
        Some(match Self::inside(rest, models.clone()) {
            Some(inner) => Self { members: vec![inner], ..Self::new(first, Vec::new()) },
            None => Self::new(first, models),
        })
    }
}

/// The models that a type names.
fn models(api: &Api, ty: &Type) -> Vec<String> {
    ty.models().map(|id| api.model(id).name.clone()).collect()
}

fn field(api: &Api, field: &Field) -> Member {
    let names = std::iter::once(&field.wire).chain(&field.also).cloned().collect();
    Member { names, models: models(api, &field.ty), members: Vec::new() }
}

pub(super) fn model(api: &Api, model: &Model, item: &mut Item) {
    match &model.kind {
        ModelKind::Object(object) => {
            item.shape.extend(object.fields.iter().map(|one| field(api, one)));
            let constants = object.constants.iter();
            item.shape.extend(constants.map(|one| Member::new(&one.wire, Vec::new())));
        }
        ModelKind::Union(union) => {
            let all = || union.variants.iter().flat_map(|one| models(api, &one.ty)).collect();
            match &union.form {
                UnionForm::Tagged { tag, content } => {
                    item.shape.push(Member::new(tag, Vec::new()));
                    match content {
                        Some(content) => item.shape.push(Member::new(content, all())),
                        None => item.stands_for = all(),
                    }
                }
                UnionForm::Keyed => {
                    item.shape.extend(union.variants.iter().map(|one| {
                        let names = std::iter::once(&one.wire).chain(&one.also).cloned();
                        let models = models(api, &one.ty);
                        Member { names: names.collect(), models, members: Vec::new() }
                    }));
                }
                UnionForm::Untagged => item.stands_for = all(),
            }
        }
        ModelKind::Alias(ty) => item.stands_for = models(api, ty),
        ModelKind::Enum(_) | ModelKind::Newtype(_) => {}
    }
}

pub(super) fn method(api: &Api, method: &Method, item: &mut Item) {
    let parameters = method.parameters.iter();
    item.shape.extend(parameters.map(|one| Member::new(&one.wire, models(api, &one.ty))));
    let constants = method.constants.iter();
    item.shape.extend(constants.map(|(_, wire, _)| Member::new(wire, Vec::new())));
    for body in method.body.iter().flat_map(Body::each) {
        match body {
            Body::Value { ty, .. } => item.stands_for.extend(models(api, ty)),
            Body::Members { fields, constants, .. } => {
                item.shape.extend(fields.iter().map(|one| field(api, one)));
                let constants = constants.iter();
                item.shape.extend(constants.map(|one| Member::new(&one.wire, Vec::new())));
            }
            Body::Any { .. } => {}
        }
    }
    for value in method.outcome.values() {
        match Member::inside(&value.at, models(api, &value.ty)) {
            Some(wrapper) => item.shape.push(wrapper),
            None => item.stands_for.extend(models(api, &value.ty)),
        }
    }
    let errors: Vec<_> = match &method.errors {
        Errors::Undeclared => Vec::new(),
        Errors::One { model, .. } => vec![*model],
        Errors::Enum { variants, .. } => {
            variants.iter().filter_map(|variant| variant.holds.model()).collect()
        }
    };
    item.stands_for.extend(errors.into_iter().map(|id| api.model(id).name.clone()));
    for path in method.paging.iter().flat_map(crate::ir::Paging::signals) {
        item.shape.extend(Member::inside(path, Vec::new()));
    }
}

/// What stands around an event, and what it is about.
pub(super) fn event(api: &Api, deliveries: &Deliveries, ty: Option<&Type>, item: &mut Item) {
    let EventName { fields, .. } = &deliveries.name;
    item.shape.extend(fields.iter().filter_map(|path| Member::inside(path, Vec::new())));
    let held = ty.map(|ty| models(api, ty)).unwrap_or_default();
    match Member::inside(&deliveries.payload, held.clone()) {
        Some(payload) => item.shape.push(payload),
        None => item.stands_for = held,
    }
}
