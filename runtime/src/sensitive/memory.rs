//! Looks for secrets in the memory of the process, the way a debugger would. For tests, also for those in `tests/`.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs::{self, File};
use std::io::{BufRead as _, Read as _, Seek as _, SeekFrom};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// How long a secret is. Whoever frees memory writes to its beginning, so that only the end is searched for.
const LENGTH: usize = 96;
const END: usize = 48;

/// A character of a secret. The text itself stands nowhere in the program, and none repeats itself or another one.
fn character(secret: usize, at: usize) -> u8 {
    let (secret, at) = (u64::try_from(secret).unwrap(), u64::try_from(at).unwrap());
    let mixed = (secret * 1000 + at).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    b'a' + u8::try_from((mixed >> 32) % 26).unwrap()
}

/// A secret of its own for each number.
pub(crate) fn secret(number: usize) -> String {
    let mut text = String::with_capacity(LENGTH);
    text.extend((0..LENGTH).map(|at| char::from(character(number, at))));
    text
}

/// How often the end of a secret stands in the memory that the process may write to.
pub(crate) fn copies(number: usize) -> usize {
    count(END, |at| character(number, LENGTH - END + at))
}

/// How often a text stands there, of which only these characters are known.
pub(crate) fn count(wanted: usize, character: impl Fn(usize) -> u8) -> usize {
    // What one test reads would be found by another one.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let first = character(0);
    let is_it = |found: &[u8]| found.iter().enumerate().all(|(at, byte)| *byte == character(at));
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    // What is read here is a copy as well.
    let mut bytes = Zeroizing::new(vec![0; 1 << 16]);
    let mut count = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').unwrap();
        let (start, end) = range.split_once('-').unwrap();
        let mut at = u64::from_str_radix(start, 16).unwrap();
        let end = u64::from_str_radix(end, 16).unwrap();
        while at < end {
            memory.seek(SeekFrom::Start(at)).unwrap();
            let length = bytes.len().min(usize::try_from(end - at).unwrap());
            // Other tests give memory back meanwhile.
            let read = memory.read_exact(&mut bytes[..length]);
            if read.is_ok() {
                let mut rest = &bytes[..length];
                // The standard library is built to be fast, and this is not.
                while rest.skip_until(first).unwrap() > 0 {
                    let found = bytes.get(length - rest.len() - 1..length).unwrap();
                    count += usize::from(found.get(..wanted).is_some_and(is_it));
                }
            }
            // Or else it would be found in here.
            bytes.fill(0);
            if read.is_err() {
                break;
            }
            // One that begins in this piece may end in the next one.
            at += u64::try_from(length.saturating_sub(wanted - 1).max(1)).unwrap();
        }
    }
    count
}
