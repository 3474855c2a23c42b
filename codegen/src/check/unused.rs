//! Definitions that nothing uses.

use crate::ast::{FieldItem, Specification};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::Api;

/// Models that no method reaches, and that give their members to no other.
pub(super) fn models(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    // Without methods there is nothing yet that could use a model.
    if specification.methods.is_empty() {
        return;
    }
    for model in &api.models {
        if model.emitted && !model.reach.request && !model.reach.answer {
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED,
                    model.span,
                    format!("no method uses the model `{}`", model.name),
                )
                .label("never sent and never read"),
            );
        }
    }
}

/// Shared path parameters that stand in no route.
pub(super) fn path(specification: &Specification, diagnostics: &mut Diagnostics) {
    for member in &specification.path {
        let used = specification.methods.iter().any(|method| {
            let own = method.path.iter().any(|item| match item {
                FieldItem::Member(own) => own.wire.value == member.wire.value,
                FieldItem::Spread(_) => false,
            });
            let placeholders =
                method.route.as_ref().map_or(&[][..], |route| &route.placeholders);
            !own && placeholders.iter().any(|name| name.value == member.wire.value)
        });
        if !used {
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED,
                    member.wire.span,
                    format!("no route has the placeholder `{{{}}}`", member.wire.value),
                )
                .label("types a parameter that is not there"),
            );
        }
    }
}
