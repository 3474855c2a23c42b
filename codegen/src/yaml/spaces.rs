//! Spaces that are none to YAML, where they mean something: they come from pages, on which they look as others do.

use std::ops::Range;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::FileId;

use super::lexical::{line_end, line_start, next_line, opens_text};
use super::tree::span;

/// So many are listed.
const MAX_LISTED: usize = 20;

/// What is to be done before a text can be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Strange {
    /// Where spaces take the place of what looks like some.
    pub(super) spaces: Vec<Range<usize>>,
    /// Lines that cannot be read.
    pub(super) lines: Vec<Range<usize>>,
}

/// What is as wide as a space or nearly so.
fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// What has no width.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Whether a character looks like a space or like nothing.
pub(super) fn is_strange(c: char) -> bool {
    is_space(c) || is_nothing(c)
}

/// Reports what looks like spaces in indentations, behind keys and around hyphens, and what is invisible in names.
pub(super) fn find(file: FileId, text: &str, found: &mut Diagnostics) -> Strange {
    let mut out = Strange::default();
    // Most files have none.
    if !text.contains(is_strange) {
        return out;
    }
    let mut line = Some(0);
    while let Some(start) = line.filter(|_| out.spaces.len() + out.lines.len() < MAX_LISTED) {
        let end = line_end(text, start);
        let lead = lead(text, start);
        if text[lead.clone()].contains(is_strange) && lead.end < end {
            let block = indented(file, text, lead, found);
            line = next_line(text, block.end);
            out.lines.push(block);
            continue;
        }
        if text[start..end].contains(is_strange) {
            inside(file, text, lead.end..end, found, &mut out);
        }
        line = next_line(text, start);
    }
    out
}

/// What a line begins with that looks like spaces.
fn lead(text: &str, start: usize) -> Range<usize> {
    let line = &text[start..line_end(text, start)];
    let content = line.trim_start_matches(|c| matches!(c, ' ' | '\t') || is_strange(c));
    start..start + line.len() - content.len()
}

/// Reports lines that are indented like this, with those below them, which have come from the same place.
fn indented(
    file: FileId,
    text: &str,
    first: Range<usize>,
    found: &mut Diagnostics,
) -> Range<usize> {
    let width =
        |lead: &Range<usize>| text[lead.clone()].chars().filter(|c| !is_nothing(*c)).count();
    let plain = |lead: &Range<usize>| " ".repeat(width(lead));
    let least = width(&first);
    let mut end = line_end(text, first.start);
    let mut last = first.clone();
    let (mut mended, mut below) = (plain(&first), 0);
    let mut line = next_line(text, first.start);
    while let Some(start) = line {
        let next = lead(text, start);
        let strange = text[next.clone()].contains(is_strange);
        let is_blank = next.end == line_end(text, start);
        if !is_blank && !strange && width(&next) <= least {
            break;
        }
        if strange && !is_blank {
            mended.push_str(&text[last.end..next.start]);
            mended.push_str(&plain(&next));
            last = next;
            below += 1;
        }
        if !is_blank {
            end = line_end(text, start);
        }
        line = next_line(text, start);
    }
    let what = match text[first.clone()].chars().find(|c| is_strange(*c)) {
        Some(c) => name(c),
        None => String::new(),
    };
    let message = format!("{what} in an indentation");
    let diagnostic = Diagnostic::error(&codes::INVISIBLE_SPACE, span(file, &first), message)
        .help("indent with spaces, two for each level")
        .patch(span(file, &(first.start..last.end)), mended);
    found.push(match below {
        0 => diagnostic,
        1 => diagnostic.note("so it is in one line below"),
        _ => diagnostic.note(format!("so it is in {below} lines below")),
    });
    first.start..end
}

/// Whether a place is in a line of a text behind `|` or `>`.
fn in_block(text: &str, start: usize) -> bool {
    let width = |line: usize| lead(text, line).len();
    let mut line = line_start(text, start);
    let own = width(line);
    while line > 0 {
        line = line_start(text, line - 1);
        let source = text[line..line_end(text, line)].trim_end();
        if !source.is_empty() && width(line) < own {
            return opens_text(source);
        }
    }
    false
}

/// Looks through a line behind its indentation.
fn inside(
    file: FileId,
    text: &str,
    content: Range<usize>,
    found: &mut Diagnostics,
    out: &mut Strange,
) {
    let line = &text[content.clone()];
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => continue,
            None if matches!(c, '"' | '\'') && opens(&line[..at]) => quote = Some(c),
            None => {}
        }
        let before = &line[..at];
        if before.contains(" -- ") || before.contains(" #") {
            return;
        }
        let place = content.start + at..content.start + at + c.len_utf8();
        let after = &line[at + c.len_utf8()..];
        let means = || !in_block(text, place.start);
        if is_space(c) && (is_behind_key(before) || is_at_hyphens(before, after)) && means() {
            found
                .push(report(file, &place, c).help("write a space").patch(span(file, &place), " "));
            out.spaces.push(place);
        } else if is_nothing(c) && is_in_name(before, after) && means() {
            found.push(report(file, &place, c).help("delete it").patch(span(file, &place), ""));
            let whole = content.start..content.end;
            if out.lines.last() != Some(&whole) {
                out.lines.push(whole);
            }
        }
    }
}

