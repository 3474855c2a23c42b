//! Decompression of bodies, whole or as they come.

#[cfg(feature = "brotli")]
mod brotli;
mod coding;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(feature = "zstd")]
mod zstd;

pub(crate) use self::coding::ACCEPTED;

use self::coding::Coding;
use crate::decode::DecodeError;
use crate::sensitive::overwrite;
use crate::transport::Incoming;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

/// What a body of gzip begins with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// How often a body may be compressed: each time costs memory, and nobody does it three times.
const MOST: usize = 4;

/// How much is given at once, so that a little that becomes a lot is noticed before it is in memory.
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
const PIECE: usize = 64 << 10;

/// Decompresses an answer that was compressed on the way, up to `limit` bytes.
pub(crate) fn content(incoming: &mut Incoming, limit: usize) -> Result<(), DecodeError> {
    // What has no body says how it would be compressed.
    if !incoming.body.is_empty()
        && let Some(unpack) = Unpack::of(&incoming.headers)?
    {
        let content = unpack.whole(&incoming.body, limit)?;
        become_content(incoming, content);
    }
    Ok(())
}

/// As [`content`], of an answer that holds a secret: nothing is left of what it was before, nor of what lies between
/// that and what it has become. What a decoder keeps inside of it is beyond reach.
pub(crate) fn secret_content(incoming: &mut Incoming, limit: usize) -> Result<(), DecodeError> {
    if !incoming.body.is_empty()
        && let Some(unpack) = Unpack::of(&incoming.headers)?
    {
        let content = unpack.whole_secret(&incoming.body, limit)?;
        overwrite(become_content(incoming, content));
    }
    Ok(())
}

/// Puts the content of an answer in place of what came, which is given.
fn become_content(incoming: &mut Incoming, content: Bytes) -> Bytes {
    incoming.headers.remove(CONTENT_ENCODING);
    incoming.headers.remove(CONTENT_LENGTH);
    std::mem::replace(&mut incoming.body, content)
}

/// Decompresses up to `limit` bytes; what is not compressed is given as it is, since some transports
/// have done it already.
pub(crate) fn gunzip(body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
    if !body.starts_with(&MAGIC) {
        return Ok(body.clone());
    }
    let mut unpack = Unpack::default();
    unpack.then(Coding::Gzip)?;
    unpack.whole(body, limit)
}

fn too_large(limit: usize) -> DecodeError {
    DecodeError::new(format!(
        "decompressed, it has more than {limit} bytes, which `max_answer` of the builder allows"
    ))
}

/// What was found in place of what can be decompressed.
type Found = &'static str;

/// It is not as it has to be, or ends too early.
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
const DAMAGED: Found = "something damaged";

/// Decompresses what it is fed.
trait Decode: Send {
    /// Takes some of `input` and gives what comes of it, about a [`PIECE`] at most. What gives nothing and
    /// leaves nothing needs more.
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found>;

    /// Gives the rest when nothing more comes, or says that more should.
    fn finish(&mut self) -> Result<Bytes, Found>;
}

/// Decompresses a body as it comes, as often as it was compressed.
#[derive(Default)]
pub(crate) struct Unpack {
    /// The first one undoes what was done last.
    stages: Vec<Stage>,
    /// Whether nothing more will come.
    ended: bool,
}

struct Stage {
    name: &'static str,
    decoder: Box<dyn Decode>,
    /// What was not taken yet.
    waiting: Bytes,
    /// The whole of that, where it is secret.
    secret: Option<Bytes>,
    /// Whether there was anything: nothing at all is nothing, compressed or not.
    begun: bool,
    finished: bool,
}

