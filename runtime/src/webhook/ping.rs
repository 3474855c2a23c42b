//! How a question whether anybody is there is told from events.

use super::event_name::optional;
use crate::decode;
use http::HeaderMap;

/// Where it stands that a delivery is a ping.
#[derive(Clone, Copy, Debug)]
pub(super) enum PingPlace {
    /// Wherever events have their names: a ping is one of them.
    Event,
    /// A header, whatever names the events.
    Header(&'static str),
    /// A member of the body, whatever names the events.
    Field(&'static [&'static str]),
}

impl PingPlace {
    /// Whether a place of the ping's own has this text. What is missing or no text is none.
    pub(super) fn has(self, text: &str, headers: &HeaderMap, body: &[u8]) -> bool {
        match self {
            Self::Event => false,
            Self::Header(name) => {
                matches!(optional(headers, name), Ok(Some(found)) if found == text)
            }
            Self::Field(path) => {
                decode::json_at::<String>(body, path).is_ok_and(|found| found == text)
            }
        }
    }
}
