//! A scalar of an example against its type.

use clientwright_wire::{
    self as wire, Date, DateTime, Decimal, Duration, LocalDateTime, Time, TimeSpan,
};

use crate::ir::{DateFormat, Scalar, Type};
use crate::yaml::{Node, Value};

/// Whether a text is a value of the type. Numbers and booleans are `plain`, without quotes.
pub(super) fn fits(text: &str, plain: bool, scalar: Scalar) -> bool {
    let number = |fits: bool| plain && fits;
    match scalar {
        Scalar::String | Scalar::Url | Scalar::Json | Scalar::File | Scalar::Poisoned => true,
        Scalar::Boolean => plain && matches!(text, "true" | "false"),
        Scalar::Int32 => number(text.parse::<i32>().is_ok()),
        Scalar::Int64 => number(text.parse::<i64>().is_ok()),
        Scalar::Uint32 => number(text.parse::<u32>().is_ok()),
        Scalar::Uint64 => number(text.parse::<u64>().is_ok()),
        Scalar::Float | Scalar::Double => number(text.parse::<f64>().is_ok_and(f64::is_finite)),
        Scalar::Decimal => text.parse::<Decimal>().is_ok(),
        Scalar::Date => text.parse::<Date>().is_ok(),
        Scalar::Time => text.parse::<Time>().is_ok(),
        Scalar::LocalDateTime | Scalar::SpacedDateTime => text.parse::<LocalDateTime>().is_ok(),
        Scalar::Duration => text.parse::<Duration>().is_ok(),
        Scalar::TimeSpan => text.parse::<TimeSpan>().is_ok(),
        Scalar::Uuid => is_uuid(text),
        Scalar::Bytes => wire::base64::decode(text).is_ok(),
        Scalar::BytesUrl => wire::base64::decode_url(text).is_ok(),
        Scalar::DateTime(forms) => forms.each().any(|format| is_instant(text, plain, format)),
    }
}

/// Whether a text is a point in time of this format.
fn is_instant(text: &str, plain: bool, format: DateFormat) -> bool {
    match format {
        DateFormat::Rfc3339 => text.parse::<DateTime>().is_ok(),
        DateFormat::AssumeUtc => {
            text.parse::<DateTime>().is_ok() || text.parse::<LocalDateTime>().is_ok()
        }
        DateFormat::Spaced => text.parse::<LocalDateTime>().is_ok(),
        DateFormat::DateOnly => text.parse::<Date>().is_ok(),
        DateFormat::Dotnet => wire::dotnet::parse(text).is_ok(),
        DateFormat::HttpDate => wire::http_date::parse(text).is_ok(),
        DateFormat::Rfc2822 => wire::rfc2822::parse(text).is_ok(),
        DateFormat::UnixSeconds => plain && text.parse::<f64>().is_ok_and(f64::is_finite),
        DateFormat::UnixMillis | DateFormat::UnixMicros | DateFormat::UnixNanos => {
            plain && text.parse::<i64>().is_ok()
        }
    }
}

/// 32 hexadecimal digits, with hyphens or without.
fn is_uuid(text: &str) -> bool {
    let digits = text.chars().filter(|c| *c != '-').count();
    digits == 32 && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// What a value of the type looks like.
pub(super) fn expectation(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String | Scalar::Url | Scalar::Json | Scalar::File | Scalar::Poisoned => "a text",
        Scalar::Boolean => "true or false",
        Scalar::Int32 => "a whole number of 32 bits",
        Scalar::Int64 => "a whole number of 64 bits",
        Scalar::Uint32 => "a whole number of 32 bits, not negative",
        Scalar::Uint64 => "a whole number of 64 bits, not negative",
        Scalar::Float | Scalar::Double => "a number",
        Scalar::Decimal => "a decimal number",
        Scalar::Date => "a date like 2026-01-31",
        Scalar::Time => "a time of day like 08:30",
        Scalar::LocalDateTime => "a date and time without a zone, like 2026-01-31T08:30:00",
        Scalar::SpacedDateTime => "a date and time without a zone, like 2026-01-31 08:30:00",
        Scalar::Duration => "a length of time like PT1H30M",
        Scalar::TimeSpan => "a length of time like 1.02:03:04",
        Scalar::Uuid => "a UUID, 32 hexadecimal digits",
        Scalar::Bytes | Scalar::BytesUrl => "bytes in base64",
        Scalar::DateTime(forms) if forms.others().next().is_some() => {
            "a point in time in one of the declared formats"
        }
        Scalar::DateTime(forms) => match forms.written {
            DateFormat::AssumeUtc => {
                "a point in time like 2026-01-31T08:30:00Z, or without the zone"
            }
            DateFormat::Rfc3339 => "a point in time like 2026-01-31T08:30:00Z",
            DateFormat::Spaced => "a point in time like 2026-01-31 08:30:00",
            DateFormat::DateOnly => "a date like 2026-01-31",
            DateFormat::Dotnet => "a point in time like /Date(1700000000000)/",
            DateFormat::HttpDate => "a point in time like Sun, 06 Nov 1994 08:49:37 GMT",
            DateFormat::Rfc2822 => "a point in time like Thu, 24 Aug 2023 05:01:45 +0000",
            DateFormat::UnixSeconds => "a number of seconds since 1970",
            DateFormat::UnixMillis => "a number of milliseconds since 1970",
            DateFormat::UnixMicros => "a number of microseconds since 1970",
            DateFormat::UnixNanos => "a number of nanoseconds since 1970",
        },
    }
}

/// What limits count in a value.
#[expect(clippy::cast_precision_loss, reason = "no text or list of a sample is that long")]
pub(super) fn size(node: &Node, ty: &Type) -> Option<f64> {
    match (ty, &node.value) {
        (Type::AsText(inner) | Type::Nullable(inner), _) => size(node, inner),
        // That it is of another kind is told already.
        (Type::Scalar(scalar), Value::Sequence(_) | Value::Mapping(_))
            if *scalar != Scalar::Json =>
        {
            None
        }
        (_, Value::Sequence(items)) => Some(items.len() as f64),
        (_, Value::Mapping(entries)) => Some(entries.len() as f64),
        (Type::Csv(_), Value::Scalar(text)) => Some(text.text.split(',').count() as f64),
        (Type::Scalar(Scalar::String | Scalar::Url), Value::Scalar(text)) => {
            Some(text.text.chars().count() as f64)
        }
        (Type::Scalar(Scalar::Bytes), Value::Scalar(text)) => {
            wire::base64::decode(&text.text).ok().map(|bytes| bytes.len() as f64)
        }
        (Type::Scalar(Scalar::BytesUrl), Value::Scalar(text)) => {
            wire::base64::decode_url(&text.text).ok().map(|bytes| bytes.len() as f64)
        }
        (Type::Scalar(_), Value::Scalar(text)) => text.text.parse().ok(),
        _ => None,
    }
}
