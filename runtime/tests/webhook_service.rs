//! The tower service for deliveries.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use bytes::Bytes;
use clientwright_runtime as runtime;
use http::{Request, Response};
use http_body_util::Full;
use runtime::Value;
use runtime::webhook::{
    Delivery, DeliveryError, Encoding, Handled, Mac, Receiver, Secrets, Signature, Signer, Webhook,
};
use std::sync::{Arc, Mutex};
use tower_service::Service;

#[derive(Debug)]
struct Event {
    name: String,
    body: Value,
}
const RECEIVER: Receiver = Receiver::new()
    .event_fields(&[&["type"]], "")
    .unsigned_ping("hello")
    .echo(&["challenge"])
    .max_body(100)
    .signature(Signature::new("x-signature", Mac::Sha256, Encoding::Hex));
runtime::each_event!(Event RECEIVER);

/// Sends a body to a service whose secret is `secret` by then, signed with `s`.
async fn send(body: &'static str, secret: &'static str) -> (Response<String>, Vec<String>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (kept, now) = (Arc::clone(&seen), Arc::new(Mutex::new(Secrets::none())));
    let current = Arc::clone(&now);
    let mut service = Webhook::new(
        move || current.lock().unwrap().clone(),
        move |delivery: Result<Delivery<Event>, DeliveryError>| async move {
            match delivery {
                Err(error) => Handled::turned_away(&error),
                Ok(delivery) if delivery.is_ping => {
                    Handled::echo(delivery.echo.unwrap_or_default())
                }
                Ok(delivery) if delivery.event.body["fail"] == true => Handled::failed(),
                Ok(delivery) => {
                    kept.lock().unwrap().push(delivery.event.name);
                    Handled::done()
                }
            }
        },
    );
    *now.lock().unwrap() = Secrets::new(secret);
    let mut request = Request::new(Full::new(Bytes::from_static(body.as_bytes())));
    let signer = Secrets::new("s");
    *request.headers_mut() = Signer::new(RECEIVER, &signer, body.as_bytes()).headers().unwrap();
    let response = service.call(request).await.unwrap();
    let seen = seen.lock().unwrap().clone();
    (response, seen)
}

#[tokio::test]
async fn deliveries_reach_the_function_and_their_answers_the_provider() {
    let (response, seen) = send(r#"{"type":"paid"}"#, "s").await;
    assert_eq!((response.status().as_u16(), seen), (200, vec!["paid".to_owned()]));
    let (response, _) = send(r#"{"type":"paid","fail":true}"#, "s").await;
    assert_eq!(response.status(), 500);
    let (response, seen) = send(r#"{"type":"hello","challenge":"c"}"#, "s").await;
    assert_eq!((response.body().as_str(), seen), ("c", Vec::new()));
}

#[tokio::test]
async fn senders_of_what_is_wrong_learn_the_status_only() {
    let long: &'static str = Box::leak(format!("{:200}", r#"{"type":"paid"}"#).into_boxed_str());
    for (body, secret, status) in
        [(r#"{"type":"paid"}"#, "t", 401), (r#"{"type":"paid"}"#, "", 401), (long, "s", 413)]
    {
        let (response, seen) = send(body, secret).await;
        assert_eq!((response.status().as_u16(), response.body().as_str()), (status, ""));
        assert!(seen.is_empty());
    }
}
