//! The name by which a client makes itself known: `clientwright/VERSION (PROVIDER)`.

use crate::provider::Provider;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use std::marker::PhantomData;

const BEGINNING: &str = concat!("clientwright/", env!("CARGO_PKG_VERSION"), " (");

/// Room for a provider with a long name.
const ROOM: usize = 128;

/// Its text, written while the app is compiled where that can be: each call sends it, and a header of a text that
/// is always there is not counted when it is copied.
struct Written<P>(PhantomData<P>);

impl<P: Provider> Written<P> {
    const BYTES: ([u8; ROOM], usize) = written(P::NAME);
    const TEXT: Option<&'static str> = text(&Self::BYTES);
}

/// That of the clients of a provider, if its name is not too long.
pub(crate) const fn of<P: Provider>() -> Option<&'static str> {
    Written::<P>::TEXT
}

/// As the value of a header.
pub(crate) fn header(
    written: Option<&'static str>,
    provider: &str,
) -> Result<HeaderValue, InvalidHeaderValue> {
    match written {
        Some(text) => Ok(HeaderValue::from_static(text)),
        None => HeaderValue::try_from(format!("{BEGINNING}{provider})")),
    }
}

/// The text, and how long it is: empty if there is no room for it, or no header could hold it.
const fn written(provider: &str) -> ([u8; ROOM], usize) {
    let mut bytes = [0; ROOM];
    let mut len = 0;
    let parts = [BEGINNING.as_bytes(), provider.as_bytes(), b")"];
    let mut part = 0;
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            let byte = parts[part][at];
            if len == ROOM || !(byte.is_ascii_graphic() || byte == b' ') {
                return (bytes, 0);
            }
            bytes[len] = byte;
            len += 1;
            at += 1;
        }
        part += 1;
    }
    (bytes, len)
}

const fn text(written: &'static ([u8; ROOM], usize)) -> Option<&'static str> {
    match std::str::from_utf8(written.0.split_at(written.1).0) {
        Ok(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_providers_are_written_if_they_can_be() {
        const SHORT: ([u8; ROOM], usize) = written("punt");
        let short = text(&SHORT).unwrap();
        assert_eq!(short, format!("{BEGINNING}punt)"));
        assert_eq!(header(Some(short), "punt").unwrap(), header(None, "punt").unwrap());
        let long = "a".repeat(ROOM);
        assert_eq!(written(&long).1, 0);
        assert_eq!(header(None, &long).unwrap(), format!("{BEGINNING}{long})").as_str());
        for odd in ["a\n", "é"] {
            assert_eq!(written(odd).1, 0);
        }
        assert!(header(None, "a\n").is_err());
    }
}
