//! Rules about several members, as rows and as documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::ident;
use super::docs::{Lines, code};
use crate::ir::{Among, Body, Count, Field, Method, Presence};

/// What the runtime calls it.
pub(super) fn word(count: Count) -> &'static str {
    match count {
        Count::Exactly => "ExactlyOne",
        Count::AtMost => "AtMostOne",
        Count::AtLeast => "AtLeastOne",
    }
}

/// A sentence for each rule.
pub(super) fn docs(rules: &[Among], lines: &mut Lines) {
    for rule in rules {
        let (count, verb) = match rule.count {
            Count::Exactly => ("Exactly one", "has to be there"),
            Count::AtMost => ("At most one", "may be there"),
            Count::AtLeast => ("At least one", "has to be there"),
        };
        let names: Vec<String> = rule.members.iter().map(|name| code(name)).collect();
        if let Some((last, rest)) = names.split_last() {
            lines.markdown(&format!("{count} of {} and {last} {verb}.", rest.join(", ")));
        }
    }
}

/// What refuses a request that breaks a rule.
pub(super) fn encode(method: &Method) -> TokenStream {
    let of_members = method.body.as_ref().map(|body| members(body, &quote!(self)));
    let of_parameters = method.among.iter().map(|rule| {
        refuse(rule, |wire| {
            let found = method.parameters.iter().find(|parameter| parameter.wire == wire)?;
            let name = ident(&found.ident);
            Some(quote!(self.#name.is_some()))
        })
    });
    quote!(#(#of_parameters)* #of_members)
}

/// What refuses members of a body, which are fields of `owner`.
pub(super) fn members(body: &Body, owner: &TokenStream) -> TokenStream {
    let Body::Members { fields, among, .. } = body else { return TokenStream::new() };
    let refused = among.iter().map(|rule| {
        refuse(rule, |wire| {
            let field = fields.iter().find(|field| field.wire == wire)?;
            is_field_set(field, owner)
        })
    });
    quote!(#(#refused)*)
}

fn refuse(rule: &Among, is_set: impl Fn(&str) -> Option<TokenStream>) -> TokenStream {
    let count = ident(word(rule.count));
    let members = rule.members.iter().filter_map(|wire| {
        let set = is_set(wire)?;
        Some(quote!((#wire, #set)))
    });
    quote!(request.among(runtime::Count::#count, &[#(#members),*]);)
}

fn is_field_set(field: &Field, owner: &TokenStream) -> Option<TokenStream> {
    let name = ident(&field.ident);
    match field.presence {
        Presence::Patched => Some(quote!(#owner.#name.value().is_some())),
        Presence::ReadOnly => None,
        _ => Some(quote!(#owner.#name.is_some())),
    }
}
