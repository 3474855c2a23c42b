//! A call: a request, the client to send it with, and what is set for this once.

use crate::client::{Async, Blocking, Client, Mode};
use crate::credential::header_value;
use crate::error::CallError;
use crate::exchange::{Event, Exchange, Step};
use crate::oauth::{Asked, BoxError, Keeper, Token};
use crate::page::Paged;
use crate::pages::{Items, Pages};
use crate::param::Param;
use crate::parameter::Values;
use crate::request::{InFormat, Request};
use crate::response::Response;
use crate::retry::Retry;
use crate::sensitive::Sensitive;
use crate::transport::apart::Alarm;
use crate::transport::{
    BlockingTransport, BoxFuture, Clock, Incoming, Outgoing, Timer, Transport, TransportError,
    TransportErrorKind,
};
use http::{HeaderMap, HeaderName};
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use zeroize::Zeroizing;

/// The future of an awaited call.
pub type CallFuture<R> =
    BoxFuture<'static, Result<<R as Request>::Output, CallError<<R as Request>::Error>>>;

/// What the calls of providers are around.
#[derive(Clone)]
pub struct Call<R, M: Mode = Async> {
    client: Client<M>,
    request: R,
    options: Options,
}

/// What is set for one call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    /// When the time of several calls is over, by the clock of the client.
    pub(crate) deadline: Option<Duration>,
    pub(crate) parameters: Values,
    headers: Vec<(String, Sensitive<String>)>,
}

impl Options {
    /// Sets the headers; the error says which one cannot be sent.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) -> Result<(), String> {
        for (name, value) in &self.headers {
            let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
                return Err(format!("`{}` is no name of a header", name.escape_debug()));
            };
            let Ok(value) = header_value(Zeroizing::new(value.expose().clone())) else {
                return Err(format!(
                    "the header `{name}` was given a value with characters that no header may have"
                ));
            };
            headers.insert(header, value);
        }
        Ok(())
    }
}

impl<R, M: Mode> Call<R, M> {
    /// A call of `request`.
    pub fn new(client: &Client<M>, request: R) -> Self {
        Self { client: client.clone(), request, options: Options::default() }
    }

    pub(crate) fn into_parts(self) -> (Client<M>, R, Options) {
        (self.client, self.request, self.options)
    }

    pub(crate) fn with_options(client: &Client<M>, request: R, options: Options) -> Self {
        Self { client: client.clone(), request, options }
    }

    /// The request as it stands.
    pub fn request(&self) -> &R {
        &self.request
    }

    /// The same call of a changed request.
    #[must_use]
    pub fn map<S>(self, change: impl FnOnce(R) -> S) -> Call<S, M> {
        Call { client: self.client, request: change(self.request), options: self.options }
    }

    /// Limits how long this call may take, with all its attempts.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Limits how long one attempt of this call may take.
    #[must_use]
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Says when this call is sent again by itself.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Sets a header for this call; a bad one is an error when the call is sent.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.options.headers.push((name.to_owned(), Sensitive::new(value.into())));
        self
    }

    /// Sets a parameter of the client for this call, by its index in
    /// [`Provider::PARAMETERS`](crate::Provider::PARAMETERS).
    #[must_use]
    pub fn with_parameter<V: Param + Send + Sync + 'static>(
        mut self,
        parameter: usize,
        value: V,
    ) -> Self {
        self.options.parameters.set(parameter, value);
        self
    }

    /// Asks for another format, and for the bytes of the answer as they come.
    #[must_use]
    pub fn in_format(self, accept: &'static str) -> Call<InFormat<R>, M> {
        self.map(|request| InFormat::new(request, accept))
    }
}

impl<R: Paged, M: Mode> Call<R, M> {
    /// All pages from the one that the request asks for.
    pub fn pages(self) -> Pages<R, M> {
        Pages::new(self.client, self.request, self.options)
    }

    /// The items of all pages.
    pub fn items(self) -> Items<R, M> {
        Items::new(self.pages())
    }
}

impl<R: Request> Call<R, Async> {
    /// Sends and gives status, headers and the body.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send(self) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.send_by_reference().await
    }

    pub(crate) async fn send_by_reference(
        &self,
    ) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.send_over(&**self.client.transport()).await
    }

    pub(crate) async fn send_over(
        &self,
        transport: &dyn Transport,
    ) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.send_for(transport, |response| response).await
    }

    /// Sends and makes something of the answer.
    async fn send_for<T>(
        &self,
        transport: &dyn Transport,
        make: impl FnOnce(Response<R::Output>) -> T,
    ) -> Result<T, CallError<R::Error>> {
        let timer = transport.timer();
        let mut exchange =
            Exchange::new(self.client.core(), &self.request, &self.options, timer.is_some());
        #[cfg(feature = "tracing")]
        let span = exchange.span();
        let driven = drive(&mut exchange, transport, timer, make);
        #[cfg(feature = "tracing")]
        let driven = tracing::Instrument::instrument(driven, span);
        driven.await
    }
}

