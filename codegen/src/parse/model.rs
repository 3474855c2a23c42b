//! Entries of `models:`

use super::reader::{self, Keys, quoted_list};
use super::{among, elsewhere, generic, member, provider, union, xml};
use crate::ast::{EnumValue, Model, ModelKind, Origin, Text, TypeExpr};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::source::{Span, Spanned};
use crate::type_expr;
use crate::yaml::{Entry, Node, Style, Value};

/// The keys of which a model has one.
const KINDS: [&str; 5] = ["fields", "enum", "union", "like", "type"];

/// Reads one model; a bad one is kept, poisoned, so that references to it are no further errors.
pub(super) fn read(entry: &Entry, diagnostics: &mut Diagnostics) -> Model {
    let (name, parameters) = generic::declared(&entry.key, diagnostics);
    let mut model = Model {
        name,
        parameters,
        doc: None,
        origin: Origin::default(),
        deprecated: None,
        message: None,
        incomplete: None,
        among: Vec::new(),
        xml: None,
        kind: ModelKind::Poisoned,
    };
    let Some(node) = reader::present(entry, diagnostics) else { return model };
    match &node.value {
        Value::Scalar(scalar) => {
            let short = member::short(node, &scalar.text, diagnostics);
            member::no_flags(&short, "a model", diagnostics);
            model.doc = short.doc;
            model.kind = ModelKind::Alias(short.ty);
            generic::check(&mut model, diagnostics);
        }
        Value::Mapping(_) => long(&mut model, node, diagnostics),
        _ => reader::wrong_type(&entry.key.value, "a type or a mapping", node, diagnostics),
    }
    model
}

fn long(model: &mut Model, node: &Node, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("a model", node, diagnostics) else { return };
    keys.allow(model.name.span.to(node.span), diagnostics);
    model.doc = keys.doc("doc", diagnostics);
    model.origin = provider::origin(&mut keys, "class", diagnostics);
    model.deprecated = keys.text("deprecated", diagnostics);
    model.message = keys.text("message", diagnostics);
    model.incomplete = keys.text("incomplete", diagnostics);
    model.among = among::read(&mut keys, diagnostics);
    model.xml = xml::element(&mut keys, diagnostics);

    let mut kinds = Vec::new();
    if let Some(ty) = keys.node("type", diagnostics)
        && let Some(text) = reader::text("type", ty, diagnostics)
    {
        let short = member::short(ty, &text.value, diagnostics);
        member::no_flags(&short, "a model", diagnostics);
        let kind = match elsewhere::explained(ty, node) {
            true => ModelKind::Poisoned,
            false => ModelKind::Alias(short.ty),
        };
        kinds.push((ty.span, kind));
    }
    // A model without members is written `fields: {}`.
    if let Some(fields) = keys.node("fields", diagnostics)
        && let Some(entries) = reader::mapping("fields", fields, diagnostics)
    {
        kinds.push((fields.span, ModelKind::Object(member::items(entries, diagnostics))));
    }
    let closed = keys.flag("closed", diagnostics);
    if let Some(values) = keys.node("enum", diagnostics) {
        let kind = match enum_values(values, diagnostics) {
            Some(read) => ModelKind::Enum { values: read, closed },
            None => ModelKind::Poisoned,
        };
        kinds.push((values.span, kind));
    }
    if let Some(node) = keys.node("union", diagnostics) {
        let kind = union::read(node, diagnostics).unwrap_or(ModelKind::Poisoned);
        kinds.push((node.span, kind));
    }
    let without = keys.texts("without", diagnostics);
    let optional = keys.texts("optional", diagnostics);
    if let Some(base) = keys.text("like", diagnostics) {
        let base = generic::base(&base, diagnostics);
        let all_optional = matches!(optional.as_slice(), [all] if all.value == "all");
        let span = base.name.span;
        kinds.push((span, ModelKind::Like { base, without, optional, all_optional }));
    }
    let meant = KINDS.iter().any(|kind| *kind != "type" && keys.meant(kind));
    // What is meant as another kind is reported by itself.
    if meant && matches!(kinds.as_slice(), [(_, ModelKind::Alias(_))]) {
        kinds.clear();
    }
    // A member may be called `type`, too.
    let alias = matches!(kinds.as_slice(), [(_, ModelKind::Alias(_))]);
    match kinds.len() {
        0 | 1 if (alias || kinds.is_empty()) && !meant && keys.take_members() => {
            diagnostics.push(members_in_place("the model", &model.name));
            kinds.clear();
        }
        1 => {}
        // A misspelt kind is reported by itself.
        0 if KINDS.iter().any(|kind| keys.meant(kind)) => {}
        0 => diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                model.name.span,
                format!("the model `{}` does not say what it is", reader::shown(&model.name.value)),
            )
            .help(format!("a model has one of {}", quoted_list(&KINDS))),
        ),
        _ => diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                kinds[1].0,
                format!("`{}` is two kinds of model at once", model.name.value),
            )
            .related(kinds[0].0, "the first kind")
            .help(two_kinds(&kinds[0].1, &kinds[1].1)),
        ),
    }
    if let Some((_, kind)) = kinds.into_iter().next() {
        model.kind = kind;
    }
    generic::check(model, diagnostics);
    let stray = |key: &'static str, fits: bool, kind: &'static str| {
        keys.span(key)
            .map(|span| (fits || matches!(model.kind, ModelKind::Poisoned), key, kind, span))
    };
    let like = matches!(model.kind, ModelKind::Like { .. });
    let members = like || matches!(model.kind, ModelKind::Object(_));
    let strays: Vec<_> = [
        stray("closed", matches!(model.kind, ModelKind::Enum { .. }), "enum"),
        stray("without", like, "like"),
        stray("optional", like, "like"),
    ]
    .into_iter()
    .chain([stray("message", members, "fields"), stray("xml", members, "fields")])
    .chain(among::KEYS.iter().map(|(key, _)| stray(key, members, "fields")))
    .flatten()
    .collect();
    stray_keys(model, &strays, diagnostics);
    keys.finish(diagnostics);
}

