//! The values of an enum.

mod odd;

use super::reader::{self, Keys};
use crate::ast::{EnumValue, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Style, Value};
use crate::{type_expr, type_slips};

/// Enum values: a list of texts, or a mapping from wire value to its documentation or description.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<EnumValue>> {
    Some(match &node.value {
        Value::Sequence(items) if let Some(values) = described(items) => {
            let list: Vec<String> = values.iter().map(|value| flow_text(&value.value)).collect();
            let list = format!("[{}]", list.join(", "));
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    items[0].span,
                    "an item of `enum` is a text, found a mapping",
                )
                .label("expected a text")
                .help(format!("values are listed alone: `enum: {}`", reader::shown(&list)))
                .patch(node.span, list),
            );
            let value = |wire: Text| EnumValue { wire, name: None, also: Vec::new(), doc: None };
            values.into_iter().map(value).collect()
        }
        Value::Sequence(items) => {
            if let Some((values, found)) = documented(node, items) {
                diagnostics.push(found);
                return Some(values);
            }
            if let Some(found) = odd::list(node, items) {
                diagnostics.push(found);
                return None;
            }
            if let Some(first) = items.iter().find(|item| item.as_mapping().is_some()) {
                reader::wrong_item("enum", first, items, diagnostics);
                return None;
            }
            let values: Vec<EnumValue> = items
                .iter()
                .filter_map(|item| match open_end(item) {
                    Some(found) => {
                        diagnostics.push(found);
                        None
                    }
                    None => reader::item_text("enum", item, diagnostics)
                        .map(|wire| without_quotes(wire, diagnostics)),
                })
                .map(|wire| EnumValue { wire, name: None, also: Vec::new(), doc: None })
                .collect();
            // An enum of which nothing could be read is not an empty one.
            if values.is_empty() && !items.is_empty() {
                return None;
            }
            values
        }
        Value::Mapping(entries) => {
            let mended = with_colons(entries, diagnostics);
            let entries = mended.as_deref().unwrap_or(entries);
            let numbers = entries.iter().all(|entry| is_number(&entry.key.value));
            if let Some(reversed) = reversed(entries) {
                let flow = entries.first().is_some_and(|one| one.key.span.start > node.span.start);
                diagnostics.push(names_for_numbers(&reversed, flow.then_some(entries)));
                return None;
            }
            if let Some(found) = odd::mapping(node, entries) {
                diagnostics.push(found);
                return None;
            }
            if let Some(twice) = same_words(entries) {
                diagnostics.push(twice);
                return None;
            }
            diagnostics.extend(without_more(node, entries));
            entries.iter().filter_map(|entry| enum_value(entry, numbers, diagnostics)).collect()
        }
        _ => {
            reader::wrong_kind("enum", "a list or a mapping of values", node, diagnostics);
            return None;
        }
    })
}

/// `{ 10 Ten, 50: Fifty }`, where colons are missing between numbers and their names.
fn with_colons(entries: &[Entry], diagnostics: &mut Diagnostics) -> Option<Vec<Entry>> {
    let number = |entry: &Entry| is_number(&entry.key.value);
    let named = |entry: &Entry| reader::with_colon(entry).filter(|(entry, _)| number(entry));
    if entries.iter().all(number) || !entries.iter().all(|it| number(it) || named(it).is_some()) {
        return None;
    }
    let all = entries.iter().map(|entry| match named(entry) {
        Some((entry, found)) => {
            diagnostics.push(found);
            entry
        }
        None => entry.clone(),
    });
    Some(all.collect())
}

