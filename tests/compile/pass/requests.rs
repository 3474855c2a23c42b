//! A method is a value too: build it anywhere, send it later, log it, test it.

use clientwright_providers::punt::models::{Event, NewSubscription};
use clientwright_providers::punt::subscriptions::{Create, Delete, Get, List};
use clientwright_providers::punt::{self, Error, Punt};
use clientwright_providers::runtime::{Mode, Request};

fn next_page(mut request: List) -> List {
    request.skip = Some(request.skip.unwrap_or(0) + request.take.unwrap_or(10));
    request
}

async fn send(punt: &punt::Client) -> Result<usize, Error> {
    let first = List::new().take(50);
    let second = next_page(first.clone());
    assert_ne!(first, second);
    println!("{second:?}");
    let count = punt.call(first).await?.len() + punt.call(second).await?.len();
    punt.call(Create::new(NewSubscription::new("u", Event::from("new-event")))).await?;
    punt.call(Get::new("1")).with_response().await?;
    punt.call(Delete::new("1")).await?;
    Ok(count)
}

/// Code that works with any request of a provider, in either kind of client.
fn name<R: Request<Provider = Punt>, M: Mode>(punt: &punt::Client<M>, request: R) -> &'static str {
    drop(punt.call(request));
    R::METHOD.name()
}

fn main() {
    assert_eq!(next_page(List::default()).skip, Some(10));
    let client = punt::builder().bearer("t").transport(own::Nowhere).build().unwrap();
    assert_eq!(name(&client, List::new()), "punt.subscriptions.list");
    let _ = send;
}

/// A transport of the app's own, as tests and other HTTP libraries have.
mod own {
    use clientwright_providers::runtime::{BoxFuture, Incoming, Outgoing, Transport};
    use clientwright_providers::runtime::{TransportError, TransportErrorKind};

    pub struct Nowhere;

    impl Transport for Nowhere {
        fn send(&self, _: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
            Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect)) })
        }
    }
}
