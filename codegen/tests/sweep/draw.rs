//! Which of all mistakes are made: the same ones each time, whatever is changed elsewhere. `SWEEP_SEED` takes others.

use std::collections::HashMap;
use std::env;

use crate::mistakes::Mistake;
use crate::tree::Entry;

/// Gives each mistake in a file a number, by the place and by nothing else.
pub(crate) struct Draw {
    file: u32,
    /// How often each place has come up: items of a list have one path.
    seen: HashMap<(Vec<String>, Mistake), u32>,
}

impl Draw {
    pub(crate) fn new(specification: &str, file: &str) -> Self {
        let file = [specification, file].into_iter().fold(START, hashed);
        let file = env::var("SWEEP_SEED").map_or(file, |seed| hashed(file, &seed));
        Self { file, seen: HashMap::new() }
    }

    /// A number for a mistake, spread over all numbers.
    pub(crate) fn next(&mut self, entry: &Entry, mistake: Mistake) -> usize {
        let count = self.seen.entry((entry.path.clone(), mistake)).or_default();
        *count += 1;
        let path = entry.path.iter().fold(self.file, |hash, key| hashed(hash, key));
        let hash = hashed(hashed(path, &format!("{mistake:?}")), &count.to_string());
        // The low bits of the hash follow those of the text.
        (hash ^ hash >> 15).wrapping_mul(2_654_435_761) as usize >> 9
    }
}

const START: u32 = 2_166_136_261;

/// FNV-1a, which is the same on every machine and in every version.
fn hashed(hash: u32, text: &str) -> u32 {
    let bytes = text.bytes().chain([0xff]);
    bytes.fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619))
}
