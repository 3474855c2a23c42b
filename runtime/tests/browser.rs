//! The client as it is in browsers: over a transport, with hooks and on a clock that no other thread may have, and
//! without any of the machine. No browser is needed: `cargo xtask ci` says `--cfg clientwright_browser`.
#![cfg(clientwright_browser)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use clientwright_runtime::{
    Answer, Auth, AuthScheme, BoxError, BoxFuture, Builder, Bytes, Call, CallMetrics, Chunks,
    Client, Clock, DecodeError, Drift, Encoder, HeaderMap, HeaderValue, Incoming, Method, Metrics,
    Middleware, OAuth2, Opened, Outgoing, Provider, Request, SchemeKind, Sending, Server,
    StatusCode, Timer, Token, TokenSource, TokenStore, Transport, TransportError,
};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] = &[Server { name: "main", url: "https://api.example.com" }];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme {
            name: "app",
            kind: SchemeKind::OAuth2(&OAuth2::client_credentials(
                Method::post("api.app.token", "/token").auth(Auth::AnyOf(&[&[1]])),
            )),
        },
        AuthScheme { name: "client", kind: SchemeKind::Basic },
    ];
}

/// Something small.
#[derive(Debug, PartialEq)]
struct Thing {
    name: String,
}
clientwright_runtime::object! { Thing { name: Required = "name" } }

#[derive(Clone, Debug)]
struct Get;

impl Request for Get {
    type Provider = Api;
    type Output = Thing;
    type Error = Infallible;

    const METHOD: Method = Method::get("api.things.get", "/thing").auth(Auth::AnyOf(&[&[0]]));

    fn encode(&self, _: &mut Encoder<'_>) {}

    fn decode(answer: &Answer<'_>) -> Result<Thing, DecodeError> {
        answer.json()
    }
}

/// A page of a browser: everything of it stays where it is.
#[derive(Default)]
struct Page {
    answers: RefCell<VecDeque<(u16, &'static str)>>,
    /// What was sent and said, in order.
    log: RefCell<Vec<String>>,
    now: Cell<Duration>,
}

#[derive(Clone, Default)]
struct App(Rc<Page>);

impl App {
    fn new(answers: impl IntoIterator<Item = (u16, &'static str)>) -> Self {
        let app = Self::default();
        app.0.answers.borrow_mut().extend(answers);
        app
    }

    fn say(&self, line: impl Into<String>) {
        self.0.log.borrow_mut().push(line.into());
    }

    fn log(&self) -> Vec<String> {
        self.0.log.borrow().clone()
    }

    fn builder(&self) -> Builder<Api> {
        let mut builder = Builder::default();
        builder.transport(self.clone());
        builder.clock(self.clone());
        builder
    }

    /// A client with everything that an app can hang in.
    fn client(&self) -> Client {
        let mut builder = self.builder();
        builder.token_source(0, self.clone());
        builder.middleware(self.clone());
        builder.metrics(self.clone());
        let app = self.clone();
        builder.drift(move |drift: &Drift| app.say(format!("drift {}", drift.path)));
        builder.build().unwrap()
    }
}

/// Ready when it is asked for the second time, as what waits for something outside.
struct Later(bool);

impl Future for Later {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Transport for App {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let app = Rc::clone(&self.0);
        let token = outgoing.headers.get("authorization").map_or("-", |it| it.to_str().unwrap());
        self.say(format!(
            "{} {token} {}",
            outgoing.target(),
            outgoing.headers.contains_key("x-page")
        ));
        // What was asked for.
        let kind = outgoing.headers["accept"].clone();
        Box::pin(async move {
            Later(false).await;
            let (status, body) =
                app.answers.borrow_mut().pop_front().expect("nothing more is sent");
            let headers = HeaderMap::from_iter([("content-type".parse().unwrap(), kind)]);
            Ok(Incoming::new(StatusCode::from_u16(status).unwrap(), headers, body))
        })
    }

    fn open(
        &self,
        outgoing: Outgoing,
    ) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        let app = self.clone();
        Box::pin(async move {
            let Incoming { status, headers, body, .. } = app.send(outgoing).await?;
            let pieces: Vec<_> = body.chunks(3).map(Bytes::copy_from_slice).rev().collect();
            let chunks: Chunks = Box::pin(Pieces(Rc::new(RefCell::new(pieces))));
            Ok(Opened::new(status, headers, chunks))
        })
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(self)
    }
}

/// A body that comes piece by piece.
struct Pieces(Rc<RefCell<Vec<Bytes>>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.borrow_mut().pop().map(Ok))
    }
}

impl Timer for App {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            Later(false).await;
            self.0.now.set(self.0.now.get() + time);
        })
    }
}

impl Clock for App {
    fn now(&self) -> Duration {
        self.0.now.get()
    }

    fn unix(&self) -> Duration {
        Duration::from_secs(1_700_000_000) + self.0.now.get()
    }

    fn random(&self) -> u64 {
        1 << 63
    }
}

impl TokenSource for App {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(async move {
            Later(false).await;
            self.say("token");
            Ok(Token::new("t1"))
        })
    }
}

impl TokenStore for App {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        Box::pin(async move { Ok(Some(Token::new("kept"))) })
    }

    fn save<'a>(&'a self, _: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move { Ok(()) })
    }
}

impl Middleware for App {
    fn before(&self, _: &Sending<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        headers.insert("x-page", HeaderValue::from_static("1"));
        Ok(())
    }
}

impl Metrics for App {
    fn call(&self, call: &CallMetrics) {
        self.say(format!("{:?} x{} in {:?}", call.outcome, call.attempts, call.took));
    }
}

/// What a browser does: it asks again whoever said that there is news.
fn run<F: IntoFuture>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future.into_future());
    for _ in 0..100 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
    panic!("the future never ends")
}

#[test]
fn a_call_with_everything_in_it() {
    let app = App::new([(503, ""), (200, r#"{"name":"a","new":1}"#)]);
    let thing = run(Call::new(&app.client(), Get)).unwrap();
    assert_eq!(thing, Thing { name: "a".to_owned() });
    let expected = [
        "token",
        "/thing Bearer t1 true",
        "/thing Bearer t1 true",
        "drift $.new",
        "Success x2 in 250ms",
    ];
    assert_eq!(app.log(), expected);
}

#[test]
fn tokens_are_kept_by_the_app() {
    let app = App::new([(200, r#"{"name":"a"}"#)]);
    let mut builder = app.builder();
    builder.token_store(0, app.clone());
    run(Call::new(&builder.build().unwrap(), Get)).unwrap();
    assert_eq!(app.log(), ["/thing Bearer kept false"]);
}

#[test]
fn bodies_come_piece_by_piece() {
    let app = App::new([(200, "12345678")]);
    let call = Call::new(&app.client(), Get).in_format("text/plain");
    let mut body = run(call.stream()).unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = run(body.try_next()).unwrap() {
        pieces.push(piece);
    }
    assert_eq!(pieces, ["123", "456", "78"]);
}

#[test]
fn what_a_browser_does_not_have_comes_from_the_app() {
    let mut builder = Builder::<Api>::default();
    builder.transport(App::default());
    let error = builder.build().unwrap_err().to_string();
    assert!(error.contains("`clock`"), "{error}");
    let mut builder = Builder::<Api>::default();
    builder.clock(App::default());
    let error = builder.build().unwrap_err().to_string();
    assert!(error.contains("`transport`"), "{error}");
}
