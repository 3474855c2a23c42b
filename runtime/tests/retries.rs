//! Calls that are sent again, by both kinds of client, on a clock that nobody waits for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{
    Answer, AuthScheme, Blocking, Builder, Call, CallError, Client, Clock, DecodeError, ErrorKind,
    Method, Provider, RateLimitHeaders, Request, Reset, Response, Retry, Server,
    TransportErrorKind,
};
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use support::{Memory, Said, Script, ready};

const SECOND: Duration = Duration::from_secs(1);
const OK: Said<'_> = Said::Answers(200, &[], "fine");
const BUSY: Said<'_> = Said::Answers(503, &[], "busy");
const BROKEN: Said<'_> = Said::Fails(TransportErrorKind::Other);
const NO_SERVER: Said<'_> = Said::Fails(TransportErrorKind::Connect);

struct Sample;

impl Provider for Sample {
    const NAME: &'static str = "sample";
    const SERVERS: &'static [Server] = &[Server { name: "main", url: "https://example.com" }];
    const AUTH: &'static [AuthScheme] = &[];
    const HEADERS: &'static [(&'static str, &'static str)] = &[("Api-Version", "3")];
    const RATE_LIMIT: RateLimitHeaders = RateLimitHeaders {
        limit: Some("RateLimit-Limit"),
        reset: Some("RateLimit-Reset"),
        ..RateLimitHeaders::NONE
    };
}

macro_rules! request {
    ($name:ident, $method:expr) => {
        #[derive(Clone)]
        struct $name;

        impl Request for $name {
            type Provider = Sample;
            type Output = String;
            type Error = Infallible;

            const METHOD: Method = $method;

            fn decode(answer: &Answer<'_>) -> Result<String, DecodeError> {
                answer.text()
            }
        }
    };
}

request!(Read, Method::get("sample.read", "/read"));
request!(Write, Method::post("sample.write", "/write"));
request!(Picky, Method::get("sample.picky", "/picky").retry_on(&[404]));
request!(Keyed, Method::post("sample.keyed", "/keyed").idempotency_key("Idempotency-Key"));

type Outcome = Result<Response<String>, CallError<Infallible>>;

fn builder(script: &Script) -> Builder<Sample> {
    let mut builder = Builder::default();
    builder.transport(script.clone());
    builder.blocking_transport(script.clone());
    builder.clock(script.clone());
    builder
}

/// What both kinds of client make of the script, which has to be the same.
fn outcome<R: Request<Output = String, Error = Infallible> + Clone>(
    answers: &[Said<'_>],
    request: R,
    set: impl Fn(&mut Builder<Sample>),
) -> (Outcome, Script) {
    let awaited = Script::new(answers.iter().copied());
    let mut settings = builder(&awaited);
    set(&mut settings);
    let client = settings.build().unwrap();
    let result = ready(Box::pin(Call::new(&client, request.clone()).send()));

    let blocked = Script::new(answers.iter().copied());
    let mut settings = builder(&blocked);
    set(&mut settings);
    let client: Client<Blocking> = settings.build_blocking().unwrap();
    let other = Call::new(&client, request).send();

    assert_eq!(awaited.targets(), blocked.targets());
    assert_eq!(awaited.waits(), blocked.waits());
    assert_eq!(awaited.left(), blocked.left());
    assert_eq!(format!("{result:?}"), format!("{other:?}"));
    (result, awaited)
}

fn usual(_: &mut Builder<Sample>) {}

#[test]
fn a_call_is_sent_until_it_succeeds() {
    let (result, script) = outcome(&[BUSY, BROKEN, OK], Read, usual);
    let response = result.unwrap();
    assert_eq!((response.attempts(), response.into_body()), (3, "fine".to_owned()));
    assert_eq!(script.waits(), [SECOND / 4, SECOND / 2]);
    assert_eq!(script.sent()[0].headers["api-version"], "3");
}

#[test]
fn the_last_failure_is_what_a_call_fails_with() {
    let (result, script) = outcome(&[BROKEN, BROKEN, BUSY, OK], Read, usual);
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), script.left()), (ErrorKind::Status, 3, 1));
    assert_eq!(
        error.to_string(),
        "sample.read: 503 Service Unavailable, which is not declared (`body_excerpt` has the answer) [attempt 3]"
    );
    let (result, _) = outcome(&[OK], Read, usual);
    assert_eq!(result.unwrap().attempts(), 1);
}

