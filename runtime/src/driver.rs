//! What brings a call forward, as a future and on the thread of the caller.

use crate::core::Core;
use crate::encoder::Encoder;
use crate::exchange::{Attempts, Draft, End, Event, Exchange, Outcome, Step, Wait};
use crate::oauth::{Asked, BoxError, Token};
use crate::options::Options;
use crate::request::Request;
use crate::transport::apart::Alarm;
use crate::transport::{
    BlockingTransport, BoxFuture, Incoming, Outgoing, Timer, Transport, TransportError,
    TransportErrorKind,
};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

/// What is sent, by the client with these settings.
pub(crate) struct Sent<'a, R> {
    pub(crate) core: &'a Arc<Core>,
    pub(crate) request: &'a R,
    pub(crate) options: &'a Options,
}

/// How far a call has come.
#[derive(Default)]
pub(crate) struct State {
    /// Nothing before it is polled for the first time: its time has not begun.
    driver: Option<Driver>,
    /// Polled once more, it would be another call.
    over: bool,
}

impl State {
    pub(crate) fn poll<R: Request>(
        &mut self,
        cx: &mut Context<'_>,
        sent: &Sent<'_, R>,
        transport: &Arc<dyn Transport>,
    ) -> Poll<Outcome<R>> {
        let Sent { core, request, options } = *sent;
        if self.over {
            return Poll::Pending;
        }
        let driver = self.driver.get_or_insert_with(|| {
            let can_wait = transport.timer().is_some();
            let attempts = Attempts::new(core, const { &R::METHOD }, options, can_wait);
            Driver { waits_for: None, attempts }
        });
        #[cfg(feature = "tracing")]
        let _entered = driver.attempts.span().clone().entered();
        let encode = |encoder: &mut Encoder<'_>| request.encode(encoder);
        let end = ready!(driver.poll(cx, transport, Draft { encode: &encode, options }));
        self.over = true;
        Poll::Ready(Exchange::new(request, &mut driver.attempts).end(end))
    }
}

/// Does what a call says is to be done next, until it is at its end. Not generic, so that it is compiled once
/// however many requests there are.
struct Driver {
    /// Dropped first: what is sent ends before anybody is told that the call has.
    waits_for: Option<Pending>,
    attempts: Attempts,
}

impl Driver {
    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        transport: &Arc<dyn Transport>,
        draft: Draft<'_>,
    ) -> Poll<End> {
        let mut event = match &mut self.waits_for {
            Some(pending) => ready!(pending.poll(cx)),
            None => Event::Ready,
        };
        loop {
            let mut pending = match self.attempts.next(event, draft) {
                Step::End(end) => {
                    self.waits_for = None;
                    return Poll::Ready(end);
                }
                Step::Send(outgoing) => {
                    Pending::Answer(answer(transport, outgoing, self.attempts.core()))
                }
                Step::Wait(wait) => Pending::Event(waited(Arc::clone(transport), wait)),
            };
            let Poll::Ready(happened) = pending.poll(cx) else {
                self.waits_for = Some(pending);
                return Poll::Pending;
            };
            event = happened;
        }
    }
}

/// What a call waits for.
enum Pending {
    Answer(BoxFuture<'static, Result<Incoming, TransportError>>),
    Event(BoxFuture<'static, Event>),
}

impl Pending {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Event> {
        match self {
            Self::Answer(answer) => answer.as_mut().poll(cx).map(Event::Answered),
            Self::Event(event) => event.as_mut().poll(cx),
        }
    }
}

/// What has happened when something was waited for.
fn waited(transport: Arc<dyn Transport>, wait: Wait) -> BoxFuture<'static, Event> {
    Box::pin(async move {
        let timer = transport.timer();
        match wait {
            Wait::Time(time) => {
                if let Some(timer) = timer {
                    timer.sleep(time).await;
                }
                Event::Ready
            }
            Wait::App(asked, limit) => {
                within(asked, timer, limit).await.map_or(Event::TimedOut, Event::Heard)
            }
            Wait::Token(keeper, limit) => {
                let freed = within(keeper.freed(), timer, limit).await;
                freed.map_or(Event::TimedOut, |()| Event::Ready)
            }
        }
    })
}

/// What a transport answers.
#[inline]
fn answer(
    transport: &Arc<dyn Transport>,
    mut outgoing: Outgoing,
    core: &Arc<Core>,
) -> BoxFuture<'static, Result<Incoming, TransportError>> {
    if outgoing.streaming.is_none() || transport.streams() {
        return transport.send(outgoing);
    }
    let (transport, core) = (Arc::clone(transport), Arc::clone(core));
    Box::pin(async move {
        let limit = outgoing.timeout;
        let alarm = Alarm::in_place_of(transport.timer());
        let ready = within(outgoing.make_ready_apart(&*core.clock), alarm.timer(), limit).await;
        ready.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout)))?;
        transport.send(outgoing).await
    })
}

/// Sends on this thread.
pub(crate) fn send<R: Request>(
    sent: &Sent<'_, R>,
    transport: &dyn BlockingTransport,
) -> Outcome<R> {
    let Sent { core, request, options } = *sent;
    let mut attempts = Attempts::new(core, const { &R::METHOD }, options, true);
    #[cfg(feature = "tracing")]
    let _entered = attempts.span().clone().entered();
    let encode = |encoder: &mut Encoder<'_>| request.encode(encoder);
    let end = drive(&mut attempts, transport, Draft { encode: &encode, options });
    Exchange::new(request, &mut attempts).end(end)
}

/// As [`Driver`], on this thread.
fn drive(attempts: &mut Attempts, transport: &dyn BlockingTransport, draft: Draft<'_>) -> End {
    let mut event = Event::Ready;
    loop {
        event = match attempts.next(event, draft) {
            Step::End(end) => return end,
            Step::Send(mut outgoing) => {
                let ready = outgoing.make_ready(transport.streams());
                Event::Answered(ready.and_then(|()| transport.send(outgoing)))
            }
            Step::Wait(Wait::Time(time)) => {
                transport.sleep(time);
                Event::Ready
            }
            Step::Wait(Wait::App(asked, _)) => Event::Heard(at_once(asked)),
            Step::Wait(Wait::Token(keeper, limit)) if keeper.wait(limit) => Event::Ready,
            Step::Wait(Wait::Token(..)) => Event::TimedOut,
        };
    }
}

/// What a future gives, unless this time is over first. Without a timer it is waited for.
pub(crate) async fn within<F: Future>(
    future: F,
    timer: Option<&dyn Timer>,
    limit: Option<Duration>,
) -> Option<F::Output> {
    let (Some(timer), Some(limit)) = (timer, limit) else { return Some(future.await) };
    let (mut future, mut over) = (pin!(future), timer.sleep(limit));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => over.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// What a hook says that has nothing to wait for; there is nothing here that could wait.
fn at_once(mut asked: Asked) -> Result<Option<Token>, BoxError> {
    match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(said) => said,
        Poll::Pending => {
            Err("it is not ready at once, as it has to be in a blocking client".into())
        }
    }
}
