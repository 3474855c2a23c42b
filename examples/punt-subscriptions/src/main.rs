//! Registers, lists and deletes a webhook with the client of Punt.
//!
//! No account is needed: the calls go to a stand-in server that this program starts itself. Leave out
//! `base_url` and give a real token to talk to Punt.

mod stand_in;

use clientwright_providers::punt::models::{Event, NewSubscription};
use clientwright_providers::punt::{self, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = stand_in::start()?;
    let punt = punt::builder().bearer("a-token").base_url(format!("http://{server}")).build()?;
    webhooks(&punt).await?;
    Ok(())
}

async fn webhooks(punt: &punt::Client) -> Result<(), Error> {
    let wanted = NewSubscription::new("https://example.com/hook", Event::ShipmentShipped);
    let hook = punt.subscriptions().create(wanted).await?;
    println!("registered {} for {}", hook.id, hook.event);

    for hook in punt.subscriptions().list().take(50).await? {
        println!("there is {} for {}", hook.id, hook.event);
    }

    punt.subscriptions().delete(hook.id.clone()).await?;
    println!("deleted {}", hook.id);

    // What a service refuses is a value of its own type, with everything that it said.
    if let Err(error) = punt.subscriptions().get(hook.id).await {
        println!("{error}");
        if let Some(said) = error.service() {
            println!("the service says: {}", said.message.as_deref().unwrap_or("nothing"));
        }
    }
    Ok(())
}
