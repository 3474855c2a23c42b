//! Tokens that the client signs by itself.

use crate::credential::{Prepared, bearer};
use crate::oauth::push_json;
use crate::sensitive::Sensitive;
use crate::transport::Clock;
use clientwright_wire::base64;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::{Sha256, Sha384, Sha512};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// What signs tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// HMAC and SHA-256.
    Hs256,
    /// HMAC and SHA-384.
    Hs384,
    /// HMAC and SHA-512.
    Hs512,
}

impl JwtAlgorithm {
    /// The name in the header `alg` of the tokens.
    fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// A key of HMAC has any length, so that there always is a signature.
    fn sign(self, key: &[u8], text: &[u8]) -> Option<Vec<u8>> {
        fn mac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> Option<Vec<u8>> {
            let mac = <M as KeyInit>::new_from_slice(key).ok()?.chain_update(text);
            Some(mac.finalize().into_bytes().to_vec())
        }
        match self {
            Self::Hs256 => mac::<Hmac<Sha256>>(key, text),
            Self::Hs384 => mac::<Hmac<Sha384>>(key, text),
            Self::Hs512 => mac::<Hmac<Sha512>>(key, text),
        }
    }
}

/// A key that signs tokens: JSON Web Tokens with HMAC, and with SHA-256 unless something else is said.
#[derive(Clone)]
pub struct Jwt {
    algorithm: JwtAlgorithm,
    key_id: Option<Sensitive<String>>,
    secret: Sensitive<String>,
    /// What the tokens say, as JSON, by its name.
    claims: BTreeMap<String, Sensitive<String>>,
    error: Option<&'static str>,
}

impl Jwt {
    /// A key without a name.
    pub fn new(secret: impl Into<Sensitive<String>>) -> Self {
        Self {
            algorithm: JwtAlgorithm::Hs256,
            key_id: None,
            secret: secret.into(),
            claims: BTreeMap::new(),
            error: None,
        }
    }

    /// What signs the tokens.
    #[must_use]
    pub fn algorithm(mut self, algorithm: JwtAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// The name of the key, the header `kid` of the tokens.
    #[must_use]
    pub fn key_id(mut self, key_id: impl Into<Sensitive<String>>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// What the tokens claim.
    #[must_use]
    pub fn claim(mut self, name: &str, value: &impl Serialize) -> Self {
        match json(value) {
            Some(value) => {
                self.claims.insert(name.to_owned(), value);
            }
            None => self.error = Some("a claim cannot be written as JSON"),
        }
        self
    }

    /// A token that is good until then, if it ends at all.
    fn sign(&self, now: Duration, lifetime: Option<Duration>) -> Sensitive<String> {
        let claims = self.claims(now, lifetime);
        let part = |bytes: &[u8]| Zeroizing::new(base64::encode_url(bytes));
        let (header, claims) = (part(self.header().as_bytes()), part(claims.as_bytes()));
        let text = Zeroizing::new([header.as_str(), &claims].join("."));
        let key = self.secret.expose().as_bytes();
        let Some(signature) = self.algorithm.sign(key, text.as_bytes()).map(Zeroizing::new) else {
            return Sensitive::new(text.to_string());
        };
        Sensitive::new([text.as_str(), &part(&signature)].join("."))
    }

    /// What the tokens say, of which no copy is left in memory.
    fn claims(&self, now: Duration, lifetime: Option<Duration>) -> Zeroizing<String> {
        let times = lifetime.map(|lifetime| (now.as_secs(), (now + lifetime).as_secs()));
        let times = times.map(|(from, to)| (from.to_string(), to.to_string()));
        let own = self.claims.iter().map(|(name, value)| (name.as_str(), value.expose().as_str()));
        let mut claims: BTreeMap<_, _> = own.collect();
        if let Some((from, to)) = &times {
            claims.extend([("iat", from.as_str()), ("exp", to.as_str())]);
        }
        // A byte of a name becomes six at most.
        let room = claims.iter().map(|(name, value)| 6 * name.len() + value.len() + 4);
        let mut text = Zeroizing::new(String::with_capacity(room.sum::<usize>() + 2));
        text.push('{');
        for (number, (name, value)) in claims.into_iter().enumerate() {
            text.push_str(if number == 0 { "\"" } else { ",\"" });
            push_json(&mut text, name);
            text.push_str("\":");
            text.push_str(value);
        }
        text.push('}');
        text
    }

    /// What the tokens begin with, of which no copy is left in memory.
    fn header(&self) -> Zeroizing<String> {
        let key_id = self.key_id.as_ref().map(Sensitive::expose);
        // A byte becomes six at most, so that the text need not grow.
        let mut text = String::with_capacity(64 + 6 * key_id.map_or(0, String::len));
        text.push_str("{\"alg\":\"");
        text.push_str(self.algorithm.name());
        if let Some(key_id) = key_id {
            text.push_str("\",\"kid\":\"");
            push_json(&mut text, key_id);
        }
        text.push_str("\",\"typ\":\"JWT\"}");
        Zeroizing::new(text)
    }
}

/// A value as JSON. It is measured first: a text that grows leaves its beginning behind in memory.
fn json(value: &impl Serialize) -> Option<Sensitive<String>> {
    let mut measured = Measured(0);
    serde_json::to_writer(&mut measured, value).ok()?;
    let mut text = Zeroizing::new(Vec::with_capacity(measured.0));
    serde_json::to_writer(&mut *text, value).ok()?;
    String::from_utf8(std::mem::take(&mut *text)).ok().map(Sensitive::new)
}

/// Counts the bytes that are written to it.
struct Measured(usize);

impl io::Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Jwt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwt").finish_non_exhaustive()
    }
}

/// Signs a token when the one before is about to end.
pub(crate) struct Signer {
    key: Jwt,
    lifetime: Option<Duration>,
    last: Mutex<Option<(Prepared, Option<Duration>)>>,
}

impl Signer {
    /// A signer, once it is known that its tokens can be sent.
    pub(crate) fn new(key: Jwt, lifetime: Option<Duration>) -> Result<Self, &'static str> {
        if let Some(error) = key.error {
            return Err(error);
        }
        if key.secret.expose().is_empty() {
            return Err("the secret is empty");
        }
        bearer(&key.sign(Duration::ZERO, lifetime))?;
        Ok(Self { key, lifetime, last: Mutex::new(None) })
    }

    /// The token to send now.
    pub(crate) fn prepared(&self, clock: &dyn Clock) -> Option<Prepared> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.lifetime.map(|_| clock.unix()).unwrap_or_default();
        if let Some((prepared, until)) = &*last
            && until.is_none_or(|until| now < until)
        {
            return Some(prepared.clone());
        }
        let prepared = bearer(&self.key.sign(now, self.lifetime)).ok()?;
        // A tenth of its time is left for the way and for clocks that differ.
        let until = self.lifetime.map(|lifetime| now + lifetime - lifetime / 10);
        *last = Some((prepared.clone(), until));
        Some(prepared)
    }
}
