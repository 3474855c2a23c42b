//! Credentials on their way into requests, over a transport in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(unused_macros, reason = "each test uses a part")]
mod sample;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
mod support;

use clientwright_runtime::{ErrorKind, Outgoing};
use sample::subscriptions::Guarded;
use support::{Memory, ready};

const SECRET: &str = "hunter2-very-secret";

/// What a call of `request` sends with these keys.
fn sent(keys: &[(usize, &str)], request: Guarded) -> Outgoing {
    let memory = Memory::json(200, "[]");
    let mut builder = sample::builder();
    for (scheme, key) in keys {
        builder = builder.key(*scheme, *key);
    }
    let client = builder.transport(memory.clone()).build().unwrap();
    ready(client.call(request)).unwrap();
    memory.sent()
}

#[test]
fn keys_travel_where_the_scheme_says() {
    let header = sent(&[(2, SECRET)], Guarded::default());
    assert_eq!(header.headers["x-api-key"], SECRET);
    assert!(header.headers["x-api-key"].is_sensitive());
    assert_eq!(header.target(), "/api/guarded");

    let query = sent(&[(3, "a&b c/é")], Guarded::default());
    assert_eq!(query.target(), "/api/guarded?api%20key=a%26b%20c%2F%C3%A9");
    let query = sent(&[(3, "k")], Guarded { page: Some(2), cookie: None });
    assert_eq!(query.target(), "/api/guarded?page=2&api%20key=k");

    let cookie = sent(&[(4, SECRET)], Guarded::default());
    assert_eq!(cookie.headers["cookie"], format!("ss-id={SECRET}"));
    assert!(cookie.headers["cookie"].is_sensitive());
    let cookie = sent(&[(4, "k")], Guarded { page: None, cookie: Some("theme=dark".to_owned()) });
    assert_eq!(cookie.headers["cookie"], "theme=dark; ss-id=k");
    assert_eq!(cookie.headers.get_all("cookie").iter().count(), 1);
}

#[test]
fn several_are_sent_together() {
    let all = sent(&[(2, "a"), (3, "b"), (4, "c"), (5, "d")], Guarded::default());
    assert_eq!(all.headers["x-api-key"], "a");
    assert_eq!(all.target(), "/api/guarded?api%20key=b");
    assert_eq!(all.headers["cookie"], "ss-id=c; ss-pid=d");
    // The set is not whole, so that the next alternative is the one.
    let one = sent(&[(3, "b"), (2, "a")], Guarded::default());
    assert_eq!(one.headers["x-api-key"], "a");
    assert_eq!(one.target(), "/api/guarded");
}

#[test]
fn keys_that_cannot_be_sent() {
    let failed = |scheme, key: &str| {
        let builder = sample::builder().key(scheme, key).transport(Memory::json(200, "[]"));
        let error = builder.build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET));
        error.to_string()
    };
    let bad = format!("{SECRET}\r\n");
    for (scheme, key, why) in [
        (2, "", "given to `key` cannot be sent: the key is empty"),
        (2, &*bad, "no header may have"),
        (4, &*bad, "given to `cookie` cannot be sent: it holds characters that no cookie"),
        (4, "a;b", "no cookie may have"),
        (4, "a b", "no cookie may have"),
        (0, "a", "of another scheme"),
    ] {
        let error = failed(scheme, key);
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let memory = Memory::json(200, "[]");
    let client = sample::builder().key(5, "d").transport(memory.clone()).build().unwrap();
    let error = ready(client.call(Guarded::default())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let text = error.to_string();
    assert!(
        text.contains(
            "`key(…)` with `query_key(…)` with `cookie(…)` with `other_cookie(…)`, `key(…)`"
        ),
        "{text}"
    );
    assert_eq!(memory.count(), 0);
}

#[test]
fn keys_are_never_shown() {
    let memory = Memory::json(418, "no");
    let keys = [2, 3, 4, 5];
    let builder = keys.iter().fold(sample::builder(), |builder, &key| builder.key(key, SECRET));
    let builder = builder.transport(memory.clone());
    let mut shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let call = client.call(Guarded::default());
    shown += &format!("{client:?} {call:?}");
    let error = ready(call).unwrap_err();
    let sent = memory.sent();
    shown += &format!("{error} {error:?} {sent:?} {:?}", sent.headers);
    assert!(sent.url.contains(SECRET));
    assert!(!shown.contains(SECRET), "{shown}");
}
