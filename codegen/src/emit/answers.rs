//! What a method gives.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident, unsuffixed};
use super::docs::code;
use super::lints;
use crate::ir::{AnswerVariant, Case, Content, Errors, Group, Holds, Method, Outcome, Type, Value};
use crate::print::Piece;

/// The type of a method's answer.
pub(super) fn output(cx: &Cx<'_>, outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::Nothing => quote!(()),
        Outcome::Value(value) => one(cx, value),
        Outcome::Optional { value, .. } => {
            let ty = held(cx, value);
            cx.option(&ty)
        }
        Outcome::Several { ident: name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

fn one(cx: &Cx<'_>, value: &Value) -> TokenStream {
    let ty = held(cx, value);
    if value.first { cx.option(&ty) } else { ty }
}

/// The type of what is read of a body.
fn held(cx: &Cx<'_>, value: &Value) -> TokenStream {
    let ty = cx.ty(&value.ty);
    let vec = cx.std("Vec", quote!(::std::vec::Vec));
    match &value.content {
        Content::Events { .. } => quote!(#vec<runtime::Event<#ty>>),
        Content::Lines => quote!(#vec<#ty>),
        Content::Json | Content::Xml | Content::Text(_) | Content::Bytes { .. } => ty,
    }
}

/// The constant that describes events, if that is what a value is.
pub(super) fn rules(cx: &Cx<'_>, value: &Value) -> Option<TokenStream> {
    let Content::Events { end, named } = &value.content else { return None };
    let end = end.as_ref().map(|end| quote!(.end(#end)));
    let named = named.then(|| quote!(.named()));
    let texts = value.text_events(cx.api);
    let texts = (!texts.is_empty()).then(|| quote!(.texts(&[#(#texts),*])));
    Some(quote!(runtime::EventRules::new() #end #named #texts))
}

/// The enum of a method's answers, if it has several kinds.
pub(super) fn emit(cx: &Cx<'_>, group: &Group, method: &Method) -> Option<Piece> {
    let Outcome::Several { ident: name, variants } = &method.outcome else { return None };
    let idents = variants.iter().map(|variant| variant.ident.as_str());
    let repeated = lints::variants(name, idents);
    let name = ident(name);
    let doc =
        format!(" What [`{}::{}`] gives.", group.type_name, method.ident.trim_start_matches("r#"));
    let cases = variants.iter().map(|variant| {
        let doc = format!(" {}", when(method, variant));
        let name = ident(&variant.ident);
        match &variant.value {
            Some(value) => {
                let ty = one(cx, value);
                let ty = if variant.boxed { cx.boxed(&ty) } else { ty };
                quote!(#[doc = #doc] #name(#ty),)
            }
            None => quote!(#[doc = #doc] #name,),
        }
    });
    Some(Piece::Items(quote! {
        #[doc = #doc]
        #repeated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases)*
        }
    }))
}

/// The media types that are asked for, unless that is JSON alone.
pub(super) fn accept(method: &Method) -> Option<String> {
    let mut accept: Vec<&str> = Vec::new();
    for value in method.outcome.values() {
        let media = value.content.media_type();
        if !accept.contains(&media) {
            accept.push(media);
        }
    }
    let (json, xml) = match &method.errors {
        Errors::Undeclared => (false, false),
        Errors::One { xml, .. } => (!xml, *xml),
        Errors::Enum { variants, .. } => {
            let any = |is: fn(Holds) -> bool| variants.iter().any(|one| is(one.holds));
            (
                any(|holds| matches!(holds, Holds::Model(_))),
                any(|holds| matches!(holds, Holds::Xml(_))),
            )
        }
    };
    for (errors, media, second) in [
        (json, "application/json", "application/json;q=0.9"),
        (xml, "application/xml", "application/xml;q=0.9"),
    ] {
        let covered = accept.iter().any(|known| *known == "*/*" || *known == media);
        if errors && !covered {
            accept.push(if accept.is_empty() { media } else { second });
        }
    }
    let json = accept.iter().all(|media| *media == "application/json");
    (!json).then(|| accept.join(", "))
}

/// Whether an answer is a compressed file.
pub(super) fn is_packed(method: &Method) -> bool {
    method.outcome.values().any(|value| matches!(value.content, Content::Bytes { gzip: true, .. }))
}

/// The function that reads an answer.
pub(super) fn decode(cx: &Cx<'_>, method: &Method, output: &TokenStream) -> TokenStream {
    let result = cx.std("Result", quote!(::std::result::Result));
    let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
    let (argument, body) = match &method.outcome {
        Outcome::Nothing => (quote!(_), quote!(#ok(()))),
        Outcome::Value(value) => (quote!(answer), read(cx, value, &stated(value))),
        Outcome::Optional { value, nothing } => {
            let none = cx.std("None", quote!(::std::option::Option::None));
            let some = cx.std("Some", quote!(::std::option::Option::Some));
            let read = if value.first {
                read(cx, value, &stated(value))
            } else {
                read_as(cx, value, &stated(value), &some)
            };
            let nothing = nothing.iter().map(|&status| unsuffixed(status.into()));
            let body = quote! {
                match answer.status() {
                    #(#nothing)|* => #ok(#none),
                    _ => #read,
                }
            };
            (quote!(answer), body)
        }
        Outcome::Several { .. } => (quote!(answer), several(cx, method, output, &ok)),
    };
    quote! {
        fn decode(
            #argument: &Answer<'_>,
        ) -> #result<#output, DecodeError> {
            #body
        }
    }
}

/// The expression that reads one of several kinds of success.
fn several(cx: &Cx<'_>, method: &Method, output: &TokenStream, ok: &TokenStream) -> TokenStream {
    let cases = method.cases();
    if let [(statuses, kinds)] = cases.as_slice()
        && statuses.is_empty()
    {
        return among(cx, kinds, true, output, ok);
    }
    let err = cx.std("Err", quote!(::std::result::Result::Err));
    let arms = cases.iter().map(|(statuses, kinds)| {
        let statuses = statuses.iter().map(|&status| unsuffixed(status.into()));
        let read = among(cx, kinds, false, output, ok);
        quote!(#(#statuses)|* => #read,)
    });
    quote! {
        match answer.status() {
            #(#arms)*
            _ => #err(DecodeError::new("the status is not declared")),
        }
    }
}

/// The expression that reads a success of one kind, or of that which its media type tells; `alone` it is
/// the body of the function.
fn among(
    cx: &Cx<'_>,
    kinds: &[&AnswerVariant],
    alone: bool,
    output: &TokenStream,
    ok: &TokenStream,
) -> TokenStream {
    let read = |variant: &AnswerVariant, answer: &TokenStream| {
        let name = ident(&variant.ident);
        let boxed = cx.std("Box", quote!(::std::boxed::Box));
        match &variant.value {
            Some(value) if variant.boxed => {
                let read = self::read(cx, value, answer);
                quote!(#read.map(#boxed::new).map(#output::#name))
            }
            Some(value) => read_as(cx, value, answer, &quote!(#output::#name)),
            None => quote!(#ok(#output::#name)),
        }
    };
    let Some((last, others)) = kinds.split_last().filter(|(_, others)| !others.is_empty()) else {
        let one = kinds.first().map(|one| (one, one.value.as_ref().map_or(quote!(answer), stated)));
        return one.map_or_else(TokenStream::new, |(one, answer)| read(one, &answer));
    };
    // Which one it is tells the media type: nothing is left to be refused.
    let chosen = quote!(answer);
    let media = |variant: &AnswerVariant| {
        let media = variant.value.as_ref().map(|value| value.content.media_type());
        media.unwrap_or_default().to_owned()
    };
    let declared = kinds.iter().map(|variant| media(variant));
    let arms = others.iter().map(|variant| {
        let (media, read) = (media(variant), read(variant, &chosen));
        quote!(#media => #read,)
    });
    let last = read(last, &chosen);
    let choice = quote! {
        let media = answer.declared_media(&[#(#declared),*])?;
        match media {
            #(#arms)*
            _ => #last,
        }
    };
    if alone { choice } else { quote!({ #choice }) }
}

/// When an answer is of this kind, in words.
fn when(method: &Method, variant: &AnswerVariant) -> String {
    let statuses: Vec<String> = variant.statuses.iter().map(u16::to_string).collect();
    let shared = |(_, kinds): &Case<'_>| {
        kinds.len() > 1 && kinds.iter().any(|kind| std::ptr::eq(*kind, variant))
    };
    let media = variant.value.as_ref().filter(|_| method.cases().iter().any(shared));
    let media = media.map(|value| match value.content.media_type() {
        "*/*" => "anything else".to_owned(),
        media => code(media),
    });
    match (statuses.is_empty(), media) {
        (true, Some(media)) => format!("Comes as {media}."),
        (_, None) => format!("Status {}.", statuses.join(" or ")),
        (false, Some(media)) => format!("Status {} as {media}.", statuses.join(" or ")),
    }
}

/// The expression that reads a value out of an answer and wraps it.
fn read_as(cx: &Cx<'_>, value: &Value, answer: &TokenStream, wrap: &TokenStream) -> TokenStream {
    // Bytes are there in any case.
    if let Content::Bytes { gzip: false, .. } = &value.content {
        let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
        return quote!(#ok(#wrap(#answer.bytes())));
    }
    let read = read(cx, value, answer);
    quote!(#read.map(#wrap))
}

/// What is answered where there is one kind of it.
fn stated(value: &Value) -> TokenStream {
    of_type(quote!(answer), &value.content)
}

/// What is answered, which may not be of another media type than the one that is stated.
pub(super) fn of_type(answer: TokenStream, content: &Content) -> TokenStream {
    match content {
        Content::Text(Some(media)) | Content::Bytes { media: Some(media), .. }
            if media != "*/*" =>
        {
            quote!(#answer.of_type(#media)?)
        }
        _ => answer,
    }
}

/// The expression that reads a body in XML.
pub(super) fn xml(cx: &Cx<'_>, ty: &Type) -> TokenStream {
    let root = cx.api.element(ty).map_or("", |element| element.name.as_str());
    quote!(answer.xml(#root))
}

/// The expression that reads a value out of an answer.
fn read(cx: &Cx<'_>, value: &Value, answer: &TokenStream) -> TokenStream {
    let at = &value.at;
    match &value.content {
        Content::Text(_) => return quote!(#answer.text()),
        Content::Bytes { gzip: true, .. } => return quote!(#answer.gunzip()),
        Content::Bytes { gzip: false, .. } => {
            let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
            return quote!(#ok(#answer.bytes()));
        }
        Content::Events { .. } => {
            let rules = rules(cx, value);
            return quote!(answer.events(#rules));
        }
        Content::Lines => return quote!(answer.lines()),
        Content::Xml => return xml(cx, &value.ty),
        Content::Json => {}
    }
    match (cx.codec(&value.ty), value.first, at.is_empty()) {
        (None, false, true) => quote!(answer.json()),
        (None, false, false) => quote!(answer.json_at(&[#(#at),*])),
        (None, true, _) => quote!(answer.json_first_at(&[#(#at),*])),
        // A bare list of dates and the like: the values are read by their codec.
        (Some(codec), false, _) => quote!(answer.json_as::<#codec, _>(&[#(#at),*])),
        (Some(codec), true, _) => quote!(answer.json_first_as::<#codec, _>(&[#(#at),*])),
    }
}
