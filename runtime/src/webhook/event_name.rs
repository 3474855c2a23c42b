//! What a delivery says that it is about.

use super::DeliveryError;
use crate::decode;
use http::HeaderMap;

/// Where the name of an event stands. Where it stands twice, both have to say the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventName {
    pub(super) header: Option<&'static str>,
    /// Paths of the members that make up the name.
    pub(super) fields: &'static [&'static [&'static str]],
    /// What stands between them.
    pub(super) between: &'static str,
}

impl EventName {
    /// What the header says, if that is where it stands.
    pub(super) fn in_header<'h>(
        &self,
        headers: &'h HeaderMap,
    ) -> Result<Option<&'h str>, DeliveryError> {
        self.header.map(|name| required(headers, name)).transpose()
    }

    /// What the body says, if that is where it stands.
    pub(super) fn in_body(&self, body: &[u8]) -> Result<Option<String>, DeliveryError> {
        if self.fields.is_empty() {
            return Ok(None);
        }
        let parts = self.fields.iter().map(|path| decode::json_at(body, path));
        let parts: Vec<String> =
            parts.collect::<Result<_, _>>().map_err(|error| DeliveryError::of_body(None, error))?;
        Ok(Some(parts.join(self.between)))
    }

    /// The name, on which header and body agree.
    pub(super) fn agreed(
        header: Option<&str>,
        body: Option<String>,
    ) -> Result<String, DeliveryError> {
        match (header, body) {
            (Some(header), Some(body)) if header != body => {
                Err(DeliveryError::Disagreement { header: header.to_owned(), body })
            }
            (_, Some(body)) => Ok(body),
            (header, None) => Ok(header.unwrap_or_default().to_owned()),
        }
    }
}

/// A header that is there once.
pub(super) fn required<'h>(
    headers: &'h HeaderMap,
    name: &'static str,
) -> Result<&'h str, DeliveryError> {
    optional(headers, name)?.ok_or(DeliveryError::MissingHeader(name))
}

/// A header that is there once or not at all. Of two, nobody knows which one another program looked at.
pub(super) fn optional<'h>(
    headers: &'h HeaderMap,
    name: &'static str,
) -> Result<Option<&'h str>, DeliveryError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| DeliveryError::BadHeader(name)),
        (Some(_), Some(_)) => Err(DeliveryError::BadHeader(name)),
    }
}
