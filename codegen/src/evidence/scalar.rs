//! A scalar of an example as JSON: as it is shown, and as a client writes it.

use std::fmt::Display;

use clientwright_wire::{
    self as wire, Date, DateTime, Duration, LocalDateTime, Offset, Time, TimeSpan, unix, zoneless,
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
        Scalar::Json | Scalar::Poisoned => same(untyped(found)),
        Scalar::Date => written(again::<Date>(text)),
        Scalar::Time => written(again::<Time>(text)),
        Scalar::LocalDateTime => written(again::<LocalDateTime>(text)),
        Scalar::SpacedDateTime => {
            written(text.parse().ok().map(|at| zoneless::spaced_local(at).to_string()))
        }
        Scalar::Duration => written(again::<Duration>(text)),
        Scalar::TimeSpan => written(again::<TimeSpan>(text)),
        Scalar::Bytes => {
            written(wire::base64::decode(text).ok().map(|bytes| wire::base64::encode(&bytes)))
        }
        Scalar::BytesUrl => written(
            wire::base64::decode_url(text).ok().map(|bytes| wire::base64::encode_url(&bytes)),
        ),
        Scalar::DateTime(forms) => {
            let plain = found.style == Style::Plain;
            let mut each = forms.each().filter(|format| plain || !format.is_number());
            let read = each.find_map(|format| Some((format, instant(text, format)?)));
            let Some((format, at)) = read else { return same(Json::Text(text.clone())) };
            let shown = if format.is_number() { number(text) } else { Json::Text(text.clone()) };
            let kept = as_written(at, forms.written).unwrap_or_else(|| shown.clone());
            Sample { shown, kept, variant: None }
        }
    }
}

/// The point in time that a text is in this format.
fn instant(text: &str, format: DateFormat) -> Option<DateTime> {
    match format {
        DateFormat::Rfc3339 => text.parse().ok(),
        DateFormat::AssumeUtc => text.parse().ok().or_else(|| zoneless::parse(text).ok()),
        DateFormat::Spaced => zoneless::parse(text).ok(),
        DateFormat::DateOnly => zoneless::parse_date(text).ok(),
        DateFormat::Dotnet => wire::dotnet::parse(text).ok(),
        DateFormat::HttpDate => wire::http_date::parse(text).ok(),
        DateFormat::Rfc2822 => wire::rfc2822::parse(text).ok(),
        DateFormat::UnixSeconds => text.parse().ok().and_then(unix::from_seconds_f64),
        DateFormat::UnixMillis => text.parse().ok().and_then(unix::from_millis),
        DateFormat::UnixMicros => text.parse().ok().and_then(unix::from_micros),
        DateFormat::UnixNanos => text.parse().ok().and_then(unix::from_nanos),
    }
}

/// A point in time as a client writes it in this format.
fn as_written(at: DateTime, format: DateFormat) -> Option<Json> {
    Some(match format {
        DateFormat::AssumeUtc if at.offset() == Offset::Unspecified => {
            Json::Text(at.local().to_string())
        }
        DateFormat::Rfc3339 | DateFormat::AssumeUtc => Json::Text(at.to_string()),
        DateFormat::Spaced => Json::Text(zoneless::spaced(at)?.to_string()),
        DateFormat::DateOnly => Json::Text(zoneless::date(at).to_string()),
        DateFormat::Dotnet => Json::Text(wire::dotnet::display(at).to_string()),
        DateFormat::HttpDate => Json::Text(wire::http_date::display(at)?.to_string()),
        DateFormat::Rfc2822 => Json::Text(wire::rfc2822::display(at).to_string()),
        DateFormat::UnixSeconds => Json::Number(unix::to_seconds(at).to_string()),
        DateFormat::UnixMillis => Json::Number(unix::to_millis(at).to_string()),
        DateFormat::UnixMicros => Json::Number(unix::to_micros(at).to_string()),
        DateFormat::UnixNanos => Json::Number(unix::to_nanos(at)?.to_string()),
    })
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
