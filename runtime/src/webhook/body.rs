//! Bodies that arrive piece by piece.

use super::{Delivered, DeliveryError, Parts, Secrets};
use http::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::error::Error;
use std::time::SystemTime;

/// Receives a request as a whole, but no more of it than the provider's limit, and reads it.
pub(super) async fn receive<D, B>(
    secrets: &Secrets,
    request: Request<B>,
) -> Result<D, DeliveryError>
where
    D: Delivered,
    B: BodyExt,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let (head, body) = request.into_parts();
    let limit = D::RECEIVER.body_limit();
    let collected = Limited::new(body, limit).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            DeliveryError::TooLarge { limit }
        } else {
            DeliveryError::BrokenOff
        }
    })?;
    let body = collected.to_bytes();
    let parts = Parts::new(&head.headers, &body).at(SystemTime::now());
    super::receive(secrets, parts)
}
