//! Credentials reach the service and nothing else: no `Debug` and no `Display` shows them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::runtime::{
    BlockingTransport, CallError, Code, Credential, Cursor, Error, ErrorKind, Incoming, Outgoing,
    ReqwestTransport, Retry, Sensitive, ServiceError, Token, TransportError, UreqTransport,
    reqwest, ureq,
};
use clientwright_providers::{polar, punt, pwc, sunshine};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wire_tests::{Nobody, Reply, Server};

const SECRET: &str = "hunter2-planted";
/// The same behind `id:` in base64, as the header has it.
const ENCODED: &str = "aWQ6aHVudGVyMi1wbGFudGVk";

#[track_caller]
fn assert_hides(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(!shown.contains(ENCODED), "{shown}");
}

#[track_caller]
fn assert_debug_hides(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(shown.len() > 3, "something must be shown: {shown}");
    assert_hides(&shown);
}

/// The error itself, all that caused it, and the same as the type to pass on.
#[track_caller]
fn assert_error_hides<E: ServiceError>(error: CallError<E>) {
    fn show(error: &dyn std::error::Error) -> String {
        let mut shown = format!("{error} {error:?} {error:#?}");
        let mut source = error.source();
        while let Some(cause) = source {
            shown += &format!(" {cause} {cause:?}");
            source = cause.source();
        }
        shown
    }
    assert_hides(&show(&error));
    assert_hides(&show(&Error::from(error)));
}

fn punt(server: &Server) -> punt::Client {
    let builder = punt::builder().bearer(SECRET).header("X-Key", SECRET).user_agent("ua");
    assert_debug_hides(&builder);
    builder.base_url(server.url()).retry(Retry::none()).build().unwrap()
}

