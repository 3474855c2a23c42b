//! Damage as people and machines do it: lines lost or doubled, words in each other's places, bytes flipped.

use std::ops::Range;

use crate::dictionary;

/// Makes damaged specifications out of good ones, the same for the same seed.
#[derive(Debug)]
pub struct Mutator {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    /// A mutator of these inputs, of which there has to be one.
    #[must_use]
    pub fn new(mut seeds: Vec<Vec<u8>>, seed: u64) -> Self {
        if seeds.is_empty() {
            seeds.push(b"clientwright: 1\n".to_vec());
        }
        let words = dictionary::words(include_str!("../../../fuzz/specification.dict"));
        Self { seeds, words, state: seed }
    }

    /// `SplitMix64`: small, and good enough for this.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, 0 for none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// The next damaged input: one of the seeds with one to three wounds.
    pub fn mutant(&mut self) -> Vec<u8> {
        let index = self.below(self.seeds.len());
        let mut data = self.seeds[index].clone();
        for _ in 0..=self.below(3) {
            self.wound(&mut data);
        }
        data
    }

    fn wound(&mut self, data: &mut Vec<u8>) {
        let (lines, words) = (lines(data), words(data));
        if words.is_empty() {
            return;
        }
        let (a, b) = (self.below(words.len()), self.below(words.len()));
        let (word, other) = (words[a].clone(), words[b].clone());
        let (a, b) = (self.below(lines.len()), self.below(lines.len()));
        let (line, other_line) = (lines[a].clone(), lines[b].clone());
        let (second, second_line) = (data[other].to_vec(), data[other_line].to_vec());
        match self.below(12) {
            0 => drop(data.drain(line)),
            1 => insert(data, line.start, &second_line),
            2 => data.insert(line.start, b' '),
            3 => drop(data.drain(word)),
            4 => insert(data, word.end, &second),
            5 | 6 => replace(data, word, &second),
            7 | 8 => {
                let index = self.below(self.words.len());
                replace(data, word, &self.words[index].clone());
            }
            9 => {
                let index = self.below(self.words.len());
                insert(data, word.start, &self.words[index].clone());
            }
            10 => {
                let bit = self.below(8);
                data[word.start] ^= 1 << bit;
            }
            _ => {
                // Lines of another specification.
                let index = self.below(self.seeds.len());
                let foreign = self.seeds[index].clone();
                let from = self::lines(&foreign);
                let at = self.below(from.len());
                let to = (at + 1 + self.below(6)).min(from.len());
                if let (Some(first), Some(last)) = (from.get(at), from.get(to.saturating_sub(1))) {
                    insert(data, line.start, &foreign[first.start..last.end]);
                }
            }
        }
    }
}

fn insert(data: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    replace(data, at..at, bytes);
}

fn replace(data: &mut Vec<u8>, range: Range<usize>, bytes: &[u8]) {
    data.splice(range, bytes.iter().copied());
}

/// The lines with their ends.
fn lines(data: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let split = data.split_inclusive(|byte| *byte == b'\n');
    split
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

/// Words, and the signs between them.
fn words(data: &[u8]) -> Vec<Range<usize>> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte) || byte >= 0x80;
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, byte) in data.iter().copied().enumerate() {
        match words.last_mut() {
            Some(last) if part(byte) && open => last.end = at + 1,
            _ if byte.is_ascii_whitespace() => {}
            _ => words.push(at..at + 1),
        }
        open = part(byte);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Mutator;

    #[test]
    fn the_same_seed_gives_the_same_mutants() {
        let seeds = vec![b"clientwright: 1\nprovider: { name: demo }\n".to_vec()];
        let some = |seed| {
            let mut mutator = Mutator::new(seeds.clone(), seed);
            (0..200).map(|_| mutator.mutant()).collect::<Vec<_>>()
        };
        assert_eq!(some(7), some(7));
        assert_ne!(some(7), some(8));
        assert!(some(7).iter().filter(|mutant| **mutant != seeds[0]).count() > 150);
    }
}
