//! Whole calls of a sample provider over a transport in memory, by both kinds of client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod sample;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, Attempted, BoxFuture, BuildError, CallError, DecodeError, Error, ErrorKind, Incoming,
    Method, Middleware, Outgoing, Request, Retry, Transport, TransportError, TransportErrorKind,
};
use sample::models::{ApiError, Event, NewSubscription, SubscriptionId};
use sample::subscriptions::{GetError, List};
use std::convert::Infallible;
use std::error::Error as _;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use support::{Memory, ready};

const SECRET: &str = "hunter2-very-secret";
const HOOK: &str = r#"{"id":"1","notificationUrl":"https://a.example","event":"new"}"#;

fn client(memory: &Memory) -> sample::Client {
    sample::builder().bearer(SECRET).transport(memory.clone()).build().unwrap()
}

fn blocking(memory: &Memory) -> sample::Client<clientwright_runtime::Blocking> {
    sample::builder().bearer(SECRET).blocking_transport(memory.clone()).build_blocking().unwrap()
}

#[test]
fn a_call_sends_what_the_request_says() {
    let memory = Memory::json(200, format!("[{HOOK}]"));
    let hooks = ready(
        client(&memory)
            .subscriptions()
            .list()
            .take(50)
            .trace("t 1")
            .kinds(vec!["a".to_owned(), "b".to_owned()])
            .with_timeout(Duration::from_secs(5))
            .with_header("X-Own", "own"),
    )
    .unwrap();
    assert_eq!(hooks[0].event, Event::Other("new".to_owned()));
    let mut sent = memory.sent();
    let encoding = sent.headers.remove("accept-encoding");
    let read = [
        ("gzip", cfg!(feature = "gzip")),
        ("br", cfg!(feature = "brotli")),
        ("zstd", cfg!(feature = "zstd")),
    ];
    let read: Vec<_> = read.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    assert_eq!(
        encoding.map_or_else(String::new, |it| it.to_str().unwrap().to_owned()),
        read.join(", ")
    );
    assert_eq!(sent.method, "GET");
    assert_eq!(sent.origin(), "https://partner.punt-uit.nl");
    assert_eq!(sent.target(), "/api/fulfilment/v3/subscriptions?take=50&kind=a&kind=b");
    assert_eq!(sent.timeout, Some(Duration::from_secs(5)));
    assert!(sent.body.is_empty());
    for (name, value) in [
        ("accept", "application/json"),
        ("api-version", "2026-01-01"),
        ("authorization", &format!("Bearer {SECRET}")),
        ("user-agent", concat!("clientwright/", env!("CARGO_PKG_VERSION"), " (punt)")),
        ("x-own", "own"),
        ("x-trace", "t 1"),
    ] {
        assert_eq!(sent.headers[name], value);
    }
    assert_eq!(sent.headers.len(), 6);
    assert!(sent.headers["authorization"].is_sensitive());
}

#[test]
fn the_blocking_client_sends_the_same() {
    let memory = Memory::json(200, format!("[{HOOK}]"));
    ready(client(&memory).subscriptions().list().skip(1)).unwrap();
    let awaited = memory.sent();
    blocking(&memory).subscriptions().list().skip(1).send().unwrap();
    let blocked = memory.sent();
    assert_eq!(memory.count(), 2);
    assert_eq!(awaited.url, blocked.url);
    assert_eq!(awaited.headers, blocked.headers);
}

#[test]
fn a_body_travels_as_json() {
    let memory = Memory::json(201, HOOK);
    let body = NewSubscription::new("https://a.example", Event::ShipmentShipped).secret(SECRET);
    let answer =
        ready(client(&memory).subscriptions().create(body.clone()).with_response()).unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.body().id.as_str(), "1");
    let sent = memory.sent();
    assert_eq!(sent.headers["content-type"], "application/json");
    assert!(std::str::from_utf8(&sent.body).unwrap().contains(SECRET));
    assert!(!format!("{body:?} {sent:?} {answer:?}").contains(SECRET));
}

#[test]
fn a_request_is_a_value() {
    let memory = Memory::json(200, "[]");
    let mut request = List::new().take(3);
    request.skip = Some(1);
    let call = client(&memory).call(request.clone());
    assert_eq!(call.request(), &request);
    ready(call.clone()).unwrap();
    ready(call).unwrap();
    assert_eq!(memory.count(), 2);
}

