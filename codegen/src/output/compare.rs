//! How a folder differs from what it should hold.

use std::fmt;
use std::io;
use std::path::Path;

use super::Files;
use super::manifest::MANIFEST;
use super::plan::plan;

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its path in the output.
    pub path: String,
    /// What is wrong with it.
    pub kind: Kind,
}

/// How a file is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is not there.
    Missing,
    /// An earlier run made it and it is no longer generated.
    Extra,
    /// It has another text.
    Line {
        /// The first line that differs, counted from 1.
        number: usize,
        /// That line as it is; none when the file ends before it.
        found: Option<String>,
        /// That line as it should be; none when the file should end before it.
        expected: Option<String>,
    },
}

impl Difference {
    /// The place and the fact in one line, without the texts: `punt/mod.rs:3: differs`.
    #[must_use]
    pub fn summary(&self) -> String {
        match &self.kind {
            Kind::Missing => format!("{}: missing", self.path),
            Kind::Extra => format!("{}: no longer generated", self.path),
            Kind::Line { number, .. } => format!("{}:{number}: differs", self.path),
        }
    }
}

/// The summary, and below it the line as it is (`-`) and as it should be (`+`).
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary())?;
        if let Kind::Line { found, expected, .. } = &self.kind {
            write!(f, "\n    - {}\n    + {}", shown(found.as_deref()), shown(expected.as_deref()))?;
        }
        Ok(())
    }
}

/// A file may hold anything; a terminal is not to obey it.
fn shown(line: Option<&str>) -> String {
    let Some(line) = line else { return "(end of file)".to_owned() };
    let escape = |c: char| match c {
        '\t' => "\t".to_owned(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    line.chars().map(escape).collect()
}

/// Compares `files` with the folder `dir`, writing nothing. No difference means that writing would change
/// nothing.
///
/// # Errors
///
/// When a file cannot be read, or a path of `files` is not plain and relative.
pub fn compare(files: &Files, dir: &Path) -> io::Result<Vec<Difference>> {
    let plan = plan(files, dir)?;
    let changed = plan.changed.iter().map(|change| {
        let kind = match &change.found {
            None => Kind::Missing,
            Some(bytes) => first_line(&String::from_utf8_lossy(bytes), change.text),
        };
        Difference { path: change.path.to_owned(), kind }
    });
    let stale = plan.stale.iter().map(|path| Difference { path: path.clone(), kind: Kind::Extra });
    let mut differences: Vec<_> = changed.chain(stale).collect();
    // The manifest differs whenever something does, and says least about it.
    differences.sort_by_key(|one| (one.path == MANIFEST, one.path.clone()));
    Ok(differences)
}

impl Kind {
    /// The first line in which two texts differ; none for the same text. Line ends count.
    #[must_use]
    pub fn between(found: &str, expected: &str) -> Option<Self> {
        (found != expected).then(|| first_line(found, expected))
    }
}

/// The first line in which two different texts differ.
fn first_line(found: &str, expected: &str) -> Kind {
    let mut lines = (found.split('\n'), expected.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        let (a, b) = (lines.0.next(), lines.1.next());
        let plain = |line: Option<&str>| line.map(|l| l.strip_suffix('\r').unwrap_or(l).to_owned());
        let (found, expected) = (plain(a), plain(b));
        // Texts that differ only in bytes that are no UTF-8, or in line ends, differ in their last line.
        if found != expected || found.is_none() {
            return Kind::Line { number, found, expected };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(found: &str, expected: &str) -> (usize, Option<String>, Option<String>) {
        match first_line(found, expected) {
            Kind::Line { number, found, expected } => (number, found, expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_first_line_that_differs() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(line("a\r\nb\n", "a\nc\n"), (2, some("b"), some("c")));
        assert_eq!(line("a\n", "a\nb\n"), (2, some(""), some("b")));
        assert_eq!(line("a", "a\n"), (2, None, some("")));
        assert_eq!(line("", "a"), (1, some(""), some("a")));
    }

    #[test]
    fn both_lines_are_shown_and_control_characters_are_not_obeyed() {
        let kind = first_line("\u{1b}[31mred\n", "\tplain\n");
        let difference = Difference { path: "a.rs".to_owned(), kind };
        assert_eq!(difference.to_string(), "a.rs:1: differs\n    - \\u{1b}[31mred\n    + \tplain");
    }
}
