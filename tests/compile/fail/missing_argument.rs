use clientwright_providers::punt;
use clientwright_providers::punt::models::NewSubscription;

async fn calls(punt: &punt::Client) {
    let _ = punt.subscriptions().get().await;
    let _ = punt.subscriptions().create(NewSubscription::new("https://a.example")).await;
}

fn main() {}
