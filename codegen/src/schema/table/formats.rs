//! Forms of points in time, lengths of time and bytes.

use crate::schema::kind::Value::{self, Raw};
use crate::schema::kind::Word;
use crate::schema::rules::Rule;

/// All of them: those of dates, of durations, of bytes.
pub(super) const FORMATS: &[Word] = &[
    ("rfc3339", "`2026-01-31T08:30:00+01:00`"),
    ("assume-utc", "As RFC 3339, where a time without a zone is one in UTC."),
    ("spaced", "`2026-01-31 08:30:00`, in UTC."),
    ("date-only", "`2026-01-31`, the midnight of that day in UTC."),
    ("dotnet", "`/Date(1700000000000+0100)/`"),
    ("http", "`Sun, 06 Nov 1994 08:49:37 GMT`"),
    ("rfc2822", "`Thu, 24 Aug 2023 05:01:45 +0000`, as mails have it."),
    ("unix", "Seconds since 1970, a number."),
    ("unix-ms", "Milliseconds since 1970, a number."),
    ("unix-us", "Microseconds since 1970, a number."),
    ("unix-ns", "Nanoseconds since 1970, a number."),
    ("iso8601", "`PT1H30M`"),
    ("timespan", "`1.02:03:04.5000000`, as .NET; in Rust a `TimeSpan`."),
    ("base64", "`aGVsbG8=`"),
    ("base64url", "`aGVsbG8`, for addresses, without padding."),
];

pub(super) const DATES: &[Word] = FORMATS.split_at(11).0;
pub(super) const DURATIONS: &[Word] = FORMATS.split_at(11).1.split_at(2).0;
pub(super) const BYTES: &[Word] = FORMATS.split_at(11).1.split_at(2).1;
pub(super) const LOCAL: &[Word] = &[("spaced", "`2026-01-31 08:30:00`")];

/// Formats of points in time that are texts.
pub(super) const TEXTS: &[&str] =
    &["rfc3339", "assume-utc", "spaced", "date-only", "dotnet", "http", "rfc2822"];

/// Types that are written in one way.
pub(super) const FORMLESS: &[&str] = &[
    "string", "boolean", "int32", "int64", "uint32", "uint64", "float", "double", "decimal",
    "date", "time", "uuid", "url", "json", "file",
];

/// Of the counts since 1970, which all are numbers, there is one.
pub(super) const ONE_COUNT: Rule = Rule::Raw(
    r#"{ "properties": { "format": { "if": { "type": "array" }, "then": { "allOf": [{ "not": { "allOf": [{ "contains": { "const": "unix" } }, { "contains": { "enum": ["unix-ms", "unix-us", "unix-ns"] } }] } }, { "not": { "allOf": [{ "contains": { "const": "unix-ms" } }, { "contains": { "enum": ["unix-us", "unix-ns"] } }] } }, { "not": { "allOf": [{ "contains": { "const": "unix-us" } }, { "contains": { "const": "unix-ns" } }] } }] } } } }"#,
);

/// What is not read in several formats.
pub(super) const ALONE: Value = Raw(r#""if": { "type": "array" }, "then": { "maxItems": 1 }"#);
