//! Types as Rust code sees them, and as a specification writes them.

use std::collections::BTreeMap;

use super::words;
use crate::ir::{Api, Field, Limits, ModelId, Presence, Scalar, Type};
use crate::vocabulary;

/// The Rust type.
pub(super) fn rust(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => self::scalar(*scalar).to_owned(),
        Type::Model(id) => model(api, *id),
        Type::Link(method) => format!("Link<{}>", method.replace('.', "::")),
        Type::Parameter(name) => name.clone(),
        Type::List(item) | Type::Csv(item) => format!("Vec<{}>", rust(api, item)),
        Type::Map(item) => format!("Map<{}>", rust(api, item)),
        Type::Keyed(key, item) => {
            format!("OrderedMap<{}, {}>", rust(api, key), rust(api, item))
        }
        Type::Nullable(item) => format!("Option<{}>", rust(api, item)),
        Type::AsText(item) => rust(api, item),
    }
}

/// A model, with the types that are given to it.
pub(super) fn model(api: &Api, id: ModelId) -> String {
    let model = api.model(id);
    match &model.given {
        None => model.ident.clone(),
        Some(given) => {
            let types: Vec<String> = given.types.iter().map(|ty| rust(api, ty)).collect();
            format!("{}<{}>", model.ident, types.join(", "))
        }
    }
}

/// The type of what a field holds where it is there.
pub(super) fn held(api: &Api, field: &Field) -> String {
    let ty = rust(api, &field.ty);
    let ty = if field.sensitive { format!("Sensitive<{ty}>") } else { ty };
    if field.boxed { format!("Box<{ty}>") } else { ty }
}

/// The type of a field.
pub(super) fn field(api: &Api, field: &Field) -> String {
    let ty = held(api, field);
    match field.presence {
        Presence::Patched => format!("Patch<{ty}>"),
        presence if presence.is_option() => format!("Option<{ty}>"),
        _ => ty,
    }
}

/// The same with what other names stand for.
pub(super) fn renamed(rust: &str, names: &BTreeMap<String, String>) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = rust;
    while let Some(first) = rest.chars().next() {
        let is = is_word(first);
        let end = rest.find(|c| is_word(c) != is).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        match names.get(part) {
            // What comes out is not looked at again: names may stand for each other.
            Some(other) => out.push_str(other),
            None => out.push_str(part),
        }
        rest = after;
    }
    out
}

/// The Rust type of a scalar.
pub(super) fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Boolean => "bool",
        Scalar::Int32 => "i32",
        Scalar::Int64 => "i64",
        Scalar::Uint32 => "u32",
        Scalar::Uint64 => "u64",
        Scalar::Float => "f32",
        Scalar::Double => "f64",
        Scalar::Decimal => "Decimal",
        Scalar::Date => "Date",
        Scalar::Time => "Time",
        Scalar::DateTime(_) => "DateTime",
        Scalar::LocalDateTime | Scalar::SpacedDateTime => "LocalDateTime",
        Scalar::Duration => "Duration",
        Scalar::TimeSpan => "TimeSpan",
        Scalar::Uuid => "Uuid",
        Scalar::Bytes | Scalar::BytesUrl => "Bytes",
        Scalar::Url => "Url",
        Scalar::Json | Scalar::Poisoned => "Value",
        Scalar::File => "File",
    }
}

/// The type in a specification. How its values are written there is said by [`format()`] and [`travels`].
pub(super) fn written(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => vocabulary::name(*scalar).to_owned(),
        Type::Model(id) => api.model(*id).name.clone(),
        Type::Link(method) => format!("link<{method}>"),
        Type::Parameter(name) => name.clone(),
        Type::List(item) | Type::Csv(item) => format!("list<{}>", written(api, item)),
        Type::Map(item) => format!("map<{}>", written(api, item)),
        Type::Keyed(key, item) => format!("map<{}, {}>", written(api, key), written(api, item)),
        Type::Nullable(item) => format!("{} | null", written(api, item)),
        Type::AsText(item) => written(api, item),
    }
}

/// `(1..100)`, as it stands behind a type.
pub(super) fn limits(limits: Option<&Limits>) -> String {
    let Some(Limits { min, max }) = limits else { return String::new() };
    let range = match (min, max) {
        (Some(min), Some(max)) if min == max => min.clone(),
        (min, max) => format!("{}..{}", min.as_deref().unwrap_or(""), max.as_deref().unwrap_or("")),
    };
    format!("({range})")
}

/// The formats of the scalars in a type, as `format` names them.
pub(super) fn format(ty: &Type) -> Option<String> {
    let mut found = Vec::new();
    each_scalar(ty, &mut |scalar| match vocabulary::formats(scalar) {
        names if names.is_empty() => {}
        names => found.push(words::one_or_list(&names)),
    });
    found.dedup();
    (!found.is_empty()).then(|| found.join(" and "))
}

fn each_scalar(ty: &Type, found: &mut impl FnMut(Scalar)) {
    match ty {
        Type::Scalar(scalar) => found(*scalar),
        Type::Model(_) | Type::Link(_) | Type::Parameter(_) => {}
        Type::Keyed(key, value) => {
            each_scalar(key, found);
            each_scalar(value, found);
        }
        Type::List(inner)
        | Type::Map(inner)
        | Type::Nullable(inner)
        | Type::AsText(inner)
        | Type::Csv(inner) => each_scalar(inner, found),
    }
}

/// How the values of a type travel, as `as` names it, where that is not the usual way.
pub(super) fn travels(ty: &Type) -> Vec<&'static str> {
    match ty {
        Type::Scalar(_) | Type::Model(_) | Type::Link(_) | Type::Parameter(_) => Vec::new(),
        Type::AsText(_) => vec!["string"],
        Type::Csv(item) => [vec!["csv"], travels(item)].concat(),
        Type::List(inner) | Type::Map(inner) | Type::Keyed(_, inner) | Type::Nullable(inner) => {
            travels(inner)
        }
    }
}
