use clientwright_providers::polar::models::WebhookId;
use clientwright_providers::sunshine::models::{AppId, IntegrationId};
use clientwright_providers::{punt, sunshine};

async fn another_provider(punt: &punt::Client, id: WebhookId) {
    let _ = punt.subscriptions().get(id).await;
}

async fn the_other_way_round(sunshine: &sunshine::Client, app: AppId, integration: IntegrationId) {
    let _ = sunshine.integration_keys().list(integration, app).await;
}

fn main() {}
