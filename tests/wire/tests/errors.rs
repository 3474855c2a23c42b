//! What a call fails with when there is an answer, but not the one that was hoped for.
//!
//! Every call is sent once; what is sent again by itself is in `retries.rs`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::polar::webhooks::{CreateError, UpdateError};
use clientwright_providers::polar::{self, models as polar_models};
use clientwright_providers::punt::models::{ApiError, Event, NewSubscription, Subscription};
use clientwright_providers::runtime::{CallError, DecodeError, Error, ErrorKind, Retry};
use clientwright_providers::{punt, pwc, sunshine};
use std::error::Error as _;
use wire_tests::{Reply, Server};

fn polar(server: &Server) -> polar::Client {
    let builder = polar::builder().client("id", "secret").retry(Retry::none());
    builder.base_url(server.url()).build().unwrap()
}

fn punt(server: &Server) -> punt::Client {
    let builder = punt::builder().bearer("token").retry(Retry::none());
    builder.base_url(server.url()).build().unwrap()
}

fn pwc(server: &Server) -> pwc::Client {
    let builder = pwc::builder().bearer("token").retry(Retry::none());
    builder.base_url(server.url()).build().unwrap()
}

fn sunshine(server: &Server) -> sunshine::Client {
    let builder = sunshine::builder().bearer("token").retry(Retry::none());
    builder.base_url(server.url()).build().unwrap()
}

fn new_webhook() -> polar_models::NewWebhook {
    polar_models::NewWebhook::new(vec![polar_models::WebhookEvent::Sleep], "https://a.example")
}

/// What getting a Punt subscription fails with.
async fn get(reply: Reply) -> CallError<ApiError> {
    let server = Server::start([reply]);
    let error = punt(&server).subscriptions().get("1").await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "an error is no reason to call again");
    error
}

async fn list(reply: Reply) -> CallError<ApiError> {
    punt(&Server::start([reply])).subscriptions().list().await.unwrap_err()
}

#[tokio::test]
async fn polar_tells_its_errors_apart_by_status() {
    let body = |status, kind: &str, message: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T10:15:30.123Z","status":{status},"errorType":"{kind}","message":"{message}","corrId":"4f1c9a52e7d04b0b"}}"#
        )
    };
    let server = Server::start([
        Reply::json(409, body(409, "webhook_exists", "The client has a webhook already.")),
        Reply::json(400, body(400, "ping_failed", "The address did not answer the ping.")),
        Reply::json(422, body(422, "new", "Nobody has declared this.")),
        Reply::json(404, body(404, "not_found", "There is no such webhook.")),
        Reply::json(404, body(404, "not_found", "There is no such webhook.")),
    ]);
    let polar = polar(&server);

    let error = polar.webhooks().create(new_webhook()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap(), 409);
    let Some(CreateError::AlreadyExists(exists)) = error.service() else { panic!("{error:?}") };
    assert_eq!(exists.error_type.as_deref(), Some("webhook_exists"));
    assert_eq!(exists.corr_id.as_deref(), Some("4f1c9a52e7d04b0b"));
    assert_eq!(exists.timestamp.unwrap().to_string(), "2026-11-21T10:15:30.123Z");
    assert_eq!(
        serde_json::to_string(exists).unwrap(),
        body(409, "webhook_exists", "The client has a webhook already.")
    );
    assert_eq!(
        error.to_string(),
        "polar.webhooks.create: 409 Conflict: The client has a webhook already."
    );

    let error = polar.webhooks().create(new_webhook()).await.unwrap_err();
    assert!(matches!(error.into_service(), Some(CreateError::BadRequest(_))));

    // Declared for no method of this kind: no service error, but everything else is there.
    let error = polar.webhooks().create(new_webhook()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert!(error.service().is_none());
    assert!(error.body_excerpt().unwrap().contains("Nobody has declared this."));

    let patch = polar_models::WebhookPatch::new();
    let error = polar.webhooks().update("56", patch).await.unwrap_err();
    assert!(matches!(error.service(), Some(UpdateError::NotFound(_))), "{error:?}");

    // Only one error is declared for this method, so its model takes the place of an enum.
    let error = polar.webhooks().delete("56").await.unwrap_err();
    assert_eq!(error.service().unwrap().status, Some(404));
}

