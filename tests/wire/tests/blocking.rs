//! The blocking client: the same bytes, values and errors as the client that is awaited.
//!
//! The other files say what these are. Here each call is made both ways against the same replies.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::models::{Event, NewSubscription};
use clientwright_providers::runtime::{CallError, ErrorKind, Retry, ServiceError};
use clientwright_providers::{polar, punt, pwc, sunshine};
use std::fmt::Debug;
use std::time::Duration;
use wire_tests::{Nobody, Reply, Server};

const HOOK: &str = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;

fn run<F: IntoFuture>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(future.into_future())
}

/// What of an error has to be the same, whatever library has sent the request.
fn seen<T, E: ServiceError>(result: Result<T, CallError<E>>) -> Result<T, impl Debug + PartialEq> {
    result.map_err(|error| {
        let excerpt = error.body_excerpt();
        (error.kind(), error.to_string(), excerpt, error.path().map(str::to_owned))
    })
}

/// Makes the call with both clients of a builder and gives the outcome, which has to be one.
macro_rules! both {
    ($builder:expr, $reply:expr, $client:ident => $call:expr) => {{
        let server = Server::start([$reply, $reply]);
        let builder = $builder.base_url(server.url()).retry(Retry::none());
        let $client = builder.clone().build().unwrap();
        let awaited = seen(run($call));
        let $client = builder.build_blocking().unwrap();
        let sent = $call.send();
        let kind = sent.as_ref().err().map(CallError::kind);
        assert_eq!(awaited, seen(sent));
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[0].head(), requests[1].head());
        assert_eq!(requests[0].body, requests[1].body);
        kind
    }};
}

#[test]
fn punt() {
    let builder = || punt::builder().bearer("token");
    let new = || NewSubscription::new("https://a.example/ü", Event::ShipmentShipped);
    let hook = || Reply::json(200, HOOK);
    let list = || Reply::json(200, format!("[{HOOK}]"));
    let succeeded = [
        both!(builder(), list(), client => client.subscriptions().list().skip(1).take(2)),
        both!(builder(), hook(), client => client.subscriptions().create(new())),
        both!(builder(), hook(), client => client.subscriptions().get("a/b %2e?#")),
        both!(builder(), Reply::empty(204), client => client.subscriptions().delete("1")),
    ];
    assert_eq!(succeeded, [None; 4]);
}

