//! Every example of a delivery, posted over a connection to the two adapters: the extractor of axum and the service
//! of tower.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::SystemTime;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::post;
use clientwright_providers::runtime::webhook::{
    Batch, Delivered, Delivery, DeliveryError, Encoding, Event, Handled, Mac, Receiver, Secrets,
    Signature, Signer, Verified, Webhook,
};
use clientwright_providers::runtime::{self, HeaderMap};
use clientwright_providers::{polar, punt, pwc, sunshine};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SECRET: &str = "signed and sealed";

/// What an app that was told something answers here: the names of the events, or what it is to send back.
trait Told: Delivered + Send + 'static {
    fn told(self) -> String;
}

impl<E: Event + Send + 'static> Told for Delivery<E> {
    fn told(self) -> String {
        let ping = if self.is_ping { "ping " } else { "" };
        self.echo.unwrap_or_else(|| format!("{ping}{}", self.event.name()))
    }
}

impl<E: Event + Send + 'static> Told for Batch<E, sunshine::models::Delivery> {
    fn told(self) -> String {
        let names: Vec<&str> = self.events.iter().map(|one| one.event.name()).collect();
        names.join(" ")
    }
}

#[derive(Clone)]
struct App(Secrets);

impl FromRef<App> for Secrets {
    fn from_ref(app: &App) -> Self {
        app.0.clone()
    }
}

async fn extracted<D: Told>(Verified(delivery): Verified<D>) -> String {
    delivery.told()
}

