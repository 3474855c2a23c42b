//! A transaction is committed, abandoned or reported, and is never lost by a commit that fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::transactions::exports;
use clientwright_behaviour::transactions::models::ExportId;
use clientwright_behaviour::transactions::{self, Builder, Client, Error};
use clientwright_runtime::{
    BoxFuture, CallMetrics, Incoming, Metrics, Outgoing, Retry, Timer, Transport, TransportError,
    TransportErrorKind, Uncommitted,
};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;
use support::{Said, Script, ready};

const EXPORT: Said<'_> = Said::Answers(200, &[], r#"{"meta":{"id":"e-7","size":2}}"#);
const BATCH: Said<'_> = Said::Answers(201, &[], r#"{"number":7}"#);
const LOT: Said<'_> = Said::Answers(200, &[], r#"{"lot":"l-1"}"#);
const NOTHING_IN_IT: Said<'_> = Said::Answers(200, &[], "{}");
const NOTHING: Said<'_> = Said::Answers(204, &[], "");
const FINISHED: Said<'_> = Said::Answers(200, &[], r#"{"size":2}"#);
const BUSY: Said<'_> = Said::Answers(409, &[], r#"{"text":"Still written to."}"#);
const BROKEN: Said<'_> = Said::Fails(TransportErrorKind::Other);