#[tokio::test]
async fn punt_explains_what_its_validation_found() {
    let body = r##"{"message":"Request validation failed.","error":[{"instancePath":"/notificationUrl","schemaPath":"#/properties/notificationUrl/pattern","keyword":"pattern","params":{"pattern":"^https://"},"message":"must match pattern \"^https://\""}]}"##;
    let server = Server::start([Reply::json(400, body)]);
    let new = NewSubscription::new("http://yourdomain.com/hook", Event::ShipmentShipped);
    let error = punt(&server).subscriptions().create(new).await.unwrap_err();
    let finding = &error.service().unwrap().error.as_deref().unwrap()[0];
    assert_eq!(finding.instance_path.as_deref(), Some("/notificationUrl"));
    assert_eq!(finding.params.as_ref().unwrap().get("pattern").unwrap(), "^https://");
    assert_eq!(serde_json::to_string(error.service().unwrap()).unwrap(), body);
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.create: 400 Bad Request: Request validation failed."
    );
}

/// All statuses that are no success come with the same model.
#[tokio::test]
async fn errors_by_default() {
    for status in [300, 400, 401, 403, 404, 418, 429, 500, 503, 599] {
        let error = get(Reply::json(status, r#"{"message":"The token has expired."}"#)).await;
        assert_eq!(error.kind(), ErrorKind::Service, "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.service().unwrap().message.as_deref(), Some("The token has expired."));
    }
}

/// A 4xx status has a model, whichever it is; a 5xx has none.
#[tokio::test]
async fn errors_by_range() {
    let body = r#"{"errors":[{"code":"not_found","title":"Resource not found"},{"code":"x"}]}"#;
    let server =
        Server::start([400, 404, 429, 499, 500, 399].map(|status| Reply::json(status, body)));
    let sunshine = sunshine(&server);
    for status in [400, 404, 429, 499] {
        let error = sunshine.integration_keys().get("a", "b", "c").await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        let details = error.service().unwrap().errors.as_deref().unwrap();
        assert_eq!(details[0].code.as_deref(), Some("not_found"));
        assert!(error.to_string().ends_with(": Resource not found"), "{error}");
    }
    for status in [500, 399] {
        let error = sunshine.integration_keys().get("a", "b", "c").await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.kind()), (status, ErrorKind::Status));
        assert!(error.service().is_none());
        assert_eq!(error.body_excerpt().as_deref(), Some(body));
    }
}

#[tokio::test]
async fn pwc_names_what_was_not_found() {
    let body = r#"{"responseStatus":{"errorCode":"ResourceNotFoundException","message":"The subscription does not exist."}}"#;
    let server = Server::start([Reply::json(404, body), Reply::json(401, body)]);
    let pwc = pwc(&server);
    let error = pwc.webhooks().get("1").await.unwrap_err();
    assert!(matches!(error.service(), Some(pwc::webhooks::GetError::NotFound(_))), "{error:?}");
    assert!(error.to_string().ends_with("404 Not Found: The subscription does not exist."));
    let error = pwc.webhooks().get("1").await.unwrap_err();
    assert!(matches!(error.service(), Some(pwc::webhooks::GetError::Other(_))), "{error:?}");
}

/// A method without declared errors: everything that is no success is told by its status.
#[tokio::test]
async fn a_status_that_nobody_declared() {
    let server = Server::start([
        Reply::new(500, &[("Content-Type", "text/plain")], "Something\r\nbroke ✂"),
        Reply::new(502, &[("X-Request-Id", "r-17")], ""),
    ]);
    let polar = polar(&server);
    let error = polar.webhooks().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.body_excerpt().as_deref(), Some("Something\r\nbroke ✂"));
    assert_eq!(error.headers()["content-type"], "text/plain");
    assert!(error.is_retryable(), "reading changes nothing");
    assert!(error.to_string().starts_with("polar.webhooks.get: 500 Internal Server Error, "));

    let error = polar.webhooks().activate().await.unwrap_err();
    assert_eq!(error.body_excerpt().as_deref(), Some(""));
    assert_eq!(error.request_id(), Some("r-17"));
    assert!(!error.is_retryable(), "a POST may have been carried out");
}

