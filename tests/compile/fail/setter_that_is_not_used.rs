#![deny(unused_must_use)]

use clientwright_providers::polar::models::WebhookPatch;
use clientwright_providers::punt;

fn main() {
    let patch = WebhookPatch::new();
    patch.url("https://a.example");
    punt::subscriptions::List::new().take(1);
    punt::builder().bearer("t");
}
