//! Output for programs: one line a finding, JSON lines, and the annotations of GitHub.

use std::fmt::Write as _;

use super::Diagnostic;
use crate::source::SourceMap;

/// See [`Report::short`](super::Report::short).
pub(super) fn short(sources: &SourceMap, found: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in found {
        let place = sources.location(d.span);
        let _ = write!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            one_line(&place.file),
            place.line,
            place.column,
            d.severity.as_str(),
            d.code.id,
            one_line(&d.message)
        );
        if let Some(help) = &d.help {
            let _ = write!(out, " ({})", one_line(help));
        }
        out.push('\n');
    }
    out
}

/// See [`Report::json`](super::Report::json).
pub(super) fn json(sources: &SourceMap, found: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in found {
        let place = sources.location(d.span);
        let _ = writeln!(
            out,
            "{{\"code\":{},\"severity\":{},\"message\":{},\"file\":{},\"line\":{},\"column\":{},\
             \"end_line\":{},\"end_column\":{},\"help\":{}}}",
            json_text(d.code.id),
            json_text(d.severity.as_str()),
            json_text(&d.message),
            json_text(&place.file),
            place.line,
            place.column,
            place.end_line,
            place.end_column,
            d.help.as_deref().map_or_else(|| "null".to_owned(), json_text),
        );
    }
    out
}

/// See [`Report::github`](super::Report::github).
pub(super) fn github(sources: &SourceMap, found: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in found {
        let place = sources.location(d.span);
        let mut message = d.message.clone();
        if let Some(help) = &d.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = write!(
            out,
            "::{} file={},line={},endLine={}",
            d.severity.as_str(),
            github_property(&place.file),
            place.line,
            place.end_line,
        );
        // GitHub drops an annotation that gives columns for a range of several lines.
        if place.line == place.end_line {
            let _ = write!(out, ",col={},endColumn={}", place.column, place.end_column);
        }
        let _ = writeln!(out, ",title={}::{}", github_property(d.code.id), github_data(&message));
    }
    out
}

/// A message stays one line whatever the text that it quotes.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_format(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Characters that have no shape of their own but change the direction of the text around them.
pub(super) fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn json_text(text: &str) -> String {
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

/// Percent first, or the escapes would be escaped.
fn github_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}
