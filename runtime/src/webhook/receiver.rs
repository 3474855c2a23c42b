//! How a provider delivers: what a specification says, as a constant.

use super::event_name::{EventName, optional};
use super::ping::PingPlace;
use super::proof::Proof;
use super::{DeliveryError, Parts, Secrets, Signature};
use crate::codec::{Codec, Decoded};
use crate::decode::{self, DecodeError};
use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Longest body that is accepted unless an app says otherwise. Notices are a few hundred bytes.
const MAX_BODY: usize = 1 << 20;

/// How a provider names, proves and packs what it delivers.
#[derive(Clone, Copy, Debug)]
pub struct Receiver {
    pub(super) name: EventName,
    pub(super) proof: Proof,
    pub(super) id_header: Option<&'static str>,
    id_field: Option<&'static [&'static str]>,
    pub(super) ping: Option<&'static str>,
    pub(super) ping_place: PingPlace,
    unsigned_ping: bool,
    echo: Option<&'static [&'static str]>,
    payload: &'static [&'static str],
    list: Option<&'static [&'static str]>,
    max_body: usize,
}

impl Receiver {
    /// A provider that proves nothing and names nothing.
    #[expect(clippy::new_without_default, reason = "a default cannot be a constant")]
    pub const fn new() -> Self {
        Self {
            name: EventName { header: None, fields: &[], between: "" },
            proof: Proof::Nothing,
            id_header: None,
            id_field: None,
            ping: None,
            ping_place: PingPlace::Event,
            unsigned_ping: false,
            echo: None,
            payload: &[],
            list: None,
            max_body: MAX_BODY,
        }
    }

    /// The event stands in a header.
    #[must_use]
    pub const fn event_header(mut self, header: &'static str) -> Self {
        self.name.header = Some(header);
        self
    }

    /// The event stands in the body: in one member, or in several with a text between them.
    #[must_use]
    pub const fn event_fields(
        mut self,
        fields: &'static [&'static [&'static str]],
        between: &'static str,
    ) -> Self {
        self.name.fields = fields;
        self.name.between = between;
        self
    }

    /// A header holds the secret itself.
    #[must_use]
    pub const fn shared_secret(mut self, header: &'static str) -> Self {
        self.proof = Proof::Shared { header };
        self
    }

    /// A header holds a signature.
    #[must_use]
    pub const fn signature(mut self, signature: Signature) -> Self {
        self.proof = Proof::Signed(signature);
        self
    }

    /// A header holds an id, the same each time a delivery is tried.
    #[must_use]
    pub const fn id_header(mut self, header: &'static str) -> Self {
        self.id_header = Some(header);
        self
    }

    /// A member holds an id, the same each time an event is delivered.
    #[must_use]
    pub const fn id_field(mut self, path: &'static [&'static str]) -> Self {
        self.id_field = Some(path);
        self
    }

    /// An event that only asks whether anybody is there.
    #[must_use]
    pub const fn ping(mut self, event: &'static str) -> Self {
        self.ping = Some(event);
        self
    }

    /// As [`ping`](Self::ping); it comes before the app can know the secret, so that none is needed.
    #[must_use]
    pub const fn unsigned_ping(mut self, event: &'static str) -> Self {
        self.ping = Some(event);
        self.unsigned_ping = true;
        self
    }

    /// A header has the text of the ping, whatever names events.
    #[must_use]
    pub const fn ping_header(mut self, header: &'static str) -> Self {
        self.ping_place = PingPlace::Header(header);
        self
    }

