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
        /// That line as it is; none when the file ends before it. It has its line end where only that differs.
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

/// A file may hold anything; a terminal is not to obey it. What cannot be seen is named.
fn shown(line: Option<&str>) -> String {
    let line = match line {
        None => return "(end of file)".to_owned(),
        Some("") => return "(empty line)".to_owned(),
        Some(line) => line,
    };
    let seen = line.trim_end_matches(' ');
    let escape = |c: char| match c {
        '\t' => "\t".to_owned(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    let blanks = line[seen.len()..].chars().map(|c| c.escape_unicode().to_string());
    seen.chars().map(escape).chain(blanks).collect()
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

/// The first line in which two different texts differ; in its line end only where no line differs in more.
fn first_line(found: &str, expected: &str) -> Kind {
    differs(found.lines(), expected.lines())
        .or_else(|| differs(found.split_inclusive('\n'), expected.split_inclusive('\n')))
        // Of a file that is no UTF-8, the bytes that are none.
        .unwrap_or(Kind::Line { number: 1, found: None, expected: None })
}

fn differs<'t>(
    mut found: impl Iterator<Item = &'t str>,
    mut expected: impl Iterator<Item = &'t str>,
) -> Option<Kind> {
    for number in 1.. {
        let (found, expected) = (found.next(), expected.next());
        if found != expected {
            let owned = |line: Option<&str>| line.map(str::to_owned);
            return Some(Kind::Line { number, found: owned(found), expected: owned(expected) });
        }
        found?;
    }
    None
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
        assert_eq!(line("a\n", "a\nb\n"), (2, None, some("b")));
        assert_eq!(line("a", "a\n"), (1, some("a"), some("a\n")));
        assert_eq!(line("", "a"), (1, None, some("a")));
        assert_eq!(line("a\n\n", "a\n"), (2, some(""), None));
        assert_eq!(line("a\nb\r\n", "a\nb\n"), (2, some("b\r\n"), some("b\n")));
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        let told = |found: &str, expected: &str| {
            let difference = Difference { path: "a".to_owned(), kind: first_line(found, expected) };
            difference.to_string()
        };
        assert_eq!(told("a", "a\n"), "a:1: differs\n    - a\n    + a\\n");
        assert_eq!(told("a\r\n", "a\n"), "a:1: differs\n    - a\\r\\n\n    + a\\n");
        assert_eq!(told("a\n\n\n", "a\n"), "a:2: differs\n    - (empty line)\n    + (end of file)");
        assert_eq!(told("a\nb\n", "a\n\nb\n"), "a:2: differs\n    - b\n    + (empty line)");
        assert_eq!(told("a  \n", "a\n"), "a:1: differs\n    - a\\u{20}\\u{20}\n    + a");
    }

    #[test]
    fn both_lines_are_shown_and_control_characters_are_not_obeyed() {
        let kind = first_line("\u{1b}[31mred\n", "\tplain\n");
        let difference = Difference { path: "a.rs".to_owned(), kind };
        assert_eq!(difference.to_string(), "a.rs:1: differs\n    - \\u{1b}[31mred\n    + \tplain");
    }
}
