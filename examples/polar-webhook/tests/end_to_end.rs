//! The whole way of a webhook, on this machine.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::time::Duration;

use clientwright_providers::polar::{self, Client};
use clientwright_providers::runtime::Value;
use polar_webhook_example::app::{App, Seen};
use polar_webhook_example::stand_in::{self, SECRET};
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

struct Running {
    url: String,
    told: UnboundedReceiver<Seen>,
}

impl Running {
    async fn start() -> Self {
        let server = format!("http://{}", stand_in::start().unwrap());
        let polar: Client =
            polar::builder().client("an-id", "a-secret").base_url(server).build().unwrap();
        let (seen, told) = mpsc::unbounded_channel();
        let app = App::new(polar, seen);
        let url = format!("http://{}/hook", app.listen().await.unwrap());
        app.register(url.clone()).await.unwrap();
        Self { url, told }
    }

    async fn deliver(&self, secret: &'static str, body: &'static str) -> u16 {
        let url = self.url.clone();
        spawn_blocking(move || stand_in::deliver(&url, secret, body)).await.unwrap().unwrap()
    }

    async fn told(&mut self) -> Seen {
        timeout(Duration::from_secs(10), self.told.recv()).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn a_webhook_is_registered_pinged_and_told_of_an_exercise() {
    let mut app = Running::start().await;
    // The ping came while the webhook was created, and so before there was a secret.
    assert_eq!(app.told().await, Seen::Ping);

    let exercise = r#"{"event":"EXERCISE","user_id":475,"entity_id":"aQlC83"}"#;
    assert_eq!(app.deliver(SECRET, exercise).await, 200);
    let Seen::Exercise(id, webhook) = app.told().await else { panic!("something else") };
    assert_eq!(id, "aQlC83");
    assert_eq!(webhook.unwrap().id.as_str(), "abdf33");
}

#[tokio::test]
async fn what_is_not_polars_is_turned_away() {
    let mut app = Running::start().await;
    assert_eq!(app.told().await, Seen::Ping);
    let exercise = r#"{"event":"EXERCISE","user_id":475}"#;
    assert_eq!(app.deliver("a guess", exercise).await, 401);
    assert_eq!(app.deliver(SECRET, r#"{"event":"EXERCISE","user_id":"x"}"#).await, 400);
    // Nothing of it reached the app: the next thing is what comes now.
    assert_eq!(app.deliver(SECRET, r#"{"event":"SNEEZE","loud":true}"#).await, 200);
    assert_eq!(app.told().await, Seen::Other("SNEEZE".to_owned()));
}

#[tokio::test]
async fn large_bodies_are_turned_away() {
    let app = Running::start().await;
    let body = format!(r#"{{"event":"EXERCISE","more":{}}}"#, Value::from("x".repeat(1 << 20)));
    assert_eq!(app.deliver(SECRET, Box::leak(body.into_boxed_str())).await, 413);
}
