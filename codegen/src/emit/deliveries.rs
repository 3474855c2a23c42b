//! The file of what the provider sends: how it is verified, and the events.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident, use_runtime};
use super::docs::{self, Lines, code};
use super::{lints, receiver};
use crate::Options;
use crate::ir::{Api, DeliveredEvent, Deliveries, Events, Proof, Type};
use crate::print::{File, Piece, Row, Table};

/// What the file defines, and takes from the runtime.
const NAMES: [&str; 16] = [
    "Delivery",
    "DeliveryError",
    "Encoding",
    "Event",
    "HeaderMap",
    "Mac",
    "Part",
    "Parts",
    "RECEIVER",
    "Receiver",
    "Secrets",
    "Signature",
    "Signer",
    "SystemTime",
    "Timestamp",
    "UnknownEvent",
];

pub(super) fn file(api: &Api, deliveries: &Deliveries, options: &Options) -> File {
    let cx = Cx::group(api, local_names(api));
    let fallback = format!("What {} sends to an app.", docs::sanitize(&api.title));
    let mut lines = Lines::of(&deliveries.docs, 0, &fallback);
    lines.origin(&deliveries.docs, "In the SDK");
    lines.markdown(
        "Needs the feature `webhooks` of the runtime. No web framework is needed: headers and body go in \
         as they were received.",
    );
    let mut pieces = vec![
        Piece::Items(imports(&cx, deliveries, options)),
        Piece::Items(receiver::constant(deliveries)),
        Piece::Items(delivery(&cx, deliveries)),
    ];
    pieces.extend(match &deliveries.events {
        Events::Each(ty) => each(&cx, ty),
        Events::Named { variants, other } => named(&cx, variants, other),
    });
    pieces.push(Piece::Items(parse(&cx, deliveries)));
    pieces.extend(sign(deliveries));
    File { path: "deliveries.rs".to_owned(), docs: lines.into_lines(), pieces }
}

fn local_names(api: &Api) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = NAMES.into_iter().map(str::to_owned).collect();
    // Models that would hide the prelude are named in full.
    let prelude = crate::names::PRELUDE.iter().map(|name| (*name).to_owned());
    let hidden: BTreeSet<&str> = api.models.iter().map(|model| model.ident.as_str()).collect();
    names.extend(prelude.filter(|name| hidden.contains(name.as_str())));
    names
}

