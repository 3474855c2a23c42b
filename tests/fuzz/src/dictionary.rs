//! The words of `fuzz/specification.dict`, in the form that libFuzzer reads.

/// One entry a line: a text in quotes, in which `\\`, `\"` and `\xAB` are escapes.
pub(crate) fn words(text: &str) -> Vec<Vec<u8>> {
    text.lines().filter_map(word).collect()
}

fn word(line: &str) -> Option<Vec<u8>> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut out = Vec::new();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match rest.next()? {
            b'x' => {
                let digits = [rest.next()?, rest.next()?];
                out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            escaped => out.push(escaped),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn escapes() {
        assert_eq!(words("# no\n\"a\\x0a\\\\\\\"\"\n"), [b"a\n\\\"".to_vec()]);
    }

    #[test]
    fn every_line_of_ours_is_a_word() {
        let text = include_str!("../../../fuzz/specification.dict");
        let lines = text.lines().filter(|line| line.starts_with('"')).count();
        assert!(lines > 100 && words(text).len() == lines);
    }
}
