//! Tokens that the client signs, over a transport and a clock in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]
#![cfg(feature = "jwt")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, Auth, AuthScheme, Builder, Call, Client, Credential, DecodeError, Jwt, Method,
    Provider, Request, SchemeKind, Server,
};
use std::convert::Infallible;
use std::time::Duration;
use support::{Said, Script, ready};

const SECRET: &str = "hunter2-very-secret";

#[derive(Clone, Copy, Debug)]
struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] =
        &[Server { name: "production", url: "https://api.example.com" }];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "lasting", kind: SchemeKind::Jwt(None) },
        AuthScheme { name: "short", kind: SchemeKind::Jwt(Some(Duration::from_secs(300))) },
    ];
}

#[derive(Clone, Debug)]
struct Get;

impl Request for Get {
    type Provider = Api;
    type Output = ();
    type Error = Infallible;

    const METHOD: Method = Method::get("api.get", "/").auth(Auth::AnyOf(&[&[0], &[1]]));

    fn decode(_: &Answer<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

const OK: Said<'static> = Said::Answers(200, &[], "");

fn client(script: &Script, scheme: usize, key: Jwt) -> Client {
    let mut builder = Builder::<Api>::default();
    builder.credential(scheme, Credential::jwt(key));
    builder.clock(script.clone());
    builder.transport(script.clone());
    assert!(!format!("{builder:?}").contains(SECRET));
    builder.build().unwrap()
}

fn tokens(script: &Script) -> Vec<String> {
    let sent = script.sent();
    let values = sent.iter().map(|sent| sent.headers["authorization"].to_str().unwrap());
    values.map(|value| value.strip_prefix("Bearer ").unwrap().to_owned()).collect()
}

fn decoded(part: &str) -> serde_json::Value {
    serde_json::from_slice(&clientwright_wire::base64::decode_url(part).unwrap()).unwrap()
}

#[test]
fn the_example_of_the_libraries() {
    // Made with another implementation.
    let script = Script::new([OK, OK]);
    let key = Jwt::new("your-256-bit-secret").key_id("app_1").claim("scope", &"app");
    let client = client(&script, 0, key);
    ready(Call::new(&client, Get)).unwrap();
    script.advance(100_000_000);
    ready(Call::new(&client, Get)).unwrap();
    let sent = tokens(&script);
    assert_eq!(sent[0], sent[1]);
    assert_eq!(sent[0], KNOWN);
}

const KNOWN: &str = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImFwcF8xIiwidHlwIjoiSldUIn0.eyJzY29wZSI6ImFwcCJ9.YUpLcnTAQxCQ3IfcmbNSkqAVc7nFiCPsWtQnD0awlZo";

#[test]
fn a_token_is_signed_anew_before_it_ends() {
    let script = Script::new([OK; 4]);
    let key = Jwt::new(SECRET).claim("aud", &["a", "b"]);
    let client = client(&script, 1, key);
    for seconds in [0, 269, 1, 100] {
        script.advance(seconds);
        ready(Call::new(&client, Get)).unwrap();
    }
    let sent = tokens(&script);
    assert_eq!(sent[0], sent[1]);
    assert_ne!(sent[1], sent[2]);
    assert_eq!(sent[2], sent[3]);
    let parts: Vec<&str> = sent[0].split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(decoded(parts[0]), serde_json::json!({"alg": "HS256", "typ": "JWT"}));
    assert_eq!(
        decoded(parts[1]),
        serde_json::json!({"aud": ["a", "b"], "iat": 1_700_000_000, "exp": 1_700_000_300})
    );
}

#[test]
fn an_empty_secret_is_refused() {
    let mut builder = Builder::<Api>::default();
    builder.credential(0, Credential::jwt(Jwt::new("")));
    let error = builder.build().unwrap_err();
    assert!(error.to_string().contains("`lasting` cannot be sent: the secret is empty"), "{error}");
}