#[test]
fn what_may_act_twice_is_not_sent_twice() {
    for said in [BUSY, BROKEN, Said::Fails(TransportErrorKind::Timeout)] {
        let (result, script) = outcome(&[said, OK], Write, usual);
        assert_eq!((result.unwrap_err().attempts(), script.left()), (1, 1));
    }
    let (result, _) = outcome(&[NO_SERVER, OK], Write, usual);
    assert_eq!(result.unwrap().attempts(), 2);
}

#[test]
fn a_key_is_kept_across_attempts() {
    let (result, script) = outcome(&[BUSY, BROKEN, OK], Keyed, usual);
    assert_eq!(result.unwrap().attempts(), 3);
    let sent = script.sent();
    let keys: Vec<_> = sent.iter().map(|sent| sent.headers["idempotency-key"].clone()).collect();
    assert!(keys.iter().all(|key| *key == keys[0] && key.len() == 36), "{keys:?}");

    let script = Script::new([OK]);
    let client = builder(&script).build().unwrap();
    let call = Call::new(&client, Keyed).with_header("Idempotency-Key", "mine");
    ready(Box::pin(call.send())).unwrap();
    assert_eq!(script.sent()[0].headers["idempotency-key"], "mine");
}

#[test]
fn every_call_has_a_key_of_its_own() {
    let memory = Memory::with_headers(200, &[], "fine");
    let mut builder = Builder::<Sample>::default();
    builder.blocking_transport(memory.clone());
    let client = builder.build_blocking().unwrap();
    let key = || {
        Call::new(&client, Keyed).send().unwrap();
        memory.sent().headers["idempotency-key"].clone()
    };
    assert_ne!(key(), key());
}

/// A transport around the built-in one that does not hand on its `timer` would lose all retries in silence.
#[test]
fn a_transport_that_cannot_wait_says_so() {
    const SAID: &str = "[not sent again: the transport has no `timer`]";
    fn text<R: Request<Provider = Sample> + 'static>(
        memory: &Memory,
        request: R,
        set: impl Fn(&mut Builder<Sample>),
    ) -> String {
        let mut builder = Builder::<Sample>::default();
        builder.transport(memory.clone());
        set(&mut builder);
        let client = builder.build().unwrap();
        let error = ready(Box::pin(Call::new(&client, request).send())).err().unwrap();
        assert_eq!((memory.count(), error.attempts()), (1, 1));
        error.to_string()
    }
    let busy = || Memory::with_headers(503, &[], "busy");
    let unreachable = || Memory::failing(TransportErrorKind::Connect);
    assert!(text(&busy(), Read, usual).ends_with(SAID));
    assert!(text(&unreachable(), Write, usual).ends_with(SAID));
    // Nothing is said where it would have been sent once all the same.
    let gone = Memory::with_headers(404, &[], "gone");
    for silent in [
        text(&gone, Read, usual),
        text(&busy(), Write, usual),
        text(&busy(), Read, |builder| builder.retry(Retry::none())),
    ] {
        assert!(!silent.contains(SAID), "{silent}");
    }
}

#[test]
fn statuses_of_the_specification_replace_the_usual_ones() {
    let (result, _) = outcome(&[Said::Answers(404, &[], ""), OK], Picky, usual);
    assert_eq!(result.unwrap().attempts(), 2);
    let (result, _) = outcome(&[BUSY, OK], Picky, usual);
    assert_eq!(result.unwrap_err().attempts(), 1);
}

