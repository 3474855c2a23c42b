//! Tokens that stores of the app keep, and those that live elsewhere.

use super::waiting::Held;
use super::*;

/// Keeps a token in memory, as a store and as a source.
#[derive(Clone, Default)]
struct Kept {
    token: Arc<Mutex<Option<Token>>>,
    asked: Arc<AtomicUsize>,
    fails: bool,
}

impl TokenStore for Kept {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(self.token.lock().unwrap().clone()) })
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            if self.fails {
                return Err("the disk is full".into());
            }
            *self.token.lock().unwrap() = Some(token.clone());
            Ok(())
        })
    }
}

impl TokenSource for Kept {
    fn token<'a>(&'a self, before: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(before.is_some(), number > 0);
        Box::pin(async move { Ok(Token::new(format!("s{number}"))) })
    }
}

#[test]
fn a_store_is_asked_first_and_told_last() {
    let kept = Kept::default();
    let with_store = |script: &Script, kept: &Kept| {
        let mut builder = builder();
        builder.token_store(APP, kept.clone());
        with(script, builder)
    };
    let script = Script::new([token(FIRST), OK]);
    get::<APP>(&with_store(&script, &kept)).unwrap();
    assert_eq!(kept.token.lock().unwrap().as_ref().unwrap().access_token(), "t1");
    // Another client, later.
    let script = Script::new([OK]);
    let client = with_store(&script, &kept);
    get::<APP>(&client).unwrap();
    // Another process has renewed it meanwhile.
    *kept.token.lock().unwrap() = Some(Token::new("t9"));
    let script = Script::new([OK, REFUSED, OK]);
    let client = {
        let mut builder = builder();
        builder.token_store(APP, kept.clone());
        blocking(&script, builder)
    };
    call::<APP, _>(&client).send().unwrap();
    *kept.token.lock().unwrap() = Some(Token::new("t10"));
    call::<APP, _>(&client).send().unwrap();
    assert_eq!(authorizations(&script), ["Bearer t9", "Bearer t9", "Bearer t10"]);

    let script = Script::new([token(FIRST), OK]);
    let client = with_store(&script, &Kept { fails: true, ..Kept::default() });
    let error = get::<APP>(&client).unwrap_err();
    assert!(error.to_string().contains("its store did not keep the new one"), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    get::<APP>(&client).unwrap();
}

#[test]
fn tokens_can_come_from_elsewhere() {
    for scheme in [BEARER, APP, USER] {
        let script = Script::new([OK, REFUSED, OK]);
        let mut builder = builder();
        builder.token_source(scheme, Kept::default());
        let client = with(&script, builder);
        let get = || match scheme {
            BEARER => get::<BEARER>(&client),
            APP => get::<APP>(&client),
            _ => get::<USER>(&client),
        };
        get().unwrap();
        get().unwrap();
        assert_eq!(authorizations(&script), ["Bearer s0", "Bearer s0", "Bearer s1"]);
    }
}

/// A store that keeps tokens only when it is told to.
#[derive(Clone, Default)]
struct Patient {
    kept: Kept,
    open: Arc<Mutex<bool>>,
    saves: Arc<Mutex<Vec<String>>>,
}

impl Patient {
    fn opened(&self, open: bool) {
        *self.open.lock().unwrap() = open;
    }

    fn saves(&self) -> Vec<String> {
        self.saves.lock().unwrap().clone()
    }
}

impl TokenStore for Patient {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        TokenStore::load(&self.kept)
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            std::future::poll_fn(|_| match *self.open.lock().unwrap() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
            .await;
            self.saves.lock().unwrap().push(token.access_token().to_owned());
            self.kept.save(token).await
        })
    }
}

