//! The one error of this crate.

use std::fmt;

/// Longest part of a refused text that is kept.
const MAX_FOUND: usize = 64;

/// A text is not of the form that was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    expected: &'static str,
    found: String,
}

impl ParseError {
    /// Says that `expected` (a noun with its article) was wanted in place of `found`.
    ///
    /// Only the beginning of `found` is kept: a megabyte in the place of a date makes no megabyte
    /// of error.
    pub fn new(expected: &'static str, found: &str) -> Self {
        let mut end = found.len().min(MAX_FOUND);
        while !found.is_char_boundary(end) {
            end -= 1;
        }
        Self { expected, found: found[..end].to_owned() }
    }

    /// What was expected: a noun with its article.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// The text that was found, or its beginning.
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found `{}`", self.expected, self.found.escape_debug())
    }
}

impl std::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_the_beginning() {
        let error = ParseError::new("a date", &"ä".repeat(1000));
        assert_eq!(error.found().len(), 64);
        assert!(ParseError::new("a date", &format!("x{}", "ä".repeat(1000))).found().len() < 64);
    }

    #[test]
    fn is_one_line() {
        let error = ParseError::new("a date", "1\n2");
        assert_eq!(error.to_string(), "expected a date, found `1\\n2`");
    }
}
