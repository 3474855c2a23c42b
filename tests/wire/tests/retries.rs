//! What is sent again by itself, as a server sees it. The waits between are none here.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::models::{Event, NewSubscription};
use clientwright_providers::punt::{self, Client};
use clientwright_providers::runtime::{ErrorKind, Retry};
use std::time::Duration;
use wire_tests::{Nobody, Reply, Request, Server};

const HOOK: &str = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;

fn client(url: String) -> Client {
    let at_once = Retry::default().delay(Duration::ZERO, Duration::ZERO);
    punt::builder().bearer("token").base_url(url).retry(at_once).build().unwrap()
}

fn new() -> NewSubscription {
    NewSubscription::new("https://a.example", Event::ShipmentShipped)
}

/// The same request as often as this, each time to the last byte.
#[track_caller]
fn assert_all_alike(requests: &[Request], count: usize) {
    assert_eq!(requests.len(), count);
    for request in requests {
        assert_eq!(
            (&request.line, &request.headers, &request.body),
            (&requests[0].line, &requests[0].headers, &requests[0].body)
        );
    }
}

#[tokio::test]
async fn reading_is_sent_again() {
    let busy = Reply::json(503, r#"{"message":"busy"}"#);
    let server = Server::start([busy, Reply::close(), Reply::json(200, HOOK)]);
    let answer = client(server.url()).subscriptions().get("1").with_response().await.unwrap();
    assert_eq!(answer.attempts(), 3);
    assert_eq!(answer.body().id.as_str(), "1");
    assert_all_alike(&server.requests(), 3);
}

#[tokio::test]
async fn deleting_is_sent_again() {
    let server = Server::start([Reply::json(200, "{}").cut(1), Reply::empty(204)]);
    client(server.url()).subscriptions().delete("1").await.unwrap();
    assert_all_alike(&server.requests(), 2);
}

#[tokio::test]
async fn the_last_answer_is_the_error() {
    let busy = |message| Reply::json(503, format!(r#"{{"message":"{message}"}}"#));
    let server = Server::start([busy("first"), busy("second"), busy("third")]);
    let error = client(server.url()).subscriptions().list().take(1).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.list: 503 Service Unavailable: third [attempt 3]"
    );
    assert_all_alike(&server.requests(), 3);
}

/// The service may have carried it out.
#[tokio::test]
async fn writing_is_not_sent_again() {
    for reply in [Reply::close(), Reply::json(201, HOOK).cut(1), Reply::empty(500)] {
        let server = Server::start([reply]);
        let error = client(server.url()).subscriptions().create(new()).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn what_would_fail_again_is_not_sent_again() {
    for reply in [
        Reply::json(404, r#"{"message":"gone"}"#),
        Reply::json(501, r#"{"message":"never"}"#),
        Reply::json(200, "{"),
        Reply::new(302, &[("Location", "/")], ""),
    ] {
        let server = Server::start([reply]);
        let error = client(server.url()).subscriptions().get("1").await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error:?}");
    }
}

#[tokio::test]
async fn nothing_was_seen_where_nobody_listens() {
    let nobody = Nobody::listens();
    let error = client(nobody.url()).subscriptions().create(new()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
}

#[tokio::test]
async fn none_is_none() {
    let server = Server::start([Reply::empty(503)]);
    let call = client(server.url()).subscriptions().get("1").with_retry(Retry::none());
    assert_eq!(call.await.unwrap_err().attempts(), 1);
    assert_eq!(server.requests().len(), 1);
}

/// An attempt that takes too long is given up, and the next one has the time of its own.
#[tokio::test]
async fn the_time_of_one_attempt() {
    let server = Server::start([Reply::silence(), Reply::json(200, HOOK)]);
    let call = client(server.url()).subscriptions().get("1");
    call.with_attempt_timeout(Duration::from_secs(1)).await.unwrap();
    assert_all_alike(&server.requests(), 2);
}
