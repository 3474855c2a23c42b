//! Gzip and deflate.

use super::{DAMAGED, Decode, Found, PIECE};
use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use std::io::Write;

/// How much is decompressed at once: it becomes a thousand times that at most.
const BITE: usize = 4 << 10;

/// One body of gzip or several, one behind the other.
pub(super) struct Gzip(MultiGzDecoder<Vec<u8>>);

impl Gzip {
    pub(super) fn new() -> Self {
        Self(MultiGzDecoder::new(Vec::new()))
    }
}

impl Decode for Gzip {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        let bite = input.split_to(input.len().min(BITE));
        self.0.write_all(&bite).map_err(|_| DAMAGED)?;
        Ok(std::mem::take(self.0.get_mut()).into())
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        self.0.try_finish().map_err(|_| DAMAGED)?;
        Ok(std::mem::take(self.0.get_mut()).into())
    }
}

/// What is called deflate: in the frame of zlib, as it should be, or bare, as some servers send it.
pub(super) struct Deflate {
    /// `None` until the first byte tells which of them it is.
    inner: Option<Decompress>,
    /// What is decompressed at once, kept so that small pieces cost little.
    output: Box<[u8]>,
    /// Whether the last step filled all the room it had.
    more: bool,
    ended: bool,
}

impl Deflate {
    pub(super) fn new() -> Self {
        Self { inner: None, output: vec![0; PIECE].into(), more: false, ended: false }
    }
}

impl Decode for Deflate {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        if input.is_empty() && !self.more {
            return Ok(Bytes::new());
        }
        if self.ended {
            return Err(DAMAGED);
        }
        // The first byte of the frame names the method, 8, where a bare one has a type of block.
        let framed = input.first().is_some_and(|first| first & 0xf == 8);
        let inner = self.inner.get_or_insert_with(|| Decompress::new(framed));
        let before = (inner.total_in(), inner.total_out());
        let status = inner.decompress(input, &mut self.output, FlushDecompress::None);
        self.ended = status.map_err(|_| DAMAGED)? == Status::StreamEnd;
        let taken = usize::try_from(inner.total_in() - before.0).map_err(|_| DAMAGED)?;
        let given = usize::try_from(inner.total_out() - before.1).map_err(|_| DAMAGED)?;
        if taken == 0 && given == 0 && !input.is_empty() && !self.ended {
            return Err(DAMAGED);
        }
        input.advance(taken);
        self.more = given == PIECE && !self.ended;
        Ok(Bytes::copy_from_slice(&self.output[..given]))
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        if self.ended { Ok(Bytes::new()) } else { Err(DAMAGED) }
    }
}
