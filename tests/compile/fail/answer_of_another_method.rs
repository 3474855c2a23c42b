use clientwright_providers::polar;
use clientwright_providers::polar::models::Webhook;

async fn calls(polar: &polar::Client) -> Webhook {
    // There may be none.
    polar.webhooks().get().await.unwrap()
}

fn main() {}
