//! What an app gets.

use super::{DeliveryError, Payload, Receiver, Secrets};
use crate::decode::{self, DecodeError};
use http::HeaderMap;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::time::SystemTime;

/// The events of a provider.
pub trait Event: Sized {
    /// How they are delivered.
    const RECEIVER: Receiver;

    /// Reads one. Events that the specification does not know are kept as they are.
    ///
    /// # Errors
    /// The event is known and does not fit.
    fn read(payload: &Payload<'_>) -> Result<Self, DecodeError>;

    /// What happened, as the provider calls it.
    fn name(&self) -> &str;
}

/// An event that the specification does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownEvent {
    /// What the provider calls it.
    pub name: String,
    /// What it sent, whole.
    pub body: serde_json::Value,
}

impl UnknownEvent {
    /// Keeps an event as it was sent.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn keep(payload: &Payload<'_>) -> Result<Self, DecodeError> {
        Ok(Self { name: payload.name().to_owned(), body: payload.whole()? })
    }
}

/// The parts of a request that hold a delivery.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) now: Option<SystemTime>,
}

impl<'a> Parts<'a> {
    /// The headers, and the body byte for byte as it was received.
    pub fn new(headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self { headers, body, now: None }
    }

    /// When it was received, for providers that sign a timestamp.
    #[must_use]
    pub fn at(self, now: SystemTime) -> Self {
        Self { now: Some(now), ..self }
    }
}

/// One event, with what was delivered around it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery<E> {
    /// What happened.
    pub event: E,
    /// The same each time the event is delivered, where the provider has such an id: remember it to
    /// do nothing twice.
    pub id: Option<String>,
    /// Whether the provider only asks if anybody is there. A success is all it wants.
    pub is_ping: bool,
    /// The text that the answer has to hold, where a ping asks for one.
    pub echo: Option<String>,
}

/// Several events in one delivery.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Batch<E, V = IgnoredAny> {
    /// What the events have in common.
    pub envelope: V,
    /// The events, in the order of the provider.
    pub events: Vec<Delivery<E>>,
}

/// What a request of a provider becomes.
pub trait Delivered: Sized {
    /// How the provider delivers.
    const RECEIVER: Receiver;

    /// As [`receive`], with a receiver that an app has changed.
    ///
    /// # Errors
    /// See [`DeliveryError`].
    fn receive(
        receiver: &Receiver,
        secrets: &Secrets,
        parts: Parts<'_>,
    ) -> Result<Self, DeliveryError>;
}

/// Verifies a delivery and reads it.
///
/// # Errors
/// See [`DeliveryError`]; its [`status`](DeliveryError::status) is what to answer.
pub fn receive<D: Delivered>(secrets: &Secrets, parts: Parts<'_>) -> Result<D, DeliveryError> {
    D::receive(&D::RECEIVER, secrets, parts)
}

impl<E: Event> Delivered for Delivery<E> {
    const RECEIVER: Receiver = E::RECEIVER;

    fn receive(
        receiver: &Receiver,
        secrets: &Secrets,
        parts: Parts<'_>,
    ) -> Result<Self, DeliveryError> {
        let opened = receiver.open(secrets, parts)?;
        Self::read(receiver.event(&opened, &opened.json)?)
    }
}

impl<E: Event> Delivery<E> {
    fn read(payload: Payload<'_>) -> Result<Self, DeliveryError> {
        let event = E::read(&payload)
            .map_err(|error| DeliveryError::of_body(Some(payload.name()), error))?;
        Ok(Self { event, id: payload.id, is_ping: payload.is_ping, echo: payload.echo })
    }
}

impl<E: Event, V: DeserializeOwned> Delivered for Batch<E, V> {
    const RECEIVER: Receiver = E::RECEIVER;

    fn receive(
        receiver: &Receiver,
        secrets: &Secrets,
        parts: Parts<'_>,
    ) -> Result<Self, DeliveryError> {
        let opened = receiver.open(secrets, parts)?;
        let envelope =
            decode::json(&opened.json).map_err(|error| DeliveryError::of_body(None, error))?;
        let items = receiver.items(&opened.json)?;
        let events = items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let event = receiver.event(&opened, item.get().as_bytes()).and_then(Delivery::read);
                event.map_err(|error| error.below(&receiver.place(index)))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { envelope, events })
    }
}
