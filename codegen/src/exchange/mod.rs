//! Exchanges as raw HTTP, pasted from documentation: `examples: { register: examples/register.http }`.
//!
//! A request line, headers, a blank line and a body; then a status line and the same. Either half may be missing.

mod address;
mod example;
mod json;
mod message;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::source::{FileId, Span};

pub(crate) use example::attach;

/// Whether a path is one of an exchange.
pub(crate) fn is_exchange(path: &str) -> bool {
    path.ends_with(".http")
}

/// A part of a file.
pub(super) struct Cut<'a> {
    pub(super) file: FileId,
    /// Where it begins in the file.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Cut<'a> {
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let at = |offset: usize| u32::try_from(self.start + offset).unwrap_or(u32::MAX);
        Span::new(self.file, at(start), at(end))
    }

    /// A part of the part, without spaces around it.
    fn part(&self, start: usize, end: usize) -> Cut<'a> {
        let whole = &self.text[start..end];
        let left = whole.len() - whole.trim_start().len();
        Cut { file: self.file, start: self.start + start + left, text: whole.trim() }
    }
}

/// A request or an answer.
pub(super) struct Message<'a> {
    /// The first line.
    pub(super) line: Cut<'a>,
    pub(super) headers: Vec<(Cut<'a>, Cut<'a>)>,
    pub(super) body: Option<Cut<'a>>,
}

impl Message<'_> {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.text.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.text)
    }
}

/// What a file shows.
#[derive(Default)]
pub(super) struct Exchange<'a> {
    pub(super) request: Option<Message<'a>>,
    pub(super) answer: Option<Message<'a>>,
}

/// Reads a file.
pub(super) fn read<'a>(
    file: FileId,
    text: &'a str,
    diagnostics: &mut Diagnostics,
) -> Option<Exchange<'a>> {
    let whole = Cut { file, start: 0, text };
    let mut lines = Lines { whole: &whole, at: 0 };
    let mut exchange = Exchange::default();
    // What tools for such files write above the first line.
    while lines.peek().is_some_and(|line| line.text.is_empty() || line.text.starts_with('#')) {
        lines.next();
    }
    while let Some(line) = lines.next() {
        let is_answer = line.text.starts_with("HTTP/");
        let place = if is_answer { &mut exchange.answer } else { &mut exchange.request };
        if place.is_some() {
            let text = "an exchange has one request and one answer";
            diagnostics.push(Diagnostic::error(
                &codes::EXAMPLE_FILE,
                line.span(0, line.text.len()),
                text,
            ));
            return None;
        }
        *place = Some(message(line, &mut lines, diagnostics)?);
    }
    if exchange.request.is_none() && exchange.answer.is_none() {
        let text = "the file shows neither a request nor an answer";
        diagnostics.push(Diagnostic::error(&codes::EXAMPLE_FILE, whole.span(0, 0), text));
        return None;
    }
    Some(exchange)
}

fn message<'a>(
    line: Cut<'a>,
    lines: &mut Lines<'_, 'a>,
    diagnostics: &mut Diagnostics,
) -> Option<Message<'a>> {
    let mut headers = Vec::new();
    while let Some(header) = lines.next().filter(|header| !header.text.is_empty()) {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let named = |at: &usize| *at > 0 && header.text[..*at].chars().all(token);
        let Some(colon) = header.text.find(':').filter(named) else {
            diagnostics.push(
                Diagnostic::error(
                    &codes::EXAMPLE_FILE,
                    header.span(0, header.text.len()),
                    format!("`{}` is no header", shown(header.text)),
                )
                .label("expected `Name: value`")
                .help("a blank line stands between the headers and the body"),
            );
            return None;
        };
        let value = header.part(colon + 1, header.text.len());
        headers.push((header.part(0, colon), value));
    }
    let start = lines.at;
    while lines.peek().is_some_and(|line| !line.text.starts_with("HTTP/")) {
        lines.next();
    }
    let body = lines.whole.part(start, lines.at);
    let body = Some(body).filter(|body| !body.text.is_empty());
    Some(Message { line, headers, body })
}

/// The lines of a file, however they end.
struct Lines<'w, 'a> {
    whole: &'w Cut<'a>,
    at: usize,
}

impl<'a> Lines<'_, 'a> {
    fn peek(&self) -> Option<Cut<'a>> {
        let rest = &self.whole.text[self.at..];
        let end = rest.find('\n').unwrap_or(rest.len());
        (!rest.is_empty()).then(|| self.whole.part(self.at, self.at + end))
    }

    fn next(&mut self) -> Option<Cut<'a>> {
        let line = self.peek()?;
        let rest = &self.whole.text[self.at..];
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        Some(line)
    }
}
