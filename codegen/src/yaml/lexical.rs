//! Looking at raw text around a fault, where there are no events to rely on.
//!
//! Everything here is a guess about broken text: it may be wrong about strange input, but it never
//! fails and never looks at a byte more than a few times.

use std::ops::Range;

/// Where the line of `at` begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().rposition(|b| is_break(*b)).map_or(0, |found| found + 1)
}

/// Where the line of `at` ends, before its line break.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let after = &text.as_bytes()[at..];
    after.iter().position(|b| is_break(*b)).map_or(text.len(), |found| at + found)
}

/// Where the line after that of `at` begins.
pub(super) fn next_line(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let bytes = text.as_bytes();
    match bytes.get(end)? {
        b'\r' if bytes.get(end + 1) == Some(&b'\n') => Some(end + 2),
        _ => Some(end + 1),
    }
}

/// Where the first thing of the line of `at` stands (the end of the line if it is blank).
pub(super) fn first_of_line(text: &str, at: usize) -> usize {
    let start = line_start(text, at);
    let end = line_end(text, at);
    skip_blanks(text, start).min(end)
}

/// How far the line of `at` is indented.
pub(crate) fn indent(text: &str, at: usize) -> usize {
    first_of_line(text, at) - line_start(text, at)
}

/// The first byte from `at` on that is no space or tab.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let blanks = text.as_bytes()[at..].iter().take_while(|b| matches!(b, b' ' | b'\t'));
    at + blanks.count()
}

/// Whether a letter is one of words, as keys and names are.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The key at the beginning of the line of `at`, or behind its dash, behind which a bracket stands without a colon
/// between them.
pub(super) fn key_before_bracket(text: &str, at: usize) -> Option<Range<usize>> {
    let mut first = first_of_line(text, at);
    while text[first..].starts_with("- ") {
        first = skip_blanks(text, first + 1);
    }
    let line = &text[first..line_end(text, first)];
    if let Some(colon) = glued_colon(line) {
        return Some(first..first + colon);
    }
    let key = line.find(": ").map_or(line, |colon| &line[..colon]);
    let brackets = [" {", " [", "={", "=["].into_iter().filter_map(|sign| key.find(sign));
    let (word, rest) = key.split_at(brackets.min()?);
    let word = word.trim_end_matches([' ', '=']);
    let opened = |open, close| rest.matches(open).count() > rest.matches(close).count();
    // `Pair<A, B>`
    let name = word.split_once('<').filter(|_| word.ends_with('>')).map_or(word, |(name, _)| name);
    let plain = !name.is_empty() && !name.contains([' ', '"', '\'', '#', '{', '[', ',']);
    (plain && (opened('{', '}') || opened('[', ']'))).then(|| first..first + word.len())
}

/// The `=` that stands behind a place and before a bracket, with the blanks around it.
pub(super) fn equals(text: &str, at: usize) -> Option<Range<usize>> {
    let sign = skip_blanks(text, at);
    let behind = skip_blanks(text, sign + 1);
    let is_one = text[sign..].starts_with('=') && text[behind..].starts_with(['{', '[']);
    is_one.then_some(at..behind)
}

/// The sign that stands behind a place and blanks; nothing at the end.
pub(super) fn sign_behind(text: &str, at: usize) -> &str {
    let rest = &text[skip_blanks(text, at)..];
    &rest[..rest.chars().next().map_or(0, char::len_utf8)]
}

/// Where the colon is behind the word at the beginning of a text that stands straight before a brace: `fields:{ … }`.
pub(super) fn glued_colon(text: &str) -> Option<usize> {
    let colon = text.find([':', ' '])?;
    let word = &text[..colon];
    let plain = !word.is_empty() && word.chars().all(|c| is_of_word(c) || c == '?');
    let glued = [":{ ", ":["].iter().any(|sign| text[colon..].starts_with(sign));
    (plain && glued).then_some(colon)
}

/// Where an unquoted text from `at` ends: before a comment and the blanks at the end of the line,
/// and in a flow collection before what ends an item.
pub(super) fn plain_end(text: &str, at: usize, flow: bool) -> usize {
    let line = &text[at..line_end(text, at)];
    let mut end = line.len();
    for (i, byte) in line.bytes().enumerate() {
        let comment = byte == b'#' && i > 0 && matches!(line.as_bytes()[i - 1], b' ' | b'\t');
        if comment || (flow && matches!(byte, b',' | b']' | b'}')) {
            end = i;
            break;
        }
    }
    at + line[..end].trim_end().len()
}

