//! Brotli.

use super::{Damaged, Decode, PIECE};
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use bytes::{Buf, Bytes};

/// One body of brotli.
pub(super) struct Brotli {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
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
        Self { state: Box::new(state), total: 0, more: false, ended: false }
    }
}

impl Decode for Brotli {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Damaged> {
        if input.is_empty() && !self.more {
            return Ok(Bytes::new());
        }
        if self.ended {
            return Err(Damaged);
        }
        let mut output = vec![0; PIECE];
        let (mut left, mut taken) = (input.len(), 0);
        let (mut room, mut given) = (PIECE, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut taken,
            input,
            &mut room,
            &mut given,
            &mut output,
            &mut self.total,
            &mut self.state,
        );
        match result {
            BrotliResult::ResultFailure => return Err(Damaged),
            BrotliResult::ResultSuccess => self.ended = true,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        }
        self.more = matches!(result, BrotliResult::NeedsMoreOutput);
        input.advance(taken);
        output.truncate(given);
        Ok(output.into())
    }

    fn finish(&mut self) -> Result<Bytes, Damaged> {
        if self.ended { Ok(Bytes::new()) } else { Err(Damaged) }
    }
}
