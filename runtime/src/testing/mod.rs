//! What generated tests call: an example of a specification, held against a client.
//!
//! `clientwright generate --tests` makes a test of each example. It sends what the example shows to a
//! [server](Exchange) on this machine, with the asynchronous and with the blocking client. Every byte of
//! the request has to be as it is stated, the answer of the example has to be read as what is declared,
//! and written again it has to be what it was.
//!
//! There is no network but the loopback interface, and nothing here sleeps.
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod delivery;
mod exchange;
mod parts;
mod seen;
mod server;

pub use delivery::Delivery;
pub use exchange::{Exchange, wait};
pub use seen::Seen;

use crate::codec::{Codec, Decoded};
use crate::oauth::{BoxError, Token, TokenSource};
use crate::transport::BoxFuture;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::str::FromStr;

/// A value of JSON.
///
/// # Panics
/// It is none of the type.
#[must_use]
#[track_caller]
pub fn json<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// A value of JSON, by a codec.
///
/// # Panics
/// It is none of the type.
#[must_use]
#[track_caller]
pub fn json_as<C: Codec<T>, T>(text: &str) -> T {
    json::<Decoded<C, T>>(text).0
}

/// A value of text.
///
/// # Panics
/// It is none of the type.
#[must_use]
#[track_caller]
pub fn parse<T: FromStr<Err: Display>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A source that gives the same token whenever one is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Fixed(pub &'static str);

impl TokenSource for Fixed {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(Token::new(self.0))))
    }
}
