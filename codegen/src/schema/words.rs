//! Words that stand in types and behind them, with what they are.

use super::kind::Named;

/// Where a word can stand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Places {
    /// Wherever there is a type of JSON.
    Json,
    /// The same, where it need not be a single value.
    Held,
    /// The same, but in a body only.
    Whole,
    /// The same as what is held, and where members are.
    Members,
    /// Here only.
    Only(&'static [Named]),
}

impl Places {
    pub(crate) fn has(self, named: Named) -> bool {
        match self {
            // An error is a model, and so is whatever has to be an object.
            Self::Json => {
                !matches!(named, Named::Error | Named::Failure | Named::Model | Named::Form)
            }
            Self::Held => Self::Json.has(named) && named != Named::Plain,
            Self::Whole => Self::Held.has(named) && named != Named::Parameter,
            Self::Members => Self::Held.has(named) || named == Named::Form,
            Self::Only(places) => places.contains(&named),
        }
    }
}

use Places::{Held, Json, Members, Only, Whole};

/// Words of the language that are types, with what they are, and where they can stand.
pub(crate) const TYPES: &[(&str, &str, Places)] = &[
    ("string", "A text: `String`.", Json),
    ("boolean", "True or false: `bool`.", Json),
    ("int32", "A whole number: `i32`.", Json),
    ("int64", "A whole number: `i64`.", Json),
    ("uint32", "A whole number, not below zero: `u32`.", Json),
    ("uint64", "A whole number, not below zero: `u64`.", Json),
    ("float", "A number: `f32`.", Json),
    ("double", "A number: `f64`.", Json),
    ("decimal", "A number, digit for digit as it was written: `runtime::Decimal`.", Json),
    ("date", "A day, `2026-01-31`: `runtime::Date`.", Json),
    ("time", "A time of day, `08:30`: `runtime::Time`.", Json),
    (
        "datetime",
        "A point in time, with its offset: `runtime::DateTime`. `format` says how it is written.",
        Json,
    ),
    ("localdatetime", "Day and time without a zone: `runtime::LocalDateTime`.", Json),
    (
        "duration",
        "A length of time: `runtime::Duration`, or `runtime::TimeSpan` with `format: timespan`.",
        Json,
    ),
    ("uuid", "A UUID as it was sent: `runtime::Uuid`.", Json),
    ("url", "An address as it was sent: `runtime::Url`.", Json),
    ("bytes", "Bytes, in base64: `runtime::Bytes`.", Json),
    ("json", "Any JSON: `runtime::Value`.", Whole),
    (
        "file",
        "A part with a name and a content, of a `multipart` body: `runtime::File`. `file(image/png)` names the media type.",
        Only(&[Named::Part]),
    ),
    ("list", "`list<T>`: a `Vec<T>`.", Held),
    (
        "map",
        "`map<T>`, `map<K, T>`: an object with keys of any name, whose order is kept.",
        Members,
    ),
    ("link", "`link<group.method>`: an address that answers as that method does.", Json),
    (
        "nothing",
        "No body, or one that is not looked at.",
        Only(&[Named::Success, Named::Answer, Named::Error, Named::Event, Named::Delivered]),
    ),
    (
        "text",
        "A text that is no JSON; `text(text/csv)` names the media type.",
        Only(&[
            Named::Body,
            Named::Success,
            Named::Answer,
            Named::Alternative,
            Named::Error,
            Named::Failure,
        ]),
    ),
    (
        "binary",
        "Bytes; `binary(application/zip)` names the media type.",
        Only(&[Named::Body, Named::Success, Named::Answer, Named::Alternative]),
    ),
    (
        "lines",
        "`lines<T>`: values in lines of JSON, one after another.",
        Only(&[Named::Success, Named::Answer, Named::Alternative]),
    ),
    (
        "events",
        "`events<T>`: server-sent events.",
        Only(&[Named::Success, Named::Answer, Named::Alternative]),
    ),
];

/// Words behind the type of a member.
pub(crate) const FLAGS: &[(&str, &str)] = &[
    ("read", "Only the service sets it: read in answers, left out of requests."),
    ("write", "Only the app sets it."),
    ("sensitive", "Never shown, and overwritten in memory."),
    ("deprecated", "The documentation says so."),
];

/// Statuses that are offered, of answers and of errors.
pub(crate) const ANSWERS: [u16; 5] = [200, 201, 202, 204, 206];
pub(crate) const ERRORS: [u16; 8] = [400, 401, 403, 404, 409, 422, 429, 500];