/// An app with both adapters, each at its path.
async fn start<D: Told>(secrets: Secrets) -> SocketAddr {
    let known = secrets.clone();
    let service = Webhook::new(
        move || known.clone(),
        |delivery: Result<D, DeliveryError>| async move {
            match delivery {
                Ok(delivery) => Handled::echo(delivery.told()),
                Err(error) => Handled::turned_away(&error),
            }
        },
    );
    let router = Router::new().route("/extractor", post(extracted::<D>)).with_state(App(secrets));
    let router = router.route_service("/service", service);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The status and the body of the answer, which is the same from both adapters.
async fn deliver(app: SocketAddr, headers: &HeaderMap, body: &[u8]) -> (u16, String) {
    let mut answers = Vec::new();
    for path in ["/extractor", "/service"] {
        let mut head = format!("POST {path} HTTP/1.1\r\nHost: {app}\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
        head += &format!("Content-Length: {}\r\n\r\n", body.len());
        let mut stream = TcpStream::connect(app).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // Whoever turns a long body away need not read it to its end.
        let _ = stream.write_all(body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        answers.push((status, body.to_owned()));
    }
    assert_eq!(answers[0], answers[1], "the adapters differ");
    answers.remove(0)
}

/// An example: its headers by name, and its body.
struct Example {
    name: String,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Example {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn text(&self, member: &str) -> String {
        self.body[member].as_str().unwrap().to_owned()
    }
}

fn examples(provider: &str) -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs").join(provider);
    let text = fs::read_to_string(path.join("deliveries.yaml")).unwrap();
    let file: Value = serde_yaml::from_str(&text).unwrap();
    let examples = file["deliveries"]["examples"].as_object().unwrap();
    let example = |(name, example): (&String, &Value)| {
        let headers = example["headers"].as_object().into_iter().flatten();
        let headers =
            headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
        Example { name: name.clone(), headers: headers.collect(), body: example["request"].clone() }
    };
    examples.iter().map(example).collect()
}

/// The headers of a delivery as its provider makes them.
fn signed<D: Delivered>(example: &Example, secret: &str, body: &[u8]) -> HeaderMap {
    let secrets = Secrets::new(secret);
    let mut signer = Signer::new(D::RECEIVER, &secrets, body).at(SystemTime::now());
    if let Some(event) = example.header("X-Webhook-Event") {
        signer = signer.event(event);
    }
    if let Some(id) = example.header("X-Webhook-Delivery") {
        signer = signer.id(id);
    }
    signer.headers().unwrap()
}

/// Posts each example as it is, and in the ways in which it must not pass.
async fn post_all<D: Told>(provider: &str, names: impl Fn(&Example) -> String) {
    let examples = examples(provider);
    assert!(!examples.is_empty());
    let proves = provider != "punt";
    let app = start::<D>(Secrets::new(SECRET)).await;
    for example in &examples {
        let body = serde_json::to_vec(&example.body).unwrap();
        let headers = signed::<D>(example, SECRET, &body);
        let name = &example.name;
        let expected = names(example);
        assert_eq!(deliver(app, &headers, &body).await, (200, expected.clone()), "{name}");

        // A ping of Polar has to pass before anybody can know the secret.
        let is_open = !proves || expected.starts_with("ping ");
        let forged = signed::<D>(example, "a guess", &body);
        let status = deliver(app, &forged, &body).await.0;
        assert_eq!(status, if is_open { 200 } else { 401 }, "{name}, forged");

        let long = [&body[..], &vec![b' '; D::RECEIVER.body_limit()]].concat();
        let headers = signed::<D>(example, SECRET, &long);
        assert_eq!(deliver(app, &headers, &long).await, (413, String::new()), "{name}, too long");

        let broken = &body[..body.len() - 1];
        let headers = Signer::new(D::RECEIVER, &Secrets::new(SECRET), &body).event("x").headers();
        let status = deliver(app, &headers.unwrap(), broken).await.0;
        assert!(matches!(status, 400 | 401), "{name}, torn: {status}");
    }
}

#[tokio::test]
async fn polar_posts() {
    post_all::<polar::deliveries::Delivery>("polar", |example| {
        let event = example.text("event");
        if event == "PING" { format!("ping {event}") } else { event }
    })
    .await;
}

#[tokio::test]
async fn punt_posts() {
    post_all::<punt::deliveries::Delivery>("punt", |example| {
        format!("{}-{}", example.text("resource"), example.text("type"))
    })
    .await;
}

#[tokio::test]
async fn pwc_posts() {
    post_all::<pwc::deliveries::Delivery>("pwc", |example| {
        example.header("X-Webhook-Event").unwrap().to_owned()
    })
    .await;
}

#[tokio::test]
async fn sunshine_posts() {
    post_all::<sunshine::deliveries::Delivery>("sunshine", |example| {
        let events = example.body["events"].as_array().unwrap();
        let names: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
        names.join(" ")
    })
    .await;
}

/// Before the webhook exists there is no secret: a ping passes, and nothing that only looks like one.
#[tokio::test]
async fn polar_pings_before_there_is_a_secret() {
    let app = start::<polar::deliveries::Delivery>(Secrets::none()).await;
    let mut headers = HeaderMap::new();
    headers.insert("polar-webhook-event", "PING".parse().unwrap());
    let ping = br#"{"event":"PING","timestamp":"2018-05-15T14:22:24Z"}"#;
    assert_eq!(deliver(app, &headers, ping).await, (200, "ping PING".to_owned()));
    let other = br#"{"event":"EXERCISE","user_id":475}"#;
    assert_eq!(deliver(app, &headers, other).await.0, 401);
    headers.insert("polar-webhook-event", "EXERCISE".parse().unwrap());
    assert_eq!(deliver(app, &headers, other).await.0, 401);
}

/// Two secrets at once, while one replaces the other.
#[tokio::test]
async fn either_secret_of_a_rotation_will_do() {
    type Delivered = pwc::deliveries::Delivery;
    let app = start::<Delivered>(Secrets::new("new").or("old")).await;
    let example = &examples("pwc")[0];
    let body = serde_json::to_vec(&example.body).unwrap();
    for (secret, status) in [("new", 200), ("old", 200), ("older", 401)] {
        let headers = signed::<Delivered>(example, secret, &body);
        assert_eq!(deliver(app, &headers, &body).await.0, status, "{secret}");
    }
}

/// A service that wants a text back: none of the four does.
#[derive(Debug)]
struct Greeting {
    name: String,
    #[expect(dead_code, reason = "the macro fills it")]
    body: Value,
}
const GREETS: Receiver = Receiver::new()
    .event_fields(&[&["type"]], "")
    .unsigned_ping("url_verification")
    .echo(&["challenge"])
    .signature(Signature::new("x-signature", Mac::Sha256, Encoding::Hex));
runtime::each_event!(Greeting GREETS);

#[tokio::test]
async fn a_handshake_is_answered_with_what_it_asks_for() {
    let app = start::<Delivery<Greeting>>(Secrets::none()).await;
    let body = br#"{"type":"url_verification","challenge":"3eZbrw1a"}"#;
    let answer = deliver(app, &HeaderMap::new(), body).await;
    assert_eq!(answer, (200, "3eZbrw1a".to_owned()));
    assert_eq!(deliver(app, &HeaderMap::new(), br#"{"type":"message"}"#).await.0, 401);
}
