//! Tokens that the client gets, keeps and renews, over a transport and a clock in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]
#![cfg(feature = "oauth2")]

mod hooks;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod waiting;

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
