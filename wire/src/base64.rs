//! Bytes in text: base64, and its form for addresses.
//!
//! The alphabets and the checks are those of the crate `base64`, which both HTTP clients of the
//! runtime bring anyway. Readers take the padding or its absence.

use crate::error::ParseError;
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT.with_encode_padding(false));

/// Writes with `+` and `/` and padding.
pub fn encode(bytes: &[u8]) -> String {
    PLAIN.encode(bytes)
}

/// Reads the form with `+` and `/`.
///
/// # Errors
/// The text holds other characters, or bits that belong to no byte.
pub fn decode(text: &str) -> Result<Vec<u8>, ParseError> {
    PLAIN.decode(text).map_err(|_| ParseError::new("base64 text", text))
}

/// Writes with `-` and `_` and without padding.
pub fn encode_url(bytes: &[u8]) -> String {
    URL.encode(bytes)
}

/// Reads the form with `-` and `_`.
///
/// # Errors
/// The text holds other characters, or bits that belong to no byte.
pub fn decode_url(text: &str) -> Result<Vec<u8>, ParseError> {
    URL.decode(text).map_err(|_| ParseError::new("base64url text", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rfc_4648() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
            assert_eq!(decode(text.trim_end_matches('=')).unwrap(), bytes.as_bytes());
        }
        assert_eq!(encode_url(&[0xfb, 0xff]), "-_8");
        assert!(decode("Zh==").is_err(), "bits that belong to no byte");
        assert!(decode("-_8=").is_err());
    }

    proptest! {
        #[test]
        fn comes_back(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), bytes.clone());
            prop_assert_eq!(decode_url(&encode_url(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = decode(&text);
            let _ = decode_url(&text);
        }
    }
}
