//! The pairs of calls that are compared: what is generated, and the same written by hand.

use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};

use clientwright_runtime::{
    Blocking, BoxFuture, HeaderMap, HeaderValue, Incoming, Outgoing, StatusCode, Transport,
    TransportError,
};
use std::hint::black_box;
use std::sync::Arc;

use crate::{Error, by_hand, server, shop};

const TOKEN: &str = "secret-token";
const BASE: &str = "https://shop.example.com";

/// One way to make a call.
pub type Call<'a> = Box<dyn FnMut() -> Result<(), Error> + 'a>;

/// A call in both ways.
pub struct Pair<'a> {
    /// What is called, and how.
    pub name: &'static str,
    /// The generated client.
    pub generated: Call<'a>,
    /// The same by hand.
    pub by_hand: Call<'a>,
}

/// All clients that take part.
pub struct Clients {
    runtime: tokio::runtime::Runtime,
    generated: shop::Client,
    unsent: shop::Client,
    blocking: shop::Client<Blocking>,
    by_hand: by_hand::Client,
    by_hand_unsent: NoNetwork,
    by_hand_blocking: by_hand::Blocking,
}

impl Clients {
    /// Clients of a server that is started for them.
    ///
    /// # Errors
    ///
    /// The server or a client does not start.
    pub fn start() -> Result<Self, Error> {
        let base = format!("http://{}", server::start()?);
        let builder = shop::builder().token(TOKEN).base_url(&base);
        let nothing = NoNetwork::new()?;
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            generated: builder.clone().build()?,
            unsent: builder.clone().transport(nothing.clone()).build()?,
            blocking: builder.build_blocking()?,
            by_hand: by_hand::Client::new(&base, TOKEN)?,
            by_hand_unsent: nothing,
            by_hand_blocking: by_hand::Blocking::new(&base, TOKEN),
        })
    }

    /// The pairs over a network.
    pub fn sent(&self) -> Vec<Pair<'_>> {
        vec![
            Pair {
                name: "GET, reqwest",
                generated: Box::new(|| {
                    let call = self.generated.items().get("i-17").currency("eur");
                    black_box(self.runtime.block_on(call.into_future())?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    black_box(self.runtime.block_on(self.by_hand.get("i-17", "eur"))?);
                    Ok(())
                }),
            },
            Pair {
                name: "POST, reqwest",
                generated: Box::new(|| {
                    let call = self.generated.items().add(new_item());
                    black_box(self.runtime.block_on(call.into_future())?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    black_box(self.runtime.block_on(self.by_hand.add(&new_item_by_hand()))?);
                    Ok(())
                }),
            },
            Pair {
                name: "GET, ureq",
                generated: Box::new(|| {
                    black_box(self.blocking.items().get("i-17").currency("eur").send()?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    black_box(self.by_hand_blocking.get("i-17", "eur")?);
                    Ok(())
                }),
            },
            Pair {
                name: "POST, ureq",
                generated: Box::new(|| {
                    black_box(self.blocking.items().add(new_item()).send()?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    black_box(self.by_hand_blocking.add(&new_item_by_hand())?);
                    Ok(())
                }),
            },
        ]
    }

    /// The pairs over a transport that does nothing, so that only the work around it is left. By hand that is
    /// a request of the crate `http`, its headers made once, and reading the answer.
    pub fn unsent(&self) -> Vec<Pair<'_>> {
        vec![
            Pair {
                name: "GET, no transport",
                generated: Box::new(|| {
                    let call = self.unsent.items().get("i-17").currency("eur");
                    black_box(self.runtime.block_on(call.into_future())?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    let (id, currency) = (by_hand::encoded("i-17"), by_hand::encoded("eur"));
                    let address = format!("{BASE}/items/{id}?currency={currency}");
                    let request = self.by_hand_unsent.request(Method::GET, address, None)?;
                    black_box(self.runtime.block_on(self.by_hand_unsent.item(request))?);
                    Ok(())
                }),
            },
            Pair {
                name: "POST, no transport",
                generated: Box::new(|| {
                    let call = self.unsent.items().add(new_item());
                    black_box(self.runtime.block_on(call.into_future())?);
                    Ok(())
                }),
                by_hand: Box::new(|| {
                    let body = serde_json::to_vec(&new_item_by_hand())?;
                    let address = format!("{BASE}/items");
                    let request = self.by_hand_unsent.request(Method::POST, address, Some(body))?;
                    black_box(self.runtime.block_on(self.by_hand_unsent.item(request))?);
                    Ok(())
                }),
            },
        ]
    }
}

fn new_item() -> shop::models::NewItem {
    shop::models::NewItem::new(
        "A box of pencils",
        12.5,
        40,
        vec!["office".to_owned(), "wood".to_owned()],
    )
}

fn new_item_by_hand() -> by_hand::NewItem {
    by_hand::NewItem {
        title: "A box of pencils".to_owned(),
        price: 12.5,
        count: 40,
        tags: vec!["office".to_owned(), "wood".to_owned()],
    }
}

/// Answers at once.
#[derive(Clone)]
struct NoNetwork {
    answer: Arc<Incoming>,
    authorization: HeaderValue,
}

impl NoNetwork {
    fn new() -> Result<Self, Error> {
        let headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(by_hand::JSON))]);
        let answer = Arc::new(Incoming::new(StatusCode::OK, headers, server::ITEM));
        let mut authorization = HeaderValue::try_from(format!("Bearer {TOKEN}"))?;
        authorization.set_sensitive(true);
        Ok(Self { answer, authorization })
    }

    fn request(
        &self,
        method: Method,
        address: String,
        body: Option<Vec<u8>>,
    ) -> Result<http::Request<Vec<u8>>, Error> {
        let mut request = http::Request::builder()
            .method(method)
            .uri(address)
            .header(USER_AGENT, HeaderValue::from_static(by_hand::AGENT))
            .header(ACCEPT, HeaderValue::from_static(by_hand::JSON))
            .header(AUTHORIZATION, self.authorization.clone());
        if body.is_some() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static(by_hand::JSON));
        }
        Ok(request.body(body.unwrap_or_default())?)
    }

    /// What the transport gives, without one.
    fn answer(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Incoming> {
        Box::pin(async move {
            drop(black_box(request));
            Incoming::clone(&self.answer)
        })
    }

    async fn item(&self, request: http::Request<Vec<u8>>) -> Result<by_hand::Item, Error> {
        let answer = self.answer(request).await;
        if answer.status.is_success() {
            Ok(serde_json::from_slice(&answer.body)?)
        } else {
            Err(by_hand::refused(answer.status.as_u16(), &answer.body))
        }
    }
}

impl Transport for NoNetwork {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let answer = Incoming::clone(&self.answer);
        Box::pin(async move {
            drop(black_box(outgoing));
            Ok(answer)
        })
    }
}
