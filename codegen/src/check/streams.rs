//! Items of streams: those that say how they travel, and events whose names tell what they hold.

use crate::ast;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Content, Method, ModelKind, Scalar, Type, UnionForm};

/// Reports events by name that are read into what has no place for a name.
pub(super) fn check(
    source: &ast::Method,
    method: &Method,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    refuse_own_form(source, method, api, diagnostics);
    let named = |content: &Content| matches!(content, Content::Events { named: true, .. });
    let mut values = method.outcome.values().filter(|value| named(&value.content));
    let Some(wrong) = values.find(|value| !has_place(&value.ty, api)) else { return };
    let model = wrong.ty.model().map(|id| api.model(id).span);
    let mut stated = source.returns.iter().flat_map(|answer| answer.ty.values());
    let answer = stated.find(|value| value.named).map(|value| value.ty.span);
    diagnostics.extend(answer.map(|span| {
        Diagnostic::error(
            &codes::STREAM,
            span,
            "events by name are a union with `tag: event` and `content: data`",
        )
        .label("the name of an event has no place in this")
        .help("write `union: { tag: event, content: data, variants: { … } }`, or leave out `named`")
        .rests_on(model)
    }));
}

/// Reports items that are written in a form which a member would have to say.
fn refuse_own_form(
    source: &ast::Method,
    method: &Method,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let is_stream = |content: &Content| matches!(content, Content::Events { .. } | Content::Lines);
    let has_own = |ty: &Type| matches!(ty, Type::Model(_)) && ty.has_own_form(&api.models);
    let mut items = method.outcome.values().filter(|value| is_stream(&value.content));
    let Some(item) = items.find(|value| has_own(&value.ty)) else { return };
    let model = item.ty.model().map(|id| api.model(id).span);
    let mut stated = source.returns.iter().flat_map(|answer| answer.ty.values());
    let answer = stated.find(|value| is_stream_type(&value.ty)).map(|value| value.ty.span);
    diagnostics.extend(answer.map(|span| {
        Diagnostic::error(&codes::STREAM, span, "this cannot be an item of a stream")
            .label("written in a form that a member has to state")
            .help("put it into an object of its own")
            .rests_on(model)
    }));
}

/// `lines<…>` and `events<…>`
fn is_stream_type(ty: &ast::TypeExpr) -> bool {
    matches!(&ty.kind, ast::TypeKind::Name { name, .. } if matches!(name.as_str(), "lines" | "events"))
}

/// Whether a type holds the name of an event and its data.
fn has_place(ty: &Type, api: &Api) -> bool {
    let Type::Model(id) = ty else {
        return matches!(ty, Type::Scalar(Scalar::Json | Scalar::Poisoned));
    };
    match &api.model(*id).kind {
        ModelKind::Union(union) => match &union.form {
            UnionForm::Tagged { tag, content } => {
                tag == "event" && content.as_deref() == Some("data")
            }
            UnionForm::Keyed | UnionForm::Untagged => false,
        },
        ModelKind::Alias(ty) => has_place(ty, api),
        _ => false,
    }
}
