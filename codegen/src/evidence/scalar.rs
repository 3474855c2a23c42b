//! A scalar of an example as JSON: as it is shown, and as a client writes it.

use std::fmt::Display;

use clientwright_wire::{
    self as wire, Date, DateTime, Duration, LocalDateTime, Time, TimeSpan, unix,
};

use crate::ir::{DateFormat, Json, Sample, Scalar};
use crate::yaml::{Scalar as Text, Style};

/// What a scalar is on the wire. It has passed the checks.
pub(super) fn sample(found: &Text, scalar: Scalar) -> Sample {
    let text = &found.text;
    let same = |json: Json| Sample { shown: json.clone(), kept: json, variant: None };
    let written = |kept: Option<String>| Sample {
        shown: Json::Text(text.clone()),
        kept: Json::Text(kept.unwrap_or_else(|| text.clone())),
        variant: None,
    };
    match scalar {
        Scalar::Boolean => same(Json::Boolean(text == "true")),
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => same(whole(text)),
        Scalar::Float | Scalar::Double => same(number(text)),
        Scalar::Decimal if found.style == Style::Plain => same(number(text)),
        // A text is read too, and a number is written.
        Scalar::Decimal => {
            Sample { shown: Json::Text(text.clone()), kept: number(text), variant: None }
        }
        Scalar::String | Scalar::Url | Scalar::Uuid | Scalar::File => {
            same(Json::Text(text.clone()))
        }
        Scalar::Json => same(untyped(found)),
        Scalar::Date => written(again::<Date>(text)),
        Scalar::Time => written(again::<Time>(text)),
        Scalar::LocalDateTime => written(again::<LocalDateTime>(text)),
        Scalar::Duration => written(again::<Duration>(text)),
        Scalar::TimeSpan => written(again::<TimeSpan>(text)),
        Scalar::Bytes => {
            written(wire::base64::decode(text).ok().map(|bytes| wire::base64::encode(&bytes)))
        }
        Scalar::BytesUrl => written(
            wire::base64::decode_url(text).ok().map(|bytes| wire::base64::encode_url(&bytes)),
        ),
        Scalar::DateTime(format) => match format {
            DateFormat::Rfc3339 => written(again::<DateTime>(text)),
            DateFormat::AssumeUtc => {
                written(again::<DateTime>(text).or_else(|| again::<LocalDateTime>(text)))
            }
            DateFormat::Dotnet => written(
                wire::dotnet::parse(text).ok().map(|at| wire::dotnet::display(at).to_string()),
            ),
            DateFormat::HttpDate => {
                let at = wire::http_date::parse(text).ok();
                written(at.and_then(wire::http_date::display).map(|shown| shown.to_string()))
            }
            DateFormat::UnixSeconds => {
                let at = text.parse().ok().and_then(unix::from_seconds_f64);
                let whole = at.map_or_else(|| text.clone(), |at| unix::to_seconds(at).to_string());
                Sample { shown: number(text), kept: Json::Number(whole), variant: None }
            }
            DateFormat::UnixMillis | DateFormat::UnixMicros | DateFormat::UnixNanos => {
                same(whole(text))
            }
        },
    }
}

/// A text that was read and is written again.
fn again<T: std::str::FromStr + Display>(text: &str) -> Option<String> {
    text.parse::<T>().ok().map(|value| value.to_string())
}

/// A whole number as JSON has it: `+7` and `007` are numbers to the checks.
fn whole(text: &str) -> Json {
    Json::Number(text.parse::<i128>().map_or_else(|_| text.to_owned(), |number| number.to_string()))
}

/// A number as JSON has it.
fn number(text: &str) -> Json {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0') || digits.starts_with("0."))
        && !digits.ends_with('.')
        && !digits.contains(".e")
        && !digits.contains(".E");
    match text.parse::<f64>() {
        Ok(number) if !plain => Json::Number(number.to_string()),
        _ => Json::Number(text.to_owned()),
    }
}

/// What a text is where the type says nothing: what it looks like without quotes.
pub(super) fn untyped(found: &Text) -> Json {
    let text = &found.text;
    if found.style != Style::Plain {
        return Json::Text(text.clone());
    }
    match text.as_str() {
        "true" => Json::Boolean(true),
        "false" => Json::Boolean(false),
        text if text.parse::<i64>().is_ok() => whole(text),
        text if text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && text.parse::<f64>().is_ok_and(f64::is_finite) =>
        {
            number(text)
        }
        text => Json::Text(text.to_owned()),
    }
}
