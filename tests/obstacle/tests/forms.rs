//! Values of every form are read and written back as they came.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use obstacle_course::forms::models::{Either, Entry, Event, Mixed, NewEntry, Shape, Times, Values};
use obstacle_course::obstacle::models::Fields;
use serde_json::{Value, json};

/// Reads a value and writes it again.
fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(json: &Value) -> (T, Value) {
    let value: T = serde_json::from_str(&json.to_string()).unwrap();
    let written = serde_json::to_string(&value).unwrap();
    (value, serde_json::from_str(&written).unwrap())
}

#[test]
fn times() {
    let json = json!({
        "rfc3339": "2026-01-31T08:30:00.5+01:00",
        "dotnet": "/Date(1700000000000+0100)/",
        "http": "Sun, 06 Nov 1994 08:49:37 GMT",
        "mail": "Thu, 24 Aug 2023 07:01:45 +0200",
        "unix": 1_700_000_000,
        "millis": 1_700_000_000_123_i64,
        "micros": 1_700_000_000_123_456_i64,
        "nanos": 1_700_000_000_123_456_789_i64,
        "many": ["/Date(0)/", "/Date(-62135596800000-0000)/"],
        "named": { "a": 1, "b": null },
        "moment": "2026-01-31T08:30:00Z",
        "day": "2026-01-31",
        "hour": "08:30",
        "local": "2026-01-31T08:30:00",
        "length": "PT1H30M",
        "span": "1.02:03:04",
    });
    let (_, written) = round_trip::<Times>(&json);
    assert_eq!(written, json);
}

#[test]
fn values() {
    let sent = json!({
        "total": "12.50", "exact": 1.1, "count": "9007199254740993", "flag": "true",
        "samples": "1.5,null,3", "names": "a,b", "load": -1.0, "page": "",
        "key": "0e8f54c0-7a0e-4d8c-9a53-0a6f4a4f9d7b", "data": "aGVsbG8=", "token": "-_-_",
        "age": 42, "nick": "anna", "tags": ["x", "y"], "anything": { "a": [1, "x"] },
        "version": 2, "epoch": -99_999_999_999_i64, "mask": u64::MAX, "kind": "values", "serial": 7, "items": null, "made": "by the service",
        "note": null, "loose": 12, "zoned": "2026-01-31T08:30:00", "label": 4711,
    });
    let (values, written) = round_trip::<Values>(&sent);
    assert_eq!(values.count, 9_007_199_254_740_993);
    assert_eq!(values.samples, [Some(1.5), None, Some(3.0)]);
    assert_eq!((values.load, values.page.is_none()), (None, true));
    assert_eq!(values.made.as_deref(), Some("by the service"));
    assert_eq!(&values.data[..], b"hello");
    // The service takes secrets and never shows them again.
    assert!(values.secret.is_none() && values.pin.is_none());

    // What means none is not sent, nor what only the service makes; null was a default.
    let mut expected = sent;
    let members = expected.as_object_mut().unwrap();
    for gone in ["load", "page", "made"] {
        members.remove(gone);
    }
    members.insert("items".to_owned(), json!([]));
    members.insert("loose".to_owned(), json!("12"));
    members.insert("label".to_owned(), json!("4711"));
    // Always sent, and null where there is none.
    members.insert("pin".to_owned(), Value::Null);
    assert_eq!(written, expected);
}

/// What only answers have is no field of what is only sent, and what it leads to is made for reading only.
#[test]
fn what_the_service_makes() {
    let new = NewEntry::new("a text");
    assert_eq!(format!("{new:?}"), r#"NewEntry { text: "a text" }"#);
    let answer = json!({ "id": "e-1", "made": { "at": "2026-01-31T08:30:00Z" }, "text": "a text" });
    let (entry, written) = round_trip::<Entry>(&answer);
    assert!(entry.id == "e-1" && entry.made.unwrap().at.is_some());
    assert_eq!(written, answer);
}

#[test]
fn a_decimal_keeps_its_digits() {
    let text = r#"{"total":"12.50","exact":1.10,"count":1,"flag":true,"samples":"","key":"",
        "data":"","token":"","serial":1}"#;
    let values: Values = serde_json::from_str(text).unwrap();
    let written = serde_json::to_string(&values).unwrap();
    assert!(written.contains(r#""exact":1.10,"#), "{written}");
    assert!(written.contains(r#""total":"12.50""#), "{written}");
}

#[test]
fn unions() {
    let json = json!({
        "shape": { "kind": "circle", "radius": 1.5, "inside": { "kind": "square", "side": 2.0 } },
        "event": { "type": "shapes", "data": [{ "kind": "blob", "weight": [1, { "x": null }] }] },
        "person": { "email": "a@example.com" },
        "either": ["a", 1.5, true, { "odd": 1 }],
    });
    let (mixed, written) = round_trip::<Mixed>(&json);
    assert_eq!(written, json);
    assert!(matches!(&mixed.shape, Shape::Circle(circle) if circle.radius == 1.5));
    let Some(Event::Shapes(shapes)) = &mixed.event else { panic!("{:?}", mixed.event) };
    assert!(matches!(shapes[..], [Shape::Other2(_)]), "{shapes:?}");

    let left: Event = serde_json::from_str(r#"{"type":"left","data":true}"#).unwrap();
    assert_eq!(left, Event::Gone(true));
    assert_eq!(serde_json::to_string(&left).unwrap(), r#"{"type":"gone","data":true}"#);
}

/// A whole number stays one, since that variant comes before the one for fractions.
#[test]
fn numbers_in_a_union_are_written_as_they_were_read() {
    let text = r#"["a",9007199254740993,2.5,true]"#;
    let either: Either = serde_json::from_str(text).unwrap();
    let Either::Many(items) = &either else { panic!("{either:?}") };
    assert_eq!(items[1..3], [Either::Count(9_007_199_254_740_993), Either::Number(2.5)]);
    assert_eq!(serde_json::to_string(&either).unwrap(), text);
}

#[test]
fn a_wrong_variant_is_an_error_and_an_unknown_one_is_not() {
    let wrong = r#"{"shape":{"kind":"circle"}}"#;
    let error = serde_json::from_str::<Mixed>(wrong).unwrap_err().to_string();
    assert!(error.contains("missing member `radius` of `Circle`"), "{error}");
    let unknown = r#"{"shape":{"kind":"cube"},"either":{}}"#;
    assert!(serde_json::from_str::<Mixed>(unknown).is_ok());
}

#[test]
fn names_stay_what_they_are_on_the_wire() {
    let json = json!({
        "type": "unheard of", "self": "x", "Self": "y", "_": "z", "3d": 1.5, "$ref": "r", "@id": "i",
        "über": "ü", "a.b": "dots", "a b": "space", "\"": "quote", "\\": "backslash",
        "HTTPServerURL2": "https://example.com", "null": null,
    });
    let (fields, written) = round_trip::<Fields>(&json);
    assert_eq!(written, json);
    assert_eq!(fields.field_3d, Some(1.5));
    assert_eq!(fields.r#type.as_str(), "unheard of");
}
