//! Going on after a fault: the faulty entry is blanked out and the text is read again.
//!
//! Spaces take the place of every byte, so offsets stay, and a text that the scanner gave up on
//! becomes one that it reads, without the entry.

use std::ops::Range;

use super::lexical::{
    closers, first_of_line, indent, is_break, line_end, line_start, next_line, quote_end,
    skip_blanks,
};

/// The entry that begins on the line of `at`: to the next line that is not indented further.
pub(super) fn entry(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    // How far a tab indents the lines before it show; a line below that begins with one goes with it.
    let lead = start..first_of_line(text, at);
    let tabs = text[lead.clone()].contains('\t');
    let depth = if tabs { meant_indent(text, &lead).columns } else { lead.len() };
    let bytes = text.as_bytes();
    let is_item = |first: usize| {
        bytes.get(first) == Some(&b'-')
            && bytes.get(first + 1).is_none_or(|b| matches!(b, b' ' | b'\t') || is_break(*b))
    };
    let own_item = is_item(first_of_line(text, at));
    let mut end = line_end(text, at);
    let mut line = end;
    while let Some(next) = next_line(text, line) {
        let first = first_of_line(text, next);
        let blank = first == line_end(text, next);
        // At the same indentation a closing bracket ends this entry, and the items below a key
        // are its value.
        let belongs = first - next > depth
            || (tabs && text[next..first].contains('\t'))
            || (first - next == depth
                && (matches!(bytes.get(first), Some(b']' | b'}'))
                    || (!own_item && is_item(first))));
        if !blank && !belongs {
            break;
        }
        line = next;
        if !blank {
            end = line_end(text, next);
        }
    }
    start..end
}

/// An entry that is indented otherwise than those before it, and those behind it that are so as well: one of
/// them stands where it should, or none does.
pub(super) fn neighbours(text: &str, at: usize) -> Range<usize> {
    let first = entry(text, at);
    let depth = indent(text, first.start);
    let mut end = first.end;
    while let Some(line) = next_line(text, end) {
        let is_blank = first_of_line(text, line) >= line_end(text, line);
        if line >= text.len() || (!is_blank && indent(text, line) < depth) {
            break;
        }
        end = line_end(text, line);
    }
    first.start..end
}

/// What may be a key in a stretch that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) at: Range<usize>,
    /// How many mappings are around its own, as indentation and brackets show.
    pub(super) depth: usize,
}

/// What may be keys in a stretch of whole lines that cannot be read: what a colon or a bracket follows, and the
/// first word of what has neither.
pub(super) fn keys(text: &str, stretch: &Range<usize>) -> Vec<Key> {
    let columns = above(text, stretch.start, indent(text, stretch.start));
    let mut scan = Scan { text, columns, ..Scan::default() };
    let mut line = stretch.start;
    while line < stretch.end {
        scan.line(line..line_end(text, line).min(stretch.end));
        match next_line(text, line) {
            Some(next) => line = next,
            None => break,
        }
    }
    scan.found
}

/// How far the lines are indented below which a line stands that is indented so far.
fn above(text: &str, at: usize, mut least: usize) -> Vec<usize> {
    let mut columns = Vec::new();
    let mut start = line_start(text, at);
    while start > 0 && least > 0 {
        start = line_start(text, start - 1);
        let first = first_of_line(text, start);
        let says = !matches!(text.as_bytes().get(first), None | Some(b'#' | b'\n' | b'\r'));
        if says && first - start < least {
            least = first - start;
            columns.push(least);
        }
    }
    columns.reverse();
    columns
}

/// Going through lines that cannot be read.
#[derive(Default)]
struct Scan<'t> {
    text: &'t str,
    /// The columns of the lines around this one, and those behind dashes.
    columns: Vec<usize>,
    /// The brackets that are open.
    brackets: Vec<u8>,
    /// Whether all of the file stands in the first of them.
    in_root: bool,
    /// Where the entry begins of which no key has been found yet.
    begin: Option<usize>,
    found: Vec<Key>,
}

