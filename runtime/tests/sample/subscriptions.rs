use super::client::{ANY, BEARER, Call, Client, KEYS, Punt};
use super::models::{ApiError, NewSubscription, Subscription, SubscriptionId};
use clientwright_runtime::{
    self as runtime, Answer, Async, DecodeError, Encoder, Method, Mode, Request, ServiceError,
};
use std::convert::Infallible;

/// Manage webhooks programmatically.
#[derive(Clone, Copy, Debug)]
pub struct Subscriptions<'c, M: Mode = Async> {
    pub(super) client: &'c Client<M>,
}

impl<M: Mode> Subscriptions<'_, M> {
    pub fn list(self) -> Call<List, M> {
        self.client.call(List::new())
    }

    pub fn create(self, body: NewSubscription) -> Call<Create, M> {
        self.client.call(Create::new(body))
    }

    pub fn get(self, id: impl Into<SubscriptionId>) -> Call<Get, M> {
        self.client.call(Get::new(id))
    }

    pub fn delete(self, id: impl Into<SubscriptionId>) -> Call<Delete, M> {
        self.client.call(Delete::new(id))
    }

    pub fn keys(self) -> Call<Keys, M> {
        self.client.call(Keys)
    }

    pub fn find(self) -> Call<Find, M> {
        self.client.call(Find)
    }
}

/// Request of [`Subscriptions::list`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct List {
    pub skip: Option<i32>,
    pub take: Option<i32>,
    pub trace: Option<String>,
    pub kinds: Option<Vec<String>>,
}

impl List {
    pub fn new() -> Self {
        Self::default()
    }
}

runtime::call_setters! {
    List {
        /// Skips this number of records.
        skip: i32,
        /// Take this number of records.
        take: i32,
        trace: String,
        kinds: Vec<String>,
    }
}

impl Request for List {
    type Provider = Punt;
    type Output = Vec<Subscription>;
    type Error = ApiError;

    const METHOD: Method =
        Method::get("punt.subscriptions.list", "/fulfilment/v3/subscriptions").auth(BEARER);

    fn encode(&self, request: &mut Encoder<'_>) {
        request.query("skip", &self.skip);
        request.query("take", &self.take);
        request.query("kind", &self.kinds);
        request.header("X-Trace", &self.trace);
        request.header("Api-Version", "2026-01-01");
    }

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        answer.json()
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<ApiError, DecodeError>> {
        Some(answer.json())
    }
}

/// Request of [`Subscriptions::get`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Get {
    pub id: SubscriptionId,
}

impl Get {
    pub fn new(id: impl Into<SubscriptionId>) -> Self {
        Self { id: id.into() }
    }
}

/// Errors of [`Subscriptions::get`].
#[derive(Debug)]
#[non_exhaustive]
pub enum GetError {
    NotFound,
    BadRequest(ApiError),
}

impl ServiceError for GetError {
    fn message(&self) -> Option<&str> {
        match self {
            Self::BadRequest(error) => error.message(),
            Self::NotFound => None,
        }
    }
}

impl Request for Get {
    type Provider = Punt;
    type Output = Option<Subscription>;
    type Error = GetError;

    const METHOD: Method =
        Method::get("punt.subscriptions.get", "/fulfilment/v3/subscriptions/{id}")
            .auth(ANY)
            .success(&[200, 204]);

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path("id", &self.id);
    }

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        match answer.status() {
            204 => Ok(None),
            _ => answer.json().map(Some),
        }
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<GetError, DecodeError>> {
        Some(match answer.status() {
            400 => answer.json().map(GetError::BadRequest),
            404 => Ok(GetError::NotFound),
            _ => return None,
        })
    }
}

/// Request of [`Subscriptions::create`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Create {
    pub body: NewSubscription,
}

impl Create {
    pub fn new(body: NewSubscription) -> Self {
        Self { body }
    }
}

impl Request for Create {
    type Provider = Punt;
    type Output = Subscription;
    type Error = Infallible;

    const METHOD: Method =
        Method::post("punt.subscriptions.create", "/fulfilment/v3/subscriptions").auth(BEARER);

    fn encode(&self, request: &mut Encoder<'_>) {
        request.json(&self.body);
    }

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        answer.json()
    }
}

/// Request of [`Subscriptions::delete`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delete {
    pub id: SubscriptionId,
}

impl Delete {
    pub fn new(id: impl Into<SubscriptionId>) -> Self {
        Self { id: id.into() }
    }
}

impl Request for Delete {
    type Provider = Punt;
    type Output = ();
    type Error = ApiError;

    const METHOD: Method =
        Method::delete("punt.subscriptions.delete", "/fulfilment/v3/subscriptions/{id}")
            .auth(BEARER);

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path("id", &self.id);
    }

    fn decode(_: &Answer<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<ApiError, DecodeError>> {
        Some(answer.json())
    }
}

/// Request of [`Subscriptions::keys`].
#[derive(Clone, Debug, PartialEq)]
pub struct Keys;

impl Request for Keys {
    type Provider = Punt;
    type Output = Vec<String>;
    type Error = Infallible;

    const METHOD: Method = Method::get("punt.subscriptions.keys", "/keys");

    fn encode(&self, _: &mut Encoder<'_>) {}

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        answer.json_at(&["data", "keys"])
    }
}

/// Everything about a subscription that has keys of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guarded {
    pub page: Option<i32>,
    pub cookie: Option<String>,
}

impl Request for Guarded {
    type Provider = Punt;
    type Output = Vec<String>;
    type Error = Infallible;

    const METHOD: Method = Method::get("punt.subscriptions.guarded", "/guarded").auth(KEYS);

    fn encode(&self, request: &mut Encoder<'_>) {
        request.query("page", &self.page);
        request.header("Cookie", &self.cookie);
    }

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        answer.json()
    }
}

/// Request of [`Subscriptions::find`].
#[derive(Clone, Debug, PartialEq)]
pub struct Find;

impl Request for Find {
    type Provider = Punt;
    type Output = Option<Subscription>;
    type Error = Infallible;

    const METHOD: Method = Method::get("punt.subscriptions.find", "/find").server(1);

    fn encode(&self, _: &mut Encoder<'_>) {}

    fn decode(answer: &Answer<'_>) -> Result<Self::Output, DecodeError> {
        answer.json_first_at(&["data"])
    }
}
