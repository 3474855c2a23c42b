//! Tells whether two specifications are the same text.

/// FNV-1a of 128 bits. It detects changes, it does not resist an attacker: nothing is decided by it.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The fingerprint of texts in their order, as hexadecimal digits.
///
/// Names are left out, since they depend on the folder a command runs in; line ends do not count, since they
/// depend on git.
pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = BASIS;
    let mut add = |byte: u8| hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    for text in texts {
        for line in text.lines() {
            line.bytes().for_each(&mut add);
            add(b'\n');
        }
        // A byte that is in no UTF-8 text: two files are not their concatenation.
        add(0xff);
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn texts_and_their_borders_count_and_line_ends_do_not() {
        assert_eq!(
            of([]),
            "6c62272e07bb014262b821756295c58d",
            "the basis of the published function"
        );
        assert_eq!(of(["a\nb\n"]), of(["a\r\nb\r\n"]));
        assert_ne!(of(["a\nb\n"]), of(["a\nc\n"]));
        assert_ne!(of(["a\n", "b\n"]), of(["a\nb\n"]));
        assert_ne!(of(["ab"]), of(["a", "b"]));
    }
}