impl Scan<'_> {
    fn line(&mut self, line: Range<usize>) {
        // The file may begin with a byte-order mark.
        let mut at = first_of_line(self.text, line.start).max(line.start);
        let mut column = indent(self.text, line.start);
        if at >= line.end || self.text.as_bytes()[at] == b'#' {
            return;
        }
        if self.brackets.is_empty() {
            self.columns.retain(|above| *above < column);
            while self.text[at..line.end].starts_with("- ") {
                self.columns.push(column);
                let next = skip_blanks(self.text, at + 1);
                (column, at) = (column + next - at, next);
            }
            self.begin = Some(at);
        }
        self.inside(at..line.end);
        if self.brackets.is_empty() {
            self.columns.push(column);
        }
    }

    fn inside(&mut self, part: Range<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = part.start;
        while at < part.end {
            let byte = bytes[at];
            let is_blank = |at: usize| at >= part.end || matches!(bytes[at], b' ' | b'\t');
            let is_open = |byte: u8| matches!(byte, b'{' | b'[' | b',');
            match byte {
                b'"' | b'\'' if at == part.start || is_blank(at - 1) || is_open(bytes[at - 1]) => {
                    let end = quote_end(self.text, at).filter(|end| *end < part.end);
                    at = end.unwrap_or(at);
                }
                b'#' if at > part.start && is_blank(at - 1) => break,
                // What goes on may be a text, but for what a bracket closes that nobody has opened.
                // `Order:{ … }`, where a blank is missing.
                b':' if (is_blank(at + 1) || bytes[at + 1] == b'{' && self.columns.len() < 2)
                    && self.brackets.is_empty()
                    && (self.begin.is_some() || closers(self.text, part.start).is_empty()) =>
                {
                    self.key(at);
                }
                b':' if is_blank(at + 1) => {
                    // A comma is missing before it, or a bracket.
                    let ends = |c: char| c.is_whitespace() || matches!(c, '{' | ',');
                    let torn = || self.text[..at].rfind(ends).map_or(0, |before| before + 1);
                    self.begin.get_or_insert_with(torn);
                    self.key(at);
                }
                b'{' | b'[' => {
                    self.in_root |= self.columns.is_empty() && self.begin == Some(at);
                    self.word(at);
                    self.brackets.push(byte);
                    self.begin = (byte == b'{').then(|| skip_blanks(self.text, at + 1));
                }
                b'}' | b']' => {
                    self.word(at);
                    self.brackets.pop();
                }
                b',' if !self.brackets.is_empty() && !self.is_in_angles(at) => {
                    self.word(at);
                    let inside = self.brackets.last() == Some(&b'{');
                    self.begin = inside.then(|| skip_blanks(self.text, at + 1));
                }
                _ => {}
            }
            at += 1;
        }
        if self.brackets.is_empty() {
            self.word(part.end);
        }
    }

    /// Whether a comma stands between names for types.
    fn is_in_angles(&self, at: usize) -> bool {
        let so_far = self.begin.and_then(|begin| self.text.get(begin..at)).unwrap_or_default();
        so_far.matches('<').count() > so_far.matches('>').count()
    }

    /// Ends a key, if one has begun.
    fn key(&mut self, end: usize) {
        let Some(begin) = self.begin.take() else { return };
        let key = self.text.get(begin..end).unwrap_or_default();
        let begin = end - key.trim_start().len();
        let end = begin + key.trim().len();
        if begin < end {
            let around = self.columns.len() + self.brackets.len();
            let depth = around.saturating_sub(usize::from(self.in_root));
            self.found.push(Key { at: begin..end, depth });
        }
    }

    /// Takes the first word of an entry without a colon for its key, with names for types.
    fn word(&mut self, end: usize) {
        let Some(begin) = self.begin else { return };
        let mut angles = 0_usize;
        let ends = |c: char| {
            match c {
                '<' => angles += 1,
                '>' => angles = angles.saturating_sub(1),
                _ => {}
            }
            // `Code:string`, where a blank is missing.
            angles == 0 && (c.is_whitespace() || c == ':')
        };
        let entry = self.text.get(begin..end).unwrap_or_default().trim_start();
        self.key(end - entry.len() + entry.find(ends).unwrap_or(entry.len()));
    }
}

