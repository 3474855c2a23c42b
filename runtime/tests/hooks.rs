//! What an app hangs around its calls: middleware and metrics, over a transport in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, AttemptMetrics, Attempted, Auth, AuthScheme, BoxError, Builder, Call, CallMetrics,
    Client, Credential, DecodeError, Encoder, ErrorKind, HeaderMap, HeaderValue, Method, Metrics,
    Middleware, OAuth2, Outcome, Provider, Request, SchemeKind, Sending, Server, TokenSource,
    TransportErrorKind,
};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;
use support::{Said, Script, ready};

const SECRET: &str = "hunter2-planted";
const OK: Said<'_> = Said::Answers(200, &[("set-cookie", SECRET)], "fine");
const BUSY: Said<'_> = Said::Answers(503, &[], SECRET);

struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] =
        &[Server { name: "main", url: "https://api.example.com:8443/v1" }];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "bearer", kind: SchemeKind::Bearer },
        AuthScheme { name: "key", kind: SchemeKind::Query("api_key") },
        AuthScheme {
            name: "app",
            kind: SchemeKind::OAuth2(&OAuth2::client_credentials(
                Method::post("api.app.token", "/token").auth(Auth::AnyOf(&[&[3]])),
            )),
        },
        AuthScheme { name: "client", kind: SchemeKind::Basic },
    ];
}

/// A request with a secret in every place.
#[derive(Clone, Debug)]
struct Get<const OAUTH: bool>;

impl<const OAUTH: bool> Request for Get<OAUTH> {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method = Method::put("api.things.get", "/things/{id}")
        .auth(Auth::AnyOf(if OAUTH { &[&[2]] } else { &[&[0, 1]] }));

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path("id", "a b");
        request.query("filter", &Some("f"));
        request.text("text/plain", "the body");
    }

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

fn builder(script: &Script) -> Builder<Api> {
    let mut builder = Builder::default();
    builder.credential(0, Credential::bearer(SECRET));
    builder.credential(1, Credential::key(SECRET));
    builder.credential(3, Credential::basic("id", SECRET));
    builder.header("X-Own", SECRET);
    builder.transport(script.clone());
    builder.blocking_transport(script.clone());
    builder.clock(script.clone());
    builder
}

fn client(script: &Script, set: impl FnOnce(&mut Builder<Api>)) -> Client {
    let mut builder = builder(script);
    set(&mut builder);
    builder.build().unwrap()
}

/// Writes down all that it is shown.
#[derive(Clone, Default)]
struct Spy(Arc<Mutex<Vec<String>>>);

