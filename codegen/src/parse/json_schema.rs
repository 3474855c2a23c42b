//! What JSON Schema and OpenAPI say in several keys, as it is written here. It is told once, however many keys it has.

mod limits;
mod member;

pub(super) use member::member;

use super::elsewhere;
use super::reader::shown;
use crate::diag::{Diagnostic, codes};
use crate::foreign;
use crate::format::{flow, flow_text};
use crate::type_slips;
use crate::vocabulary::FORMATS;
use crate::yaml::{Entry, Node, Value};
use limits::Limits;

/// Words that are none of any other language.
const OF_SCHEMAS: [&str; 17] = [
    "title",
    "multipleOf",
    "uniqueItems",
    "logicalType",
    "member",
    "values",
    "value",
    "key",
    "precision",
    "scale",
    "null",
    "allowEmptyValue",
    "allowReserved",
    "of",
    "item",
    "element",
    "keys",
];

/// What documentation is called elsewhere, the best first.
const DOCS: [&str; 10] = [
    "doc",
    "description",
    "summary",
    "desc",
    "docs",
    "documentation",
    "comment",
    "note",
    "help",
    "title",
];

/// A type or a member in the words of JSON Schema.
pub(super) struct Meant {
    pub(super) found: Diagnostic,
    /// Its type in this language.
    pub(super) ty: String,
}

/// What is collected from the keys of a schema.
#[derive(Default)]
struct Schema<'n> {
    /// `type`, `$ref`, `items` and `additionalProperties`.
    kind: Option<&'n Node>,
    reference: Option<&'n Node>,
    items: Option<&'n Node>,
    values: Option<&'n Node>,
    /// The one type of a choice with null.
    choice: Option<&'n Node>,
    format: Option<&'n Entry>,
    /// The format of a point in time that is counted since 1970.
    counts: Option<&'n Node>,
    nullable: bool,
    limits: Limits,
    /// What has a key of its own here too, with its value.
    beside: Vec<(&'static str, String)>,
    /// What is said of keys that have no counterpart.
    notes: Vec<&'static str>,
    /// The first key that this language does not have.
    foreign: Option<&'n Entry>,
}

/// A mapping in the words of JSON Schema, if all of it can be said here. `what` it stands in the place of, and which of
/// its keys are those of this language as well.
pub(super) fn read(what: &str, node: &Node, own: &[&'static str]) -> Option<Meant> {
    let schema = collect(what, node.as_mapping()?, own)?;
    let format = schema.format.filter(|_| schema.foreign.is_none());
    let several = schema.kind.filter(|kind| kind.as_sequence().is_some());
    let is_number = schema.kind.is_some_and(|kind| text(kind) != Some("datetime"));
    let counted = schema.counts.filter(|_| is_number);
    if schema.foreign.is_none() && format.is_none() && several.is_none() && counted.is_none() {
        return None;
    }
    let ty = schema.ty()?;
    let whole = schema.written(&ty);
    let found = match (schema.foreign, format, several) {
        (None, ..) if let Some(format) = counted => {
            let message = format!("`{}` is a format of points in time", shown(&flow(format)));
            Diagnostic::error(&codes::UNKNOWN_FORMAT, format.span, message)
                .help(format!("what is counted since 1970 is `{}`", shown(&whole)))
        }
        (None, Some(format), _) => {
            let message = format!("`{}` is not a format", shown(&flow(&format.value)));
            Diagnostic::error(&codes::UNKNOWN_FORMAT, format.value.span, message)
                .help(format!("this is a type of its own: `{}`", shown(&whole)))
        }
        (None, None, Some(several)) => {
            // A name that is none of a type may be a value.
            foreign::is_type(&ty).then_some(())?;
            let found = Diagnostic::error(
                &codes::WRONG_KIND,
                several.span,
                "`type` is a text, found a list",
            )
            .label("expected a text");
            found.help(match ty.ends_with(" | null") {
                true => format!("what may be null says so behind its type: `{}`", shown(&whole)),
                false => format!("one type stands without brackets: `{}`", shown(&whole)),
            })
        }
        (Some(entry), ..) => {
            let key = entry.key.value.as_str();
            let message = format!("{what} has no key `{}`", shown(key));
            Diagnostic::error(&codes::UNKNOWN_KEY, entry.key.span, message)
                .label("a word of JSON Schema")
                .help(format!("this is `{}`", shown(&whole)))
        }
        (None, None, None) => return None,
    };
    let found = schema.notes.iter().fold(found, |found, note| found.note(*note));
    Some(Meant { found: found.patch(node.span, whole), ty })
}

/// A type as a schema has it: a name, a mapping, a list with `null`.
pub(super) fn type_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(_) => Schema { kind: Some(node), ..Schema::default() }.ty(),
        Value::Mapping(entries) => {
            let schema = collect("", entries, &[])?;
            (schema.beside.is_empty()).then(|| schema.ty())?
        }
        Value::Null | Value::Sequence(_) => None,
    }
}

