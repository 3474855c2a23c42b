//! What a call fails with when there is no answer, or only a part of one.
//!
//! Every call is sent once; what is sent again by itself is in `retries.rs`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::models::{Event, NewSubscription};
use clientwright_providers::punt::{self, Builder, Client};
use clientwright_providers::runtime::{
    self, CallError, ErrorKind, ReqwestTransport, Retry, ServiceError, reqwest,
};
use std::sync::Arc;
use std::time::Duration;
use wire_tests::{Nobody, Reply, Server};

const HOOK: &str = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;

/// What is waited for in vain.
const SHORT: Duration = Duration::from_millis(300);

fn builder() -> Builder {
    punt::builder().bearer("t0ken").retry(Retry::none())
}

fn client(url: impl Into<String>) -> Client {
    builder().base_url(url).build().unwrap()
}

fn new() -> NewSubscription {
    NewSubscription::new("https://a.example", Event::ShipmentShipped)
}

/// No kind of error of the transport has an answer or an address in it.
#[track_caller]
fn assert_is<E: ServiceError>(error: &CallError<E>, kind: ErrorKind, text: &str) {
    assert_eq!(error.kind(), kind, "{error:?}");
    assert!(error.to_string().contains(text), "{error}");
    assert_eq!(error.status(), None);
    assert_eq!(error.body_excerpt(), None);
    assert!(error.service().is_none());
    assert_eq!(error.is_timeout(), kind == ErrorKind::Timeout);
    assert_eq!(error.is_connect(), kind == ErrorKind::Connect);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("127.0.0.1") && !shown.contains("t0ken"), "{shown}");
}

/// What getting a subscription fails with, by a server that replies so.
async fn get(reply: Reply) -> CallError<punt::models::ApiError> {
    let server = Server::start([reply]);
    let error = client(server.url()).subscriptions().get("1").await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    error
}

