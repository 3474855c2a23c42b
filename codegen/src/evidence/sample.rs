//! A value of an example as JSON of its declared type.

use super::scalar;
use crate::check;
use crate::ir::{
    Api, Constant, Enum, EnumWire, Field, Json, Literal, ModelKind, Presence, Sample, Scalar, Type,
    Union, UnionForm,
};
use crate::yaml::{Entry, Node, Scalar as Text, Style, Value};

/// Makes samples of values that have passed the checks.
#[derive(Clone, Copy)]
pub(super) struct Samples<'a> {
    pub(super) api: &'a Api,
    pub(super) side: check::Direction,
}

/// A value of which nothing is known.
pub(super) fn untyped(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => scalar::untyped(text),
        Value::Sequence(items) => Json::List(items.iter().map(untyped).collect()),
        Value::Mapping(entries) => Json::Object(
            entries.iter().map(|entry| (entry.key.value.clone(), untyped(&entry.value))).collect(),
        ),
    }
}

/// A value that is written as it is shown.
fn same(json: Json) -> Sample {
    Sample { shown: json.clone(), kept: json, variant: None }
}

impl Samples<'_> {
    pub(super) fn value(&self, node: &Node, ty: &Type) -> Sample {
        match (ty, &node.value) {
            (Type::Scalar(Scalar::Json | Scalar::File), _) | (_, Value::Null) => {
                same(untyped(node))
            }
            (Type::Scalar(scalar), Value::Scalar(text)) => scalar::sample(text, *scalar),
            (Type::Nullable(inner), _) => self.value(node, inner),
            (Type::List(item) | Type::Csv(item), Value::Sequence(items)) => {
                let samples: Vec<Sample> =
                    items.iter().map(|node| self.value(node, item)).collect();
                let (shown, kept): (Vec<Json>, Vec<Json>) =
                    samples.into_iter().map(|sample| (sample.shown, sample.kept)).unzip();
                let kept =
                    if matches!(ty, Type::Csv(_)) { joined(&kept) } else { Json::List(kept) };
                Sample { shown: Json::List(shown), kept, variant: None }
            }
            (Type::Csv(item), Value::Scalar(text)) => self.csv(node, text, item),
            // One value, where a list was promised.
            (Type::List(item), _) => {
                let Sample { shown, kept, .. } = self.value(node, item);
                Sample { shown, kept: Json::List(vec![kept]), variant: None }
            }
            (Type::Map(value) | Type::Keyed(_, value), Value::Mapping(entries)) => {
                let samples = entries
                    .iter()
                    .map(|entry| (entry.key.value.clone(), self.value(&entry.value, value)));
                object(samples.map(|(name, sample)| (name, sample.shown, Some(sample.kept))))
            }
            (Type::AsText(inner), Value::Scalar(text)) => as_text(text, self.in_text(inner)),
            (Type::Model(id), _) => match &self.api.model(*id).kind {
                ModelKind::Alias(ty) => self.value(node, ty),
                ModelKind::Newtype(newtype) => self.value(node, &Type::Scalar(newtype.of.scalar())),
                ModelKind::Enum(values) => enumeration(node, values),
                ModelKind::Union(union) => self.union(node, union),
                ModelKind::Object(object) => {
                    let open = object.undeclared.is_some();
                    self.members(node, &object.fields, &object.constants, open)
                }
            },
            // Nothing of the kind passes the checks.
            _ => same(untyped(node)),
        }
    }

    /// The members of an object. What is not declared is kept if the model is `open`.
    pub(super) fn members(
        &self,
        node: &Node,
        fields: &[Field],
        constants: &[Constant],
        open: bool,
    ) -> Sample {
        let entries = node.as_mapping().unwrap_or_default();
        let mut members: Vec<(String, Json, Option<Json>)> = Vec::new();
        let mut wires: Vec<(String, Json)> = Vec::new();
        for entry in entries {
            let name = &entry.key.value;
            let field =
                fields.iter().find(|field| field.wire == *name || field.also.contains(name));
            let Some(field) = field else {
                let shown = untyped(&entry.value);
                let constant = constants.iter().any(|constant| constant.wire == *name);
                let kept = (open && !constant).then(|| shown.clone());
                members.push((name.clone(), shown, kept));
                continue;
            };
            let (shown, kept) = self.member(entry, field);
            members.push((name.clone(), shown, None));
            wires.extend(kept.map(|kept| (field.wire.clone(), kept)));
        }
        for field in fields {
            let absent = match field.presence {
                Presence::NullAsDefault => default(&field.ty),
                Presence::WriteNullable => Json::Null,
                _ => continue,
            };
            if !wires.iter().any(|(wire, _)| *wire == field.wire) {
                wires.push((field.wire.clone(), absent));
            }
        }
        // Written in the order in which they are declared.
        wires.sort_by_key(|(wire, _)| fields.iter().position(|field| field.wire == *wire));
        for Constant { wire, value, .. } in constants {
            wires.push((wire.clone(), literal(value)));
        }
        let mut sample = object(members.into_iter());
        if let Json::Object(kept) = &mut sample.kept {
            kept.splice(..0, wires);
        }
        sample
    }

    /// A member as it is shown, and as it is written if it is.
    fn member(&self, entry: &Entry, field: &Field) -> (Json, Option<Json>) {
        if entry.value.is_null() {
            let kept = match field.presence {
                Presence::NullAsDefault => Some(default(&field.ty)),
                // Of what is required the type itself may have a null.
                Presence::Nullable
                | Presence::Patched
                | Presence::WriteNullable
                | Presence::Required => Some(Json::Null),
                Presence::Optional | Presence::ReadOnly | Presence::WriteOnly => None,
            };
            return (Json::Null, kept);
        }
        let is_none = |text: &Text| field.none_when.contains(&text.text);
        if entry.value.as_scalar().is_some_and(is_none) {
            return (untyped(&entry.value), None);
        }
        let sample = self.value(&entry.value, &field.ty);
        (sample.shown, (field.presence != Presence::ReadOnly).then_some(sample.kept))
    }

    /// What stands in a text.
    /// Items between commas in one text.
    fn csv(&self, node: &Node, found: &Text, item: &Type) -> Sample {
        let item = match item {
            Type::Nullable(inner) => inner,
            item => item,
        };
        let parts = found.text.split(',').map(str::trim);
        let items: Vec<Json> = parts
            .filter(|_| !found.text.trim().is_empty())
            .map(|part| match part {
                "null" => Json::Null,
                part => self.value(&node.part(part), item).kept,
            })
            .collect();
        Sample { shown: Json::Text(found.text.clone()), kept: joined(&items), variant: None }
    }

    fn in_text(&self, inner: &Type) -> Option<Scalar> {
        match self.api.plain(inner) {
            Type::Scalar(scalar) => Some(*scalar),
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Newtype(newtype) => Some(newtype.of.scalar()),
                _ => None,
            },
            _ => None,
        }
    }

    fn union(&self, node: &Node, union: &Union) -> Sample {
        match &union.form {
            UnionForm::Tagged { tag, content } => {
                let text = node.get(tag).and_then(Node::as_scalar).map_or("", |tag| &tag.text);
                let is = |also: &String| also == text;
                let variant = union
                    .variants
                    .iter()
                    .find(|variant| variant.wire == text || variant.also.iter().any(is));
                let Some(variant) = variant else { return same(untyped(node)) };
                let mut inner = match content {
                    None => self.value(&without(node, tag), &variant.ty),
                    Some(content) => {
                        let inner = node.get(content).map(|node| self.value(node, &variant.ty));
                        let inner = inner.unwrap_or_else(|| same(Json::Null));
                        object(std::iter::once((content.clone(), inner.shown, Some(inner.kept))))
                    }
                };
                for (json, text) in [(&mut inner.shown, text), (&mut inner.kept, &variant.wire)] {
                    if let Json::Object(members) = json {
                        members.insert(0, (tag.clone(), Json::Text(text.to_owned())));
                    }
                }
                inner
            }
            UnionForm::Keyed => {
                let found = union.variants.iter().find_map(|variant| {
                    let (key, inner) = check::keyed(variant, node)?;
                    Some((variant, key, inner))
                });
                let Some((variant, key, inner)) = found else { return same(untyped(node)) };
                let inner = self.value(inner, &variant.ty);
                Sample {
                    shown: Json::Object(vec![(key.to_owned(), inner.shown)]),
                    kept: Json::Object(vec![(variant.wire.clone(), inner.kept)]),
                    variant: None,
                }
            }
            UnionForm::Untagged => {
                let fits = |ty: &Type| check::fits(node, ty, self.api, self.side);
                match union.variants.iter().position(|variant| fits(&variant.ty)) {
                    Some(index) => Sample {
                        variant: Some(index),
                        ..self.value(node, &union.variants[index].ty)
                    },
                    None => same(untyped(node)),
                }
            }
        }
    }
}

