//! `models.rs`: every model of the provider.

use quote::quote;

use super::cx::{Cx, ident, number, use_runtime};
use super::docs::{self, Lines, code};
use super::{among, enums, objects, unions};
use crate::Options;
use crate::ir::{Api, Model, ModelKind, Newtype, Type};
use crate::print::{File, Piece};

pub(super) fn file(api: &Api, options: &Options) -> File {
    let cx = Cx::models(api);
    let mut pieces = Vec::new();
    // Another name for a type of the standard library needs nothing of the runtime.
    let needs_runtime = |model: &Model| match &model.kind {
        ModelKind::Alias(ty) => cx.ty(ty).into_iter().any(|token| token.to_string() == "runtime"),
        _ => true,
    };
    if api.models.iter().any(|model| model.emitted && needs_runtime(model)) {
        pieces.push(Piece::Items(use_runtime(options)));
    }
    for (marker, values) in cx.none_markers() {
        pieces.push(Piece::Items(quote! {
            /// Values that mean none.
            struct #marker;

            impl runtime::NoneWhen for #marker {
                const VALUES: &'static [&'static str] = &[#(#values),*];
            }
        }));
    }
    for model in api.models.iter().filter(|model| model.emitted) {
        match &model.kind {
            ModelKind::Object(object) => pieces.extend(objects::emit(&cx, model, object)),
            ModelKind::Enum(values) => pieces.extend(enums::emit(&cx, model, values)),
            ModelKind::Union(union) => pieces.extend(unions::emit(&cx, model, union)),
            ModelKind::Newtype(newtype) => pieces.push(self::newtype(&cx, model, newtype)),
            ModelKind::Alias(ty) => pieces.push(alias(&cx, model, ty)),
        }
        // Nothing in these says for people what went wrong.
        if model.reach.error && matches!(model.kind, ModelKind::Enum(_) | ModelKind::Newtype(_)) {
            let name = ident(&model.ident);
            pieces.push(Piece::Items(quote!(impl runtime::ServiceError for #name {})));
        }
    }
    let docs = vec![format!("Models of {}.", docs::sanitize(&api.title))];
    File { path: "models.rs".to_owned(), docs, pieces }
}

/// The documentation of a model.
pub(super) fn model_docs(model: &Model) -> Lines {
    let fallback = format!("{} of the service.", code(&model.name));
    let mut lines = Lines::of(&model.docs, 0, &fallback);
    // An attribute would warn wherever another model mentions this one.
    if let Some(note) = &model.docs.deprecated {
        lines.text(&format!("Deprecated: {note}"));
    }
    if let ModelKind::Object(object) = &model.kind {
        among::docs(&object.among, &mut lines);
    }
    lines.origin(&model.docs, "Maps from");
    lines
}

fn newtype(cx: &Cx<'_>, model: &Model, newtype: &Newtype) -> Piece {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    Piece::Items(match number(newtype.of) {
        None => {
            let string = cx.string();
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub struct #name(#string);
                runtime::text_type!(#name);
            }
        }
        Some(number) => quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(#number);
            runtime::number_type!(#name: #number);
        },
    })
}

fn alias(cx: &Cx<'_>, model: &Model, ty: &Type) -> Piece {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    let ty = cx.ty(ty);
    Piece::Items(quote! {
        #docs
        pub type #name = #ty;
    })
}
