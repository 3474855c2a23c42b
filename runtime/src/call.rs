//! A call: a request, the client to send it with, and what is set for this once.

use crate::client::{Async, Blocking, Client, Mode};
use crate::driver::{self, Sending, State};
use crate::error::CallError;
use crate::exchange::Outcome;
use crate::options::Options;
use crate::page::Paged;
use crate::pages::{Items, Pages};
use crate::param::Param;
use crate::request::{InFormat, Request};
use crate::response::Response;
use crate::retry::Retry;
use crate::transport::{BlockingTransport, Transport};
use std::borrow::Borrow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// What the calls of providers are around.
#[derive(Clone)]
pub struct Call<R, M: Mode = Async> {
    client: Client<M>,
    request: R,
    options: Options,
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
        self.options.set().timeout = Some(timeout);
        self
    }

    /// Limits how long one attempt of this call may take.
    #[must_use]
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.set().attempt_timeout = Some(timeout);
        self
    }

    /// Says when this call is sent again by itself.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.options.set().retry = Some(retry);
        self
    }

    /// Sets a header for this call; a bad one is an error when the call is sent.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.options.set().add_header(name, value.into());
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
        self.options.set().parameters.set(parameter, value);
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
    pub async fn send(self) -> Outcome<R> {
        let Self { client, request, options } = self;
        sent::<R>(request, State::new(client, options)).await
    }

    /// Leaves the request where it is, for who needs it afterwards.
    pub(crate) async fn send_by_reference(&self) -> Outcome<R> {
        sent::<R>(&self.request, State::new(self.client.clone(), self.options.clone())).await
    }

    pub(crate) async fn send_over(self, transport: Arc<dyn Transport>) -> Outcome<R> {
        let Self { client, request, options } = self;
        sent::<R>(request, State::over(client, options, transport)).await
    }
}

async fn sent<R: Request>(request: impl Borrow<R>, state: State) -> Outcome<R> {
    let mut sending = Sending::new(request, state);
    poll_fn(|cx| sending.poll::<R>(cx)).await
}

/// The future of an awaited call.
///
/// It holds the request itself, so that no box is needed to name it. Once it has given its result it gives
/// nothing more.
#[must_use = "nothing is sent until this is awaited"]
pub struct CallFuture<R> {
    sending: Sending<R>,
}

// Nothing in it is ever pinned.
impl<R> Unpin for CallFuture<R> {}

impl<R: Request> Future for CallFuture<R> {
    type Output = Result<R::Output, CallError<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().sending.poll::<R>(cx).map_ok(Response::into_body)
    }
}

impl<R: Request> IntoFuture for Call<R, Async> {
    type Output = Result<R::Output, CallError<R::Error>>;
    type IntoFuture = CallFuture<R>;

    fn into_future(self) -> CallFuture<R> {
        let Self { client, request, options } = self;
        CallFuture { sending: Sending::new(request, State::new(client, options)) }
    }
}

impl<R: Request> Call<R, Blocking> {
    /// Sends and gives status, headers and the body.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> Outcome<R> {
        let transport = Arc::clone(self.client.transport());
        self.send_over(&*transport)
    }

    /// Leaves the request where it is, for who needs it afterwards.
    pub(crate) fn send_by_reference(&self) -> Outcome<R> {
        let (client, options) = (self.client.clone(), self.options.clone());
        driver::send::<R>(client, &self.request, options, &**self.client.transport())
    }

    pub(crate) fn send_over(self, transport: &dyn BlockingTransport) -> Outcome<R> {
        driver::send::<R>(self.client, self.request, self.options, transport)
    }
}

impl<R: fmt::Debug> fmt::Debug for CallFuture<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture")
            .field("request", &self.sending.request())
            .finish_non_exhaustive()
    }
}

impl<R: fmt::Debug, M: Mode> fmt::Debug for Call<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.options.header_names().collect();
        f.debug_struct("Call")
            .field("request", &self.request)
            .field("timeout", &self.options.timeout)
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}