fn report(file: FileId, place: &Range<usize>, c: char) -> Diagnostic {
    let message = format!("{} where YAML knows spaces only", name(c));
    Diagnostic::error(&codes::INVISIBLE_SPACE, span(file, place), message)
}

/// What a character is called.
fn name(c: char) -> String {
    let number = u32::from(c);
    match c {
        '\u{a0}' | '\u{202f}' => format!("a non-breaking space (U+{number:04X})"),
        _ if is_nothing(c) => format!("an invisible character (U+{number:04X})"),
        _ => format!("a space of printed text (U+{number:04X})"),
    }
}

/// Whether a quote begins a text behind this.
fn opens(before: &str) -> bool {
    before.trim_end().is_empty() || before.trim_end().ends_with([':', '{', '[', ',', '-'])
}

/// Whether a key ends here with its colon.
fn is_behind_key(before: &str) -> bool {
    let Some(head) = before.strip_suffix(':') else { return false };
    let start = head.rfind([' ', '{', ',']).map_or(0, |at| at + 1);
    let (around, key) = (head[..start].trim_end(), &head[start..]);
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '?');
    !key.is_empty()
        && key.chars().all(is_key)
        && (around.is_empty() || around == "-" || around.ends_with(['{', ',']))
}

/// Whether this is beside the hyphens before a documentation.
fn is_at_hyphens(before: &str, after: &str) -> bool {
    let is_blank = |c: char| c == ' ' || is_space(c);
    let behind = before.strip_suffix("--").is_some_and(|before| before.ends_with(is_blank));
    behind || after.strip_prefix("--").is_some_and(|after| after.starts_with(is_blank))
}

/// Whether this is inside of a key, or of a name behind one.
fn is_in_name(before: &str, after: &str) -> bool {
    let head = before.rsplit([' ', '{', ',', '<', '[']).next().unwrap_or_default();
    let tail = after.split([' ', '}', ',', '>', ']', '|']).next().unwrap_or_default();
    let around = before[..before.len() - head.len()].trim_end();
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '?') || is_strange(c);
    let key = tail.strip_suffix(':').unwrap_or(tail);
    let is_key = key.len() < tail.len();
    let starts = around.is_empty() || around == "-" || around.ends_with(['{', ',']);
    let is_value = around.ends_with([':', '<', '[']) && after[tail.len()..].trim_start().len() < 2;
    head.chars().chain(key.chars()).all(is_word) && (is_key && starts || is_value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strange(text: &str) -> (usize, Vec<usize>, Vec<&str>) {
        let mut found = Diagnostics::default();
        let out = find(FileId::default(), text, &mut found);
        let starts = out.spaces.iter().map(|place| place.start).collect();
        (found.iter().count(), starts, out.lines.iter().map(|it| &text[it.clone()]).collect())
    }

    #[test]
    fn an_indentation_with_what_is_below_it() {
        let text = "a:\n\u{a0} b: 1\n  \u{a0}c: 2\n    d: 3\n  e: 4\n";
        assert_eq!(strange(text), (1, vec![], vec!["\u{a0} b: 1\n  \u{a0}c: 2\n    d: 3"]));
    }

    #[test]
    fn behind_keys_and_beside_hyphens() {
        assert_eq!(strange("a:\u{a0}b"), (1, vec![2], vec![]));
        assert_eq!(strange("a: { b:\u{a0}c, d: e\u{202f}-- f }").1, vec![7, 16]);
        assert_eq!(strange("a: b --\u{a0}c\u{a0}d").1, vec![7]);
    }

    #[test]
    fn in_names() {
        assert_eq!(strange("  a\u{200b}b: c"), (1, vec![], vec!["a\u{200b}b: c"]));
        assert_eq!(strange("a: b\u{200b}"), (1, vec![], vec!["a: b\u{200b}"]));
    }

    #[test]
    fn texts_have_what_they_like() {
        for text in [
            "doc: Le prix\u{a0}: 3",
            "a: string -- It\u{a0}is so\u{200b}.",
            "doc: |\n  Note:\u{a0}this\n",
            "a: \"b\u{a0}-- c\"",
            "a: 'it\u{200b}s'",
            "# a:\u{a0}b",
            "doc: soft\u{200b}hyphen and more",
        ] {
            assert_eq!(strange(text), (0, vec![], vec![]), "{text}");
        }
    }
}
