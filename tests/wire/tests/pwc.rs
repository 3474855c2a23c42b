//! PwC: what its page shows, answered with the sample of the page, character by character.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::pwc::models::{HttpStatusCode, SubscriptionResponse, Twin};
use clientwright_providers::pwc::{self, Client};
use clientwright_providers::runtime::NumberOrText;
use wire_tests::{Reply, Server};

/// The sample of the page. Its slashes are escaped there, and it is called `text/csv`.
const SAMPLE: &str = r#"{"subscription":{"id":"String","name":"String","event":"String","isActive":false,"createdDateUtc":"\/Date(-62135596800000-0000)\/","createdById":"String","lastModifiedDateUtc":"\/Date(-62135596800000-0000)\/","config":{"url":"String","contentType":"String","secret":"String"}},"history":[{"attemptedDateUtc":"\/Date(-62135596800000-0000)\/","statusDescription":"String","statusCode":"Continue","subscriptionId":"String","id":"String","eventId":"String"}],"responseStatus":{"errorCode":"String","message":"String","stackTrace":"String","errors":[{"errorCode":"String","fieldName":"String","message":"String","meta":{"String":"String"}}],"meta":{"String":"String"}}}"#;

const ID: &str = "6fa459eaee8a3ca4894edb77e160355e";
const USER_AGENT: &str = concat!("user-agent: clientwright/", env!("CARGO_PKG_VERSION"), " (pwc)");

fn client(server: &Server) -> Client {
    pwc::builder().bearer("k3y").base_url(server.url()).build().unwrap()
}

async fn read(body: &str) -> SubscriptionResponse {
    let server = Server::start([Reply::json(200, body)]);
    let answer = client(&server).webhooks().get(ID).await.unwrap();
    assert_eq!(server.requests().len(), 1);
    answer
}

#[tokio::test]
async fn get() {
    let server = Server::start([Reply::json(200, SAMPLE)]);
    let answer = client(&server).webhooks().get("String").await.unwrap();
    server.request().assert_is(
        &[
            "GET /sync/webhooks/subscriptions/String HTTP/1.1",
            "accept: application/json",
            "authorization: Bearer k3y",
            USER_AGENT,
        ],
        "",
    );

    let subscription = answer.subscription.as_ref().unwrap();
    assert_eq!(subscription.id.as_ref().unwrap().as_str(), "String");
    assert_eq!(subscription.is_active, Some(false));
    // The first moment of the year 1, what .NET sends for "no date", and the offset of "no stated zone".
    let created = subscription.created_date_utc.unwrap();
    assert_eq!(created.to_string(), "0001-01-01T00:00:00-00:00");
    let config = subscription.config.as_ref().unwrap();
    assert_eq!(config.url.as_ref().unwrap().as_str(), "String");
    assert_eq!(config.secret.as_ref().unwrap().expose(), "String");
    let [delivery] = &answer.history.as_deref().unwrap() else { panic!("{answer:?}") };
    assert_eq!(delivery.status_code, Some(HttpStatusCode::Continue));
    let status = answer.response_status.as_ref().unwrap();
    assert_eq!(status.stack_trace.as_deref(), Some("String"));
    let [error] = &status.errors.as_deref().unwrap() else { panic!("{status:?}") };
    assert_eq!(error.field_name.as_deref(), Some("String"));
    assert_eq!(error.meta.as_ref().unwrap().get("String").map(String::as_str), Some("String"));

    // All of it comes back as it was, the dates with their offset of -0000. A slash needs no escape in JSON.
    assert_eq!(serde_json::to_string(&answer).unwrap(), SAMPLE.replace(r"\/", "/"));
}

#[tokio::test]
async fn as_csv() {
    let server = Server::start([Reply::new(200, &[("Content-Type", "text/csv")], SAMPLE)]);
    let bytes = client(&server).webhooks().get("String").as_csv().await.unwrap();
    server.request().assert_is(
        &[
            "GET /sync/webhooks/subscriptions/String HTTP/1.1",
            "accept: text/csv",
            "authorization: Bearer k3y",
            USER_AGENT,
        ],
        "",
    );
    assert_eq!(&bytes[..], SAMPLE.as_bytes());
}

/// Bytes are bytes: no text is expected, and an error is still read as one.
#[tokio::test]
async fn as_csv_with_other_answers() {
    let csv = [("Content-Type", "text/csv")];
    let error = r#"{"responseStatus":{"errorCode":"ResourceNotFoundException"}}"#;
    let server = Server::start([
        Reply::new(200, &csv, b"\xef\xbb\xbfid;name\r\n\xff\x00"),
        Reply::new(200, &csv, ""),
        Reply::json(404, error),
    ]);
    let get = || client(&server).webhooks().get(ID).as_csv();
    assert_eq!(&get().await.unwrap()[..], b"\xef\xbb\xbfid;name\r\n\xff\x00");
    assert_eq!(&get().await.unwrap()[..], b"");
    let error = get().await.unwrap_err();
    let pwc::webhooks::GetError::NotFound(body) = error.service().unwrap() else {
        panic!("{error:?}");
    };
    let code = body.response_status.as_ref().unwrap().error_code.as_deref();
    assert_eq!(code, Some("ResourceNotFoundException"));
}

