//! Members that are said to hold the message of an error.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::Specification;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Field, Model, ModelKind, Scalar, Type};
use crate::parse::shown;

/// Reports messages that nobody could show.
pub(super) fn check(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let models: BTreeMap<&str, &Model> =
        api.models.iter().map(|model| (model.name.as_str(), model)).collect();
    let stated: BTreeSet<&str> = (specification.models.iter())
        .filter(|model| model.message.is_some())
        .map(|model| model.name.value.as_str())
        .collect();
    for model in &specification.models {
        let Some(name) = &model.message else { continue };
        let Some(field) = models.get(model.name.value.as_str()).and_then(|it| message(it)) else {
            continue;
        };
        let of = object(api, &field.ty);
        // One that is misspelt there is told there.
        if says(api, &field.ty) || of.is_some_and(|of| stated.contains(of.name.as_str())) {
            continue;
        }
        let diagnostic = Diagnostic::error(
            &codes::NO_MESSAGE,
            name.span,
            format!("`{}` says nothing to people", shown(&name.value)),
        )
        .label("expected a `string`, or a model or list of models with a `message`")
        .related(field.span, "this member");
        diagnostics.push(match of {
            Some(of) => diagnostic.rests_on([of.span]).help(format!(
                "say in the model `{}` which of its members has the text: `message: …`",
                shown(&of.name)
            )),
            None => diagnostic.help("leave `message` out where no member says what went wrong"),
        });
    }
}

/// The member that has the message.
fn message(model: &Model) -> Option<&Field> {
    let ModelKind::Object(object) = &model.kind else { return None };
    object.fields.get(object.message?)
}

/// The object that a value is, or a list is of.
fn object<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Model> {
    match api.plain(ty) {
        Type::List(item) => object(api, item),
        Type::Model(id) => {
            Some(api.model(*id)).filter(|it| matches!(it.kind, ModelKind::Object(_)))
        }
        _ => None,
    }
}

/// Whether a value is a text, or something that may have a message of its own.
fn says(api: &Api, ty: &Type) -> bool {
    match api.plain(ty) {
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Poisoned),
        Type::List(item) => {
            !matches!(api.plain(item), Type::Scalar(Scalar::String)) && says(api, item)
        }
        Type::Model(id) => match &api.model(*id).kind {
            // What has lost members may have lost that one.
            ModelKind::Object(object) => object.message.is_some() || object.undeclared.is_some(),
            ModelKind::Union(union) => union.variants.iter().any(|one| match api.plain(&one.ty) {
                Type::Model(id) => matches!(
                    &api.model(*id).kind,
                    ModelKind::Object(object) if object.message.is_some()
                ),
                Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Poisoned),
                _ => false,
            }),
            _ => false,
        },
        Type::Parameter(_) => true,
        _ => false,
    }
}