/// `[on -- Works., off]`, with documentation where a list has none.
fn documented(node: &Node, items: &[Node]) -> Option<(Vec<EnumValue>, Diagnostic)> {
    let plain = |item: &Node| {
        item.as_scalar().filter(|it| it.style == Style::Plain).and_then(|it| torn(&it.text))
    };
    let first = items.iter().find(|item| plain(item).is_some())?;
    let all: Vec<(&Node, String, Option<String>)> = items
        .iter()
        .map(|item| {
            let text = item.as_scalar()?.text.clone();
            let (wire, doc) = plain(item).map_or((text, None), |(wire, doc)| (wire, Some(doc)));
            Some((item, wire, doc))
        })
        .collect::<Option<_>>()?;
    let value = |(item, wire, doc): &(&Node, String, Option<String>)| EnumValue {
        wire: Spanned::new(wire.clone(), item.span),
        name: None,
        also: Vec::new(),
        doc: doc.clone().map(|doc| Spanned::new(doc, item.span)),
    };
    let numbers = all.iter().all(|(_, wire, _)| is_number(wire));
    let entry = |(item, wire, doc): &(&Node, String, Option<String>)| {
        let plain = item.as_scalar().is_some_and(|it| it.style == Style::Plain);
        let wire = if plain { wire.clone() } else { flow_text(wire) };
        match doc {
            // What stands behind a number is its name.
            Some(doc) if numbers => format!("{wire}: {{ doc: {} }}", flow_text(doc)),
            Some(doc) => format!("{wire}: {}", flow_text(doc)),
            None => format!("{wire}: {{}}"),
        }
    };
    let entries: Vec<String> = all.iter().map(entry).collect();
    let mended = format!("{{ {} }}", entries.join(", "));
    let message = "a documentation stands in a list of values";
    let found = Diagnostic::error(&codes::WRONG_KIND, first.span, message)
        .label("all of this would be the value");
    // A comma in a documentation has made a value of the rest of it.
    let is_cut = |pair: &[(&Node, String, Option<String>)]| {
        let ends = pair[0].2.as_ref().is_none_or(|doc| doc.ends_with('.'));
        !ends && pair[1].2.is_none()
    };
    let flow = items.first().is_some_and(|one| one.span.start > node.span.start);
    let found = if flow && all.windows(2).any(is_cut) {
        found.help(
            "values with documentation are a mapping, `enum: { on: Works., off: {} }`; in it a text with a comma is put in quotes",
        )
    } else {
        let shown = reader::shown(&mended);
        let found = found.help(format!("values with documentation are a mapping: `enum: {shown}`"));
        if flow { found.patch(node.span, mended) } else { found }
    };
    Some((all.iter().map(value).collect(), found))
}

/// A value with its documentation behind it.
fn torn(text: &str) -> Option<(String, String)> {
    let (wire, doc) = text.split_once(" -- ")?;
    Some((wire.trim().to_owned(), doc.trim().to_owned()))
}

/// Whether a value is a whole number as it is usually written; `0123` is a text.
pub(crate) fn is_number(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

/// The entries that give a number where its name belongs: `Monday: 1`. In quotes it is a documentation.
fn reversed(entries: &[Entry]) -> Option<Vec<&Entry>> {
    let number = |entry: &&Entry| {
        let value = entry.value.as_scalar();
        let value = value.filter(|value| value.style == Style::Plain && is_number(&value.text));
        value.is_some() && !is_number(&entry.key.value)
    };
    let found: Vec<&Entry> = entries.iter().filter(number).collect();
    (!found.is_empty()).then_some(found)
}

/// The patch is about all `entries` of a list in `{ }`, and else about the first line.
fn names_for_numbers(reversed: &[&Entry], entries: Option<&[Entry]>) -> Diagnostic {
    let text = |entry: &Entry| entry.value.as_scalar().map_or("", |value| &value.text).to_owned();
    let turned = |entry: &Entry| format!("{}: {}", text(entry), flow_text(&entry.key.value));
    let first = reversed[0];
    let whole = first.key.span.to(first.value.span);
    let diagnostic = Diagnostic::error(
        &codes::ENUM_REVERSED,
        whole,
        format!(
            "the key of a value is what stands on the wire, found `{}`",
            reader::shown(&first.key.value)
        ),
    )
    .label("name and number have changed places")
    .help("write the number first, of each value");
    match entries {
        Some(entries) if entries.len() == reversed.len() => {
            let last = entries.last().map_or(whole, |last| last.value.span);
            let all: Vec<String> = entries.iter().map(turned).collect();
            diagnostic.patch(whole.to(last), all.join(", "))
        }
        _ => diagnostic.patch(whole, turned(first)),
    }
}

/// `{ RED: red, GREEN: green }`: names and values, as other languages have them. No value has a documentation that
/// is its own name again. In quotes it is one.
fn same_words(entries: &[Entry]) -> Option<Diagnostic> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let pair = |entry: &Entry| {
        let value = entry.value.as_scalar().filter(|value| value.style == Style::Plain)?;
        let (key, value) = (entry.key.value.as_str(), value.text.as_str());
        // A full stop ends a sentence, however short.
        let word = !value.contains(' ') && !value.ends_with('.');
        let same = word && key != value && letters(key) == letters(value);
        same.then(|| (key.to_owned(), value.to_owned()))
    };
    let pairs: Vec<(String, String)> = entries.iter().map(pair).collect::<Option<_>>()?;
    let (key, value) = pairs.first()?;
    let list = |texts: Vec<&String>| {
        let texts: Vec<String> = texts.into_iter().map(|text| flow_text(text)).collect();
        format!("`enum: {}`", reader::shown(&format!("[{}]", texts.join(", "))))
    };
    let (keys, values) = pairs.iter().map(|(key, value)| (key, value)).unzip();
    let first = &entries[0];
    // Nothing says which of the two is sent.
    Some(
        Diagnostic::error(
            &codes::ENUM_REVERSED,
            first.key.span.to(first.value.span),
            format!(
                "a value is there twice, as `{}` and as `{}`",
                reader::shown(key),
                reader::shown(value)
            ),
        )
        .label("one of the two stands on the wire")
        .help(format!(
            "list what stands on the wire alone, {} or {}: the names in Rust follow from it; a documentation of one \
             word is put in quotes",
            list(keys),
            list(values)
        )),
    )
}

