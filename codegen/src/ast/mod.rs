//! The specification language as data: what stands in the YAML, nothing resolved.
//!
//! Every name and text keeps the span it was read from. Types are still expressions, references still
//! names, defaults not applied: that is the work of `lower`.

mod auth;
mod delivery;
mod method;
mod model;
mod page;
mod provider;
mod retry;
mod timeout;
mod types;

pub(crate) use auth::{
    Algorithm, AuthEntry, AuthKind, AuthRef, Claim, Jwt, KeyPlace, OAuth2, Part, TokenAuth,
    TokenDialect,
};
pub(crate) use delivery::{
    Deliveries, DeliveryExample, DeliveryPlace, EventName, Ping, Timestamp, Verify, VerifyKeys,
};
pub(crate) use method::{
    Alternative, Answer, AnswerType, AnswerValue, Body, BodyAlternative, BodyForm, ErrorEntry,
    Example, Method, RawBodies, Route, StatusPattern,
};
pub(crate) use model::{
    Among, Base, Count, EnumValue, FieldItem, Flags, Member, Model, ModelKind, UnionForm,
    UnionVariant, XmlElement, XmlPlace,
};
pub(crate) use page::{CursorPath, Pager, PagerStyle, Paginate};
pub(crate) use provider::{
    ClientParameters, Defaults, Format, Group, Origin, Provider, Server, SourceEntry,
    Specification, Transaction, Use, WireDefaults,
};
pub(crate) use retry::{Idempotency, RateLimit, Resending};
pub(crate) use timeout::Timeouts;
pub(crate) use types::{Limits, TypeExpr, TypeKind};

use crate::source::Spanned;

/// A name or text with its place.
pub(crate) type Text = Spanned<String>;
