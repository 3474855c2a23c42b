//! Serialize and Deserialize: every type as its text.
//!
//! A wrong text is reported through serde's `invalid_value`, never as a finished sentence, so that
//! a caller can tell the expectation from the value that was found and keep the value to itself.

use crate::{Date, DateTime, Decimal, Duration, LocalDateTime, Time, TimeSpan};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

struct FromText<T>(&'static str, PhantomData<T>);

impl<T: FromStr> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

macro_rules! as_text {
    ($($name:ident: $expected:literal,)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(FromText($expected, PhantomData))
            }
        }
    )*};
}

as_text! {
    Date: "a date like `2024-02-29`",
    DateTime: "an RFC 3339 date and time like `2024-02-29T09:30:00Z`",
    Duration: "an ISO 8601 duration like `PT1H30M`",
    LocalDateTime: "a date and time without a zone like `2024-02-29T09:30:00`",
    Time: "a time like `09:30:00`",
    TimeSpan: "a .NET time span like `1.02:03:04.5000000`",
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Reads text, and numbers as far as the format hands them over: fractions come as doubles.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FromNumber)
    }
}

struct FromNumber;

impl Visitor<'_> for FromNumber {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number like `-12.50`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
        let text = number.to_string();
        text.parse().map_err(|_| E::invalid_value(Unexpected::Float(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_json() {
        let read: DateTime = serde_json::from_str(r#""2024-02-29T09:30:00.50+01:00""#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#""2024-02-29T09:30:00.50+01:00""#);
        let error = serde_json::from_str::<Date>(r#""tomorrow""#).unwrap_err();
        assert!(error.to_string().contains("expected a date like `2024-02-29`"), "{error}");
    }

    #[test]
    fn decimals_are_text_or_numbers() {
        for (json, text) in [(r#""1.10""#, "1.10"), ("12", "12"), ("-3", "-3"), ("1.5", "1.5")] {
            assert_eq!(serde_json::from_str::<Decimal>(json).unwrap().as_str(), text);
        }
        assert!(serde_json::from_str::<Decimal>("true").is_err());
    }
}