/// A value of an enum of `numbers`, or of texts.
fn enum_value(entry: &Entry, numbers: bool, diagnostics: &mut Diagnostics) -> Option<EnumValue> {
    let mut value = EnumValue { wire: entry.key.clone(), name: None, also: Vec::new(), doc: None };
    let node = &entry.value;
    diagnostics.lost.named(entry.key.span.to(node.span));
    match &node.value {
        // Told of all of them together; the value is there.
        Value::Null => {}
        Value::Mapping(_) => {
            let mut keys = Keys::open("an enum value", node, diagnostics)?;
            keys.allow(entry.key.span.to(node.span), diagnostics);
            value.name = keys.text("name", diagnostics);
            value.also = keys.texts("also", diagnostics);
            value.doc = keys.doc("doc", diagnostics);
            keys.finish(diagnostics);
        }
        // Numbers are given a name, texts a documentation.
        _ if numbers => {
            let text = reader::text(&entry.key.value, node, diagnostics)?;
            match text.value.split_once(" -- ") {
                Some((name, doc)) => {
                    let span = type_expr::part(text.span, &text.value, 0, name.trim_end().len());
                    value.name = Some(Spanned::new(name.trim().to_owned(), span));
                    value.doc = Some(Spanned::new(doc.trim().to_owned(), text.span));
                }
                None => value.name = Some(text),
            }
        }
        _ => {
            reader::warn_of_comment(node, diagnostics);
            let doc = reader::text(&entry.key.value, node, diagnostics)?;
            value.doc = Some(doc).filter(reader::says_something);
        }
    }
    Some(value)
}

