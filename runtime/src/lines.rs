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
            searched: 0,
            number: 0,
            max,
            carriage_returns,
            after_return: false,
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next line that has an end.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, DecodeError> {
        if self.after_return && !self.buffer.is_empty() {
            self.after_return = false;
            if self.buffer[0] == b'\n' {
                self.buffer.remove(0);
            }
        }
        let is_end = |&byte: &u8| byte == b'\n' || self.carriage_returns && byte == b'\r';
        let Some(end) = self.buffer[self.searched..].iter().position(is_end) else {
            self.searched = self.buffer.len();
            return if self.searched > self.max { Err(self.too_large()) } else { Ok(None) };
        };
        let end = self.searched + end;
        if end > self.max {
            return Err(self.too_large());
        }
        self.after_return = self.buffer[end] == b'\r';
        let rest = self.buffer.split_off(end + 1);
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        self.searched = 0;
        bytes.pop();
        Ok(Some(self.line(bytes)))
    }

    /// The last line, which has no end; `None` if there is nothing.
    pub(crate) fn last(&mut self) -> Option<Line> {
        self.searched = 0;
        let bytes = std::mem::take(&mut self.buffer);
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
}
