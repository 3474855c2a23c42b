use clientwright_providers::punt;
use clientwright_providers::runtime::Blocking;

async fn calls(punt: &punt::Client<Blocking>) {
    let _ = punt.subscriptions().list().await;
}

fn main() {}
