//! Polar: every method.
//!
//! The page of the gem shows no answer at all. Bodies and statuses are those of the AccessLink document,
//! with the sample values of its members.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::polar::models::{NewWebhook, WebhookEvent, WebhookPatch};
use clientwright_providers::polar::{self, Client};
use serde_json::{Value, json};
use wire_tests::{Reply, Server};

/// The pair of RFC 7617, so that the header can be looked up there.
const AUTHORIZATION: &str = "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
const USER_AGENT: &str =
    concat!("user-agent: clientwright/", env!("CARGO_PKG_VERSION"), " (polar)");

fn client(server: &Server) -> Client {
    polar::builder().client("Aladdin", "open sesame").base_url(server.url()).build().unwrap()
}

fn text(value: &impl serde::Serialize) -> Value {
    // By way of the text, since that is what goes over a wire.
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

#[tokio::test]
async fn create() {
    let data = json!({
        "id": "abdf33",
        "events": ["EXERCISE"],
        "url": "https://myapp.example.com/acl_webhook",
        "signature_secret_key": "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1",
    });
    let server = Server::start([Reply::json(201, json!({ "data": data }).to_string())]);
    let new =
        NewWebhook::new(vec![WebhookEvent::Exercise], "https://myapp.example.com/acl_webhook");
    let hook = client(&server).webhooks().create(new).await.unwrap();
    server.request().assert_is(
        &[
            "POST /v3/webhooks HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            "content-length: 69",
            "content-type: application/json",
            USER_AGENT,
        ],
        r#"{"events":["EXERCISE"],"url":"https://myapp.example.com/acl_webhook"}"#,
    );
    assert_eq!(hook.id.as_str(), "abdf33");
    assert_eq!(hook.events.as_deref(), Some(&[WebhookEvent::Exercise][..]));
    assert_eq!(hook.signature_secret_key.expose(), "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1");
    assert_eq!(text(&hook), data);
}

#[tokio::test]
async fn get() {
    let data = json!({
        "id": "abdf33",
        "events": ["EXERCISE", "SLEEP_WISE_ALERTNESS", "FUTURE_EVENT"],
        "url": "https://myapp.example.com/acl_webhook",
        "active": true,
    });
    let server = Server::start([Reply::json(200, json!({ "data": [data] }).to_string())]);
    let hook = client(&server).webhooks().get().await.unwrap().unwrap();
    server.request().assert_is(
        &["GET /v3/webhooks HTTP/1.1", "accept: application/json", AUTHORIZATION, USER_AGENT],
        "",
    );
    assert_eq!(hook.active, Some(true));
    let events = [
        WebhookEvent::Exercise,
        WebhookEvent::SleepWiseAlertness,
        WebhookEvent::Other("FUTURE_EVENT".to_owned()),
    ];
    assert_eq!(hook.events.as_deref(), Some(&events[..]));
    assert_eq!(text(&hook), data);
}

#[tokio::test]
async fn a_client_without_a_webhook() {
    let server = Server::start([Reply::json(200, r#"{"data":[]}"#)]);
    assert_eq!(client(&server).webhooks().get().await.unwrap(), None);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_is_missing_stays_missing() {
    let server = Server::start([Reply::json(200, r#"{"data":[{"id":"abdf33"}]}"#)]);
    let hook = client(&server).webhooks().get().await.unwrap().unwrap();
    assert_eq!((&hook.events, &hook.url, hook.active), (&None, &None, None));
    assert_eq!(text(&hook), json!({ "id": "abdf33" }));
}

#[tokio::test]
async fn update() {
    let data = json!({
        "id": "abdf33",
        "events": ["EXERCISE", "SLEEP"],
        "url": "https://myapp.example.com/acl_webhook",
        "active": true,
    });
    let server = Server::start([Reply::json(200, json!({ "data": [data] }).to_string())]);
    let patch = WebhookPatch::new().events(vec![WebhookEvent::Exercise, WebhookEvent::Sleep]);
    let hook = client(&server).webhooks().update("abdf33", patch).await.unwrap().unwrap();
    // The address is not mentioned, so it stays as it is.
    server.request().assert_is(
        &[
            "PATCH /v3/webhooks/abdf33 HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            "content-length: 31",
            "content-type: application/json",
            USER_AGENT,
        ],
        r#"{"events":["EXERCISE","SLEEP"]}"#,
    );
    assert_eq!(text(&hook), data);
}

#[tokio::test]
async fn update_sends_what_is_set_and_nothing_else() {
    let server = Server::start(vec![Reply::json(200, r#"{"data":[]}"#); 3]);
    let webhooks = client(&server);
    for patch in [
        WebhookPatch::new(),
        WebhookPatch::new().url("https://myapp.example.com/other_webhook"),
        WebhookPatch::new().url("u").events(Vec::new()),
    ] {
        assert_eq!(webhooks.webhooks().update("56", patch).await.unwrap(), None);
    }
    let bodies: Vec<_> =
        server.requests().into_iter().map(|sent| String::from_utf8(sent.body).unwrap()).collect();
    assert_eq!(
        bodies,
        [
            "{}",
            r#"{"url":"https://myapp.example.com/other_webhook"}"#,
            r#"{"events":[],"url":"u"}"#
        ]
    );
}

#[tokio::test]
async fn delete() {
    let server = Server::start([Reply::empty(204)]);
    client(&server).webhooks().delete("abdf33").await.unwrap();
    server.request().assert_is(
        &[
            "DELETE /v3/webhooks/abdf33 HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            USER_AGENT,
        ],
        "",
    );
}

/// 200 and 204 are both declared, without a body.
#[tokio::test]
async fn activate() {
    let server = Server::start([Reply::empty(200), Reply::empty(204)]);
    let client = client(&server);
    client.webhooks().activate().await.unwrap();
    client.webhooks().activate().await.unwrap();
    for request in server.requests() {
        request.assert_is(
            &[
                "POST /v3/webhooks/activate HTTP/1.1",
                "accept: application/json",
                AUTHORIZATION,
                "content-length: 0",
                USER_AGENT,
            ],
            "",
        );
    }
}

#[tokio::test]
async fn deactivate() {
    let server = Server::start([Reply::empty(200), Reply::empty(204)]);
    let client = client(&server);
    client.webhooks().deactivate().await.unwrap();
    client.webhooks().deactivate().await.unwrap();
    for request in server.requests() {
        request.assert_is(
            &[
                "POST /v3/webhooks/deactivate HTTP/1.1",
                "accept: application/json",
                AUTHORIZATION,
                "content-length: 0",
                USER_AGENT,
            ],
            "",
        );
    }
}

/// Ids and secrets are UTF-8 in the header, as RFC 7617 has it, and a password may hold colons.
#[tokio::test]
async fn credentials_beyond_ascii() {
    let server = Server::start([Reply::empty(200)]);
    let builder = polar::builder().client("test", "123£:x").base_url(server.url());
    builder.build().unwrap().webhooks().activate().await.unwrap();
    assert_eq!(server.request().header("Authorization"), Some("Basic dGVzdDoxMjPCozp4"));
}
