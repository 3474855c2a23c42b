//! What a call has to give.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::Values;
use crate::emit::cx::ident;
use crate::emit::errors;
use crate::ir::{Answer, Content, Errors, Gives, Kept, Method, Outcome, Value};

/// The closure that looks at the result of a call.
pub(super) fn seen(values: &Values<'_>, method: &Method, answer: &Answer) -> TokenStream {
    let pattern = |inner: TokenStream, variant: Option<&String>| match (&method.outcome, variant) {
        (Outcome::Several { ident: name, .. }, Some(variant)) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(Ok(#name::#variant #inner))
        }
        (Outcome::Optional { .. }, _) => quote!(Ok(Some #inner)),
        (Outcome::Value(value), _) if value.first => quote!(Ok(Some #inner)),
        _ => quote!(Ok #inner),
    };
    let (pattern, seen) = match &answer.gives {
        Gives::Unstated => return quote!(|_| Seen::Nothing),
        Gives::Error(kept, variant) => return error(values, method, kept.as_ref(), variant),
        Gives::Nothing(variant) => {
            let pattern = match (&method.outcome, variant) {
                (Outcome::Nothing, _) => quote!(Ok(())),
                (Outcome::Several { .. }, variant) => pattern(TokenStream::new(), variant.as_ref()),
                (Outcome::Value(_) | Outcome::Optional { .. }, _) => quote!(Ok(None)),
            };
            (pattern, quote!(Seen::Nothing))
        }
        Gives::Value(kept, variant) => {
            let value = method.outcome.values().find(|value| is_of(value, kept));
            let value = of_variant(&method.outcome, variant.as_deref()).or(value);
            let codec = value.and_then(|value| values.cx.codec(&value.ty));
            let seen = match (kept, codec) {
                (Kept::Json(_), None) => quote!(Seen::json(&found)),
                (Kept::Json(_), Some(codec)) => quote!(Seen::json_as::<#codec, _>(&found)),
                (Kept::Body, _) => quote!(Seen::bytes(found)),
            };
            (pattern(quote!((found)), variant.as_ref()), seen)
        }
    };
    quote! {
        |result| match result {
            #pattern => #seen,
            other => Seen::unexpected(&other),
        }
    }
}

/// What one of several kinds of success holds.
fn of_variant<'m>(outcome: &'m Outcome, name: Option<&str>) -> Option<&'m Value> {
    let Outcome::Several { variants, .. } = outcome else { return None };
    variants.iter().find(|variant| Some(variant.ident.as_str()) == name)?.value.as_ref()
}

fn is_of(value: &Value, kept: &Kept) -> bool {
    matches!(
        (&value.content, kept),
        (Content::Json | Content::Xml, Kept::Json(_))
            | (Content::Text(_) | Content::Bytes { .. }, Kept::Body)
    )
}

fn error(
    values: &Values<'_>,
    method: &Method,
    kept: Option<&Kept>,
    variant: &Option<String>,
) -> TokenStream {
    let ty = errors::ty(values.cx, method);
    let holds = match kept {
        None => TokenStream::new(),
        Some(_) => quote!((found)),
    };
    let pattern = match (&method.errors, variant) {
        (Errors::Enum { .. }, Some(variant)) => {
            let variant = ident(variant);
            quote!(#ty::#variant #holds)
        }
        _ => quote!(found),
    };
    let seen = match kept {
        None => quote!(Seen::Nothing),
        Some(Kept::Json(_)) => quote!(Seen::json(found)),
        Some(Kept::Body) => quote!(Seen::bytes(found)),
    };
    quote! {
        |result| match result.as_ref().err().and_then(CallError::service) {
            Some(#pattern) => #seen,
            _ => Seen::unexpected(&result.err()),
        }
    }
}