impl Unpack {
    /// What undoes the `Content-Encoding` of an answer; `None` if there is nothing to undo.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Option<Self>, DecodeError> {
        if !headers.contains_key(CONTENT_ENCODING) {
            return Ok(None);
        }
        let codings: Vec<Coding> = Coding::all(headers).take(MOST + 1).collect();
        if codings.len() > MOST {
            let text = format!("it is compressed more than {MOST} times");
            return Err(DecodeError::new(text));
        }
        if let Some(name) = Coding::unreadable(headers) {
            let text = format!("it is compressed by `{name}`, which nothing here decompresses");
            return Err(DecodeError::new(text));
        }
        let mut unpack = Self::default();
        for coding in codings.into_iter().rev() {
            unpack.then(coding)?;
        }
        Ok((!unpack.stages.is_empty()).then_some(unpack))
    }

    fn then(&mut self, coding: Coding) -> Result<(), DecodeError> {
        self.push_stage(coding.name(), decoder(coding)?);
        Ok(())
    }

    /// Decompresses in the end what begins as gzip does; anything else is given as it is.
    pub(crate) fn then_gzip_or_plain(&mut self) -> Result<(), DecodeError> {
        let gzip = decoder(Coding::Gzip)?;
        let either = Either { begun: Vec::new(), gzip, is_gzip: None };
        self.push_stage(Coding::Gzip.name(), Box::new(either));
        Ok(())
    }

    fn push_stage(&mut self, name: &'static str, decoder: Box<dyn Decode>) {
        let waiting = Bytes::new();
        let (begun, finished) = (false, false);
        self.stages.push(Stage { name, decoder, waiting, secret: None, begun, finished });
    }

    /// Takes a piece, once there is nothing to give of the one before.
    pub(crate) fn push(&mut self, piece: Bytes) {
        if let Some(first) = self.stages.first_mut() {
            first.take(piece);
        }
    }

    /// Nothing more will come.
    pub(crate) fn end(&mut self) {
        self.ended = true;
    }

    /// What can be told by now, bit by bit; `None` if more has to come, or nothing will.
    pub(crate) fn next(&mut self) -> Result<Option<Bytes>, DecodeError> {
        pull(&mut self.stages, self.ended)
    }

    fn whole(self, body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
        let mut content = Vec::new();
        self.each(body, limit, |piece| content.extend_from_slice(&piece))?;
        Ok(content.into())
    }

    /// As [`whole`](Self::whole), and nothing else is left of it, also where it is damaged.
    fn whole_secret(mut self, body: &Bytes, limit: usize) -> Result<Bytes, DecodeError> {
        self.stages.iter_mut().for_each(|stage| stage.secret = Some(Bytes::new()));
        // One that grows would leave what it was behind.
        let mut pieces = Secrets(Vec::new());
        self.each(body, limit, |piece| pieces.0.push(piece))?;
        Ok(pieces.0.concat().into())
    }

    fn each(
        mut self,
        body: &Bytes,
        limit: usize,
        mut take: impl FnMut(Bytes),
    ) -> Result<(), DecodeError> {
        self.push(body.clone());
        self.end();
        let mut left = limit;
        while let Some(piece) = self.next()? {
            let room = left.checked_sub(piece.len());
            take(piece);
            left = room.ok_or_else(|| too_large(limit))?;
        }
        Ok(())
    }
}

/// Pieces of which nothing is left.
struct Secrets(Vec<Bytes>);

impl Drop for Secrets {
    fn drop(&mut self) {
        self.0.drain(..).for_each(overwrite);
    }
}

fn decoder(coding: Coding) -> Result<Box<dyn Decode>, DecodeError> {
    coding.decoder().ok_or_else(|| {
        let (name, feature) = (coding.name(), coding.feature());
        let text =
            format!("it is compressed by {name}: turn on the feature `{feature}` of the runtime");
        DecodeError::new(text)
    })
}

/// What the last of these gives.
fn pull(stages: &mut [Stage], ended: bool) -> Result<Option<Bytes>, DecodeError> {
    let Some((stage, before)) = stages.split_last_mut() else { return Ok(None) };
    let name = stage.name;
    let refused = |found: Found| DecodeError::new(format!("expected {name}, found {found}"));
    loop {
        let given = stage.decoder.step(&mut stage.waiting).map_err(refused)?;
        if !given.is_empty() {
            return Ok(Some(given));
        }
        if !stage.waiting.is_empty() {
            continue;
        }
        match pull(before, ended)? {
            Some(piece) => stage.take(piece),
            None if ended && stage.begun && !stage.finished => {
                stage.finished = true;
                let rest = stage.decoder.finish().map_err(refused)?;
                return Ok(Some(rest).filter(|rest| !rest.is_empty()));
            }
            None => return Ok(None),
        }
    }
}

impl Stage {
    fn take(&mut self, piece: Bytes) {
        self.begun |= !piece.is_empty();
        // Nothing else may hold what is overwritten.
        self.waiting = Bytes::new();
        if let Some(secret) = &mut self.secret {
            overwrite(std::mem::replace(secret, piece.clone()));
        }
        self.waiting = piece;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.waiting = Bytes::new();
        self.secret.take().into_iter().for_each(overwrite);
    }
}

/// Gzip or not: the first bytes will tell.
struct Either {
    begun: Vec<u8>,
    gzip: Box<dyn Decode>,
    /// `None` until it is known.
    is_gzip: Option<bool>,
}

impl Decode for Either {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        let Some(is_gzip) = self.is_gzip else {
            self.begun.extend_from_slice(&input.split_to(input.len()));
            if self.begun.len() >= MAGIC.len() || !MAGIC.starts_with(&self.begun) {
                self.is_gzip = Some(self.begun.starts_with(&MAGIC));
                *input = std::mem::take(&mut self.begun).into();
            }
            return Ok(Bytes::new());
        };
        if is_gzip { self.gzip.step(input) } else { Ok(std::mem::take(input)) }
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        match self.is_gzip {
            Some(true) => self.gzip.finish(),
            Some(false) => Ok(Bytes::new()),
            None => Ok(std::mem::take(&mut self.begun).into()),
        }
    }
}

#[cfg(test)]
mod tests {
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

        let words: Vec<u8> = (0..60_000_u32)
            .flat_map(|n| format!("{} and {}, ", n / 3, n % 7).into_bytes())
            .collect();
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
            assert_eq!(
                error,
                format!("it is compressed by `{name}`, which nothing here decompresses")
            );
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
}
