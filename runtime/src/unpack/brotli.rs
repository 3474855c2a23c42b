//! Brotli.

use super::{DAMAGED, Decode, Found, PIECE};
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use bytes::{Buf, Bytes};

/// One body of brotli.
pub(super) struct Brotli {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    /// What is decompressed at once, kept so that small pieces cost little.
    output: Box<[u8]>,
    total: usize,
    /// Whether there is more to give without more to take.
    more: bool,
    ended: bool,
}

impl Brotli {
    pub(super) fn new() -> Self {
        let alloc = StandardAlloc::default;
        // Strict: the large windows that are no part of the standard take up to a gigabyte.
        let state = BrotliState::new_strict(alloc(), alloc(), alloc());
        let (state, output) = (Box::new(state), vec![0; PIECE].into());
        Self { state, output, total: 0, more: false, ended: false }
    }
}

impl Decode for Brotli {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        if input.is_empty() && !self.more {
            return Ok(Bytes::new());
        }
        if self.ended {
            return Err(DAMAGED);
        }
        let (mut left, mut taken) = (input.len(), 0);
        let (mut room, mut given) = (PIECE, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut taken,
            input,
            &mut room,
            &mut given,
            &mut self.output,
            &mut self.total,
            &mut self.state,
        );
        match result {
            BrotliResult::ResultFailure => return Err(DAMAGED),
            BrotliResult::ResultSuccess => self.ended = true,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        }
        self.more = matches!(result, BrotliResult::NeedsMoreOutput);
        input.advance(taken);
        Ok(Bytes::copy_from_slice(&self.output[..given]))
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        if self.ended { Ok(Bytes::new()) } else { Err(DAMAGED) }
    }
}
