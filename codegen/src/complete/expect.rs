//! What the language expects at the end of a path of keys.

use super::spot::Step;
use crate::schema::shapes::SHAPES;
use crate::schema::table::{KINDS, Key, Value};

/// What a node at some place can be.
pub(super) struct Expected<'p> {
    path: &'p [Step],
    /// Kinds of mappings and what is none; shapes are taken apart.
    pub(super) values: Vec<Value>,
}

/// Follows the path from the top of a file.
pub(super) fn at(path: &[Step]) -> Expected<'_> {
    let mut values = vec![Value::Of("a specification")];
    for step in path {
        values = apart(values.into_iter().flat_map(|value| into(value, step)).collect());
    }
    Expected { path, values }
}

impl Expected<'_> {
    /// The keys of the mappings that it can be.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'static Key, bool)> {
        self.values.iter().flat_map(|value| match value {
            Value::Of(name) => {
                let kind = KINDS.iter().find(|kind| kind.what == *name);
                let keys = kind.map_or(&[][..], |kind| kind.keys);
                let required = kind.map_or(&[][..], |kind| kind.required);
                keys.iter().map(|key| (key, required.contains(&key.0))).collect::<Vec<_>>()
            }
            Value::Keyed(keys) => keys.iter().map(|key| (key, false)).collect(),
            _ => Vec::new(),
        })
    }

    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().map(|(key, _)| key).find(|(known, ..)| *known == name)
    }

    /// Whether it stands in a section of the file.
    pub(super) fn within(&self, section: &str) -> bool {
        matches!(self.path.first(), Some(Step::Key(key)) if key == section && self.path.len() > 1)
    }
}

/// What stands behind a key of `value`, or is an item of it.
fn into(value: Value, step: &Step) -> Vec<Value> {
    match (value, step) {
        (Value::Of(name), Step::Key(key)) => {
            let kind = KINDS.iter().find(|kind| kind.what == name);
            let found = kind.and_then(|kind| kind.keys.iter().find(|(known, ..)| known == key));
            found.map(|(_, value, _)| *value).into_iter().collect()
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
        (Value::Names(_) | Value::WordOrWords(_), Step::Item) => vec![value],
        _ => Vec::new(),
    }
}

/// Shapes become what they hold.
fn apart(values: Vec<Value>) -> Vec<Value> {
    let one = |value: Value| match value {
        Value::Of(name) => match SHAPES.iter().find(|shape| shape.name == name) {
            Some(shape) => apart(shape.holds.to_vec()),
            None => vec![value],
        },
        _ => vec![value],
    };
    values.into_iter().flat_map(one).collect()
}