#[tokio::test]
async fn nobody_listens() {
    let nobody = Nobody::listens();
    let error = client(nobody.url()).subscriptions().get("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert!(error.is_connect());
    assert_eq!(error.to_string(), "punt.subscriptions.get: cannot connect to the server");
    let error = client(nobody.url()).subscriptions().create(new()).await.unwrap_err();
    assert!(error.is_retryable(), "the service has seen nothing");
}

/// A listener whose queue is full lets nobody in and turns nobody away.
#[tokio::test]
async fn a_connection_that_does_not_come_about() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(Ok(stream)) =
        tokio::time::timeout(SHORT, tokio::net::TcpStream::connect(address)).await
    {
        queue.push(stream);
    }
    let url = format!("http://{address}");
    let async_client = builder().base_url(&url).connect_timeout(SHORT).build().unwrap();
    let error = async_client.subscriptions().create(new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert!(error.is_retryable(), "the service has seen nothing");
    let blocking = builder().base_url(&url).connect_timeout(SHORT).build_blocking().unwrap();
    let call = move || blocking.subscriptions().create(new()).send().unwrap_err();
    let error = tokio::task::spawn_blocking(call).await.unwrap();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    // The same where the provider declares it and the app says nothing.
    let mut declared = runtime::Builder::<Hasty>::default();
    declared.base_url(&url);
    declared.retry(Retry::none());
    let error = runtime::Call::new(&declared.build().unwrap(), Look).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
}

/// A provider that is soon connected, or never.
struct Hasty;

impl runtime::Provider for Hasty {
    const NAME: &'static str = "hasty";
    const SERVERS: &'static [runtime::Server] = &[];
    const AUTH: &'static [runtime::AuthScheme] = &[];
    const TIMEOUTS: runtime::Timeouts =
        runtime::Timeouts { connect: Some(SHORT), ..runtime::Timeouts::NONE };
}

struct Look;

impl runtime::Request for Look {
    type Provider = Hasty;
    type Output = ();
    type Error = std::convert::Infallible;

    const METHOD: runtime::Method = runtime::Method::get("hasty.look", "/");

    fn decode(_: &runtime::Answer<'_>) -> Result<(), runtime::DecodeError> {
        Ok(())
    }
}

#[tokio::test]
async fn the_connection_ends_before_the_answer() {
    let text = "the connection gave no whole answer";
    assert_is(&get(Reply::close()).await, ErrorKind::Transport, text);
    // In the middle of the head.
    let head = Reply::raw("HTTP/1.1 200 OK\r\nContent-Ty");
    assert_is(&get(head).await, ErrorKind::Transport, text);
}

#[tokio::test]
async fn the_connection_ends_in_the_middle_of_the_body() {
    let text = "the connection gave no whole answer";
    assert_is(&get(Reply::json(200, HOOK).cut(1)).await, ErrorKind::Transport, text);
    assert_is(&get(Reply::json(200, HOOK).cut(HOOK.len())).await, ErrorKind::Transport, text);
    // An error is no more of an answer than a success when half of it is missing.
    let error = Reply::json(404, r#"{"message":"gone"}"#).cut(3);
    assert_is(&get(error).await, ErrorKind::Transport, text);
    let json = [("Content-Type", "application/json")];
    let without_end = Reply::chunked(200, &json, &[HOOK]).cut(5);
    assert_is(&get(without_end).await, ErrorKind::Transport, text);
}

#[tokio::test]
async fn what_is_no_http() {
    let text = "the connection gave no whole answer";
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00\x00\x00\x00\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"{\"id\":\"1\"}",
    ] {
        assert_is(&get(Reply::raw(bytes)).await, ErrorKind::Transport, text);
    }
}

#[tokio::test]
async fn a_write_is_sent_once_whatever_happens() {
    // The second one goes over a connection that has answered before, where a client may be tempted.
    let server = Server::start([Reply::json(201, HOOK), Reply::close()]);
    let client = client(server.url());
    client.subscriptions().create(new()).await.unwrap();
    let error = client.subscriptions().create(new()).await.unwrap_err();
    assert_is(&error, ErrorKind::Transport, "the connection gave no whole answer");
    assert!(!error.is_retryable());
    let connections: Vec<_> = server.requests().iter().map(|sent| sent.connection).collect();
    assert_eq!(connections, [0, 0]);
}

#[tokio::test]
async fn no_answer_in_time() {
    let server = Server::repeating(Reply::silence());
    let of_client = builder().base_url(server.url()).timeout(SHORT);
    let client = of_client.build().unwrap();
    let error = client.subscriptions().get("1").await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, "no whole answer within 300ms");
    assert!(error.is_retryable(), "reading changes nothing");

    let shorter = Duration::from_millis(200);
    let error = client.subscriptions().create(new()).with_timeout(shorter).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, "no whole answer within 200ms");
    assert!(!error.is_retryable(), "it may have been carried out");
    // On a busy machine the time can be over before anything is sent.
    assert!(server.requests().len() <= 2, "neither was sent twice");
}

/// The time is for the whole answer, not for its first byte.
#[tokio::test]
async fn no_whole_answer_in_time() {
    for reply in [
        Reply::json(200, HOOK).stall(1),
        Reply::json(200, HOOK).stall(HOOK.len()),
        Reply::chunked(200, &[], &[HOOK]).stall(5),
    ] {
        let server = Server::repeating(reply);
        let call = client(server.url()).subscriptions().get("1").with_timeout(SHORT);
        assert_is(&call.await.unwrap_err(), ErrorKind::Timeout, "no whole answer within 300ms");
    }
}

#[tokio::test]
async fn a_time_that_is_not_used_up_changes_nothing() {
    let server = Server::start([Reply::json(200, HOOK)]);
    let call = client(server.url()).subscriptions().get("1");
    assert_eq!(call.with_timeout(Duration::from_secs(3600)).await.unwrap().id.as_str(), "1");
}

