//! Types as Rust code and as the service see them.

use crate::ir::{Api, Field, ModelId, Presence, Scalar, Type};

/// The Rust type.
pub(super) fn rust(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => self::scalar(*scalar),
        Type::Model(id) => model(api, *id),
        Type::Link(method) => format!("Link<{method}>"),
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

/// The form on the wire.
pub(super) fn wire(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        Type::Model(id) => api.model(*id).name.clone(),
        Type::Link(method) => format!("link<{method}>"),
        Type::Parameter(name) => name.clone(),
        Type::List(item) => format!("list<{}>", wire(api, item)),
        Type::Csv(item) => format!("csv<{}>", wire(api, item)),
        Type::Map(item) => format!("map<{}>", wire(api, item)),
        Type::Keyed(key, item) => format!("map<{}, {}>", wire(api, key), wire(api, item)),
        Type::Nullable(item) => format!("{} | null", wire(api, item)),
        Type::AsText(item) => format!("text<{}>", wire(api, item)),
    }
}

/// The type of a field.
pub(super) fn field(api: &Api, field: &Field) -> String {
    let ty = rust(api, &field.ty);
    let ty = if field.boxed { format!("Box<{ty}>") } else { ty };
    let ty = if field.sensitive { format!("Sensitive<{ty}>") } else { ty };
    match field.presence {
        Presence::Patched => format!("Patch<{ty}>"),
        presence if presence.is_option() => format!("Option<{ty}>"),
        _ => ty,
    }
}

fn scalar(scalar: Scalar) -> String {
    match scalar {
        Scalar::DateTime(_) => "DateTime".to_owned(),
        Scalar::SpacedDateTime => "LocalDateTime".to_owned(),
        Scalar::Bytes | Scalar::BytesUrl => "Bytes".to_owned(),
        Scalar::Boolean => "bool".to_owned(),
        Scalar::Int32 => "i32".to_owned(),
        Scalar::Int64 => "i64".to_owned(),
        Scalar::Uint32 => "u32".to_owned(),
        Scalar::Uint64 => "u64".to_owned(),
        Scalar::Float => "f32".to_owned(),
        Scalar::Double => "f64".to_owned(),
        Scalar::Json => "Value".to_owned(),
        other => format!("{other:?}"),
    }
}
