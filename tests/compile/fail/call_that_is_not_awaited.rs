#![deny(unused_must_use)]

use clientwright_providers::punt;
use clientwright_providers::runtime::Blocking;

async fn awaited(punt: &punt::Client) {
    punt.subscriptions().delete("1");
    punt.call(punt::subscriptions::Delete::new("1"));
}

fn sent(punt: &punt::Client<Blocking>) {
    punt.subscriptions().delete("1");
    punt.subscriptions().list().take(1);
}

fn main() {}