/// Where a value from `at` ends that may have brackets and backticks in it, on its line.
pub(super) fn value_end(text: &str, at: usize, flow: bool) -> usize {
    let line = &text[at..line_end(text, at)];
    let (mut depth, mut code) = (0_u32, false);
    let mut end = line.len();
    for (index, byte) in line.bytes().enumerate() {
        let comment = byte == b'#' && index > 0 && is_blank(line.as_bytes()[index - 1]);
        match byte {
            b'`' => code = !code,
            _ if code => {}
            b'{' | b'[' | b'(' | b'<' => depth += 1,
            b'}' | b']' | b')' | b'>' if depth > 0 => depth -= 1,
            b',' | b'}' | b']' if flow && depth == 0 => {
                end = index;
                break;
            }
            _ if comment => {
                end = index;
                break;
            }
            _ => {}
        }
    }
    at + line[..end].trim_end().len()
}

/// The unquoted value around `at` that has brackets in it, as in `http: GET /users/{id}` inside `{ }`.
pub(super) fn bracketed_text(text: &str, at: usize) -> Option<Range<usize>> {
    let start = line_start(text, at);
    let value = start + text[start..at].rfind(": ")? + 2;
    let value = skip_blanks(text, value);
    if !text[value..].starts_with(|c: char| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let (mut depth, mut end) = (0_u32, line_end(text, value));
    for (index, byte) in text[value..end].bytes().enumerate() {
        match byte {
            b'"' | b'\'' => return None,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b',' | b'}' | b']' if depth == 0 => {
                end = value + index;
                break;
            }
            _ => {}
        }
    }
    let whole = value..value + text[value..end].trim_end().len();
    (depth == 0 && whole.end >= at && text[whole.clone()].contains(['{', '['])).then_some(whole)
}

/// The brackets that close what has been opened before `from`, up to the end of its line.
pub(super) fn closers(text: &str, from: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let end = line_end(text, from);
    let (mut found, mut depth, mut at) = (Vec::new(), 0_u32, from);
    while at < end {
        match bytes[at] {
            b'"' | b'\'' if at == from || !bytes[at - 1].is_ascii_alphanumeric() => {
                at = quote_end(text, at).filter(|close| *close < end).unwrap_or(at);
            }
            b'#' if at > from && is_blank(bytes[at - 1]) => break,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b'}' | b']' => found.push(at),
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether a text follows on the lines below a line.
pub(super) fn opens_text(line: &str) -> bool {
    let end = line.trim_end().trim_end_matches(['-', '+', '1', '2', '4']);
    end.ends_with(" |") || end.ends_with(" >")
}

/// Where the comment begins that follows `at` on its line with nothing but blanks between.
pub(crate) fn comment_after(text: &str, at: usize) -> Option<usize> {
    let hash = skip_blanks(text, at);
    (hash > at && text.as_bytes().get(hash) == Some(&b'#')).then_some(hash)
}

/// The `? ` in a stretch between two tokens, which holds only indicators, blanks and comments.
pub(super) fn explicit_key(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        let starts =
            at == 0 || is_blank(bytes[at - 1]) || matches!(bytes[at - 1], b'[' | b'{' | b',');
        match bytes[at] {
            b'#' if starts => at = line_end(text, at),
            b'?' if starts && bytes.get(at + 1).is_none_or(|b| is_blank(*b)) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// The indicator `|` or `>` of a block text whose content begins at `to`.
pub(super) fn block_indicator(text: &str, from: usize, to: usize, indicator: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut found = None;
    let mut at = from;
    while at < to {
        let starts = at == 0 || is_blank(bytes[at - 1]);
        match bytes[at] {
            b'#' if starts => at = line_end(text, at),
            byte => {
                if byte == indicator && starts {
                    found = Some(at);
                }
                at += 1;
            }
        }
    }
    found
}

/// What is open at the end of a stretch of text.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// The opening brackets.
    pub(super) brackets: Vec<usize>,
    /// A quote that has not been closed.
    pub(super) quote: Option<usize>,
    /// The last text that was closed: its quotes.
    pub(super) quoted: Option<(usize, usize)>,
}

/// Follows quotes and brackets over a stretch, beginning inside the given brackets.
pub(super) fn open_at(text: &str, brackets: &[usize], from: usize, to: usize) -> Open {
    let bytes = text.as_bytes();
    let to = to.min(bytes.len());
    let mut open = Open { brackets: brackets.to_vec(), ..Open::default() };
    let mut at = from;
    // Whether a token can begin here: only there are quotes and brackets more than letters.
    let mut fresh = true;
    while at < to {
        let byte = bytes[at];
        match byte {
            b'"' | b'\'' if fresh => {
                let close = quote_end(text, at);
                match close {
                    Some(close) if close < to => {
                        open.quoted = Some((at, close));
                        at = close;
                    }
                    _ => {
                        open.quote = Some(at);
                        return open;
                    }
                }
                fresh = false;
            }
            b'#' if at == 0 || is_blank(bytes[at - 1]) => {
                at = line_end(text, at);
                fresh = true;
                continue;
            }
            b'[' | b'{' if fresh || !open.brackets.is_empty() => {
                open.brackets.push(at);
                fresh = true;
            }
            b']' | b'}' if !open.brackets.is_empty() => {
                open.brackets.pop();
                // What follows is no part of a text: a quote begins one, though none belongs here.
                fresh = true;
            }
            b',' if !open.brackets.is_empty() => fresh = true,
            b':' | b'-' | b'?' if bytes.get(at + 1).is_none_or(|b| is_blank(*b)) => fresh = true,
            b'\n' | b'\r' => fresh = true,
            b' ' | b'\t' => {}
            _ => fresh = false,
        }
        at += 1;
    }
    open
}

/// The quote that closes the one at `at`.
pub(super) fn quote_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.get(at)?;
    let mut i = at + 1;
    while let Some(&byte) = bytes.get(i) {
        let doubled = quote == b'\'' && byte == quote && bytes.get(i + 1) == Some(&quote);
        if doubled || (byte == b'\\' && quote == b'"') {
            i += 2;
        } else if byte == quote {
            return Some(i);
        } else {
            i += 1;
        }
    }
    None
}

/// A text in quotes, in the kind that needs fewer escapes.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Blanks and line breaks.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t') || is_break(byte)
}

pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let text = "a\r\n  b # c\rd";
        assert_eq!((line_start(text, 5), line_end(text, 5)), (3, 10));
        assert_eq!(next_line(text, 0), Some(3));
        assert_eq!(next_line(text, 5), Some(11));
        assert_eq!(next_line(text, 11), None);
        assert_eq!((indent(text, 7), first_of_line(text, 7)), (2, 5));
        assert_eq!(comment_after(text, 6), Some(7));
        assert_eq!(plain_end(text, 5, false), 6);
        assert_eq!(plain_end("[a b, c]", 1, true), 4);
    }

    #[test]
    fn texts_with_brackets() {
        let found = |text: &str| {
            let at = text.find('@').unwrap_or(0);
            bracketed_text(&text.replace('@', ""), at)
                .map(|it| text.replace('@', "")[it].to_owned())
        };
        assert_eq!(found("a: { http: GET /u/@{id}, b: c }").as_deref(), Some("GET /u/{id}"));
        assert_eq!(found("a: { b: c, tags: User[]@ }").as_deref(), Some("User[]"));
        assert_eq!(found("a: { b: [c] @d }"), None);
        assert_eq!(found("a: { b: \"c\" @[d] }"), None);
    }

    #[test]
    fn what_is_open() {
        let text = "a: {b: 'x]', c: [1, \"y";
        let open = open_at(text, &[], 0, text.len());
        assert_eq!(open.brackets, [3, 16]);
        assert_eq!(open.quote, Some(20));
        assert_eq!(open.quoted, Some((7, 10)));
        assert!(open_at("it's a[b # [", &[], 0, 12).brackets.is_empty());
        assert!(open_at("it's", &[], 0, 4).quote.is_none());
    }

    #[test]
    fn quotes() {
        assert_eq!(quote_end(r#""a\"b" c"#, 0), Some(5));
        assert_eq!(quote_end("'it''s'", 0), Some(6));
        assert_eq!(quote_end("'x", 0), None);
        assert_eq!(quoted("a: b"), "\"a: b\"");
        assert_eq!(quoted("say \"it's\""), "'say \"it''s\"'");
    }

    #[test]
    fn question_marks() {
        assert_eq!(explicit_key("? a", 0, 2), Some(0));
        assert_eq!(explicit_key("x: 1 # ? no\n? a", 4, 14), Some(12));
        assert_eq!(explicit_key("x: 1 # ? no\ny", 4, 12), None);
    }
}
