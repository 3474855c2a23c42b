//! What the method requires are arguments, what is optional is set, and awaiting sends.

use clientwright_providers::punt::models::{Event, NewSubscription, Subscription, SubscriptionId};
use clientwright_providers::punt::{self, Error};
use clientwright_providers::runtime::{Retry, Sensitive};
use std::time::Duration;

fn client(token: String) -> Result<punt::Client, Error> {
    let punt = punt::builder()
        .bearer(token)
        .base_url("https://partner.punt-uit.nl/api")
        .timeout(Duration::from_secs(30))
        .retry(Retry::default().attempts(5))
        .max_answer(1 << 20)
        .user_agent("shop/1.0")
        .header("x-partner", "p1")
        .build()?;
    Ok(punt)
}

async fn calls(punt: &punt::Client, url: String) -> Result<Subscription, Error> {
    let hook =
        punt.subscriptions().create(NewSubscription::new(url, Event::ShipmentShipped)).await?;
    let page: Vec<Subscription> = punt.subscriptions().list().await?;
    let rest = punt.subscriptions().list().skip(page.len() as i32).take(50).await?;
    assert!(rest.len() <= 50);

    // An id by value, by reference, or as text of any kind.
    punt.subscriptions().get(&hook.id).await?;
    punt.subscriptions().get(hook.id.clone()).await?;
    punt.subscriptions().get("clf29lzon000h8rj700avuas6").await?;
    punt.subscriptions().get(String::from("clf29lzon000h8rj700avuas6")).await?;
    let () = punt.subscriptions().delete(SubscriptionId::from("1")).await?;

    punt.subscriptions()
        .list()
        .with_timeout(Duration::from_secs(5))
        .with_attempt_timeout(Duration::from_secs(2))
        .with_header("x-trace", hook.id.as_str())
        .with_retry(Retry::none())
        .await?;

    let answer = punt.subscriptions().get(&hook.id).with_response().await?;
    let _id: Option<&str> = answer.request_id();
    assert!(answer.status().is_success() && answer.headers().is_empty());
    Ok(answer.into_body())
}

fn tokens_in_every_form(secret: &Sensitive<String>) {
    let _ = punt::builder().bearer("text").bearer(String::new()).bearer(secret.clone());
}

/// Futures run on threads, clients are shared between them.
fn on_threads(punt: punt::Client) {
    fn is_send<T: Send + 'static>(_: T) {}
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    is_shared(&punt);
    is_send(punt.subscriptions().list().into_future());
    is_send(async move { calls(&punt, "https://a.example".to_owned()).await });
}

fn main() {
    let _ = (client, calls, tokens_in_every_form, on_threads);
}
