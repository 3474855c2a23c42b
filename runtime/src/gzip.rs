//! Bodies that are compressed files.

use crate::decode::DecodeError;
use bytes::Bytes;

/// What a body of gzip begins with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Decompresses up to `limit` bytes; what is not compressed is given as it is, since some transports
/// have done it already.
pub(crate) fn decode(body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
    if !body.starts_with(&MAGIC) {
        return Ok(body.clone());
    }
    inflate(body, limit)
}

#[cfg(feature = "gzip")]
fn inflate(body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
    use std::io::Read;
    let mut content = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    flate2::read::MultiGzDecoder::new(&body[..])
        .take(most)
        .read_to_end(&mut content)
        .map_err(|_| DecodeError::new("expected gzip, found something damaged"))?;
    if content.len() > limit {
        return Err(DecodeError::new(format!(
            "decompressed, it has more than {limit} bytes, which `max_answer` of the builder allows"
        )));
    }
    Ok(content.into())
}

#[cfg(not(feature = "gzip"))]
fn inflate(_body: &Bytes, _limit: usize) -> Result<Bytes, DecodeError> {
    Err(DecodeError::new("it is compressed by gzip: turn on the feature `gzip` of the runtime"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_compressed_is_given_as_it_is() {
        let plain = Bytes::from_static(b"<tcx/>");
        assert_eq!(decode(&plain, 1).unwrap(), plain);
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn content_is_decompressed_up_to_a_limit() {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&[b'a'; 1000]).unwrap();
        let packed = Bytes::from(encoder.finish().unwrap());
        assert_eq!(decode(&packed, 1000).unwrap().len(), 1000);
        assert!(decode(&packed, 999).unwrap_err().to_string().contains("more than 999 bytes"));
        let damaged = packed.slice(..packed.len() - 9);
        assert!(decode(&damaged, 1000).unwrap_err().to_string().contains("damaged"));
    }

    #[cfg(not(feature = "gzip"))]
    #[test]
    fn without_the_feature_it_is_named() {
        let packed = Bytes::from_static(&[0x1f, 0x8b, 8]);
        assert!(decode(&packed, 1).unwrap_err().to_string().contains("feature `gzip`"));
    }
}
