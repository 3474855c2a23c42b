//! Unions.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{Lines, code};
use super::lints;
use super::models::model_docs;
use super::objects::{self, Message};
use crate::ir::{Model, Type, Union, UnionForm, UnionVariant};
use crate::print::{Piece, Row, Table};

pub(super) fn emit(cx: &Cx<'_>, model: &Model, union: &Union) -> Vec<Piece> {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    let variants = union.variants.iter().map(|variant| {
        let docs = Lines::of(&variant.docs, 4, &format!("{}.", code(&variant.wire))).into_tokens();
        let ident = ident(&variant.ident);
        let ty = cx.ty(&variant.ty);
        let ty = if variant.boxed { cx.boxed(&ty) } else { ty };
        quote!(#docs #ident(#ty),)
    });
    let other = ident(&union.other);
    let idents = union.variants.iter().map(|variant| &variant.ident).chain([&union.other]);
    let repeated = lints::variants(&model.ident, idents.map(String::as_str));
    let item = quote! {
        #docs
        #repeated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// What no variant of the specification fits, as it was sent.
            #other(runtime::Value),
        }
    };
    let mut pieces = vec![Piece::Items(item), Piece::Table(table(cx, model, union))];
    if model.reach.error {
        pieces.push(Piece::Items(service_error(cx, model, union)));
    }
    pieces
}

/// `impl ServiceError`: the message of a union is that of its variant.
fn service_error(cx: &Cx<'_>, model: &Model, union: &Union) -> TokenStream {
    let name = ident(&model.ident);
    // Variants of one type are one arm.
    let mut arms: Vec<(String, Vec<TokenStream>, TokenStream)> = Vec::new();
    let mut without = 1;
    for variant in &union.variants {
        let Some(message) = message(cx, variant) else {
            without += 1;
            continue;
        };
        let ident = ident(&variant.ident);
        let pattern = quote!(Self::#ident(held));
        let key = format!("{} {}", cx.ty(&cx.api.resolved(&variant.ty)), variant.boxed);
        match arms.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, patterns, _)) => patterns.push(pattern),
            None => arms.push((key, vec![pattern], message)),
        }
    }
    if arms.is_empty() {
        return quote!(impl runtime::ServiceError for #name {});
    }
    let option = cx.option(&quote!(&str));
    let none = cx.std("None", quote!(::std::option::Option::None));
    let other = ident(&union.other);
    let rest = if without > 1 { quote!(_) } else { quote!(Self::#other(_)) };
    let arms = arms.iter().map(|(_, patterns, message)| quote!(#(#patterns)|* => #message,));
    quote! {
        impl runtime::ServiceError for #name {
            fn message(&self) -> #option {
                match self {
                    #(#arms)*
                    #rest => #none,
                }
            }
        }
    }
}

/// The message of what a variant holds.
fn message(cx: &Cx<'_>, variant: &UnionVariant) -> Option<TokenStream> {
    Some(match objects::kind(cx, &variant.ty)? {
        Message::Text => {
            let some = cx.std("Some", quote!(::std::option::Option::Some));
            quote!(#some(held))
        }
        Message::Model if variant.boxed => quote!(runtime::ServiceError::message(&**held)),
        Message::Model => quote!(runtime::ServiceError::message(held)),
        Message::Models => quote!(held.first().and_then(runtime::ServiceError::message)),
    })
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
            let codec = cx.codec(&variant.ty);
            Row::Variant {
                ident: quote!(#name),
                codec: codec.map(|codec| cx.boxed_codec(codec, variant.boxed)),
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
    let written = |variant: &UnionVariant| cx.ty(&cx.api.resolved(&variant.ty)).to_string();
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
