//! Unions.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{Lines, code};
use super::models::model_docs;
use crate::ir::{Model, ModelKind, Type, Union, UnionForm, UnionVariant};
use crate::print::{Piece, Row, Table};

pub(super) fn emit(cx: &Cx<'_>, model: &Model, union: &Union) -> [Piece; 2] {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    let variants = union.variants.iter().map(|variant| {
        let docs = Lines::of(&variant.docs, 4, &format!("{}.", code(&variant.wire))).into_tokens();
        let ident = ident(&variant.ident);
        let ty = cx.ty(&variant.ty);
        let ty = if variant.boxed {
            let boxed = cx.std("Box", quote!(::std::boxed::Box));
            quote!(#boxed<#ty>)
        } else {
            ty
        };
        quote!(#docs #ident(#ty),)
    });
    let other = ident(&union.other);
    let item = quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// What no variant of the specification fits, as it was sent.
            #other(runtime::Value),
        }
    };
    [Piece::Items(item), Piece::Table(table(cx, model, union))]
}

fn table(cx: &Cx<'_>, model: &Model, union: &Union) -> Table {
    let name = ident(&model.ident);
    let other = (union.other != "Other").then(|| {
        let other = ident(&union.other);
        quote!(#other)
    });
    let (macro_name, of) = match &union.form {
        UnionForm::Tagged { tag, content } => {
            let tag = Literal::string(tag);
            let content = content.as_ref().map(|content| Literal::string(content));
            ("tagged_union", quote!(#name #other #tag #content))
        }
        UnionForm::Keyed => ("keyed_union", quote!(#name #other)),
        UnionForm::Untagged => ("untagged_union", quote!(#name #other)),
    };
    let sources = conversions(cx, union);
    let rows = union
        .variants
        .iter()
        .map(|variant| {
            let name = ident(&variant.ident);
            Row::Variant {
                ident: quote!(#name),
                from: sources.get(variant.ident.as_str()).cloned(),
                wires: match union.form {
                    UnionForm::Untagged => Vec::new(),
                    _ => std::iter::once(&variant.wire).chain(&variant.also).cloned().collect(),
                },
            }
        })
        .collect();
    Table { name: macro_name, of, rows, attached: true, mode: None }
}

/// The types that stand for one variant only, and so can be turned into the union.
fn conversions<'u>(cx: &Cx<'_>, union: &'u Union) -> BTreeMap<&'u str, TokenStream> {
    let written = |variant: &UnionVariant| cx.ty(&resolved(cx, &variant.ty)).to_string();
    union
        .variants
        .iter()
        .filter(|variant| variant.ty != Type::Scalar(crate::ir::Scalar::Json))
        .filter(|variant| {
            union.variants.iter().filter(|other| written(other) == written(variant)).count() == 1
        })
        .map(|variant| (variant.ident.as_str(), cx.ty(&variant.ty)))
        .collect()
}

/// The type behind other names for it.
fn resolved(cx: &Cx<'_>, ty: &Type) -> Type {
    match ty {
        Type::Model(id) => match &cx.api.model(*id).kind {
            ModelKind::Alias(ty) => resolved(cx, ty),
            _ => ty.clone(),
        },
        _ => ty.clone(),
    }
}
