//! How a request is written: its parameters, and its body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::cx::{Cx, ident};
use crate::emit::{among, bodies, lints};
use crate::ir::{Body, Element, Media, Method, Place, Style, Type};

pub(super) fn encode(cx: &Cx<'_>, method: &Method) -> TokenStream {
    if !super::sends_something(method) {
        return TokenStream::new();
    }
    let constants = method.constants.iter().map(|(place, wire, value)| {
        let how = how(*place);
        quote!(request.#how(#wire, #value);)
    });
    let parameters = method.parameters.iter().map(|parameter| {
        let how = match parameter.style {
            Style::Slash => quote!(path_steps),
            _ => how(parameter.place),
        };
        let (wire, name) = (&parameter.wire, ident(&parameter.ident));
        let joined = parameter.place == Place::Header;
        let value = match cx.parameter_codec(&parameter.ty, joined, parameter.optional) {
            Some(codec) => quote!(&runtime::by::<#codec, _>(&self.#name)),
            None => quote!(&self.#name),
        };
        if let (Place::Query, Some(style)) = (parameter.place, style(parameter.style)) {
            return quote!(request.query_as(#style, #wire, #value););
        }
        quote!(request.#how(#wire, #value);)
    });
    let body = match &method.body {
        None => TokenStream::new(),
        Some(Body::Value { optional: false, media, ty }) => {
            send(cx, ty, media, &quote!(&self.body))
        }
        Some(Body::Value { optional: true, media, ty }) => {
            let send = send(cx, ty, media, &quote!(body));
            let some = cx.std("Some", quote!(::std::option::Option::Some));
            quote! {
                if let #some(body) = &self.body {
                    #send
                }
            }
        }
        Some(body @ Body::Members { .. }) => bodies::members(cx, body, &quote!(self)),
        Some(Body::Any { ident: name, optional, alternatives }) => {
            bodies::encode(cx, name, *optional, alternatives)
        }
    };
    let among = among::encode(method);
    let body = quote!(#among #(#parameters)* #(#constants)* #body);
    let long = lints::statements(&body);
    quote! {
        #long
        fn encode(&self, request: &mut Encoder<'_>) { #body }
    }
}

/// Sends a body that is one value.
pub(in crate::emit) fn send(
    cx: &Cx<'_>,
    ty: &Type,
    media: &Media,
    reference: &TokenStream,
) -> TokenStream {
    let written = match cx.codec(ty) {
        Some(codec) => quote!(&runtime::by::<#codec, _>(#reference)),
        None => reference.clone(),
    };
    match media {
        Media::Xml => {
            let Some(Element { name, namespace }) = cx.api.element(ty) else {
                return TokenStream::new();
            };
            match namespace {
                Some(namespace) => quote!(request.xml_in(#namespace, #name, #reference);),
                None => quote!(request.xml(#name, #reference);),
            }
        }
        Media::Form => quote!(request.form(#written);),
        Media::Text(kind) => quote!(request.text(#kind, #reference);),
        Media::Bytes(kind) => quote!(request.upload(#kind, #reference);),
        Media::Json | Media::Multipart => quote!(request.json(#written);),
    }
}

/// The method of the encoder for a place.
pub(in crate::emit) fn how(place: Place) -> TokenStream {
    match place {
        Place::Path => quote!(path),
        Place::Query => quote!(query),
        Place::Header => quote!(header),
        Place::Cookie => quote!(cookie),
    }
}

/// A style of a query, unless it is the usual one.
fn style(style: Style) -> Option<TokenStream> {
    match style {
        Style::Form | Style::Slash => None,
        Style::Csv => Some(quote!(runtime::Style::Csv)),
        Style::Space => Some(quote!(runtime::Style::Space)),
        Style::Pipe => Some(quote!(runtime::Style::Pipe)),
        Style::DeepObject => Some(quote!(runtime::Style::DeepObject)),
    }
}
