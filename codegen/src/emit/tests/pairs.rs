//! Names and texts in addresses and forms, as the language says they are written.

use crate::ir::{Json, Scalar, Style, Type};

/// Everything but letters, digits, `-`, `.`, `_` and `~` in percents.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A scalar as it stands in an address.
pub(super) fn text(value: &Json, ty: &Type) -> String {
    match (value, ty) {
        (Json::Number(digits), Type::Scalar(Scalar::Float | Scalar::Double)) => {
            digits.parse::<f64>().map_or_else(|_| digits.clone(), |number| number.to_string())
        }
        _ => value.text().unwrap_or_default(),
    }
}

/// The same in percents, but for the commas between the items of a list in one text.
pub(super) fn encoded_text(value: &Json, ty: &Type) -> String {
    let text = text(value, ty);
    match ty {
        Type::Csv(_) => text.split(',').map(encoded).collect::<Vec<_>>().join(","),
        _ => encoded(&text),
    }
}

/// The same of a part of a path, whose slashes may stay.
pub(super) fn in_path(value: &Json, ty: &Type, style: Style) -> String {
    match style {
        Style::Slash => text(value, ty).split('/').map(encoded).collect::<Vec<_>>().join("/"),
        _ => encoded_text(value, ty),
    }
}

/// The pairs of a query parameter.
pub(super) fn query(name: &str, value: &Json, ty: &Type, style: Style) -> Vec<String> {
    let item = match ty {
        Type::List(item) => item,
        ty => ty,
    };
    let joint = match style {
        Style::Csv => ",",
        Style::Space => "%20",
        Style::Pipe => "%7C",
        Style::Form | Style::DeepObject | Style::Slash => {
            return pairs(&encoded(name), value, item);
        }
    };
    let Json::List(items) = value else { return pairs(&encoded(name), value, item) };
    let texts: Vec<String> = items.iter().map(|value| encoded(&text(value, item))).collect();
    if texts.is_empty() {
        Vec::new()
    } else {
        vec![format!("{}={}", encoded(name), texts.join(joint))]
    }
}

/// The pairs of a value: a list repeats the name, members of an object stand in brackets, or under their
/// own names if the whole has none.
pub(super) fn pairs(path: &str, value: &Json, ty: &Type) -> Vec<String> {
    match value {
        Json::Null => Vec::new(),
        Json::List(items) => items.iter().flat_map(|item| pairs(path, item, ty)).collect(),
        Json::Object(members) => members
            .iter()
            .flat_map(|(name, value)| {
                let name = encoded(name);
                let inner = if path.is_empty() { name } else { format!("{path}%5B{name}%5D") };
                pairs(&inner, value, ty)
            })
            .collect(),
        scalar => vec![format!("{path}={}", encoded_text(scalar, ty))],
    }
}
