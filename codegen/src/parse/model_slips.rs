//! What a model is in the words of other languages, read as it is meant so that it is told once.

use super::reader::{Keys, shown};
use super::{elsewhere, json_schema, member, union};
use crate::ast::{Base, FieldItem, ModelKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::names::{self, Kind};
use crate::source::Span;
use crate::type_slips::Utility;
use crate::yaml::{Entry, Node, Value};

/// Words for a model of which another has the members.
const BASES: [&str; 10] = [
    "extends",
    "inherits",
    "inherit",
    "allOf",
    "base",
    "parent",
    "include",
    "mixins",
    "super",
    "implements",
];

/// Words for what can be one of several, without a member that says which.
const CHOICES: [&str; 2] = ["oneOf", "anyOf"];

/// The keys of a union.
const OF_UNIONS: [&str; 5] = ["tag", "content", "variants", "key", "untagged"];

/// What a model is that says so in other words, and where.
pub(super) fn kind(
    keys: &mut Keys<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let union = union_in_place(keys, diagnostics);
    union
        .or_else(|| choice(keys, diagnostics))
        .or_else(|| base(keys, diagnostics))
        .or_else(|| properties(keys, node, diagnostics))
}

/// The model that a utility type of TypeScript makes of another.
pub(super) fn like(meant: Utility, span: Span) -> ModelKind {
    let text = |value: String| Text { value, span };
    ModelKind::Like {
        base: Base { name: text(meant.base), arguments: Vec::new() },
        without: meant.without.into_iter().map(text).collect(),
        optional: Vec::new(),
        all_optional: meant.all_optional,
    }
}

fn unknown(entry: &Entry) -> Diagnostic {
    let message = format!("a model has no key `{}`", shown(&entry.key.value));
    Diagnostic::error(&codes::UNKNOWN_KEY, entry.key.span, message).label("unknown key")
}

/// `{ tag: kind, variants: { … } }`, where `union` is missing around it.
fn union_in_place(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<(Span, ModelKind)> {
    let is_variants = |key: &str| keys.peek(key).is_some_and(|it| it.value.as_mapping().is_some());
    if !OF_UNIONS[2..].iter().any(|key| is_variants(key)) {
        return None;
    }
    let mut parts = Vec::new();
    while let Some(entry) = keys.take_first(|key| OF_UNIONS.contains(&key)) {
        parts.push(entry);
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let whole = first.key.span.to(last.value.span);
    let entries: Vec<Entry> = parts.iter().map(|entry| (*entry).clone()).collect();
    let inner = Node { span: whole, value: Value::Mapping(entries), comment_after: None };
    let mended = format!("union: {}", flow(&inner));
    let found = unknown(first).help(format!("it belongs to a union: `{}`", shown(&mended)));
    let together = parts.len() == 1 || keys.are_together(&first.key.value, &last.key.value);
    diagnostics.push(if together { found.patch(whole, mended) } else { found });
    let kind = union::read(&inner, diagnostics).unwrap_or(ModelKind::Poisoned);
    Some((whole, kind))
}

/// `oneOf: [Email, Sms]`, with a `discriminator` or without.
fn choice(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<(Span, ModelKind)> {
    let entry = keys.take_first(|key| CHOICES.contains(&key))?;
    let tag = keys.take_first(|key| key == "discriminator");
    let found = unknown(entry);
    let Some(mended) = choice_of(entry, tag) else {
        let help = "one of several is `union: { tag: type, variants: { … } }` or `union: { untagged: { … } }`";
        diagnostics.push(found.help(help));
        return Some((entry.key.span, ModelKind::Poisoned));
    };
    let found = found.help(format!("one of several is `{}`", shown(&mended)));
    let (whole, together) = match tag {
        None => (entry.key.span.to(entry.value.span), true),
        Some(tag) => {
            let (first, last) =
                if tag.key.span.start < entry.key.span.start { (tag, entry) } else { (entry, tag) };
            let together = keys.are_together(&first.key.value, &last.key.value);
            (first.key.span.to(last.value.span), together)
        }
    };
    diagnostics.push(if together { found.patch(whole, mended) } else { found });
    Some((whole, ModelKind::Poisoned))
}

/// A choice as it is written here: by a tag, by what fits, or a type that may be null.
fn choice_of(entry: &Entry, tag: Option<&Entry>) -> Option<String> {
    let items = entry.value.as_sequence()?;
    let is_null = |node: &&Node| {
        let text = |node: &Node| node.as_scalar().is_some_and(|it| it.text == "null");
        node.is_null() || text(node) || node.get("type").is_some_and(text)
    };
    let (nulls, others): (Vec<&Node>, Vec<&Node>) = items.iter().partition(is_null);
    let types: Vec<String> = others.into_iter().map(json_schema::type_of).collect::<Option<_>>()?;
    match (types.as_slice(), nulls.is_empty()) {
        ([only], false) => return Some(format!("type: {only} | null")),
        ([] | [_], _) | (_, false) => return None,
        _ => {}
    }
    let Some(tag) = tag else {
        let name = |ty: &String| names::rust_name(ty, Kind::Variant);
        let variants: Vec<String> =
            types.iter().map(|ty| Some(format!("{}: {ty}", name(ty)?))).collect::<Option<_>>()?;
        return Some(format!("union: {{ untagged: {{ {} }} }}", variants.join(", ")));
    };
    let member = tag.value.as_scalar().or_else(|| tag.value.get("propertyName")?.as_scalar())?;
    // What the tag is of each variant is said by the mapping, and by nothing else.
    let mapping = tag.value.get("mapping")?.as_mapping()?;
    let variants: Vec<String> = mapping
        .iter()
        .map(|entry| Some(format!("{}: {}", entry.key.value, json_schema::referred(&entry.value)?)))
        .collect::<Option<_>>()?;
    Some(format!("union: {{ tag: {}, variants: {{ {} }} }}", member.text, variants.join(", ")))
}

/// `extends: Order`, `allOf: [Order]`: the members of another model, where there are no others.
fn base(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<(Span, ModelKind)> {
    let entry = keys.take_first(|key| BASES.contains(&key))?;
    let whole = entry.key.span.to(entry.value.span);
    let items = entry.value.as_sequence().unwrap_or(std::slice::from_ref(&entry.value));
    let text = |node: &Node| match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => json_schema::referred(node.get("$ref")?),
    };
    let bases: Option<Vec<String>> = items.iter().map(text).collect();
    let found = unknown(entry);
    let named = |value: &String| Base {
        name: Text { value: value.clone(), span: entry.value.span },
        arguments: Vec::new(),
    };
    let changed = keys.has("without") || keys.has("optional");
    let (mended, kind) = match bases.as_deref() {
        Some([one]) => {
            let kind = ModelKind::Like {
                base: named(one),
                without: keys.texts("without", &mut Diagnostics::default()),
                optional: Vec::new(),
                all_optional: false,
            };
            (format!("like: {one}"), kind)
        }
        Some(several) if !several.is_empty() && !changed => {
            let kind =
                ModelKind::Object(several.iter().map(|it| FieldItem::Spread(named(it))).collect());
            (format!("fields: {{ ...: [{}] }}", several.join(", ")), kind)
        }
        _ => {
            diagnostics.push(found.help(
                "the members of other models are taken with `...` among the `fields`: `fields: { ...: [Base, Other], name: string }`",
            ));
            return Some((whole, ModelKind::Poisoned));
        }
    };
    diagnostics.push(
        found
            .help(format!("a model with the members of another is `{}`", shown(&mended)))
            .patch(whole, mended),
    );
    Some((whole, kind))
}

/// `properties` with what belongs to them, which are told of together.
fn properties(
    keys: &mut Keys<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let entry = keys.peek("properties")?;
    let entries = entry.value.as_mapping()?;
    let of_objects = ["properties", "required", "additionalProperties", "title", "description"];
    let foreign = |entry: &&Entry| elsewhere::is_word("a model", &entry.key.value);
    let all = node.as_mapping()?;
    if all.iter().any(|it| foreign(&it) && !of_objects.contains(&it.key.value.as_str())) {
        return None;
    }
    let required = all.iter().find(|it| it.key.value == "required");
    let required: Option<Vec<&str>> = match required {
        Some(list) => {
            let items = list.value.as_sequence()?.iter();
            Some(items.map(|it| Some(it.as_scalar()?.text.as_str())).collect::<Option<_>>()?)
        }
        None => None,
    };
    let own = |entry: &Entry| -> Option<String> {
        let name = entry.key.value.as_str();
        let must =
            required.as_ref().is_none_or(|names| names.contains(&name)) || name.ends_with('?');
        let value = json_schema::read("a member", &entry.value, &member::KEYS);
        let value = value.and_then(|meant| meant.found.patch.map(|patch| patch.text));
        let value = value.or_else(|| {
            let ty = json_schema::type_of(&entry.value);
            ty.filter(|_| entry.value.as_scalar().is_none()).or_else(|| Some(flow(&entry.value)))
        })?;
        Some(format!("{name}{}: {value}", if must { "" } else { "?" }))
    };
    let members: Option<Vec<String>> = entries.iter().map(own).collect();
    let found = unknown(entry);
    let found = match members {
        Some(members) if !members.is_empty() && keys.rest_is(&of_objects) => {
            let doc = all.iter().find(|it| it.key.value == "description");
            let doc = doc.map_or_else(String::new, |doc| format!("doc: {}, ", flow(&doc.value)));
            let mended = format!("{{ {doc}fields: {{ {} }} }}", members.join(", "));
            found
                .help(format!("members stand in `fields`: `{}`", shown(&mended)))
                .patch(node.span, mended)
        }
        _ => found.help(
            "members stand in `fields`, a line each: `fields: { id: string, name?: string }`",
        ),
    };
    while keys.take_first(|key| of_objects.contains(&key)).is_some() {}
    diagnostics.push(found);
    let items = member::items(entries, &mut Diagnostics::default());
    Some((entry.key.span, ModelKind::Object(items)))
}
