use clientwright_runtime::{self as runtime, DateTime, Map, Patch, Sensitive, ServiceError, Url};

/// Identifier of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriptionId(String);
runtime::text_type!(SubscriptionId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserId(i64);
runtime::number_type!(UserId: i64);

/// The event that triggers a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event {
    OutboundStatus,
    ShipmentShipped,
    Other(String),
}
runtime::text_enum! {
    Event { OutboundStatus = "outbound-status", ShipmentShipped = "shipment-shipped" | "shipped" }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    Ascending,
    Descending,
}
runtime::closed_text_enum! { Order { Ascending = "asc", Descending = "desc" } }

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HttpStatusCode {
    Continue,
    MultipleChoices,
    Other(runtime::NumberOrText),
}
runtime::number_enum! {
    HttpStatusCode {
        Continue = 100 "Continue",
        MultipleChoices = 300 "MultipleChoices" | "Ambiguous",
    } names
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Other(i64),
}
runtime::number_enum! { Level { Low = -1 "low", High = 2 } }

/// A webhook registered with Punt.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Subscription {
    pub id: SubscriptionId,
    pub notification_url: Url,
    pub event: Event,
    pub created: Option<DateTime>,
    pub note: Option<String>,
}
runtime::object! {
    Subscription {
        id: Required = "id",
        notification_url: Required = "notificationUrl",
        event: Required = "event",
        created: Optional<Dotnet> = "createdDateUtc",
        note: Optional = "note" | "Note",
    }
}

/// What to register.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NewSubscription {
    pub notification_url: Url,
    pub event: Event,
    pub secret: Option<Sensitive<String>>,
    pub note: Patch<String>,
}

impl NewSubscription {
    pub fn new(notification_url: impl Into<Url>, event: impl Into<Event>) -> Self {
        Self {
            notification_url: notification_url.into(),
            event: event.into(),
            secret: None,
            note: Patch::Absent,
        }
    }
}

runtime::setters! {
    NewSubscription {
        /// Signs notifications.
        secret: Sensitive<String>,
        /// A note.
        patch note: String,
    }
}

runtime::object! {
    NewSubscription {
        notification_url: Required = "notificationUrl",
        event: Required = "event",
        secret: Optional = "secret",
        note: Patched = "note",
    }
}

/// Every kind of member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Everything {
    pub nothing: Option<i32>,
    pub items: Vec<i32>,
    pub times: Option<Vec<DateTime>>,
    pub by_name: Map<DateTime>,
    pub r#type: Option<Box<Everything>>,
    pub undeclared: runtime::Undeclared,
}
runtime::object! {
    Everything {
        nothing: Nullable = "nothing",
        items: NullAsDefault = "items",
        times: Optional<List<Dotnet>> = "times",
        by_name: NullAsDefault<Values<UnixSeconds>> = "byName",
        r#type: Optional = "type",
        ..undeclared
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}
runtime::object! { Page<T> { items: Required = "items", next: Optional = "next" } }
runtime::setters! { Page<T> { next: String } }

#[derive(Clone, Debug, PartialEq)]
pub struct Empty {}
runtime::object! { Empty {} }

/// What Punt says when it refuses.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    pub message: Option<String>,
    pub code: i32,
}
runtime::object! { ApiError { message: Optional = "message", code: Required = "code" } }

impl ServiceError for ApiError {
    fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}