/// `[string, 'null']`: the type that it is in all versions of JSON Schema since the fourth.
pub(super) fn nullable(items: &[Node]) -> Option<String> {
    let is_null = |item: &&Node| item.is_null() || text(item) == Some("null");
    let (nulls, types): (Vec<&Node>, Vec<&Node>) = items.iter().partition(is_null);
    match types.as_slice() {
        [only] if !nulls.is_empty() => Some(format!("{} | null", named(text(only)?, None)?)),
        _ => None,
    }
}

/// The format of points in time that is called so, here or elsewhere, if it counts since 1970.
fn moment(format: &str) -> Option<&'static str> {
    let own = FORMATS.iter().map(|(name, _)| *name).find(|name| *name == format);
    own.or_else(|| type_slips::format_elsewhere(format)).filter(|it| it.starts_with("unix"))
}

/// Whether the type of a schema is a number.
fn counts(entries: &[Entry]) -> bool {
    let of = entries.iter().find(|entry| entry.key.value == "type");
    let of = of.and_then(|entry| text(&entry.value)).and_then(foreign::ty);
    of.is_some_and(|of| matches!(of.as_str(), "int32" | "int64" | "uint32" | "uint64" | "double"))
}

/// The name behind the last slash of `#/components/schemas/Order`.
pub(super) fn referred(node: &Node) -> Option<String> {
    let text = node.as_scalar()?.text.as_str();
    let name = text.rsplit(['/', '#']).next()?;
    is_name(name).then(|| name.to_owned())
}

fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

fn collect<'n>(what: &str, entries: &'n [Entry], own: &[&'static str]) -> Option<Schema<'n>> {
    let mut schema = Schema::default();
    for entry in entries {
        let key = entry.key.value.as_str();
        let is_true = entry.value.as_scalar().is_some_and(|it| it.text == "true");
        let mut foreign = true;
        match key {
            "type" => {
                schema.kind = Some(&entry.value);
                foreign = false;
            }
            "format" | "logicalType"
                if let Some(moment) = moment(text(&entry.value)?).filter(|_| counts(entries)) =>
            {
                own.contains(&"format")
                    .then(|| schema.beside.push(("format", moment.to_owned())))?;
                schema.counts = Some(&entry.value);
                foreign = key == "logicalType";
            }
            "format" if FORMATS.iter().any(|(known, _)| Some(*known) == text(&entry.value)) => {
                own.contains(&"format")
                    .then(|| schema.beside.push(("format", flow(&entry.value))))?;
                foreign = false;
            }
            "format" => {
                type_slips::of_format(text(&entry.value)?)?;
                schema.format = Some(entry);
                foreign = false;
            }
            "$ref" => schema.reference = Some(&entry.value),
            "items" => schema.items = Some(&entry.value),
            "additionalProperties" => schema.values = Some(&entry.value),
            "oneOf" | "anyOf" | "allOf" => {
                let items = entry.value.as_sequence()?;
                let is_null = |item: &&Node| {
                    item.is_null() || item.get("type").and_then(text) == Some("null")
                };
                let (nulls, others): (Vec<&Node>, Vec<&Node>) = items.iter().partition(is_null);
                let [only] = others.as_slice() else { return None };
                schema.nullable |= !nulls.is_empty();
                schema.choice = Some(only);
            }
            "nullable" | "null" | "allow_null" | "allowNull" => schema.nullable |= is_true,
            key if limits::is_word(key) => {
                schema.limits.add(key, limits::ends(&entry.value)?);
            }
            key if DOCS[1..].contains(&key) => {
                let better = |other: &&str| entries.iter().any(|it| it.key.value == **other);
                if !DOCS.iter().take_while(|doc| **doc != key).any(better) {
                    schema.beside.push(("doc", flow(&entry.value)));
                }
            }
            "readOnly" | "writeOnly" | "deprecated" | "sensitive" if !is_true => {}
            "required" if is_true => {}
            "example" | "examples" => {
                schema.note("examples stand in methods, where they are checked");
            }
            "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "uniqueItems" => {
                schema.note("what a limit leaves open is said in `doc`");
            }
            "precision" | "scale" | "digits" => {
                schema.note("how many digits a number has is not said");
            }
            "allowEmptyValue" | "allowReserved" | "externalDocs" | "explode"
                if what != "a member" || key != "explode" || is_true =>
            {
                schema.note("what only other tools read is left out");
            }
            key if key.starts_with("x-") => {
                schema.note("what only other tools read is left out");
            }
            "default" if entry.value.is_null() => {
                schema.nullable = true;
                foreign = false;
            }
            "member" | "of" | "item" | "element" | "values" if node_is_type(&entry.value) => {
                *(if key == "values" { &mut schema.values } else { &mut schema.items }) =
                    Some(&entry.value);
            }
            "value" if schema.kind.and_then(text) == Some("map") => {
                schema.values = Some(&entry.value);
            }
            "key" | "keys" if schema.kind.and_then(text) == Some("map") => {
                text(&entry.value).filter(|key| key.eq_ignore_ascii_case("string"))?;
            }
            "logicalType" => match type_slips::of_format(text(&entry.value)?) {
                Some(_) => schema.format = Some(entry),
                None => schema.note("what a value means beside its type is said in `doc`"),
            },
            "pattern" | "regex" => schema.note("patterns are not checked: say them in `doc`"),
            key => {
                let known = own.iter().find(|own| **own == key);
                foreign = known.is_none();
                let other = || elsewhere::instead(what, key, own)?.same();
                schema.beside.push((known.copied().or_else(other)?, flow(&entry.value)));
            }
        }
        if foreign && schema.foreign.is_none() {
            schema.foreign = Some(entry);
        }
        // What is null unless it is there is a type that may be null.
        if entry.value.is_null() && key != "default" {
            return None;
        }
    }
    // Words that only look like those of a schema are said by themselves.
    let known = |entry: &Entry| {
        let key = entry.key.value.as_str();
        elsewhere::is_word(what, key)
            || key.starts_with("x-")
            || OF_SCHEMAS.contains(&key)
            || DOCS.contains(&key)
            || limits::is_word(key)
    };
    let foreign = schema.foreign.is_none_or(|entry| what.is_empty() || known(entry));
    foreign.then_some(schema)
}

