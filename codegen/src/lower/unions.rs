//! Unions.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::Sources;
use super::models::Registry;
use crate::ast::{self, UnionForm as Form};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Union, UnionForm, UnionVariant};
use crate::names::{Kind, Scope};
use crate::parse::shown;
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
    duplicates(variants, "variant", diagnostics);
    if matches!(form, Form::Untagged) {
        for also in variants.iter().flat_map(|variant| &variant.also) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_KEY,
                    also.span,
                    format!("nobody reads the further name `{}`", shown(&also.value)),
                )
                .label("an untagged union has no tags")
                .help("leave `also` out, or say by `tag` or `key` where the name stands"),
            );
        }
    }
    let variants: Vec<UnionVariant> = variants
        .iter()
        .map(|variant| {
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
    let other = other(variants.iter().map(|variant| variant.ident.as_str()));
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

/// Reports texts that stand for two variants.
pub(super) fn duplicates(
    variants: &[ast::UnionVariant],
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for text in variants.iter().flat_map(|variant| variant.also.iter().chain([&variant.wire])) {
        if let Some(first) = seen.insert(&text.value, text.span) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_VALUE,
                    text.span,
                    format!("the {what} `{}` is there twice", text.value),
                )
                .related(first, "the first one")
                .help("leave one of them out"),
            );
        }
    }
}

/// The variant for what is not listed, under a name that none of the others has.
pub(super) fn other<'v>(variants: impl Iterator<Item = &'v str>) -> String {
    let taken: BTreeSet<&str> = variants.collect();
    let names = ["Other", "Unknown", "Unlisted"].map(str::to_owned).into_iter();
    let numbered = (2..).map(|number| format!("Other{number}"));
    names.chain(numbered).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
}
