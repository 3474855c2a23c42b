//! Tokens that the client gets, keeps and renews, over a transport and a clock in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]
#![cfg(feature = "oauth2")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, Async, Auth, AuthScheme, Blocking, BoxError, BoxFuture, Builder, Call, CallError,
    Client, Clock, Code, CodeGrant, Credential, DecodeError, ErrorKind, Grant, Incoming, Method,
    Mode, OAuth2, Outgoing, Provider, Request, Retry, SchemeKind, Server, Timer, Token,
    TokenSource, TokenStore, Transport, TransportError, TransportErrorKind, object,
};
use std::convert::Infallible;
use std::error::Error as _;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use support::{Said, Script, ready};

const SECRET: &str = "hunter2-very-secret";

#[derive(Clone, Copy, Debug)]
struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] = &[
        Server { name: "production", url: "https://api.example.com/v1" },
        Server { name: "tokens", url: "https://login.example.org" },
    ];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "client", kind: SchemeKind::Basic },
        AuthScheme {
            name: "app",
            kind: SchemeKind::OAuth2(
                &OAuth2::client_credentials(
                    Method::post("api.app.token", "/token").server(1).auth(CLIENT),
                )
                .scopes(&["read", "write"])
                .renew_on(&[401, 403]),
            ),
        },
        AuthScheme {
            name: "user",
            kind: SchemeKind::OAuth2(
                &OAuth2::authorization_code(
                    "https://login.example.org/authorize",
                    Method::post("api.user.token", "/token").server(1).auth(Auth::Client(2)),
                )
                .scopes(&["all"]),
            ),
        },
        AuthScheme { name: "bearer", kind: SchemeKind::Bearer },
    ];
}

const CLIENT: Auth = Auth::AnyOf(&[&[0]]);
const APP: usize = 1;
const USER: usize = 2;
const BEARER: usize = 3;

/// A call that `SCHEME` is needed for.
#[derive(Clone, Debug)]
struct Get<const SCHEME: usize>;

const SETS: [&[&[usize]]; 4] = [&[&[0]], &[&[1]], &[&[2]], &[&[3]]];

impl<const SCHEME: usize> Request for Get<SCHEME> {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method = Method::post("api.things.get", "/thing").auth(Auth::AnyOf(SETS[SCHEME]));

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.json()
    }
}

#[derive(Debug)]
struct Answered {
    user: i64,
}
object! { Answered { user: Required = "x_user_id" } }

fn builder() -> Builder<Api> {
    let mut builder = Builder::default();
    builder.credential(0, Credential::basic("app-1", SECRET));
    builder.credential(USER, Credential::client("app-1", Some(SECRET)));
    builder
}

fn with(script: &Script, mut builder: Builder<Api>) -> Client {
    builder.clock(script.clone());
    builder.transport(script.clone());
    builder.build().unwrap()
}

fn blocking(script: &Script, mut builder: Builder<Api>) -> Client<Blocking> {
    builder.clock(script.clone());
    builder.blocking_transport(script.clone());
    builder.build_blocking().unwrap()
}

fn get<const SCHEME: usize>(client: &Client) -> Result<String, CallError<Infallible>> {
    ready(call::<SCHEME, Async>(client))
}