fn imports(cx: &Cx<'_>, deliveries: &Deliveries, options: &Options) -> TokenStream {
    let mut models = BTreeSet::new();
    for id in deliveries.types().into_iter().flat_map(Type::models) {
        cx.api.each_named(id, &mut |id| {
            if !cx.is_qualified(id) {
                models.insert(cx.api.model(id).ident.as_str());
            }
        });
    }
    let models: Vec<_> = models.into_iter().map(ident).collect();
    let models = (!models.is_empty()).then(|| quote!(use super::models::{#(#models),*};));
    let mut names = BTreeSet::from(["DeliveryError", "Parts", "Receiver"]);
    if matches!(deliveries.events, Events::Named { .. }) {
        names.insert("UnknownEvent");
    }
    let mut std = TokenStream::new();
    match &deliveries.proof {
        Proof::Nothing => {}
        Proof::Shared { .. } => names.extend(["Secrets", "Signer"]),
        Proof::Signed(signature) => {
            names.extend(["Encoding", "Mac", "Secrets", "Signature", "Signer"]);
            if !receiver::is_body(signature) {
                names.insert("Part");
            }
            if signature.timestamp.is_some() {
                names.insert("Timestamp");
                std = quote!(
                    use std::time::SystemTime;
                );
            }
        }
    }
    // Nothing is verified, but what runs is the same.
    if matches!(deliveries.proof, Proof::Nothing) {
        names.insert("Secrets");
    }
    let names = names.into_iter().map(ident);
    let use_runtime = use_runtime(options);
    quote! {
        #models
        #use_runtime
        use runtime::HeaderMap;
        use runtime::webhook::{self, #(#names),*};
        #std
    }
}

fn delivery(cx: &Cx<'_>, deliveries: &Deliveries) -> TokenStream {
    match &deliveries.list {
        None => quote! {
            /// One event, with what was delivered around it.
            pub type Delivery = webhook::Delivery<Event>;
        },
        Some(list) => {
            let envelope = list.envelope.as_ref().map(|ty| {
                let ty = cx.ty(ty);
                quote!(, #ty)
            });
            quote! {
                /// The events of one delivery, with what they have in common.
                pub type Delivery = webhook::Batch<Event #envelope>;
            }
        }
    }
}

/// Events that are of one type.
fn each(cx: &Cx<'_>, ty: &Type) -> Vec<Piece> {
    let codec = cx.codec(ty).map(|codec| quote!(<#codec>));
    let (string, ty) = (cx.string(), cx.ty(ty));
    vec![Piece::Items(quote! {
        /// What happened.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Event {
            /// What the provider calls it.
            pub name: #string,
            /// What it is about.
            pub body: #ty,
        }
        runtime::each_event!(Event #codec RECEIVER);
    })]
}

fn named(cx: &Cx<'_>, variants: &[DeliveredEvent], other: &str) -> Vec<Piece> {
    let items = variants.iter().map(|variant| {
        let docs = Lines::of(&variant.docs, 4, &format!("{}.", code(&variant.wire))).into_tokens();
        let name = ident(&variant.ident);
        let holds = variant.ty.as_ref().map(|ty| {
            let ty = cx.ty(ty);
            if variant.boxed {
                let ty = cx.boxed(&ty);
                quote!((#ty))
            } else {
                quote!((#ty))
            }
        });
        quote!(#docs #name #holds,)
    });
    let other_name = ident(other);
    let idents = variants.iter().map(|variant| variant.ident.as_str()).chain([other]);
    let repeated = lints::variants("Event", idents);
    let item = quote! {
        /// What happened.
        #repeated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#items)*
            /// An event that the specification does not know, as it was sent.
            #other_name(UnknownEvent),
        }
    };
    let rows = variants
        .iter()
        .map(|variant| {
            let name = ident(&variant.ident);
            let codec = variant.ty.as_ref().and_then(|ty| cx.codec(ty));
            Row::Variant {
                ident: quote!(#name),
                codec: codec.map(|codec| cx.boxed_codec(codec, variant.boxed)),
                from: variant.ty.as_ref().map(|_| quote!(_)),
                wires: std::iter::once(&variant.wire).chain(&variant.also).cloned().collect(),
            }
        })
        .collect();
    let of =
        if other == "Other" { quote!(Event RECEIVER) } else { quote!(Event RECEIVER #other_name) };
    let table = Table { name: "events", of, rows, attached: true, mode: None };
    vec![Piece::Items(item), Piece::Table(table)]
}

fn parse(cx: &Cx<'_>, deliveries: &Deliveries) -> TokenStream {
    let result = cx.std("Result", quote!(::std::result::Result));
    let errors = quote! {
        ///
        /// # Errors
        ///
        /// The delivery is turned away; [`DeliveryError::status`] is what to answer.
    };
    match &deliveries.proof {
        Proof::Nothing => quote! {
            /// Reads a delivery. This provider signs nothing: anybody could have sent it, so that what it
            /// says is to be looked up before it is believed.
            #errors
            pub fn parse(headers: &HeaderMap, body: &[u8]) -> #result<Delivery, DeliveryError> {
                webhook::receive(&Secrets::none(), Parts::new(headers, body))
            }
        },
        Proof::Signed(signature) if signature.timestamp.is_some() => quote! {
            /// Verifies a delivery, which must have been signed around `now`, and reads it.
            #errors
            pub fn verify_and_parse(
                secrets: &Secrets,
                now: SystemTime,
                headers: &HeaderMap,
                body: &[u8],
            ) -> #result<Delivery, DeliveryError> {
                webhook::receive(secrets, Parts::new(headers, body).at(now))
            }
        },
        Proof::Shared { .. } | Proof::Signed(_) => quote! {
            /// Verifies a delivery and reads it.
            #errors
            pub fn verify_and_parse(
                secrets: &Secrets,
                headers: &HeaderMap,
                body: &[u8],
            ) -> #result<Delivery, DeliveryError> {
                webhook::receive(secrets, Parts::new(headers, body))
            }
        },
    }
}

fn sign(deliveries: &Deliveries) -> Option<Piece> {
    Some(Piece::Items(match &deliveries.proof {
        Proof::Nothing => return None,
        // Whoever verifies it looks at the time as well.
        Proof::Signed(signature) if signature.timestamp.is_some() => quote! {
            /// Signs a delivery as the provider would at `now`, for tests.
            #[must_use]
            pub fn sign<'a>(secrets: &'a Secrets, now: SystemTime, body: &'a [u8]) -> Signer<'a> {
                Signer::new(RECEIVER, secrets, body).at(now)
            }
        },
        Proof::Shared { .. } | Proof::Signed(_) => quote! {
            /// Signs a delivery as the provider does, for tests.
            #[must_use]
            pub fn sign<'a>(secrets: &'a Secrets, body: &'a [u8]) -> Signer<'a> {
                Signer::new(RECEIVER, secrets, body)
            }
        },
    }))
}
