use clientwright_providers::polar;

async fn calls(polar: &polar::Client) {
    // What the gem takes.
    let _ = polar.webhooks().delete(56).await;
}

fn main() {}