fn call<const SCHEME: usize, M: Mode>(client: &Client<M>) -> Call<Get<SCHEME>, M> {
    Call::new(client, Get::<SCHEME>)
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const OK: Said<'static> = Said::Answers(200, JSON, r#""ok""#);
const REFUSED: Said<'static> = Said::Answers(401, JSON, "{}");

fn token(text: &'static str) -> Said<'static> {
    Said::Answers(200, JSON, text)
}

const FIRST: &str = r#"{"access_token":"t1","token_type":"Bearer","expires_in":3600}"#;
const SECOND: &str = r#"{"access_token":"t2","expires_in":"3600"}"#;

fn authorizations(script: &Script) -> Vec<String> {
    let of = |sent: &Outgoing| {
        let value = sent.headers.get("authorization");
        value.map_or("none", |value| value.to_str().unwrap()).to_owned()
    };
    script.sent().iter().map(of).collect()
}

fn body(sent: &Outgoing) -> &str {
    std::str::from_utf8(&sent.body).unwrap()
}

/// Compresses each answer on its way, and may lose the end.
#[cfg(feature = "gzip")]
struct Packed {
    script: Script,
    lost: usize,
}

#[cfg(feature = "gzip")]
impl Transport for Packed {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let (answer, lost) = (Transport::send(&self.script, outgoing), self.lost);
        Box::pin(async move {
            let mut incoming = answer.await?;
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            std::io::Write::write_all(&mut encoder, &incoming.body).unwrap();
            let mut body = encoder.finish().unwrap();
            body.truncate(body.len() - lost);
            incoming.body = body.into();
            incoming.headers.insert("content-encoding", "gzip".parse().unwrap());
            Ok(incoming)
        })
    }
}

#[cfg(feature = "gzip")]
#[test]
fn answers_of_token_endpoints_are_decompressed() {
    let client = |script: &Script, lost: usize, max: Option<usize>| {
        let mut builder = builder();
        builder.clock(script.clone());
        builder.transport(Packed { script: script.clone(), lost });
        if let Some(max) = max {
            builder.max_answer(max);
        }
        builder.build().unwrap()
    };
    let script = Script::new([token(FIRST), OK]);
    assert_eq!(get::<APP>(&client(&script, 0, None)).unwrap(), "ok");
    assert_eq!(authorizations(&script)[1], "Bearer t1");

    let refused = Said::Answers(400, JSON, r#"{"error":"invalid_client"}"#);
    let script = Script::new([refused]);
    let error = get::<APP>(&client(&script, 0, None)).unwrap_err().to_string();
    assert!(error.contains("the token endpoint answered 400, invalid_client"), "{error}");
    // The status says more than a body that cannot be read.
    let script = Script::new([refused]);
    let error = get::<APP>(&client(&script, 9, None)).unwrap_err().to_string();
    assert!(error.ends_with("the token endpoint answered 400"), "{error}");

    let script = Script::new([token(FIRST)]);
    let error = get::<APP>(&client(&script, 9, None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("expected gzip, found something damaged"), "{error}");
    let script = Script::new([token(FIRST)]);
    let error = get::<APP>(&client(&script, 0, Some(20))).unwrap_err().to_string();
    assert!(error.contains("decompressed, it has more than 20 bytes"), "{error}");
}

#[test]
fn a_token_is_got_kept_and_renewed_before_it_ends() {
    let script = Script::new([token(FIRST), OK, OK, token(SECOND), OK]);
    let mut builder = builder();
    builder.header("X-Own", SECRET);
    let client = with(&script, builder);
    assert_eq!(get::<APP>(&client).unwrap(), "ok");
    script.advance(3500);
    get::<APP>(&client).unwrap();
    script.advance(20);
    get::<APP>(&client).unwrap();
    let basic = format!(
        "Basic {}",
        clientwright_wire::base64::encode(format!("app-1:{SECRET}").as_bytes())
    );
    assert_eq!(authorizations(&script), [&*basic, "Bearer t1", "Bearer t1", &basic, "Bearer t2"]);
    let asked = &script.sent()[0];
    assert_eq!(asked.url, "https://login.example.org/token");
    assert_eq!(body(asked), "grant_type=client_credentials&scope=read%20write");
    assert_eq!(asked.headers["content-type"], "application/x-www-form-urlencoded");
    assert!(!asked.headers.contains_key("x-own"), "meant for the service, not for this one");
    assert!(script.sent()[1].headers.contains_key("x-own"));
    assert!(script.sent()[1].headers["authorization"].is_sensitive());
}

#[test]
fn a_refused_token_is_renewed_once() {
    for status in [401, 403] {
        let refused = Said::Answers(status, JSON, "{}");
        let script = Script::new([token(FIRST), refused, token(SECOND), OK]);
        assert_eq!(get::<APP>(&with(&script, builder())).unwrap(), "ok");
        assert_eq!(script.left(), 0);
    }
    let script = Script::new([token(FIRST), REFUSED, token(SECOND), REFUSED]);
    let error = get::<APP>(&with(&script, builder())).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 401));
    assert_eq!(script.left(), 0);
}

#[test]
fn the_blocking_client_takes_the_same_steps() {
    let script = Script::new([token(FIRST), REFUSED, token(SECOND), OK, OK]);
    let client = blocking(&script, builder());
    assert_eq!(call::<APP, _>(&client).send().unwrap().into_body(), "ok");
    call::<APP, _>(&client).send().unwrap();
    assert_eq!(
        authorizations(&script)[1..],
        ["Bearer t1", &authorizations(&script)[0], "Bearer t2", "Bearer t2"]
    );
}

#[test]
fn a_user_agrees() {
    let script = Script::new([
        token(r#"{"access_token":"u1","refresh_token":"r1","expires_in":100,"x_user_id":7}"#),
        OK,
        token(r#"{"access_token":"u2","expires_in":100}"#),
        OK,
        token(r#"{"access_token":"u3","refresh_token":"r2"}"#),
        OK,
    ]);
    let client = with(&script, builder());
    let asked = client.authorize(USER).unwrap().redirect_uri("https://app.example.com/back?a=b");
    let url = asked.url();
    let (endpoint, query) = url.split_once('?').unwrap();
    assert_eq!(endpoint, "https://login.example.org/authorize");
    for part in [
        "response_type=code&",
        "client_id=app-1&",
        "redirect_uri=https%3A%2F%2Fapp.example.com%2Fback%3Fa%3Db&",
        "scope=all&",
        &format!("state={}&", asked.state()),
        "code_challenge_method=S256",
    ] {
        assert!(query.contains(part), "{part} in {query}");
    }
    // The clock of the script always says the same.
    let mut own = builder();
    own.transport(script.clone());
    let other = own.build().unwrap().authorize(USER).unwrap();
    assert_eq!((other.state().len(), other.verifier().unwrap().len()), (43, 43));
    assert!(!other.url().contains(other.verifier().unwrap()));
    assert!(asked.code("c", "another").is_err());
    let code = asked.code("the code", asked.state()).unwrap();
    assert_eq!(
        code,
        Code::new("the code")
            .verifier(asked.verifier().unwrap())
            .redirect_uri("https://app.example.com/back?a=b")
    );
    let Grant { token, answer, .. } =
        ready(Call::new(&client, CodeGrant::<Api, Answered, USER>::new(code))).unwrap();
    assert_eq!(answer.user, 7);
    assert_eq!(token.access_token(), "u1");
    assert_eq!(token.refresh_token(), Some("r1"));
    assert_eq!(token.expires_at(), Some(1_700_000_100));
    let sent = &script.sent()[0];
    assert!(body(sent).starts_with("grant_type=authorization_code&code=the%20code&redirect_uri="));
    assert!(body(sent).ends_with(&format!("&client_id=app-1&client_secret={SECRET}")));

    assert_eq!(get::<USER>(&client).unwrap_err().kind(), ErrorKind::Auth);
    let client = client.with_token(USER, token).unwrap();
    get::<USER>(&client).unwrap();
    script.advance(95);
    get::<USER>(&client).unwrap();
    // The refresh token stays, unless the answer has another one.
    script.advance(95);
    get::<USER>(&client).unwrap();
    assert!(body(&script.sent()[2]).starts_with("grant_type=refresh_token&refresh_token=r1&"));
    assert!(body(&script.sent()[4]).starts_with("grant_type=refresh_token&refresh_token=r1&"));
    assert_eq!(authorizations(&script)[5], "Bearer u3");
}

#[test]
fn a_token_that_nothing_renews_is_sent_and_its_refusal_handed_on() {
    let script = Script::new([OK, Said::Answers(401, JSON, "gone")]);
    let mut builder = builder();
    builder.token(USER, Token::new("u1").with_expiry(1_600_000_000));
    let client = with(&script, builder);
    get::<USER>(&client).unwrap();
    let error = get::<USER>(&client).unwrap_err();
    assert_eq!(error.body_excerpt().as_deref(), Some("gone"));
    assert_eq!(authorizations(&script), ["Bearer u1", "Bearer u1"]);
}

#[test]
fn without_a_token_it_is_said_why() {
    let failed = |answers: Vec<Said<'static>>| {
        let script = Script::new(answers);
        let mut builder = builder();
        builder.retry(Retry::none());
        let error = get::<APP>(&with(&script, builder)).unwrap_err();
        (error.kind(), error.to_string())
    };
    let echo = format!(r#"{{"error":"invalid_client","error_description":"{SECRET}"}}"#);
    let echo: &'static str = Box::leak(echo.into_boxed_str());
    let (kind, text) = failed(vec![Said::Answers(400, JSON, echo)]);
    assert_eq!(kind, ErrorKind::Auth);
    assert_eq!(
        text,
        "api.things.get: no token for `app`: the token endpoint answered 400, invalid_client"
    );
    let (_, text) = failed(vec![token(r#"{"token":"hunter2-very-secret"}"#)]);
    assert!(text.ends_with("the answer of the token endpoint holds no token"), "{text}");
    let (_, text) = failed(vec![token(r#"{"access_token":"a\nb"}"#)]);
    assert!(text.contains("the token cannot be sent"), "{text}");
    let (kind, text) = failed(vec![Said::Fails(TransportErrorKind::Connect)]);
    assert_eq!(kind, ErrorKind::Connect);
    assert!(text.ends_with("the token endpoint was not reached"), "{text}");
    assert!(!text.contains(SECRET));
}

#[test]
fn a_token_endpoint_that_is_not_reached_is_asked_again() {
    let fails = Said::Fails(TransportErrorKind::Timeout);
    let script = Script::new([fails, token(FIRST), OK]);
    get::<APP>(&with(&script, builder())).unwrap();
    assert_eq!(script.waits().len(), 1);
}

#[test]
fn a_token_that_is_still_good_is_used_when_there_is_no_other() {
    let script = Script::new([token(FIRST), OK, Said::Answers(500, JSON, "{}"), OK]);
    let client = with(&script, builder());
    get::<APP>(&client).unwrap();
    script.advance(3580);
    get::<APP>(&client).unwrap();
    assert_eq!(authorizations(&script)[3], "Bearer t1");
}

/// Keeps a token in memory, as a store and as a source.
#[derive(Clone, Default)]
struct Kept {
    token: Arc<Mutex<Option<Token>>>,
    asked: Arc<AtomicUsize>,
    fails: bool,
}

impl TokenStore for Kept {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(self.token.lock().unwrap().clone()) })
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            if self.fails {
                return Err("the disk is full".into());
            }
            *self.token.lock().unwrap() = Some(token.clone());
            Ok(())
        })
    }
}

impl TokenSource for Kept {
    fn token<'a>(&'a self, before: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(before.is_some(), number > 0);
        Box::pin(async move { Ok(Token::new(format!("s{number}"))) })
    }
}

#[test]
fn a_store_is_asked_first_and_told_last() {
    let kept = Kept::default();
    let with_store = |script: &Script, kept: &Kept| {
        let mut builder = builder();
        builder.token_store(APP, kept.clone());
        with(script, builder)
    };
    let script = Script::new([token(FIRST), OK]);
    get::<APP>(&with_store(&script, &kept)).unwrap();
    assert_eq!(kept.token.lock().unwrap().as_ref().unwrap().access_token(), "t1");
    // Another client, later.
    let script = Script::new([OK]);
    let client = with_store(&script, &kept);
    get::<APP>(&client).unwrap();
    // Another process has renewed it meanwhile.
    *kept.token.lock().unwrap() = Some(Token::new("t9"));
    let script = Script::new([OK, REFUSED, OK]);
    let client = {
        let mut builder = builder();
        builder.token_store(APP, kept.clone());
        blocking(&script, builder)
    };
    call::<APP, _>(&client).send().unwrap();
    *kept.token.lock().unwrap() = Some(Token::new("t10"));
    call::<APP, _>(&client).send().unwrap();
    assert_eq!(authorizations(&script), ["Bearer t9", "Bearer t9", "Bearer t10"]);

    let script = Script::new([token(FIRST), OK]);
    let client = with_store(&script, &Kept { fails: true, ..Kept::default() });
    let error = get::<APP>(&client).unwrap_err();
    assert!(error.to_string().contains("its store did not keep the new one"), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    get::<APP>(&client).unwrap();
}

#[test]
fn tokens_can_come_from_elsewhere() {
    for scheme in [BEARER, APP, USER] {
        let script = Script::new([OK, REFUSED, OK]);
        let mut builder = builder();
        builder.token_source(scheme, Kept::default());
        let client = with(&script, builder);
        let get = || match scheme {
            BEARER => get::<BEARER>(&client),
            APP => get::<APP>(&client),
            _ => get::<USER>(&client),
        };
        get().unwrap();
        get().unwrap();
        assert_eq!(authorizations(&script), ["Bearer s0", "Bearer s0", "Bearer s1"]);
    }
}

/// A store that keeps tokens only when it is told to.
#[derive(Clone, Default)]
struct Patient {
    kept: Kept,
    open: Arc<Mutex<bool>>,
    saves: Arc<Mutex<Vec<String>>>,
}

impl Patient {
    fn opened(&self, open: bool) {
        *self.open.lock().unwrap() = open;
    }

    fn saves(&self) -> Vec<String> {
        self.saves.lock().unwrap().clone()
    }
}

impl TokenStore for Patient {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        TokenStore::load(&self.kept)
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            std::future::poll_fn(|_| match *self.open.lock().unwrap() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
            .await;
            self.saves.lock().unwrap().push(token.access_token().to_owned());
            self.kept.save(token).await
        })
    }
}

/// A client whose first call was dropped while its store was about to keep the token.
fn dropped_while_saved(script: &Script, store: &Patient) -> Client {
    let mut builder = builder();
    builder.token_store(APP, store.clone());
    builder.clock(script.clone());
    // One whose limits of time end nothing.
    let held = Held { script: script.clone(), open: Arc::default() };
    held.open();
    builder.transport(held);
    let client = builder.build().unwrap();
    let mut dropped = call::<APP, Async>(&client).into_future();
    assert!(Pin::new(&mut dropped).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(dropped);
    assert_eq!((script.sent().len(), store.saves().len()), (1, 0));
    store.opened(true);
    client
}

#[test]
fn a_token_whose_call_was_dropped_is_kept_by_the_next_one() {
    let (script, store) = (Script::new([token(FIRST), OK, OK]), Patient::default());
    let client = dropped_while_saved(&script, &store);
    get::<APP>(&client).unwrap();
    get::<APP>(&client).unwrap();
    assert_eq!(store.saves(), ["t1"], "once");
    assert_eq!(authorizations(&script)[1..], ["Bearer t1", "Bearer t1"]);
}

/// Otherwise the store would answer with the token before it, which may be of no use any more.
#[test]
fn it_is_kept_before_another_one_is_asked_for() {
    let script = Script::new([token(FIRST), token(SECOND), OK]);
    let store = Patient::default();
    *store.kept.token.lock().unwrap() = Some(Token::new("t0").with_expiry(0));
    let client = dropped_while_saved(&script, &store);
    script.advance(3600);
    get::<APP>(&client).unwrap();
    assert_eq!(store.saves(), ["t1", "t2"]);
    assert_eq!(authorizations(&script)[2], "Bearer t2");
}

#[test]
fn a_store_that_cannot_keep_it_later_is_told_of_once() {
    let script = Script::new([token(FIRST), OK]);
    let kept = Kept { fails: true, ..Kept::default() };
    let store = Patient { kept, ..Patient::default() };
    let client = dropped_while_saved(&script, &store);
    let error = get::<APP>(&client).unwrap_err();
    assert!(error.to_string().contains("its store did not keep the new one"), "{error}");
    assert_eq!(get::<APP>(&client).unwrap(), "ok");
    assert_eq!(store.saves(), ["t1"]);
}

/// A source that is never ready.
struct Slow;

impl TokenSource for Slow {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_blocking_client_does_not_wait_for_futures() {
    let script = Script::new([]);
    let mut builder = builder();
    builder.token_source(BEARER, Slow);
    let error = call::<BEARER, _>(&blocking(&script, builder)).send().unwrap_err();
    assert!(error.source().unwrap().to_string().contains("ready at once"), "{error:?}");
}

/// However long a hook takes, it is part of the call.
#[test]
fn the_wait_for_a_token_counts() {
    let script = Script::new([]);
    let mut slow = builder();
    slow.token_source(BEARER, Slow);
    slow.timeout(Duration::from_secs(5));
    let client = with(&script, slow.clone());
    let error = get::<BEARER>(&client).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "api.things.get: no token for `bearer`: no whole answer within 5s"
    );
    let waited = Clock::now(&script);
    assert_eq!((waited, script.sent().len()), (Duration::from_secs(5), 0));
    // The turn was given up: the next call asks again.
    assert!(get::<BEARER>(&client).unwrap_err().is_timeout());

    slow.attempt_timeout(Duration::from_secs(2));
    let error = get::<BEARER>(&with(&script, slow)).unwrap_err();
    assert!(error.to_string().ends_with("within 2s"), "{error}");
}

/// A source that takes as long as it is told to.
struct Takes(Script, u64);

impl TokenSource for Takes {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        self.0.advance(self.1);
        Box::pin(async { Ok(Token::new("t")) })
    }
}

#[test]
fn a_token_that_took_its_time_leaves_less() {
    let script = Script::new([OK]);
    let mut settings = builder();
    settings.token_source(BEARER, Takes(script.clone(), 3));
    settings.timeout(Duration::from_secs(5));
    call::<BEARER, _>(&blocking(&script, settings.clone())).send().unwrap();
    assert_eq!(script.sent()[0].timeout, Some(Duration::from_secs(2)));

    settings.token_source(BEARER, Takes(script.clone(), 6));
    let error = call::<BEARER, _>(&blocking(&script, settings)).send().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0), "{error}");
    assert_eq!(script.sent().len(), 1, "nothing is sent when the time is over");
}

/// Answers only when it is told to.
#[derive(Clone)]
struct Held {
    script: Script,
    open: Arc<Mutex<(bool, Vec<Waker>)>>,
}

impl Held {
    fn open(&self) {
        let mut open = self.open.lock().unwrap();
        open.0 = true;
        open.1.drain(..).for_each(Waker::wake);
    }
}

impl Transport for Held {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let held = self.clone();
        Box::pin(async move {
            std::future::poll_fn(|cx| {
                let mut open = held.open.lock().unwrap();
                if open.0 {
                    return Poll::Ready(());
                }
                open.1.push(cx.waker().clone());
                Poll::Pending
            })
            .await;
            Transport::send(&held.script, outgoing).await
        })
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(self)
    }
}