/// A page to sign in is no table, read whole or as it comes.
#[tokio::test]
async fn as_csv_that_is_a_page() {
    let page = Reply::new(200, &[("Content-Type", "text/html")], "<html>");
    let server = Server::start([page.clone(), page]);
    let get = || client(&server).webhooks().get(ID).as_csv();
    for error in [get().await.unwrap_err(), get().stream().await.unwrap_err()] {
        let text = "expected `text/csv`, found content type `text/html`";
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[tokio::test]
async fn dates_come_back_as_they_were() {
    for date in [
        "/Date(-62135596800000-0000)/",
        "/Date(1371239017663+0000)/",
        "/Date(1371239017663-0000)/",
        "/Date(1700000000000)/",
        "/Date(1700000000000+0530)/",
        "/Date(1700000000000-1130)/",
        "/Date(0)/",
        "/Date(-1)/",
        "/Date(253402300799999+0000)/",
    ] {
        let body = format!(r#"{{"subscription":{{"createdDateUtc":"{date}"}}}}"#);
        let escaped = body.replace('/', r"\/");
        for text in [&body, &escaped] {
            assert_eq!(serde_json::to_string(&read(text).await).unwrap(), body);
        }
    }
}

/// The name where .NET has one, the number where it has none, and either is read.
#[tokio::test]
async fn status_codes() {
    let code = |text: &str| {
        let body = format!(r#"{{"history":[{{"statusCode":{text}}}]}}"#);
        async move {
            let answer = read(&body).await;
            let written =
                serde_json::to_value(&answer).unwrap()["history"][0]["statusCode"].clone();
            let code = answer.history.unwrap().remove(0).status_code.unwrap();
            (code, written.to_string())
        }
    };
    for (text, expected, written) in [
        (r#""NoContent""#, HttpStatusCode::NoContent, r#""NoContent""#),
        ("204", HttpStatusCode::NoContent, r#""NoContent""#),
        (r#""OK""#, HttpStatusCode::Ok, r#""OK""#),
        (r#""Redirect""#, HttpStatusCode::Found, r#""Found""#),
        ("418", HttpStatusCode::Other(NumberOrText::Number(418)), "418"),
        (
            r#""ImATeapot""#,
            HttpStatusCode::Other(NumberOrText::Text("ImATeapot".to_owned())),
            r#""ImATeapot""#,
        ),
    ] {
        assert_eq!(code(text).await, (expected, written.to_owned()), "{text}");
    }
}

#[tokio::test]
async fn what_is_null_is_left_out_by_the_service() {
    assert_eq!(serde_json::to_string(&read("{}").await).unwrap(), "{}");
    let null = r#"{"subscription":null,"history":null,"responseStatus":null}"#;
    let answer = read(null).await;
    assert_eq!((answer.subscription, answer.history, answer.response_status), (None, None, None));
}

#[tokio::test]
async fn basic_or_bearer() {
    let server = Server::start(vec![Reply::json(200, "{}"); 2]);
    // An API key as the user name, with an empty password.
    let builder = pwc::builder().base_url(server.url()).basic("k3y", "");
    for builder in [builder.clone(), builder.bearer("k3y")] {
        builder.build().unwrap().webhooks().get(ID).await.unwrap();
    }
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Basic azN5Og==", "Bearer k3y"]);
}

/// Every operation exists twice, and is declared once.
#[tokio::test]
async fn twins() {
    let routes = [
        "GET /sync/webhooks/subscriptions/a HTTP/1.1",
        "GET /async/webhooks/subscriptions/a HTTP/1.1",
        "GET /async/webhooks/subscriptions/a HTTP/1.1",
    ];
    let server = Server::start(vec![Reply::json(200, "{}"); 3]);
    client(&server).webhooks().get("a").await.unwrap();
    client(&server).webhooks().get("a").with_twin(Twin::Async).await.unwrap();
    let builder = pwc::builder().bearer("k3y").base_url(server.url()).twin(Twin::Async);
    builder.build().unwrap().webhooks().get("a").await.unwrap();
    let sent = server.requests();
    let lines: Vec<_> = sent.iter().map(|request| request.line.as_str()).collect();
    assert_eq!(lines, routes);
}

/// A list becomes an object when something is wrong, with an error's status or without.
#[tokio::test]
async fn errors_in_place_of_lists() {
    let body = r#"{"responseStatus":{"errorCode":"ArgumentException","message":"No report."}}"#;
    let server = Server::start([Reply::json(400, body), Reply::json(200, body)]);
    for _ in 0..2 {
        let error = client(&server).reports().validate_batch(Vec::new()).await.unwrap_err();
        let status = error.service().unwrap().response_status.as_ref().unwrap();
        assert_eq!(status.error_code.as_deref(), Some("ArgumentException"), "{error:?}");
        assert!(error.to_string().contains("No report."), "{error}");
    }
}
