//! How an app gets in, and what it is told there: tokens of users and of partners, sessions, keys; and the forms in
//! which one answer can be had.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::polar::models::NewUser;
use clientwright_providers::polar::users::RegisterError;
use clientwright_providers::punt::token::CreateError;
use clientwright_providers::pwc::models::{AuthProvider, Authenticate};
use clientwright_providers::runtime::{
    BlockingTransport, ErrorKind, HeaderMap, HeaderName, Incoming, Outgoing, StatusCode,
    TransportError,
};
use clientwright_providers::{polar, punt, pwc};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Answers one after another, whoever is asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    sent: Arc<Mutex<Vec<Outgoing>>>,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = (u16, &'static str)>) -> Self {
        let answers = Arc::new(Mutex::new(answers.into_iter().collect()));
        Self { answers, sent: Arc::default() }
    }

    /// Verb and address of what was sent, its credential and its body.
    fn sent(&self) -> Vec<(String, String, String)> {
        let sent = self.sent.lock().unwrap();
        let line = |one: &Outgoing| {
            let header = one.headers.get("authorization").map(|value| value.to_str().unwrap());
            let body = String::from_utf8(one.body.to_vec()).unwrap();
            (format!("{} {}", one.method, one.url), header.unwrap_or_default().to_owned(), body)
        };
        sent.iter().map(line).collect()
    }
}

impl BlockingTransport for Script {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let (status, body) = self.answers.lock().unwrap().pop_front().unwrap();
        let mut headers = HeaderMap::new();
        // In the first form that is asked for.
        let accept = outgoing.headers.get("accept").map_or("", |value| value.to_str().unwrap());
        headers.insert("content-type", accept.split(',').next().unwrap().parse().unwrap());
        self.sent.lock().unwrap().push(outgoing);
        Ok(Incoming::new(StatusCode::from_u16(status).unwrap(), headers, body))
    }
}

fn line(verb_and_address: &str, credential: &str, body: &str) -> (String, String, String) {
    (verb_and_address.to_owned(), credential.to_owned(), body.to_owned())
}

