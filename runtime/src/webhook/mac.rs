//! Message authentication codes and how they are written.

use clientwright_wire::base64;
use hmac::{Hmac, KeyInit};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

/// The digest of an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mac {
    /// HMAC-SHA-1, for services that have never moved on.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Hexadecimal digits; both cases are read, lower case is written.
    Hex,
    /// Base64 with padding.
    Base64,
}

impl Mac {
    /// The code of a text that comes in parts.
    pub(super) fn sign(self, secret: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
        fn bytes<M: hmac::Mac>(mac: Option<M>) -> Option<Vec<u8>> {
            mac.map(|mac| mac.finalize().into_bytes().to_vec())
        }
        match self {
            Self::Sha1 => bytes(fed::<Hmac<Sha1>>(secret, parts)),
            Self::Sha256 => bytes(fed::<Hmac<Sha256>>(secret, parts)),
            Self::Sha512 => bytes(fed::<Hmac<Sha512>>(secret, parts)),
        }
    }

    /// Whether the code of a text is `given`, found out in a time that tells nothing.
    pub(super) fn verify(self, secret: &[u8], parts: &[&[u8]], given: &[u8]) -> bool {
        fn equal<M: hmac::Mac>(mac: Option<M>, given: &[u8]) -> bool {
            mac.is_some_and(|mac| mac.verify_slice(given).is_ok())
        }
        match self {
            Self::Sha1 => equal(fed::<Hmac<Sha1>>(secret, parts), given),
            Self::Sha256 => equal(fed::<Hmac<Sha256>>(secret, parts), given),
            Self::Sha512 => equal(fed::<Hmac<Sha512>>(secret, parts), given),
        }
    }
}

fn fed<M: hmac::Mac + KeyInit>(secret: &[u8], parts: &[&[u8]]) -> Option<M> {
    // A key may have any length, so that this is never `None`.
    let mut mac = <M as KeyInit>::new_from_slice(secret).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac)
}

impl Encoding {
    pub(super) fn write(self, bytes: &[u8]) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        match self {
            Self::Hex => bytes
                .iter()
                .flat_map(|byte| [byte >> 4, byte & 15])
                .map(|digit| char::from(DIGITS[usize::from(digit)]))
                .collect(),
            Self::Base64 => base64::encode(bytes),
        }
    }

    pub(super) fn read(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => {
                let digit =
                    |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
                let digits: Vec<u8> = text.as_bytes().iter().map(digit).collect::<Option<_>>()?;
                let (pairs, rest) = digits.as_chunks::<2>();
                rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
            }
            Self::Base64 => base64::decode(text).ok(),
        }
    }
}
