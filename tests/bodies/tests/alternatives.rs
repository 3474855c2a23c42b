//! Where a body or an answer has several media types, the right one is sent and read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::kiosk::answers::{
    AnyAnswer, DrawnAnswer, MakeAnswer, PaintedAnswer, ReadAnswer, WatchAnswer,
};
use bodies_tests::kiosk::bodies::{
    LayAnswer, NoteBody, NoteParts, OrderAnswer, OrderBody, Submit, SubmitBody, SubmitFile,
    SubmitForm,
};
use bodies_tests::kiosk::models::{Job, Note, Report, Sheet};
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
fn a_drawing_in_xml_is_an_image_where_images_are_declared() {
    let note = "<Note><text>a</text></Note>";
    for kind in ["application/xml", "text/xml", "application/note+xml"] {
        let memory = said(kind, note);
        let drawn = blocking(&memory).answers().drawn().send().unwrap();
        assert_eq!(drawn, DrawnAnswer::Note(Note::new("a")));
        let painted = blocking(&memory).answers().painted().send().unwrap();
        assert_eq!(painted, PaintedAnswer::Note(Note::new("a")));
    }
    let memory = said("image/svg+xml", "<svg/>");
    let drawn = blocking(&memory).answers().drawn().send().unwrap();
    assert_eq!(drawn, DrawnAnswer::Image("<svg/>".into()));
    let painted = blocking(&memory).answers().painted().send().unwrap();
    assert_eq!(painted, PaintedAnswer::Image("<svg/>".into()));
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

/// The content type and the body of what is sent.
fn submitted(body: impl Into<SubmitBody>) -> (String, String) {
    let memory = Memory::json(204, "");
    blocking(&memory).bodies().submit(body).send().unwrap();
    let sent = memory.sent();
    let kind = sent.headers["content-type"].to_str().unwrap().to_owned();
    let body = match &sent.streaming {
        None => String::from_utf8(sent.body.to_vec()).unwrap(),
        Some(_) => String::new(),
    };
    (kind, body)
}

fn pair(kind: &str, body: &str) -> (String, String) {
    (kind.to_owned(), body.to_owned())
}

#[test]
fn what_is_given_tells_how_it_is_sent() {
    assert_eq!(submitted(Report::new("a")), pair("application/json", r#"{"id":"a"}"#));
    assert_eq!(submitted("id,day"), pair("text/csv; charset=utf-8", "id,day"));
    assert_eq!(submitted("id".to_owned()), pair("text/csv; charset=utf-8", "id"));
    let form = SubmitForm::new("a b");
    assert_eq!(submitted(form), pair("application/x-www-form-urlencoded", "id=a%20b"));
    let zip = clientwright_runtime::Upload::from("PK");
    assert_eq!(submitted(zip), pair("application/zip", "PK"));
    let (kind, body) = submitted(SubmitFile::new(("a.pdf", "%PDF")).title("A"));
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    for part in ["name=\"source\"; filename=\"a.pdf\"", "%PDF", "name=\"title\"", "name=\"kind\""] {
        assert!(body.contains(part), "{part} in {body}");
    }
}

#[test]
fn what_is_given_can_say_it_too() {
    let csv = SubmitBody::Csv("id".to_owned());
    assert_eq!(submitted(csv.clone()), pair("text/csv; charset=utf-8", "id"));
    assert_eq!(SubmitBody::from("id"), csv);
    assert_eq!(Submit::new("id").body, csv);
}

#[test]
fn both_kinds_of_client_send_it() {
    let memory = Memory::json(204, "");
    let client = kiosk::builder().transport(memory.clone()).build().unwrap();
    ready(client.bodies().submit(Report::new("a"))).unwrap();
    assert_eq!(memory.sent().headers["content-type"], "application/json");
}

/// What two alternatives have in common has to be named.
#[test]
fn a_body_may_be_left_out() {
    let noted = |body: Option<NoteBody>| {
        let memory = said("text/plain", "a");
        let client = blocking(&memory);
        let call = client.bodies().note();
        let call = body.into_iter().fold(call, |call, body| call.body(body));
        call.send().unwrap();
        let sent = memory.sent();
        let kind = sent.headers.get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        (kind, String::from_utf8(sent.body.to_vec()).unwrap())
    };
    assert_eq!(noted(None), (None, String::new()));
    let of = |kind: &str, body: &str| (Some(kind.to_owned()), body.to_owned());
    assert_eq!(noted(Some(NoteBody::Json("a".to_owned()))), of("application/json", "\"a\""));
    let text = NoteBody::Text("a".to_owned());
    assert_eq!(noted(Some(text)), of("text/plain; charset=utf-8", "a"));
    let form = of("application/x-www-form-urlencoded", "text=a");
    assert_eq!(noted(Some(Note::new("a").into())), form);
}

#[test]
fn rules_hold_for_the_alternative_that_is_sent() {
    let memory = said("text/plain", "a");
    let client = blocking(&memory);
    let parts = NoteParts::new("a").colour("red");
    client.bodies().note().body(parts.clone()).send().unwrap();
    let error = client.bodies().note().body(parts.shade("dark")).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("`colour`"), "{error}");
    assert_eq!(memory.count(), 1);
}

#[test]
fn one_model_can_be_in_two_syntaxes() {
    let memory = said("text/xml; charset=utf-8", "<Note><text>b</text></Note>");
    let call = blocking(&memory).bodies().order(OrderBody::Xml(Note::new("a")));
    assert_eq!(call.send().unwrap(), OrderAnswer::Xml(Note::new("b")));
    let sent = memory.sent();
    assert_eq!(sent.headers["accept"], "application/json, application/xml");
    assert!(sent.headers["content-type"].to_str().unwrap().starts_with("application/xml"));
    let body = String::from_utf8(sent.body.to_vec()).unwrap();
    assert!(body.contains("<text>a</text>"), "{body}");
    let memory = said("application/json", r#"{"text":"b"}"#);
    let call = blocking(&memory).bodies().order(OrderBody::Json(Note::new("a")));
    assert_eq!(call.send().unwrap(), OrderAnswer::Json(Note::new("b")));
}

#[test]
fn what_is_large_is_given_as_it_is() {
    let memory = said("application/json", r#"{"a":"y"}"#);
    let answer = blocking(&memory).bodies().lay(Sheet::new("x")).send().unwrap();
    assert!(matches!(answer, LayAnswer::Json(sheet) if *sheet == Sheet::new("y")));
    assert_eq!(memory.sent().body, &br#"{"a":"x"}"#[..]);
    let bytes = std::mem::size_of::<LayAnswer>();
    assert!(bytes < std::mem::size_of::<Sheet>(), "{bytes}");
}
