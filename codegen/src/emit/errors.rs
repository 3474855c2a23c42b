//! What a method fails with.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::cx::{Cx, ident, unsuffixed};
use super::group::statuses;
use super::lints;
use crate::ir::{ErrorVariant, Errors, Group, Holds, Method, ModelId, StatusPattern, Type};
use crate::print::Piece;

/// The error type of a method.
pub(super) fn ty(cx: &Cx<'_>, method: &Method) -> TokenStream {
    match &method.errors {
        Errors::Undeclared => quote!(std::convert::Infallible),
        Errors::One { model, .. } => cx.model(*model),
        Errors::Enum { ident: name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The enum of a method's errors.
pub(super) fn emit(cx: &Cx<'_>, group: &Group, method: &Method) -> Option<Piece> {
    let Errors::Enum { ident: name, variants } = &method.errors else { return None };
    let name = ident(name);
    let doc = format!(
        " What [`{}::{}`] fails with.",
        group.type_name,
        method.ident.trim_start_matches("r#")
    );
    let cases = variants.iter().map(|variant| {
        let doc = format!(" {}.", statuses(&variant.statuses));
        let name = ident(&variant.ident);
        match variant.holds {
            Holds::Model(model) | Holds::Xml(model) => {
                let model = cx.model(model);
                quote!(#[doc = #doc] #name(#model),)
            }
            Holds::Text => {
                let string = cx.string();
                quote!(#[doc = #doc] #name(#string),)
            }
            Holds::Nothing => quote!(#[doc = #doc] #name,),
        }
    });
    let inner = inner(cx, variants);
    let repeated =
        lints::variants(&name.to_string(), variants.iter().map(|variant| variant.ident.as_str()));
    // The error of a call holds it in a box.
    let uneven = method
        .uneven_errors
        .then(|| quote!(#[allow(clippy::large_enum_variant, reason = "it is boxed as a whole")]));
    Some(Piece::Items(quote! {
        #[doc = #doc]
        #uneven
        #repeated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases)*
        }

        impl runtime::ServiceError for #name {
            #inner
        }
    }))
}

/// What the error holds, of which the message is.
fn inner(cx: &Cx<'_>, variants: &[ErrorVariant]) -> TokenStream {
    // Variants that hold the same share an arm.
    let mut holding: Vec<(Holds, Vec<TokenStream>)> = Vec::new();
    let mut empty = Vec::new();
    for variant in variants {
        let name = ident(&variant.ident);
        if variant.holds == Holds::Nothing {
            empty.push(quote!(Self::#name));
            continue;
        }
        let pattern = quote!(Self::#name(error));
        match holding.iter_mut().find(|(known, _)| *known == variant.holds) {
            Some((_, patterns)) => patterns.push(pattern),
            None => holding.push((variant.holds, vec![pattern])),
        }
    }
    if holding.is_empty() {
        return TokenStream::new();
    }
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    let none = cx.std("None", quote!(::std::option::Option::None));
    let option = cx.option(&quote!(&dyn runtime::ServiceError));
    let holding = holding.iter().map(|(_, patterns)| quote!(#(#patterns)|* => #some(error),));
    let empty = (!empty.is_empty()).then(|| quote!(#(#empty)|* => #none,));
    quote! {
        fn inner(&self) -> #option {
            match self {
                #(#holding)*
                #empty
            }
        }
    }
}

/// The function that reads an error, most exact status first.
pub(super) fn decode(cx: &Cx<'_>, method: &Method, error: &TokenStream) -> TokenStream {
    let option = cx.std("Option", quote!(::std::option::Option));
    let result = cx.std("Result", quote!(::std::result::Result));
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    let none = cx.std("None", quote!(::std::option::Option::None));
    let ok = cx.std("Ok", quote!(::std::result::Result::Ok));
    let read = |variant: &ErrorVariant| match variant.holds {
        Holds::Nothing => {
            let name = ident(&variant.ident);
            quote!(#ok(#error::#name))
        }
        _ => read(cx, variant, error),
    };
    let whole = |model: ModelId, xml: bool| {
        if xml { answers::xml(cx, &Type::Model(model)) } else { quote!(answer.json()) }
    };
    let body = match &method.errors {
        Errors::Undeclared | Errors::One { status: StatusPattern::Inside, .. } => {
            return TokenStream::new();
        }
        Errors::One { status: StatusPattern::Default, model, xml } => {
            let read = whole(*model, *xml);
            quote!(#some(#read))
        }
        Errors::One { status, model, xml } => {
            let read = whole(*model, *xml);
            let pattern = pattern(&[*status], &[]);
            let condition = match status {
                StatusPattern::Range(_) => quote!((#pattern).contains(&answer.status())),
                _ => quote!((answer.status() == #pattern)),
            };
            quote!(#condition.then(|| #read))
        }
        Errors::Enum { variants, .. } => {
            // What stands inside a success has no status of its own.
            let by_status: Vec<ErrorVariant> = variants
                .iter()
                .map(|variant| ErrorVariant {
                    ident: variant.ident.clone(),
                    statuses: variant
                        .statuses
                        .iter()
                        .copied()
                        .filter(|status| *status != StatusPattern::Inside)
                        .collect(),
                    holds: variant.holds,
                })
                .filter(|variant| !variant.statuses.is_empty())
                .collect();
            if by_status.is_empty() {
                return TokenStream::new();
            }
            let (fallback, exact): (Vec<_>, Vec<_>) = by_status
                .iter()
                .partition(|variant| variant.statuses.contains(&StatusPattern::Default));
            let mut exact = exact;
            // Ranges after exact statuses, which they contain.
            exact.sort_by_key(|variant| variant.statuses.iter().max().copied());
            let statuses: Vec<_> = exact.iter().flat_map(|variant| &variant.statuses).collect();
            let arms = exact.iter().map(|variant| {
                let (pattern, read) = (pattern(&variant.statuses, &statuses), read(variant));
                quote!(#pattern => #read,)
            });
            match fallback.first() {
                Some(fallback) => {
                    let read = read(fallback);
                    quote! {
                        let error = match answer.status() { #(#arms)* _ => #read };
                        #some(error)
                    }
                }
                None => quote! {
                    let error = match answer.status() { #(#arms)* _ => return #none };
                    #some(error)
                },
            }
        }
    };
    quote! {
        fn decode_error(
            answer: &Answer<'_>,
        ) -> #option<#result<#error, DecodeError>> {
            #body
        }
    }
}

/// The expression that reads what a variant holds.
fn read(cx: &Cx<'_>, variant: &ErrorVariant, error: &TokenStream) -> TokenStream {
    let name = ident(&variant.ident);
    match variant.holds {
        Holds::Text => quote!(answer.text().map(#error::#name)),
        Holds::Xml(model) => {
            let read = answers::xml(cx, &Type::Model(model));
            quote!(#read.map(#error::#name))
        }
        _ => quote!(answer.json().map(#error::#name)),
    }
}

/// The function that finds an error inside a success.
pub(super) fn decode_inside(cx: &Cx<'_>, method: &Method, error: &TokenStream) -> TokenStream {
    let Some(path) = &method.inside else { return TokenStream::new() };
    let inside = |variant: &&ErrorVariant| variant.statuses.contains(&StatusPattern::Inside);
    let read = match &method.errors {
        Errors::Enum { variants, .. } => {
            variants.iter().find(inside).map(|one| read(cx, one, error))
        }
        Errors::One { model, xml: true, .. } => Some(answers::xml(cx, &Type::Model(*model))),
        _ => None,
    };
    let says = if method.outcome.is_xml() { quote!(says_in_xml) } else { quote!(says) };
    let read = read.unwrap_or_else(|| quote!(answer.json()));
    let option = cx.std("Option", quote!(::std::option::Option));
    let result = cx.std("Result", quote!(::std::result::Result));
    quote! {
        fn decode_inside(
            answer: &Answer<'_>,
        ) -> #option<#result<#error, DecodeError>> {
            answer.#says(&[#(#path),*]).then(|| #read)
        }
    }
}

/// The pattern of statuses. A range does not begin or end with a status that has an arm of its own, `taken`:
/// to clippy that is a mistake.
fn pattern(statuses: &[StatusPattern], taken: &[&StatusPattern]) -> TokenStream {
    let free = |status: &u16| !taken.contains(&&StatusPattern::Exactly(*status));
    let alternatives = statuses.iter().map(|status| match status {
        StatusPattern::Exactly(status) => {
            let status = unsuffixed((*status).into());
            quote!(#status)
        }
        StatusPattern::Range(digit) => {
            let mut range = (digit * 100..digit * 100 + 100).filter(free);
            let first = range.next().unwrap_or_default();
            let last = unsuffixed(range.next_back().unwrap_or(first).into());
            let first = unsuffixed(first.into());
            quote!(#first..=#last)
        }
        StatusPattern::Default | StatusPattern::Inside => quote!(_),
    });
    quote!(#(#alternatives)|*)
}
