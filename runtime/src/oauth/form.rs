//! The bodies of token requests, and what is read of the answers.

use super::dialect::{Dialect, push_json};
use super::{ClientSecret, Token};
use crate::answer::Answer;
use crate::decode::DecodeError;
use crate::object;
use crate::param::Sink;
use crate::sensitive::Sensitive;
use bytes::Bytes;
use std::borrow::Borrow;
use std::time::Duration;
use zeroize::Zeroizing;

/// Pairs of names and texts, of which no copy is left in memory.
pub(crate) struct Form {
    dialect: Dialect,
    text: Zeroizing<String>,
}

impl Form {
    /// What asks for a token of this kind.
    pub(crate) fn grant(dialect: Dialect, kind: &str) -> Self {
        let form = Self::empty(dialect).pair("grant_type", kind);
        dialect.fields.iter().fold(form, |form, (name, value)| form.write(name, value))
    }

    fn empty(dialect: Dialect) -> Self {
        Self { dialect, text: Zeroizing::new(String::with_capacity(8 << 10)) }
    }

    /// Makes room for so many bytes. A text that grows by itself leaves its beginning behind in memory.
    fn make_room(&mut self, more: usize) {
        if self.text.capacity() - self.text.len() < more {
            let mut larger = String::with_capacity(2 * (self.text.len() + more));
            larger.push_str(&self.text);
            self.text = Zeroizing::new(larger);
        }
    }

    /// Adds what the standard calls so.
    pub(crate) fn pair(self, name: &str, value: &str) -> Self {
        let name = self.dialect.name(name);
        self.write(name, value)
    }

    fn write(mut self, name: &str, value: &str) -> Self {
        // A byte becomes six at most, in JSON; what stands around the two, and at the end, is no more than that.
        self.make_room(6 * (name.len() + value.len() + 1));
        if self.dialect.json {
            let before = if self.text.is_empty() { '{' } else { ',' };
            self.text.push(before);
            for (part, end) in [(name, "\":"), (value, "\"")] {
                self.text.push('"');
                push_json(&mut self.text, part);
                self.text.push_str(end);
            }
        } else {
            let mut separator = (!self.text.is_empty()).then_some('&');
            Sink::query(&mut self.text, name, &mut separator).text(value);
        }
        self
    }

    pub(crate) fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.pair(name, value),
            None => self,
        }
    }

    pub(crate) fn scopes(self, scopes: &[impl Borrow<str>]) -> Self {
        if scopes.is_empty() { self } else { self.pair("scope", &scopes.join(" ")) }
    }

    /// The same pairs, and behind them what the client proves itself with.
    pub(crate) fn behind(dialect: Dialect, body: &[u8], client: &ClientSecret) -> Bytes {
        let mut form = Self::empty(dialect);
        let body = std::str::from_utf8(body).unwrap_or_default();
        form.make_room(body.len());
        form.text.push_str(if dialect.json { body.trim_end_matches('}') } else { body });
        form.pair("client_id", client.id.expose())
            .optional(
                "client_secret",
                client.secret.as_ref().map(|secret| secret.expose().as_str()),
            )
            .into_body()
    }

    pub(crate) fn content_type(&self) -> &'static str {
        self.dialect.content_type()
    }

    pub(crate) fn into_body(mut self) -> Bytes {
        if self.dialect.json {
            self.text.push('}');
        }
        Bytes::from_owner(self.text)
    }
}

/// The members of a token answer that the standard has.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    access_token: Sensitive<String>,
    refresh_token: Option<Sensitive<String>>,
    expires_in: Option<serde_json::Value>,
}
object! {
    TokenAnswer {
        access_token: Required = "access_token",
        refresh_token: Optional = "refresh_token",
        expires_in: Optional = "expires_in",
    }
}

impl TokenAnswer {
    /// Reads an answer of an endpoint that talks like this.
    pub(crate) fn read(answer: &Answer<'_>, dialect: Dialect) -> Result<Self, DecodeError> {
        if dialect.at.is_empty() && dialect.names.is_empty() {
            return answer.json();
        }
        let refresh_token = match answer.json_find(&dialect.path("refresh_token"))? {
            Some(serde_json::Value::String(token)) => Some(Sensitive::new(token)),
            _ => None,
        };
        Ok(Self {
            access_token: answer.json_at(&dialect.path("access_token"))?,
            refresh_token,
            expires_in: answer.json_find(&dialect.path("expires_in"))?,
        })
    }

    /// The token, where `unix` is now.
    pub(crate) fn into_token(self, unix: Duration) -> Token {
        let mut token = Token::new(self.access_token);
        // Some write an empty text where they have none.
        if let Some(refresh) = self.refresh_token.filter(|refresh| !refresh.expose().is_empty()) {
            token = token.with_refresh_token(refresh);
        }
        // And the number as a text, or with a fraction.
        let seconds = match &self.expires_in {
            Some(serde_json::Value::String(text)) => whole(text.trim()),
            Some(serde_json::Value::Number(number)) => whole(&number.to_string()),
            _ => None,
        };
        match seconds {
            Some(seconds) => token.with_expiry(unix.as_secs().saturating_add(seconds)),
            None => token,
        }
    }
}

/// Seconds without their fraction; `None` of what is negative, or no number.
fn whole(text: &str) -> Option<u64> {
    let fraction = || Duration::try_from_secs_f64(text.parse().ok()?).ok();
    text.parse().ok().or_else(|| fraction().map(|time| time.as_secs()))
}

/// What is read of an answer that is no token.
struct Refusal {
    error: Sensitive<String>,
}
object! { Refusal { error: Required = "error" } }

/// The code of an error answer, if it is one of the standard's form. Nothing else of the answer is
/// shown or copied, since services echo what they were sent.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    let Refusal { error } = serde_json::from_slice(body).ok()?;
    let code = error.expose();
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    (code.len() <= 40 && code.chars().all(plain)).then(|| code.clone())
}

/// What a success without a token holds. Some services call all of their errors one.
pub(crate) fn in_place_of_token(body: &[u8]) -> Option<String> {
    error_code(body).map(|code| format!("the error `{code}` in place of a token"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a text consists of, it has its room before it is written: what grows by itself is copied.
    #[test]
    fn no_form_grows_by_itself() {
        for dialect in [Dialect::STANDARD, Dialect { json: true, ..Dialect::STANDARD }] {
            for value in ["\u{1}", "\"", "ü", "€", "𝄞", " "] {
                let value = value.repeat(9 << 10);
                let mut form = Form::empty(dialect);
                // As little as there may be.
                form.text = Zeroizing::new(String::new());
                form.make_room(6 * ("name".len() + value.len() + 1));
                let room = form.text.capacity();
                let form = form.write("name", &value);
                assert_eq!(form.text.capacity(), room);
                let length = form.text.len();
                let body = form.pair("client_secret", &value).into_body();
                assert!(body.len() > 2 * length, "{}", body.len());
            }
        }
    }
}
