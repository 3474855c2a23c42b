//! Entries of `examples:`

use super::reader::{self, Keys};
use crate::ast::{Alternative, Example, RawBodies, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::exchange::is_exchange;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

/// Reads the examples of a method, and the names of those that stand in files of their own.
pub(super) fn read(
    entries: &[Entry],
    diagnostics: &mut Diagnostics,
) -> (Vec<Example>, Vec<(Text, Text)>) {
    let (mut examples, mut files) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.value.as_scalar().filter(|scalar| is_exchange(&scalar.text)) {
            Some(path) => {
                files.push((entry.key.clone(), Spanned::new(path.text.clone(), entry.value.span)));
            }
            None => examples.extend(example(entry, diagnostics)),
        }
    }
    (examples, files)
}

fn example(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Example> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("an example", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    // Told to readers of the specification only.
    keys.text("title", diagnostics);
    let source = keys.text("source", diagnostics);
    keys.text("constructed", diagnostics);
    let placeholder = keys.flag("placeholder", diagnostics);
    let shows = ["request", "response", "path", "query", "headers", "cookies", "status"];
    let nothing = !shows.iter().any(|key| keys.meant(key));
    let example = Example {
        name: entry.key.clone(),
        path: values(keys.entries("path", diagnostics)),
        query: values(keys.entries("query", diagnostics)),
        headers: values(keys.entries("headers", diagnostics)),
        cookies: values(keys.entries("cookies", diagnostics)),
        request: keys.entry("request").map(|entry| entry.value.clone()),
        request_as: keys.text("request_as", diagnostics).map(Alternative::Named),
        status: status(&mut keys, diagnostics),
        response: keys.entry("response").map(|entry| entry.value.clone()),
        response_as: keys.text("response_as", diagnostics).map(Alternative::Named),
        shown: source.is_some(),
        placeholder,
        unclear: keys.rest(),
        raw: RawBodies::default(),
        request_line: None,
    };
    let shown = ["request", "response", "path", "query", "headers", "cookies"];
    let values = shown.iter().filter_map(|key| Some(&keys.peek(key)?.value));
    values.for_each(|value| without_values(value, diagnostics));
    // Whatever else stands there is what the service answers.
    if nothing && keys.take_values() {
        diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                node.span,
                "the members of the answer stand in no `response`",
            )
            .label("`response` is missing")
            .help("put them one level deeper: `response: { … }`; what is sent is `request`"),
        );
    }
    keys.finish(diagnostics);
    Some(example)
}

/// Reports keys with nothing behind them: a value that is null is written out.
fn without_values(node: &Node, diagnostics: &mut Diagnostics) {
    match &node.value {
        Value::Mapping(entries) => {
            // Where a colon is missing that is told.
            let is_bare = |entry: &&Entry| {
                let place = entry.value.span;
                !entry.key.value.contains(' ') && entry.value.is_null() && place.start == place.end
            };
            let mut bare = entries.iter().filter(is_bare);
            if let Some(first) = bare.next() {
                let name = reader::shown(&first.key.value);
                let message = format!("`{name}` of an example has no value");
                let found = Diagnostic::error(&codes::EMPTY_VALUE, first.key.span, message)
                    .label("a value is missing after this key")
                    .help("write it, or `null`; inside { } a text with a comma is put in quotes");
                diagnostics.push(bare.fold(found, |found, entry| {
                    found.related(entry.key.span, "and after this one")
                }));
            }
            entries.iter().for_each(|entry| without_values(&entry.value, diagnostics));
        }
        Value::Sequence(items) => items.iter().for_each(|item| without_values(item, diagnostics)),
        _ => {}
    }
}

pub(super) fn values(entries: &[Entry]) -> Vec<(Text, Node)> {
    entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
}

fn status(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Option<u16>>> {
    let text = keys.text("status", diagnostics)?;
    match text.value.parse() {
        Ok(status @ 100..600) => Some(Spanned::new(Some(status), text.span)),
        _ => {
            let found = Diagnostic::error(
                &codes::STATUS_SYNTAX,
                text.span,
                format!("`{}` is not a status", reader::shown(&text.value)),
            )
            .label("expected a number from 100 to 599");
            let number = text.value.split(' ').next().unwrap_or_default();
            let meant = number.parse::<u16>().ok().filter(|status| (100..600).contains(status));
            diagnostics.push(match meant {
                Some(status) => found.help("the number alone").patch(text.span, status.to_string()),
                None => found.help("write the number that the service answers with: `status: 404`"),
            });
            Some(Spanned::new(None, text.span))
        }
    }
}
