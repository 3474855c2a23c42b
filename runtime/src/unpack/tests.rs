use super::*;
use proptest::prelude::*;

const BOOK: &[u8] = br#"{"id":"a","title":"b"}"#;

fn headers(encoding: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_ENCODING, http::HeaderValue::from_static(encoding))])
}

/// What comes of a body that comes in pieces of this size.
fn unpacked(mut unpack: Unpack, body: &[u8], size: usize) -> Result<Vec<u8>, String> {
    let mut found = Vec::new();
    for piece in body.chunks(size) {
        unpack.push(Bytes::copy_from_slice(piece));
        while let Some(piece) = unpack.next().map_err(|error| error.to_string())? {
            found.extend_from_slice(&piece);
        }
    }
    unpack.end();
    while let Some(piece) = unpack.next().map_err(|error| error.to_string())? {
        found.extend_from_slice(&piece);
    }
    Ok(found)
}

fn gzip_or_plain() -> Result<Unpack, DecodeError> {
    let mut unpack = Unpack::default();
    unpack.then_gzip_or_plain().map(|()| unpack)
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
fn of(encoding: &'static str) -> Unpack {
    Unpack::of(&headers(encoding)).unwrap().unwrap()
}

/// Samples that other programs have made: how, as what, of what.
fn samples() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let hello: &[u8] = b"Hello, hello, hello and hello!";
    let mut samples: Vec<(&str, &str, &[u8])> = Vec::new();
    if cfg!(feature = "gzip") {
        samples.push(("deflate", "eJyrVspMUbJSSlTSUSrJLMlJBbKTlGoBSHkGWw==", BOOK));
        samples.push(("deflate", "q1bKTFGyUkpU0lEqySzJSQWyk5RqAQ==", BOOK));
        samples.push(("deflate", "80jNycnXUchAohQS81IgLEUA", hello));
    }
    if cfg!(feature = "brotli") {
        samples.push(("br", "iwqAeyJpZCI6ImEiLCJ0aXRsZSI6ImIifQM=", BOOK));
        samples.push(("br", "Gx0AAAQ24EjLI5jwHkQRYLCRybe6WB/XWUIo", hello));
    }
    if cfg!(feature = "zstd") {
        samples.push(("zstd", "KLUv/QRgsQAAeyJpZCI6ImEiLCJ0aXRsZSI6ImIifVis5Rk=", BOOK));
        samples.push(("zstd", "KLUv/SAezQAAmEhlbGxvLCBoIGFuZCBoZWxsbyEBADIKFw==", hello));
    }
    if cfg!(all(feature = "gzip", feature = "brotli")) {
        let twice = "ixOAH4sIAAAAAAAA/6tWykxRslJKVNJRKsksyUkFspOUagH3fqHVFgAAAAM=";
        samples.push(("gzip, br", twice, BOOK));
    }
    if cfg!(all(feature = "gzip", feature = "zstd")) {
        let twice =
            "H4sIAAAAAAAA/wEjANz/KLUv/QRgsQAAeyJpZCI6ImEiLCJ0aXRsZSI6ImIifVis5RmkOaYiIwAAAA==";
        samples.push(("zstd, gzip", twice, BOOK));
    }
    let read = |text| clientwright_wire::base64::decode(text).unwrap();
    samples.into_iter().map(|(how, body, of)| (how, read(body), of.to_vec())).collect()
}

#[test]
fn bodies_may_come_in_any_pieces() {
    for (how, body, content) in samples() {
        for size in [1, 2, 7, 10_000] {
            let unpack = Unpack::of(&headers(how)).unwrap().unwrap();
            assert_eq!(unpacked(unpack, &body, size).unwrap(), content, "{how}, {size}");
        }
    }
}

