//! How a provider proves that a delivery is its own.

use super::event_name::{optional, required};
use super::{DeliveryError, Encoding, Mac, Secrets};
use http::HeaderMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use subtle::ConstantTimeEq;

/// What proves that a delivery comes from the provider.
#[derive(Clone, Copy, Debug)]
pub(super) enum Proof {
    /// Nothing does.
    Nothing,
    /// A header holds the secret itself.
    Shared {
        header: &'static str,
    },
    Signed(Signature),
}

/// A signature by HMAC, in a header.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    pub(super) header: &'static str,
    pub(super) mac: Mac,
    pub(super) encoding: Encoding,
    pub(super) prefix: &'static str,
    /// What stands between several values in the header.
    pub(super) split: &'static str,
    pub(super) over: &'static [Part],
    pub(super) timestamp: Option<Timestamp>,
}

/// A part of the text that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The body, byte for byte.
    Body,
    /// The timestamp, as it is written in its header.
    Timestamp,
    /// The id of the delivery, as it is written in its header.
    Id,
    /// A fixed text.
    Text(&'static str),
}

/// When a delivery was signed, in seconds since 1970, and how long it is good for.
#[derive(Clone, Copy, Debug)]
pub struct Timestamp {
    /// The header.
    pub header: &'static str,
    /// What stands before the number.
    pub prefix: &'static str,
    /// How far from now it may be, in both directions: clocks differ.
    pub tolerance: Duration,
}

impl Signature {
    /// A signature of the body alone, without a prefix.
    pub const fn new(header: &'static str, mac: Mac, encoding: Encoding) -> Self {
        let over = &[Part::Body];
        Self { header, mac, encoding, prefix: "", split: "", over, timestamp: None }
    }

    /// A text before the signature.
    #[must_use]
    pub const fn prefix(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// A text between several values of the header, of which one has to be right.
    #[must_use]
    pub const fn split(self, split: &'static str) -> Self {
        Self { split, ..self }
    }

    /// What is signed.
    #[must_use]
    pub const fn over(self, over: &'static [Part]) -> Self {
        Self { over, ..self }
    }

    /// When it was signed.
    #[must_use]
    pub const fn timestamp(self, timestamp: Timestamp) -> Self {
        Self { timestamp: Some(timestamp), ..self }
    }

    /// The values of a header that holds several.
    fn values<'h>(&self, text: &'h str) -> impl Iterator<Item = &'h str> {
        let split = self.split;
        let whole = split.is_empty().then_some(text);
        let parts = (!split.is_empty()).then(|| text.split(split));
        whole.into_iter().chain(parts.into_iter().flatten()).map(str::trim)
    }

    fn check(
        &self,
        secrets: &Secrets,
        headers: &HeaderMap,
        id: Option<&'static str>,
        body: &[u8],
        now: Option<SystemTime>,
    ) -> Result<(), DeliveryError> {
        let given = required(headers, self.header)?;
        let timestamp = match self.timestamp {
            Some(timestamp) => timestamp.find(self, headers)?,
            None => "",
        };
        let id = match id {
            Some(name) if self.over.contains(&Part::Id) => required(headers, name)?,
            _ => "",
        };
        let text = self.text(timestamp, id, body);
        let mut right = false;
        for value in self.values(given) {
            let bytes = value.strip_prefix(self.prefix).and_then(|text| self.encoding.read(text));
            let Some(bytes) = bytes else { continue };
            // Every secret is tried, so that the time does not tell which one it was.
            right = secrets
                .iter()
                .fold(right, |right, secret| right | self.mac.verify(secret, &text, &bytes));
        }
        if !right {
            return Err(DeliveryError::BadSignature);
        }
        match self.timestamp {
            Some(limit) => limit.check(timestamp, now),
            None => Ok(()),
        }
    }

    /// The parts of the text that is signed.
    pub(super) fn text<'a>(
        &self,
        timestamp: &'a str,
        id: &'a str,
        body: &'a [u8],
    ) -> Vec<&'a [u8]> {
        let part = |part: &Part| match *part {
            Part::Body => body,
            Part::Timestamp => timestamp.as_bytes(),
            Part::Id => id.as_bytes(),
            Part::Text(text) => text.as_bytes(),
        };
        self.over.iter().map(part).collect()
    }
}

impl Timestamp {
    /// The number as it is written.
    fn find<'h>(
        &self,
        signature: &Signature,
        headers: &'h HeaderMap,
    ) -> Result<&'h str, DeliveryError> {
        let text = required(headers, self.header)?;
        let found = if self.header == signature.header {
            signature.values(text).find_map(|value| value.strip_prefix(self.prefix))
        } else {
            text.trim().strip_prefix(self.prefix)
        };
        found.ok_or(DeliveryError::Expired)
    }

    fn check(&self, text: &str, now: Option<SystemTime>) -> Result<(), DeliveryError> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = text.parse().ok().filter(|_| digits).map(Duration::from_secs);
        let signed = seconds.and_then(|seconds| UNIX_EPOCH.checked_add(seconds));
        let distance = signed.zip(now).map(|(signed, now)| {
            now.duration_since(signed).unwrap_or_else(|ahead| ahead.duration())
        });
        match distance {
            Some(distance) if distance <= self.tolerance => Ok(()),
            _ => Err(DeliveryError::Expired),
        }
    }
}

impl Proof {
    /// Whether the delivery is the provider's. `id` is the header with the id of the delivery.
    pub(super) fn check(
        &self,
        secrets: &Secrets,
        headers: &HeaderMap,
        id: Option<&'static str>,
        body: &[u8],
        now: Option<SystemTime>,
    ) -> Result<(), DeliveryError> {
        if matches!(self, Self::Nothing) {
            return Ok(());
        }
        if secrets.first().is_none() {
            return Err(DeliveryError::NoSecret);
        }
        match self {
            Self::Nothing => Ok(()),
            Self::Signed(signature) => signature.check(secrets, headers, id, body, now),
            Self::Shared { header } => {
                let given =
                    optional(headers, header)?.ok_or(DeliveryError::MissingHeader(header))?;
                let equal = |secret: &[u8]| bool::from(secret.ct_eq(given.as_bytes()));
                let right = secrets.iter().fold(false, |right, secret| right | equal(secret));
                if right { Ok(()) } else { Err(DeliveryError::BadSignature) }
            }
        }
    }
}