/// What a proxy in front of the service says: the status counts, and the page is kept.
#[tokio::test]
async fn an_error_whose_body_is_no_json() {
    let page = "<html><body>Bad gateway</body></html>";
    for (headers, body, wanted) in [
        (&[("Content-Type", "text/html")][..], page, "found content type `text/html`"),
        (&[][..], page, "not valid JSON"),
        (&[("Content-Type", "application/json")][..], page, "not valid JSON"),
        (&[("Content-Type", "application/json")][..], "", "found an empty body"),
        (&[("Content-Type", "application/json")][..], r#"{"message":5}"#, "at `$.message`"),
        (&[("Content-Type", "application/json")][..], r#"{"message":"#, "ended early"),
    ] {
        let error = get(Reply::new(502, headers, body)).await;
        assert_eq!(error.kind(), ErrorKind::Status, "{body}");
        assert_eq!(error.status().unwrap(), 502);
        assert!(error.service().is_none());
        assert_eq!(error.body_excerpt().as_deref(), Some(body));
        let text = error.to_string();
        assert!(text.contains("502 Bad Gateway"), "{text}");
        assert!(text.contains(wanted), "{text}");
        assert!(!text.contains("html><"), "{text}");
    }
}

/// The answer is a success, but not what was promised.
#[tokio::test]
async fn answers_that_do_not_fit_say_where() {
    let json = |body| Reply::json(200, body);
    for (body, path, wanted) in [
        (r#"[{"id":5}]"#, "$[0].id", "found a number"),
        (r#"[{"id":"1","notificationUrl":"u","event":null}]"#, "$[0].event", "found null"),
        (r#"[{"id":"1","notificationUrl":["u"],"event":"e"}]"#, "$[0].notificationUrl", "a list"),
        (r#"[{"id":"1","event":"e"}]"#, "$[0]", "missing member `notificationUrl`"),
        (r#"[[]]"#, "$[0]", "found a list"),
        (r#"{"data":[]}"#, "$", "found an object"),
        ("[] []", "$", "trailing characters"),
        ("<html>", "$", "not valid JSON: expected value, at byte 0"),
        // Truncated in several places.
        ("[", "$[0]", "ended early, at byte 1"),
        (r#"[{"id":"1","notificationUrl":"ht"#, "$[0].notificationUrl", "ended early"),
        (r#"[{"id":"1","notificationUrl":"u","event":"e"}"#, "$[0]", "ended early"),
    ] {
        let error = list(json(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.path(), Some(path), "{body}: {error}");
        assert!(error.to_string().contains(wanted), "{body}: {error}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body_excerpt().as_deref(), Some(body));
        let source = error.source().unwrap().downcast_ref::<DecodeError>().unwrap();
        assert_eq!(source.path(), Some(path));
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn paths_lead_deep_into_an_answer() {
    let decode = async |body: &str| {
        let server = Server::start([Reply::json(200, body)]);
        let error = pwc(&server).webhooks().get("1").await.unwrap_err();
        (error.path().unwrap().to_owned(), error.to_string())
    };
    for (body, path) in [
        (r#"{"history":[{"statusCode":true}]}"#, "$.history[0].statusCode"),
        (
            "{\n  \"history\": [\n    {\"id\": \"a\"},\n    {\"statusCode\": {}}\n  ]\n}",
            "$.history[1].statusCode",
        ),
        (r#"{"history":[{},{"attemptedDateUtc":"2026-11-21"}]}"#, "$.history[1].attemptedDateUtc"),
        (r#"{"subscription":{"createdDateUtc":"\/Date(12a)\/"}}"#, "$.subscription.createdDateUtc"),
        (r#"{"subscription":{"config":{"secret":{}}}}"#, "$.subscription.config.secret"),
        (r#"{"responseStatus":{"meta":{"a b":1}}}"#, "$.responseStatus.meta['a b']"),
    ] {
        let (found, text) = decode(body).await;
        assert_eq!(found, path, "{body}: {text}");
        assert!(text.contains(&format!("`{path}`")), "{text}");
    }

    // Inside what the method takes off.
    let server = Server::start([
        Reply::json(200, r#"{"keys":[{"id":"1"},{"id":2}]}"#),
        Reply::json(200, r#"{"data":[]}"#),
        Reply::json(200, "null"),
    ]);
    let sunshine = sunshine(&server);
    for path in ["$.keys[1].id", "$", "$"] {
        let error = sunshine.integration_keys().list("a", "b").await.unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Decode, Some(path)), "{error}");
    }
}

#[tokio::test]
async fn json_was_promised() {
    let html = [("Content-Type", "text/html; charset=utf-8")];
    for (reply, wanted) in [
        (Reply::new(200, &html, "<p>Sign in"), "found content type `text/html; charset=utf-8`"),
        (Reply::new(200, &[("Content-Type", "text/csv")], "{}"), "found content type `text/csv`"),
        (Reply::json(200, ""), "found an empty body"),
        (Reply::json(200, "  \r\n\t"), "found an empty body"),
        (Reply::empty(200), "found an empty body"),
        (Reply::empty(204), "found an empty body"),
    ] {
        let error = get(reply).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(error.path(), None, "it is about the body as a whole");
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

#[tokio::test]
async fn json_by_other_names_is_json() {
    let hook = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;
    for content_type in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        "application/problem+json",
        "application/vnd.punt.v3+json; q=1",
        "text/json",
    ] {
        let server = Server::start([Reply::new(200, &[("Content-Type", content_type)], hook)]);
        let read = punt(&server).subscriptions().get("1").await;
        assert_eq!(read.unwrap().id.as_str(), "1", "{content_type}");
    }
    let with_mark = [b"\xef\xbb\xbf", hook.as_bytes()].concat();
    for reply in [Reply::new(200, &[], hook), Reply::json(200, with_mark)] {
        let server = Server::start([reply]);
        punt(&server).subscriptions().get("1").await.unwrap();
    }
}

/// An app has one error type and passes it on with `?`, whatever provider and method it comes from.
#[tokio::test]
async fn one_error_for_all() {
    async fn both(punt: &punt::Client, polar: &polar::Client) -> Result<Subscription, Error> {
        let hook = punt.subscriptions().get("1").await?;
        polar.webhooks().create(new_webhook()).await?;
        Ok(hook)
    }
    let server = Server::start([
        Reply::json(404, r#"{"message":"Subscription not found."}"#),
        Reply::json(200, r#"{"id":"1","notificationUrl":"u","event":"e"}"#),
        Reply::json(409, r#"{"message":"There is one already."}"#),
    ]);
    let (punt, polar) = (punt(&server), polar(&server));

    let error = both(&punt, &polar).await.unwrap_err();
    assert_eq!(error.method(), Some("punt.subscriptions.get"));
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 404));
    let service: &ApiError = error.service().unwrap();
    assert_eq!(service.message.as_deref(), Some("Subscription not found."));
    assert!(error.service::<CreateError>().is_none(), "that is of another method");
    assert!(!error.is_timeout() && !error.is_connect() && !error.is_retryable());
    assert_eq!(error.to_string(), "punt.subscriptions.get: 404 Not Found: Subscription not found.");

    let error = both(&punt, &polar).await.unwrap_err();
    assert_eq!(error.method(), Some("polar.webhooks.create"));
    assert!(matches!(error.service(), Some(CreateError::AlreadyExists(_))), "{error:?}");
    // What methods share is found inside the enum of the method.
    let service: &polar_models::WebhookError = error.service().unwrap();
    assert_eq!(service.message.as_deref(), Some("There is one already."));
    assert!(error.service::<ApiError>().is_none(), "that is of another provider");

    fn is_an_ordinary_error<E: std::error::Error + Send + Sync + 'static>(_: E) {}
    is_an_ordinary_error(error);
}

#[tokio::test]
async fn a_message_of_the_service_stays_on_one_line() {
    let error = get(Reply::json(400, r#"{"message":"a\r\nERROR forged\u001b[31m"}"#)).await;
    let text = error.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(text.contains(r"a\r\nERROR forged"), "{text}");
}

#[tokio::test]
async fn what_may_be_tried_again() {
    let message = r#"{"message":"later"}"#;
    for (status, read, write) in [
        (408, true, false),
        (429, true, false),
        (500, true, false),
        (503, true, false),
        (400, false, false),
        (501, false, false),
    ] {
        let server = Server::start(vec![Reply::json(status, message); 3]);
        let punt = punt(&server);
        let new = NewSubscription::new("u", Event::LabelStatus);
        assert_eq!(punt.subscriptions().get("1").await.unwrap_err().is_retryable(), read);
        assert_eq!(punt.subscriptions().delete("1").await.unwrap_err().is_retryable(), read);
        assert_eq!(punt.subscriptions().create(new).await.unwrap_err().is_retryable(), write);
    }
}
