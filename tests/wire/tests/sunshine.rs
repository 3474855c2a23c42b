//! Sunshine Conversations: every method.
//!
//! The page of the gem shows ids only. The rest are the sample values of the OpenAPI document.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::sunshine::models::NewIntegrationKey;
use clientwright_providers::sunshine::{self, Client};
use serde_json::json;
use wire_tests::{Reply, Server};

const APP: &str = "5d8cff3cd55b040010928b5b";
const INTEGRATION: &str = "029c31f25a21b47effd7be90";
const KEY: &str = "int_5d8cff3cd55b040010928b5b";

/// `act_1:s3cret`
const BASIC: &str = "authorization: Basic YWN0XzE6czNjcmV0";
const USER_AGENT: &str =
    concat!("user-agent: clientwright/", env!("CARGO_PKG_VERSION"), " (sunshine)");

const SAMPLE: &str = r#"{"id":"int_5e4b0f225aca01092928f917","displayName":"My custom key","secret":"Ck1LjzzlUzvlCTtqAdQ2z1QukuBTrN3TIx"}"#;

fn client(server: &Server) -> Client {
    sunshine::builder().basic("act_1", "s3cret").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn create() {
    let server = Server::start([Reply::json(201, format!(r#"{{"key":{SAMPLE}}}"#))]);
    let new = NewIntegrationKey::new("My custom key");
    let key = client(&server).integration_keys().create(APP, INTEGRATION, new).await.unwrap();
    server.request().assert_is(
        &[
            "POST /v2/apps/5d8cff3cd55b040010928b5b/integrations/029c31f25a21b47effd7be90/keys HTTP/1.1",
            "accept: application/json",
            BASIC,
            "content-length: 31",
            "content-type: application/json",
            USER_AGENT,
        ],
        r#"{"displayName":"My custom key"}"#,
    );
    assert_eq!(key.id.as_str(), "int_5e4b0f225aca01092928f917");
    assert_eq!(key.display_name.as_deref(), Some("My custom key"));
    assert_eq!(key.secret.as_ref().unwrap().expose(), "Ck1LjzzlUzvlCTtqAdQ2z1QukuBTrN3TIx");
    assert_eq!(serde_json::to_string(&key).unwrap(), SAMPLE);
}

#[tokio::test]
async fn list() {
    let server = Server::start([Reply::json(200, format!(r#"{{"keys":[{SAMPLE}]}}"#))]);
    let keys = client(&server).integration_keys().list(APP, INTEGRATION).await.unwrap();
    server.request().assert_is(
        &[
            "GET /v2/apps/5d8cff3cd55b040010928b5b/integrations/029c31f25a21b47effd7be90/keys HTTP/1.1",
            "accept: application/json",
            BASIC,
            USER_AGENT,
        ],
        "",
    );
    assert_eq!(keys.len(), 1);
    assert_eq!(serde_json::to_string(&keys).unwrap(), format!("[{SAMPLE}]"));
}

#[tokio::test]
async fn get() {
    let server = Server::start([Reply::json(200, format!(r#"{{"key":{SAMPLE}}}"#))]);
    let key = client(&server).integration_keys().get(APP, INTEGRATION, KEY).await.unwrap();
    server.request().assert_is(
        &[
            "GET /v2/apps/5d8cff3cd55b040010928b5b/integrations/029c31f25a21b47effd7be90/keys/int_5d8cff3cd55b040010928b5b HTTP/1.1",
            "accept: application/json",
            BASIC,
            USER_AGENT,
        ],
        "",
    );
    assert_eq!(serde_json::to_string(&key).unwrap(), SAMPLE);
}

/// The gem hands the empty object out as an `Object`; here it is nothing.
#[tokio::test]
async fn delete() {
    let server = Server::start([Reply::json(200, "{}")]);
    client(&server).integration_keys().delete(APP, INTEGRATION, KEY).await.unwrap();
    server.request().assert_is(
        &[
            "DELETE /v2/apps/5d8cff3cd55b040010928b5b/integrations/029c31f25a21b47effd7be90/keys/int_5d8cff3cd55b040010928b5b HTTP/1.1",
            "accept: application/json",
            BASIC,
            USER_AGENT,
        ],
        "",
    );
}

/// Either of the two is enough, and with both the one that the specification names first is sent.
#[tokio::test]
async fn basic_or_bearer() {
    let server = Server::start(vec![Reply::json(200, r#"{"keys":[]}"#); 2]);
    let builder = sunshine::builder().base_url(server.url()).bearer("ey.J.w");
    for builder in [builder.clone(), builder.basic("act_1", "s3cret")] {
        let client = builder.build().unwrap();
        assert!(client.integration_keys().list(APP, INTEGRATION).await.unwrap().is_empty());
    }
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Bearer ey.J.w", "Basic YWN0XzE6czNjcmV0"]);
}

#[tokio::test]
async fn a_prefix_of_the_server_stays_in_front_of_the_route() {
    let server = Server::start([Reply::json(200, r#"{"keys":[]}"#)]);
    let builder = sunshine::builder().bearer("t").base_url(format!("{}/sc/", server.url()));
    builder.build().unwrap().integration_keys().list("a", "me").await.unwrap();
    assert_eq!(server.request().target(), "/sc/v2/apps/a/integrations/me/keys");
}

#[tokio::test]
async fn members_that_nobody_knows_are_passed_over() {
    let body = json!({
        "meta": { "key": 5 },
        "key": { "new": [{}], "id": "int_1", "secret": null },
        "links": null,
    });
    let server = Server::start([Reply::json(200, body.to_string())]);
    let key = client(&server).integration_keys().get(APP, INTEGRATION, KEY).await.unwrap();
    assert_eq!(key.id.as_str(), "int_1");
    assert_eq!((key.display_name, key.secret), (None, None));
}
