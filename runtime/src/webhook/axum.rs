//! Deliveries as an argument of an axum handler.

use super::{Delivered, DeliveryError, Secrets, body};
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};

/// A delivery that has been verified, as the last argument of a handler.
///
/// The secrets come from the state of the router, each time anew, so that they can be replaced while
/// the app runs. What is turned away never reaches the handler.
///
/// ```
/// use axum_core::extract::FromRef;
/// use clientwright_runtime::webhook::{Delivered, Secrets, Verified};
///
/// #[derive(Clone)]
/// struct App { secrets: Secrets }
/// impl FromRef<App> for Secrets {
///     fn from_ref(app: &App) -> Self { app.secrets.clone() }
/// }
///
/// // In a router: `.route("/hook", post(hook::<polar::deliveries::Delivery>)).with_state(app)`
/// async fn hook<D: Delivered>(Verified(delivery): Verified<D>) {
///     drop(delivery);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Verified<D>(pub D);

impl<S, D> FromRequest<S> for Verified<D>
where
    S: Send + Sync,
    D: Delivered,
    Secrets: FromRef<S>,
{
    type Rejection = DeliveryError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DeliveryError> {
        body::receive(&Secrets::from_ref(state), request).await.map(Self)
    }
}

/// The status and nothing else: whoever sent something wrong learns no more.
impl IntoResponse for DeliveryError {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
