//! Output for programs: one line a finding, JSON lines, and the annotations of GitHub.

use std::fmt::Write as _;

use super::Diagnostic;
use super::window::safe;
use crate::json_text::{is_format, json_text};
use crate::source::{SourceMap, Span};

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
        let or_null = |text: Option<&str>| text.map_or_else(|| "null".to_owned(), json_text);
        let related: Vec<String> = d
            .related
            .iter()
            .map(|(span, text)| json_part(sources, *span, "message", text))
            .collect();
        let notes: Vec<String> = d.notes.iter().map(|note| json_text(note)).collect();
        let patch = d.patch.as_ref();
        let _ = writeln!(
            out,
            "{{\"code\":{},\"severity\":{},\"message\":{},{},\"label\":{},\"related\":[{}],\
             \"notes\":[{}],\"help\":{},\"patch\":{}}}",
            json_text(d.code.id),
            json_text(d.severity.as_str()),
            json_text(&d.message),
            json_place(sources, d.span),
            or_null(d.label.as_deref()),
            related.join(","),
            notes.join(","),
            or_null(d.help.as_deref()),
            patch.map_or_else(
                || "null".to_owned(),
                |patch| json_part(sources, patch.span, "text", &patch.text)
            ),
        );
    }
    out
}

/// A place with a text about it.
fn json_part(sources: &SourceMap, span: Span, key: &str, text: &str) -> String {
    format!("{{\"{key}\":{},{}}}", json_text(text), json_place(sources, span))
}

fn json_place(sources: &SourceMap, span: Span) -> String {
    let place = sources.location(span);
    format!(
        "\"file\":{},\"line\":{},\"column\":{},\"end_line\":{},\"end_column\":{}",
        json_text(&place.file),
        place.line,
        place.column,
        place.end_line,
        place.end_column
    )
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
        let _ = write!(out, "::{} ", d.severity.as_str());
        let _ = write!(out, "file={},line={}", github_property(&place.file), place.line);
        // GitHub takes columns only where the range is on one line.
        if place.line == place.end_line {
            let (line, column, end) = (place.end_line, place.column, place.end_column);
            let _ = write!(out, ",col={column},endLine={line},endColumn={end}");
        } else {
            let _ = write!(out, ",endLine={}", place.end_line);
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

/// Percent first, or the escapes would be escaped.
fn github_data(text: &str) -> String {
    safe(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::diag::{Diagnostic, Report, codes};
    use crate::source::{Source, SourceMap, Span};

    fn report() -> Report {
        let mut sources = SourceMap::default();
        let text = "a: 1\nb: é \"x\"\n".to_owned();
        let file = sources.add(Source { name: "a,b:c.yaml".to_owned(), text });
        let diagnostics = vec![
            Diagnostic::error(&codes::AFTER_QUOTE, Span::new(file, 8, 14), "100% \"bad\"\nreally")
                .label("here")
                .related(Span::new(file, 0, 1), "first")
                .note("once")
                .help("quote \\ it")
                .patch(Span::new(file, 8, 10), "e"),
            Diagnostic::warning(&codes::TAG, Span::new(file, 0, 7), "two lines"),
        ];
        Report { sources, diagnostics }
    }

    #[test]
    fn a_line_each() {
        assert_eq!(
            report().short(),
            "a,b:c.yaml:2:4: error[E0123]: 100% \"bad\"\\nreally (quote \\ it)\n\
             a,b:c.yaml:1:1: warning[E0114]: two lines\n"
        );
    }

    #[test]
    fn json_lines() {
        let expected = concat!(
            r#"{"code":"E0123","severity":"error","message":"100% \"bad\"\nreally","#,
            r#""file":"a,b:c.yaml","line":2,"column":4,"end_line":2,"end_column":9,"#,
            r#""label":"here","related":[{"message":"first","#,
            r#""file":"a,b:c.yaml","line":1,"column":1,"end_line":1,"end_column":2}],"notes":["once"],"#,
            r#""help":"quote \\ it","patch":{"text":"e","#,
            r#""file":"a,b:c.yaml","line":2,"column":4,"end_line":2,"end_column":5}}"#,
            "\n",
            r#"{"code":"E0114","severity":"warning","message":"two lines","#,
            r#""file":"a,b:c.yaml","line":1,"column":1,"end_line":2,"end_column":3,"label":null,"#,
            r#""related":[],"notes":[],"help":null,"patch":null}"#,
            "\n",
        );
        assert_eq!(report().json(), expected);
    }

    #[test]
    fn annotations() {
        let expected = concat!(
            "::error file=a%2Cb%3Ac.yaml,line=2,col=4,endLine=2,endColumn=9,title=E0123",
            "::100%25 \"bad\"%0Areally%0Ahelp: quote \\ it\n",
            "::warning file=a%2Cb%3Ac.yaml,line=1,endLine=2,title=E0114::two lines\n",
        );
        assert_eq!(report().github(), expected);
    }
}