impl Spy {
    fn say(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Middleware for Spy {
    fn before(&self, sending: &Sending<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        assert!(headers.is_empty(), "nothing of others is shown");
        let body = std::str::from_utf8(sending.body()).unwrap();
        self.say(format!(
            "{} {} {} {} {} {body:?} {sending:?}",
            sending.attempt(),
            sending.verb(),
            sending.method(),
            sending.route(),
            sending.url(),
        ));
        headers.insert("x-attempt", HeaderValue::from(sending.attempt()));
        headers.insert("authorization", HeaderValue::from_static("mine"));
        headers.append("x-twice", HeaderValue::from_static("a"));
        headers.append("x-twice", HeaderValue::from_static("b"));
        Ok(())
    }

    fn after(&self, attempted: &Attempted<'_>) {
        let (status, error) = (attempted.status(), attempted.error());
        self.say(format!("{} {status:?} {error:?} {attempted:?}", attempted.attempt()));
    }
}

#[test]
fn middleware_sees_each_attempt_and_no_credential() {
    let script = Script::new([BUSY, Said::Fails(TransportErrorKind::Other), OK]);
    let spy = Spy::default();
    let client = client(&script, |builder| builder.middleware(spy.clone()));
    let call = Call::new(&client, Get::<false>).with_header("X-Call", SECRET);
    ready(Box::pin(call.send())).unwrap();
    let lines = spy.lines();
    assert_eq!(lines.len(), 6);
    assert!(lines[0].starts_with(
        "1 PUT api.things.get /things/{id} https://api.example.com:8443/v1/things/a%20b?filter=f \
         \"the body\" "
    ));
    assert!(lines[1].starts_with("1 Some(503) None "), "{}", lines[1]);
    assert!(lines[3].starts_with("2 None Some(Other) "), "{}", lines[3]);
    assert!(lines[5].starts_with("3 Some(200) None "), "{}", lines[5]);
    assert!(!lines.concat().contains(SECRET), "{lines:#?}");

    // What it adds is sent, but credentials and what is set for the call come after it.
    for (sent, number) in script.sent().iter().zip(["1", "2", "3"]) {
        assert_eq!(sent.headers["x-attempt"], number);
        assert_eq!(sent.headers["authorization"], format!("Bearer {SECRET}"));
        assert_eq!(sent.headers.get_all("x-twice").iter().count(), 2);
        assert!(["x-own", "x-call"].iter().all(|name| sent.headers[*name] == SECRET));
    }
}

/// Stops calls.
struct Open;

impl Middleware for Open {
    fn before(&self, sending: &Sending<'_>, _: &mut HeaderMap) -> Result<(), BoxError> {
        if sending.attempt() == 2 { Err("the circuit is open".into()) } else { Ok(()) }
    }
}

#[test]
fn middleware_stops_a_call() {
    let script = Script::new([BUSY]);
    let client = client(&script, |builder| builder.middleware(Open));
    let error = ready(Call::new(&client, Get::<false>)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Middleware, 1));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the circuit is open");
    assert!(!error.is_retryable());
}

#[test]
fn requests_for_tokens_pass_without_middleware() {
    let token = Said::Answers(200, &[], r#"{"access_token":"hunter2-planted"}"#);
    let script = Script::new([token, OK]);
    let (spy, counted) = (Spy::default(), Counted::default());
    let client = client(&script, |builder| {
        builder.middleware(spy.clone());
        builder.metrics(counted.clone());
    });
    ready(Call::new(&client, Get::<true>)).unwrap();
    assert!(!script.sent()[0].headers.contains_key("x-attempt"));
    assert_eq!(spy.lines().len(), 2);
    // But they are counted.
    let attempts = counted.0.lock().unwrap().0.clone();
    assert_eq!(attempts.len(), 2);
    assert!(attempts[0].starts_with("api.app.token POST /token"), "{}", attempts[0]);
}

#[test]
fn requests_for_tokens_that_are_sent_again_say_so() {
    let token = Said::Answers(200, &[], r#"{"access_token":"hunter2-planted"}"#);
    let later = Said::Answers(503, &[("retry-after", "7")], SECRET);
    let script = Script::new([later, Said::Fails(TransportErrorKind::Other), token, OK]);
    let counted = Counted::default();
    let client = client(&script, |builder| {
        builder.metrics(counted.clone());
    });
    ready(Call::new(&client, Get::<true>)).unwrap();
    let attempts = counted.0.lock().unwrap().0.clone();
    assert!(attempts[0].ends_with("0 Some(503) None 0ns Some(7s)"), "{attempts:?}");
    assert!(attempts[1].contains("1 None Some(Other) 0ns Some("), "{attempts:?}");
    assert!(attempts[2].ends_with("2 Some(200) None 0ns None"), "{attempts:?}");
    let waits: Vec<_> = script.waits();
    assert!(attempts[1].ends_with(&format!("Some({:?})", waits[1])), "{attempts:?} {waits:?}");
}

/// Attempts and calls, in words.
#[derive(Clone, Default)]
struct Counted(Arc<Mutex<(Vec<String>, Vec<CallMetrics>)>>);

impl Metrics for Counted {
    fn attempt(&self, attempt: &AttemptMetrics<'_>) {
        let AttemptMetrics { method, verb, route, server, resent, took, again_after, .. } = attempt;
        let (status, error) = (attempt.status.map(|status| status.as_u16()), attempt.error);
        self.0.lock().unwrap().0.push(format!(
            "{method} {verb} {route} {server} {resent} {status:?} {error:?} {took:?} {again_after:?}"
        ));
        assert!(!format!("{attempt:?}").contains(SECRET));
    }

    fn call(&self, call: &CallMetrics) {
        assert!(!format!("{call:?}").contains(SECRET));
        self.0.lock().unwrap().1.push(call.clone());
    }
}

#[test]
fn attempts_and_calls_are_timed() {
    let mut script = Script::new([BUSY, Said::Fails(TransportErrorKind::Other), OK, BUSY]);
    script.takes = Duration::from_secs(2);
    let counted = Counted::default();
    let mut builder = builder(&script);
    builder.metrics(counted.clone());
    let client = builder.build_blocking().unwrap();
    Call::new(&client, Get::<false>).send().unwrap();
    let call = Call::new(&client, Get::<false>).with_retry(clientwright_runtime::Retry::none());
    call.send().unwrap_err();
    let (attempts, calls) = counted.0.lock().unwrap().clone();
    let common = "api.things.get PUT /things/{id} https://api.example.com:8443";
    assert_eq!(
        attempts,
        [
            format!("{common} 0 Some(503) None 2s Some(250ms)"),
            format!("{common} 1 None Some(Other) 2s Some(500ms)"),
            format!("{common} 2 Some(200) None 2s None"),
            format!("{common} 0 Some(503) None 2s None"),
        ]
    );
    let ends: Vec<_> = calls
        .iter()
        .map(|call| (call.attempts, call.outcome, call.status.unwrap().as_u16(), call.took))
        .collect();
    let failed = Outcome::Failed(ErrorKind::Status);
    assert_eq!(
        ends,
        [
            (3, Outcome::Success, 200, Duration::from_millis(6750)),
            (1, failed, 503, Duration::from_secs(2)),
        ]
    );
}

/// A vault that never answers.
struct Never;

impl TokenSource for Never {
    fn token<'a>(
        &'a self,
        _: Option<&'a clientwright_runtime::Token>,
    ) -> clientwright_runtime::BoxFuture<'a, Result<clientwright_runtime::Token, BoxError>> {
        Box::pin(std::future::pending())
    }
}

/// Never ends what it is to wait for, nor what it sends unless it is told to say that the service is busy.
struct Waits(bool);

impl clientwright_runtime::Timer for Waits {
    fn sleep(&self, _: Duration) -> clientwright_runtime::BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

impl clientwright_runtime::Transport for Waits {
    fn send(
        &self,
        _: clientwright_runtime::Outgoing,
    ) -> clientwright_runtime::BoxFuture<
        'static,
        Result<clientwright_runtime::Incoming, clientwright_runtime::TransportError>,
    > {
        if self.0 {
            let busy = clientwright_runtime::Incoming::new(
                clientwright_runtime::StatusCode::SERVICE_UNAVAILABLE,
                HeaderMap::new(),
                "",
            );
            return Box::pin(async { Ok(busy) });
        }
        Box::pin(std::future::pending())
    }