#[test]
fn what_is_damaged_is_no_content() {
    for (how, body, _) in samples() {
        let unpacked = |body: &[u8]| {
            let unpack = Unpack::of(&headers(how)).unwrap().unwrap();
            unpacked(unpack, body, 10_000)
        };
        let more = [&body[..], b"more"].concat();
        for length in 1..body.len() {
            let error = unpacked(&body[..length]).unwrap_err();
            assert!(error.ends_with("found something damaged"), "{how}: {error}");
        }
        assert!(unpacked(&more).is_err(), "{how}");
        assert!(unpacked(b"<html>").is_err(), "{how}");
        // Nothing at all is nothing, compressed or not.
        assert_eq!(unpacked(b"").unwrap(), b"");
    }
}

proptest! {
    /// Not every coding can tell, but nothing panics, and nothing goes on for ever.
    #[test]
    fn whatever_comes_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        size in 1_usize..50,
    ) {
        let samples = samples();
        if !samples.is_empty() {
            let (how, mut body, _) = samples[which.index(samples.len())].clone();
            for (place, byte) in edits {
                let place = place.index(body.len());
                body[place] = byte;
            }
            let mut unpack = Unpack::of(&headers(how)).unwrap().unwrap();
            let mut given = 0;
            for piece in body.chunks(size) {
                unpack.push(Bytes::copy_from_slice(piece));
                // Few bytes may stand for many.
                while given < 1 << 20 && let Ok(Some(piece)) = unpack.next() {
                    given += piece.len();
                }
            }
        }
    }
}

/// A decoder that keeps nothing: it gives what it takes, in pieces of this size, and fails at a mark of its own.
#[cfg(target_os = "linux")]
struct Plain(usize);

#[cfg(target_os = "linux")]
impl Decode for Plain {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        let piece = input.split_to(input.len().min(self.0));
        if *piece == *b"!" { Err("a mark") } else { Ok(Bytes::copy_from_slice(&piece)) }
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        Ok(Bytes::new())
    }
}

/// Neither in the pieces, whether or not all of them come, nor between two codings.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_left_of_what_is_secret() {
    use crate::sensitive::memory::{copies, secret};
    use zeroize::Zeroizing;

    for (number, ending, limit) in [(1, "", 1000), (2, "!", 1000), (3, "", 150)] {
        let mut body = Vec::with_capacity(1000);
        body.resize(100, b'-');
        body.extend_from_slice(Zeroizing::new(secret(number)).as_bytes());
        body.extend_from_slice(ending.as_bytes());
        let body = Bytes::from(body);
        assert!(copies(number) > 0, "this would find nothing at all");
        let mut unpack = Unpack::default();
        unpack.push_stage("whole", Box::new(Plain(1000)));
        // The secret is in the second piece, and the mark in the third.
        unpack.push_stage("in pieces", Box::new(Plain(98)));
        let content = unpack.whole_secret(&body, limit);
        assert_eq!(content.is_ok(), number == 1);
        content.into_iter().chain([body]).for_each(overwrite);
        assert_eq!(copies(number), 0, "{number}");
    }
}

/// A hundred megabytes of nothing in a few bytes: no more of it than a piece is in memory at once.
#[cfg(feature = "brotli")]
#[test]
fn a_little_that_becomes_a_lot() {
    let bomb = "y///PwAkAOKxQHLv//j//weABEAcFoDu/R////8AkACIwwLQvf/j//8fABIAcVgAuvd//P//A0AC\
                IA4LQPf+j///fwBIAMRhAeje//H//w8ACYA4LADd+z/+//8BIAEQhwWge//H//8/ACQA4rAAdO//\
                +P//B4AEQBwWgO79H////wCQAIjDAtC9/+P//x8AEgBxWAC693/5//8DQAIgDgtA9/4H";
    let bomb = Bytes::from(clientwright_wire::base64::decode(bomb).unwrap());
    let mut unpack = of("br");
    unpack.push(bomb.clone());
    for _ in 0..3 {
        assert_eq!(unpack.next().unwrap().unwrap().len(), PIECE);
    }
    let mut incoming = Incoming::new(http::StatusCode::OK, headers("br"), bomb);
    let error = content(&mut incoming, 1 << 20).unwrap_err();
    assert!(error.to_string().contains("more than 1048576 bytes"), "{error}");
}

