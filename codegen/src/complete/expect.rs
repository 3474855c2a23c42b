//! What the language expects at the end of a path of keys.

use super::spot::{Step, others};
use crate::schema::kind::{Key, Kind, Value, Word};
use crate::schema::rules::Written;
use crate::schema::shapes::shape;
use crate::schema::table::kind;
use crate::yaml::Node;

/// What a node at some place can be.
pub(super) struct Expected<'p> {
    path: &'p [Step],
    /// Kinds of mappings and what is none; shapes are taken apart.
    pub(super) values: Vec<Value>,
}

/// Follows the path from the top of a file.
pub(super) fn at<'p>(root: &Node, path: &'p [Step]) -> Expected<'p> {
    let mut values = vec![Value::Of("a specification")];
    let mut node = Some(root);
    for step in path {
        let written = match step {
            Step::Key(key) => node.map(|node| others(node, key)).unwrap_or_default(),
            Step::Item => Vec::new(),
        };
        let inner = values.into_iter().flat_map(|value| into(value, step, &Written(&written)));
        values = apart(inner.collect());
        node = match step {
            Step::Key(key) => node.and_then(|node| node.get(key)),
            Step::Item => None,
        };
    }
    Expected { path, values }
}

impl Expected<'_> {
    /// The keys of the mappings that it can be, as far as they go with what is `written` there.
    pub(super) fn keys(&self, written: &Written<'_>) -> Vec<(&'static Key, bool)> {
        let fits = |kind: &Kind, key: &Key| {
            !kind.rules.iter().any(|it| it.refuses(key.0, written))
                && !clash(kind, key.0, "", written.0)
        };
        let of = |value: &Value| -> Vec<(&'static Key, bool)> {
            let (name, changes) = match value {
                Value::Of(name) => (*name, &[][..]),
                Value::Less(name, changes) => (*name, *changes),
                Value::Keyed(keys) => return keys.iter().map(|key| (key, false)).collect(),
                _ => return Vec::new(),
            };
            let Some(kind) = kind(name) else { return Vec::new() };
            let lacks = |key: &Key| {
                let held = held(name, changes, key.0, written);
                matches!(held, None | Some(Value::Words([])))
            };
            let keys = kind.keys.iter().filter(|key| !lacks(key) && fits(kind, key));
            keys.map(|key| (key, kind.required.contains(&key.0))).collect()
        };
        self.meant(written).into_iter().flat_map(of).collect()
    }

    /// What it can be, as far as what stands there already says.
    pub(super) fn meant(&self, written: &Written<'_>) -> Vec<&Value> {
        let fits = |value: &&Value| written.0.iter().all(|(key, _)| is_key(value, key));
        let meant: Vec<&Value> = self.values.iter().filter(fits).collect();
        if meant.is_empty() { self.values.iter().collect() } else { meant }
    }

    /// Whether a text behind a key is in the way of what stands beside it.
    pub(super) fn clash(&self, key: &str, text: &str, beside: &[(String, String)]) -> bool {
        let meant = self.meant(&Written(beside)).into_iter();
        let kinds: Vec<&Kind> = meant.filter_map(of_kind).collect();
        !kinds.is_empty() && kinds.iter().all(|kind| clash(kind, key, text, beside))
    }

    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        let keys = self.keys(&Written(&[])).into_iter().map(|(key, _)| key);
        let all = self.values.iter().filter_map(of_kind);
        all.flat_map(|kind| kind.keys).chain(keys).find(|(known, ..)| *known == name)
    }

    /// Whether it stands in a section of the file.
    pub(super) fn within(&self, section: &str) -> bool {
        matches!(self.path.first(), Some(Step::Key(key)) if key == section && self.path.len() > 1)
    }
}

fn of_kind(value: &Value) -> Option<&'static Kind> {
    match value {
        Value::Of(name) | Value::Less(name, _) => kind(name),
        _ => None,
    }
}

/// Whether a value can have a key of that name.
fn is_key(value: &Value, key: &str) -> bool {
    match value {
        Value::Of(_) | Value::Less(..) => {
            of_kind(value).is_some_and(|kind| kind.keys.iter().any(|(known, ..)| *known == key))
        }
        Value::Statuses(_) => {
            key.starts_with(|c: char| c.is_ascii_digit()) || matches!(key, "default" | "in_success")
        }
        Value::Map(_) | Value::Keyed(_) | Value::Any => true,
        _ => false,
    }
}

/// Whether a key, with a text behind it, is in the way of what stands beside it without it.
fn clash(kind: &Kind, key: &str, text: &str, beside: &[(String, String)]) -> bool {
    let mut with = beside.to_vec();
    with.push((key.to_owned(), text.to_owned()));
    let refused = |it: &str, written: &[(String, String)]| {
        kind.rules.iter().any(|rule| rule.refuses(it, &Written(written)))
    };
    beside.iter().any(|(it, _)| refused(it, &with) && !refused(it, beside))
}

/// What stands behind a key of `value`, or is an item of it; `written` is what stands beside the key.
fn into(value: Value, step: &Step, written: &Written<'_>) -> Vec<Value> {
    match (value, step) {
        (Value::Of(name), Step::Key(key)) => held(name, &[], key, written).into_iter().collect(),
        (Value::Less(name, changes), Step::Key(key)) => {
            held(name, changes, key, written).into_iter().collect()
        }
        (Value::Keyed(keys), Step::Key(key)) => {
            let found = keys.iter().find(|(known, ..)| known == key);
            found.map(|(_, value, _)| *value).into_iter().collect()
        }
        // `...` is never a name.
        (Value::Map(name), Step::Key(key)) if key != "..." => vec![Value::Of(name)],
        (Value::Statuses(values), Step::Key(key))
            if key.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            values.to_vec()
        }
        (Value::Names(_), Step::Item) => vec![value],
        (Value::WordOrWords(_, listed), Step::Item) => vec![Value::Words(listed)],
        _ => Vec::new(),
    }
}

/// What a key of a kind holds.
fn held(
    name: &str,
    changes: &[(&str, Option<Value>)],
    key: &str,
    written: &Written<'_>,
) -> Option<Value> {
    let kind = kind(name)?;
    let (_, value, _) = kind.keys.iter().find(|(known, ..)| *known == key)?;
    // What only a validator can use leaves the key as it is.
    let mut narrowed = kind.rules.iter().filter_map(|rule| rule.narrows(key, written));
    let narrowed = narrowed.find(|value| !matches!(value, Value::Raw(_)));
    match changes.iter().find(|(known, _)| *known == key) {
        Some((_, change)) => change.map(|change| both(change, narrowed)),
        None => narrowed.or(Some(*value)),
    }
}

/// What a key holds at its place, as far as that goes with what stands beside it. Of words one list is a part of the
/// other, or has nothing in common with it.
fn both(change: Value, narrowed: Option<Value>) -> Value {
    match (change, narrowed) {
        (Value::Words(here), Some(Value::Words(beside))) => {
            let common = |word: &&Word| beside.iter().any(|it| it.0 == word.0);
            match here.iter().filter(common).count() {
                0 => Value::Words(&[]),
                count if count == beside.len() => Value::Words(beside),
                _ => change,
            }
        }
        _ => change,
    }
}

/// Shapes become what they hold.
fn apart(values: Vec<Value>) -> Vec<Value> {
    let one = |value: Value| match value {
        Value::Of(name) => match shape(name) {
            Some(shape) => apart(shape.holds.to_vec()),
            None => vec![value],
        },
        _ => vec![value],
    };
    values.into_iter().flat_map(one).collect()
}