/// The transactions that were dropped, by the methods that would have committed them.
#[derive(Clone, Default)]
struct Dropped(Arc<Mutex<Vec<&'static str>>>);

impl Metrics for Dropped {
    fn transaction_dropped(&self, commit: &'static str) {
        self.0.lock().unwrap().push(commit);
    }
}

impl Dropped {
    fn all(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn builder(script: &Script, dropped: &Dropped) -> Builder {
    let builder = transactions::builder().clock(script.clone()).metrics(dropped.clone());
    builder.transport(script.clone()).blocking_transport(script.clone())
}

fn start(answers: &[Said<'_>]) -> (Script, Dropped, Client) {
    let (script, dropped) = (Script::new(answers.iter().copied()), Dropped::default());
    let client = builder(&script, &dropped).build().unwrap();
    (script, dropped, client)
}

#[test]
fn a_transaction_fills_its_ids_in() {
    let file = Said::Answers(200, &[], "bytes");
    let names = Said::Answers(200, &[], r#"["a.csv"]"#);
    let none = Said::Answers(200, &[], "[]");
    let (script, dropped, client) = start(&[EXPORT, names, file, none, FINISHED]);
    // What is optional is set before and after, as of any call.
    let call = client.exports().create("ada").size(2).with_timeout(Duration::from_secs(5));
    let export = ready(Box::pin(call.begin())).unwrap();
    assert_eq!(export.id(), &ExportId::from("e-7"));
    let names = ready(export.list().page(1).with_retry(Retry::none())).unwrap();
    assert_eq!(ready(export.file(&names[0], "csv")).unwrap(), "bytes");
    let history: Vec<transactions::models::Transaction> = ready(export.history()).unwrap();
    assert!(history.is_empty());
    assert_eq!(ready(export.commit()).unwrap(), 2);
    assert_eq!(
        script.targets(),
        [
            "/users/ada/exports?size=2",
            "/users/ada/exports/e-7?page=1",
            "/users/ada/exports/e-7/files/a.csv?kind=csv",
            "/users/ada/exports/e-7/history",
            "/users/ada/exports/e-7",
        ]
    );
    assert_eq!(dropped.all(), [""; 0]);
}

/// The answer to a commit has a status and headers as any other; a refusal still gives the transaction back.
#[test]
fn a_commit_with_its_response() {
    let answers = [BUSY, Said::Answers(200, &[("x-request-id", "r-1")], r#"{"size":2}"#)];
    let (script, dropped, client) = start(&[answers, answers].concat());
    let failed = ready(client.exports().resume("ada", "e-7").commit().with_response()).unwrap_err();
    let answer = ready(failed.into_transaction().commit().with_response()).unwrap();
    assert_eq!((answer.status().as_u16(), answer.request_id()), (200, Some("r-1")));
    assert_eq!((answer.attempts(), answer.into_body()), (1, 2));
    assert!(dropped.all().is_empty());

    let client = builder(&script, &dropped).build_blocking().unwrap();
    let failed = client.exports().resume("ada", "e-7").commit().with_response().unwrap_err();
    let answer = failed.into_transaction().commit().with_response().unwrap();
    assert_eq!((answer.status().as_u16(), answer.request_id()), (200, Some("r-1")));
    assert_eq!(answer.into_body(), 2);
    assert!(dropped.all().is_empty());
}

/// A parameter of a method has the name of nothing else, and one of its commit comes from its like.
#[test]
fn what_is_held_comes_from_the_same_place() {
    let (script, _, client) = start(&[EXPORT, NOTHING_IN_IT, LOT, NOTHING_IN_IT, NOTHING]);
    let export = ready(Box::pin(client.exports().create("ada").begin())).unwrap();
    ready(export.pick(vec!["a".to_owned(), "b".to_owned()]).other(7)).unwrap();
    export.abandon();
    let lot = client.lots().create("acme", "asked", "said");
    let lot = ready(Box::pin(lot.begin())).unwrap();
    ready(lot.look()).unwrap();
    ready(lot.commit()).unwrap();
    let sent = script.sent();
    let targets: Vec<&str> = sent.iter().map(|sent| sent.target()).collect();
    assert_eq!(targets[1], "/users/ada/exports/e-7/pick?ids=a&ids=b&user=7");
    assert_eq!(targets[2], "/makers/acme/lots?part=asked");
    assert_eq!(targets[3..], ["/lots/l-1", "/makers/acme/lots/l-1?maker=acme"]);
    for sent in &sent[2..] {
        assert_eq!(sent.headers["part"], "said");
    }
}

#[test]
fn there_may_be_nothing_new() {
    let (_, dropped, client) = start(&[NOTHING, BATCH, NOTHING]);
    assert!(ready(Box::pin(client.transaction().create().begin())).unwrap().is_none());
    let batch = ready(Box::pin(client.transaction().create().begin())).unwrap().unwrap();
    assert_eq!(batch.id(), 7);
    ready(batch.commit()).unwrap();
    assert_eq!(dropped.all(), [""; 0]);
}

#[test]
fn a_commit_that_fails_gives_the_transaction_back() {
    let (script, dropped, client) = start(&[BUSY, BROKEN, FINISHED]);
    let export = client.exports().resume("ada", "e-7");
    let failed = ready(export.commit().map(|finish| finish.note("first"))).unwrap_err();
    let said = failed.error().service().and_then(|problem| problem.text.as_deref());
    assert_eq!(said, Some("Still written to."));
    assert_eq!(failed.to_string(), failed.error().to_string());
    let again = failed.into_transaction().commit();
    let again = again.with_retry(Retry::none()).with_header("x-try", "2");
    let failed = ready(again.with_timeout(Duration::from_secs(9))).unwrap_err();
    assert_eq!(dropped.all(), [""; 0]);
    let last = failed.into_transaction().commit().with_attempt_timeout(Duration::from_secs(1));
    assert_eq!(ready(last).unwrap(), 2);
    let sent = script.sent();
    let targets: Vec<&str> = sent.iter().map(|sent| sent.target()).collect();
    let path = "/users/ada/exports/e-7";
    assert_eq!(targets, [&format!("{path}?note=first")[..], path, path]);
    assert_eq!(sent[1].headers["x-try"], "2");
    assert_eq!(dropped.all(), [""; 0]);
}

/// Unless it is said that this is on purpose.
#[test]
fn an_error_that_is_passed_on_leaves_a_transaction_open() {
    fn finish(export: exports::Transaction) -> Result<i32, Error> {
        Ok(ready(export.commit())?)
    }
    let (_, dropped, client) = start(&[BUSY, BUSY, BUSY]);
    let error = finish(client.exports().resume("ada", "e-7")).unwrap_err();
    assert_eq!(error.status().unwrap(), 409);
    assert!(error.to_string().contains("Still written to."), "{error}");
    assert_eq!(dropped.all(), ["transactions.exports.finish"]);
    let failed = ready(client.exports().resume("ada", "e-7").commit()).unwrap_err();
    assert_eq!(failed.into_error().status().unwrap(), 409);
    assert_eq!(dropped.all(), [""; 0]);
    // One that is dropped with all that it holds is.
    let failed: Uncommitted<_, _> = ready(client.exports().resume("a", "b").commit()).unwrap_err();
    drop(failed);
    assert_eq!(dropped.all(), ["transactions.exports.finish"]);
}

#[test]
fn what_is_forgotten_is_reported() {
    let (script, dropped, client) = start(&[EXPORT, BATCH]);
    drop(ready(Box::pin(client.exports().create("ada").begin())).unwrap());
    drop(ready(Box::pin(client.transaction().create().begin())).unwrap());
    drop(client.exports().resume("ada", "e-7"));
    // A commit that nobody has awaited, and one that was never polled.
    drop(client.exports().resume("ada", "e-8").commit());
    drop(client.exports().resume("ada", "e-9").commit().into_future());
    let exports = "transactions.exports.finish";
    let expected = [exports, "transactions.transaction.commit", exports, exports, exports];
    assert_eq!(dropped.all(), expected);
    // On purpose is another matter.
    client.exports().resume("ada", "e-7").abandon();
    assert_eq!(dropped.all(), [""; 0]);
    assert_eq!(script.sent().len(), 2, "nothing is sent for it");
}

/// Takes a request, and never answers.
struct Waits;

impl Transport for Waits {
    fn send(&self, _: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        Box::pin(std::future::pending())
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(self)
    }
}

impl Timer for Waits {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// What was sent may have been done, or not: of a commit that is under way nobody knows, and what begins
/// a transaction has none yet.
#[test]
fn what_is_dropped_under_way_is_reported_if_there_is_a_transaction() {
    let dropped = Dropped::default();
    let client = builder(&Script::new([]), &dropped).transport(Waits).build().unwrap();
    let mut cx = Context::from_waker(Waker::noop());
    let mut begin = Box::pin(client.exports().create("ada").begin());
    assert!(begin.as_mut().poll(&mut cx).is_pending());
    drop(begin);
    assert_eq!(dropped.all(), [""; 0]);
    let mut commit = client.exports().resume("ada", "e-7").commit().into_future();
    assert!(commit.as_mut().poll(&mut cx).is_pending());
    assert_eq!(dropped.all(), [""; 0]);
    drop(commit);
    assert_eq!(dropped.all(), ["transactions.exports.finish"]);
}

/// An app whose metrics panic.
struct Panics;

impl Metrics for Panics {
    fn call(&self, _: &CallMetrics) {
        panic!("of a call");
    }

    fn transaction_dropped(&self, _: &'static str) {
        panic!("of a transaction");
    }
}

/// A panic while another one unwinds would end the process, and this test with it.
#[test]
fn a_panic_drops_transactions_and_calls_in_silence() {
    let builder = builder(&Script::new([]), &Dropped::default()).metrics(Panics);
    let client = builder.transport(Waits).build().unwrap();
    let caught = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let _open = client.exports().resume("ada", "e-7");
        let mut call = client.transaction().create().into_future();
        assert!(Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        panic!("of the app");
    }));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"of the app"));
    // Where nothing unwinds it is an ordinary panic.
    let dropped = || drop(client.exports().resume("ada", "e-7"));
    let caught = std::panic::catch_unwind(AssertUnwindSafe(dropped));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"of a transaction"));
}

#[test]
fn a_failure_to_begin_is_that_of_the_call() {
    let (_, dropped, client) = start(&[Said::Answers(403, &[], ""), Said::Answers(200, &[], "{}")]);
    let error = ready(Box::pin(client.exports().create("ada").begin())).unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    let error = ready(Box::pin(client.exports().create("ada").begin())).unwrap_err();
    assert_eq!(error.path(), Some("$"));
    assert_eq!(dropped.all(), [""; 0]);
}

#[test]
fn the_same_without_waiting() {
    let names = Said::Answers(200, &[], r#"["a.csv"]"#);
    let answers = [EXPORT, names, BUSY, FINISHED, NOTHING, BATCH];
    let (script, dropped) = (Script::new(answers), Dropped::default());
    let client = builder(&script, &dropped).build_blocking().unwrap();
    let export = client.exports().create("ada").size(2).begin().unwrap();
    assert_eq!(export.list().send().unwrap(), ["a.csv"]);
    let failed = export.commit().with_timeout(Duration::from_secs(1)).send().unwrap_err();
    assert_eq!(failed.error().status().unwrap(), 409);
    assert_eq!(failed.into_transaction().commit().send().unwrap(), 2);
    assert!(client.transaction().create().begin().unwrap().is_none());
    let batch = client.transaction().create().begin().unwrap().unwrap();
    assert_eq!(dropped.all(), [""; 0]);
    drop(batch);
    assert_eq!(dropped.all(), ["transactions.transaction.commit"]);
    assert_eq!(script.left(), 0);
}

/// A guard can be kept anywhere that a client can, and so can a commit that is under way.
#[test]
fn transactions_go_from_thread_to_thread() {
    fn is_send<T: Send + Sync + 'static>(_: &T) {}
    let (_, _, client) = start(&[]);
    let export = client.exports().resume("ada", "e-7");
    is_send(&export);
    let shown = format!("{export:?}");
    assert!(shown.contains("e-7") && shown.contains("transactions.exports.finish"), "{shown}");
    let commit = export.commit();
    assert!(format!("{commit:?}").starts_with("Committing"));
    fn is_sent<T: Send + 'static>(_: T) {}
    is_sent(commit.into_future());
}