#[test]
fn polar() {
    use polar::models::{NewWebhook, WebhookEvent, WebhookPatch};
    let builder = || polar::builder().client("id", "secret");
    let created = || Reply::json(201, r#"{"data":{"id":"1","signature_secret_key":"k"}}"#);
    let found = || Reply::json(200, r#"{"data":[{"id":"1","active":true}]}"#);
    let new = || NewWebhook::new(vec![WebhookEvent::Sleep], "https://a.example");
    let patch = || WebhookPatch::new().url("https://b.example");
    let succeeded = [
        both!(builder(), created(), client => client.webhooks().create(new())),
        both!(builder(), found(), client => client.webhooks().get()),
        both!(builder(), found(), client => client.webhooks().update("1", patch())),
        both!(builder(), Reply::empty(204), client => client.webhooks().delete("1")),
        both!(builder(), Reply::empty(200), client => client.webhooks().activate()),
        both!(builder(), Reply::empty(204), client => client.webhooks().deactivate()),
    ];
    assert_eq!(succeeded, [None; 6]);
}

#[test]
fn sunshine() {
    let builder = || sunshine::builder().bearer("token");
    let new = || sunshine::models::NewIntegrationKey::new("My custom key");
    let key = || Reply::json(200, r#"{"key":{"id":"1","secret":"s"}}"#);
    let keys = || Reply::json(200, r#"{"keys":[{"id":"1"}]}"#);
    let done = || Reply::json(200, "{}");
    let succeeded = [
        both!(builder(), key(), client => client.integration_keys().create("a", "b", new())),
        both!(builder(), keys(), client => client.integration_keys().list("a", "b")),
        both!(builder(), key(), client => client.integration_keys().get("a", "b", "c")),
        both!(builder(), done(), client => client.integration_keys().delete("a", "b", "c")),
    ];
    assert_eq!(succeeded, [None; 4]);
}

#[test]
fn pwc() {
    let builder = || pwc::builder().basic("k3y", "");
    let body = r#"{"subscription":{"createdDateUtc":"\/Date(-62135596800000-0000)\/"}}"#;
    let csv = || Reply::new(200, &[("Content-Type", "text/csv")], b"a;b\r\n\xff");
    let succeeded = [
        both!(builder(), Reply::json(200, body), client => client.webhooks().get("1")),
        both!(builder(), csv(), client => client.webhooks().get("1").as_csv()),
    ];
    assert_eq!(succeeded, [None; 2]);
}

#[test]
fn answers_in_every_form() {
    let json = [("Content-Type", "application/json")];
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    for reply in [
        Reply::chunked(200, &json, &[&HOOK[..9], &HOOK[9..10], &HOOK[10..]]),
        Reply::until_close(200, &json, HOOK),
        Reply::json(200, HOOK).after(hints),
    ] {
        let builder = punt::builder().bearer("token").max_answer(HOOK.len());
        let kind = both!(builder, reply.clone(), client => client.subscriptions().get("1"));
        assert_eq!(kind, None);
    }
}

#[test]
fn errors_of_the_service() {
    let html = [("Content-Type", "text/html")];
    let location = [("Location", "https://evil.example/")];
    for (reply, kind) in [
        (Reply::json(404, r#"{"message":"gone"}"#), ErrorKind::Service),
        (Reply::json(503, r#"{"message":"later"}"#), ErrorKind::Service),
        (Reply::new(502, &html, "<p>"), ErrorKind::Status),
        (Reply::new(302, &location, ""), ErrorKind::Status),
        (Reply::new(307, &location, ""), ErrorKind::Status),
        (Reply::json(200, r#"{"id":5}"#), ErrorKind::Decode),
        (Reply::json(200, r#"{"id":"1","#), ErrorKind::Decode),
        (Reply::new(200, &html, "<p>"), ErrorKind::Decode),
        (Reply::empty(204), ErrorKind::Decode),
    ] {
        let builder = || punt::builder().bearer("token");
        let new = || NewSubscription::new("u", Event::LabelStatus);
        let found = both!(builder(), reply.clone(), client => client.subscriptions().get("1"));
        assert_eq!(found, Some(kind));
        let found = both!(builder(), reply.clone(), client => client.subscriptions().create(new()));
        assert_eq!(found, Some(kind));
    }
}

#[test]
fn faults_of_the_wire() {
    let json = [("Content-Type", "application/json")];
    let blank = " ".repeat(HOOK.len());
    let large = format!("{HOOK} ");
    for (reply, kind) in [
        (Reply::close(), ErrorKind::Transport),
        (Reply::raw("HTTP/1.1 200 OK\r\nContent-Ty"), ErrorKind::Transport),
        (Reply::raw("SSH-2.0-OpenSSH_9.6\r\n"), ErrorKind::Transport),
        (Reply::raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), ErrorKind::Transport),
        (Reply::raw("HTTP/1.1 abc OK\r\n\r\n"), ErrorKind::Transport),
        (Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), ErrorKind::Transport),
        (Reply::json(200, HOOK).cut(1), ErrorKind::Transport),
        (Reply::json(404, r#"{"message":"gone"}"#).cut(3), ErrorKind::Transport),
        (Reply::chunked(200, &json, &[HOOK]).cut(5), ErrorKind::Transport),
        (Reply::json(200, &large), ErrorKind::TooLarge),
        (Reply::chunked(200, &json, &[HOOK, " "]), ErrorKind::TooLarge),
        (Reply::until_close(200, &json, &large), ErrorKind::TooLarge),
        (Reply::endless(200, &json, &blank), ErrorKind::TooLarge),
        (
            Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n["),
            ErrorKind::TooLarge,
        ),
    ] {
        let builder = punt::builder().bearer("token").max_answer(HOOK.len());
        let found = both!(builder, reply.clone(), client => client.subscriptions().get("1"));
        assert_eq!(found, Some(kind), "{reply:?}");
    }
}

#[test]
fn faults_of_time() {
    // Long enough to connect and send on a machine that does something else at the time.
    let short = Duration::from_secs(1);
    for reply in [Reply::silence(), Reply::json(200, HOOK).stall(1)] {
        let builder = punt::builder().bearer("token").timeout(short);
        let found = both!(builder, reply.clone(), client => client.subscriptions().get("1"));
        assert_eq!(found, Some(ErrorKind::Timeout), "{reply:?}");
    }
}

#[test]
fn nobody_listens() {
    let nobody = Nobody::listens();
    let builder = punt::builder().bearer("hunter2").base_url(nobody.url()).retry(Retry::none());
    let call = builder.build_blocking().unwrap().subscriptions().get("hunter2").send();
    let error = call.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert_eq!(error.to_string(), "punt.subscriptions.get: cannot connect to the server");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

/// Nothing is sent, so both say the same without a server.
#[test]
fn what_cannot_be_sent() {
    let server = Server::start([]);
    let builder = punt::builder().base_url(server.url());
    let client = builder.clone().build_blocking().unwrap();
    let error = client.subscriptions().list().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let client = builder.bearer("token").build_blocking().unwrap();
    for id in ["", ".", ".."] {
        let error = client.subscriptions().delete(id).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn connections_are_kept() {
    let server = Server::start(vec![Reply::json(200, HOOK); 3]);
    let builder = punt::builder().bearer("token").base_url(server.url());
    let client = builder.build_blocking().unwrap();
    for client in [client.clone(), client.clone(), client] {
        client.subscriptions().get("1").send().unwrap();
    }
    let connections: Vec<_> = server.requests().iter().map(|sent| sent.connection).collect();
    assert_eq!(connections, [0, 0, 0]);
}

/// Sent over a connection that has answered before, where a client may be tempted to send it again.
#[test]
fn a_write_is_sent_once_whatever_happens() {
    let server = Server::start([Reply::json(201, HOOK), Reply::close()]);
    let builder = punt::builder().bearer("token").base_url(server.url());
    let client = builder.build_blocking().unwrap();
    let new = || NewSubscription::new("u", Event::LabelStatus);
    client.subscriptions().create(new()).send().unwrap();
    let error = client.subscriptions().create(new()).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(server.requests().len(), 2);
}
