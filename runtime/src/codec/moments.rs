//! Points in time in the forms of services.

use super::{Codec, Text, TextVisitor};
use clientwright_wire::{DateTime, LocalDateTime, dotnet, http_date, rfc2822, unix, zoneless};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{self, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// [`DateTime`] as .NET writes it: `/Date(1700000000000+0100)/`.
pub struct Dotnet;

impl Text for Dotnet {
    const EXPECTED: &'static str = "a .NET date like `/Date(1700000000000+0100)/`";
    type Value = DateTime;

    fn parse(text: &str) -> Option<DateTime> {
        dotnet::parse(text).ok()
    }
}

impl Codec<DateTime> for Dotnet {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&dotnet::display(*value))
    }
}

/// [`DateTime`] by RFC 3339, which is also its own form.
pub struct Rfc3339;

impl Codec<DateTime> for Rfc3339 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        DateTime::deserialize(deserializer)
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// [`DateTime`] as HTTP headers have it: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub struct HttpDate;

impl Text for HttpDate {
    const EXPECTED: &'static str = "an HTTP date like `Sun, 06 Nov 1994 08:49:37 GMT`";
    type Value = DateTime;

    fn parse(text: &str) -> Option<DateTime> {
        http_date::parse(text).ok()
    }
}

impl Codec<DateTime> for HttpDate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        match http_date::display(*value) {
            Some(text) => serializer.collect_str(&text),
            None => Err(ser::Error::custom("an HTTP date has no year before 0")),
        }
    }
}

/// [`DateTime`] as mails have it: `Thu, 24 Aug 2023 05:01:45 +0000`.
pub struct Rfc2822;

impl Text for Rfc2822 {
    const EXPECTED: &'static str = "a date of a mail like `Thu, 24 Aug 2023 05:01:45 +0000`";
    type Value = DateTime;

    fn parse(text: &str) -> Option<DateTime> {
        rfc2822::parse(text).ok()
    }
}

impl Codec<DateTime> for Rfc2822 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&rfc2822::display(*value))
    }
}

/// [`DateTime`] in UTC, and [`LocalDateTime`], with a space in the middle: `2026-01-31 08:30:00`.
pub struct Spaced;

impl Text for Spaced {
    const EXPECTED: &'static str = "a time like `2026-01-31 08:30:00`, without a zone";
    type Value = DateTime;

    fn parse(text: &str) -> Option<DateTime> {
        zoneless::parse(text).ok()
    }
}

impl Codec<DateTime> for Spaced {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        match zoneless::spaced(*value) {
            Some(text) => serializer.collect_str(&text),
            None => Err(ser::Error::custom("the time is before the year 0")),
        }
    }
}

impl Codec<LocalDateTime> for Spaced {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LocalDateTime, D::Error> {
        LocalDateTime::deserialize(deserializer)
    }

    fn write<S: Serializer>(value: &LocalDateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&zoneless::spaced_local(*value))
    }
}

/// [`DateTime`] as the midnight of a day: `2026-01-31`.
pub struct DateOnly;

impl Text for DateOnly {
    const EXPECTED: &'static str = "a date like `2026-01-31`";
    type Value = DateTime;

    fn parse(text: &str) -> Option<DateTime> {
        zoneless::parse_date(text).ok()
    }
}

impl Codec<DateTime> for DateOnly {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&zoneless::date(*value))
    }
}

/// [`DateTime`] as seconds since 1970; a fraction is read too.
pub struct UnixSeconds;
/// [`DateTime`] as milliseconds since 1970.
pub struct UnixMillis;
/// [`DateTime`] as microseconds since 1970.
pub struct UnixMicros;
/// [`DateTime`] as nanoseconds since 1970.
pub struct UnixNanos;

/// A visitor that turns a count into an instant.
struct Count {
    read: fn(i64) -> Option<DateTime>,
    with_fraction: bool,
}

impl Visitor<'_> for Count {
    type Value = DateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time as a number since 1970")
    }

    fn visit_i64<E: de::Error>(self, count: i64) -> Result<DateTime, E> {
        (self.read)(count).ok_or_else(|| E::invalid_value(Unexpected::Signed(count), &self))
    }

    fn visit_u64<E: de::Error>(self, count: u64) -> Result<DateTime, E> {
        let read = i64::try_from(count).ok().and_then(self.read);
        read.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(count), &self))
    }

    fn visit_f64<E: de::Error>(self, count: f64) -> Result<DateTime, E> {
        let read = if self.with_fraction { unix::from_seconds_f64(count) } else { None };
        read.ok_or_else(|| E::invalid_value(Unexpected::Float(count), &self))
    }
}

macro_rules! counted {
    ($($name:ident $read:ident $with_fraction:literal $write:expr;)*) => {$(
        impl Codec<DateTime> for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
                deserializer
                    .deserialize_i64(Count { read: unix::$read, with_fraction: $with_fraction })
            }

            fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(DateTime) -> Option<i64> = $write;
                match write(*value) {
                    Some(count) => serializer.serialize_i64(count),
                    None => Err(ser::Error::custom("the time does not fit in 64 bits")),
                }
            }
        }
    )*};
}

counted! {
    UnixSeconds from_seconds true |value| Some(unix::to_seconds(value));
    UnixMillis from_millis false |value| Some(unix::to_millis(value));
    UnixMicros from_micros false |value| Some(unix::to_micros(value));
    UnixNanos from_nanos false unix::to_nanos;
}