/// What to do about a model of two kinds.
fn two_kinds(first: &ModelKind, second: &ModelKind) -> String {
    match (first, second) {
        (ModelKind::Alias(_), ModelKind::Object(_)) => {
            "leave `type` out: a model with `fields` is an object".to_owned()
        }
        (ModelKind::Alias(_), ModelKind::Enum { .. }) => {
            "leave `type` out: the values of an enum say what it is".to_owned()
        }
        (ModelKind::Object(_), ModelKind::Like { base, .. }) => format!(
            "to have the members of both, take the others among the `fields`: `...: {}`",
            reader::shown(&base.name.value)
        ),
        _ => format!("a model has one of {}", quoted_list(&KINDS)),
    }
}

/// Members that stand one level too high.
pub(super) fn members_in_place(what: &str, name: &Text) -> Diagnostic {
    let shown = reader::shown(&name.value);
    Diagnostic::error(
        &codes::MISSING_KEY,
        name.span,
        format!("the members of {what} `{shown}` stand in no `fields`"),
    )
    .label("`fields` is missing")
    .help("put them one level deeper: `fields: { id: string, name?: string }`")
}

/// Reports keys that belong to another kind of model than the one that was read.
fn stray_keys(model: &Model, strays: &[(bool, &str, &str, Span)], diagnostics: &mut Diagnostics) {
    for (fits, key, kind, span) in strays {
        if !fits {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_KEY,
                    *span,
                    format!("`{key}` means nothing in the model `{}`", model.name.value),
                )
                .help(format!("it belongs to a model with `{kind}`")),
            );
        }
    }
}

/// Enum values: a list of texts, or a mapping from wire value to its documentation or description.
fn enum_values(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<EnumValue>> {
    Some(match &node.value {
        Value::Sequence(items) => {
            let values: Vec<EnumValue> = items
                .iter()
                .filter_map(|item| reader::item_text("enum", item, diagnostics))
                .map(|wire| EnumValue { wire, name: None, also: Vec::new(), doc: None })
                .collect();
            // An enum of which nothing could be read is not an empty one.
            if values.is_empty() && !items.is_empty() {
                return None;
            }
            values
        }
        Value::Mapping(entries) => {
            let numbers = entries.iter().all(|entry| is_number(&entry.key.value));
            if let Some(reversed) = reversed(entries) {
                let flow = entries.first().is_some_and(|one| one.key.span.start > node.span.start);
                diagnostics.push(names_for_numbers(&reversed, flow.then_some(entries)));
                return None;
            }
            if let Some(twice) = same_words(entries) {
                diagnostics.push(twice);
                return None;
            }
            entries.iter().filter_map(|entry| enum_value(entry, numbers, diagnostics)).collect()
        }
        _ => {
            reader::wrong_kind("enum", "a list or a mapping of values", node, diagnostics);
            return None;
        }
    })
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
    let turned = |entry: &Entry| format!("{}: {}", text(entry), entry.key.value);
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
    let node = reader::present(entry, diagnostics)?;
    diagnostics.lost.named(entry.key.span.to(node.span));
    match &node.value {
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

/// A type that stands alone, without flags or documentation.
pub(super) fn bare_type(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> TypeExpr {
    let Value::Scalar(scalar) = &node.value else {
        reader::wrong_type(key, "a type", node, diagnostics);
        return TypeExpr::poisoned(node.span);
    };
    type_expr::parse(&scalar.text, node.span, diagnostics)
}
