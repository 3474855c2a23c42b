//! What a merge leaves in a file that is not finished. One side of it is read, so that it is one finding.

use std::ops::Range;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::FileId;

use super::lexical::{line_end, next_line};
use super::tree::span;

/// The lines that git writes around the sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Ours,
    Base,
    Theirs,
    End,
}

/// A line that git has written.
type Line = (Mark, Range<usize>);

/// What is left out of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// The lines that git has written.
    pub(super) marks: Vec<Range<usize>>,
    /// The sides that are not read.
    pub(super) sides: Vec<Range<usize>>,
}

/// Reports every conflict of a text.
pub(super) fn find(file: FileId, text: &str, found: &mut Diagnostics) -> LeftOut {
    let mut out = LeftOut::default();
    let marks = marks(text);
    let mut rest = marks.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let ends = behind.iter().position(|(mark, _)| *mark == Mark::End);
        let next = behind.iter().position(|(mark, _)| *mark == Mark::Ours);
        let last = ends.filter(|end| first.0 == Mark::Ours && next.is_none_or(|it| it > *end));
        let (whole, others) = match last {
            Some(end) => rest.split_at(end + 2),
            None => rest.split_at(1),
        };
        found.push(report(file, whole));
        out.marks.extend(whole.iter().map(|(_, line)| line.clone()));
        sides(text, whole, &mut out.sides);
        rest = others;
    }
    out
}

/// The lines that begin in the first column with a word that git writes there.
fn marks(text: &str) -> Vec<Line> {
    // Most files have none.
    if !["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.contains(mark)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut line = Some(0);
    while let Some(start) = line {
        let whole = start..line_end(text, start);
        let source = text[whole.clone()].trim_end();
        let mark = match source.get(..7) {
            Some("<<<<<<<") => Some(Mark::Ours),
            Some("|||||||") => Some(Mark::Base),
            Some("=======") if source.len() == 7 => Some(Mark::Theirs),
            Some(">>>>>>>") => Some(Mark::End),
            _ => None,
        };
        let alone = source.get(7..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        found.extend(mark.filter(|_| alone).map(|mark| (mark, whole)));
        line = next_line(text, start);
    }
    found
}

fn report(file: FileId, whole: &[Line]) -> Diagnostic {
    let (mark, line) = &whole[0];
    let place = span(file, line);
    let message = "a merge is not finished here";
    let found = Diagnostic::error(&codes::MERGE_MARKER, place, message);
    if whole.len() == 1 {
        return found.label("git has written this line").help(match mark {
            Mark::Ours => "keep what is meant of what is below it, and delete this line",
            _ => "keep what is meant of what is around it, and delete this line",
        });
    }
    let found = found.label("one side begins here");
    let others = whole[1..].iter().fold(found, |found, (mark, line)| {
        let label = match mark {
            Mark::Ours => return found,
            Mark::Base => "what both have changed begins here",
            Mark::Theirs => "the other side begins here",
            Mark::End => "and ends here",
        };
        found.related(span(file, line), label)
    });
    others.help("keep what is meant of the two sides, and delete the lines that git has written")
}

/// The sides of a conflict that are not read: all but the first that says something.
fn sides(text: &str, whole: &[Line], out: &mut Vec<Range<usize>>) {
    let mut read = false;
    for pair in whole.windows(2) {
        let side = pair[0].1.end..pair[1].1.start;
        let says = !text[side.clone()].trim().is_empty();
        if says && (read || pair[0].0 == Mark::Base) {
            // From the first line on, to the end of the last one.
            let start = next_line(text, pair[0].1.start).unwrap_or(side.end);
            out.push(start..text[..side.end].trim_end().len());
        }
        read |= says && pair[0].0 != Mark::Base;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(text: &str) -> (usize, Vec<&str>) {
        let mut found = Diagnostics::default();
        let out = find(FileId::default(), text, &mut found);
        (found.iter().count(), out.sides.iter().map(|side| &text[side.clone()]).collect())
    }

    #[test]
    fn the_first_side_that_says_something_is_read() {
        let two = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\n  c: 1\n\n>>>>>>> x\n";
        assert_eq!(left_out(two), (1, vec!["  c: 1"]));
        let three = "<<<<<<<\na: 1\n||||||| 123\nb: 1\n=======\nc: 1\n>>>>>>>\n";
        assert_eq!(left_out(three), (1, vec!["b: 1", "c: 1"]));
        assert_eq!(left_out("<<<<<<< HEAD\n=======\nc: 1\n>>>>>>> x\n"), (1, vec![]));
        assert_eq!(left_out(&two.repeat(2)), (2, vec!["  c: 1", "  c: 1"]));
    }

    #[test]
    fn lines_alone_and_other_lines() {
        assert_eq!(left_out("a: 1\n=======\nb: 1\n"), (1, vec![]));
        assert_eq!(left_out("<<<<<<< HEAD\na: 1\n<<<<<<< HEAD\nb: 1"), (2, vec![]));
        assert_eq!(left_out("a: |\n  =======\nb: 1\n<<<<<<<<\n========\n"), (0, vec![]));
    }
}