/// A key without its mark, names for types and what stands in place of its colon.
pub(super) fn name(key: &str) -> &str {
    let bare = key.trim_matches(['"', '\'']);
    bare.split(['<', '=']).next().unwrap_or(bare).trim_end().trim_end_matches('?')
}

/// Writes spaces over a stretch, line breaks excepted. False if nothing was there.
pub(super) fn blank_out(text: &mut String, stretch: &Range<usize>) -> bool {
    let mut changed = false;
    let mut bytes = std::mem::take(text).into_bytes();
    for byte in bytes.get_mut(stretch.clone()).unwrap_or_default() {
        if *byte != b' ' && !is_break(*byte) {
            *byte = b' ';
            changed = true;
        }
    }
    // The stretch covers whole lines, so no character was cut.
    *text = String::from_utf8(bytes).unwrap_or_default();
    changed
}

/// For a file indented with tabs throughout: the same with a space for each, which nests as the
/// author meant. Nothing if some lines are indented with spaces: then the two cannot be compared.
pub(super) fn without_tabs(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_start_matches([' ', '\t']);
        let lead = &line[..line.len() - content.len()];
        let blank = content.trim().is_empty();
        if lead.contains(' ') && !blank {
            return None;
        }
        changed |= lead.contains('\t');
        out.extend(std::iter::repeat_n(' ', lead.len()));
        out.push_str(content);
    }
    changed.then_some(out)
}

/// How far a line was meant to be indented.
pub(super) struct Meant {
    pub(super) columns: usize,
    /// Whether nothing else can be meant.
    pub(super) sure: bool,
}

/// How many spaces the line with this `lead` was meant to be indented by, as the lines around it show.
pub(super) fn meant_indent(text: &str, lead: &Range<usize>) -> Meant {
    // The leads of the lines around, the outermost first, and what they stand for.
    let mut levels: Vec<(&str, usize)> = vec![("", 0)];
    // How much further than the line before the next one may stand.
    let mut deeper = 0;
    for line in text[..lead.start].split(['\n', '\r']) {
        let content = line.trim_start_matches([' ', '\t']);
        if content.trim().is_empty() || content.starts_with('#') {
            continue;
        }
        step(&mut levels, &line[..line.len() - content.len()], deeper);
        // Nothing of an item in brackets stands below it.
        let item = content.strip_prefix("- ").is_some_and(|item| !item.starts_with(['{', '[']));
        deeper = if item { 2 } else { 0 };
        deeper += if content.trim_end().ends_with(':') { 2 } else { 0 };
    }
    let known = levels.iter().any(|(other, _)| *other == &text[lead.clone()]);
    if deeper == 0
        && !known
        && let Some((below, is_key)) = as_below(text, lead.end)
    {
        // Only below a key or a dash a line stands further inside than the one before it, and what has no lines of its
        // own stands most often in the column of the line before.
        let before = levels.last().map_or(0, |(_, meant)| *meant);
        let columns = if is_key { below.min(before) } else { before };
        return Meant { columns, sure: is_key || below == before };
    }
    let before = levels.last().map_or(0, |(_, meant)| *meant);
    let columns = step(&mut levels, &text[lead.clone()], deeper);
    Meant { columns, sure: known || deeper > 0 || columns == before }
}

/// How far a line with a tab was meant to be indented when the line below it has spaces: as that one, or as what it
/// belongs to, a key.
fn as_below(text: &str, at: usize) -> Option<(usize, bool)> {
    let is_key = text[at..line_end(text, at)].trim_end().ends_with(':');
    let mut line = next_line(text, at)?;
    while first_of_line(text, line) == line_end(text, line) {
        line = next_line(text, line)?;
    }
    let below = text[line..first_of_line(text, line)].len();
    let spaces = !text[line..line + below].contains('\t');
    spaces.then(|| (if is_key { below.saturating_sub(2) } else { below }, is_key))
}