#[test]
fn answers_by_status_inside_wrappers_and_as_bytes() {
    let get = |memory: Memory| ready(client(&memory).subscriptions().get("1")).unwrap();
    assert!(get(Memory::json(200, HOOK)).is_some());
    assert!(get(Memory::with_headers(204, &[], "")).is_none());
    let deleted = Memory::with_headers(200, &[("content-type", "text/html")], "<ok>");
    ready(client(&deleted).subscriptions().delete("1")).unwrap();

    let keys = Memory::json(200, r#"{"x":1,"data":{"keys":["a"],"y":[]},"z":{}}"#);
    assert_eq!(ready(client(&keys).subscriptions().keys()).unwrap(), ["a"]);

    let find = |body: &str| {
        let memory = Memory::json(200, body);
        let client =
            sample::builder().base_url("http://localhost/").transport(memory).build().unwrap();
        ready(client.subscriptions().find())
    };
    assert!(find(&format!(r#"{{"data":[{HOOK}]}}"#)).unwrap().is_some());
    assert!(find(&format!(r#"{{"data":[{HOOK},{HOOK}]}}"#)).unwrap().is_some());
    assert!(find(r#"{"data":[]}"#).unwrap().is_none());
    assert!(find(r#"{"data":null}"#).unwrap().is_none());
    let error = find(r#"{"other":[]}"#).unwrap_err();
    assert_eq!(error.path(), Some("$"));
    assert!(error.to_string().contains("missing member `data` of `the answer`"), "{error}");
    let error = find(r#"{"data":[{"id":1}]}"#).unwrap_err();
    assert_eq!(error.path(), Some("$.data[0].id"));

    let csv = Memory::with_headers(200, &[("content-type", "text/csv")], "a,b\r\n");
    let bytes = ready(client(&csv).subscriptions().list().take(1).as_csv()).unwrap();
    assert_eq!(&bytes[..], b"a,b\r\n");
    assert_eq!(csv.sent().headers["accept"], "text/csv");
}

#[test]
fn what_a_client_asks_for_stands_for_json_and_gives_way_to_what_a_call_says() {
    const VENDOR: &str = "application/vnd.punt+json";
    let memory = Memory::json(200, "[]");
    let client = sample::builder()
        .bearer(SECRET)
        .header("Accept", VENDOR)
        .transport(memory.clone())
        .build()
        .unwrap();
    let accept = || {
        let sent = memory.sent();
        let all = sent.headers.get_all("accept").iter();
        all.map(|one| one.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    ready(client.subscriptions().list()).unwrap();
    assert_eq!(accept(), [VENDOR]);
    ready(client.subscriptions().list().with_header("Accept", "application/json")).unwrap();
    assert_eq!(accept(), ["application/json"]);
    // It is answered with JSON all the same.
    ready(client.subscriptions().list().as_csv()).unwrap_err();
    assert_eq!(accept(), ["text/csv"]);
    ready(client.subscriptions().list()).unwrap();
    assert_eq!(accept(), [VENDOR]);
}

#[test]
fn declared_errors_are_values() {
    let memory = Memory::json(404, "whatever");
    let error = ready(client(&memory).subscriptions().get("1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(matches!(error.service(), Some(GetError::NotFound)));
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.get: 404 Not Found (`service` has the details)"
    );
    assert_eq!(error.body_excerpt().as_deref(), Some("whatever"));

    let body = r#"{"message":"bad\nthing","code":7}"#;
    let headers = [("content-type", "application/problem+json"), ("x-request-id", "r-1")];
    let memory = Memory::with_headers(400, &headers, body);
    let error = ready(client(&memory).subscriptions().get("1")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.get: 400 Bad Request: bad\\nthing [request r-1]"
    );
    assert_eq!(error.request_id(), Some("r-1"));
    let any = Error::from(error);
    assert_eq!(any.method(), Some("punt.subscriptions.get"));
    assert!(any.service::<ApiError>().is_none());
    assert!(matches!(any.service::<GetError>(), Some(GetError::BadRequest(e)) if e.code == 7));
    assert_eq!(any.status().unwrap(), 400);
}

#[test]
fn undeclared_and_broken_errors_keep_the_body() {
    let get = |memory: &Memory| ready(client(memory).subscriptions().get("1")).unwrap_err();
    let error = get(&Memory::json(418, "short and stout"));
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.get: 418 I'm a teapot, which is not declared (`body_excerpt` has the answer)"
    );
    assert_eq!(error.body_excerpt().as_deref(), Some("short and stout"));
    let error = get(&Memory::json(400, r#"{"code":"secret"}"#));
    assert_eq!(error.kind(), ErrorKind::Status);
    assert!(error.service().is_none());
    assert_eq!(error.path(), Some("$.code"));
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.get: 400 Bad Request, and the error is not as described: at `$.code`: expected i32, found text (`body_excerpt` has the answer)"
    );
    let error = get(&Memory::json(302, ""));
    assert!(error.to_string().ends_with("302 Found, redirects are not followed"), "{error}");
    let error = get(&Memory::json(202, ""));
    assert!(error.to_string().contains("a success that is not declared"), "{error}");
}

#[test]
fn answers_that_do_not_fit() {
    let list = |memory: Memory| ready(client(&memory).subscriptions().list()).unwrap_err();
    let error = list(Memory::json(200, r#"[{"id":"1","notificationUrl":"u","event":5}]"#));
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "punt.subscriptions.list: 200 OK, but the answer is not as described: at `$[0].event`: expected text, found a number (`body_excerpt` has the answer)"
    );
    assert!(error.source().is_some());
    let html = Memory::with_headers(200, &[("content-type", "text/html; charset=utf-8")], SECRET);
    let error = list(html);
    assert!(error.to_string().contains("expected JSON, found content type `text/html; charset"));
    assert_eq!(error.path(), None);
    assert!(list(Memory::json(200, " ")).to_string().contains("found an empty body"));
    for content_type in ["text/json", "Application/JSON;charset=x", "application/vnd.api+json"] {
        let memory = Memory::with_headers(200, &[("content-type", content_type)], "\u{feff}[]");
        ready(client(&memory).subscriptions().list()).unwrap();
    }
    ready(client(&Memory::with_headers(200, &[], "[]")).subscriptions().list()).unwrap();
}

#[test]
fn excerpts_are_bounded_at_characters() {
    for body in [
        "ä".repeat(2000).into_bytes(),
        [b"x", "ä".repeat(2000).as_bytes()].concat(),
        vec![0xff; 5000],
    ] {
        let memory = Memory::json(418, body);
        let error = ready(client(&memory).subscriptions().get("1")).unwrap_err();
        let excerpt = error.body_excerpt().unwrap();
        assert!(excerpt.len() <= 1024);
        assert!(!excerpt.contains('ä') || excerpt.len() > 1022, "{}", excerpt.len());
        assert!(!excerpt.contains('ä') || !excerpt.contains(char::REPLACEMENT_CHARACTER));
    }
}

#[test]
fn transports_that_fail() {
    for (kind, wanted, text) in [
        (TransportErrorKind::Connect, ErrorKind::Connect, "cannot connect to the server"),
        (TransportErrorKind::Timeout, ErrorKind::Timeout, "no whole answer within 2s"),
        (
            TransportErrorKind::TooLarge,
            ErrorKind::TooLarge,
            "the answer has more than 9 bytes, which `max_answer` of the builder allows",
        ),
        (TransportErrorKind::Other, ErrorKind::Transport, "the connection gave no whole answer"),
    ] {
        let memory = Memory::failing(kind);
        let builder =
            sample::builder().bearer(SECRET).timeout(Duration::from_secs(2)).max_answer(9);
        let builder = builder.retry(Retry::none());
        let client = builder.transport(memory.clone()).build().unwrap();
        let error = ready(client.subscriptions().get("1")).unwrap_err();
        assert_eq!(error.kind(), wanted);
        assert_eq!(error.to_string(), format!("punt.subscriptions.get: {text}"));
        assert_eq!(memory.sent().max_answer, 9);
        assert_eq!(error.is_timeout(), kind == TransportErrorKind::Timeout);
        assert_eq!(error.is_connect(), kind == TransportErrorKind::Connect);
        assert_eq!(error.body_excerpt(), None);
    }
}

#[test]
fn what_may_be_tried_again() {
    let get = |status| ready(client(&Memory::json(status, "")).subscriptions().get("1"));
    let create = |status| {
        let body = NewSubscription::new("u", "e");
        ready(client(&Memory::json(status, "")).subscriptions().create(body))
    };
    for (status, read, write) in
        [(429, true, false), (503, true, false), (500, true, false), (409, false, false)]
    {
        assert_eq!(get(status).unwrap_err().is_retryable(), read, "{status}");
        assert_eq!(create(status).unwrap_err().is_retryable(), write, "{status}");
    }
}

#[test]
fn nothing_is_sent_that_cannot_be() {
    let memory = Memory::json(200, HOOK);
    let failed = |error: CallError<GetError>, kind, text: &str| {
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains(text), "{error}");
    };
    let get = |id: &str| client(&memory).subscriptions().get(id);
    failed(ready(get("..")).unwrap_err(), ErrorKind::Build, "the path parameter `id`");
    failed(ready(get("")).unwrap_err(), ErrorKind::Build, "the path parameter `id`");
    let call = get("1").with_header("X-A", "a\r\nb: c");
    failed(ready(call).unwrap_err(), ErrorKind::Build, "the header `X-A`");
    let call = get("1").with_header("X A", "a");
    failed(ready(call).unwrap_err(), ErrorKind::Build, "`X A` is no name of a header");
    let anonymous = sample::builder().transport(memory.clone()).build().unwrap();
    let error = ready(anonymous.subscriptions().get("1")).unwrap_err();
    failed(
        error,
        ErrorKind::Auth,
        "no credential: set one of `basic(…)`, `bearer(…)` of the builder",
    );
    let error = ready(anonymous.subscriptions().list()).unwrap_err();
    assert!(error.to_string().contains("no credential: set `bearer(…)` of the builder"), "{error}");
    let error = ready(client(&memory).subscriptions().find()).unwrap_err();
    assert!(error.to_string().contains("the server `tenant` needs `subdomain`"), "{error}");
    assert_eq!(memory.count(), 0);
}

#[test]
fn credentials() {
    let memory = Memory::json(200, HOOK);
    let both = sample::builder().bearer(SECRET).basic("Aladdin", "open sesame");
    let client = both.transport(memory.clone()).build().unwrap();
    ready(client.subscriptions().get("1")).unwrap();
    let basic = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(memory.sent().headers["authorization"], basic);
    let _ = ready(client.subscriptions().keys());
    assert!(!memory.sent().headers.contains_key("authorization"));
}

#[test]
fn builders_say_what_is_wrong() {
    let failed = |builder: sample::Builder| {
        let error = builder.transport(Memory::json(200, "")).build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
        error.to_string()
    };
    let secret_in = |text: &str| format!("{text}{SECRET}");
    for (builder, wanted) in [
        (sample::builder().bearer(secret_in("a\n")), "the credential given to `bearer`"),
        (sample::builder().bearer(""), "the token is empty"),
        (sample::builder().basic(secret_in("a:b"), "c"), "a user name has no colon"),
        (sample::builder().base_url(format!("https://u:{SECRET}@e.com")), "`base_url` is no base"),
        (sample::builder().base_url("e.com"), "`https://`"),
        (sample::builder().tenant("a/b"), "`subdomain` of the server `tenant`"),
        (sample::builder().user_agent("a\nb"), "user agent"),
        (sample::builder().header("X-A", secret_in("\n")), "the header `X-A`"),
        (sample::builder().header("X A", "b"), "`X A` is no name"),
    ] {
        let error = failed(builder);
        assert!(error.contains(wanted), "{error}");
    }
    let error: Error = BuildError::new("no").into();
    assert_eq!((error.kind(), error.method()), (ErrorKind::Build, None));
    assert_eq!(error.to_string(), "no");
}

#[test]
fn secrets_are_never_shown() {
    let builder = sample::builder()
        .bearer(SECRET)
        .basic("user", SECRET)
        .header("X-Key", SECRET)
        .base_url("https://example.com");
    assert!(!format!("{builder:?} {builder:#?}").contains(SECRET));
    let hidden_in = [
        Memory::json(500, format!(r#"{{"message":5,"code":"{SECRET}"}}"#)),
        Memory::json(200, format!(r#""{SECRET}""#)),
        Memory::json(200, format!(r#"[{{"id":["{SECRET}"]}}]"#)),
        Memory::json(200, format!(r#"[{{"id":{SECRET}}}]"#)),
        Memory::with_headers(200, &[("content-type", "text/html"), ("set-cookie", SECRET)], SECRET),
        Memory::json(418, SECRET),
        Memory::failing(TransportErrorKind::Connect),
    ];
    for memory in hidden_in {
        let client = builder.clone().transport(memory.clone()).build().unwrap();
        let call = client.subscriptions().list().with_header("X-Other", SECRET);
        assert!(!format!("{client:?} {call:?}").contains(SECRET));
        let error = ready(call).unwrap_err();
        let mut shown = format!("{error} {error:?} {error:#?}");
        let mut source = error.source();
        while let Some(cause) = source {
            shown += &format!("{cause} {cause:?}");
            source = cause.source();
        }
        let sent = memory.sent();
        shown += &format!("{sent:?} {:?}", sent.headers);
        let any = Error::from(error);
        shown += &format!("{any} {any:?}");
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(!shown.lines().next().unwrap().is_empty());
    }
}

#[test]
fn futures_may_be_sent_to_other_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let memory = Memory::json(200, "[]");
    let client = client(&memory);
    let future = is_send(client.subscriptions().list().into_future());
    drop(is_send(client.subscriptions().list().with_response()));
    drop(is_send(async {
        let hooks = client.subscriptions().list().await?;
        let id = hooks.first().map_or_else(|| SubscriptionId::from("1"), |hook| hook.id.clone());
        client.subscriptions().get(id).await?;
        Ok::<(), Error>(())
    }));
    let thread = std::thread::spawn(|| ready(future));
    assert!(thread.join().unwrap().unwrap().is_empty());
}

/// A body that was sent may be large, and so may the answer: one makes room for the other.
#[test]
fn what_was_sent_is_freed_before_the_answer_is_read() {
    static THERE: AtomicUsize = AtomicUsize::new(0);
    struct Large;
    impl Large {
        fn new() -> Self {
            THERE.fetch_add(1, Ordering::Relaxed);
            Self
        }
    }
    impl Drop for Large {
        fn drop(&mut self) {
            THERE.fetch_sub(1, Ordering::Relaxed);
        }
    }
    impl Request for Large {
        type Provider = sample::Punt;
        type Output = usize;
        type Error = Infallible;
        const METHOD: Method = Method::get("large", "/large");
        fn decode(_: &Answer<'_>) -> Result<usize, DecodeError> {
            Ok(THERE.load(Ordering::Relaxed))
        }
    }
    let memory = Memory::json(200, "[]");
    assert_eq!(ready(client(&memory).call(Large::new())).unwrap(), 0);
    assert_eq!(*ready(client(&memory).call(Large::new()).with_response()).unwrap().body(), 0);
    assert_eq!(blocking(&memory).call(Large::new()).send().unwrap(), 0);
}

/// A call is sent once, however often somebody polls what it was.
#[test]
fn a_call_that_has_ended_is_not_sent_again() {
    let memory = Memory::json(200, "[]");
    let mut call = client(&memory).subscriptions().list().into_future();
    let mut poll = || Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(poll(), Poll::Ready(Ok(hooks)) if hooks.is_empty()));
    assert!(poll().is_pending());
    assert_eq!(memory.count(), 1);
}

/// A hook that panics has perhaps been told of an answer: to go on would be another call.
#[test]
fn a_call_in_which_a_hook_has_panicked_is_not_sent_again() {
    struct Panics;
    impl Middleware for Panics {
        fn after(&self, _: &Attempted<'_>) {
            panic!("a test");
        }
    }
    struct Later(Memory);
    impl Transport for Later {
        fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
            let (answer, mut polled) = (self.0.send(outgoing), false);
            Box::pin(async move {
                let mut wait = || {
                    if std::mem::replace(&mut polled, true) {
                        Poll::Ready(())
                    } else {
                        Poll::Pending
                    }
                };
                poll_fn(|_| wait()).await;
                answer.await
            })
        }
    }
    for later in [false, true] {
        let memory = Memory::json(200, "[]");
        let builder = sample::builder().bearer("t").middleware(Panics);
        let builder = if later {
            builder.transport(Later(memory.clone()))
        } else {
            builder.transport(memory.clone())
        };
        let mut call = builder.build().unwrap().subscriptions().list().into_future();
        let mut poll = || Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop()));
        if later {
            assert!(poll().is_pending());
        }
        assert!(catch_unwind(AssertUnwindSafe(&mut poll)).is_err());
        assert!(poll().is_pending());
        assert_eq!(memory.count(), 1);
    }
}
