//! Zstandard, a block at a time: the library decodes whole blocks, so that what comes is held until one
//! is there.

use super::{DAMAGED, Decode, Found, PIECE};
use bytes::Bytes;
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::Read;

/// The largest window that a body on the way may ask for, by RFC 9659: as much is held in memory.
const WINDOW: u64 = 8 << 20;

/// How a frame begins that has something compressed in it.
const MAGIC: [u8; 4] = 0xfd2f_b528_u32.to_le_bytes();

/// Frames, one behind the other, some of them to be skipped.
pub(super) struct Zstd {
    decoder: FrameDecoder,
    /// What came of the next unit.
    held: Vec<u8>,
    state: State,
    /// Whether a frame has been there.
    begun: bool,
}

#[derive(Clone, Copy)]
enum State {
    /// Between two frames.
    Between,
    /// In a frame: between two blocks.
    Within { checksum: bool },
    /// All blocks are there, and not all of them were given.
    Draining,
    /// In a frame that is of no concern, of which so much is to come.
    Skipping(u32),
}

impl Zstd {
    pub(super) fn new() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { decoder, held: Vec::new(), state: State::Between, begun: false }
    }

    /// How many bytes the next unit has, as far as that can be told by now.
    fn needed(&self) -> usize {
        match (self.state, &*self.held) {
            (State::Between, held) if held.len() <= MAGIC.len() => MAGIC.len() + 1,
            (State::Between, held) if held.starts_with(&MAGIC) => header(held[MAGIC.len()]),
            (State::Between, _) => 8,
            (State::Within { checksum }, &[a, b, c, ..]) => block([a, b, c], checksum),
            (State::Within { .. }, _) => 3,
            (State::Draining | State::Skipping(_), _) => 0,
        }
    }

    /// Reads a unit that is there.
    fn unit(&mut self) -> Result<(), Found> {
        match self.state {
            State::Between if self.held.starts_with(&MAGIC) => {
                self.decoder.reset(&*self.held).map_err(|error| unbegun(&error))?;
                self.begun = true;
                self.state = State::Within { checksum: self.held[4] & 0b100 != 0 };
            }
            State::Between => match *self.held {
                [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d] => {
                    self.begun = true;
                    self.state = State::Skipping(u32::from_le_bytes([a, b, c, d]));
                }
                _ => return Err(DAMAGED),
            },
            State::Within { .. } => {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                if self.decoder.decode_blocks(&*self.held, one).map_err(|_| DAMAGED)? {
                    self.state = State::Draining;
                }
            }
            State::Draining | State::Skipping(_) => {}
        }
        self.held.clear();
        Ok(())
    }

    /// What is no longer needed for what is to come.
    fn drain(&mut self) -> Result<Bytes, Found> {
        let mut piece = vec![0; self.decoder.can_collect().min(PIECE)];
        let given = self.decoder.read(&mut piece).map_err(|_| DAMAGED)?;
        piece.truncate(given);
        Ok(piece.into())
    }
}

impl Decode for Zstd {
    fn step(&mut self, input: &mut Bytes) -> Result<Bytes, Found> {
        loop {
            if matches!(self.state, State::Within { .. } | State::Draining) {
                let piece = self.drain()?;
                if !piece.is_empty() {
                    return Ok(piece);
                }
            }
            match &mut self.state {
                State::Draining => {
                    let told = self.decoder.get_checksum_from_data();
                    if told.is_some() && told != self.decoder.get_calculated_checksum() {
                        return Err(DAMAGED);
                    }
                    self.state = State::Between;
                }
                State::Skipping(0) => self.state = State::Between,
                State::Skipping(left) => {
                    let skipped = input.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                    let _ = input.split_to(skipped);
                    *left -= u32::try_from(skipped).unwrap_or(*left);
                }
                State::Between | State::Within { .. } => {
                    let lacking = self.needed().saturating_sub(self.held.len());
                    let taken = input.split_to(input.len().min(lacking));
                    self.held.extend_from_slice(&taken);
                    // More may be needed than could be told before.
                    if taken.len() == lacking && self.held.len() >= self.needed() {
                        self.unit()?;
                        continue;
                    }
                }
            }
            if input.is_empty() {
                return Ok(Bytes::new());
            }
        }
    }

    fn finish(&mut self) -> Result<Bytes, Found> {
        let whole = self.begun && self.held.is_empty() && matches!(self.state, State::Between);
        if whole { Ok(Bytes::new()) } else { Err(DAMAGED) }
    }
}

/// Why a frame cannot be begun.
fn unbegun(error: &FrameDecoderError) -> Found {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => "a window of more than 8 MiB",
        _ => DAMAGED,
    }
}

/// How long the header of a frame is whose flags are these, with what stands before them.
fn header(flags: u8) -> usize {
    let single = flags & 0b10_0000 != 0;
    let dictionary = [0, 1, 2, 4][usize::from(flags & 0b11)];
    let size = [usize::from(single), 2, 4, 8][usize::from(flags >> 6)];
    MAGIC.len() + 1 + usize::from(!single) + dictionary + size
}

/// How long a block with this header is, with the checksum that follows the last one.
fn block([a, b, c]: [u8; 3], checksum: bool) -> usize {
    let last = a & 1 != 0;
    // A byte that is repeated has a size as well, but stands there once.
    let repeats = a >> 1 & 0b11 == 1;
    let size = u32::from_le_bytes([a, b, c, 0]) >> 3;
    let size = if repeats { 1 } else { usize::try_from(size).unwrap_or(usize::MAX - 7) };
    3 + size + if last && checksum { 4 } else { 0 }
}