/// Time goes by only when it is told to, too.
impl Timer for Held {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

fn held(answers: Vec<Said<'static>>) -> (Held, Client) {
    let held = Held { script: Script::new(answers), open: Arc::default() };
    let mut builder = builder();
    builder.clock(held.script.clone());
    builder.transport(held.clone());
    builder.retry(Retry::none());
    (held, builder.build().unwrap())
}

#[test]
fn one_call_renews_and_the_others_wait() {
    let (held, client) = held(vec![token(FIRST), OK, OK, OK]);
    let mut calls: Vec<_> = (0..3).map(|_| call::<APP, Async>(&client).into_future()).collect();
    let mut cx = Context::from_waker(Waker::noop());
    for call in &mut calls {
        assert!(Pin::new(&mut *call).poll(&mut cx).is_pending());
    }
    held.open();
    for call in &mut calls {
        assert!(matches!(Pin::new(&mut *call).poll(&mut cx), Poll::Ready(Ok(_))));
    }
    assert_eq!(authorizations(&held.script)[1..], ["Bearer t1"; 3]);
}

#[test]
fn a_call_that_is_dropped_gives_up_its_turn() {
    let (held, client) = held(vec![token(FIRST), OK]);
    let mut cx = Context::from_waker(Waker::noop());
    let mut first = Some(call::<APP, Async>(&client).into_future());
    let mut second = pin!(call::<APP, Async>(&client).into_future());
    assert!(Pin::new(first.as_mut().unwrap()).poll(&mut cx).is_pending());
    assert!(second.as_mut().poll(&mut cx).is_pending());
    first = None;
    assert!(first.is_none());
    held.open();
    assert!(matches!(second.as_mut().poll(&mut cx), Poll::Ready(Ok(_))));
}

#[test]
fn those_who_wait_do_not_try_what_has_just_failed() {
    let (held, client) = held(vec![Said::Answers(400, JSON, "{}"), token(FIRST), OK]);
    let mut calls: Vec<_> = (0..2).map(|_| call::<APP, Async>(&client).into_future()).collect();
    let mut cx = Context::from_waker(Waker::noop());
    for call in &mut calls {
        assert!(Pin::new(&mut *call).poll(&mut cx).is_pending());
    }
    held.open();
    for call in &mut calls {
        let Poll::Ready(Err(error)) = Pin::new(&mut *call).poll(&mut cx) else {
            panic!("no error")
        };
        assert_eq!(error.kind(), ErrorKind::Auth);
    }
    // A later call does.
    ready(call::<APP, Async>(&client)).unwrap();
}

#[test]
fn blocking_calls_wait_for_each_other() {
    let script = Script::new([token(FIRST), OK, OK, OK, OK, OK, OK, OK, OK]);
    let client = blocking(&script, builder());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| call::<APP, _>(&client).send().unwrap());
        }
    });
    assert_eq!(script.left(), 0);
}