/// A client whose first call was dropped while its store was about to keep the token.
fn dropped_while_saved(script: &Script, store: &Patient) -> Client {
    let mut builder = builder();
    builder.token_store(APP, store.clone());
    builder.clock(script.clone());
    // One whose limits of time end nothing.
    let held = Held { script: script.clone(), open: Arc::default() };
    held.open();
    builder.transport(held);
    let client = builder.build().unwrap();
    let mut dropped = call::<APP, Async>(&client).into_future();
    assert!(Pin::new(&mut dropped).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(dropped);
    assert_eq!((script.sent().len(), store.saves().len()), (1, 0));
    store.opened(true);
    client
}

#[test]
fn a_token_whose_call_was_dropped_is_kept_by_the_next_one() {
    let (script, store) = (Script::new([token(FIRST), OK, OK]), Patient::default());
    let client = dropped_while_saved(&script, &store);
    get::<APP>(&client).unwrap();
    get::<APP>(&client).unwrap();
    assert_eq!(store.saves(), ["t1"], "once");
    assert_eq!(authorizations(&script)[1..], ["Bearer t1", "Bearer t1"]);
}

/// Otherwise the store would answer with the token before it, which may be of no use any more.
#[test]
fn it_is_kept_before_another_one_is_asked_for() {
    let script = Script::new([token(FIRST), token(SECOND), OK]);
    let store = Patient::default();
    *store.kept.token.lock().unwrap() = Some(Token::new("t0").with_expiry(0));
    let client = dropped_while_saved(&script, &store);
    script.advance(3600);
    get::<APP>(&client).unwrap();
    assert_eq!(store.saves(), ["t1", "t2"]);
    assert_eq!(authorizations(&script)[2], "Bearer t2");
}

#[test]
fn a_store_that_cannot_keep_it_later_is_told_of_once() {
    let script = Script::new([token(FIRST), OK]);
    let kept = Kept { fails: true, ..Kept::default() };
    let store = Patient { kept, ..Patient::default() };
    let client = dropped_while_saved(&script, &store);
    let error = get::<APP>(&client).unwrap_err();
    assert!(error.to_string().contains("its store did not keep the new one"), "{error}");
    assert_eq!(get::<APP>(&client).unwrap(), "ok");
    assert_eq!(store.saves(), ["t1"]);
}

/// A source that is never ready.
struct Slow;

impl TokenSource for Slow {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_blocking_client_does_not_wait_for_futures() {
    let script = Script::new([]);
    let mut builder = builder();
    builder.token_source(BEARER, Slow);
    let error = call::<BEARER, _>(&blocking(&script, builder)).send().unwrap_err();
    assert!(error.source().unwrap().to_string().contains("ready at once"), "{error:?}");
}

/// However long a hook takes, it is part of the call.
#[test]
fn the_wait_for_a_token_counts() {
    let script = Script::new([]);
    let mut slow = builder();
    slow.token_source(BEARER, Slow);
    slow.timeout(Duration::from_secs(5));
    let client = with(&script, slow.clone());
    let error = get::<BEARER>(&client).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "api.things.get: no token for `bearer`: no whole answer within 5s"
    );
    let waited = Clock::now(&script);
    assert_eq!((waited, script.sent().len()), (Duration::from_secs(5), 0));
    // The turn was given up: the next call asks again.
    assert!(get::<BEARER>(&client).unwrap_err().is_timeout());

    slow.attempt_timeout(Duration::from_secs(2));
    let error = get::<BEARER>(&with(&script, slow)).unwrap_err();
    assert!(error.to_string().ends_with("within 2s"), "{error}");
}

/// A source that takes as long as it is told to.
struct Takes(Script, u64);

impl TokenSource for Takes {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        self.0.advance(self.1);
        Box::pin(async { Ok(Token::new("t")) })
    }
}

#[test]
fn a_token_that_took_its_time_leaves_less() {
    let script = Script::new([OK]);
    let mut settings = builder();
    settings.token_source(BEARER, Takes(script.clone(), 3));
    settings.timeout(Duration::from_secs(5));
    call::<BEARER, _>(&blocking(&script, settings.clone())).send().unwrap();
    assert_eq!(script.sent()[0].timeout, Some(Duration::from_secs(2)));

    settings.token_source(BEARER, Takes(script.clone(), 6));
    let error = call::<BEARER, _>(&blocking(&script, settings)).send().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0), "{error}");
    assert_eq!(script.sent().len(), 1, "nothing is sent when the time is over");
}
