//! Members that say in keys of their own what the name, the type or the place says here, as OpenAPI and JSON Schema do:
//! `{ in: query, required: false, schema: { type: string }, description: … }`. Each is told once, and read as what it means.

use super::super::choice;
use super::super::member::{KEYS, Of};
use super::super::reader::{is_plain, shown};
use super::{collect, text};
use crate::diag::{Diagnostic, codes};
use crate::foreign;
use crate::format::flow_text;
use crate::names;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// A member in such words.
pub(in super::super) struct Meant {
    pub(in super::super) found: Diagnostic,
    /// Its type in this language, if that is clear.
    pub(in super::super) ty: Option<String>,
    pub(in super::super) optional: bool,
}

/// What stands in it that is said otherwise here.
struct Said<'n> {
    /// The first of these keys.
    first: &'n Entry,
    optional: bool,
    /// The values that it is one of.
    values: Option<&'n Node>,
    /// What is left, as it is said of its type.
    rest: Vec<Entry>,
}

/// What `entry` means, a member of `of` that is called `wire` and may be missing if `optional`.
pub(in super::super) fn member(entry: &Entry, wire: &str, optional: bool, of: Of) -> Option<Meant> {
    let node = &entry.value;
    if let Some(meant) = wrapped(entry, wire, optional, of) {
        return Some(meant);
    }
    let mut said = said(node.as_mapping()?, wire, of)?;
    said.optional |= optional;
    let named = said.values.and_then(|_| names::type_name(wire));
    if let Some(name) = &named {
        name_type(&mut said.rest, said.first, name);
    }
    let schema = collect("a member", &said.rest, &KEYS);
    let described =
        said.rest.iter().all(|it| matches!(it.key.value.as_str(), "doc" | "description"));
    let ty = match &schema {
        // What OpenAPI describes without a schema.
        _ if described => Some("string".to_owned()),
        Some(schema) => schema.ty(),
        None => None,
    };
    let first = said.first;
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("a member has no key `{}`", shown(&first.key.value)),
    );
    let found = match first.key.value.as_str() {
        "in" | "schema" => found.label("as OpenAPI describes it"),
        _ => found.label("unknown key"),
    };
    let Some((mut schema, ty)) = schema.zip(ty) else {
        // What is not clear is told key by key.
        let of_openapi = matches!(first.key.value.as_str(), "in" | "schema");
        let found = found.help(
            "a `?` behind its name says that it may be missing, and where it travels is the key it stands in: \
             `query: { page?: int32 }`",
        );
        return of_openapi.then_some(Meant { found, ty: None, optional: said.optional });
    };
    let (ty, null) = match ty.strip_suffix(" | null") {
        // Nothing but a body has null.
        Some(bare) if of != Of::Object => (bare.to_owned(), true),
        _ => (ty, false),
    };
    if of != Of::Object {
        // All that travels there is sent.
        schema.beside.retain(|(key, _)| !matches!(*key, "read" | "write"));
    }
    if of == Of::Query && ty.starts_with("map<") {
        schema.beside.push(("style", "deep-object".to_owned()));
    }
    let default = schema.beside.iter().any(|(key, _)| *key == "default");
    let optional = said.optional || matches!(of, Of::Query | Of::Header) && (null || default);
    let mark = if optional { "?" } else { "" };
    let written = format!("{}: {}", flow_text(&format!("{wire}{mark}")), schema.written(&ty));
    let notes = schema.notes.iter();
    let found = notes.fold(found, |found, note| found.note(*note));
    let found = match named {
        Some(name) => {
            let values = said.values.and_then(Node::as_sequence).unwrap_or_default().iter();
            let values: Vec<&str> = values.filter_map(text).filter(|it| *it != "null").collect();
            found.help(choice::named(&name, &values, &written))
        }
        None => {
            let why = match first.key.value.as_str() {
                "required" | "optional" => "what may be absent has a `?` behind its name:",
                _ if optional => "a `?` behind its name says that it may be missing:",
                _ => "this is",
            };
            let found = found.help(format!("{why} `{}`", shown(&written)));
            if is_plain(&entry.key) {
                found.patch(entry.key.span.to(node.span), written)
            } else {
                found
            }
        }
    };
    let ty = Some(ty).filter(|_| said.values.is_none());
    Some(Meant { found, ty, optional })
}

/// `{ list: Line }`, `{ optional: string }`: a type behind a word that says what becomes of it.
fn wrapped(entry: &Entry, wire: &str, optional: bool, of: Of) -> Option<Meant> {
    let node = &entry.value;
    let [only] = node.as_mapping()? else { return None };
    let ty = foreign::ty(text(&only.value)?).filter(|ty| foreign::is_type(ty))?;
    let absent = |key: &str| key == "optional" || key == "nullable" && of != Of::Object;
    let written = match only.key.value.as_str() {
        key if absent(key) => ty,
        "nullable" => foreign::or_null(&ty),
        "list" | "array" | "list_of" | "listOf" | "array_of" | "many" | "has_many" => {
            format!("list<{ty}>")
        }
        "map" | "dict" | "map_of" => format!("map<{ty}>"),
        "ref" | "model" | "belongs_to" => ty,
        _ => return None,
    };
    let optional = optional || absent(&only.key.value);
    let message = "a type has no keys of its own";
    let found = Diagnostic::error(&codes::WRONG_KIND, node.span, message).label("expected a type");
    let mark = if optional { "?" } else { "" };
    let value = flow_text(&written);
    let found = found.help(format!(
        "did you mean `{}`? an object is a model with a name",
        shown(&format!("{wire}{mark}: {value}"))
    ));
    let found = match is_plain(&entry.key) {
        true if entry.key.value.len() != wire.len() + mark.len() => {
            found.patch(entry.key.span.to(node.span), format!("{wire}{mark}: {value}"))
        }
        _ => found.patch(node.span, value),
    };
    Some(Meant { found, ty: Some(written), optional })
}

