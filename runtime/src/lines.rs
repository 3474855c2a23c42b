//! Lines, from bytes that may be cut anywhere.

use crate::decode::DecodeError;

/// A line without its end.
pub(crate) struct Line {
    pub(crate) bytes: Vec<u8>,
    /// From 1.
    pub(crate) number: u64,
}

/// Cuts bytes into lines.
#[derive(Debug)]
pub(crate) struct Splitter {
    buffer: Vec<u8>,
    /// Where what was not given yet begins. What is before goes when more comes: to move the rest for each
    /// line would take time by the square of their number.
    start: usize,
    /// Up to where it was searched in vain.
    searched: usize,
    number: u64,
    max: usize,
    /// Whether a carriage return alone ends a line.
    carriage_returns: bool,
    /// Whether a line feed belongs to the end of the line before.
    after_return: bool,
}

impl Splitter {
    pub(crate) fn new(max: usize, carriage_returns: bool) -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            number: 0,
            max,
            carriage_returns,
            after_return: false,
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next line that has an end.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, DecodeError> {
        if self.after_return && self.start < self.buffer.len() {
            self.after_return = false;
            if self.buffer[self.start] == b'\n' {
                self.go_on(self.start + 1);
            }
        }
        let is_end = |&byte: &u8| byte == b'\n' || self.carriage_returns && byte == b'\r';
        let Some(end) = self.buffer[self.searched..].iter().position(is_end) else {
            self.searched = self.buffer.len();
            let too_large = self.searched - self.start > self.max;
            return if too_large { Err(self.too_large()) } else { Ok(None) };
        };
        let end = self.searched + end;
        if end - self.start > self.max {
            return Err(self.too_large());
        }
        self.after_return = self.buffer[end] == b'\r';
        let bytes = self.buffer[self.start..end].to_vec();
        self.go_on(end + 1);
        Ok(Some(self.line(bytes)))
    }

    /// What is before this was given.
    fn go_on(&mut self, start: usize) {
        self.start = start;
        if start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
        self.searched = self.start;
    }

    /// The last line, which has no end; `None` if there is nothing.
    pub(crate) fn last(&mut self) -> Option<Line> {
        let bytes = self.buffer.split_off(self.start);
        self.go_on(self.start);
        (!bytes.is_empty()).then(|| self.line(bytes))
    }

    fn line(&mut self, mut bytes: Vec<u8>) -> Line {
        self.number += 1;
        if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        Line { bytes, number: self.number }
    }

    fn too_large(&self) -> DecodeError {
        DecodeError::new(format!(
            "line {} has more than {} bytes, which `max_answer` of the builder allows",
            self.number + 1,
            self.max
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers() {
        for size in [1, 2, 100] {
            let mut splitter = Splitter::new(5, false);
            let mut found = Vec::new();
            for piece in b"\xef\xbb\xbfa\r\n\nb\rc\nd".chunks(size) {
                splitter.push(piece);
                while let Some(line) = splitter.next().unwrap() {
                    found.push((line.number, line.bytes));
                }
            }
            found.extend(splitter.last().map(|line| (line.number, line.bytes)));
            let expected: [(u64, &[u8]); 4] = [(1, b"a\r"), (2, b""), (3, b"b\rc"), (4, b"d")];
            let found: Vec<_> = found.iter().map(|(number, bytes)| (*number, &bytes[..])).collect();
            assert_eq!(found, expected);
            assert!(splitter.last().is_none());
        }
    }

    #[test]
    fn lines_are_bounded() {
        for text in ["123456", "123456\n"] {
            let mut splitter = Splitter::new(5, false);
            splitter.push(text.as_bytes());
            let error = splitter.next().err().unwrap().to_string();
            assert!(error.starts_with("line 1 has more than 5 bytes"), "{error}");
        }
        let mut splitter = Splitter::new(5, false);
        splitter.push(b"12345\n");
        assert_eq!(splitter.next().unwrap().unwrap().bytes, b"12345");
    }

    /// Lines cost what they hold, however much waits behind them: it is neither moved nor searched once more.
    #[test]
    fn many_lines_at_once() {
        const MANY: usize = 1000;
        for (end, carriage_returns) in [("\n", false), ("\r\n", true)] {
            let mut splitter = Splitter::new(5, carriage_returns);
            let all = format!("ab{end}").repeat(MANY);
            splitter.push(all.as_bytes());
            for number in 1..MANY {
                assert_eq!(splitter.next().unwrap().unwrap().bytes, b"ab");
                let given = number * (2 + end.len());
                assert!(splitter.start >= given - 1 && splitter.start <= given, "line {number}");
                let (length, searched) = (splitter.buffer.len(), splitter.searched);
                assert_eq!((length, searched), (all.len(), splitter.start), "line {number}");
            }
            assert_eq!(splitter.next().unwrap().unwrap().bytes, b"ab");
            assert!(splitter.next().unwrap().is_none() && splitter.buffer.is_empty());
        }
    }

    /// What was read makes room, also where the end of a line is cut in two.
    #[test]
    fn what_was_read_is_not_kept() {
        let mut splitter = Splitter::new(5, true);
        for number in 1..=1000 {
            for piece in ["\r", "\nab", "c\rd"] {
                splitter.push(piece.as_bytes());
                while let Some(line) = splitter.next().unwrap() {
                    let expected: &[u8] = match line.number {
                        1 => b"",
                        number if number % 2 == 0 => b"abc",
                        _ => b"d",
                    };
                    assert_eq!(line.bytes, expected, "line {}", line.number);
                }
                assert!(splitter.buffer.len() <= 8, "round {number}");
            }
        }
        assert_eq!(splitter.last().unwrap().bytes, b"d");
    }
}
