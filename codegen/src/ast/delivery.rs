//! What the provider sends to an app.

use super::{Origin, Text, TypeExpr, UnionVariant};
use crate::source::Span;
use crate::yaml::Node;

/// `deliveries:`
#[derive(Debug)]
pub(crate) struct Deliveries {
    pub(crate) doc: Option<Text>,
    pub(crate) origin: Origin,
    pub(crate) event: Option<EventName>,
    pub(crate) verify: Option<Verify>,
    pub(crate) ping: Option<Ping>,
    pub(crate) id: Option<DeliveryPlace>,
    /// Name on the wire and what the event is about.
    pub(crate) events: Vec<UnionVariant>,
    /// One type for all events.
    pub(crate) each: Option<TypeExpr>,
    /// The member that holds several events.
    pub(crate) list: Option<Text>,
    /// What several events have in common.
    pub(crate) envelope: Option<TypeExpr>,
    /// The member that holds what an event is about.
    pub(crate) payload: Option<Text>,
    pub(crate) examples: Vec<DeliveryExample>,
    /// The key.
    pub(crate) span: Span,
}

/// `event:`, where the name of an event stands.
#[derive(Debug)]
pub(crate) struct EventName {
    pub(crate) header: Option<Text>,
    /// One member, or several with `between` them.
    pub(crate) fields: Vec<Text>,
    pub(crate) between: Option<Text>,
    pub(crate) span: Span,
}

/// `verify:`
#[derive(Debug)]
pub(crate) enum Verify {
    /// `verify: none`
    Nothing,
    Keys(Box<VerifyKeys>),
    /// Reported already.
    Poisoned,
}

/// The keys of `verify:`
#[derive(Debug)]
pub(crate) struct VerifyKeys {
    pub(crate) header: Option<Text>,
    pub(crate) secret: Option<Text>,
    pub(crate) hmac: Option<Text>,
    pub(crate) encoding: Option<Text>,
    pub(crate) prefix: Option<Text>,
    pub(crate) split: Option<Text>,
    pub(crate) over: Option<Text>,
    pub(crate) timestamp: Option<Timestamp>,
    pub(crate) span: Span,
}

/// `timestamp:`, when a delivery was signed.
#[derive(Debug)]
pub(crate) struct Timestamp {
    pub(crate) header: Option<Text>,
    pub(crate) prefix: Option<Text>,
    pub(crate) tolerance: Option<Text>,
    /// Whether something else stands there, which may say where it is.
    pub(crate) unclear: bool,
    pub(crate) span: Span,
}

/// `ping:`
#[derive(Debug)]
pub(crate) struct Ping {
    pub(crate) event: Text,
    /// Where it is told, if not where events have their names.
    pub(crate) place: Option<DeliveryPlace>,
    /// Whether it is signed like the rest.
    pub(crate) signed: bool,
    /// The member whose text is to be sent back.
    pub(crate) echo: Option<Text>,
    /// The entry of the event.
    pub(crate) entry: Span,
}

/// Where something of a delivery stands: `id:`, the same each time an event is delivered, and what tells a `ping:`.
#[derive(Debug)]
pub(crate) enum DeliveryPlace {
    Header(Text),
    Field(Text),
}

/// A delivery that the documentation shows: its headers and body stand where those of a request do.
#[derive(Debug)]
pub(crate) struct DeliveryExample {
    pub(crate) name: Text,
    pub(crate) headers: Vec<(Text, Node)>,
    pub(crate) request: Option<Node>,
    /// A source shows it; otherwise it was made up where none does.
    pub(crate) shown: bool,
    /// Its values mean nothing.
    pub(crate) placeholder: bool,
}
