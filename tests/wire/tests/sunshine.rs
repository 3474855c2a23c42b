//! Sunshine Conversations: keys, apps, files, and how one gets in.
//!
//! The page of the gem shows ids only. The rest are the sample values of the OpenAPI document.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::runtime::{
    BlockingTransport, File, HeaderMap, Incoming, Outgoing, StatusCode, TransportError,
};
use clientwright_providers::sunshine::apps::CreateError;
use clientwright_providers::sunshine::models::{
    AppSettings, AttachmentUse, KeyScope, MetadataValue, NewApp, NewIntegrationKey, UpdateApp,
};
use clientwright_providers::sunshine::{self, Client};
use serde_json::json;
use std::sync::{Arc, Mutex};
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

/// `{"alg":"HS256","kid":"app_1","typ":"JWT"}` and `{"scope":"app"}`, signed with `s3cret` by another program.
const TOKEN: &str = "Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6ImFwcF8xIiwidHlwIjoiSldUIn0.eyJzY29wZSI6ImFwcCJ9.IRdDDAYhIp8-g4a-DWVdCpIByGw5iEaDnecl34ooCHw";

/// Keeps what is sent and answers every request alike.
#[derive(Clone)]
struct Recorder {
    status: StatusCode,
    body: &'static str,
    sent: Arc<Mutex<Vec<Outgoing>>>,
}

impl BlockingTransport for Recorder {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        self.sent.lock().unwrap().push(outgoing);
        Ok(Incoming::new(self.status, HeaderMap::new(), self.body))
    }
}

/// Methods of OAuth go to the bridge, and all others to the server that the app has chosen.
#[test]
fn servers() {
    let recorder =
        Recorder { status: StatusCode::OK, body: r#"{"app":{"id":"a"}}"#, sent: Arc::default() };
    let base = sunshine::builder().bearer("t").blocking_transport(recorder.clone());
    let zendesk = base.clone().zendesk("acme").build_blocking().unwrap();
    zendesk.apps().get(APP).send().unwrap();
    zendesk.oauth().token_info().send().unwrap();
    base.clone().us().build_blocking().unwrap().apps().get(APP).send().unwrap();
    base.eu().build_blocking().unwrap().apps().get(APP).send().unwrap();
    zendesk.oauth().token("c0de", "partner", "s3cret").send().unwrap();
    zendesk.oauth().revoke().send().unwrap();
    let sent = recorder.sent.lock().unwrap();
    let urls: Vec<_> = sent.iter().map(|outgoing| outgoing.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://acme.zendesk.com/sc/v2/apps/5d8cff3cd55b040010928b5b",
            "https://oauth-bridge.zendesk.com/sc/v2/tokenInfo",
            "https://api.smooch.io/v2/apps/5d8cff3cd55b040010928b5b",
            "https://api.eu-1.smooch.io/v2/apps/5d8cff3cd55b040010928b5b",
            "https://oauth-bridge.zendesk.com/sc/oauth/token",
            "https://acme.zendesk.com/sc/oauth/authorization",
        ]
    );
    // A code becomes a token without a credential of ours.
    let authorized: Vec<_> =
        sent.iter().map(|outgoing| outgoing.headers.contains_key("authorization")).collect();
    assert_eq!(authorized, [true, true, true, true, false, true]);
    let form = std::str::from_utf8(&sent[4].body).unwrap();
    assert_eq!(
        form,
        r#"{"code":"c0de","client_id":"partner","client_secret":"s3cret","grant_type":"authorization_code"}"#
    );
}

/// A name that would lead to another host is refused before anything is sent.
#[test]
fn a_subdomain_stays_one() {
    for subdomain in ["", "acme.example.com/", "acme@evil", "a:1"] {
        let error =
            sunshine::builder().bearer("t").zendesk(subdomain).build_blocking().unwrap_err();
        assert!(error.to_string().contains("subdomain"), "{error}");
    }
    // The first server needs to be chosen, since it has no address of its own.
    assert!(sunshine::builder().bearer("t").build_blocking().is_err());
}

/// The page that asks for consent is for browsers; called as it is, it answers 302, which is not followed.
#[tokio::test]
async fn authorize_is_not_followed() {
    let server =
        Server::start([Reply::new(302, &[("Location", "https://example.com/")], "Found.")]);
    let ask = client(&server)
        .oauth()
        .authorize("partner")
        .state("a b")
        .redirect_uri("https://app.example.com");
    assert_eq!(ask.await.unwrap(), "Found.");
    let request = server.request();
    assert_eq!(
        request.target(),
        "/oauth/authorize?client_id=partner&state=a%20b&redirect_uri=https%3A%2F%2Fapp.example.com&response_type=code"
    );
    assert_eq!(request.header("authorization"), None);
}

/// Without an end to the token it is the same for all calls, and made of nothing but the key and its scope.
#[tokio::test]
async fn a_key_signs_tokens() {
    let server = Server::start(vec![Reply::json(200, r#"{"apps":[]}"#); 2]);
    let builder = sunshine::builder().jwt("app_1", "s3cret", KeyScope::App).base_url(server.url());
    let client = builder.build().unwrap();
    for _ in 0..2 {
        client.apps().list().await.unwrap();
    }
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some(TOKEN));
    }
}

#[tokio::test]
async fn a_file_goes_beside_parameters() {
    let answer =
        r#"{"attachment":{"mediaUrl":"https://example.com/cat.png","mediaType":"image/png"}}"#;
    let server = Server::start([Reply::json(201, answer)]);
    let file = File::new("cat.png", "\u{89}PNG\r\n--").content_type("image/png");
    let upload = client(&server).attachments().upload(APP, file);
    let attachment = upload.purpose(AttachmentUse::Message).conversation_id("c1").await.unwrap();
    assert_eq!(attachment.media_type.as_deref(), Some("image/png"));
    let request = server.request();
    assert_eq!(
        request.target(),
        "/v2/apps/5d8cff3cd55b040010928b5b/attachments?for=message&conversationId=c1&access=public"
    );
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert_eq!(
        body,
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"source\"; filename=\"cat.png\"\r\n\
             Content-Type: image/png\r\n\r\n\u{89}PNG\r\n--\r\n--{boundary}--\r\n"
        )
    );
}

/// What is not mentioned stays, and null takes away.
#[tokio::test]
async fn an_app_is_changed() {
    let answer = r#"{"app":{"id":"a","displayName":null,"settings":{"echoPostback":true},"metadata":{"n":1}}}"#;
    let server = Server::start([Reply::json(200, answer)]);
    let patch = UpdateApp::new().settings(AppSettings::new().echo_postback(true)).metadata(None);
    let app = client(&server).apps().update(APP, patch).await.unwrap();
    assert_eq!(server.request().body, br#"{"settings":{"echoPostback":true},"metadata":null}"#);
    assert_eq!(app.display_name, None);
    let metadata = app.metadata.unwrap();
    assert_eq!(metadata.get("n"), Some(&MetadataValue::Whole(1)));
}

#[tokio::test]
async fn an_app_has_to_be_paid() {
    let body = r#"{"errors":[{"code":"payment_required","title":"Upgrade required"}]}"#;
    let server = Server::start([Reply::json(402, body)]);
    let error = client(&server).apps().create(NewApp::new("My App")).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(402));
    assert!(error.to_string().contains("Upgrade required"), "{error}");
    assert!(matches!(error.service(), Some(CreateError::PaymentRequired(_))));
}