impl Schema<'_> {
    /// Says something of what has no counterpart here, once.
    fn note(&mut self, note: &'static str) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The type that it describes.
    fn ty(&self) -> Option<String> {
        let (name, nullable) = match self.kind.map(|kind| (kind, &kind.value)) {
            Some((_, Value::Sequence(items))) => {
                let is_null = |item: &&Node| item.is_null() || text(item) == Some("null");
                let (nulls, types): (Vec<&Node>, Vec<&Node>) = items.iter().partition(is_null);
                let [only] = types.as_slice() else { return None };
                (Some(text(only)?), !nulls.is_empty())
            }
            Some((kind, _)) => (Some(text(kind)?), false),
            None => (None, false),
        };
        let format = self.format.and_then(|format| text(&format.value));
        let base = match (self.reference, self.items, self.values, name) {
            (None, None, None, None) => type_of(self.choice?)?,
            _ if self.choice.is_some() => return None,
            (Some(reference), None, None, None) => referred(reference)?,
            (None, Some(items), None, None | Some("array" | "list")) => {
                format!("list<{}>", type_of(items)?)
            }
            (None, None, Some(values), None | Some("object" | "map")) => match text(values) {
                Some("true") => "map<json>".to_owned(),
                Some("false") => return None,
                Some(name) => format!("map<{}>", named(name, None)?),
                None => format!("map<{}>", type_of(values)?),
            },
            (None, None, None, Some(_)) if self.counts.is_some() => "datetime".to_owned(),
            (None, None, None, Some(name)) => named(name, format)?,
            _ => return None,
        };
        let limited = self.limits.behind(&base)?;
        let nullable = (nullable || self.nullable) && !limited.ends_with(" | null");
        Some(if nullable { format!("{limited} | null") } else { limited })
    }

    /// All of it: in the short form if that does.
    fn written(&self, ty: &str) -> String {
        let mut short = ty.to_owned();
        let mut doc = None;
        for (key, value) in &self.beside {
            match *key {
                flag @ ("read" | "write" | "sensitive" | "deprecated") if value == "true" => {
                    short = format!("{short} {flag}");
                }
                "doc" if flow_text(value) == *value => doc = Some(value),
                _ => {
                    let beside: Vec<String> = self
                        .beside
                        .iter()
                        .map(|(key, value)| format!(", {key}: {value}"))
                        .collect();
                    return format!("{{ type: {}{} }}", flow_text(ty), beside.concat());
                }
            }
        }
        flow_text(&match doc {
            Some(doc) => format!("{short} -- {doc}"),
            None => short,
        })
    }
}

/// What a type of JSON Schema is called here; types of this language are called as they are.
fn named(name: &str, format: Option<&str>) -> Option<String> {
    let of_format = format.and_then(type_slips::of_format);
    Some(match (name, of_format) {
        ("string" | "integer" | "number" | "int" | "long" | "bytes", Some(format)) => {
            format.to_owned()
        }
        (name, Some(format)) if name == format => format.to_owned(),
        ("integer", None) => "int32".to_owned(),
        ("number", None) => "double".to_owned(),
        ("object", None) => "json".to_owned(),
        ("array" | "null" | "file", _) => return None,
        (name, None) if is_name(name) && name.starts_with(char::is_lowercase) => {
            foreign::ty(name).unwrap_or_else(|| name.to_owned())
        }
        (name, None) => name.to_owned(),
        (_, Some(_)) => return None,
    })
}

/// Whether a node may be a type: a name, or a schema.
fn node_is_type(node: &Node) -> bool {
    text(node).is_some_and(is_name) || node.as_mapping().is_some()
}

fn text(node: &Node) -> Option<&str> {
    Some(node.as_scalar()?.text.as_str())
}
