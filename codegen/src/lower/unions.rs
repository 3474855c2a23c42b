//! Unions.

use std::collections::BTreeMap;

use super::docs::Sources;
use super::models::Registry;
use crate::ast::{self, UnionForm as Form};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Union, UnionForm, UnionVariant};
use crate::names::{Kind, Scope};
use crate::source::Span;

/// Lowers a union; whether its variants can be told apart is checked when all models are known.
pub(super) fn lower(
    form: &Form,
    variants: &[ast::UnionVariant],
    registry: &mut Registry<'_>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Union {
    let mut scope = Scope::new(Kind::Variant, "variant");
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let variants: Vec<UnionVariant> = variants
        .iter()
        .map(|variant| {
            for text in variant.also.iter().chain([&variant.wire]) {
                if let Some(first) = seen.insert(&text.value, text.span) {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::DUPLICATE_VALUE,
                            text.span,
                            format!("the variant `{}` is there twice", text.value),
                        )
                        .related(first, "the first one"),
                    );
                }
            }
            let forms = registry.forms;
            let ty = registry.resolve(&variant.ty, forms, diagnostics);
            UnionVariant {
                wire: variant.wire.value.clone(),
                also: variant.also.iter().map(|also| also.value.clone()).collect(),
                ident: scope.declare(&variant.wire, variant.name.as_ref(), diagnostics),
                docs: sources.docs(variant.doc.as_ref(), &ast::Origin::default(), diagnostics),
                ty,
                boxed: false,
                span: variant.ty.span,
            }
        })
        .collect();
    let other = ["Other", "Unknown", "Unlisted"]
        .into_iter()
        .find(|name| !variants.iter().any(|variant| variant.ident == **name))
        .unwrap_or("Other")
        .to_owned();
    let form = match form {
        Form::Tagged { tag, content } => UnionForm::Tagged {
            tag: tag.value.clone(),
            content: content.as_ref().map(|content| content.value.clone()),
        },
        Form::Keyed => UnionForm::Keyed,
        Form::Untagged => UnionForm::Untagged,
    };
    Union { form, variants, other }
}
