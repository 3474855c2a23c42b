use clientwright_providers::{punt, pwc};

async fn calls(punt: &punt::Client, pwc: &pwc::Client) {
    let _ = punt.subscriptions().get("1").take(50).await;
    let _ = punt.subscriptions().list().as_csv().await;
    let _ = pwc.webhooks().get("1").take(50).await;
}

fn main() {}
