//! The app: a server with one route, and a client.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use clientwright_providers::polar::deliveries::{Delivery, Event};
use clientwright_providers::polar::models::{NewWebhook, Webhook, WebhookEvent};
use clientwright_providers::polar::{Client, Error};
use clientwright_providers::runtime::webhook::{Secrets, Verified};
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;

/// What the app did about a delivery.
#[derive(Debug, PartialEq)]
pub enum Seen {
    /// Polar asked whether anybody is there.
    Ping,
    /// There is an exercise, and the webhook that told of it is this one.
    Exercise(String, Option<Webhook>),
    /// Something else has happened.
    Other(String),
}

/// What the handler needs.
#[derive(Clone)]
pub struct App {
    polar: Client,
    secrets: Arc<RwLock<Secrets>>,
    seen: UnboundedSender<Seen>,
}

/// The secrets as they are now: there are none before the webhook exists.
impl FromRef<App> for Secrets {
    fn from_ref(app: &App) -> Self {
        app.secrets.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl App {
    /// An app that tells `seen` what it did.
    pub fn new(polar: Client, seen: UnboundedSender<Seen>) -> Self {
        Self { polar, secrets: Arc::default(), seen }
    }

    /// Begins to listen on a free port of this machine.
    ///
    /// # Errors
    /// There is none.
    pub async fn listen(&self) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let router = Router::new().route("/hook", post(hook)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(address)
    }

    /// Creates the webhook, during which Polar sends a ping, and keeps the secret.
    ///
    /// # Errors
    /// Polar refuses.
    pub async fn register(&self, url: String) -> Result<(), Error> {
        let wanted = NewWebhook::new(vec![WebhookEvent::Exercise], url);
        let created = self.polar.webhooks().create(wanted).await?;
        let secrets = Secrets::new(created.signature_secret_key.expose());
        *self.secrets.write().unwrap_or_else(PoisonError::into_inner) = secrets;
        Ok(())
    }
}

/// What arrives here has been verified. Polar wants a success at once, so that the work comes after it.
async fn hook(State(app): State<App>, Verified(delivery): Verified<Delivery>) -> StatusCode {
    tokio::spawn(async move {
        let seen = match delivery.event {
            Event::Ping(_) => Seen::Ping,
            Event::Exercise(exercise) => {
                let id = exercise.entity_id.map(|id| id.to_string()).unwrap_or_default();
                Seen::Exercise(id, app.polar.webhooks().get().await.ok().flatten())
            }
            Event::Other(event) => Seen::Other(event.name),
            event => Seen::Other(format!("{event:?}")),
        };
        // Nobody listens any more when the program ends.
        let _ = app.seen.send(seen);
    });
    StatusCode::OK
}