fn step<'t>(levels: &mut Vec<(&'t str, usize)>, lead: &'t str, deeper: usize) -> usize {
    if let Some(known) = levels.iter().rposition(|(other, _)| *other == lead) {
        levels.truncate(known + 1);
        return levels[known].1;
    }
    let above = levels.last().map_or(0, |(_, meant)| *meant);
    let meant = if !lead.contains('\t') {
        lead.len()
    } else if deeper > 0 {
        above + deeper
    } else {
        lead.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum()
    };
    levels.retain(|(_, known)| *known < meant);
    levels.push((lead, meant));
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_mean_what_the_lines_before_show() {
        let text = "a:\n  b:\n\tc:\n\t\td: 1\n\te: 2\n  f:\n\tg: 3\nh:\n\ti: 1\n";
        let meant = |wanted: &str| {
            let at = text.find(wanted).unwrap();
            let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
            meant_indent(text, &(start..at)).columns
        };
        assert_eq!(["c", "d", "e", "g", "i"].map(meant), [4, 6, 4, 4, 2]);
    }

    fn covered(text: &str) -> &str {
        let at = text.find('@').unwrap();
        &text[entry(text, at)]
    }

    #[test]
    fn an_entry_is_its_line_and_what_is_indented_further() {
        assert_eq!(covered("a: 1\nb: @\n\n   c: 2\nd: 3\n"), "b: @\n\n   c: 2");
        assert_eq!(covered("a:\n  - b: @\n    c: 1\n  - d\n"), "  - b: @\n    c: 1");
        assert_eq!(covered("a: @\n- b\n- c\nd: 1"), "a: @\n- b\n- c");
        assert_eq!(covered("a: { @\n  b\n}\nd: 1"), "a: { @\n  b\n}");
        assert_eq!(covered("a: @"), "a: @");
    }

    #[test]
    fn keys_of_what_cannot_be_read() {
        let found = |text: &'static str, from: &str| {
            let start = text.find(from).unwrap();
            let keys = keys(text, &(line_start(text, start)..text.len())).into_iter();
            keys.map(|key| (name(&text[key.at]), key.depth)).collect::<Vec<_>>()
        };
        let flow = "models:\n  Book: { id: string, \"tags?\": A[] }";
        assert_eq!(found(flow, "Book"), [("Book", 1), ("id", 2), ("tags", 2)]);
        assert_eq!(found("Page<T>:\n  a: http://x", "Page"), [("Page", 0), ("a", 1)]);
        assert_eq!(found(": x", ":"), []);
        assert_eq!(found("a:\n  é: {\n    b c,\n    d: 1 }", "é"), [("é", 1), ("b", 2), ("d", 2)]);
        // Without its colon a key is the first word, or what stands before the bracket.
        assert_eq!(found("m:\n  Common { fields: {} }", "Common"), [("Common", 1), ("fields", 2)]);
        assert_eq!(found("m: {\n  Common { a: {} } }", "m"), [("m", 0), ("Common", 1), ("a", 2)]);
        assert_eq!(found("m:\n  Pair<A, B> { a: A }", "Pair"), [("Pair", 1), ("a", 2)]);
        assert_eq!(found("m:\n  Pair<A, B>: { a: A }", "Pair"), [("Pair", 1), ("a", 2)]);
        assert_eq!(found("m:\n  T string -- [no] key: x", "T"), [("T", 1)]);
        assert_eq!(found("m:\n  Code:string", "Code"), [("Code", 1)]);
        assert_eq!(found("{ a: { b: c d: e }", "{"), [("a", 0), ("b", 1), ("d", 1)]);
        assert_eq!(found("m:\n  - a: 1\n    b: 2", "- a"), [("a", 2), ("b", 2)]);
    }

    #[test]
    fn blanking_keeps_offsets() {
        let mut text = "a: é\r\nb".to_owned();
        assert!(blank_out(&mut text, &(0..7)));
        assert_eq!(text, "     \r\nb");
        assert!(!blank_out(&mut text, &(0..7)));
    }

    #[test]
    fn only_tabs_become_spaces() {
        assert_eq!(without_tabs("a:\n\tb:\n\t\tc: \t1\n").as_deref(), Some("a:\n b:\n  c: \t1\n"));
        assert_eq!(without_tabs("a:\n  b:\n\tc: 1\n"), None);
        assert_eq!(without_tabs("a: 1\n"), None);
    }
}