#[test]
fn the_service_says_how_long_to_wait() {
    let limited = |headers| outcome(&[Said::Answers(429, headers, ""), OK], Read, usual);
    for (headers, wait) in [
        (&[("Retry-After", "7"), ("RateLimit-Reset", "9")][..], SECOND * 7),
        (&[("RateLimit-Reset", "9")], SECOND * 9),
        (&[("RateLimit-Reset", "1700000005")], SECOND * 5),
        (
            &[
                ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                ("Retry-After", "Sun, 06 Nov 1994 08:49:39 GMT"),
            ],
            SECOND * 2,
        ),
    ] {
        let (result, script) = limited(headers);
        assert_eq!(result.unwrap().attempts(), 2);
        assert_eq!(script.waits(), [wait]);
    }
    let headers = [("Retry-After", "3600"), ("RateLimit-Limit", "10")];
    let (result, script) = limited(&headers);
    let limit = result.unwrap_err().rate_limit().unwrap();
    assert!(limit.exceeded && limit.limit == Some(10) && script.waits().is_empty());
    let fine = [Said::Answers(200, &[("RateLimit-Reset", "3")], "")];
    let limit = outcome(&fine, Read, usual).0.unwrap().rate_limit().unwrap();
    assert_eq!((limit.exceeded, limit.reset), (false, Some(Reset::After(SECOND * 3))));
}

#[test]
fn a_call_ends_in_its_time() {
    let slow = |timeout: u64, attempt: Option<u64>| {
        let mut script = Script::new([BROKEN, BROKEN, BROKEN, BROKEN]);
        script.takes = SECOND * 2;
        let mut settings = builder(&script);
        settings.timeout(Duration::from_secs(timeout));
        settings.retry(Retry::default().attempts(4).delay(SECOND * 2, SECOND * 2));
        if let Some(attempt) = attempt {
            settings.attempt_timeout(Duration::from_secs(attempt));
        }
        let result = Call::new(&settings.build_blocking().unwrap(), Read).send();
        let limits: Vec<u64> =
            script.sent().iter().map(|sent| sent.timeout.unwrap().as_secs()).collect();
        (result.unwrap_err().attempts(), limits)
    };
    // Two seconds an attempt and one of waiting after each.
    assert_eq!(slow(100, None), (4, vec![100, 97, 94, 91]));
    assert_eq!(slow(7, None), (3, vec![7, 4, 1]));
    assert_eq!(slow(3, None), (1, vec![3]));
    assert_eq!(slow(7, Some(2)), (3, vec![2, 2, 1]));
}

#[test]
fn out_of_time_is_said_of_what_ran_out() {
    let timeout = [Said::Fails(TransportErrorKind::Timeout)];
    let set = |whole: u64, attempt: u64| {
        move |builder: &mut Builder<Sample>| {
            builder.timeout(Duration::from_secs(whole));
            builder.attempt_timeout(Duration::from_secs(attempt));
            builder.retry(Retry::none());
        }
    };
    let text =
        |whole, attempt| outcome(&timeout, Read, set(whole, attempt)).0.unwrap_err().to_string();
    assert_eq!(text(9, 5), "sample.read: no whole answer within 5s");
    assert_eq!(text(9, 20), "sample.read: no whole answer within 9s");
}

/// Clocks of a machine may be set back at any time, and those of an app may be wrong.
#[test]
fn a_clock_that_goes_back_does_no_harm() {
    struct Back(AtomicU64);
    impl Back {
        fn next(&self) -> Duration {
            SECOND * u32::try_from(self.0.fetch_sub(7, Ordering::Relaxed)).unwrap()
        }
    }
    impl Clock for Back {
        fn now(&self) -> Duration {
            self.next()
        }
        fn unix(&self) -> Duration {
            self.next()
        }
        fn random(&self) -> u64 {
            u64::MAX
        }
    }
    let dated = Said::Answers(503, &[("Retry-After", "Thu, 01 Jan 1970 02:46:40 GMT")], "");
    let script = Script::new([BUSY, dated, OK]);
    let mut settings = Builder::<Sample>::default();
    settings.blocking_transport(script.clone());
    settings.clock(Back(AtomicU64::new(10_000)));
    settings.timeout(SECOND * 600);
    settings.retry(Retry::default().total(SECOND * 600));
    let client = settings.build_blocking().unwrap();
    let answer = Call::new(&client, Read).send().unwrap();
    assert_eq!(answer.attempts(), 3);
    // A date is waited for by the clock as it stands.
    let waits = script.waits();
    assert!(waits[1] > SECOND && waits[1] < SECOND * 100, "{waits:?}");
    // No attempt has more time than the call.
    assert!(script.sent().iter().all(|sent| sent.timeout <= Some(SECOND * 600)));
}

