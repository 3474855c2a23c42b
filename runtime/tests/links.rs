//! What is sent when a link of an answer is followed, over a transport in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, Auth, AuthScheme, Blocking, BoxError, Builder, Call, Client, ClientParameter,
    Credential, DecodeError, Encoder, ErrorKind, HeaderMap, Link, Method, Middleware, Provider,
    Request, SchemeKind, Sending, Server,
};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use support::Memory;

struct Api;

impl Provider for Api {
    const NAME: &'static str = "api";
    const SERVERS: &'static [Server] =
        &[Server { name: "main", url: "https://api.example.com/v1" }];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "key", kind: SchemeKind::Query("api key") },
        AuthScheme { name: "other", kind: SchemeKind::Query("token") },
    ];
    const PARAMETERS: &'static [ClientParameter] =
        &[ClientParameter::path("tenant").set_by("tenant")];
}

/// A request whose route has a parameter of the client before its own, or else behind it.
#[derive(Clone, Debug)]
struct Get<const BEFORE: bool>;

impl<const BEFORE: bool> Request for Get<BEFORE> {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method =
        Method::get("api.things.get", if BEFORE { "/{tenant}/{id}" } else { "/{id}/of/{tenant}" })
            .auth(Auth::AnyOf(&[&[0]]));

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path("id", "a");
    }

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

/// A request whose route is known without a parameter.
#[derive(Clone, Debug)]
struct List;

impl Request for List {
    type Provider = Api;
    type Output = String;
    type Error = Infallible;

    const METHOD: Method = Method::get("api.things.list", "/things");

    fn encode(&self, _: &mut Encoder<'_>) {}

    fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
        answer.text()
    }
}

/// Writes down the addresses that it is shown.
#[derive(Clone, Default)]
struct Spy(Arc<Mutex<Vec<String>>>);

impl Middleware for Spy {
    fn before(&self, sending: &Sending<'_>, _: &mut HeaderMap) -> Result<(), BoxError> {
        self.0.lock().unwrap().push(sending.url().to_owned());
        Ok(())
    }
}

fn client(memory: &Memory, set: impl FnOnce(&mut Builder<Api>)) -> Client<Blocking> {
    let mut builder = Builder::default();
    builder.credential(0, Credential::key("mine"));
    builder.blocking_transport(memory.clone());
    set(&mut builder);
    builder.build_blocking().unwrap()
}

#[test]
fn keys_that_a_link_repeats_are_not_shown_and_sent_once() {
    for (link, shown, sent) in [
        ("/a?api%20key=hunter2&page=2", "/a?page=2", "/a?page=2&api%20key=mine"),
        ("/a?page=2&api+key=hunter2&token=hunter2", "/a?page=2", "/a?page=2&api%20key=mine"),
        ("https://api.example.com/a?api%20key=hunter2", "/a", "/a?api%20key=mine"),
        ("//api.example.com/a?keys=1#top", "/a?keys=1", "/a?keys=1&api%20key=mine"),
    ] {
        let (memory, spy) = (Memory::json(200, "fine"), Spy::default());
        let client = client(&memory, |builder| builder.middleware(spy.clone()));
        Call::new(&client, Link::<Get<true>>::from(link)).send().unwrap();
        assert_eq!(*spy.0.lock().unwrap(), [format!("https://api.example.com{shown}")], "{link}");
        assert_eq!(memory.sent().target(), sent, "{link}");
    }
}

#[test]
fn links_relative_to_an_open_path_are_not_followed() {
    for link in ["?deep=1", "b", "b/c?d=e", "./b", "../b", " ?to=https://api.example.com"] {
        let memory = Memory::json(200, "fine");
        for error in [
            Call::new(&client(&memory, |_| ()), Link::<Get<true>>::from(link)).send(),
            // Part of the path is not enough.
            Call::new(
                &client(&memory, |builder| builder.parameter(0, "t")),
                Link::<Get<true>>::from(link),
            )
            .send(),
        ]
        .map(Result::unwrap_err)
        {
            assert_eq!((error.kind(), memory.count()), (ErrorKind::Build, 0), "{link}");
            let text = error.to_string();
            assert!(text.contains("the link is relative to a path that nobody knows"), "{text}");
        }
    }
    let memory = Memory::json(200, "fine");
    for (link, target) in [("?page=2", "/v1/things?page=2"), ("b", "/v1/b")] {
        Call::new(&client(&memory, |_| ()), Link::<List>::from(link)).send().unwrap();
        assert_eq!(memory.sent().target(), target);
    }
}

#[test]
fn a_link_needs_no_parameter_of_the_client() {
    let link = "/v1/t/a?page=2";
    let target = "/v1/t/a?page=2&api%20key=mine";
    for tenant in [None, Some("t")] {
        let memory = Memory::json(200, "fine");
        let client = client(&memory, |builder| {
            if let Some(tenant) = tenant {
                builder.parameter(0, tenant);
            }
        });
        Call::new(&client, Link::<Get<true>>::from(link)).send().unwrap();
        assert_eq!(memory.sent().target(), target);
        Call::new(&client, Link::<Get<false>>::from(link)).send().unwrap();
        assert_eq!(memory.sent().target(), target);
    }
    // Every other call does.
    let memory = Memory::json(200, "fine");
    let client = client(&memory, |_| ());
    for error in [
        Call::new(&client, Get::<true>).send().unwrap_err(),
        Call::new(&client, Get::<false>).send().unwrap_err(),
    ] {
        assert_eq!((error.kind(), memory.count()), (ErrorKind::Build, 0));
        assert!(error.to_string().contains("`tenant` of the builder sets it"), "{error}");
    }
    // A parameter of the client that no route has stays a mistake of the app.
    let call = Call::new(&client, Link::<List>::from("/v1/things")).with_parameter(0, "t");
    let error = call.send().unwrap_err();
    assert!(error.to_string().contains("has no parameter `tenant`"), "{error}");
}
