use clientwright_providers::punt;

async fn calls(punt: &punt::Client) {
    let _ = punt.subscriptions().list().take("50").await;
    let _ = punt.subscriptions().list().take(-1_i64).await;
}

fn main() {}
