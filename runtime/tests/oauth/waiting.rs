//! Calls that wait for the one that renews their token.

use super::*;

/// Answers only when it is told to.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) script: Script,
    pub(super) open: Arc<Mutex<(bool, Vec<Waker>)>>,
}

impl Held {
    pub(super) fn open(&self) {
        let mut open = self.open.lock().unwrap();
        open.0 = true;
        open.1.drain(..).for_each(Waker::wake);
    }
}

impl Transport for Held {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let held = self.clone();
        Box::pin(async move {
            std::future::poll_fn(|cx| {
                let mut open = held.open.lock().unwrap();
                if open.0 {
                    return Poll::Ready(());
                }
                open.1.push(cx.waker().clone());
                Poll::Pending
            })
            .await;
            Transport::send(&held.script, outgoing).await
        })
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(self)
    }
}

/// Time goes by only when it is told to, too.
impl Timer for Held {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

fn held(answers: Vec<Said<'static>>) -> (Held, Client) {
    let held = Held { script: Script::new(answers), open: Arc::default() };
    let mut builder = builder();
    builder.clock(held.script.clone());
    builder.transport(held.clone());
    builder.retry(Retry::none());
    (held, builder.build().unwrap())
}

#[test]
fn one_call_renews_and_the_others_wait() {
    let (held, client) = held(vec![token(FIRST), OK, OK, OK]);
    let mut calls: Vec<_> = (0..3).map(|_| call::<APP, Async>(&client).into_future()).collect();
    let mut cx = Context::from_waker(Waker::noop());
    for call in &mut calls {
        assert!(Pin::new(&mut *call).poll(&mut cx).is_pending());
    }
    held.open();
    for call in &mut calls {
        assert!(matches!(Pin::new(&mut *call).poll(&mut cx), Poll::Ready(Ok(_))));
    }
    assert_eq!(authorizations(&held.script)[1..], ["Bearer t1"; 3]);
}

#[test]
fn a_call_that_is_dropped_gives_up_its_turn() {
    let (held, client) = held(vec![token(FIRST), OK]);
    let mut cx = Context::from_waker(Waker::noop());
    let mut first = Some(call::<APP, Async>(&client).into_future());
    let mut second = pin!(call::<APP, Async>(&client).into_future());
    assert!(Pin::new(first.as_mut().unwrap()).poll(&mut cx).is_pending());
    assert!(second.as_mut().poll(&mut cx).is_pending());
    first = None;
    assert!(first.is_none());
    held.open();
    assert!(matches!(second.as_mut().poll(&mut cx), Poll::Ready(Ok(_))));
}

/// All of them may be made again where that is so of the first.
#[test]
fn those_who_wait_do_not_try_what_has_just_failed() {
    for (status, again) in [(400, false), (503, true)] {
        let (held, client) = held(vec![Said::Answers(status, JSON, "{}"), token(FIRST), OK]);
        let mut calls: Vec<_> = (0..2).map(|_| call::<APP, Async>(&client).into_future()).collect();
        let mut cx = Context::from_waker(Waker::noop());
        for call in &mut calls {
            assert!(Pin::new(&mut *call).poll(&mut cx).is_pending());
        }
        held.open();
        for call in &mut calls {
            let Poll::Ready(Err(error)) = Pin::new(&mut *call).poll(&mut cx) else {
                panic!("no error")
            };
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Auth, again), "{error}");
        }
        // A later call does.
        ready(call::<APP, Async>(&client)).unwrap();
    }
}

#[test]
fn blocking_calls_wait_for_each_other() {
    let script = Script::new([token(FIRST), OK, OK, OK, OK, OK, OK, OK, OK]);
    let client = blocking(&script, builder());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| call::<APP, _>(&client).send().unwrap());
        }
    });
    assert_eq!(script.left(), 0);
}
