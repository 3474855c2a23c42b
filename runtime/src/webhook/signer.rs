//! Signing as a provider does, for tests.

use super::ping::PingPlace;
use super::proof::Proof;
use super::{DeliveryError, Receiver, Secrets, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes the headers of a delivery, as the provider would.
#[derive(Clone, Debug)]
pub struct Signer<'a> {
    receiver: Receiver,
    secrets: &'a Secrets,
    body: &'a [u8],
    event: Option<&'a str>,
    id: Option<&'a str>,
    at: SystemTime,
}

impl<'a> Signer<'a> {
    /// Signs a body with the first of the secrets.
    pub fn new(receiver: Receiver, secrets: &'a Secrets, body: &'a [u8]) -> Self {
        Self { receiver, secrets, body, event: None, id: None, at: UNIX_EPOCH }
    }

    /// What the header with the event says, if not the same as the body; of a ping that a header of its own
    /// tells, what that one says.
    #[must_use]
    pub fn event(self, event: &'a str) -> Self {
        Self { event: Some(event), ..self }
    }

    /// The id of the delivery.
    #[must_use]
    pub fn id(self, id: &'a str) -> Self {
        Self { id: Some(id), ..self }
    }

    /// When it is signed; 1970 unless said otherwise.
    #[must_use]
    pub fn at(self, at: SystemTime) -> Self {
        Self { at, ..self }
    }

    /// Whether another body would need another signature.
    #[cfg(feature = "testing")]
    pub(crate) fn covers_body(&self) -> bool {
        matches!(self.receiver.proof, Proof::Signed(_))
    }

    /// The headers.
    ///
    /// # Errors
    /// There is no secret, or nothing says what event it is.
    pub fn headers(&self) -> Result<HeaderMap, DeliveryError> {
        let mut headers = HeaderMap::new();
        put(&mut headers, "content-type", "application/json")?;
        if let Some((name, event)) = self.named()? {
            put(&mut headers, name, &event)?;
        }
        if let Some((name, id)) = self.receiver.id_header.zip(self.id) {
            put(&mut headers, name, id)?;
        }
        self.prove(&mut headers)?;
        Ok(headers)
    }

    /// The header that says what event it is, if one does, and what it says.
    fn named(&self) -> Result<Option<(&'static str, String)>, DeliveryError> {
        let Receiver { name, ping, ping_place, .. } = self.receiver;
        if let (PingPlace::Header(header), Some(event)) = (ping_place, self.event)
            && ping == Some(event)
        {
            return Ok(Some((header, event.to_owned())));
        }
        let Some(header) = name.header else { return Ok(None) };
        let event = match self.event {
            Some(event) => event.to_owned(),
            // A ping is told by its own place, and has no name then.
            None if self.receiver.ping_apart(&HeaderMap::new(), self.body).is_some() => {
                return Ok(None);
            }
            None => name.in_body(self.body)?.ok_or(DeliveryError::NoEvent(header))?,
        };
        Ok(Some((header, event)))
    }

    fn prove(&self, headers: &mut HeaderMap) -> Result<(), DeliveryError> {
        let secret = || self.secrets.first().ok_or(DeliveryError::NoSecret);
        match &self.receiver.proof {
            Proof::Nothing => Ok(()),
            Proof::Shared { header } => {
                let text = std::str::from_utf8(secret()?);
                put(headers, header, text.map_err(|_| DeliveryError::BadHeader(header))?)
            }
            Proof::Signed(signature) => {
                let since = self.at.duration_since(UNIX_EPOCH).unwrap_or_default();
                let timestamp = since.as_secs().to_string();
                let text = signature.text(&timestamp, self.id.unwrap_or_default(), self.body);
                let bytes = signature.mac.sign(secret()?, &text).unwrap_or_default();
                let mut value = format!("{}{}", signature.prefix, signature.encoding.write(&bytes));
                match signature.timestamp {
                    Some(Timestamp { header, prefix, .. }) if header == signature.header => {
                        value = format!("{prefix}{timestamp}{}{value}", signature.split);
                    }
                    Some(Timestamp { header, prefix, .. }) => {
                        put(headers, header, &format!("{prefix}{timestamp}"))?;
                    }
                    None => {}
                }
                put(headers, signature.header, &value)
            }
        }
    }
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) -> Result<(), DeliveryError> {
    let header = HeaderName::from_bytes(name.as_bytes());
    let value = HeaderValue::from_str(value);
    let (Ok(header), Ok(mut value)) = (header, value) else {
        return Err(DeliveryError::BadHeader(name));
    };
    value.set_sensitive(true);
    headers.insert(header, value);
    Ok(())
}
