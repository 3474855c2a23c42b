//! Words that stand in types and behind them, with what they are.

use super::table::Named;

/// Words of the language that are types, with what they are, and where they can stand; nowhere said is everywhere.
pub(crate) const TYPES: &[(&str, &str, &[Named])] = &[
    ("string", "A text: `String`.", &[]),
    ("boolean", "True or false: `bool`.", &[]),
    ("int32", "A whole number: `i32`.", &[]),
    ("int64", "A whole number: `i64`.", &[]),
    ("uint32", "A whole number, not below zero: `u32`.", &[]),
    ("uint64", "A whole number, not below zero: `u64`.", &[]),
    ("float", "A number: `f32`.", &[]),
    ("double", "A number: `f64`.", &[]),
    ("decimal", "A number, digit for digit as it was written: `runtime::Decimal`.", &[]),
    ("date", "A day, `2026-01-31`: `runtime::Date`.", &[]),
    ("time", "A time of day, `08:30`: `runtime::Time`.", &[]),
    (
        "datetime",
        "A point in time, with its offset: `runtime::DateTime`. `format` says how it is written.",
        &[],
    ),
    ("localdatetime", "Day and time without a zone: `runtime::LocalDateTime`.", &[]),
    (
        "duration",
        "A length of time: `runtime::Duration`, or `runtime::TimeSpan` with `format: timespan`.",
        &[],
    ),
    ("uuid", "A UUID as it was sent: `runtime::Uuid`.", &[]),
    ("url", "An address as it was sent: `runtime::Url`.", &[]),
    ("bytes", "Bytes, in base64: `runtime::Bytes`.", &[]),
    ("json", "Any JSON: `runtime::Value`.", &[]),
    (
        "file",
        "A part with a name and a content, of a `multipart` body: `runtime::File`.",
        &[Named::Member],
    ),
    ("list", "`list<T>`: a `Vec<T>`.", &[]),
    ("map", "`map<T>`, `map<K, T>`: an object with keys of any name, whose order is kept.", &[]),
    ("link", "`link<group.method>`: an address that answers as that method does.", &[]),
    (
        "nothing",
        "No body, or one that is not looked at.",
        &[Named::Answer, Named::Error, Named::Event],
    ),
    (
        "text",
        "A text that is no JSON; `text(text/csv)` names the media type.",
        &[Named::Body, Named::Answer, Named::Error],
    ),
    (
        "binary",
        "Bytes; `binary(application/zip)` names the media type.",
        &[Named::Body, Named::Answer],
    ),
    ("lines", "`lines<T>`: values in lines of JSON, one after another.", &[Named::Answer]),
    ("events", "`events<T>`: server-sent events.", &[Named::Answer]),
];

/// Words behind the type of a member.
pub(crate) const FLAGS: &[(&str, &str)] = &[
    ("read", "Only the service sets it: read in answers, left out of requests."),
    ("write", "Only the app sets it."),
    ("sensitive", "Never shown, and overwritten in memory."),
    ("deprecated", "The documentation says so."),
];
