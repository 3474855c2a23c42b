use clientwright_providers::punt;

fn calls(punt: &punt::Client) {
    let _ = punt.subscriptions().list().send();
}

fn main() {}
