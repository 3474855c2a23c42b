//! Members that are said to hold the message of an error.

use std::collections::BTreeMap;

use crate::ast::Specification;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Field, Model, ModelKind, Scalar, Type};
use crate::parse::shown;

/// Reports messages that nobody could show.
pub(super) fn check(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let models: BTreeMap<&str, &Model> =
        api.models.iter().map(|model| (model.name.as_str(), model)).collect();
    for model in &specification.models {
        let Some(name) = &model.message else { continue };
        let Some(field) = models.get(model.name.value.as_str()).and_then(|it| message(it)) else {
            continue;
        };
        if !says(api, &field.ty) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::NO_MESSAGE,
                    name.span,
                    format!("`{}` says nothing to people", shown(&name.value)),
                )
                .label("expected a `string`, or a model or list of models")
                .related(field.span, "this member"),
            );
        }
    }
}

/// The member that has the message.
fn message(model: &Model) -> Option<&Field> {
    let ModelKind::Object(object) = &model.kind else { return None };
    object.fields.get(object.message?)
}

/// Whether a value is a text, or something that may have a message of its own.
fn says(api: &Api, ty: &Type) -> bool {
    match api.plain(ty) {
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Poisoned),
        Type::List(item) => {
            !matches!(api.plain(item), Type::Scalar(Scalar::String)) && says(api, item)
        }
        Type::Model(id) => {
            matches!(api.model(*id).kind, ModelKind::Object(_) | ModelKind::Union(_))
        }
        Type::Parameter(_) => true,
        _ => false,
    }
}
