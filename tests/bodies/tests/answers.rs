//! Answers are read as what the specification says they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::depot::answers::{NoteError, PutAnswer};
use bodies_tests::depot::inside::{NamedError, TextError};
use bodies_tests::depot::{self, models::*};
use clientwright_runtime::{
    Blocking, BlockingChunks, BlockingTransport, BoxFuture, Bytes, Chunks, ErrorKind, HeaderMap,
    Incoming, Opened, Outgoing, Retry, StatusCode, Transport, TransportError, TransportErrorKind,
};
use futures_core::Stream;
use std::io::Write;
use std::pin::Pin;
use std::sync::{Mutex, mpsc};
use std::task::{Context, Poll};
use std::time::Duration;
use support::Memory;

fn client(memory: &Memory) -> depot::Client<Blocking> {
    depot::builder().blocking_transport(memory.clone()).max_answer(1000).build_blocking().unwrap()
}

fn accept(memory: &Memory) -> String {
    memory.sent().headers["accept"].to_str().unwrap().to_owned()
}

#[test]
fn bytes() {
    let memory = Memory::with_headers(200, &[("content-type", "text/html")], b"\xff\0".to_vec());
    assert_eq!(&client(&memory).answers().file().send().unwrap()[..], b"\xff\0");
    assert_eq!(accept(&memory), "*/*");
    // A page to sign in is no track.
    let error = client(&memory).answers().track().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = "expected `application/gpx+xml`, found content type `text/html`";
    assert!(error.to_string().contains(text), "{error}");
    let error = client(&memory).answers().track().stream().unwrap_err();
    assert!(error.to_string().contains(text), "{error}");
    assert_eq!(accept(&memory), "application/gpx+xml, application/json;q=0.9");
    let memory = Memory::with_headers(200, &[("content-type", "application/GPX+xml")], "<gpx/>");
    let track = client(&memory).answers().track().send().unwrap();
    assert_eq!(track.unwrap().len(), 6);
    let none = Memory::with_headers(204, &[], "");
    assert_eq!(client(&none).answers().track().send().unwrap(), None);
    let error = Memory::json(404, r#"{"text":"gone"}"#);
    let error = client(&error).answers().track().send().unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("gone"));
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Compressed by the server and left so by the transport.
#[test]
fn compressed_answers() {
    let packed = |status, kind, body: &[u8]| {
        let headers = [("content-type", kind), ("content-encoding", "gzip")];
        Memory::with_headers(status, &headers, body.to_vec())
    };
    let json = |status, body: &[u8]| packed(status, "application/json", body);
    let fine = json(200, &gzip(br#"{"text":"a"}"#));
    assert_eq!(client(&fine).inside().get().send().unwrap().text, "a");
    let gone = json(404, &gzip(br#"{"text":"gone"}"#));
    let error = client(&gone).answers().track().send().unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("gone"));
    for (status, kind) in [(200, ErrorKind::Decode), (404, ErrorKind::Status)] {
        let bomb = client(&json(status, &gzip(&[b' '; 5000])));
        let error = bomb.answers().track().send().unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains("more than 1000 bytes"), "{error}");
        let damaged = client(&json(status, b"plain")).answers().track().send().unwrap_err();
        assert!(damaged.to_string().contains("expected gzip"), "{damaged}");
    }
    // A stream is not bounded by what is held in memory.
    let large = packed(200, "application/zip", &gzip(&[7; 5000]));
    let mut found = Vec::new();
    client(&large).answers().file().stream().unwrap().copy_to(&mut found).unwrap();
    assert!(found == [7; 5000]);
    let cut = packed(200, "application/zip", &gzip(&[7; 5000])[..20]);
    let error = client(&cut).answers().file().stream().unwrap().copy_to(std::io::sink());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    let inside = json(200, &gzip(br#"{"text":"No.","status":{"code":"Forbidden"}}"#));
    let error = client(&inside).inside().file().stream().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    // What is no compression is nobody's here.
    let other = [("content-type", "application/zip"), ("content-encoding", "aws-chunked")];
    let other = Memory::with_headers(200, &other, b"PK".to_vec());
    assert_eq!(&client(&other).answers().file().send().unwrap()[..], b"PK");
}

/// Services on Windows send JSON in what their machines write.
#[test]
fn json_in_other_charsets() {
    let of = |kind: &'static str, body: &[u8]| {
        let memory = Memory::with_headers(200, &[("content-type", kind)], body.to_vec());
        client(&memory).inside().get().send().map(|label| label.text)
    };
    let western = "application/json; charset=iso-8859-1";
    assert_eq!(of(western, b"{\"text\":\"Gr\xfc\xdfe\"}").unwrap(), "Grüße");
    let units = "\u{feff}{\"text\":\"Grüße\"}".encode_utf16().flat_map(u16::to_le_bytes);
    let units: Vec<u8> = units.collect();
    assert_eq!(of("application/json", &units).unwrap(), "Grüße");
    let error = of("application/json; charset=koi8-r", b"{}").unwrap_err();
    assert!(error.to_string().contains("found `koi8-r`"), "{error}");
}

#[test]
fn compressed_files() {
    let packed = |content: &[u8]| Memory::with_headers(200, &[], gzip(content));
    let memory = packed(b"<tcx/>");
    assert_eq!(&client(&memory).answers().packed().send().unwrap()[..], b"<tcx/>");
    assert_eq!(accept(&memory), "application/vnd.garmin.tcx+xml");
    let bomb = client(&packed(&[0; 5000])).answers().packed().send().unwrap_err();
    assert_eq!(bomb.kind(), ErrorKind::Decode);
    assert!(bomb.to_string().starts_with("depot.answers.packed: 200 OK"), "{bomb}");
    assert!(bomb.to_string().contains("more than 1000 bytes"), "{bomb}");
    let damaged = Memory::with_headers(200, &[], b"\x1f\x8bnothing".to_vec());
    let damaged = client(&damaged).answers().packed().send().unwrap_err();
    assert!(damaged.to_string().contains("expected gzip"), "{damaged}");
}

#[test]
fn texts() {
    let of = |kind: &'static str, body: &[u8]| {
        let memory = Memory::with_headers(200, &[("content-type", kind)], body.to_vec());
        let note = client(&memory).answers().note().send();
        assert_eq!(accept(&memory), "text/plain");
        note
    };
    assert_eq!(of("text/plain", "\u{feff}Grüße".as_bytes()).unwrap(), "Grüße");
    assert_eq!(of("text/plain; Charset=\"ISO-8859-1\"", b"Gr\xfc\xdfe").unwrap(), "Grüße");
    let error = of("text/plain", b"Gr\xfc\xdfe").unwrap_err().to_string();
    assert!(error.contains("expected text in UTF-8, found another byte at 2"), "{error}");
    assert_eq!(of("text/plain; charset=utf-16", b"\xff\xfea\0").unwrap(), "a");
    let error = of("text/plain; charset=koi8-r", b"ab").unwrap_err().to_string();
    assert!(error.contains("found `koi8-r`"), "{error}");
    let table = Memory::with_headers(200, &[], "a,b");
    assert_eq!(client(&table).answers().table().send().unwrap(), "a,b");
    assert_eq!(accept(&table), "text/csv");
}

#[test]
fn errors_that_are_texts() {
    let bad = Memory::with_headers(400, &[("content-type", "text/plain")], "No such day.");
    let error = client(&bad).answers().note().send().unwrap_err();
    assert_eq!(error.service(), Some(&NoteError::BadDate("No such day.".to_owned())));
    assert_eq!(error.to_string(), "depot.answers.note: 400 Bad Request: No such day.");
    let error = client(&bad).inside().text().send().unwrap_err();
    assert_eq!(error.service(), Some(&TextError::BadRequest("No such day.".to_owned())));
}

#[test]
fn several_kinds_of_success() {
    let put = |status, body: &str| {
        let memory = Memory::json(status, body);
        let answer = client(&memory).answers().put(Label::new("l")).send();
        assert_eq!(accept(&memory), "application/json, text/plain");
        answer
    };
    let PutAnswer::Found(label) = put(200, r#"{"text":"a"}"#).unwrap() else { panic!() };
    assert_eq!(label.text, "a");
    let PutAnswer::Created(login) = put(201, r#"{"data":{"name":"b"}}"#).unwrap() else { panic!() };
    assert_eq!(login.name, "b");
    assert_eq!(put(202, "").unwrap(), PutAnswer::Accepted);
    assert_eq!(put(203, "x").unwrap(), PutAnswer::Accepted);
    assert_eq!(put(206, "part").unwrap(), PutAnswer::Part("part".to_owned()));
    assert_eq!(put(204, "").unwrap_err().kind(), ErrorKind::Status);
    assert!(put(201, "{}").unwrap_err().to_string().contains("`data`"));
}

#[test]
fn errors_inside_successes() {
    let said = r#"{"text":"No.","status":{"code":"Forbidden","reason":"You may not."}}"#;
    let memory = Memory::json(200, said);
    let error = client(&memory).inside().list().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(
        error.service().unwrap().status.as_ref().unwrap().code.as_deref(),
        Some("Forbidden")
    );
    assert_eq!(error.to_string(), "depot.inside.list: 200 OK: No.");
    // Also where the body could be read as the success.
    let error = client(&memory).inside().get().send().unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("No."));
    let error = client(&memory).inside().named().send().unwrap_err();
    assert!(matches!(error.service(), Some(NamedError::Refused(_))));
    for fine in
        [r#"{"text":"a"}"#, r#"{"text":"a","status":null}"#, r#"{"text":"a","status":{"code":""}}"#]
    {
        let answer = client(&Memory::json(200, fine)).inside().get().send();
        assert_eq!(answer.unwrap().text, "a");
    }
    let list = Memory::json(200, r#"[{"text":"a"}]"#);
    assert_eq!(client(&list).inside().list().send().unwrap().len(), 1);
    let missing = Memory::json(404, "");
    let error = client(&missing).inside().named().send().unwrap_err();
    assert_eq!(error.service(), Some(&NamedError::NotFound));
}

/// A transport that knows nothing of bodies in pieces gives them whole.
#[test]
fn streams_over_any_transport() {
    let headers = [("content-type", "application/zip"), ("content-length", "2")];
    let memory = Memory::with_headers(200, &headers, "PK");
    let mut found = Vec::new();
    let answers = client(&memory);
    let download = answers.answers().file().stream().unwrap();
    assert_eq!(download.response().headers()["content-type"], "application/zip");
    assert_eq!(download.copy_to(&mut found).unwrap(), 2);
    assert_eq!(found, b"PK");
    let asynchronous = depot::builder().transport(memory).build().unwrap();
    let mut download = support::ready(asynchronous.answers().file().stream()).unwrap();
    assert_eq!(support::ready(download.try_next()).unwrap().unwrap(), "PK");

    for (length, text) in [("3", "after 2 bytes, where 3 were"), ("1", "after 2 bytes, where 1 ")] {
        let memory = Memory::with_headers(200, &[("content-length", length)], "PK");
        let error = client(&memory).answers().file().stream().unwrap();
        let error = error.copy_to(std::io::sink()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains(text), "{error}");
    }
    // What is too large for a transport that holds it all is said by that transport.
    let memory = Memory::failing(clientwright_runtime::TransportErrorKind::TooLarge);
    let error = client(&memory).answers().file().stream().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

/// Opens an answer of which nothing comes but the head, for as long as the test runs.
struct Stalled(Mutex<Option<mpsc::Receiver<Bytes>>>);

impl Stalled {
    /// And what keeps it so.
    fn new() -> (Self, mpsc::Sender<Bytes>) {
        let (sender, receiver) = mpsc::channel();
        (Self(Mutex::new(Some(receiver))), sender)
    }

    fn opened<C>(chunks: C) -> Opened<C> {
        Opened::new(StatusCode::NOT_FOUND, HeaderMap::new(), chunks)
    }
}

impl BlockingTransport for Stalled {
    fn send(&self, _: Outgoing) -> Result<Incoming, TransportError> {
        Err(TransportError::new(TransportErrorKind::Other))
    }

    fn open(&self, _: Outgoing) -> Result<Opened<BlockingChunks>, TransportError> {
        let receiver = self.0.lock().unwrap().take().unwrap();
        let piece = move || receiver.recv_timeout(Duration::from_secs(20)).ok().map(Ok);
        Ok(Self::opened(Box::new(std::iter::from_fn(piece))))
    }
}

impl Transport for Stalled {
    fn send(&self, _: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Other)) })
    }

    fn open(&self, _: Outgoing) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        struct Never;
        impl Stream for Never {
            type Item = Result<Bytes, TransportError>;

            fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                Poll::Pending
            }
        }
        Box::pin(async { Ok(Self::opened(Box::pin(Never) as Chunks)) })
    }
}

/// The body of an error is of the time of the attempt, whatever the transport allows.
#[tokio::test]
async fn errors_that_stop_coming() {
    let limit = Duration::from_millis(20);
    let builder = || depot::builder().attempt_timeout(limit).retry(Retry::none());
    let (stalled, _kept) = Stalled::new();
    let client = builder().blocking_transport(stalled).build_blocking().unwrap();
    let error = client.answers().file().stream().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let client = builder().transport(Stalled::new().0).build().unwrap();
    let error = client.answers().file().stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

/// A file was asked for, and the service says in JSON that it went wrong, with status 200.
#[test]
fn errors_inside_streams() {
    let said = r#"{"text":"No.","status":{"code":"Forbidden"}}"#;
    let memory = Memory::json(200, said);
    let error = client(&memory).inside().file().stream().unwrap_err();
    assert_eq!(error.service().unwrap().text.as_deref(), Some("No."));
    let asynchronous = depot::builder().transport(memory).build().unwrap();
    let error = support::ready(asynchronous.inside().file().stream()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    // Whatever else the JSON is, it is no file.
    let other = client(&Memory::json(200, "[1]")).inside().file().stream().unwrap_err();
    assert_eq!(other.kind(), ErrorKind::Decode);
    assert!(other.to_string().contains("found content type `application/json`"), "{other}");
    // JSON that was asked for is not held.
    let json = Memory::json(200, said);
    assert!(client(&json).answers().file().stream().is_ok());
}
