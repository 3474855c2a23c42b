//! Identifiers in paths: whatever they hold, they arrive as one segment, and as what they were.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::{polar, punt, pwc, runtime, sunshine};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use runtime::{CallError, ErrorKind, ServiceError};
use wire_tests::{Reply, Server};

/// What any success of a `delete` or `get` below is answered with.
fn server() -> Server {
    Server::repeating(Reply::json(200, r#"{"id":"1","notificationUrl":"u","event":"e"}"#))
}

fn punt(server: &Server) -> punt::Client {
    punt::builder().bearer("token").base_url(server.url()).build().unwrap()
}

fn sunshine(server: &Server) -> sunshine::Client {
    sunshine::builder().bearer("token").base_url(server.url()).build().unwrap()
}

/// Undoes percent-encoding. Not by the library that did it.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at(2);
            let digits = std::str::from_utf8(digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn decoding_as_the_servers_do() {
    assert_eq!(decode("a%2Fb%c3%BC%25-"), "a/bü%-");
}

#[tokio::test]
async fn identifiers_are_encoded_strictly() {
    let server = server();
    let client = punt(&server);
    for (id, segment) in [
        ("phzic5xldc6ve4mqfhifisvdnm0jvssu", "phzic5xldc6ve4mqfhifisvdnm0jvssu"),
        ("-._~", "-._~"),
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../x", "..%2Fx"),
        ("..%2f", "..%252f"),
        ("%2e%2e", "%252e%252e"),
        ("100%", "100%25"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        (" ", "%20"),
        ("a?b=c&d", "a%3Fb%3Dc%26d"),
        ("#top", "%23top"),
        ("a;b=c,d", "a%3Bb%3Dc%2Cd"),
        ("\\", "%5C"),
        ("\r\nX-Evil: 1", "%0D%0AX-Evil%3A%201"),
        ("\0", "%00"),
        ("ü", "%C3%BC"),
        ("日本 🦀", "%E6%97%A5%E6%9C%AC%20%F0%9F%A6%80"),
        // A letter and a combining accent stay two characters.
        ("e\u{301}", "e%CC%81"),
        ("...", "..."),
        (".a", ".a"),
        ("{id}", "%7Bid%7D"),
    ] {
        client.subscriptions().get(id).await.unwrap();
        assert_eq!(server.latest().target(), format!("/fulfilment/v3/subscriptions/{segment}"));
    }
}

#[tokio::test]
async fn every_provider_encodes_them() {
    let server = Server::start([
        Reply::json(200, r#"{"key":{"id":"1"}}"#),
        Reply::json(200, r#"{"data":[]}"#),
        Reply::empty(204),
        Reply::json(200, "{}"),
    ]);
    sunshine(&server).integration_keys().get("a/1", "b?2", "c#3").await.unwrap();
    let polar = polar::builder().client("id", "secret").base_url(server.url()).build().unwrap();
    polar.webhooks().update("a/1", polar::models::WebhookPatch::new()).await.unwrap();
    polar.webhooks().delete("a/1").await.unwrap();
    let pwc = pwc::builder().bearer("token").base_url(server.url()).build().unwrap();
    pwc.webhooks().get("a/1").await.unwrap();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| request.line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "GET /v2/apps/a%2F1/integrations/b%3F2/keys/c%233 HTTP/1.1",
            "PATCH /v3/webhooks/a%2F1 HTTP/1.1",
            "DELETE /v3/webhooks/a%2F1 HTTP/1.1",
            "GET /sync/webhooks/subscriptions/a%2F1 HTTP/1.1",
        ]
    );
}

/// HTTP clients take such segments out, and with them the one before: another route would be called.
#[tokio::test]
async fn identifiers_that_address_something_else_are_refused() {
    #[track_caller]
    fn assert_refused<T: std::fmt::Debug, E: ServiceError>(
        result: Result<T, CallError<E>>,
        parameter: &str,
    ) {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        let text = error.to_string();
        assert!(text.contains(&format!("the path parameter `{parameter}`")), "{text}");
        assert!(text.starts_with(error.method()), "{text}");
        assert!(!error.is_retryable());
    }

    let server = Server::start([]);
    let (punt, sunshine) = (punt(&server), sunshine(&server));
    let polar = polar::builder().client("id", "secret").base_url(server.url()).build().unwrap();
    let pwc = pwc::builder().bearer("token").base_url(server.url()).build().unwrap();
    for id in ["", ".", ".."] {
        assert_refused(punt.subscriptions().get(id).await, "id");
        assert_refused(punt.subscriptions().delete(id).await, "id");
        assert_refused(polar.webhooks().delete(id).await, "webhook-id");
        let patch = polar::models::WebhookPatch::new();
        assert_refused(polar.webhooks().update(id, patch).await, "webhook-id");
        assert_refused(pwc.webhooks().get(id).await, "Id");
        assert_refused(pwc.webhooks().get(id).as_csv().await, "Id");
        assert_refused(sunshine.integration_keys().get(id, "b", "c").await, "appId");
        assert_refused(sunshine.integration_keys().get("a", id, "c").await, "integrationId");
        assert_refused(sunshine.integration_keys().get("a", "b", id).await, "keyId");
        assert_refused(sunshine.integration_keys().delete("a", "b", id).await, "keyId");
        assert_refused(sunshine.integration_keys().list("a", id).await, "integrationId");
    }
    assert!(server.requests().is_empty());
}

/// Anything, and what is near to the characters that mean something in an address.
fn identifier() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[./%?#&+ ;:@\\\\a2eEfF{}\u{0}-\u{20}é-]{0,12}"]
        .prop_filter("refused, see above", |id| !matches!(id.as_str(), "" | "." | ".."))
}

#[test]
fn any_identifier_arrives_as_it_was() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = server();
    let client = punt(&server);
    let arrives = |id: String| {
        runtime.block_on(client.subscriptions().delete(id.as_str()).into_future()).unwrap();
        let latest = server.latest();
        let segment = latest.target().strip_prefix("/fulfilment/v3/subscriptions/").unwrap();
        prop_assert!(!segment.contains(['/', '?', '#', '\\', ';']), "{}", segment);
        prop_assert!(segment.bytes().all(|byte| byte.is_ascii_graphic()), "{}", segment);
        prop_assert_eq!(decode(segment), id);
        Ok(())
    };
    TestRunner::default().run(&identifier(), arrives).unwrap();
}

/// Three in one path do not run into each other.
#[test]
fn any_identifiers_arrive_side_by_side() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = server();
    let client = sunshine(&server);
    let arrive = |ids: (String, String, String)| {
        let (app, integration, key) = &ids;
        let call =
            client.integration_keys().delete(app.as_str(), integration.as_str(), key.as_str());
        runtime.block_on(call.into_future()).unwrap();
        let latest = server.latest();
        let segments: Vec<_> = latest.target().split('/').map(decode).collect();
        let expected = ["", "v2", "apps", app, "integrations", integration, "keys", key];
        prop_assert_eq!(segments, expected);
        Ok(())
    };
    TestRunner::default().run(&(identifier(), identifier(), identifier()), arrive).unwrap();
}