#[tokio::test]
async fn nothing_shows_credentials() {
    let server = Server::start([
        Reply::json(200, r#"{"data":[]}"#),
        Reply::json(200, r#"{"keys":[]}"#),
        Reply::new(200, &[("Content-Type", "text/csv")], "id"),
    ]);
    let polar = polar::builder().client("id", SECRET).base_url(server.url());
    let sunshine = sunshine::builder().basic("id", SECRET).bearer(SECRET).base_url(server.url());
    let pwc = pwc::builder().basic("id", SECRET).base_url(server.url());
    assert_debug_hides(&polar);
    assert_debug_hides(&sunshine);
    assert_debug_hides(&pwc);
    let (polar, sunshine, pwc) =
        (polar.build().unwrap(), sunshine.build().unwrap(), pwc.build().unwrap());
    assert_debug_hides(&polar);
    assert_debug_hides(&sunshine);
    assert_debug_hides(&pwc);
    assert_debug_hides(&polar.webhooks());
    assert_debug_hides(&sunshine.integration_keys());
    assert_debug_hides(&pwc.webhooks());
    let (one, two, three) = (
        polar.webhooks().get().with_header("X-Key", SECRET),
        sunshine.integration_keys().list("a", "b").with_header("X-Key", SECRET),
        pwc.webhooks().get("1").as_csv().with_header("X-Key", SECRET),
    );
    assert_debug_hides(&one);
    assert_debug_hides(&two);
    assert_debug_hides(&three);
    assert_debug_hides(&one.clone().into_future());
    assert_debug_hides(&one.with_response().await.unwrap());
    assert_debug_hides(&two.with_response().await.unwrap());
    assert_debug_hides(&three.with_response().await.unwrap());

    // All of them were there to be shown.
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, vec![format!("Basic {ENCODED}"); 3]);
    assert!(server.requests().iter().all(|request| request.header("x-key") == Some(SECRET)));
}

/// Services echo what they were sent. Only `body_excerpt` shows that, and says so.
#[tokio::test]
async fn no_error_shows_credentials() {
    let html = [("Content-Type", "text/html"), ("Set-Cookie", SECRET)];
    let quoted = format!(r#""{SECRET}""#);
    for reply in [
        Reply::close(),
        Reply::raw(SECRET),
        Reply::raw(format!("HTTP/1.1 200 OK\r\nContent-Length: {SECRET}\r\n\r\n")),
        Reply::new(200, &html, SECRET),
        Reply::new(500, &html, SECRET),
        Reply::json(200, SECRET),
        Reply::json(200, &quoted),
        Reply::json(200, format!(r#"{{"id":{quoted},"event":[{quoted}]}}"#)),
        Reply::json(200, format!(r#"{{"id":{quoted},"notificationUrl":"#)),
        Reply::json(404, format!(r#"{{"message":[{quoted}]}}"#)),
        Reply::new(302, &[("Location", &format!("https://a.example/?token={SECRET}"))], ""),
        Reply::new(303, &[("Location", SECRET)], SECRET),
    ] {
        let server = Server::start([reply]);
        let call = punt(&server).subscriptions().get("1").with_header("X-Other", SECRET);
        assert_error_hides(call.await.unwrap_err());
        assert_eq!(server.request().header("x-other"), Some(SECRET));
    }
    let nobody = Nobody::listens();
    let client = punt::builder().bearer(SECRET).base_url(nobody.url()).retry(Retry::none());
    let client = client.build().unwrap();
    assert_error_hides(client.subscriptions().get(SECRET).await.unwrap_err());
    let server = Server::start([Reply::silence()]);
    let call = punt(&server).subscriptions().get(SECRET).with_timeout(Duration::from_millis(200));
    assert_error_hides(call.await.unwrap_err());
}

/// What stands in the address may be a secret too: errors name the parameter, not its value.
#[tokio::test]
async fn no_error_shows_the_address() {
    let nobody = Nobody::listens();
    let client = punt::builder().bearer("t").base_url(format!("{}/{SECRET}", nobody.url()));
    let client = client.retry(Retry::none()).build().unwrap();
    let error = client.subscriptions().get(SECRET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_error_hides(error);
    let call = client.subscriptions().get("..").with_header("X-Bad", format!("{SECRET}\n"));
    assert_error_hides(call.await.unwrap_err());
    let call = client.subscriptions().get("1").with_header("X-Bad", format!("{SECRET}\n"));
    let error = call.await.unwrap_err();
    assert!(error.to_string().contains("`X-Bad`"), "{error}");
    assert_error_hides(error);
}

/// A client of the app may refuse an address, and say which one.
#[tokio::test]
async fn no_error_shows_an_address_that_is_refused() {
    let nobody = Nobody::listens();
    let builder = punt::builder().bearer("t").base_url(format!("{}/{SECRET}", nobody.url()));
    let builder = builder.retry(Retry::none());

    let config = ureq::Agent::config_builder().https_only(true).build();
    let client = builder.clone().blocking_transport(UreqTransport::from_config(config));
    let client = client.build_blocking().unwrap();
    let error = client.subscriptions().get(SECRET).send().unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the agent sends over `https://` only");
    assert_error_hides(error);

    let transport =
        ReqwestTransport::from_builder(reqwest::Client::builder().https_only(true)).unwrap();
    let client = builder.transport(transport).build().unwrap();
    let error = client.subscriptions().get(SECRET).await.unwrap_err();
    assert!(std::error::Error::source(&error).is_some());
    assert_error_hides(error);
}

/// Members that a specification calls sensitive.
#[tokio::test]
async fn answers_hide_what_is_sensitive() {
    let server = Server::start([
        Reply::json(201, format!(r#"{{"data":{{"id":"1","signature_secret_key":"{SECRET}"}}}}"#)),
        Reply::json(200, format!(r#"{{"key":{{"id":"1","secret":"{SECRET}"}}}}"#)),
        Reply::json(200, format!(r#"{{"subscription":{{"config":{{"secret":"{SECRET}"}}}}}}"#)),
    ]);
    let url = server.url();
    let polar = polar::builder().client("id", "x").base_url(&url).build().unwrap();
    let sunshine = sunshine::builder().bearer("x").base_url(&url).build().unwrap();
    let pwc = pwc::builder().bearer("x").base_url(&url).build().unwrap();

    let body = polar::models::NewWebhook::new(Vec::new(), "u");
    let hook = polar.webhooks().create(body).await.unwrap();
    assert_eq!(hook.signature_secret_key.expose(), SECRET);
    assert_debug_hides(&hook);
    let key = sunshine.integration_keys().get("a", "b", "c").with_response().await.unwrap();
    assert_eq!(key.body().secret.as_ref().unwrap().expose(), SECRET);
    assert_debug_hides(&key);
    let answer = pwc.webhooks().get("1").await.unwrap();
    assert_debug_hides(&answer);
    // It is hidden from people, not from programs that write it elsewhere.
    assert!(serde_json::to_string(&answer).unwrap().contains(SECRET));
}

#[test]
fn what_cannot_be_sent_is_not_shown() {
    let broken = format!("{SECRET}\r\n");
    for error in [
        punt::builder().bearer(&*broken).build().unwrap_err(),
        punt::builder().header("X-Key", &*broken).build().unwrap_err(),
        punt::builder()
            .base_url(format!("https://user:{SECRET}@punt.example"))
            .build()
            .unwrap_err(),
        sunshine::builder().us().basic(format!("a:{SECRET}"), "b").build().unwrap_err(),
        sunshine::builder().zendesk(&*broken).build().unwrap_err(),
    ] {
        assert_hides(&format!("{error} {error:?}"));
        let error = Error::from(error);
        assert_hides(&format!("{error} {error:?}"));
    }
}

/// The error says what to do, in the words of the builder, and nothing is sent.
#[tokio::test]
async fn missing_credentials() {
    let server = Server::start([]);
    let url = server.url();
    let punt = punt::builder().base_url(&url).build().unwrap();
    let error = punt.subscriptions().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.list: no credential: set one of `client(…)`, `bearer(…)` of the builder"
    );
    let polar = polar::builder().base_url(&url).build().unwrap();
    let error = polar.webhooks().activate().await.unwrap_err();
    assert!(error.to_string().contains("set `client(…)` of the builder"), "{error}");
    let sunshine = sunshine::builder().base_url(&url).build().unwrap();
    let error = sunshine.integration_keys().list("a", "b").await.unwrap_err();
    let expected = "set one of `basic(…)`, `jwt(…)`, `bearer(…)` of the builder";
    assert!(error.to_string().contains(expected), "{error}");
    let pwc = pwc::builder().base_url(&url).build().unwrap();
    let error = pwc.webhooks().get("1").as_csv().await.unwrap_err();
    assert!(
        error.to_string().contains(
            "set one of `bearer(…)`, `api_key(…)`, `basic(…)`, `session(…)`, `permanent_session(…)` of the builder"
        ),
        "{error}"
    );
    assert_eq!(Error::from(error).kind(), ErrorKind::Auth);
    assert!(server.requests().is_empty());
}

/// Shows whoever passes by what is sent and what comes, in the words of `Debug`.
#[derive(Clone)]
struct Showing(Arc<UreqTransport>, Arc<Mutex<Vec<String>>>);

impl BlockingTransport for Showing {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let sent = format!("{outgoing:?} {outgoing:#?}");
        let answer = self.0.send(outgoing);
        self.1.lock().unwrap().push(format!("{sent} {answer:?}"));
        answer
    }
}

/// What is around a call: its request, what a transport sees, pages and their places, tokens.
#[test]
fn nothing_around_a_call_shows_credentials() {
    let cookie = [("Set-Cookie", SECRET), ("Content-Type", "application/json")];
    let hook = r#"{"id":"1","notificationUrl":"u","event":"e"}"#;
    let page = format!("[{hook}]");
    let server = Server::start([
        Reply::new(200, &cookie, &page),
        Reply::new(200, &cookie, hook),
        Reply::new(500, &cookie, SECRET),
    ]);
    let shown = Arc::new(Mutex::new(Vec::new()));
    let transport = Showing(Arc::new(UreqTransport::with_defaults()), Arc::clone(&shown));
    let punt = punt::builder().bearer(SECRET).header("X-Key", SECRET).base_url(server.url());
    let punt = punt.blocking_transport(transport).retry(Retry::none()).build_blocking().unwrap();

    let mut pages = punt.subscriptions().list().take(1).with_header("X-Other", SECRET).pages();
    assert_debug_hides(&pages);
    let page = pages.next().unwrap().unwrap();
    assert_debug_hides(&page);
    let place = Cursor::new(SECRET);
    assert_debug_hides(&place);
    let items = punt.subscriptions().list().with_header("X-Other", SECRET).items();
    assert_debug_hides(&items.start_at(place));

    punt.subscriptions().get("1").send().unwrap();
    assert_error_hides(punt.subscriptions().get("1").send().unwrap_err());
    let shown = shown.lock().unwrap();
    assert_eq!(shown.len(), 3);
    for shown in &*shown {
        assert!(shown.contains("authorization") && shown.contains("set-cookie"), "{shown}");
        assert_hides(shown);
    }
    assert!(server.requests().iter().all(|request| request.header("x-key") == Some(SECRET)));

    let token = Token::new(SECRET).with_refresh_token(SECRET).with_expiry(1);
    assert_debug_hides(&token);
    assert_debug_hides(&Credential::basic("id", SECRET));
    assert_debug_hides(&Credential::bearer(SECRET));
    assert_debug_hides(&Credential::key(SECRET));
    assert_debug_hides(&Credential::client("id", Some(SECRET)));
    assert_debug_hides(&Code::new(SECRET).verifier(SECRET));
    let polar = polar::builder().client("id", SECRET).user(token);
    assert_debug_hides(&polar);
    let asked = polar.build().unwrap().authorize_user().unwrap();
    assert_debug_hides(&asked);
    assert!(!format!("{asked:?}").contains(asked.state()));
}

/// What holds a credential overwrites it: this compiles for nothing else.
#[test]
fn what_is_dropped_is_overwritten() {
    fn is_overwritten<T: zeroize::ZeroizeOnDrop>(_: &T) {}
    is_overwritten(&Sensitive::from(SECRET));
    is_overwritten(&Sensitive::new(vec![0_u8]));
}

/// Names that are said in the error are those of methods that are there.
#[test]
fn builders_take_secrets_as_text_or_hidden() {
    let hidden = || Sensitive::from(SECRET);
    drop(punt::builder().bearer(hidden()).bearer(SECRET).bearer(SECRET.to_owned()));
    drop(polar::builder().client("id", hidden()));
    drop(sunshine::builder().basic("id", hidden()).bearer(hidden()));
    drop(pwc::builder().bearer(hidden()).basic("id", hidden()));
}
