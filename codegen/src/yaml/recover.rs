//! Going on after a fault: the faulty entry is blanked out and the text is read again.
//!
//! Spaces take the place of every byte, so offsets stay, and a text that the scanner gave up on
//! becomes one that it reads, without the entry.

use std::ops::Range;

use super::lexical::{first_of_line, indent, is_break, line_end, line_start, next_line};

/// The entry that begins on the line of `at`: to the next line that is not indented further.
pub(super) fn entry(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    // How far a tab indents the lines before it show; a line below that begins with one goes with it.
    let lead = start..first_of_line(text, at);
    let tabs = text[lead.clone()].contains('\t');
    let depth = if tabs { meant_indent(text, &lead) } else { lead.len() };
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

/// What may be a key in a stretch that cannot be read, without marks, quotes and names for types.
pub(super) fn keys(stretch: &str) -> impl Iterator<Item = &str> {
    stretch.match_indices(':').filter_map(move |(colon, _)| {
        let ends = stretch[colon + 1..].chars().next();
        let before = stretch[..colon].trim_end_matches(['"', '\'']);
        let ends_key = |c: char| c.is_whitespace() || matches!(c, '{' | ',' | '"' | '\'');
        let key = before.rsplit(ends_key).next().unwrap_or_default();
        let key = name(key);
        (ends.is_none_or(char::is_whitespace) && !key.is_empty()).then_some(key)
    })
}

/// A key without its mark and names for types.
pub(super) fn name(key: &str) -> &str {
    key.split('<').next().unwrap_or(key).trim_end_matches('?')
}

/// What may be a key without its colon.
pub(super) fn first_word(stretch: &str) -> Option<&str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ':' | '<' | '?' | '"' | '\'');
    stretch.trim_start().split(ends).find(|word| !word.is_empty())
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

/// How many spaces the line with this `lead` was meant to be indented by, as the lines before it show.
pub(super) fn meant_indent(text: &str, lead: &Range<usize>) -> usize {
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
        deeper = if content.starts_with("- ") { 2 } else { 0 };
        deeper += if content.trim_end().ends_with(':') { 2 } else { 0 };
    }
    step(&mut levels, &text[lead.clone()], deeper)
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
            meant_indent(text, &(start..at))
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
        let found = |text| keys(text).collect::<Vec<_>>();
        assert_eq!(found("  Book: { id: string, \"tags?\": A[] }"), ["Book", "id", "tags"]);
        assert_eq!(found("Page<T>:\n  a: http://x"), ["Page", "a"]);
        assert_eq!(found(": x"), [""; 0]);
        assert_eq!(found("{\u{a0}: é: "), ["é"]);
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
