//! Entries of `examples:`

use super::reader::{self, Keys, shown};
use crate::ast::{Alternative, Example, RawBodies, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::exchange::is_exchange;
use crate::format::flow_text;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// Reads the examples of a method, and the names of those that stand in files of their own.
pub(super) fn read(
    entries: &[Entry],
    diagnostics: &mut Diagnostics,
) -> (Vec<Example>, Vec<(Text, Text)>) {
    let (mut examples, mut files) = (Vec::new(), Vec::new());
    if let Some(found) = unnamed(entries) {
        diagnostics.push(found);
        return (examples, files);
    }
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

/// `examples: { request: …, response: … }`, one example without a name.
fn unnamed(entries: &[Entry]) -> Option<Diagnostic> {
    const KEYS: [&str; 12] = [
        "request",
        "response",
        "path",
        "query",
        "headers",
        "cookies",
        "status",
        "title",
        "source",
        "constructed",
        "request_as",
        "response_as",
    ];
    let first = entries.first()?;
    let is_key = |entry: &Entry| KEYS.contains(&entry.key.value.as_str());
    let is_body = |entry: &&Entry| matches!(entry.key.value.as_str(), "request" | "response");
    let body = entries.iter().find(is_body)?;
    let is_example = body
        .value
        .as_mapping()
        .is_some_and(|inner| inner.iter().any(|it| is_key(it) && !it.value.is_null()));
    if is_example || !entries.iter().all(is_key) {
        return None;
    }
    let found = Diagnostic::error(&codes::WRONG_KIND, first.key.span, "an example has a name")
        .label("a part of an example")
        .help("put it one level deeper, below a name: `first: { request: …, response: … }`");
    Some(reader::below(found, "first", entries))
}

fn example(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Example> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("an example", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    // Told to readers of the specification only.
    keys.text("title", diagnostics);
    let source = keys.text("source", diagnostics);
    keys.sentence("constructed", "The page shows no answer.", diagnostics);
    let placeholder = keys.flag("placeholder", diagnostics);
    let shows = ["request", "response", "path", "query", "headers", "cookies", "status"];
    let nothing = !shows.iter().any(|key| keys.meant(key));
    let mut values = |key: &'static str, keys: &mut Keys<'_>| {
        let entries = keys.entries(key, diagnostics);
        without_values(entries, diagnostics);
        let whole = |entry: &Entry| (entry.key.clone(), whole(&entry.value, diagnostics));
        entries.iter().map(whole).collect::<Vec<_>>()
    };
    let (path, query) = (values("path", &mut keys), values("query", &mut keys));
    let (headers, cookies) = (values("headers", &mut keys), values("cookies", &mut keys));
    let example = Example {
        name: entry.key.clone(),
        path,
        query,
        headers,
        cookies,
        request: keys.entry("request").map(|entry| whole(&entry.value, diagnostics)),
        request_as: keys.text("request_as", diagnostics).map(Alternative::Named),
        status: status(&mut keys, diagnostics),
        response: keys.entry("response").map(|entry| whole(&entry.value, diagnostics)),
        response_as: keys.text("response_as", diagnostics).map(Alternative::Named),
        shown: source.is_some(),
        placeholder,
        unclear: keys.rest(),
        raw: RawBodies::default(),
        request_line: None,
    };
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

/// A value of an example, with lists that stand in braces as they are meant.
fn whole(node: &Node, diagnostics: &mut Diagnostics) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) if let Some(items) = in_braces(node, entries) => {
            let text = |entry: &Entry| match reader::is_plain(&entry.key) {
                true => entry.key.value.clone(),
                false => flow_text(&entry.key.value),
            };
            let texts: Vec<String> = entries.iter().map(text).collect();
            let list = format!("[{}]", texts.join(", "));
            diagnostics.push(
                Diagnostic::error(&codes::WRONG_KIND, node.span, "a list stands in braces")
                    .label("expected brackets")
                    .help(format!("the items of a list stand in brackets: `{}`", shown(&list)))
                    .patch(node.span, list),
            );
            Value::Sequence(items)
        }
        Value::Mapping(entries) => {
            without_values(entries, diagnostics);
            let each = entries.iter().map(|entry| Entry {
                key: entry.key.clone(),
                value: whole(&entry.value, diagnostics),
            });
            Value::Mapping(each.collect())
        }
        Value::Sequence(items) => {
            Value::Sequence(items.iter().map(|item| whole(item, diagnostics)).collect())
        }
        value => value.clone(),
    };
    Node { span: node.span, value, comment_after: node.comment_after }
}

/// The items of `{1, 2}`, a list in the brackets of a mapping.
fn in_braces(node: &Node, entries: &[Entry]) -> Option<Vec<Node>> {
    let is_flow = entries.first()?.key.span.start > node.span.start;
    let item = |entry: &Entry| {
        let style = if reader::is_plain(&entry.key) { Style::Plain } else { Style::DoubleQuoted };
        let value = Value::Scalar(Scalar::new(entry.key.value.as_str(), style));
        Node { span: entry.key.span, value, comment_after: None }
    };
    let is_item = |entry: &Entry| is_bare(entry) && reader::is_alone(entry);
    let is_list = is_flow && entries.len() > 1 && entries.iter().all(is_item);
    is_list.then(|| entries.iter().map(item).collect())
}

/// Whether a key has nothing behind it. Where a colon is missing that is told.
fn is_bare(entry: &Entry) -> bool {
    let place = entry.value.span;
    let key = entry.key.value.as_str();
    let glued = key.find([':', '=']).is_some_and(|sign| sign > 0 && reader::is_glued(&key[sign..]));
    let is_word = !key.contains(' ') && !glued || !reader::is_plain(&entry.key);
    is_word && entry.value.is_null() && place.start == place.end
}

/// Reports keys with nothing behind them: a value that is null is written out.
fn without_values(entries: &[Entry], diagnostics: &mut Diagnostics) {
    let mut bare = entries.iter().enumerate().filter(|(_, entry)| is_bare(entry));
    if let Some((index, first)) = bare.next() {
        let name = shown(&first.key.value);
        let message = format!("`{name}` of an example has no value");
        let found = Diagnostic::error(&codes::EMPTY_VALUE, first.key.span, message)
            .label("a value is missing after this key")
            .help(torn(entries, index).unwrap_or_else(|| {
                "write it, or `null`; inside { } a text with a comma is put in quotes".to_owned()
            }));
        diagnostics.push(
            bare.fold(found, |found, (_, it)| found.related(it.key.span, "and after this one")),
        );
    }
}

/// What may be meant by `labels: bug,ui`, of which a comma inside { } makes a text and keys with nothing behind them:
/// the items of a list, or one text.
fn torn(entries: &[Entry], first: usize) -> Option<String> {
    let before = entries.get(first.checked_sub(1)?)?;
    let text = before.value.as_scalar().filter(|text| text.style == Style::Plain)?;
    let rest = entries[first..].iter().take_while(|it| is_bare(it) && reader::is_alone(it));
    let parts: Vec<&str> = std::iter::once(text.text.as_str())
        .chain(rest.map(|entry| entry.key.value.as_str()))
        .collect();
    if parts.len() == 1 {
        return None;
    }
    let name = flow_text(&before.key.value);
    Some(format!(
        "write it, or `null`; a comma ends a value inside {{ }}: items of a list are `{}`, one text is `{}`",
        shown(&format!("{name}: [{}]", parts.join(", "))),
        shown(&format!("{name}: \"{}\"", parts.join(","))),
    ))
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
                format!("`{}` is not a status", shown(&text.value)),
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