#[tokio::test]
async fn answers_that_are_too_large() {
    let json = [("Content-Type", "application/json")];
    let limit = HOOK.len();
    let blank = " ".repeat(limit);
    let huge = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n[";
    let large = format!("{HOOK} ");
    for reply in [
        Reply::json(200, &large),
        // Announced, and never sent: what is announced costs nothing.
        Reply::raw(huge),
        Reply::chunked(200, &json, &[HOOK, " "]),
        Reply::until_close(200, &json, &large),
        Reply::endless(200, &json, &blank),
        // Also when it is an error.
        Reply::endless(404, &json, &blank),
    ] {
        let server = Server::start([reply]);
        let builder = builder().base_url(server.url()).max_answer(limit);
        let error = builder.build().unwrap().subscriptions().get("1").await.unwrap_err();
        let text = format!("more than {limit} bytes, which `max_answer` of the builder allows");
        assert_is(&error, ErrorKind::TooLarge, &text);
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn answers_that_are_just_small_enough() {
    let json = [("Content-Type", "application/json")];
    for reply in [
        Reply::json(200, HOOK),
        Reply::chunked(200, &json, &[&HOOK[..9], &HOOK[9..10], &HOOK[10..]]),
        Reply::until_close(200, &json, HOOK),
    ] {
        let server = Server::start([reply]);
        let builder = builder().base_url(server.url()).max_answer(HOOK.len());
        let hook = builder.build().unwrap().subscriptions().get("1").await.unwrap();
        assert_eq!(hook.id.as_str(), "1");
    }
}

#[tokio::test]
async fn interim_answers_are_none() {
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
    let server = Server::start([Reply::json(200, HOOK).after(hints)]);
    client(server.url()).subscriptions().get("1").await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

/// Whoever is named in a redirect gets neither the token nor the body.
#[tokio::test]
async fn redirects_are_answers() {
    let elsewhere = Server::start([]);
    for status in [301, 302, 303, 307, 308] {
        for target in [elsewhere.url(), "/elsewhere".to_owned(), "https://evil.example/".to_owned()]
        {
            let server = Server::start(vec![Reply::new(status, &[("Location", &target)], ""); 2]);
            let client = client(server.url());
            let error = client.subscriptions().get("1").await.unwrap_err();
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.headers()["location"], *target);
            let error = client.subscriptions().create(new()).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.status().unwrap().as_u16()),
                (ErrorKind::Status, status)
            );
            assert_eq!(server.requests().len(), 2);
        }
    }
    assert!(elsewhere.requests().is_empty());
}

/// reqwest follows redirects unless told otherwise, with keys in headers of their own.
#[tokio::test]
async fn a_client_of_the_app_follows_no_redirect() {
    let elsewhere = Server::start([]);
    let server = Server::start([Reply::new(302, &[("Location", &elsewhere.url())], "")]);
    let transport = ReqwestTransport::from_builder(reqwest::Client::builder()).unwrap();
    let client = punt::builder().bearer("t").base_url(server.url()).transport(transport);
    let error = client.build().unwrap().subscriptions().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 302));
    assert!(elsewhere.requests().is_empty());
}

/// Passes everything on but the check of a transport.
#[derive(Debug)]
struct Unchecked(ReqwestTransport);

impl runtime::Transport for Unchecked {
    fn send(
        &self,
        outgoing: runtime::Outgoing,
    ) -> runtime::BoxFuture<'static, Result<runtime::Incoming, runtime::TransportError>> {
        self.0.send(outgoing)
    }
}

/// Wherever a redirect leads, to a server that is dead, or to the same address once more: nothing is sent at all.
#[tokio::test]
async fn a_client_that_follows_redirects_is_refused() {
    use reqwest::redirect::Policy;
    use std::error::Error as _;
    let server = Server::start([]);
    for policy in [Policy::default(), Policy::limited(0), Policy::custom(|attempt| attempt.stop())]
    {
        let client = reqwest::Client::builder().redirect(policy).build().unwrap();
        let transport = ReqwestTransport::new(client);
        let error = builder().base_url(server.url()).transport(transport.clone()).build();
        let error = error.unwrap_err();
        assert!(error.to_string().contains("follows redirects"), "{error}");
        let source = error.source().unwrap().to_string();
        assert!(source.contains("`ReqwestTransport::from_builder`"), "{source}");

        let wrapped = builder().base_url(server.url()).transport(Unchecked(transport));
        let error = wrapped.build().unwrap().subscriptions().create(new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.source().unwrap().to_string().contains("follows redirects"));
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_call_that_is_dropped_ends() {
    let server = Arc::new(Server::start([Reply::silence(), Reply::json(200, HOOK)]));
    let client = client(server.url());
    let call = client.subscriptions().get("1").into_future();
    let waiting = Arc::clone(&server);
    let arrived = tokio::task::spawn_blocking(move || waiting.wait_for(1));
    tokio::select! {
        answer = call => panic!("{answer:?}"),
        arrived = arrived => arrived.unwrap(),
    }
    // The client is as good as before.
    client.subscriptions().get("1").await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