/// An object of members that are shown, and perhaps written.
fn object(members: impl Iterator<Item = (String, Json, Option<Json>)>) -> Sample {
    let (mut shown, mut kept) = (Vec::new(), Vec::new());
    for (name, as_shown, as_kept) in members {
        kept.extend(as_kept.map(|value| (name.clone(), value)));
        shown.push((name, as_shown));
    }
    Sample { shown: Json::Object(shown), kept: Json::Object(kept), variant: None }
}

pub(super) fn without(node: &Node, name: &str) -> Node {
    let mut node = node.clone();
    if let Value::Mapping(entries) = &mut node.value {
        entries.retain(|entry| entry.key.value != name);
    }
    node
}

fn literal(literal: &Literal) -> Json {
    match literal {
        Literal::Text(text) => Json::Text(text.clone()),
        Literal::Integer(number) => Json::Number(number.to_string()),
        Literal::Boolean(value) => Json::Boolean(*value),
    }
}

/// The value of a member that null or absence stands for.
fn default(ty: &Type) -> Json {
    match ty {
        Type::List(_) => Json::List(Vec::new()),
        Type::Map(_) => Json::Object(Vec::new()),
        Type::Scalar(Scalar::Boolean) => Json::Boolean(false),
        Type::Scalar(
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Float
            | Scalar::Double,
        ) => Json::Number("0".to_owned()),
        _ => Json::Text(String::new()),
    }
}

