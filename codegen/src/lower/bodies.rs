//! Bodies: what is sent, and as what.

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{BodyForm, ModelKind, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Field, Media, Scalar, Type};
use crate::parse::shown;

/// How members travel.
pub(super) fn media(form: BodyForm) -> Media {
    match form {
        BodyForm::Json => Media::Json,
        BodyForm::Form => Media::Form,
        BodyForm::Multipart => Media::Multipart,
        BodyForm::Xml => Media::Xml,
    }
}

impl Registry<'_> {
    /// The type of a body that is one value, and how it travels.
    pub(super) fn whole_body(
        &mut self,
        expr: &TypeExpr,
        form: BodyForm,
        diagnostics: &mut Diagnostics,
    ) -> (Type, Media) {
        if let (TypeKind::Raw { text, media }, BodyForm::Json) = (&expr.kind, form) {
            let media = media.as_ref().map(|media| media.value.as_str());
            return if *text {
                let kind = format!("{}; charset=utf-8", media.unwrap_or("text/plain"));
                (Type::Scalar(Scalar::String), Media::Text(kind))
            } else {
                let kind = media.unwrap_or("application/octet-stream").to_owned();
                (Type::Scalar(Scalar::Bytes), Media::Bytes(kind))
            };
        }
        let forms = self.forms;
        let ty = self.resolve(expr, forms, diagnostics);
        if form == BodyForm::Form && !self.has_members(&ty) {
            diagnostics.push(
                Diagnostic::error(&codes::BAD_BODY, expr.span, "this cannot travel as a form")
                    .label("only an object or a map has members")
                    .help("write them here: `form: { name: string }`"),
            );
        }
        if form == BodyForm::Xml {
            self.check_document(expr, &ty, diagnostics);
        }
        (ty, media(form))
    }

    /// Refuses to make a document of what has no element of its own.
    pub(super) fn check_document(
        &mut self,
        expr: &TypeExpr,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) {
        if !self.is_object(ty) {
            let diagnostic =
                Diagnostic::error(&codes::XML_BODY, expr.span, "this cannot be a document of XML")
                    .label("only an object is an element with others in it");
            diagnostics.push(match ty {
                Type::List(_) => diagnostic.help(
                    "put the list into a model: `Orders: { fields: { order: list<Order> } }`",
                ),
                _ => diagnostic.help("name a model with `fields`"),
            });
        }
    }

    /// Whether a type is an object, whatever names it goes by.
    fn is_object(&mut self, ty: &Type) -> bool {
        let mut ty = ty.clone();
        // A circle of names is reported by itself.
        for _ in 0..64 {
            let Type::Model(id) = ty else { return ty == POISONED };
            match &self.model(id).kind {
                ModelKind::Alias(expr) => {
                    let forms = self.forms;
                    ty = self.resolve(expr, forms, &mut Diagnostics::default());
                }
                kind => {
                    return matches!(
                        kind,
                        ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Poisoned
                    );
                }
            }
        }
        true
    }

    /// Whether a type is an object or a map.
    fn has_members(&self, ty: &Type) -> bool {
        match ty {
            Type::Map(_) | Type::Keyed(..) => true,
            Type::Model(id) => {
                !matches!(self.model(*id).kind, ModelKind::Alias(_) | ModelKind::Enum { .. })
            }
            ty => *ty == POISONED,
        }
    }
}

/// Members that have no form outside JSON.
pub(super) fn check_members(fields: &[Field], media: &Media, diagnostics: &mut Diagnostics) {
    let held = |ty: &Type| match ty {
        Type::List(item) => matches!(**item, Type::List(_) | Type::Map(_) | Type::Keyed(..)),
        _ => false,
    };
    for field in fields.iter().filter(|field| *media == Media::Form && held(&field.ty)) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_BODY,
                field.span,
                format!("`{}` cannot travel in a form", shown(&field.wire)),
            )
            .label("lists of lists and of maps have no form"),
        );
    }
}