#[cfg(feature = "zstd")]
#[test]
fn frames_of_zstandard() {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    let words: Vec<u8> =
        (0..60_000_u32).flat_map(|n| format!("{} and {}, ", n / 3, n % 7).into_bytes()).collect();
    let frame = compress_to_vec(&words[..], CompressionLevel::Fastest);
    // A frame that is to be skipped, between two that are not.
    let skipped = [&b"\x5a\x2a\x4d\x18\x05\0\0\0"[..], b"aside"].concat();
    let body = [&frame[..], &skipped, &frame].concat();
    for size in [1, 1000, body.len()] {
        let found = unpacked(of("zstd"), &body, size).unwrap();
        assert!(found == [&words[..], &words].concat());
    }
    assert_eq!(unpacked(of("zstd"), &skipped, 1).unwrap(), b"");
    assert!(unpacked(of("zstd"), &skipped[..12], 12).is_err());
    let unpack =
        |text| unpacked(of("zstd"), &clientwright_wire::base64::decode(text).unwrap(), 100);
    let damaged = unpack("KLUv/QRgsQAAeyJpZCI6ImEiLCJ0aXRsZSI6ImIifVis5Rg=").unwrap_err();
    assert_eq!(damaged, "expected zstd, found something damaged", "its checksum");
    let wide = unpack("KLUv/QCI0QAAYSB3aW5kb3cgdGhhdCBpcyB0b28gbGFyZ2U=").unwrap_err();
    assert_eq!(wide, "expected zstd, found a window of more than 8 MiB", "of 128 MiB");
}

#[test]
fn what_is_not_compressed_is_given_as_it_is() {
    let plain = Bytes::from_static(b"<tcx/>");
    assert_eq!(gunzip(&plain, 1).unwrap(), plain);
    assert!(Unpack::of(&headers("identity")).unwrap().is_none());
}

#[test]
fn codings_that_nobody_reads_here_are_named() {
    for (encoding, name) in [("X-Compress", "x-compress"), ("identity, dcb", "dcb")] {
        let error = Unpack::of(&headers(encoding)).err().unwrap().to_string();
        assert_eq!(error, format!("it is compressed by `{name}`, which nothing here decompresses"));
    }
}

#[test]
fn not_more_often_than_anybody_would() {
    let error = Unpack::of(&headers("br,br,br,br,br")).err().unwrap();
    assert_eq!(error.to_string(), "it is compressed more than 4 times");
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
fn files_may_come_in_any_pieces() {
    let content: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let mut twice = packed(&content).to_vec();
    twice.extend_from_slice(&packed(b"and another"));
    for body in [twice, content.clone(), vec![0x1f], Vec::new()] {
        for size in [1, 2, 7, 10_000] {
            let found = unpacked(gzip_or_plain().unwrap(), &body, size).unwrap();
            let expected = match body.len() {
                0 | 1 | 5000 => body.clone(),
                _ => [&content[..], b"and another"].concat(),
            };
            assert_eq!(found, expected, "in pieces of {size}");
        }
    }
    // A file that was compressed once more on the way.
    let mut unpack = of("gzip");
    unpack.then_gzip_or_plain().unwrap();
    assert_eq!(unpacked(unpack, &packed(&packed(&content)), 100).unwrap(), content);
}

#[cfg(not(feature = "gzip"))]
#[test]
fn without_the_feature_it_is_named() {
    let packed = Bytes::from_static(&[0x1f, 0x8b, 8]);
    assert!(gunzip(&packed, 1).unwrap_err().to_string().contains("feature `gzip`"));
    assert!(gzip_or_plain().is_err());
    let mut incoming = Incoming::new(http::StatusCode::OK, headers("gzip"), packed);
    let error = content(&mut incoming, 1).unwrap_err();
    assert!(error.to_string().contains("feature `gzip`"), "{error}");
    // Where nothing came, nothing has to be read.
    incoming.body = Bytes::new();
    content(&mut incoming, 1).unwrap();
}