/// Transports measure time by clocks of their own, which may be ahead.
#[test]
fn what_took_all_the_time_of_a_call_is_the_end() {
    let timeout = Said::Fails(TransportErrorKind::Timeout);
    let attempts = |whole: u64, attempt: u64| {
        let (result, script) = outcome(&[timeout, timeout, OK], Read, |builder| {
            builder.timeout(Duration::from_secs(whole));
            builder.attempt_timeout(Duration::from_secs(attempt));
        });
        (result.map_or_else(|error| error.attempts(), |answer| answer.attempts()), script.left())
    };
    assert_eq!(attempts(9, 20), (1, 2));
    assert_eq!(attempts(9, 5), (3, 0));
}

/// Whoever says nothing waits a minute for an attempt, and not for ever.
#[test]
fn without_a_limit_there_is_one() {
    let limit = |set: &dyn Fn(&mut Builder<Sample>)| {
        let script = Script::new([OK]);
        let mut settings = builder(&script);
        set(&mut settings);
        Call::new(&settings.build_blocking().unwrap(), Read).send().unwrap();
        script.sent()[0].timeout
    };
    assert_eq!(limit(&|_| ()), Some(SECOND * 60));
    assert_eq!(limit(&|builder| builder.timeout(SECOND * 300)), Some(SECOND * 300));
    assert_eq!(limit(&|builder| builder.attempt_timeout(SECOND * 300)), Some(SECOND * 300));
    assert_eq!(limit(&|builder| builder.attempt_timeout(Duration::MAX)), None);
    let timeout = [Said::Fails(TransportErrorKind::Timeout)];
    let (result, ..) = outcome(&timeout, Write, usual);
    assert_eq!(result.unwrap_err().to_string(), "sample.write: no whole answer within 60s");
}

#[test]
fn a_call_has_settings_of_its_own() {
    let script = Script::new([BUSY, BUSY, OK]);
    let client = builder(&script).build().unwrap();
    let call = Call::new(&client, Read).with_retry(Retry::none());
    assert_eq!(ready(Box::pin(call.send())).unwrap_err().attempts(), 1);
    let call = Call::new(&client, Read)
        .with_retry(Retry::default().attempts(2))
        .with_attempt_timeout(SECOND);
    assert_eq!(ready(Box::pin(call.send())).unwrap().attempts(), 2);
    assert_eq!(script.sent()[2].timeout, Some(SECOND));
}

#[test]
fn an_outage_is_not_made_worse() {
    let script = Script::new([BUSY; 6]);
    let mut settings = builder(&script);
    settings.retry(Retry::default().budget(3));
    let client = settings.build_blocking().unwrap();
    let attempts = || Call::new(&client, Read).send().unwrap_err().attempts();
    assert_eq!((attempts(), attempts(), attempts()), (3, 2, 1));
}

#[test]
fn without_a_timer_nothing_is_sent_again() {
    let memory = Memory::with_headers(503, &[], "");
    let mut builder = Builder::<Sample>::default();
    builder.transport(memory.clone());
    let client = builder.build().unwrap();
    assert_eq!(ready(Box::pin(Call::new(&client, Read).send())).unwrap_err().attempts(), 1);
    assert_eq!(memory.count(), 1);
}
