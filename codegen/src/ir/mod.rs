//! The checked model of one provider: every reference resolved, every default applied, every name decided.
//!
//! Emitters read nothing else. Nothing here says "not resolved yet", and nothing here is Rust syntax.

mod api;
mod delivery;
mod example;
mod expected;
mod json;
mod linked;
mod method;
mod model;
mod page;
mod retry;
mod text;
mod timeout;
mod transaction;
mod types;

/// Statuses, limits, counts and places are the same in the language and in the model.
pub(crate) use crate::ast::{Algorithm, Count, KeyPlace, Limits, StatusPattern, XmlPlace};
pub(crate) use api::{
    Api, Auth, Claim, ClaimValue, ClientParameter, Docs, Endpoint, Format, Group, Link, OAuth2,
    Part, Scheme, SchemeKind, Server, TokenClient, TokenDialect, Variable,
};
pub(crate) use delivery::{
    DeliveredEvent, Deliveries, DeliveryPlace, Encoding, EventName, Events, List, Mac, Ping, Proof,
    Signature, SignedPart, Timestamp,
};
pub(crate) use example::{Answer, Evidence, Example, Gives, Kept, Payload, Sample, SampleDelivery};
pub(crate) use expected::Expected;
pub(crate) use json::Json;
pub(crate) use linked::Needed;
pub(crate) use method::{
    Alternative, AnswerVariant, Body, Case, Content, ErrorVariant, Errors, Holds, Media, Method,
    Outcome, Parameter, Place, Style, Value, Verb,
};
pub(crate) use model::{
    Among, Constant, Element, Enum, EnumWire, Field, Given, Literal, Model, ModelId, ModelKind,
    Newtype, NewtypeOf, Object, Presence, Reach, Union, UnionForm, UnionVariant, Variant,
};
pub(crate) use page::{PageStyle, Paging, Step};
pub(crate) use retry::{Effect, Quota, RateLimit};
pub(crate) use timeout::Timeouts;
pub(crate) use transaction::{Held, Inside, Transaction};
pub(crate) use types::{DateFormat, DateForms, Scalar, Type};