/// Values with nothing behind their names, where others have documentation or names: one mistake, however many they
/// are.
fn without_more(node: &Node, entries: &[Entry]) -> Option<Diagnostic> {
    let bare: Vec<&Entry> = entries.iter().filter(|entry| entry.value.is_null()).collect();
    let first = *bare.first()?;
    // A comma in a documentation makes a key of the rest of it.
    let torn = entries.windows(2).position(|pair| {
        let text = pair[0].value.as_scalar();
        reader::is_alone(&pair[1]) && text.is_some_and(|text| text.style == Style::Plain)
    });
    if let Some(before) = torn
        && let [entry, behind @ ..] = &entries[before + 1..]
    {
        let rest = behind.iter().take_while(|entry| reader::is_alone(entry)).count();
        return Some(reader::torn_text(entry, &behind[..rest], Some(&entries[before])));
    }
    let name = reader::shown(&first.key.value);
    let diagnostic =
        Diagnostic::error(&codes::EMPTY_VALUE, first.key.span, format!("`{name}` has no value"))
            .label("a value is missing after this key");
    let others = bare[1..].iter();
    let diagnostic = others.fold(diagnostic, |diagnostic, entry| {
        diagnostic.related(entry.key.span, "and after this one")
    });
    let flow = entries[0].key.span.start > node.span.start;
    if let Some(numbers) = numbered(&bare).filter(|_| bare.len() == entries.len()) {
        let diagnostic =
            diagnostic.help(format!("numbers stand first: `enum: {}`", reader::shown(&numbers)));
        return Some(if flow { diagnostic.patch(node.span, numbers) } else { diagnostic });
    }
    if bare.len() == entries.len() {
        let names: Vec<String> = entries.iter().map(|entry| flow_text(&entry.key.value)).collect();
        let list = format!("[{}]", names.join(", "));
        let diagnostic = diagnostic.help(format!(
            "values of which there is nothing more to say are a list: `enum: {}`",
            reader::shown(&list)
        ));
        return Some(if flow { diagnostic.patch(node.span, list) } else { diagnostic });
    }
    Some(
        diagnostic.help(format!("a value of which there is nothing more to say is `{name}: {{}}`")),
    )
}

/// `[{ value: open }, { value: paid }]`
fn described(items: &[Node]) -> Option<Vec<Text>> {
    let value = |item: &Node| {
        let [only] = item.as_mapping()? else { return None };
        let named = matches!(only.key.value.as_str(), "value" | "name" | "const");
        let text = only.value.as_scalar().filter(|_| named)?;
        Some(Spanned::new(text.text.clone(), only.value.span))
    };
    let values: Vec<Text> = items.iter().map(value).collect::<Option<_>>()?;
    (!values.is_empty()).then_some(values)
}

/// `{ open = 0, paid = 1 }`, as programs number them.
fn numbered(entries: &[&Entry]) -> Option<String> {
    let turned = |entry: &&Entry| {
        let (name, number) = entry.key.value.split_once('=')?;
        let (name, number) = (name.trim(), number.trim());
        is_number(number).then(|| format!("{number}: {name}"))
    };
    let all: Vec<String> = entries.iter().map(turned).collect::<Option<_>>()?;
    Some(format!("{{ {} }}", all.join(", ")))
}

/// `[“red”]`, with quotes that YAML takes for a part of the text.
fn without_quotes(wire: Text, diagnostics: &mut Diagnostics) -> Text {
    let text = wire.value.as_str();
    let plain = reader::is_plain(&wire);
    if let Some(symbol) = text
        .strip_prefix(':')
        .filter(|rest| plain && rest.chars().all(|c| c.is_alphanumeric() || c == '_'))
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                wire.span,
                format!("`{}` would be what stands on the wire", reader::shown(text)),
            )
            .help(format!("write `{symbol}`; a value that is meant so is put in quotes"))
            .patch(wire.span, symbol),
        );
        return Text { value: symbol.to_owned(), ..wire };
    }
    let inner = type_slips::in_typographic_quotes(text).filter(|_| plain);
    let Some((_, inner)) = inner.filter(|(length, _)| *length == text.len()) else { return wire };
    let diagnostic = Diagnostic::error(
        &codes::BAD_NAME,
        wire.span,
        format!("`{}` has quotes of printed text in its name", reader::shown(text)),
    )
    .help(format!("write `{}`; a value that is meant so is put in quotes", reader::shown(inner)));
    diagnostics.push(diagnostic.patch(wire.span, inner));
    Text { value: inner.to_owned(), ..wire }
}

/// `[red, green, ...]`: further values, of which an enum always keeps what comes.
fn open_end(item: &Node) -> Option<Diagnostic> {
    let scalar = item.as_scalar().filter(|scalar| scalar.style == Style::Plain)?;
    matches!(scalar.text.as_str(), "..." | "…").then(|| {
        Diagnostic::error(&codes::WRONG_KIND, item.span, "`...` is no value of an enum")
            .label("leave it out")
            .help(
                "an enum is open: values that are not listed are kept, unless it says `closed: true`",
            )
    })
}
