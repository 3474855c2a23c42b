//! Bodies: members of the method's own, and one of several as an enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{Lines, code};
use super::{among, lints, objects, requests};
use crate::ir::{Alternative, Body, Field, Group, Media, Method, Scalar, Type};
use crate::print::{Piece, Row, Table};
use clientwright_wire::media::essence;

/// The enum of a method's bodies, if it has several, and what holds the members of each.
pub(super) fn emit(cx: &Cx<'_>, group: &Group, method: &Method) -> Vec<Piece> {
    let Some(Body::Any { ident: name, alternatives, .. }) = &method.body else {
        return Vec::new();
    };
    let enumeration = ident(name);
    let link = format!("{}::{}", group.type_name, method.ident.trim_start_matches("r#"));
    let doc = format!(" What [`{link}`] sends.");
    let variants = alternatives.iter().map(|one| {
        let media = one.body.media().map_or("", Media::media_type);
        let doc = format!(" Sent as {}.", code(essence(media)));
        let (name, ty) = (ident(&one.ident), held(cx, one));
        let ty = if one.boxed { cx.boxed(&ty) } else { ty };
        quote!(#[doc = #doc] #name(#ty),)
    });
    let repeated = lints::variants(name, alternatives.iter().map(|one| one.ident.as_str()));
    let mut pieces = vec![Piece::Items(quote! {
        #[doc = #doc]
        #repeated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #enumeration {
            #(#variants)*
        }
    })];
    let rows = conversions(cx, alternatives);
    if !rows.is_empty() {
        let of = quote!(#enumeration);
        let table = Table { name: "alternatives", of, rows, attached: true, mode: None };
        pieces.push(Piece::Table(table));
    }
    for one in alternatives {
        if let Body::Members { fields, among, .. } = &one.body {
            pieces.extend(holder(cx, one, fields, among, name));
        }
    }
    pieces
}

/// What an alternative holds.
fn held(cx: &Cx<'_>, one: &Alternative) -> TokenStream {
    match &one.body {
        Body::Members { .. } => {
            let holder = ident(&one.holder);
            quote!(#holder)
        }
        body => requests::body_type(cx, body),
    }
}

/// What becomes a body by itself, since it is of one alternative only; a text without being owned, too.
fn conversions(cx: &Cx<'_>, alternatives: &[Alternative]) -> Vec<Row> {
    let written = |one: &Alternative| match &one.body {
        Body::Value { ty, media, .. } if !matches!(media, Media::Bytes(_)) => {
            cx.ty(&cx.api.resolved(ty)).to_string()
        }
        _ => held(cx, one).to_string(),
    };
    let mut rows = Vec::new();
    for one in alternatives {
        if alternatives.iter().filter(|other| written(other) == written(one)).count() > 1 {
            continue;
        }
        let (name, ty) = (ident(&one.ident), held(cx, one));
        let mut row = |from| {
            rows.push(Row::Variant {
                ident: quote!(#name),
                codec: None,
                from: Some(from),
                wires: Vec::new(),
            });
        };
        row(ty);
        if let Body::Value { ty, media, .. } = &one.body
            && !matches!(media, Media::Bytes(_))
            && cx.api.resolved(ty) == Type::Scalar(Scalar::String)
        {
            row(quote!(&str));
        }
    }
    rows
}

/// A struct with the members of an alternative.
fn holder(
    cx: &Cx<'_>,
    one: &Alternative,
    fields: &[Field],
    rules: &[crate::ir::Among],
    body: &str,
) -> Vec<Piece> {
    let name = ident(&one.holder);
    let variant = one.ident.trim_start_matches("r#");
    let mut docs = Lines::new(0);
    docs.markdown(&format!("The members of [`{body}::{variant}`]."));
    among::docs(rules, &mut docs);
    let docs = docs.into_tokens();
    let required = fields.iter().any(|field| field.presence.is_argument());
    let default = (!required).then(|| quote!(Default,));
    let members = fields.iter().map(|field| objects::field(cx, field));
    let slots: Vec<_> = fields.iter().map(|field| requests::member(cx, field)).collect();
    let new = if required {
        requests::new(&name, &slots, " Members with what the service requires.")
    } else {
        quote! {
            impl #name {
                /// Members of which nothing is set.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            }
        }
    };
    let idents = fields.iter().map(|field| field.ident.as_str());
    let repeated = lints::fields(&name.to_string(), idents);
    let mut pieces = vec![Piece::Items(quote! {
        #docs
        #repeated
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
        }
        #new
    })];
    let rows: Vec<Row> = fields
        .iter()
        .filter(|field| requests::is_set(field))
        .map(|field| objects::setter(cx, field))
        .collect();
    if !rows.is_empty() {
        let of = quote!(#name);
        pieces.push(Piece::Table(Table { name: "setters", of, rows, attached: false, mode: None }));
    }
    pieces
}

/// Sends that of several bodies which is there.
pub(super) fn encode(
    cx: &Cx<'_>,
    name: &str,
    optional: bool,
    alternatives: &[Alternative],
) -> TokenStream {
    let name = ident(name);
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    let arms = alternatives.iter().map(|one| {
        let variant = ident(&one.ident);
        let send = match &one.body {
            Body::Value { ty, media, .. } => requests::send(cx, ty, media, &quote!(body)),
            body => {
                let among = among::members(body, &quote!(body));
                let members = members(cx, body, &quote!(body));
                quote!(#among #members)
            }
        };
        // Of constants alone nothing is looked at.
        let is_empty = matches!(&one.body, Body::Members { fields, .. } if fields.is_empty());
        let held = if is_empty { quote!(_) } else { quote!(body) };
        let pattern = quote!(#name::#variant(#held));
        let pattern = if optional { quote!(#some(#pattern)) } else { pattern };
        quote!(#pattern => { #send })
    });
    let none = optional.then(|| {
        let none = cx.std("None", quote!(::std::option::Option::None));
        quote!(#none => {})
    });
    quote! {
        match &self.body {
            #(#arms)*
            #none
        }
    }
}

/// Sends the members of a body, which are fields of `owner`.
pub(super) fn members(cx: &Cx<'_>, body: &Body, owner: &TokenStream) -> TokenStream {
    let Body::Members { fields, constants, media, .. } = body else { return TokenStream::new() };
    let (member, constant, end) = match media {
        Media::Form => (quote!(form_member), quote!(form_pair), quote!(form_end)),
        Media::Multipart => (quote!(part), quote!(part_constant), quote!(parts_end)),
        _ => (quote!(member), quote!(constant), quote!(object)),
    };
    let constants = constants.iter().map(|found| {
        let (wire, value) = (&found.wire, objects::literal(&found.value));
        quote!(request.#constant(#wire, &#value);)
    });
    let members = fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.ident));
        if cx.is_file(&field.ty) {
            return match &field.media {
                Some(media) => quote!(request.file_as(#wire, #media, &#owner.#name);),
                None => quote!(request.file(#wire, &#owner.#name);),
            };
        }
        let mode = objects::mode(cx, field);
        quote!(request.#member::<#mode, _>(#wire, &#owner.#name);)
    });
    quote!(#(#members)* #(#constants)* request.#end();)
}
