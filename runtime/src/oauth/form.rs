//! The forms of token requests, and what is read of the answers.

use super::{ClientSecret, Token};
use crate::object;
use crate::param::Sink;
use crate::sensitive::Sensitive;
use bytes::Bytes;
use std::time::Duration;
use zeroize::Zeroizing;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Pairs of a form, of which no copy is left in memory.
pub(crate) struct Form(Zeroizing<String>);

impl Form {
    pub(crate) fn new() -> Self {
        // Tokens can be long; a text that grows leaves its beginning behind.
        Self(Zeroizing::new(String::with_capacity(8 << 10)))
    }

    pub(crate) fn pair(mut self, name: &str, value: &str) -> Self {
        let mut separator = (!self.0.is_empty()).then_some('&');
        Sink::query(&mut self.0, name, &mut separator).text(value);
        self
    }

    pub(crate) fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.pair(name, value),
            None => self,
        }
    }

    pub(crate) fn scopes(self, scopes: &[&str]) -> Self {
        if scopes.is_empty() { self } else { self.pair("scope", &scopes.join(" ")) }
    }

    /// The same form behind another one, with what the client proves itself with.
    pub(crate) fn behind(body: &[u8], client: &ClientSecret) -> Bytes {
        let mut form = Self::new();
        form.0.push_str(std::str::from_utf8(body).unwrap_or_default());
        form.pair("client_id", client.id.expose())
            .optional(
                "client_secret",
                client.secret.as_ref().map(|secret| secret.expose().as_str()),
            )
            .into_body()
    }

    pub(crate) fn into_body(self) -> Bytes {
        Bytes::from_owner(self.0)
    }
}

/// The members of a token answer that the standard has.
#[derive(Debug)]
pub(crate) struct Raw {
    access_token: Sensitive<String>,
    refresh_token: Option<Sensitive<String>>,
    expires_in: Option<serde_json::Value>,
}
object! {
    Raw {
        access_token: Required = "access_token",
        refresh_token: Optional = "refresh_token",
        expires_in: Optional = "expires_in",
    }
}

impl Raw {
    /// The token, where `unix` is now.
    pub(crate) fn into_token(self, unix: Duration) -> Token {
        let mut token = Token::new(self.access_token);
        if let Some(refresh) = self.refresh_token {
            token = token.with_refresh_token(refresh);
        }
        // Some write the number as a text.
        let seconds = match &self.expires_in {
            Some(serde_json::Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_u64(),
            None => None,
        };
        match seconds {
            Some(seconds) => token.with_expiry(unix.as_secs().saturating_add(seconds)),
            None => token,
        }
    }
}

/// The code of an error answer, if it is one of the standard's form. Nothing else of the answer is
/// shown, since services echo what they were sent.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(body).ok()?;
    let code = value.get("error")?.as_str()?;
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    (code.len() <= 40 && code.chars().all(plain)).then(|| code.to_owned())
}
