//! Spans and events of calls, as a subscriber of `tracing` is given them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, Auth, AuthScheme, BlockingTransport, BoxFuture, Builder, Call, Credential, DecodeError,
    Encoder, Incoming, Method, OpenTransaction, Outgoing, Provider, Request, Retry, SchemeKind,
    Server, Transport, TransportError, TransportErrorKind,
};
use std::convert::Infallible;
use std::fmt::{Debug, Write as _};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use support::{Said, Script, ready};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

const SECRET: &str = "hunter2-planted";
const OK: Said<'_> = Said::Answers(200, &[("set-cookie", SECRET)], SECRET);
const BUSY: Said<'_> = Said::Answers(503, &[], SECRET);

struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] =
        &[Server { name: "main", url: "https://api.example.com:8443/v1" }];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "bearer", kind: SchemeKind::Bearer },
        AuthScheme { name: "key", kind: SchemeKind::Query("api_key") },
    ];
}

/// A request with a secret in every place.
struct Get;

impl Request for Get {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method =
        Method::put("api.things.get", "/things/{id}").auth(Auth::AnyOf(&[&[0, 1]]));

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path("id", SECRET);
        request.query("filter", &Some(SECRET));
        request.text("text/plain", SECRET);
    }

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

/// Writes down everything, and how often the span is entered at the moment.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>, Arc<Mutex<i32>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Recorder {
    fn write(&self, mut line: String, record: impl FnOnce(&mut Fields<'_>)) {
        record(&mut Fields(&mut line));
        self.0.lock().unwrap().push(line);
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "clientwright"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(format!("span {}", span.metadata().name()), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record".to_owned(), |fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if *event.metadata().level() == Level::DEBUG {
            assert_eq!(event.parent(), Some(&Id::from_u64(1)), "events belong to their call");
        }
        self.write(format!("{} event", event.metadata().level()), |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {
        *self.1.lock().unwrap() += 1;
    }

    fn exit(&self, _: &Id) {
        *self.1.lock().unwrap() -= 1;
    }
}

/// What is recorded of a call that is given these answers, which is the same for both clients.
fn recorded(answers: &[Said<'_>]) -> Vec<String> {
    let [awaited, blocked] = [true, false].map(|awaits| {
        let script = Script::new(answers.iter().copied());
        let mut builder = Builder::<Api>::default();
        builder.credential(0, Credential::bearer(SECRET));
        builder.credential(1, Credential::key(SECRET));
        builder.header("X-Own", SECRET);
        builder.clock(script.clone());
        builder.transport(script.clone());
        builder.blocking_transport(script);
        let recorder = Recorder::default();
        let _guard = tracing::subscriber::set_default(recorder.clone());
        if awaits {
            let call = Call::new(&builder.build().unwrap(), Get).with_header("X-Call", SECRET);
            drop(ready(Box::pin(call.send())));
        } else {
            let client = builder.build_blocking().unwrap();
            drop(Call::new(&client, Get).with_header("X-Call", SECRET).send());
        }
        recorder.0.lock().unwrap().clone()
    });
    assert_eq!(awaited, blocked);
    assert!(!awaited.concat().contains(SECRET), "{awaited:#?}");
    awaited
}

const SPAN: &str = "span call otel.kind=\"client\" otel.name=PUT /things/{id} \
    clientwright.method=\"api.things.get\" http.request.method=\"PUT\" url.template=\"/things/{id}\" server.address=\"api.example.com\" \
    server.port=8443";

#[test]
fn a_call_is_a_span_with_an_event_for_each_attempt() {
    let lines = recorded(&[BUSY, Said::Fails(TransportErrorKind::Other), OK]);
    let event = "DEBUG event message=attempt clientwright.method=\"api.things.get\"";
    assert_eq!(
        lines,
        [
            SPAN.to_owned(),
            format!(
                "{event} http.request.resend_count=0 http.response.status_code=503 retry.after_ms=250"
            ),
            format!(
                "{event} http.request.resend_count=1 error.type=\"transport\" retry.after_ms=500"
            ),
            format!("{event} http.request.resend_count=2 http.response.status_code=200"),
            "record http.response.status_code=200".to_owned(),
            "record http.request.resend_count=2".to_owned(),
        ]
    );
}

/// Whether what a transport does is inside of the span: sent, looked at again, answered or dropped.
#[derive(Clone)]
struct Inside {
    recorder: Recorder,
    seen: Arc<Mutex<Vec<i32>>>,
    pauses: usize,
}

impl Inside {
    fn look(&self) {
        self.seen.lock().unwrap().push(*self.recorder.1.lock().unwrap());
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        if self.pauses > 0 {
            self.look();
        }
    }
}

impl Future for Inside {
    type Output = Result<Incoming, TransportError>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.look();
        self.pauses -= 1;
        if self.pauses > 0 {
            return Poll::Pending;
        }
        Poll::Ready(Err(TransportError::new(TransportErrorKind::Other)))
    }
}

impl Transport for Inside {
    fn send(&self, _: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        self.look();
        let mut inside = self.clone();
        inside.pauses = 2;
        Box::pin(inside)
    }
}

impl BlockingTransport for Inside {
    fn send(&self, _: Outgoing) -> Result<Incoming, TransportError> {
        self.look();
        Err(TransportError::new(TransportErrorKind::Other))
    }
}

#[test]
fn what_a_transport_does_is_in_the_span() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let seen = Arc::default();
    let inside = Inside { recorder: recorder.clone(), seen: Arc::clone(&seen), pauses: 0 };
    let mut builder = Builder::<Api>::default();
    builder.credential(0, Credential::bearer(SECRET));
    builder.credential(1, Credential::key(SECRET));
    builder.transport(inside.clone());
    builder.blocking_transport(inside);
    builder.retry(Retry::none());
    let now = || (std::mem::take(&mut *seen.lock().unwrap()), *recorder.1.lock().unwrap());

    let client = builder.clone().build().unwrap();
    let mut cx = Context::from_waker(Waker::noop());
    let mut call = Call::new(&client, Get).into_future();
    assert!(Pin::new(&mut call).poll(&mut cx).is_pending());
    assert_eq!(now(), (vec![1, 1], 0), "sent, and waited for");
    assert!(Pin::new(&mut call).poll(&mut cx).is_ready());
    assert_eq!(now(), (vec![1], 0), "answered");
    let mut dropped = Call::new(&client, Get).into_future();
    assert!(Pin::new(&mut dropped).poll(&mut cx).is_pending());
    now();
    drop(dropped);
    assert_eq!(now(), (vec![1], 0), "dropped");

    let client = builder.build_blocking().unwrap();
    assert!(Call::new(&client, Get).send().is_err());
    assert_eq!(now(), (vec![1], 0));
}

#[test]
fn errors_have_a_type() {
    let last = |answer: Said<'_>| {
        let mut lines = recorded(&[answer]);
        assert!(lines.contains(&"record otel.status_code=\"ERROR\"".to_owned()), "{lines:?}");
        lines.pop().unwrap()
    };
    assert_eq!(last(Said::Answers(404, &[], SECRET)), "record error.type=\"404\"");
    assert_eq!(last(Said::Fails(TransportErrorKind::TooLarge)), "record error.type=\"too_large\"");
    let no_utf8 = [("content-type", "text/plain; charset=hunter3")];
    assert_eq!(last(Said::Answers(200, &no_utf8, "")), "record error.type=\"decode\"");
}

#[test]
fn a_transaction_that_is_dropped_is_a_warning() {
    let script = Script::new([]);
    let mut builder = Builder::<Api>::default();
    builder.transport(script);
    let client = builder.build().unwrap();
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    OpenTransaction::new(&client, &Get::METHOD).end();
    drop(OpenTransaction::new(&client, &Get::METHOD));
    let message = "a transaction was dropped that was neither committed nor abandoned";
    let line = format!("WARN event message={message} clientwright.method=\"api.things.get\"");
    assert_eq!(*recorder.0.lock().unwrap(), [line]);
}
