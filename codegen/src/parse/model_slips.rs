//! What a model is in the words of other languages, read as it is meant so that it is told once.

mod bases;
mod choices;

pub(super) use bases::{all_of, beside_own, in_words, like, of_several};
pub(super) use choices::alternatives;

use super::member::Of;
use super::reader::{Keys, is_plain, shown};
use super::{elsewhere, json_schema, member};
use crate::ast::{FieldItem, ModelKind, Text, TypeExpr};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::{flow, flow_text};
use crate::schema::table;
use crate::source::Span;
use crate::type_slips;
use crate::vocabulary;
use crate::yaml::{Entry, Node, Value};

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
    let union = choices::union_in_place(keys, diagnostics);
    union
        .or_else(|| choices::choice(keys, diagnostics))
        .or_else(|| spread(keys, node, diagnostics))
        .or_else(|| bases::base(keys, diagnostics))
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
    let mut help = format!("say it where `{name}` is used: `{{ type: {name}, {key}: {value} }}`");
    if first.key.value == "format" && type_slips::moment(&value).is_some() {
        help.push_str(
            "; or of all points in time in bodies: `defaults: { wire: { datetime: { format: ",
        );
        help.push_str(&value);
        help.push_str(" } } }`");
    }
    Some((found.help(help), false))
}

fn unknown(entry: &Entry) -> Diagnostic {
    let message = format!("a model has no key `{}`", shown(&entry.key.value));
    Diagnostic::error(&codes::UNKNOWN_KEY, entry.key.span, message).label("unknown key")
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
    let mut items = member::items(entries, Of::Object, &mut Diagnostics::default());
    // Types are mended with the whole.
    for item in &mut items {
        if let FieldItem::Member(member) = item {
            member.ty = TypeExpr::poisoned(member.ty.span);
        }
    }
    Some((entry.key.span, ModelKind::Object(items)))
}
