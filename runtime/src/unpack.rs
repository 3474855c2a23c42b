//! Decompression of bodies, whole or as they come.

use crate::decode::DecodeError;
use crate::transport::Incoming;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

/// What a body of gzip begins with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Whether the transport was given a body that is compressed on the way, by gzip, and left it so.
pub(crate) fn is_gzip(headers: &HeaderMap) -> bool {
    let coding = headers.get(CONTENT_ENCODING).map(|coding| coding.as_bytes().trim_ascii());
    cfg!(feature = "gzip")
        && coding.is_some_and(|coding| {
            [&b"gzip"[..], b"x-gzip"].iter().any(|gzip| coding.eq_ignore_ascii_case(gzip))
        })
}

/// Decompresses an answer that was compressed on the way, up to `limit` bytes.
pub(crate) fn content(incoming: &mut Incoming, limit: usize) -> Result<(), DecodeError> {
    if is_gzip(&incoming.headers) && !incoming.body.is_empty() {
        if !incoming.body.starts_with(&MAGIC) {
            return Err(damaged());
        }
        incoming.body = gunzip(&incoming.body, limit)?;
        incoming.headers.remove(CONTENT_ENCODING);
        incoming.headers.remove(CONTENT_LENGTH);
    }
    Ok(())
}

/// Decompresses up to `limit` bytes; what is not compressed is given as it is, since some transports
/// have done it already.
pub(crate) fn gunzip(body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
    if !body.starts_with(&MAGIC) {
        return Ok(body.clone());
    }
    let mut unpack = Unpack { state: State::gzip()? };
    let mut content = Vec::new();
    // Bit by bit, so that a little that becomes a lot is noticed before it is in memory.
    for bite in body.chunks(4 << 10) {
        content.extend_from_slice(&unpack.push(bite)?);
        if content.len() > limit {
            return Err(too_large(limit));
        }
    }
    content.extend_from_slice(&unpack.finish()?);
    if content.len() > limit { Err(too_large(limit)) } else { Ok(content.into()) }
}

fn too_large(limit: usize) -> DecodeError {
    DecodeError::new(format!(
        "decompressed, it has more than {limit} bytes, which `max_answer` of the builder allows"
    ))
}

/// Decompresses a body as it comes.
pub(crate) struct Unpack {
    state: State,
}

enum State {
    /// Gzip or not: the first bytes will tell.
    Unknown(Vec<u8>),
    Plain,
    #[cfg(feature = "gzip")]
    Gzip(Box<flate2::write::MultiGzDecoder<Vec<u8>>>),
}

impl Unpack {
    /// Decompresses what begins as gzip does.
    pub(crate) fn gzip_or_plain() -> Result<Self, DecodeError> {
        // Not when half of it has been handed out.
        State::gzip()?;
        Ok(Self { state: State::Unknown(Vec::new()) })
    }

    /// Decompresses gzip, which it has to be.
    pub(crate) fn gzip() -> Result<Self, DecodeError> {
        Ok(Self { state: State::gzip()? })
    }

    /// Takes a piece, and gives what can be told by now.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<Bytes, DecodeError> {
        match &mut self.state {
            State::Unknown(begun) => {
                begun.extend_from_slice(piece);
                let begun = std::mem::take(begun);
                if begun.len() < MAGIC.len() && MAGIC.starts_with(&begun) {
                    self.state = State::Unknown(begun);
                    return Ok(Bytes::new());
                }
                self.state = if begun.starts_with(&MAGIC) { State::gzip()? } else { State::Plain };
                self.push(&begun)
            }
            State::Plain => Ok(Bytes::copy_from_slice(piece)),
            #[cfg(feature = "gzip")]
            State::Gzip(decoder) => {
                use std::io::Write;
                decoder.write_all(piece).map_err(|_| damaged())?;
                Ok(std::mem::take(decoder.get_mut()).into())
            }
        }
    }

    /// Gives the rest, or says that there should be more.
    pub(crate) fn finish(self) -> Result<Bytes, DecodeError> {
        match self.state {
            State::Unknown(begun) => Ok(begun.into()),
            State::Plain => Ok(Bytes::new()),
            #[cfg(feature = "gzip")]
            State::Gzip(decoder) => (*decoder).finish().map(Bytes::from).map_err(|_| damaged()),
        }
    }
}

impl State {
    #[cfg(feature = "gzip")]
    fn gzip() -> Result<Self, DecodeError> {
        Ok(Self::Gzip(Box::new(flate2::write::MultiGzDecoder::new(Vec::new()))))
    }

    #[cfg(not(feature = "gzip"))]
    fn gzip() -> Result<Self, DecodeError> {
        let text = "it is compressed by gzip: turn on the feature `gzip` of the runtime";
        Err(DecodeError::new(text))
    }
}

fn damaged() -> DecodeError {
    DecodeError::new("expected gzip, found something damaged")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_compressed_is_given_as_it_is() {
        let plain = Bytes::from_static(b"<tcx/>");
        assert_eq!(gunzip(&plain, 1).unwrap(), plain);
    }

    #[cfg(feature = "gzip")]
    fn packed(content: &[u8]) -> Bytes {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap().into()
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn content_is_decompressed_up_to_a_limit() {
        let packed = packed(&[b'a'; 1000]);
        assert_eq!(gunzip(&packed, 1000).unwrap().len(), 1000);
        assert!(gunzip(&packed, 999).unwrap_err().to_string().contains("more than 999 bytes"));
        let damaged = packed.slice(..packed.len() - 9);
        assert!(gunzip(&damaged, 1000).unwrap_err().to_string().contains("damaged"));
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn pieces_may_end_anywhere() {
        let content: Vec<u8> = (0..=255).cycle().take(5000).collect();
        let mut twice = packed(&content).to_vec();
        twice.extend_from_slice(&packed(b"and another"));
        for body in [twice, content.clone(), vec![0x1f], Vec::new()] {
            for size in [1, 2, 7, 10_000] {
                let mut unpack = Unpack::gzip_or_plain().unwrap();
                let mut found = Vec::new();
                for piece in body.chunks(size) {
                    found.extend_from_slice(&unpack.push(piece).unwrap());
                }
                found.extend_from_slice(&unpack.finish().unwrap());
                let expected = match body.len() {
                    0 | 1 | 5000 => body.clone(),
                    _ => [&content[..], b"and another"].concat(),
                };
                assert_eq!(found, expected, "in pieces of {size}");
            }
        }
    }

    #[cfg(not(feature = "gzip"))]
    #[test]
    fn without_the_feature_it_is_named() {
        let packed = Bytes::from_static(&[0x1f, 0x8b, 8]);
        assert!(gunzip(&packed, 1).unwrap_err().to_string().contains("feature `gzip`"));
        assert!(Unpack::gzip_or_plain().is_err());
    }
}
