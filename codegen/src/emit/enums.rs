//! Enums.

use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{Lines, code};
use super::lints;
use super::models::model_docs;
use crate::ir::{Enum, EnumWire, Model, Variant};
use crate::print::{Piece, Row, Table};

pub(super) fn emit(cx: &Cx<'_>, model: &Model, values: &Enum) -> [Piece; 2] {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    let variants = values.variants.iter().map(|variant| {
        let docs = Lines::of(&variant.docs, 4, &format!("{}.", code(shown(variant, values.wire))));
        let docs = docs.into_tokens();
        let ident = ident(&variant.ident);
        quote!(#docs #ident,)
    });
    let other = values.other.as_ref().map(|other| {
        let other = ident(other);
        let holds = match values.wire {
            EnumWire::Texts => cx.string(),
            EnumWire::Numbers => quote!(i64),
            EnumWire::NamedNumbers => quote!(runtime::NumberOrText),
        };
        quote! {
            /// A value that the specification does not list, as it was sent.
            #other(#holds),
        }
    });
    let idents = values.variants.iter().map(|variant| &variant.ident).chain(&values.other);
    let repeated = lints::variants(&model.ident, idents.map(String::as_str));
    let item = quote! {
        #docs
        #repeated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
        }
    };
    [Piece::Items(item), Piece::Table(table(model, values))]
}

fn shown(variant: &Variant, wire: EnumWire) -> &str {
    match wire {
        EnumWire::Texts | EnumWire::Numbers => &variant.wire,
        EnumWire::NamedNumbers => &variant.wire_name,
    }
}

fn table(model: &Model, values: &Enum) -> Table {
    let rows = values
        .variants
        .iter()
        .map(|variant| {
            let name = ident(&variant.ident);
            let ident = quote!(#name);
            let with_also = |first: &str| {
                std::iter::once(first.to_owned()).chain(variant.also.iter().cloned()).collect()
            };
            match values.wire {
                EnumWire::Texts => Row::Value { ident, wires: with_also(&variant.wire) },
                EnumWire::Numbers => {
                    Row::Number { ident, number: variant.wire.clone(), names: Vec::new() }
                }
                EnumWire::NamedNumbers => Row::Number {
                    ident,
                    number: variant.wire.clone(),
                    names: with_also(&variant.wire_name),
                },
            }
        })
        .collect();
    let name = ident(&model.ident);
    // A name other than `Other` is told to the macro.
    let of = match values.other.as_deref() {
        None | Some("Other") => quote!(#name),
        Some(other) => {
            let other = ident(other);
            quote!(#name #other)
        }
    };
    Table {
        name: match (values.wire, &values.other) {
            (EnumWire::Texts, Some(_)) => "text_enum",
            (EnumWire::Texts, None) => "closed_text_enum",
            (EnumWire::Numbers | EnumWire::NamedNumbers, Some(_)) => "number_enum",
            (EnumWire::Numbers | EnumWire::NamedNumbers, None) => "closed_number_enum",
        },
        of,
        rows,
        attached: true,
        mode: (values.wire == EnumWire::NamedNumbers).then_some("names"),
    }
}
