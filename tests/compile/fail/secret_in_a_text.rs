use clientwright_providers::polar::models::CreatedWebhook;

fn show(hook: &CreatedWebhook) {
    println!("{} {}", hook.id, hook.signature_secret_key);
}

fn main() {}