/// What a member says in other words, if it says some.
fn said<'n>(entries: &'n [Entry], wire: &str, of: Of) -> Option<Said<'n>> {
    let (mut first, mut optional, mut values) = (None, false, None);
    let mut rest = Vec::new();
    for entry in entries {
        let key = entry.key.value.as_str();
        let mut ours = true;
        match key {
            "in" => {}
            "required" | "optional" => {
                // A list of those that are required is another thing.
                let says = truth(text(&entry.value)?)?;
                optional |= says == (key == "optional");
                // What is required is said by itself, beside the words of a schema.
                ours = says == (key == "optional");
            }
            "schema" => match &entry.value.value {
                Value::Mapping(inner) if entries.iter().all(|it| it.key.value != "type") => {
                    rest.extend(inner.iter().cloned());
                }
                Value::Scalar(_) => rest.push(renamed(entry, "type")),
                _ => return None,
            },
            "enum" | "values" | "symbols" | "choices" | "options" | "allowed" | "oneOf"
                if is_values(&entry.value) =>
            {
                values = Some(&entry.value);
            }
            "items" if let Some(of) = entry.value.get("enum").filter(|of| is_values(of)) => {
                values = Some(of);
                rest.push(entry.clone());
            }
            // How lists are written in a query.
            "explode" | "collectionFormat" if of == Of::Query => {
                rest.extend(style(entries).map(|style| with(entry, "style", style)));
            }
            // A path has its slashes only where that is said.
            "allowReserved" if of == Of::Path => {
                let keeps = truth(text(&entry.value)?)?;
                rest.extend(keeps.then(|| with(entry, "style", "slash")));
            }
            "style" if of == Of::Query && entries.iter().any(|it| it.key.value == "explode") => {
                ours = false;
            }
            "name" if text(&entry.value) == Some(wire) => ours = false,
            _ => {
                ours = false;
                rest.push(entry.clone());
            }
        }
        if ours && first.is_none() {
            first = Some(entry);
        }
    }
    // The values of a schema that is said in full.
    if values.is_none()
        && let Some(schema) = entries.iter().find(|it| it.key.value == "schema")
    {
        values = schema.value.get("enum").filter(|values| is_values(values));
        rest.retain(|it| values.is_none() || it.key.value != "enum");
    }
    Some(Said { first: first?, optional, values, rest })
}

/// The style that a list has in a query by what OpenAPI says of it, unless it is the usual one.
fn style(entries: &[Entry]) -> Option<&'static str> {
    let says = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key.value == key)?;
        text(&entry.value)
    };
    match (says("collectionFormat"), says("style"), says("explode").and_then(truth)) {
        (Some("multi"), ..) | (None, _, Some(true) | None) => None,
        (Some("ssv"), ..) | (_, Some("spaceDelimited"), _) => Some("space"),
        (Some("pipes"), ..) | (_, Some("pipeDelimited"), _) => Some("pipe"),
        _ => Some("csv"),
    }
}

/// An entry with another key and a text for its value.
fn with(entry: &Entry, key: &str, value: &str) -> Entry {
    let mut renamed = renamed(entry, key);
    renamed.value.value = Value::Scalar(Scalar::new(value, Style::Plain));
    renamed
}

fn renamed(entry: &Entry, name: &str) -> Entry {
    let mut renamed = entry.clone();
    name.clone_into(&mut renamed.key.value);
    renamed
}

/// Whether a text says yes or no, in any way that YAML once knew.
fn truth(text: &str) -> Option<bool> {
    Some(match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => true,
        "false" | "no" | "off" | "0" => false,
        _ => return None,
    })
}

/// Whether a node is a list of texts and numbers.
fn is_values(node: &Node) -> bool {
    let items = node.as_sequence().unwrap_or_default();
    !items.is_empty() && items.iter().all(|item| item.as_scalar().is_some())
}

/// Puts the name of a model in place of the type of a schema; a list of them stays one.
fn name_type(rest: &mut Vec<Entry>, first: &Entry, name: &str) {
    let of_list =
        |it: &Entry| it.key.value == "items" || matches!(text(&it.value), Some("array" | "list"));
    let ty = if rest.iter().any(of_list) { format!("list<{name}>") } else { name.to_owned() };
    rest.retain(|it| !matches!(it.key.value.as_str(), "type" | "format" | "items"));
    rest.insert(0, with(first, "type", &ty));
}
