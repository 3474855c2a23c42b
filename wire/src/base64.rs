//! Bytes in text: base64 of RFC 4648, and its form for addresses.
//!
//! Own code, because the two HTTP clients of the runtime bring two versions of the crate, and a
//! third user of it would make one of them a duplicate in every build.

use crate::error::ParseError;

const PLAIN: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PLAIN_VALUES: [u8; 256] = values(PLAIN);
const URL_VALUES: [u8; 256] = values(URL);
/// What stands between lines, and in front of them.
const LAYOUT: [char; 4] = ['\r', '\n', ' ', '\t'];
/// No character of the alphabet.
const NONE: u8 = 64;

/// Writes with `+` and `/` and padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = encode_with(PLAIN, bytes);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Reads the form with `+` and `/`, with padding or without. Line breaks, spaces and tabs, with which mail and some
/// services lay it out, are passed over.
///
/// # Errors
/// The text holds other characters, or bits that belong to no byte.
pub fn decode(text: &str) -> Result<Vec<u8>, ParseError> {
    let laid_out = || decode_with(&PLAIN_VALUES, &text.replace(LAYOUT, ""));
    let bytes = decode_with(&PLAIN_VALUES, text);
    let bytes = bytes.or_else(|| if text.contains(LAYOUT) { laid_out() } else { None });
    bytes.ok_or_else(|| ParseError::new("base64 text", text))
}

/// Writes with `-` and `_` and without padding.
pub fn encode_url(bytes: &[u8]) -> String {
    encode_with(URL, bytes)
}

/// Reads the form with `-` and `_`, with padding or without.
///
/// # Errors
/// The text holds other characters, or bits that belong to no byte.
pub fn decode_url(text: &str) -> Result<Vec<u8>, ParseError> {
    decode_with(&URL_VALUES, text).ok_or_else(|| ParseError::new("base64url text", text))
}

/// The value of every byte that is in the alphabet.
const fn values(alphabet: &[u8; 64]) -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    values
}

fn encode_with(alphabet: &[u8; 64], bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        // One byte needs two characters, two need three, three need four.
        for place in 0..=group.len() {
            let value = bits >> (18 - 6 * place) & 63;
            text.push(char::from(alphabet[value as usize]));
        }
    }
    text
}

fn decode_with(values: &[u8; 256], text: &str) -> Option<Vec<u8>> {
    let characters = text.trim_end_matches('=');
    let padding = text.len() - characters.len();
    // Padding fills up to four characters, or is not there.
    if padding > 0 && (padding > 2 || !text.len().is_multiple_of(4)) {
        return None;
    }
    let mut bytes = Vec::with_capacity(characters.len() * 3 / 4);
    for group in characters.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for character in group {
            let value = values[usize::from(*character)];
            if value == NONE {
                return None;
            }
            bits = bits << 6 | u32::from(value);
        }
        let whole = match group.len() {
            4 => 3,
            3 if bits & 0b11 == 0 => 2,
            2 if bits & 0b1111 == 0 => 1,
            _ => return None,
        };
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..=whole]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
            assert_eq!(decode(text.trim_end_matches('=')).unwrap(), bytes.as_bytes());
        }
        assert_eq!(encode(&[0xfb, 0xff]), "+/8=");
        assert_eq!(encode_url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn refuses_what_is_not_its_form() {
        for text in [
            "Zh==",
            "Zm9=",
            "-_8=",
            "Z",
            "Zg=",
            "Zg===",
            "====",
            "=",
            "Zg==Zg==",
            "Zm\u{a0}9v",
            "Zm9vä",
        ] {
            assert!(decode(text).is_err(), "{text}");
        }
        assert!(decode_url("+/8").is_err());
        assert!(decode_url("Zm 9v").is_err());
    }

    #[test]
    fn lines_are_read_as_one_text() {
        for text in ["Zm9v\nYmFy\n", "Zm9vY\r\n mFy", "\tZm9v YmFy", "Zm9vYmFy"] {
            assert_eq!(decode(text).unwrap(), b"foobar", "{text}");
        }
        assert_eq!(decode("Zm8\n=").unwrap(), b"fo");
        for text in ["Zm9=\n", "\nZ", "Zg==\nZg=="] {
            assert!(decode(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(&decode(&encode(&bytes)).unwrap(), &bytes);
            prop_assert_eq!(&decode_url(&encode_url(&bytes)).unwrap(), &bytes);
        }

        #[test]
        fn a_text_has_one_meaning(text in "[A-Za-z0-9+/]{0,12}={0,2}") {
            if let Ok(bytes) = decode(&text) {
                let back = encode(&bytes);
                prop_assert_eq!(back.trim_end_matches('='), text.trim_end_matches('='));
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = decode(&text);
            let _ = decode_url(&text);
        }
    }
}
