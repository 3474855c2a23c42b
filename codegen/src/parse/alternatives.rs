//! `any:`, one of several bodies or answers, of which each has a name.

use super::answers;
use super::method::one_body;
use super::reader::{self, Keys};
use crate::ast::{Answer, AnswerType, Body, BodyAlternative, BodyForm, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// The entries of `any`.
pub(super) fn entries<'n>(keys: &mut Keys<'n>, diagnostics: &mut Diagnostics) -> &'n [Entry] {
    let Some(node) = keys.node("any", diagnostics) else { return &[] };
    let Some(entries) = reader::mapping("any", node, diagnostics) else { return &[] };
    if entries.len() < 2 {
        diagnostics.push(
            Diagnostic::error(&codes::ONE_ALTERNATIVE, node.span, "`any` leaves nothing to choose")
                .label("expected two alternatives or more")
                .help("write what there is without `any`"),
        );
    }
    entries
}

/// `body: { any: { Json: Report, File: { multipart: { source: file } } } }`
pub(super) fn bodies(node: &Node, optional: bool, diagnostics: &mut Diagnostics) -> Option<Body> {
    let mut keys = Keys::open("a choice of bodies", node, diagnostics)?;
    let entries = self::entries(&mut keys, diagnostics);
    keys.finish(diagnostics);
    let alternatives: Vec<BodyAlternative> =
        entries.iter().filter_map(|entry| body(entry, diagnostics)).collect();
    if alternatives.is_empty() {
        let ty = TypeExpr::poisoned(node.span);
        return Some(Body::Type { ty, optional, form: BodyForm::Json });
    }
    Some(Body::Any { alternatives, optional, span: node.span })
}

fn body(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<BodyAlternative> {
    let node = reader::present(entry, diagnostics)?;
    let body = one_body(node, false, diagnostics)?;
    match &body {
        Body::Any { .. } => {
            diagnostics.push(nested(node.span));
            return None;
        }
        Body::Type { ty, .. } if is_nothing(ty) => {
            diagnostics.push(
                no_alternative(node.span, "nothing has no media type")
                    .help("write `body?` for a body that can be left out"),
            );
            return None;
        }
        Body::Type { .. } | Body::Members { .. } => {}
    }
    let span = entry.key.span.to(node.span);
    Some(BodyAlternative { name: entry.key.clone(), body, span })
}

fn is_nothing(ty: &TypeExpr) -> bool {
    matches!(&ty.kind, TypeKind::Name { name, .. } if name == "nothing")
}

/// `returns: { any: { Json: Report, Table: text(text/csv) } }`
pub(super) fn answers(node: &Node, diagnostics: &mut Diagnostics) -> AnswerType {
    let Some(mut keys) = Keys::open("a choice of answers", node, diagnostics) else {
        return AnswerType::Poisoned;
    };
    let entries = self::entries(&mut keys, diagnostics);
    keys.finish(diagnostics);
    let answers: Vec<Answer> =
        entries.iter().filter_map(|entry| answer(entry, diagnostics)).collect();
    // What is missing because it could not be read is reported already.
    if answers.is_empty() { AnswerType::Poisoned } else { AnswerType::Any(answers) }
}

fn answer(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Answer> {
    let node = reader::present(entry, diagnostics)?;
    let (mut ty, name) = answers::one(node, diagnostics);
    if let Some(name) = name {
        diagnostics.push(second_name(&entry.key, &name));
    }
    match ty {
        AnswerType::Nothing => {
            diagnostics.push(
                no_alternative(node.span, "nothing has no media type")
                    .help("give it a status of its own: `204: nothing as Empty`"),
            );
            ty = AnswerType::Poisoned;
        }
        AnswerType::Any(_) => {
            diagnostics.push(nested(node.span));
            ty = AnswerType::Poisoned;
        }
        AnswerType::Value(_) | AnswerType::Poisoned => {}
    }
    let span = entry.key.span.to(node.span);
    Some(Answer { status: None, ty, name: Some(entry.key.clone()), span })
}

fn second_name(first: &Text, second: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::AMBIGUOUS_ITEM,
        second.span,
        format!("the alternative `{}` has two names", reader::shown(&first.value)),
    )
    .related(first.span, "the other one")
    .help("leave `as` out: an alternative is called as its key")
}

fn no_alternative(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(&codes::NO_ALTERNATIVE, span, message).label("cannot be an alternative")
}

fn nested(span: Span) -> Diagnostic {
    no_alternative(span, "alternatives have no alternatives of their own")
        .help("write all of them beside each other")
}
