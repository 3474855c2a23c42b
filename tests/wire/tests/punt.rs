//! Punt: every method, answered with the samples of its page.
//!
//! The page shows bodies only. Statuses are made up, and so is every answer where the page has none.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::punt::models::{Event, NewSubscription, Subscription};
use clientwright_providers::punt::{self, Client};
use serde_json::Value;
use wire_tests::{Reply, Server};

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.s3cret-_~+/=";
const AUTHORIZATION: &str = "authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.s3cret-_~+/=";
const USER_AGENT: &str = concat!("user-agent: clientwright/", env!("CARGO_PKG_VERSION"), " (punt)");

/// "Response" of "List all subscriptions".
///
/// No JSON on the page: a comma follows the last member of the first item, and the second one is cut off with
/// `// ...`. The comma is left out here, and two members are made up for the second.
const LIST: &str = r#"[
{
"id": "clf29lzon000h8rj700avuas6",
"notificationUrl": "https://yourdomain.com/hook",
"event": "list-status"
},
{
"id": "clf29lzon000h8rj700avuad1",
"notificationUrl": "https://yourdomain.com/other-hook",
"event": "receipt-received"
}
]"#;

/// "Response" of "Register a subscription", and again of "View a subscription".
const SUBSCRIPTION: &str = r#"{
"id": "phzic5xldc6ve4mqfhifisvdnm0jvssu",
"notificationUrl": "https://yourdomain.com/hook",
"event": "shipment-shipped"
}"#;

fn client(server: &Server) -> Client {
    punt::builder().bearer(TOKEN).base_url(server.url()).build().unwrap()
}

fn assert_is_the_sample(hook: &Subscription) {
    assert_eq!(hook.id.as_str(), "phzic5xldc6ve4mqfhifisvdnm0jvssu");
    assert_eq!(hook.notification_url.as_str(), "https://yourdomain.com/hook");
    assert_eq!(hook.event, Event::ShipmentShipped);
    assert_eq!(serde_json::to_value(hook).unwrap(), sample(SUBSCRIPTION));
}

fn sample(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn list() {
    let server = Server::start([Reply::json(200, LIST)]);
    let hooks = client(&server).subscriptions().list().await.unwrap();
    server.request().assert_is(
        &[
            "GET /fulfilment/v3/subscriptions HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            USER_AGENT,
        ],
        "",
    );
    let [first, second] = &hooks[..] else { panic!("{hooks:?}") };
    assert_eq!(first.id.as_str(), "clf29lzon000h8rj700avuas6");
    assert_eq!(first.notification_url.as_str(), "https://yourdomain.com/hook");
    assert_eq!(first.event, Event::ListStatus);
    assert_eq!(second.event, Event::ReceiptReceived);
    assert_eq!(serde_json::to_value(&hooks).unwrap(), sample(LIST));
}

#[tokio::test]
async fn list_with_parameters() {
    let server = Server::start(vec![Reply::json(200, "[]"); 3]);
    let client = client(&server);
    assert!(client.subscriptions().list().skip(50).take(50).await.unwrap().is_empty());
    assert!(client.subscriptions().list().take(-1).await.unwrap().is_empty());
    assert!(client.subscriptions().list().skip(i32::MAX).await.unwrap().is_empty());
    let targets: Vec<_> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    assert_eq!(
        targets,
        [
            "/fulfilment/v3/subscriptions?skip=50&take=50",
            "/fulfilment/v3/subscriptions?take=-1",
            "/fulfilment/v3/subscriptions?skip=2147483647",
        ]
    );
}

/// The list as it stands on the page, without the comma and the comment.
#[tokio::test]
async fn an_item_that_is_cut_off_is_named() {
    let body =
        r#"[{"id":"a","notificationUrl":"b","event":"c"},{"id":"clf29lzon000h8rj700avuad1"}]"#;
    let server = Server::start([Reply::json(200, body)]);
    let error = client(&server).subscriptions().list().await.unwrap_err();
    assert_eq!(error.path(), Some("$[1]"));
    assert!(error.to_string().contains("missing member `notificationUrl`"), "{error}");
}

#[tokio::test]
async fn create() {
    let server = Server::start([Reply::json(201, SUBSCRIPTION)]);
    let new = NewSubscription::new("https://yourdomain.com/hook", Event::ShipmentShipped);
    let hook = client(&server).subscriptions().create(new).await.unwrap();
    // The body of the page, without its blanks and with the quote that it lacks.
    server.request().assert_is(
        &[
            "POST /fulfilment/v3/subscriptions HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            "content-length: 76",
            "content-type: application/json",
            USER_AGENT,
        ],
        r#"{"notificationUrl":"https://yourdomain.com/hook","event":"shipment-shipped"}"#,
    );
    assert_is_the_sample(&hook);
}

#[tokio::test]
async fn get() {
    let server = Server::start([Reply::json(200, SUBSCRIPTION)]);
    let call = client(&server).subscriptions().get("phzic5xldc6ve4mqfhifisvdnm0jvssu");
    let hook = call.await.unwrap();
    server.request().assert_is(
        &[
            "GET /fulfilment/v3/subscriptions/phzic5xldc6ve4mqfhifisvdnm0jvssu HTTP/1.1",
            "accept: application/json",
            AUTHORIZATION,
            USER_AGENT,
        ],
        "",
    );
    assert_is_the_sample(&hook);
}

/// The page has the request only: any success will do, and whatever comes with it.
#[tokio::test]
async fn delete() {
    let replies = [
        Reply::empty(204),
        Reply::empty(200),
        Reply::json(200, SUBSCRIPTION),
        Reply::new(202, &[("Content-Type", "text/html")], "<p>gone</p>"),
    ];
    let count = replies.len();
    let server = Server::start(replies);
    let client = client(&server);
    for _ in 0..count {
        client.subscriptions().delete("phzic5xldc6ve4mqfhifisvdnm0jvssu").await.unwrap();
    }
    for request in server.requests() {
        request.assert_is(
            &[
                "DELETE /fulfilment/v3/subscriptions/phzic5xldc6ve4mqfhifisvdnm0jvssu HTTP/1.1",
                "accept: application/json",
                AUTHORIZATION,
                USER_AGENT,
            ],
            "",
        );
    }
}

#[tokio::test]
async fn values_of_enums_that_nobody_knows_survive() {
    let body = r#"{"id":"1","notificationUrl":"not a url","event":"moon-phase","new":[1]}"#;
    let server = Server::start(vec![Reply::json(200, body); 2]);
    let client = client(&server);
    let hook = client.subscriptions().get("1").await.unwrap();
    assert_eq!(hook.event, Event::Other("moon-phase".to_owned()));
    let again = NewSubscription::new(hook.notification_url, hook.event);
    client.subscriptions().create(again).await.unwrap();
    let sent = server.requests().pop().unwrap();
    let text = r#"{"notificationUrl":"not a url","event":"moon-phase"}"#;
    assert_eq!(String::from_utf8(sent.body).unwrap(), text);
}
