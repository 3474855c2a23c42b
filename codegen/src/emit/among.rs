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
    let fields = match &method.body {
        Some(Body::Members { fields, among, .. }) => (fields.as_slice(), among.as_slice()),
        _ => (&[][..], &[][..]),
    };
    let of_fields = fields.1.iter().map(|rule| {
        refuse(rule, |wire| fields.0.iter().find(|field| field.wire == wire).and_then(is_field_set))
    });
    let of_parameters = method.among.iter().map(|rule| {
        refuse(rule, |wire| {
            let found = method.parameters.iter().find(|parameter| parameter.wire == wire)?;
            let name = ident(&found.ident);
            Some(quote!(self.#name.is_some()))
        })
    });
    quote!(#(#of_parameters)* #(#of_fields)*)
}

fn refuse(rule: &Among, is_set: impl Fn(&str) -> Option<TokenStream>) -> TokenStream {
    let count = ident(word(rule.count));
    let members = rule.members.iter().filter_map(|wire| {
        let set = is_set(wire)?;
        Some(quote!((#wire, #set)))
    });
    quote!(request.among(runtime::Count::#count, &[#(#members),*]);)
}

fn is_field_set(field: &Field) -> Option<TokenStream> {
    let name = ident(&field.ident);
    match field.presence {
        Presence::Patched => Some(quote!(self.#name.value().is_some())),
        Presence::ReadOnly => None,
        _ => Some(quote!(self.#name.is_some())),
    }
}
