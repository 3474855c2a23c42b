//! Bodies of examples as XML, worked out from the specification and not by the runtime.

use crate::ir::{Api, Field, Json, ModelKind, Object, Type, XmlPlace};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NULL: &str = r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true""#;

/// The document of a value.
pub(crate) fn document(api: &Api, ty: &Type, json: &Json) -> String {
    let Some(element) = api.element(ty) else { return String::new() };
    let namespace = element.namespace.as_ref();
    let namespace = namespace.map(|text| format!(" xmlns=\"{}\"", escaped(text, true)));
    let whole = one(api, &element.name, Some(ty), json, &namespace.unwrap_or_default());
    format!("{HEAD}{whole}")
}

/// One element; nothing is known of what is not declared.
fn one(api: &Api, name: &str, ty: Option<&Type>, json: &Json, attributes: &str) -> String {
    let object = ty.and_then(|ty| object(api, ty));
    let mut attributes = attributes.to_owned();
    let mut content = String::new();
    match json {
        Json::Null => attributes.push_str(NULL),
        Json::Object(members) => {
            for (wire, value) in members {
                member(api, object, (wire, value), &mut attributes, &mut content);
            }
        }
        Json::List(items) => content = elements(api, name, None, items),
        scalar => content = escaped(&scalar.text().unwrap_or_default(), false),
    }
    // What has a text of its own keeps both its tags in no case: they mean the same.
    if content.is_empty() {
        format!("<{name}{attributes}/>")
    } else {
        format!("<{name}{attributes}>{content}</{name}>")
    }
}

fn member(
    api: &Api,
    object: Option<&Object>,
    (wire, value): (&str, &Json),
    attributes: &mut String,
    content: &mut String,
) {
    let is = |field: &&Field| field.wire == wire || field.also.iter().any(|also| also == wire);
    let field = object.and_then(|object| object.fields.iter().find(is));
    let constant = || object?.constants.iter().find(|constant| constant.wire == wire);
    let place = field.map(|field| &field.xml).or_else(|| constant().map(|constant| &constant.xml));
    let ty = field.map(|field| &field.ty);
    let text = || value.text().unwrap_or_default();
    match (place, value) {
        (Some(XmlPlace::Attribute), _) => {
            attributes.push_str(&format!(" {wire}=\"{}\"", escaped(&text(), true)));
        }
        (Some(XmlPlace::Text), _) => content.push_str(&escaped(&text(), false)),
        (Some(XmlPlace::Wrapped(item)), Json::List(items)) => {
            let inside = elements(api, item, ty.and_then(|ty| self::item(api, ty)), items);
            if inside.is_empty() {
                content.push_str(&format!("<{wire}/>"));
            } else {
                content.push_str(&format!("<{wire}>{inside}</{wire}>"));
            }
        }
        (_, Json::List(items)) => {
            let ty = ty.and_then(|ty| self::item(api, ty));
            content.push_str(&elements(api, wire, ty, items));
        }
        _ => content.push_str(&one(api, wire, ty, value, "")),
    }
}

fn elements(api: &Api, name: &str, ty: Option<&Type>, items: &[Json]) -> String {
    items.iter().map(|item| one(api, name, ty, item, "")).collect()
}

/// What a type is as an object.
fn object<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Object> {
    match api.plain(ty) {
        Type::Nullable(inner) => object(api, inner),
        Type::Model(id) => match &api.model(*id).kind {
            ModelKind::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

/// What the items of a list are.
fn item<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Type> {
    match api.plain(ty) {
        Type::Nullable(inner) => item(api, inner),
        Type::List(item) => Some(item),
        _ => None,
    }
}

fn escaped(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}
