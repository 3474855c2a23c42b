//! What the provider sends to an app.

use super::Facts;
use crate::diff::{types, words};
use crate::ir::{
    Api, DeliveredEvent, Deliveries, DeliveryPlace, Encoding, EventName, List, Mac, Ping, Proof,
    Signature, SignedPart, Timestamp,
};

pub(in crate::diff) fn deliveries(deliveries: &Deliveries) -> Facts {
    let Deliveries { docs: _, name, proof, id, ping, events: _, payload, list } = deliveries;
    // The envelope is seen by Rust code.
    let list = list.as_ref().map(|List { at, envelope: _ }| words::path(at));
    Facts::new()
        .key("event", event_name(name))
        .key("verify", self::proof(proof))
        .maybe("id", id.as_ref().map(self::id))
        .maybe("ping", ping.as_ref().map(self::ping))
        .maybe("payload", (!payload.is_empty()).then(|| words::path(payload)))
        .maybe("list", list)
}

fn event_name(name: &EventName) -> String {
    let EventName { header, fields, between } = name;
    let header = ("header", header.as_deref().map(words::text));
    let paths = || fields.iter().map(|path| path.join("."));
    let entries = match fields.as_slice() {
        [] => [header, ("field", None), ("with", None)],
        [one] => [header, ("field", Some(words::path(one))), ("with", None)],
        _ => [header, ("join", Some(words::list(paths()))), ("with", Some(words::text(between)))],
    };
    words::map(words::entries(entries))
}

fn proof(proof: &Proof) -> String {
    match proof {
        Proof::Nothing => "none".to_owned(),
        Proof::Shared { header } => {
            let header = ("header", Some(words::text(header)));
            words::map(words::entries([header, ("secret", Some("plain".to_owned()))]))
        }
        Proof::Signed(signature) => self::signature(signature),
    }
}

fn signature(signature: &Signature) -> String {
    let Signature { header, mac, encoding, prefix, split, over, timestamp } = signature;
    let mac = match mac {
        Mac::Sha1 => "sha1",
        Mac::Sha256 => "sha256",
        Mac::Sha512 => "sha512",
    };
    let encoding = match encoding {
        Encoding::Hex => "hex",
        Encoding::Base64 => "base64",
    };
    let over: String = match over.as_slice() {
        [SignedPart::Body] => "body".to_owned(),
        parts => words::text(&parts.iter().map(signed_part).collect::<String>()),
    };
    words::map(words::entries([
        ("header", Some(words::text(header))),
        ("hmac", Some(mac.to_owned())),
        ("encoding", Some(encoding.to_owned())),
        ("prefix", some(prefix)),
        ("split", some(split)),
        ("over", Some(over)),
        ("timestamp", timestamp.as_ref().map(self::timestamp)),
    ]))
}

/// A text that is there unless it is empty.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| words::text(text))
}

fn signed_part(part: &SignedPart) -> &str {
    match part {
        SignedPart::Body => "{body}",
        SignedPart::Timestamp => "{timestamp}",
        SignedPart::Id => "{id}",
        SignedPart::Text(text) => text,
    }
}

fn timestamp(timestamp: &Timestamp) -> String {
    let Timestamp { header, prefix, seconds } = timestamp;
    words::map(words::entries([
        ("header", Some(words::text(header))),
        ("prefix", some(prefix)),
        ("tolerance", Some(words::time(*seconds))),
    ]))
}

fn id(id: &DeliveryPlace) -> String {
    words::map(words::entries(place(Some(id))))
}

fn place(place: Option<&DeliveryPlace>) -> [(&'static str, Option<String>); 2] {
    match place {
        Some(DeliveryPlace::Header(header)) => {
            [("header", Some(words::text(header))), ("field", None)]
        }
        Some(DeliveryPlace::Field(path)) => [("header", None), ("field", Some(words::path(path)))],
        None => [("header", None), ("field", None)],
    }
}

fn ping(ping: &Ping) -> String {
    let Ping { event, place, signed, echo } = ping;
    let [header, field] = self::place(place.as_ref());
    words::map(words::entries([
        header,
        field,
        ("event", Some(words::text(event))),
        ("signed", Some(signed.to_string())),
        ("echo", echo.as_deref().map(words::path)),
    ]))
}

/// An event.
pub(in crate::diff) fn event(api: &Api, event: &DeliveredEvent) -> Facts {
    let DeliveredEvent { wire, also, ident: _, docs: _, ty, boxed: _ } = event;
    let ty = ty.as_ref().map_or("nothing".to_owned(), |ty| types::written(api, ty));
    Facts::new()
        .declare("event", format!("{}: {ty}", words::text(wire)), wire.as_str(), "")
        .maybe("also", (!also.is_empty()).then(|| words::one_or_list(also)))
}
