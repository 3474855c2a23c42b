//! What is looked at before any YAML: size, byte-order marks and control characters.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::FileId;

use super::lexical::is_break;
use super::tree::span;

/// Bytes of a file.
const MAX_FILE: usize = 16 << 20;
/// A binary file has one of these in every second byte.
const MAX_LISTED: usize = 20;

/// A text fit for reading, with the same offsets.
pub(super) struct Clean {
    pub(super) text: String,
    /// Where reading begins: after a byte-order mark.
    pub(super) start: usize,
    /// Where the lines begin in which something had to be replaced.
    pub(super) mended: BTreeSet<usize>,
}

/// Replaces what cannot be read by spaces; nothing at all for a file that is too large.
pub(super) fn preflight(file: FileId, text: &str, found: &mut Diagnostics) -> Option<Clean> {
    if text.len() > MAX_FILE {
        let message = format!("a file of {} bytes; at most {MAX_FILE} are read", text.len());
        let diagnostic = Diagnostic::error(&codes::FILE_TOO_LARGE, span(file, &(0..0)), message);
        found.push(diagnostic.help("split it: a specification may be a folder of files"));
        return None;
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let bad: Vec<_> = text[start..].char_indices().filter(|(_, c)| is_refused(*c)).collect();
    for (at, c) in bad.iter().take(MAX_LISTED) {
        let at = start + at;
        let place = span(file, &(at..at + c.len_utf8()));
        let number = u32::from(*c);
        found.push(if *c == '\u{feff}' {
            let message = "a byte-order mark (U+FEFF) inside the file";
            Diagnostic::error(&codes::BYTE_ORDER_MARK, place, message)
                .help("delete this invisible character")
                .patch(place, "")
        } else {
            let message = format!("the control character U+{number:04X} cannot stand in a file");
            Diagnostic::error(&codes::CONTROL_CHARACTER, place, message)
                .help("delete it, or write it as an escape inside double quotes")
        });
    }
    if let Some((at, c)) = bad.get(MAX_LISTED) {
        let place = span(file, &(start + at..start + at + c.len_utf8()));
        let message = format!("{} more control characters are not listed", bad.len() - MAX_LISTED);
        found.push(
            Diagnostic::error(&codes::CONTROL_CHARACTER, place, message)
                .help("this does not look like a text file; is it the right one?"),
        );
    }
    let mended = if bad.is_empty() { BTreeSet::new() } else { lines(text, start) };
    let text = if mended.is_empty() { text.to_owned() } else { blank(text, start) };
    Some(Clean { text, start, mended })
}

/// Characters that YAML forbids or that nobody can see. Tabs and line breaks are its own business.
fn is_refused(c: char) -> bool {
    // U+0085, U+2028 and U+2029 end a line for YAML 1.1 and do not for YAML 1.2.
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        // These turn the text around them, so that a reviewer reads something else than what stands there.
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where the lines begin that hold something refused.
fn lines(text: &str, start: usize) -> BTreeSet<usize> {
    let (mut found, mut line) = (BTreeSet::new(), 0);
    for (at, c) in text.char_indices() {
        if u8::try_from(c).is_ok_and(is_break) {
            line = at + 1;
        } else if at >= start && is_refused(c) {
            found.insert(line);
        }
    }
    found
}

/// As many spaces as bytes, so that no offset moves.
fn blank(text: &str, start: usize) -> String {
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..start]);
    for c in text[start..].chars() {
        if is_refused(c) {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}
