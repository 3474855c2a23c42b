//! Texts of JSON, as findings, schemas, documents and examples hold them.

use std::fmt::Write as _;

/// A text between quotes. What cannot be seen is escaped.
pub(crate) fn json_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_format(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that have no shape of their own but change the direction of the text around them.
pub(crate) fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(
            super::json_text("\u{1}\u{7f}\u{2028}\u{1f600}"),
            "\"\\u0001\\u007f\\u2028\u{1f600}\""
        );
    }
}
