//! Registers a webhook, is told of an exercise and looks it up.
//!
//! No account is needed: the calls go to a stand-in server that this program starts itself.

use clientwright_providers::polar;
use polar_webhook_example::app::App;
use polar_webhook_example::stand_in;
use tokio::sync::mpsc;
use tokio::task;

const EXERCISE: &str = r#"{"event":"EXERCISE","user_id":475,"entity_id":"aQlC83"}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = format!("http://{}", stand_in::start()?);
    let client = polar::builder().client("an-id", "a-secret").base_url(server).build()?;
    let (seen, mut told) = mpsc::unbounded_channel();
    let app = App::new(client, seen);

    let url = format!("http://{}/hook", app.listen().await?);
    app.register(url.clone()).await?;
    println!("registered: {:?}", told.recv().await);

    let send = |secret: &'static str| {
        let url = url.clone();
        task::spawn_blocking(move || stand_in::deliver(&url, secret, EXERCISE))
    };
    println!("a forged delivery is answered with {}", send("a guess").await??);
    println!("a signed delivery is answered with {}", send(stand_in::SECRET).await??);
    println!("told: {:?}", told.recv().await);
    Ok(())
}
