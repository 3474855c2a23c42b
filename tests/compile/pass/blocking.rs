//! The same types and methods as with the client that is awaited, with `send` in place of `await`.

use clientwright_providers::polar::models::{NewWebhook, Webhook, WebhookEvent, WebhookPatch};
use clientwright_providers::runtime::Blocking;
use clientwright_providers::{polar, pwc};

fn client() -> Result<polar::Client<Blocking>, polar::Error> {
    Ok(polar::builder().client("id", "secret").build_blocking()?)
}

fn calls(polar: &polar::Client<Blocking>) -> Result<Option<Webhook>, polar::Error> {
    if let Some(hook) = polar.webhooks().get().send()? {
        return Ok(polar
            .webhooks()
            .update(hook.id, WebhookPatch::new().events(vec![WebhookEvent::Sleep]))
            .send()?);
    }
    let new = NewWebhook::new(vec![WebhookEvent::Exercise], "https://a.example");
    let created = polar.webhooks().create(new).with_response()?.into_body();
    println!("keep {}", created.signature_secret_key.expose());
    polar.webhooks().deactivate().send()?;
    Ok(None)
}

fn bytes(pwc: &pwc::Client<Blocking>) -> Result<Vec<u8>, pwc::Error> {
    Ok(pwc.webhooks().get("1").as_csv().send()?.to_vec())
}

fn main() {
    let _ = (client, calls, bytes);
}