fn enumeration(node: &Node, values: &Enum) -> Sample {
    let Some(found) = node.as_scalar() else { return same(untyped(node)) };
    let text = &found.text;
    let number = found.style == Style::Plain && text.parse::<i64>().is_ok();
    let shown = match values.wire {
        EnumWire::Texts => Json::Text(text.clone()),
        EnumWire::NamedNumbers if !number => Json::Text(text.clone()),
        EnumWire::Numbers | EnumWire::NamedNumbers => Json::Number(text.clone()),
    };
    let variant = values.variants.iter().find(|variant| match values.wire {
        EnumWire::Numbers => variant.wire == *text,
        EnumWire::NamedNumbers if number => variant.wire == *text,
        EnumWire::NamedNumbers => {
            variant.wire_name.eq_ignore_ascii_case(text) || variant.also.contains(text)
        }
        EnumWire::Texts => variant.wire == *text || variant.also.contains(text),
    });
    let kept = match (variant, values.wire) {
        (None, _) | (Some(_), EnumWire::Numbers) => shown.clone(),
        (Some(variant), EnumWire::Texts) => Json::Text(variant.wire.clone()),
        (Some(variant), EnumWire::NamedNumbers) => Json::Text(variant.wire_name.clone()),
    };
    Sample { shown, kept, variant: None }
}

/// A number or boolean in a text, or bare.
fn as_text(found: &Text, inner: Option<Scalar>) -> Sample {
    let plain = Text::new(found.text.as_str(), Style::Plain);
    let as_shown = Json::Text(found.text.clone());
    let value = inner.map_or_else(|| as_shown.clone(), |inner| scalar::sample(&plain, inner).kept);
    let bare = found.style == Style::Plain && inner != Some(Scalar::String);
    let kept = Json::Text(value.text().unwrap_or_default());
    Sample { shown: if bare { value } else { as_shown }, kept, variant: None }
}

fn joined(items: &[Json]) -> Json {
    let texts: Vec<String> = items
        .iter()
        .map(|item| match item {
            Json::Null => "null".to_owned(),
            // Rust writes numbers without what they do not need.
            Json::Number(text) => {
                text.parse::<f64>().map_or_else(|_| text.clone(), |number| number.to_string())
            }
            item => item.text().unwrap_or_default(),
        })
        .collect();
    Json::Text(texts.join(","))
}
