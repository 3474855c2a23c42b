//! Deliveries as a service.

use super::{Delivered, DeliveryError, Secrets, body};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_service::Service;

/// A service that verifies deliveries and hands them to a function.
///
/// The first function is asked for the secrets at every delivery, so that they can be replaced while
/// the app runs; the second one does what is to be done, and says what to answer.
///
/// ```
/// use clientwright_runtime::webhook::{Delivered, DeliveryError, Handled, Secrets, Webhook};
///
/// fn service<D: Delivered + Send + 'static>(secrets: Secrets) {
///     let _service = Webhook::new(
///         move || secrets.clone(),
///         |delivery: Result<D, DeliveryError>| async move {
///             match delivery {
///                 Ok(delivery) => { drop(delivery); Handled::done() }
///                 Err(error) => Handled::turned_away(&error),
///             }
///         },
///     );
/// }
/// ```
pub struct Webhook<D, S, F> {
    secrets: S,
    handle: F,
    delivered: PhantomData<fn() -> D>,
}

impl<D, S, F> Webhook<D, S, F> {
    /// A service of two functions.
    pub fn new<Done>(secrets: S, handle: F) -> Self
    where
        F: FnOnce(Result<D, DeliveryError>) -> Done,
    {
        Self { secrets, handle, delivered: PhantomData }
    }
}

impl<D, S: Clone, F: Clone> Clone for Webhook<D, S, F> {
    fn clone(&self) -> Self {
        let (secrets, handle) = (self.secrets.clone(), self.handle.clone());
        Self { secrets, handle, delivered: PhantomData }
    }
}

impl<D, S, F> fmt::Debug for Webhook<D, S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// What a delivery is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    status: StatusCode,
    text: String,
}

impl Handled {
    /// It has arrived.
    pub fn done() -> Self {
        Self { status: StatusCode::OK, text: String::new() }
    }

    /// It has arrived, and this is the text that the provider asked for.
    pub fn echo(text: impl Into<String>) -> Self {
        Self { status: StatusCode::OK, text: text.into() }
    }

    /// It was not what it should have been. The sender learns the status and nothing else.
    pub fn turned_away(error: &DeliveryError) -> Self {
        Self { status: error.status(), text: String::new() }
    }

    /// It was in order, and could not be dealt with now: most providers send it again.
    pub fn failed() -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, text: String::new() }
    }
}

impl<D, S, F, Done, B> Service<Request<B>> for Webhook<D, S, F>
where
    D: Delivered + Send + 'static,
    S: Fn() -> Secrets,
    F: FnOnce(Result<D, DeliveryError>) -> Done + Clone + Send + 'static,
    Done: Future<Output = Handled> + Send,
    B: BodyExt + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<String>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (secrets, handle) = ((self.secrets)(), self.handle.clone());
        Box::pin(async move {
            let delivery = body::receive(&secrets, request).await;
            let handled = handle(delivery).await;
            let mut response = Response::new(handled.text);
            *response.status_mut() = handled.status;
            Ok(response)
        })
    }
}
