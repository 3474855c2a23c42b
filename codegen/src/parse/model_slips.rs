//! What a model is in the words of other languages, read as it is meant so that it is told once.

use super::reader::{Keys, is_plain, shown};
use super::{elsewhere, json_schema, member, union};
use crate::ast::{Base, FieldItem, ModelKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::{flow, flow_text};
use crate::names::{self, Kind};
use crate::schema::table;
use crate::source::Span;
use crate::type_slips::Utility;
use crate::vocabulary;
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

/// `{ type: string, enum: [open, paid], description: … }`: what a schema says beside the values.
pub(super) fn of_enum(keys: &mut Keys<'_>, node: &Node) -> Option<Diagnostic> {
    const BESIDE: [&str; 8] =
        ["type", "default", "description", "title", "example", "nullable", "format", "enum"];
    let ty = keys.peek("type")?.value.as_scalar()?.text.as_str();
    let values = keys.peek("enum")?;
    let entries = node.as_mapping()?;
    let foreign = |entry: &Entry| {
        BESIDE.contains(&entry.key.value.as_str()) || entry.key.value.starts_with("x-")
    };
    let fits =
        matches!(ty, "string" | "integer" | "number") && values.value.as_sequence().is_some();
    if !fits || entries.len() < 3 || !entries.iter().all(foreign) {
        return None;
    }
    while keys.take_first(|key| BESIDE.contains(&key) || key.starts_with("x-")).is_some() {}
    let doc = entries.iter().find(|entry| entry.key.value == "description");
    let doc = doc.map_or_else(String::new, |doc| format!("doc: {}, ", flow(&doc.value)));
    let mended = format!("{{ {doc}enum: {} }}", flow(&values.value));
    let found = Diagnostic::error(
        &codes::AMBIGUOUS_ITEM,
        values.value.span,
        "an enum has another kind of model beside it",
    )
    .related(keys.peek("type")?.value.span, "the first kind")
    .help(format!("the values of an enum say what it is: `{}`", shown(&mended)))
    .patch(node.span, mended);
    let default = entries.iter().any(|entry| entry.key.value == "default");
    Some(if default {
        found.note(
            "what the service assumes is said of the member: `{ type: Status, default: open }`",
        )
    } else {
        found
    })
}

/// `enum Status: { open, paid }`
pub(super) fn enum_of_programs(entry: &Entry) -> Option<(Entry, Diagnostic)> {
    let name = entry.key.value.strip_prefix("enum ")?.trim();
    let values = entry.value.as_mapping()?;
    if values.is_empty()
        || !values.iter().all(|value| value.value.is_null())
        || !name.chars().all(char::is_alphanumeric)
    {
        return None;
    }
    let names: Vec<&str> = values.iter().map(|value| value.key.value.as_str()).collect();
    let mended = format!("{name}: {{ enum: [{}] }}", names.join(", "));
    let found = Diagnostic::error(
        &codes::BAD_NAME,
        entry.key.span,
        format!("`{}` cannot be the name of a model", shown(&entry.key.value)),
    )
    .help(format!("an enum is `{}`", shown(&mended)))
    .patch(entry.key.span.to(entry.value.span), mended);
    let key = Text { value: name.to_owned(), span: entry.key.span };
    let value =
        Node { span: entry.value.span, value: Value::Mapping(Vec::new()), comment_after: None };
    Some((Entry { key, value }, found))
}

/// A model in `{ }` with its members in `fields`.
pub(super) fn in_fields(node: &Node) -> Option<String> {
    let entries = node.as_mapping()?;
    let flow = entries.first().is_some_and(|first| first.key.span.start > node.span.start);
    let is_key = |entry: &Entry| {
        table::kind("a model")
            .is_some_and(|kind| kind.keys.iter().any(|(key, ..)| *key == entry.key.value))
    };
    (flow && !entries.iter().any(is_key)).then(|| format!("{{ fields: {} }}", flow_of(entries)))
}

/// Members in `{ }`, with spreads as they are meant.
fn flow_of(entries: &[Entry]) -> String {
    let one =
        |entry: &Entry| match entry.key.value.strip_prefix("...").filter(|_| entry.value.is_null())
        {
            Some(base) => format!("...: {base}"),
            None => {
                let name = &entry.key.value;
                let name = if is_plain(&entry.key) { name.clone() } else { flow_text(name) };
                format!("{name}: {}", flow(&entry.value))
            }
        };
    let all: Vec<String> = entries.iter().map(one).collect();
    format!("{{ {} }}", all.join(", "))
}

/// `{ ...Order, extra: string }`: a spread among members that stand in no `fields`.
fn spread(
    keys: &mut Keys<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let entries = node.as_mapping()?;
    let first = entries.iter().find(|entry| entry.key.value.starts_with("..."))?;
    let mended = in_fields(node);
    let found = Diagnostic::error(
        &codes::MISSING_KEY,
        first.key.span,
        "the members of a model stand in no `fields`",
    )
    .label("`fields` is missing")
    .help("put them one level deeper: `fields: { ...: Base, name: string }`");
    diagnostics.push(match mended {
        Some(mended) => found.patch(node.span, mended),
        None => found,
    });
    while keys.take_first(|_| true).is_some() {}
    Some((first.key.span, ModelKind::Poisoned))
}

/// What a model is that says so in other words, and where.
pub(super) fn kind(
    keys: &mut Keys<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let union = union_in_place(keys, diagnostics);
    union
        .or_else(|| choice(keys, diagnostics))
        .or_else(|| spread(keys, node, diagnostics))
        .or_else(|| base(keys, diagnostics))
        .or_else(|| properties(keys, node, diagnostics))
}

/// What stands beside the type of a model that is another name for it: what is said of members, or members, of which
/// one is called `type`. Whether it is the latter is handed back.
pub(super) fn beside_type(keys: &mut Keys<'_>, model: &Text) -> Option<(Diagnostic, bool)> {
    let name = shown(&model.value);
    let of_members = |key: &str| key != "name" && member::KEYS.contains(&key);
    let has_type = |key: &str| {
        let entry = keys.peek(key)?;
        let text = entry.value.as_scalar()?.text.split(' ').next()?.to_owned();
        Some(vocabulary::scalar(&text).is_some() || text.starts_with(char::is_uppercase))
    };
    if has_type("name") == Some(true) {
        while keys.take_first(|_| true).is_some() {}
        return Some((super::model::members_in_place("the model", model), true));
    }
    if !keys.rest() || !keys.all_left(of_members) {
        return None;
    }
    let first = keys.take_first(|_| true)?;
    while keys.take_first(|_| true).is_some() {}
    let key = shown(&first.key.value);
    let message = format!("`{key}` is said of members, and not of the model `{name}`");
    let found = Diagnostic::error(&codes::UNKNOWN_KEY, first.key.span, message);
    let value = shown(&flow(&first.value));
    let help = format!("say it where `{name}` is used: `{{ type: {name}, {key}: {value} }}`");
    Some((found.help(help), false))
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

/// `Email | Sms`, `open | paid` and `Literal['open', 'paid']`: a choice of types, or of texts.
pub(super) struct Alternatives {
    mended: String,
}

impl Alternatives {
    pub(super) fn found(&self, span: Span) -> Diagnostic {
        Diagnostic::error(&codes::TYPE_SYNTAX, span, "several types stand side by side")
            .label("only `T | null` is a type here")
            .help(format!("a choice is `{}`", shown(&self.mended)))
            .patch(span, self.mended.as_str())
    }
}

/// What a model is that is written as a choice.
pub(super) fn alternatives(text: &str) -> Option<Alternatives> {
    let of_values = |text: &str| {
        let rest = text.strip_prefix("enum").or_else(|| text.strip_prefix("Literal"))?;
        let inside =
            rest.trim_start().strip_prefix(['[', '(', '{'])?.strip_suffix([']', ')', '}'])?;
        Some(inside.trim().trim_end_matches(',').to_owned())
    };
    let inside = of_values(text);
    let separator = if inside.is_some() { ',' } else { '|' };
    let parts: Vec<&str> =
        inside.as_deref().unwrap_or(text).split(separator).map(str::trim).collect();
    let bare = |part: &&str| part.trim_matches(['\'', '"']).to_owned();
    let is_word = |part: &&str| {
        let word = bare(part);
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    if parts.len() < 2 || !parts.iter().all(is_word) || parts.contains(&"null") {
        return None;
    }
    let words: Vec<String> = parts.iter().map(bare).collect();
    let is_type =
        |word: &String| word.starts_with(char::is_uppercase) || vocabulary::is_reserved(word);
    let quoted = parts.iter().all(|part| part.starts_with(['\'', '"']));
    let mended = match words.iter().any(is_type) && !quoted {
        true if words.iter().all(is_type) => {
            let named =
                |ty: &String| Some(format!("{}: {ty}", names::rust_name(ty, Kind::Variant)?));
            let variants: Vec<String> = words.iter().map(named).collect::<Option<_>>()?;
            format!("{{ union: {{ untagged: {{ {} }} }} }}", variants.join(", "))
        }
        true => return None,
        false => format!("{{ enum: [{}] }}", words.join(", ")),
    };
    Some(Alternatives { mended })
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
