//! What the provider sends to an app.

use super::{Docs, Type};

/// How a provider delivers, and what.
#[derive(Debug)]
pub(crate) struct Deliveries {
    pub(crate) docs: Docs,
    pub(crate) name: EventName,
    pub(crate) proof: Proof,
    /// What is the same each time an event is delivered.
    pub(crate) id: Option<DeliveryPlace>,
    pub(crate) ping: Option<Ping>,
    pub(crate) events: Events,
    /// The members that lead to what an event is about.
    pub(crate) payload: Vec<String>,
    pub(crate) list: Option<List>,
}

impl Deliveries {
    /// The types that deliveries are read as.
    pub(crate) fn types(&self) -> Vec<&Type> {
        let mut types: Vec<&Type> = match &self.events {
            Events::Each(ty) => vec![ty],
            Events::Named { variants, .. } => {
                variants.iter().filter_map(|variant| variant.ty.as_ref()).collect()
            }
        };
        types.extend(self.list.as_ref().and_then(|list| list.envelope.as_ref()));
        types
    }
}

/// Where the name of an event stands.
#[derive(Debug, Default)]
pub(crate) struct EventName {
    /// In lower case.
    pub(crate) header: Option<String>,
    /// The paths of the members that make it up.
    pub(crate) fields: Vec<Vec<String>>,
    /// What stands between them.
    pub(crate) between: String,
}

/// What proves that a delivery is the provider's.
#[derive(Debug)]
pub(crate) enum Proof {
    Nothing,
    /// A header holds the secret itself.
    Shared {
        header: String,
    },
    Signed(Signature),
}

/// A signature by HMAC.
#[derive(Debug)]
pub(crate) struct Signature {
    pub(crate) header: String,
    pub(crate) mac: Mac,
    pub(crate) encoding: Encoding,
    pub(crate) prefix: String,
    /// What stands between several values of the header.
    pub(crate) split: String,
    pub(crate) over: Vec<SignedPart>,
    pub(crate) timestamp: Option<Timestamp>,
}

/// The digest of an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mac {
    Sha1,
    Sha256,
    Sha512,
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Hex,
    Base64,
}

/// A part of the text that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignedPart {
    Body,
    Timestamp,
    Id,
    Text(String),
}

/// When a delivery was signed.
#[derive(Debug)]
pub(crate) struct Timestamp {
    pub(crate) header: String,
    pub(crate) prefix: String,
    /// How far from now it may be.
    pub(crate) seconds: u64,
}

/// A question whether anybody is there.
#[derive(Debug)]
pub(crate) struct Ping {
    pub(crate) event: String,
    /// Where it is told, if not where events have their names.
    pub(crate) place: Option<DeliveryPlace>,
    pub(crate) signed: bool,
    /// The members that lead to the text which is to be sent back.
    pub(crate) echo: Option<Vec<String>>,
}

/// Where something of a delivery stands.
#[derive(Debug)]
pub(crate) enum DeliveryPlace {
    /// In lower case.
    Header(String),
    Field(Vec<String>),
}

/// What an event can be.
#[derive(Debug)]
pub(crate) enum Events {
    /// The same type for all.
    Each(Type),
    Named {
        variants: Vec<DeliveredEvent>,
        /// Events that are not listed are kept under this name.
        other: String,
    },
}

/// An event.
#[derive(Debug)]
pub(crate) struct DeliveredEvent {
    pub(crate) wire: String,
    pub(crate) also: Vec<String>,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    /// `None` where nothing but the name matters.
    pub(crate) ty: Option<Type>,
    /// Whether the value is boxed, since it is large.
    pub(crate) boxed: bool,
}

/// Several events in one body.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) at: Vec<String>,
    /// What they have in common.
    pub(crate) envelope: Option<Type>,
}
