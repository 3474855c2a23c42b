//! The calls as somebody would write them without a generator: models with serde's derive, one function for each
//! call, errors by status, the same headers, the same limit of time, and addresses
//! in which every value is encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use serde::{Deserialize, Serialize};
use std::time::Duration;

use crate::Error;

/// How long a call may take, as in the generated client.
const TIME: Duration = Duration::from_secs(60);
pub(crate) const AGENT: &str = "clientwright/0.1.0 (shop)";
pub(crate) const JSON: &str = "application/json";
/// What may not stand in an address as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as it stands in an address.
#[must_use]
pub fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// An item.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Item {
    /// Its name.
    pub id: String,
    /// For people.
    pub title: String,
    /// For one.
    pub price: f64,
    /// How many there are.
    pub count: i64,
    /// Words.
    pub tags: Vec<String>,
    /// A note.
    pub note: Option<String>,
    /// How large it is.
    pub size: Option<Size>,
}

/// How large something is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From bottom to top.
    pub height: f64,
}

/// An item to add.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewItem {
    /// For people.
    pub title: String,
    /// For one.
    pub price: f64,
    /// How many there are.
    pub count: i64,
    /// Words.
    pub tags: Vec<String>,
}

/// What the service says when it refuses.
#[derive(Debug, Deserialize)]
struct Problem {
    text: Option<String>,
}

/// The error of an answer that is no success.
#[must_use]
pub fn refused(status: u16, body: &[u8]) -> Error {
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let text = problem.and_then(|problem| problem.text).unwrap_or_default();
    format!("{status}: {text}").into()
}

/// A client over reqwest.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    /// A client of a base address.
    ///
    /// # Errors
    ///
    /// The token cannot be sent, or reqwest does not start.
    pub fn new(base: &str, token: &str) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        let mut authorization = HeaderValue::try_from(format!("Bearer {token}"))?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(ACCEPT, HeaderValue::from_static(JSON));
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIME)
            .build()?;
        Ok(Self { http, base: base.to_owned() })
    }

    /// An item.
    ///
    /// # Errors
    ///
    /// There is no answer, or it is none.
    pub async fn get(&self, id: &str, currency: &str) -> Result<Item, Error> {
        let (id, currency) = (encoded(id), encoded(currency));
        let url = format!("{}/items/{id}?currency={currency}", self.base);
        Self::read(self.http.get(url).send().await?).await
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// There is no answer, or it is none.
    pub async fn add(&self, item: &NewItem) -> Result<Item, Error> {
        let request = self.http.post(format!("{}/items", self.base));
        let request = request.header(CONTENT_TYPE, HeaderValue::from_static(JSON));
        Self::read(request.body(serde_json::to_vec(item)?).send().await?).await
    }

    async fn read(answer: reqwest::Response) -> Result<Item, Error> {
        let status = answer.status();
        let body = answer.bytes().await?;
        if status.is_success() {
            Ok(serde_json::from_slice(&body)?)
        } else {
            Err(refused(status.as_u16(), &body))
        }
    }
}

/// A client over ureq.
#[derive(Clone, Debug)]
pub struct Blocking {
    agent: ureq::Agent,
    base: String,
    authorization: String,
}

impl Blocking {
    /// A client of a base address.
    #[must_use]
    pub fn new(base: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(TIME))
            .user_agent(AGENT)
            .build();
        let authorization = format!("Bearer {token}");
        Self { agent: config.new_agent(), base: base.to_owned(), authorization }
    }

    /// An item.
    ///
    /// # Errors
    ///
    /// There is no answer, or it is none.
    pub fn get(&self, id: &str, currency: &str) -> Result<Item, Error> {
        let (id, currency) = (encoded(id), encoded(currency));
        let url = format!("{}/items/{id}?currency={currency}", self.base);
        let request = self.agent.get(url).header("accept", JSON);
        Self::read(request.header("authorization", &self.authorization).call()?)
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// There is no answer, or it is none.
    pub fn add(&self, item: &NewItem) -> Result<Item, Error> {
        let request = self.agent.post(format!("{}/items", self.base)).header("accept", JSON);
        let request = request.header("authorization", &self.authorization);
        let request = request.header("content-type", JSON);
        Self::read(request.send(serde_json::to_vec(item)?)?)
    }

    fn read(mut answer: http::Response<ureq::Body>) -> Result<Item, Error> {
        let status = answer.status();
        let body = answer.body_mut().read_to_vec()?;
        if status.is_success() {
            Ok(serde_json::from_slice(&body)?)
        } else {
            Err(refused(status.as_u16(), &body))
        }
    }
}