    fn timer(&self) -> Option<&dyn clientwright_runtime::Timer> {
        Some(self)
    }
}

#[test]
fn what_is_dropped_is_counted_too() {
    let script = Script::new([]);
    let counted = Counted::default();
    let client = client(&script, |builder| {
        builder.token_source(2, Never);
        builder.metrics(counted.clone());
        builder.transport(Waits(false));
    });
    let mut call = Call::new(&client, Get::<true>).into_future();
    assert!(Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert!(counted.0.lock().unwrap().1.is_empty());
    drop(call);
    let calls = counted.0.lock().unwrap().1.clone();
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].outcome, calls[0].attempts), (Outcome::Dropped, 0));
    assert!(counted.0.lock().unwrap().0.is_empty());
    // What was never begun has not ended either.
    drop(Call::new(&client, Get::<true>).into_future());
    assert_eq!(counted.0.lock().unwrap().1.len(), 1);
}

#[test]
fn an_attempt_that_is_dropped_is_counted_too() {
    fn dropped<const OAUTH: bool>(busy: bool) -> (Vec<String>, Vec<CallMetrics>) {
        let counted = Counted::default();
        let client = client(&Script::new([]), |builder| {
            builder.metrics(counted.clone());
            builder.transport(Waits(busy));
        });
        let mut call = Call::new(&client, Get::<OAUTH>).into_future();
        assert!(Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!(counted.0.lock().unwrap().0.len(), usize::from(busy));
        assert!(counted.0.lock().unwrap().1.is_empty());
        drop(call);
        counted.0.lock().unwrap().clone()
    }
    let server = "https://api.example.com:8443";
    let (attempts, calls) = dropped::<false>(false);
    assert_eq!(
        attempts,
        [format!("api.things.get PUT /things/{{id}} {server} 0 None None 0ns None")]
    );
    assert_eq!((calls[0].outcome, calls[0].attempts), (Outcome::Dropped, 1));
    // A request for its token is no attempt of the call.
    let (attempts, calls) = dropped::<true>(false);
    assert_eq!(attempts, [format!("api.app.token POST /token {server} 0 None None 0ns None")]);
    assert_eq!((calls[0].outcome, calls[0].attempts), (Outcome::Dropped, 0));
    // One that waits to be sent again has had its answer.
    let (attempts, calls) = dropped::<false>(true);
    assert_eq!(attempts.len(), 1);
    assert!(attempts[0].contains(" 0 Some(503) None 0ns Some("), "{attempts:?}");
    assert_eq!((calls[0].outcome, calls[0].attempts), (Outcome::Dropped, 1));
}

/// Panics in all that it is asked for.
struct Panics;

impl Metrics for Panics {
    fn attempt(&self, _: &AttemptMetrics<'_>) {
        panic!("a hook");
    }

    fn call(&self, _: &CallMetrics) {
        panic!("a hook");
    }
}

impl clientwright_runtime::BlockingTransport for Panics {
    fn send(
        &self,
        _: clientwright_runtime::Outgoing,
    ) -> Result<clientwright_runtime::Incoming, clientwright_runtime::TransportError> {
        panic!("a transport");
    }
}

/// A second panic would end the program, and this test with it.
#[test]
fn no_hook_is_asked_while_a_panic_goes_by() {
    let mut builder = builder(&Script::new([]));
    builder.metrics(Panics);
    builder.blocking_transport(Panics);
    let client = builder.build_blocking().unwrap();
    let call = Call::new(&client, Get::<false>);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| call.send()));
    assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"a transport"));
}
