use clientwright_providers::polar;
use clientwright_providers::polar::webhooks::{CreateError, UpdateError};

async fn calls(polar: &polar::Client) {
    let error = polar.webhooks().update("1", polar::models::WebhookPatch::new()).await.unwrap_err();
    let _ = matches!(error.service(), Some(UpdateError::NotFound(_)));
    let _ = matches!(error.service(), Some(CreateError::AlreadyExists(_)));
}

fn main() {}
