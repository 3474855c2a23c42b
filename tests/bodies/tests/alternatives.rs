//! Where a body or an answer has several media types, the right one is sent and read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::kiosk::answers::{AnyAnswer, MakeAnswer, ReadAnswer, WatchAnswer};
use bodies_tests::kiosk::models::{Job, Report};
use bodies_tests::kiosk::{self, Client};
use clientwright_runtime::{Blocking, ErrorKind};
use std::io::Write;
use support::{Memory, ready};

fn blocking(memory: &Memory) -> Client<Blocking> {
    kiosk::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

fn said(kind: &'static str, body: &str) -> Memory {
    Memory::with_headers(200, &[("content-type", kind)], body)
}

fn read(kind: &'static str, body: &str) -> ReadAnswer {
    let memory = said(kind, body);
    let awaited = kiosk::builder().transport(memory.clone()).build().unwrap();
    let answer = ready(awaited.answers().read()).unwrap();
    assert_eq!(blocking(&memory).answers().read().send().unwrap(), answer);
    answer
}

#[test]
fn the_media_type_tells_what_an_answer_is() {
    let json = |kind| match read(kind, r#"{"id":"a"}"#) {
        ReadAnswer::Json(Report { id, day: None, .. }) => id,
        other => panic!("{other:?}"),
    };
    assert_eq!(json("application/json"), "a");
    assert_eq!(json("Application/JSON; charset=utf-8"), "a");
    assert_eq!(json("application/vnd.kiosk.v2+json"), "a");
    let table = ReadAnswer::Table("id,day".to_owned());
    assert_eq!(read("text/csv", "id,day"), table);
    assert_eq!(read("TEXT/CSV;header=present", "id,day"), table);
    assert_eq!(read("application/pdf", "%PDF"), ReadAnswer::Pdf("%PDF".into()));
}

#[test]
fn all_are_asked_for_in_their_order() {
    let memory = said("text/csv", "");
    blocking(&memory).answers().read().send().unwrap();
    let accept = &memory.sent().headers["accept"];
    assert_eq!(accept, "application/json, text/csv, application/pdf");
    let memory = said("text/plain", "");
    blocking(&memory).answers().any().send().unwrap();
    assert_eq!(memory.sent().headers["accept"], "image/*, application/json, application/gzip, */*");
}

#[test]
fn an_answer_of_another_media_type_is_an_error() {
    let error = blocking(&said("text/html", "<p>")).answers().read().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let wanted = "expected content type `application/json`, `text/csv` or `application/pdf`, found content type \
                  `text/html`";
    assert!(error.to_string().contains(wanted), "{error}");
    let nothing = Memory::with_headers(200, &[], "id,day");
    let error = blocking(&nothing).answers().read().send().unwrap_err();
    assert!(error.to_string().contains("or `application/pdf`, found none"), "{error}");
    // An error is chosen by its status.
    let gone =
        Memory::with_headers(404, &[("content-type", "application/json")], r#"{"text":"gone"}"#);
    let error = blocking(&gone).answers().read().send().unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("gone"));
}

#[test]
fn what_is_told_is_held_to() {
    let error = blocking(&said("application/json", "id,day")).answers().read().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[test]
fn statuses_come_before_media_types() {
    let make = |status, kind: &'static str, body: &str| {
        let memory = Memory::with_headers(status, &[("content-type", kind)], body);
        blocking(&memory).answers().make().send()
    };
    let wrapped = r#"{"data":{"id":"a"}}"#;
    let json = make(200, "application/json", wrapped).unwrap();
    assert!(matches!(&json, MakeAnswer::Json(report) if report.id == "a"), "{json:?}");
    // With this status there is one kind, whatever its media type says.
    let json = make(201, "text/json", wrapped).unwrap();
    assert!(matches!(&json, MakeAnswer::Json(report) if report.id == "a"), "{json:?}");
    let lines = make(200, "application/x-ndjson", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n").unwrap();
    assert!(matches!(&lines, MakeAnswer::Lines(notes) if notes.len() == 2), "{lines:?}");
    assert_eq!(make(200, "text/plain", "a").unwrap(), MakeAnswer::Text("a".to_owned()));
    let later = make(202, "application/json", r#"{"id":"j"}"#).unwrap();
    assert!(matches!(&later, MakeAnswer::Later(Job { id, .. }) if id == "j"), "{later:?}");
    assert_eq!(make(204, "text/html", "").unwrap(), MakeAnswer::Empty);
    let html = make(200, "text/html", "").unwrap_err();
    assert_eq!(html.kind(), ErrorKind::Decode);
    let undeclared = make(203, "application/json", wrapped).unwrap_err();
    assert_eq!(undeclared.kind(), ErrorKind::Status);
}

#[test]
fn ranges_take_what_nothing_else_does() {
    let any = |kind: Option<&'static str>, body: &[u8]| {
        let headers: Vec<_> = kind.iter().map(|kind| ("content-type", *kind)).collect();
        let memory = Memory::with_headers(200, &headers, body.to_vec());
        blocking(&memory).answers().any().send().unwrap()
    };
    assert_eq!(any(Some("image/png"), b"a"), AnyAnswer::Image("a".into()));
    assert_eq!(any(Some("text/html"), b"a"), AnyAnswer::Rest("a".into()));
    assert_eq!(any(None, b"a"), AnyAnswer::Rest("a".into()));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(b"content").unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(any(Some("application/gzip"), &packed), AnyAnswer::Packed("content".into()));
    match any(Some("application/json"), br#"["2026-01-31"]"#) {
        AnyAnswer::Days(days) => assert_eq!(days[0].to_string(), "2026-01-31"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stream_of_events_can_be_an_alternative() {
    let events = "data: {\"text\":\"a\"}\n\ndata: [DONE]\n\n";
    match blocking(&said("text/event-stream", events)).answers().watch().send().unwrap() {
        WatchAnswer::Events(events) => assert_eq!(events[0].data.text, "a"),
        other => panic!("{other:?}"),
    }
    match blocking(&said("application/json", r#"{"text":"a"}"#)).answers().watch().send().unwrap() {
        WatchAnswer::Json(note) => assert_eq!(note.text, "a"),
        other => panic!("{other:?}"),
    }
}