#[test]
fn tokens_are_never_shown() {
    let script = Script::new([
        token(r#"{"access_token":"hunter2-very-secret","refresh_token":"hunter2-very-secret"}"#),
        Said::Answers(418, JSON, SECRET),
        Said::Answers(500, JSON, SECRET),
    ]);
    let mut builder = builder();
    builder.token(USER, Token::new(SECRET).with_refresh_token(SECRET));
    let mut shown = format!("{builder:?}");
    let client = with(&script, builder);
    let asked = client.authorize(USER).unwrap();
    let code = asked.code(SECRET, asked.state()).unwrap();
    shown += &format!("{client:?} {code:?} {:?} {:?}", Token::new(SECRET), asked);
    assert!(!shown.contains(asked.state()));
    assert!(!shown.contains(asked.verifier().unwrap()));
    let exchange = Call::new(&client, CodeGrant::<Api, serde_json::Value, USER>::new(code));
    shown += &format!("{exchange:?}");
    let error = get::<APP>(&client).unwrap_err();
    shown += &format!("{error} {error:?} {error:#?}");
    let error = ready(exchange).unwrap_err();
    shown += &format!("{error} {error:?} {:?}", error.source());
    for sent in script.sent() {
        shown += &format!("{sent:?} {:?}", sent.headers);
    }
    assert_eq!(script.left(), 0);
    assert!(!shown.contains(SECRET), "{shown}");
}