/// Does what the call says is to be done next, until it is at its end. Futures keep what is moved into them twice:
/// hence the reference.
async fn drive<R: Request, T>(
    exchange: &mut Exchange<'_, R>,
    transport: &dyn Transport,
    timer: Option<&dyn Timer>,
    make: impl FnOnce(Response<R::Output>) -> T,
) -> Result<T, CallError<R::Error>> {
    let mut event = Event::Ready;
    loop {
        // A step has room for a request and for an answer, which the future need not have while it waits.
        let pending = match exchange.next(event) {
            Step::End(end) => return exchange.end(end).map(make),
            Step::Send(outgoing) => {
                Pending::Answer(answer(transport, outgoing, timer, exchange.clock()))
            }
            Step::Wait(time) => Pending::Time(time),
            Step::Ask(asked, limit) => Pending::App(asked, limit),
            Step::Queue(keeper, limit) => Pending::Token(keeper, limit),
        };
        event = match pending {
            Pending::Answer(answer) => Event::Answered(answer.await),
            Pending::Time(time) => {
                if let Some(timer) = timer {
                    timer.sleep(time).await;
                }
                Event::Ready
            }
            Pending::App(asked, limit) => match within(asked, timer, limit).await {
                Some(said) => Event::Heard(said),
                None => Event::TimedOut,
            },
            Pending::Token(keeper, limit) => match within(keeper.freed(), timer, limit).await {
                Some(()) => Event::Ready,
                None => Event::TimedOut,
            },
        };
    }
}

/// What a call waits for.
enum Pending<'t> {
    Answer(BoxFuture<'t, Result<Incoming, TransportError>>),
    Time(Duration),
    App(Asked, Option<Duration>),
    Token(Arc<Keeper>, Option<Duration>),
}

/// What a transport answers. Apart, so that the future of each call need not have room for what is sent.
#[inline]
fn answer<'a>(
    transport: &'a dyn Transport,
    mut outgoing: Outgoing,
    timer: Option<&'a dyn Timer>,
    clock: &'a dyn Clock,
) -> BoxFuture<'a, Result<Incoming, TransportError>> {
    if outgoing.streaming.is_none() || transport.streams() {
        return transport.send(outgoing);
    }
    Box::pin(async move {
        let limit = outgoing.timeout;
        let alarm = Alarm::in_place_of(timer);
        let ready = within(outgoing.make_ready_apart(clock), alarm.timer(), limit).await;
        ready.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout)))?;
        transport.send(outgoing).await
    })
}

impl<R: Request> IntoFuture for Call<R, Async> {
    type Output = Result<R::Output, CallError<R::Error>>;
    type IntoFuture = CallFuture<R>;

    fn into_future(self) -> CallFuture<R> {
        Box::pin(async move {
            let transport = &**self.client.transport();
            self.send_for(transport, Response::into_body).await
        })
    }
}

impl<R: Request> Call<R, Blocking> {
    /// Sends and gives status, headers and the body.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.send_by_reference()
    }

    pub(crate) fn send_by_reference(&self) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.send_over(&**self.client.transport())
    }

    pub(crate) fn send_over(
        &self,
        transport: &dyn BlockingTransport,
    ) -> Result<Response<R::Output>, CallError<R::Error>> {
        let mut exchange = Exchange::new(self.client.core(), &self.request, &self.options, true);
        #[cfg(feature = "tracing")]
        let span = exchange.span();
        #[cfg(feature = "tracing")]
        let _entered = span.enter();
        let mut event = Event::Ready;
        loop {
            event = match exchange.next(event) {
                Step::End(end) => return exchange.end(end),
                Step::Send(mut outgoing) => {
                    let ready = outgoing.make_ready(transport.streams());
                    Event::Answered(ready.and_then(|()| transport.send(outgoing)))
                }
                Step::Wait(time) => {
                    transport.sleep(time);
                    Event::Ready
                }
                Step::Ask(asked, _) => Event::Heard(at_once(asked)),
                Step::Queue(keeper, limit) if keeper.wait(limit) => Event::Ready,
                Step::Queue(..) => Event::TimedOut,
            };
        }
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

impl<R: fmt::Debug, M: Mode> fmt::Debug for Call<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.options.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("request", &self.request)
            .field("timeout", &self.options.timeout)
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}
