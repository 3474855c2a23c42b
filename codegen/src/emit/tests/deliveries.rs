//! The tests of deliveries.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names;
use super::value::raw;
use crate::Options;
use crate::emit::cx::{Cx, ident, use_runtime};
use crate::emit::docs::{Lines, code};
use crate::ir::{Api, DeliveredEvent, Deliveries, Events, Json, Proof, SampleDelivery, Type};
use crate::print::{File, Piece};

pub(super) fn file(
    api: &Api,
    deliveries: &Deliveries,
    samples: &[SampleDelivery],
    options: &Options,
) -> File {
    let cx = Cx::tests(api, names(api, std::iter::once("Event".to_owned())));
    let mut docs = Lines::new(0);
    docs.text("Examples of deliveries.");
    let mut pieces = vec![
        Piece::Items(imports(deliveries, options)),
        Piece::Items(check(deliveries)),
        Piece::Items(seen(&cx, deliveries)),
    ];
    pieces.extend(samples.iter().map(|sample| Piece::Items(test(deliveries, sample))));
    File { path: "tests/deliveries.rs".to_owned(), docs: docs.into_lines(), pieces }
}

fn imports(deliveries: &Deliveries, options: &Options) -> TokenStream {
    let use_runtime = use_runtime(options);
    let parse = match deliveries.proof {
        Proof::Nothing => quote!(parse),
        _ => quote!(verify_and_parse),
    };
    let mut names = BTreeSet::from(["Secrets", "Signer"]);
    if matches!(deliveries.events, Events::Named { .. }) {
        names.insert("Event as _");
    }
    let event = names.remove("Event as _").then(|| quote!(Event as _,));
    let names = names.into_iter().map(ident);
    quote! {
        use super::super::deliveries::{Event, RECEIVER, #parse};
        #use_runtime
        use runtime::testing::{Delivery, Seen};
        use runtime::webhook::{#event #(#names),*};
    }
}

/// How a delivery is signed and taken.
fn check(deliveries: &Deliveries) -> TokenStream {
    let take = match &deliveries.proof {
        Proof::Nothing => quote!(parse(headers, body)?),
        // The time at which tests sign.
        Proof::Signed(signature) if signature.timestamp.is_some() => {
            quote!(verify_and_parse(&secrets, std::time::UNIX_EPOCH, headers, body)?)
        }
        Proof::Shared { .. } | Proof::Signed(_) => {
            quote!(verify_and_parse(&secrets, headers, body)?)
        }
    };
    let events = match deliveries.list {
        None => quote! {
            let seen = seen(&delivery.event);
            Ok(vec![seen])
        },
        Some(_) => quote!(Ok(delivery.events.iter().map(|one| seen(&one.event)).collect())),
    };
    quote! {
        /// Signs a delivery and takes it.
        fn check(delivery: &Delivery) {
            let secrets = Secrets::new("secret");
            let signer = Signer::new(RECEIVER, &secrets, delivery.body());
            delivery.check(signer, |headers, body| {
                let delivery = #take;
                #events
            });
        }
    }
}

/// What an event is called, and what it holds.
fn seen(cx: &Cx<'_>, deliveries: &Deliveries) -> TokenStream {
    let (name, seen) = match &deliveries.events {
        Events::Each(ty) => {
            let seen = json(cx, ty, &quote!(&event.body));
            (quote!(event.name.clone()), seen)
        }
        Events::Named { variants, .. } => {
            let arms = arms(cx, variants);
            let seen = quote! {
                match event {
                    #(#arms)*
                    other => Seen::unexpected(other),
                }
            };
            (quote!(event.name().to_owned()), seen)
        }
    };
    quote! {
        /// What an event is called, and what it holds.
        fn seen(event: &Event) -> (String, Seen) {
            let seen = #seen;
            (#name, seen)
        }
    }
}

/// Events that hold the same type, by whatever name, share an arm.
fn arms(cx: &Cx<'_>, variants: &[DeliveredEvent]) -> Vec<TokenStream> {
    let mut kinds: Vec<(Option<Type>, bool, Vec<TokenStream>)> = Vec::new();
    for variant in variants {
        let name = ident(&variant.ident);
        let holds = variant.ty.as_ref().map(|_| quote!((found)));
        let pattern = quote!(Event::#name #holds);
        let ty = variant.ty.as_ref().map(|ty| cx.api.resolved(ty));
        let same = kinds.iter_mut().find(|(it, boxed, _)| *it == ty && *boxed == variant.boxed);
        match same {
            Some((_, _, patterns)) => patterns.push(pattern),
            None => kinds.push((ty, variant.boxed, vec![pattern])),
        }
    }
    kinds
        .into_iter()
        .map(|(ty, _, patterns)| {
            let seen = ty.as_ref().map(|ty| json(cx, ty, &quote!(found)));
            let seen = seen.unwrap_or_else(|| quote!(Seen::Nothing));
            quote!(#(#patterns)|* => #seen,)
        })
        .collect()
}

fn json(cx: &Cx<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    match cx.codec(ty) {
        Some(codec) => quote!(Seen::json_as::<#codec, _>(#value)),
        None => quote!(Seen::json(#value)),
    }
}

/// How many lines of JSON may stand in the middle of a test.
const LINES: usize = 50;

fn test(deliveries: &Deliveries, sample: &SampleDelivery) -> TokenStream {
    let doc = format!(" A delivery as {} shows it.", code(&sample.name));
    let name = ident(&sample.ident);
    let kept = sample.events.iter().filter_map(|(_, kept)| kept.as_ref());
    let lines = |json: &Json| json.pretty(4).lines().count();
    let is_long = lines(&sample.body) + kept.map(lines).sum::<usize>() > LINES;
    let mut constants = Vec::new();
    // What is long stands before the test.
    let mut written = |what: &str, json: &Json| match crate::names::constant(&sample.ident) {
        Some(name) if is_long => {
            let (name, json) = (format_ident!("{name}_{what}"), raw(json, 4));
            constants.push(quote!(const #name: &str = #json;));
            quote!(#name)
        }
        _ => raw(json, 12),
    };
    let body = written("BODY", &sample.body);
    let event = sample.event.as_ref().map(|event| quote!(.event(#event)));
    let id = sample.id.as_ref().map(|id| quote!(.id(#id)));
    let proven = !sample.unsigned && !matches!(deliveries.proof, Proof::Nothing);
    let proven = proven.then(|| quote!(.proven()));
    let events = sample.events.iter().enumerate();
    let gives: Vec<TokenStream> = events
        .map(|(index, (name, kept))| match kept {
            Some(kept) if kept.is(&sample.body) => quote!(.gives_body(#name)),
            Some(kept) => {
                let json = written(&format!("EVENT_{}", index + 1), kept);
                quote!(.gives(#name, #json))
            }
            None => quote!(.gives_nothing(#name)),
        })
        .collect();
    quote! {
        #(#constants)*

        #[doc = #doc]
        #[test]
        fn #name() {
            let delivery = Delivery::new(#body) #event #id #proven #(#gives)*;
            check(&delivery);
        }
    }
}