    /// A member has the text of the ping, whatever names events.
    #[must_use]
    pub const fn ping_field(mut self, path: &'static [&'static str]) -> Self {
        self.ping_place = PingPlace::Field(path);
        self
    }

    /// The member of a ping whose text is to be sent back.
    #[must_use]
    pub const fn echo(mut self, path: &'static [&'static str]) -> Self {
        self.echo = Some(path);
        self
    }

    /// The member that holds what the event is about.
    #[must_use]
    pub const fn payload(mut self, path: &'static [&'static str]) -> Self {
        self.payload = path;
        self
    }

    /// The member that holds several events.
    #[must_use]
    pub const fn list(mut self, path: &'static [&'static str]) -> Self {
        self.list = Some(path);
        self
    }

    /// The longest body that is accepted, in bytes.
    #[must_use]
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The longest body that is accepted, in bytes.
    pub const fn body_limit(&self) -> usize {
        self.max_body
    }

    /// The JSON of a delivery that has passed.
    pub(super) fn open<'a>(
        &self,
        secrets: &Secrets,
        parts: Parts<'a>,
    ) -> Result<Opened<'a>, DeliveryError> {
        let Parts { headers, body, now } = parts;
        if body.len() > self.max_body {
            return Err(DeliveryError::TooLarge { limit: self.max_body });
        }
        let unsigned = self.is_unsigned_ping(parts);
        if !unsigned {
            self.proof.check(secrets, headers, self.id_header, body, now)?;
        }
        let header = match self.ping_place {
            PingPlace::Event => self.name.in_header(headers)?,
            // A ping may have no name of an event: whether there has to be one, the event says.
            _ => self.name.in_header(headers).unwrap_or_default(),
        };
        let id = self.id_header.map(|name| optional(headers, name)).transpose()?.flatten();
        let json = decode::json_body(headers, body)
            .map_err(|error| DeliveryError::of_body(header, error))?;
        Ok(Opened { headers, unsigned, id, json })
    }

    /// Whether everything that names the event, or the place that the ping has for itself, says that it is a
    /// ping which nobody signs.
    fn is_unsigned_ping(&self, parts: Parts<'_>) -> bool {
        // Around a list a name speaks of nothing in it: it must not open the way for events.
        let alone = self.unsigned_ping && self.list.is_none();
        let Some(ping) = self.ping.filter(|_| alone) else { return false };
        if !matches!(self.ping_place, PingPlace::Event) {
            return self.ping_place.has(ping, parts.headers, parts.body);
        }
        let header = match self.name.in_header(parts.headers) {
            Ok(Some(header)) => header == ping,
            Ok(None) => true,
            Err(_) => false,
        };
        // The body is not read unless the header agrees: what is unsigned should cost little.
        header
            && match self.name.in_body(parts.body) {
                Ok(Some(body)) => body == ping,
                Ok(None) => self.name.header.is_some(),
                Err(_) => false,
            }
    }

    /// What is told as a ping apart from the names of events.
    pub(super) fn ping_apart(&self, headers: &HeaderMap, body: &[u8]) -> Option<&'static str> {
        self.ping.filter(|ping| self.ping_place.has(ping, headers, body))
    }

    /// One event: the delivery as a whole, or an item of its list.
    pub(super) fn event<'a>(
        &self,
        opened: &Opened<'a>,
        json: &'a [u8],
    ) -> Result<Payload<'a>, DeliveryError> {
        // What has passed unsigned is the ping, and nothing else whatever else it says.
        let apart = match self.ping {
            ping if opened.unsigned => ping,
            _ => self.ping_apart(opened.headers, json),
        };
        let name = match apart {
            Some(ping) => ping.to_owned(),
            None => {
                let header = self.name.in_header(opened.headers)?;
                EventName::agreed(header, self.name.in_body(json)?)?
            }
        };
        let id = match self.id_field {
            Some(path) => decode::json_at::<Option<String>>(json, path).ok().flatten(),
            None => opened.id.map(str::to_owned),
        };
        let is_named = matches!(self.ping_place, PingPlace::Event) && self.ping == Some(&name);
        let is_ping = apart.is_some() || is_named;
        let echo = self.echo.filter(|_| is_ping);
        let echo = echo
            .map(|path| decode::json_at(json, path))
            .transpose()
            .map_err(|error| DeliveryError::of_body(Some(&name), error))?;
        // A ping has nothing but itself.
        let path = if is_ping { &[] } else { self.payload };
        Ok(Payload { name, id, is_ping, echo, json, path })
    }

    /// Where an item of the list is.
    pub(super) fn place(&self, index: usize) -> String {
        format!("$.{}[{index}]", self.list.unwrap_or_default().join("."))
    }

    /// The items of the list.
    pub(super) fn items(&self, json: &[u8]) -> Result<Vec<Box<RawValue>>, DeliveryError> {
        let path = self.list.unwrap_or_default();
        decode::json_at(json, path).map_err(|error| DeliveryError::of_body(None, error))
    }
}

/// A delivery that has passed, not yet taken apart.
pub(super) struct Opened<'a> {
    headers: &'a HeaderMap,
    unsigned: bool,
    id: Option<&'a str>,
    pub(super) json: Cow<'a, [u8]>,
}

/// One event as it was sent.
#[derive(Debug)]
pub struct Payload<'a> {
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) is_ping: bool,
    pub(super) echo: Option<String>,
    json: &'a [u8],
    path: &'static [&'static str],
}

impl Payload<'_> {
    /// What happened, as the provider calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the event is about.
    ///
    /// # Errors
    /// It does not fit; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        if self.path.is_empty() {
            decode::json(self.json)
        } else {
            decode::json_at(self.json, self.path)
        }
    }

    /// What the event is about, by a codec.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub fn json_as<C: Codec<T>, T>(&self) -> Result<T, DecodeError> {
        self.json::<Decoded<C, T>>().map(|decoded| decoded.0)
    }

    /// The event as a whole, whatever it holds.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn whole(&self) -> Result<serde_json::Value, DecodeError> {
        decode::json(self.json)
    }
}
