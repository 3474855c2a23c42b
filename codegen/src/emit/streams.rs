//! Answers that can be read as they come.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::cx::{Cx, ident, unsuffixed};
use crate::ir::{Content, Method, Outcome, Value};

/// `impl Streamed`, where the answer of a method can be read as it comes.
pub(super) fn emit(cx: &Cx<'_>, method: &Method) -> Option<TokenStream> {
    let name = ident(&method.request);
    let value = method.outcome.streamed()?;
    let result = cx.std("Result", quote!(::std::result::Result));
    let ty = stream(cx, value);
    let (ty, read) = match &method.outcome {
        Outcome::Optional { nothing, .. } => {
            let none = cx.std("None", quote!(::std::option::Option::None));
            let some = cx.std("Some", quote!(::std::option::Option::Some));
            let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
            let nothing = nothing.iter().map(|&status| unsuffixed(status.into()));
            let read = read(cx, value, Some(&some));
            let read = quote! {
                match flow.status() {
                    #(#nothing)|* => #ok(#none),
                    _ => #read,
                }
            };
            (cx.option(&ty), read)
        }
        _ => (ty, read(cx, value, None)),
    };
    Some(quote! {
        impl runtime::Streamed for #name {
            type Stream<M: Mode> = #ty;

            fn stream<M: Mode>(flow: runtime::Flow<Self, M>) -> #result<Self::Stream<M>, DecodeError> {
                #read
            }
        }
    })
}

/// The type of the stream.
fn stream(cx: &Cx<'_>, value: &Value) -> TokenStream {
    let item = cx.ty(&value.ty);
    match &value.content {
        Content::Events { .. } => quote!(runtime::Events<Self, #item, M>),
        Content::Lines => quote!(runtime::Lines<#item, M>),
        Content::Json | Content::Xml | Content::Text(_) | Content::Bytes { .. } => {
            quote!(runtime::Download<M>)
        }
    }
}

/// The expression that begins the stream, perhaps wrapped.
fn read(cx: &Cx<'_>, value: &Value, wrap: Option<&TokenStream>) -> TokenStream {
    let flow = answers::of_type(quote!(flow), &value.content);
    let read = match &value.content {
        Content::Events { .. } => {
            let rules = answers::rules(cx, value);
            quote!(flow.events(#rules))
        }
        Content::Lines => quote!(flow.lines()),
        Content::Bytes { gzip: true, .. } => quote!(#flow.gunzip()),
        Content::Json | Content::Xml | Content::Text(_) | Content::Bytes { .. } => {
            let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
            return match wrap {
                Some(wrap) => quote!(#ok(#wrap(#flow.bytes()))),
                None => quote!(#ok(#flow.bytes())),
            };
        }
    };
    let wrap = wrap.map(|wrap| quote!(.map(#wrap)));
    quote!(#read #wrap)
}
