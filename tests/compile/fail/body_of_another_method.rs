use clientwright_providers::polar;
use clientwright_providers::polar::models::{NewWebhook, WebhookPatch};

async fn calls(polar: &polar::Client, new: NewWebhook, patch: WebhookPatch) {
    let _ = polar.webhooks().create(patch).await;
    let _ = polar.webhooks().update("1", new).await;
}

fn main() {}
