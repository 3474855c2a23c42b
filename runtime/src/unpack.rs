//! Decompression of bodies, whole or as they come.

#[cfg(feature = "brotli")]
mod brotli;
mod coding;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(test)]
mod tests;
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
    /// Takes some of `input` and gives what comes of it, about a `PIECE` at most. What gives nothing and
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
