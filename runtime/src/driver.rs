//! What brings a call forward, as a future and on the thread of the caller.

use crate::client::{Async, Blocking, Client};
use crate::encoder::Encoder;
use crate::exchange::{Attempts, Encode, End, Event, Exchange, Outcome, Step, Wait};
use crate::method::Method;
use crate::oauth::{Asked, BoxError, Token};
use crate::options::Options;
use crate::request::Request;
use crate::transport::apart::Alarm;
use crate::transport::{
    BlockingTransport, BoxFuture, Incoming, Outgoing, Timer, Transport, TransportError,
    TransportErrorKind,
};
use std::borrow::Borrow;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

/// How far a call has come.
#[expect(clippy::large_enum_variant, reason = "a box would be one more allocation for every call")]
pub(crate) enum State {
    /// Until it is polled for the first time, nothing more than this: its time has not begun.
    Before(Before),
    Under(Driver),
    Over,
}

/// What sends a call that has not begun.
pub(crate) struct Before {
    client: Client<Async>,
    options: Options,
    /// In place of that of the client.
    transport: Option<Arc<dyn Transport>>,
}

impl State {
    /// Of a call that has not begun.
    pub(crate) fn new(client: Client<Async>, options: Options) -> Self {
        Self::Before(Before { client, options, transport: None })
    }

    /// The same, by another transport than that of the client.
    pub(crate) fn over(
        client: Client<Async>,
        options: Options,
        transport: Arc<dyn Transport>,
    ) -> Self {
        Self::Before(Before { client, options, transport: Some(transport) })
    }

    fn poll<R: Request>(&mut self, cx: &mut Context<'_>, request: &R) -> Poll<End> {
        if matches!(self, Self::Before(_))
            && let Self::Before(before) = std::mem::replace(self, Self::Over)
        {
            *self = Self::Under(Driver::new(before, const { &R::METHOD }));
        }
        let Self::Under(driver) = self else { return Poll::Pending };
        #[cfg(feature = "tracing")]
        let _entered = driver.attempts.span().clone().entered();
        driver.poll(cx, &|encoder: &mut Encoder<'_>| request.encode(encoder))
    }

    /// The result of a call that has ended.
    fn end<R: Request>(&mut self, end: End, media: Option<&'static str>) -> Option<Outcome<R>> {
        let Self::Under(driver) = self else { return None };
        #[cfg(feature = "tracing")]
        let _entered = driver.attempts.span().clone().entered();
        let outcome = Exchange::<R, _>::new(media, &mut driver.attempts).end(end);
        *self = Self::Over;
        Some(outcome)
    }
}

/// A request on its way: the request itself, or a reference to it.
pub(crate) struct Sending<B> {
    /// Until it is answered: what was sent makes room for what came.
    request: Option<B>,
    state: State,
}

impl<B> Sending<B> {
    pub(crate) fn new(request: B, state: State) -> Self {
        Self { request: Some(request), state }
    }

    pub(crate) fn request(&self) -> Option<&B> {
        self.request.as_ref()
    }

    /// Nothing comes any more of a call that was at its end: polled once more, it would be another one.
    pub(crate) fn poll<R: Request>(&mut self, cx: &mut Context<'_>) -> Poll<Outcome<R>>
    where
        B: Borrow<R>,
    {
        let Some(request) = &self.request else { return Poll::Pending };
        let end = ready!(self.state.poll::<R>(cx, request.borrow()));
        let media = Borrow::<R>::borrow(request).media();
        self.request = None;
        self.state.end::<R>(end, media).map_or(Poll::Pending, Poll::Ready)
    }
}

/// Does what a call says is to be done next, until it is at its end. Not generic, so that it is compiled once
/// however many requests there are.
pub(crate) struct Driver {
    /// Whether it has ended, or a hook or a transport has panicked: going on would be another call.
    over: bool,
    /// Dropped first: what is sent ends before anybody is told that the call has.
    waits_for: Option<Pending>,
    attempts: Attempts<Async>,
    /// In place of that of the client.
    transport: Option<Arc<dyn Transport>>,
}

impl Driver {
    fn new(before: Before, method: &'static Method) -> Self {
        let Before { client, options, transport } = before;
        let can_wait = transport.as_ref().unwrap_or(client.transport()).timer().is_some();
        let attempts = Attempts::new(client, method, options, can_wait);
        Self { over: false, waits_for: None, attempts, transport }
    }

    fn poll(&mut self, cx: &mut Context<'_>, encode: Encode<'_>) -> Poll<End> {
        if std::mem::replace(&mut self.over, true) {
            return Poll::Pending;
        }
        let mut event = match &mut self.waits_for {
            Some(pending) => match pending.poll(cx) {
                Poll::Ready(event) => event,
                Poll::Pending => {
                    self.over = false;
                    return Poll::Pending;
                }
            },
            None => Event::Ready,
        };
        // What has given its answer has nothing to hold while hooks run and more is sent.
        self.waits_for = None;
        loop {
            let step = self.attempts.next(event, encode);
            let client = self.attempts.client();
            let transport = self.transport.as_ref().unwrap_or(client.transport());
            let mut pending = match step {
                Step::End(end) => return Poll::Ready(end),
                Step::Send(outgoing) => Pending::Answer(answer(transport, outgoing, client)),
                Step::Wait(wait) => {
                    let waited = waited(Arc::clone(transport), wait);
                    self.attempts.waits();
                    Pending::Event(waited)
                }
            };
            let Poll::Ready(happened) = pending.poll(cx) else {
                (self.waits_for, self.over) = (Some(pending), false);
                self.attempts.waits();
                return Poll::Pending;
            };
            event = happened;
        }
    }
}

/// What ends with a call that is dropped belongs to it as well.
#[cfg(feature = "tracing")]
impl Drop for Driver {
    fn drop(&mut self) {
        let _entered = self.attempts.span().clone().entered();
        self.waits_for = None;
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
    client: &Client<Async>,
) -> BoxFuture<'static, Result<Incoming, TransportError>> {
    if outgoing.streaming.is_none() || transport.streams() {
        return transport.send(outgoing);
    }
    let (transport, client) = (Arc::clone(transport), client.clone());
    Box::pin(async move {
        let limit = outgoing.timeout;
        let alarm = Alarm::in_place_of(transport.timer());
        let clock = &*client.core().clock;
        let ready = within(outgoing.make_ready_apart(clock), alarm.timer(), limit).await;
        ready.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout)))?;
        transport.send(outgoing).await
    })
}

/// Sends on this thread.
pub(crate) fn send<R: Request>(
    client: Client<Blocking>,
    request: impl Borrow<R>,
    options: Options,
    transport: &dyn BlockingTransport,
) -> Outcome<R> {
    let mut attempts = Attempts::new(client, const { &R::METHOD }, options, true);
    #[cfg(feature = "tracing")]
    let _entered = attempts.span().clone().entered();
    let encode = |encoder: &mut Encoder<'_>| request.borrow().encode(encoder);
    let end = drive(&mut attempts, transport, &encode);
    let media = Borrow::<R>::borrow(&request).media();
    // What was sent makes room for what came.
    drop(request);
    Exchange::<R, _>::new(media, &mut attempts).end(end)
}

/// As [`Driver`], on this thread.
fn drive(
    attempts: &mut Attempts<Blocking>,
    transport: &dyn BlockingTransport,
    encode: Encode<'_>,
) -> End {
    let mut event = Event::Ready;
    attempts.waits();
    loop {
        event = match attempts.next(event, encode) {
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