/// From the browser to the data: a code, a token that knows its user, a user who is registered already.
#[test]
fn a_user_of_polar_connects_the_app() {
    let token = r#"{"access_token":"t0ken","token_type":"bearer","expires_in":1,"x_user_id":475}"#;
    let script = Script::new([
        (200, token),
        (409, ""),
        (200, r#"{"polar-user-id":475,"member-id":"m-1"}"#),
        // Nothing is 204 for users and 404 for nights.
        (204, ""),
        (404, ""),
    ]);
    let builder = polar::builder().client("app", "s3cret").blocking_transport(script.clone());
    let client = builder.build_blocking().unwrap();
    let asked = client.authorize_user().unwrap();
    let url = asked.url();
    assert!(url.starts_with("https://flow.polar.com/oauth2/authorization?"), "{url}");
    for part in ["response_type=code", "client_id=app", "scope=accesslink.read_all"] {
        assert!(url.contains(part), "{part} in {url}");
    }
    assert!(asked.code("c0de", "somebody else's").is_err());
    let state = asked.state().to_owned();
    let granted = client.user_token(asked.code("c0de", &state).unwrap()).send().unwrap();
    let user = granted.answer.x_user_id;
    assert_eq!(user.get(), 475);

    let client = client.with_user(granted.token).unwrap();
    let error = client.users().register(NewUser::new("m-1")).send().unwrap_err();
    assert_eq!(error.service(), Some(&RegisterError::AlreadyRegistered));
    assert!(client.users().get(user).send().unwrap().is_some());
    assert!(client.users().get(user).send().unwrap().is_none());
    assert!(client.sleep().get("2020-01-02".parse().unwrap()).send().unwrap().is_none());

    let sent = script.sent();
    assert_eq!(sent[0].0, "POST https://polarremote.com/v2/oauth2/token");
    assert_eq!(sent[0].1, "Basic YXBwOnMzY3JldA==");
    assert!(sent[0].2.contains("grant_type=authorization_code&code=c0de"), "{}", sent[0].2);
    assert_eq!(
        sent[1],
        line(
            "POST https://www.polaraccesslink.com/v3/users",
            "Bearer t0ken",
            r#"{"member-id":"m-1"}"#
        )
    );
}

/// A token that is good no more is refused with 403: another one is got, and the call sent again, once.
#[test]
fn a_token_of_punt_that_has_expired() {
    let token = r#"{"access_token":"one","token_type":"Bearer","expires_in":3600}"#;
    let other = r#"{"access_token":"two","token_type":"Bearer","expires_in":3600}"#;
    let script = Script::new([
        (200, token),
        (200, "[]"),
        (403, ""),
        (200, other),
        (200, "[]"),
        (403, ""),
        (200, token),
        (403, ""),
    ]);
    let builder = punt::builder().client("partner", "s3cret").blocking_transport(script.clone());
    let client = builder.build_blocking().unwrap();
    let list = || client.subscriptions().list().send();
    list().unwrap();
    list().unwrap();
    // Another token does not help: the answer is what it is.
    assert_eq!(list().unwrap_err().status().unwrap(), 403);
    let sent = script.sent();
    let path = "https://partner.punt-uit.nl/api/fulfilment/v3/subscriptions";
    let get = |token: &str| line(&format!("GET {path}"), &format!("Bearer {token}"), "");
    // The credentials as HTTP Basic.
    let ask = line(
        "POST https://partner.punt-uit.nl/api/auth/token",
        "Basic cGFydG5lcjpzM2NyZXQ=",
        "grant_type=client_credentials",
    );
    let expected =
        [ask.clone(), get("one"), get("one"), ask.clone(), get("two"), get("two"), ask, get("one")];
    assert_eq!(sent, expected);
}

/// The other form, with the credentials in the body, and what it says of wrong ones.
#[test]
fn a_token_of_punt_by_hand() {
    let token = r#"{"access_token":"one","token_type":"Bearer","expires_in":3600}"#;
    let script = Script::new([(200, token), (401, r#"{"message":"Invalid."}"#), (200, "[]")]);
    let build = |builder: punt::Builder| {
        builder.blocking_transport(script.clone()).build_blocking().unwrap()
    };
    let client = build(punt::builder());
    let made = client.token().create("partner", "s3cret").send().unwrap();
    assert_eq!(made.expires_in, 3600);
    let error = client.token().create("partner", "wrong").send().unwrap_err();
    assert!(matches!(error.service(), Some(CreateError::WrongCredentials(_))), "{error:?}");
    build(punt::builder().bearer(made.access_token)).subscriptions().list().send().unwrap();
    let sent = script.sent();
    let form = "client_id=partner&client_secret=s3cret&grant_type=client_credentials";
    assert_eq!(sent[0], line("POST https://partner.punt-uit.nl/api/auth/token", "", form));
    assert_eq!(sent[2].1, "Bearer one");
}

/// Nobody says in public which of the ways the service has switched on: an app has all of them.
#[test]
fn the_ways_into_pwc() {
    let signed_in = r#"{"userId":"17","sessionId":"s-1","bearerToken":"jwt"}"#;
    let script = Script::new([(200, signed_in)].into_iter().chain([(200, "{}"); 5]));
    let builder = || pwc::builder().blocking_transport(script.clone());
    let body = Authenticate::new().user_name("filing").password("correct horse");
    let client = builder().build_blocking().unwrap();
    let opened = client.session().open(AuthProvider::Credentials, body).send().unwrap();
    for builder in [
        builder().session(opened.session_id.unwrap()),
        builder().permanent_session("p-1"),
        builder().bearer(opened.bearer_token.unwrap()),
        builder().api_key("k3y"),
        builder().basic("filing", "correct horse"),
    ] {
        builder.build_blocking().unwrap().webhooks().get("1").send().unwrap();
    }
    let sent = script.sent.lock().unwrap();
    assert_eq!(sent[0].url, "https://reportfiling.pwc.de/auth/credentials");
    let header = |index: usize, name: &str| {
        sent[index].headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header(0, "authorization"), None);
    assert_eq!(header(1, "x-ss-id").as_deref(), Some("s-1"));
    assert_eq!(header(2, "x-ss-pid").as_deref(), Some("p-1"));
    let rest = [3, 4, 5].map(|index| header(index, "authorization").unwrap());
    assert_eq!(rest, ["Bearer jwt", "Basic azN5Og==", "Basic ZmlsaW5nOmNvcnJlY3QgaG9yc2U="]);
}

/// JSON is read; the five others are asked for in one call and handed out as they come.
#[test]
fn the_six_formats_of_pwc() {
    let script = Script::new([(200, "{}"); 6]);
    let builder = pwc::builder().bearer("t").blocking_transport(script.clone());
    let client = builder.build_blocking().unwrap();
    let get = || client.webhooks().get("1");
    assert!(get().send().unwrap().subscription.is_none());
    let others = [
        get().as_xml().send(),
        get().as_csv().send(),
        get().as_jsv().send(),
        get().as_jsonl().send(),
        get().as_msgpack().send(),
    ];
    assert!(others.into_iter().all(|bytes| bytes.unwrap() == "{}"));
    let sent = script.sent.lock().unwrap();
    let accepts = sent.iter().map(|one| one.headers["accept"].to_str().unwrap());
    let first: Vec<&str> = accepts.map(|accept| accept.split(',').next().unwrap()).collect();
    assert_eq!(
        first,
        [
            "application/json",
            "application/xml",
            "text/csv",
            "text/jsv",
            "text/jsonl",
            "application/x-msgpack",
        ]
    );
}

/// Nobody knows what the service calls its formats. By none of their names are they refused, but a page is.
#[test]
fn formats_by_other_names() {
    struct Named(&'static str);
    impl BlockingTransport for Named {
        fn send(&self, _: Outgoing) -> Result<Incoming, TransportError> {
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static("content-type"),
                self.0.parse().unwrap(),
            )]);
            Ok(Incoming::new(StatusCode::OK, headers, "{}"))
        }
    }
    let client = |named| pwc::builder().bearer("t").blocking_transport(Named(named));
    let jsv = |named| client(named).build_blocking().unwrap().webhooks().get("1").as_jsv().send();
    for named in ["text/jsv", "application/jsv", "text/plain", "application/octet-stream", "jsv"] {
        assert_eq!(jsv(named).unwrap(), "{}");
    }
    for named in ["text/html; charset=utf-8", "application/json"] {
        assert_eq!(jsv(named).unwrap_err().kind(), ErrorKind::Decode);
    }
    let gpx = |named| {
        let builder = polar::builder().user("t").blocking_transport(Named(named));
        builder.build_blocking().unwrap().exercises().gpx("1").send()
    };
    for named in ["application/gpx", "text/plain", "text/xml", "application/force-download"] {
        assert_eq!(gpx(named).unwrap(), "{}");
    }
    assert_eq!(gpx("text/html").unwrap_err().kind(), ErrorKind::Decode);
}
