//! The constant that tells the runtime how a provider delivers.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::duration;
use crate::ir::{
    Deliveries, DeliveryPlace, Encoding, EventName, Mac, Ping, Proof, Signature, SignedPart,
    Timestamp,
};

pub(super) fn constant(deliveries: &Deliveries) -> TokenStream {
    let name = event_name(&deliveries.name);
    let proof = proof(&deliveries.proof);
    let id = deliveries.id.as_ref();
    let id = id.map(|id| place(id, &quote!(id_header), &quote!(id_field)));
    let ping = deliveries.ping.as_ref().map(ping);
    let payload = (!deliveries.payload.is_empty()).then(|| {
        let path = path(&deliveries.payload);
        quote!(.payload(#path))
    });
    let list = deliveries.list.as_ref().map(|list| {
        let path = path(&list.at);
        quote!(.list(#path))
    });
    quote! {
        /// How deliveries are named, proven and packed.
        pub const RECEIVER: Receiver = Receiver::new() #name #proof #id #ping #payload #list;
    }
}

fn event_name(name: &EventName) -> TokenStream {
    let header = name.header.as_ref().map(|header| quote!(.event_header(#header)));
    let fields = (!name.fields.is_empty()).then(|| {
        let fields = name.fields.iter().map(|field| path(field));
        let between = &name.between;
        quote!(.event_fields(&[#(#fields),*], #between))
    });
    quote!(#header #fields)
}

fn path(members: &[String]) -> TokenStream {
    quote!(&[#(#members),*])
}

/// A place, by the function for a header or by the one for a member.
fn place(place: &DeliveryPlace, in_header: &TokenStream, in_field: &TokenStream) -> TokenStream {
    match place {
        DeliveryPlace::Header(header) => quote!(.#in_header(#header)),
        DeliveryPlace::Field(path) => {
            let path = self::path(path);
            quote!(.#in_field(#path))
        }
    }
}

fn ping(ping: &Ping) -> TokenStream {
    let event = &ping.event;
    let own = ping.place.as_ref();
    let own = own.map(|own| place(own, &quote!(ping_header), &quote!(ping_field)));
    let echo = ping.echo.as_ref().map(|echo| {
        let path = path(echo);
        quote!(.echo(#path))
    });
    let named = if ping.signed { quote!(ping) } else { quote!(unsigned_ping) };
    quote!(.#named(#event) #own #echo)
}

fn proof(proof: &Proof) -> TokenStream {
    match proof {
        Proof::Nothing => TokenStream::new(),
        Proof::Shared { header } => quote!(.shared_secret(#header)),
        Proof::Signed(signature) => {
            let signature = self::signature(signature);
            quote!(.signature(#signature))
        }
    }
}

/// Whether the body alone is signed, which needs no words.
pub(super) fn is_body(signature: &Signature) -> bool {
    signature.over == [SignedPart::Body]
}

fn signature(signature: &Signature) -> TokenStream {
    let header = &signature.header;
    let mac = match signature.mac {
        Mac::Sha1 => quote!(Mac::Sha1),
        Mac::Sha256 => quote!(Mac::Sha256),
        Mac::Sha512 => quote!(Mac::Sha512),
    };
    let encoding = match signature.encoding {
        Encoding::Hex => quote!(Encoding::Hex),
        Encoding::Base64 => quote!(Encoding::Base64),
    };
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    let prefix = text(&signature.prefix).map(|prefix| quote!(.prefix(#prefix)));
    let split = text(&signature.split).map(|split| quote!(.split(#split)));
    let over = (!is_body(signature)).then(|| {
        let parts = signature.over.iter().map(part);
        quote!(.over(&[#(#parts),*]))
    });
    let timestamp = signature.timestamp.as_ref().map(timestamp);
    quote!(Signature::new(#header, #mac, #encoding) #prefix #split #over #timestamp)
}

fn part(part: &SignedPart) -> TokenStream {
    match part {
        SignedPart::Body => quote!(Part::Body),
        SignedPart::Timestamp => quote!(Part::Timestamp),
        SignedPart::Id => quote!(Part::Id),
        SignedPart::Text(text) => quote!(Part::Text(#text)),
    }
}

fn timestamp(timestamp: &Timestamp) -> TokenStream {
    let Timestamp { header, prefix, seconds } = timestamp;
    let tolerance = duration(*seconds);
    quote! {
        .timestamp(Timestamp {
            header: #header,
            prefix: #prefix,
            tolerance: #tolerance,
        })
    }
}
