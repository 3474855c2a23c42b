use clientwright_providers::{polar, punt};

async fn calls(punt: &punt::Client) {
    let _ = punt.call(polar::webhooks::Get::new()).await;
}

fn main() {}
