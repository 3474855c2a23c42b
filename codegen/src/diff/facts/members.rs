//! Models, members and parameters.

use super::{Facts, form, rules};
use crate::diff::{types, words};
use crate::ir::{
    Api, Constant, Element, Enum, EnumWire, Field, Literal, Object, Parameter, Place, Presence,
    Style, Type, Union, UnionForm, UnionVariant, Variant, XmlPlace,
};

/// A member of an object or of a body.
pub(in crate::diff) fn field(api: &Api, field: &Field) -> Facts {
    let Field {
        wire,
        also,
        ident: _,
        docs: _,
        ty,
        presence,
        write,
        boxed: _,
        sensitive,
        none_when,
        one_or_list,
        limits,
        media,
        xml,
        unsure: _,
        span: _,
    } = field;
    let (mark, null) = match presence {
        Presence::Required | Presence::WriteOnly | Presence::NullAsDefault => ("", ""),
        // What only the service sets is never sent, whether or not it may be absent.
        Presence::Optional | Presence::ReadOnly => ("?", ""),
        Presence::Nullable | Presence::WriteNullable => ("", " | null"),
        Presence::Patched => ("?", " | null"),
    };
    let flag = |is: bool, word: &'static str| if is { word } else { "" };
    let (read, write) = (flag(*presence == Presence::ReadOnly, " read"), flag(*write, " write"));
    let (ty_words, limits) = (types::written(api, ty), types::limits(limits.as_ref()));
    let (name, sensitive) = (words::text(&format!("{wire}{mark}")), flag(*sensitive, " sensitive"));
    let line = format!("{name}: {ty_words}{limits}{null}{read}{write}{sensitive}");
    // What is an option in Rust may be absent, null or both.
    let mark = match (mark, null) {
        ("", "") => "",
        ("", _) => "| null",
        (_, "") => "?",
        _ => "? | null",
    };
    let mut travels = types::travels(&api.resolved(ty));
    if *one_or_list {
        travels.extend(["list", "one"]);
    }
    let facts =
        Facts::new().declare("member", line, [wire, limits.as_str(), read, write].join(" "), mark);
    let facts = match media {
        Some(media) => facts.say("media type", format!("file({media})")),
        None => facts,
    };
    facts
        .maybe("also", (!also.is_empty()).then(|| words::one_or_list(also)))
        .and(super::format(&api.resolved(ty)))
        .maybe("as", (!travels.is_empty()).then(|| words::one_or_list(&travels)))
        .maybe("none_when", (!none_when.is_empty()).then(|| words::one_or_list(none_when)))
        .maybe("null_as_default", (*presence == Presence::NullAsDefault).then_some(true))
        .maybe("xml", place_in_xml(xml))
}

fn place_in_xml(place: &XmlPlace) -> Option<String> {
    match place {
        XmlPlace::Element => None,
        XmlPlace::Attribute => Some("attribute".to_owned()),
        XmlPlace::Text => Some("text".to_owned()),
        XmlPlace::Wrapped(item) => Some(words::map([("wrapped".to_owned(), words::text(item))])),
    }
}

/// A parameter outside the body.
pub(in crate::diff) fn parameter(api: &Api, parameter: &Parameter) -> Facts {
    let Parameter { place, wire, ident: _, docs: _, ty, style, optional, limits } = parameter;
    let mark = if *optional { "?" } else { "" };
    let style = match style {
        Style::Form => None,
        Style::Csv => Some("csv"),
        Style::Space => Some("space"),
        Style::Pipe => Some("pipe"),
        Style::DeepObject => Some("deep-object"),
        Style::Slash => Some("slash"),
    };
    let (place, limits) = (self::place(*place), types::limits(limits.as_ref()));
    let name = words::text(&format!("{wire}{mark}"));
    let line = format!("{place}: {{ {name}: {}{limits} }}", types::written(api, ty));
    Facts::new()
        .declare("member", line, [place, wire, limits.as_str()].join(" "), mark)
        .and(form(&api.resolved(ty)))
        .maybe("style", style)
}

/// The key under which parameters of a place stand.
fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "headers",
        Place::Cookie => "cookies",
    }
}

/// Parameters that are always sent with the same value.
pub(super) fn constants(constants: &[(Place, String, String)]) -> Facts {
    constants.iter().fold(Facts::new(), |facts, (place, wire, value)| {
        let key = self::place(*place);
        let value = words::map([("const".to_owned(), words::text(value))]);
        facts.key(key, words::map([(words::text(wire), value)]))
    })
}

/// Members that are always sent with the same value.
pub(in crate::diff) fn object_constants(constants: &[Constant]) -> Facts {
    constants.iter().fold(Facts::new(), |facts, constant| {
        let Constant { wire, value, xml, span: _ } = constant;
        let value = match value {
            Literal::Text(text) => words::text(text),
            Literal::Integer(_) | Literal::Boolean(_) => value.to_string(),
        };
        let said = words::entries([("const", Some(value)), ("xml", place_in_xml(xml))]);
        facts.key("fields", words::map([(words::text(wire), words::map(said))]))
    })
}

/// What an error says for people.
pub(in crate::diff) fn message(field: &Field) -> Facts {
    Facts::new().key("message", words::text(&field.wire))
}

/// Rules about the members of an object.
pub(in crate::diff) fn object_rules(object: &Object) -> Facts {
    // The rest has items of its own.
    let Object { fields: _, undeclared: _, constants: _, among, message: _, only_read: _ } = object;
    rules(among)
}

/// The outermost element of a document.
pub(in crate::diff) fn element(element: &Element) -> Facts {
    let Element { name, namespace } = element;
    let root = ("root", Some(words::text(name)));
    let entries = words::entries([root, ("xmlns", namespace.as_deref().map(words::text))]);
    Facts::new().key("xml", words::map(entries))
}

/// An enum.
pub(in crate::diff) fn enumeration(list: &Enum) -> Facts {
    let Enum { variants: _, other: _, wire } = list;
    match wire {
        EnumWire::Texts | EnumWire::Numbers => Facts::new(),
        EnumWire::NamedNumbers => {
            Facts::new().key("wire", "{ enum: { read: [name, number], write: name } }")
        }
    }
}

/// A value of an enum.
pub(in crate::diff) fn value(variant: &Variant, of: EnumWire) -> Facts {
    let Variant { wire, wire_name, also, ident: _, docs: _ } = variant;
    let line = match of {
        EnumWire::Texts => words::text(wire),
        EnumWire::Numbers => wire.clone(),
        EnumWire::NamedNumbers => format!("{wire}: {}", words::text(wire_name)),
    };
    Facts::new()
        .say("value", line)
        .maybe("also", (!also.is_empty()).then(|| words::one_or_list(also)))
}

/// Another name for a type.
pub(in crate::diff) fn alias(api: &Api, ty: &Type) -> Facts {
    let words = format!("type: {}", types::written(api, ty));
    Facts::new().declare("type", words, "", "").and(form(ty))
}

/// How the variants of a union are told apart.
pub(in crate::diff) fn union(union: &Union) -> Facts {
    let Union { form, variants: _, other: _ } = union;
    let words = match form {
        UnionForm::Tagged { tag, content } => {
            let content = content.as_deref().map(words::text);
            let entries = [("tag", Some(words::text(tag))), ("content", content)];
            words::map(words::entries(entries))
        }
        UnionForm::Keyed => "{ key: … }".to_owned(),
        UnionForm::Untagged => "{ untagged: … }".to_owned(),
    };
    Facts::new().key("union", words)
}

/// A variant of a union.
pub(in crate::diff) fn variant(api: &Api, variant: &UnionVariant) -> Facts {
    let UnionVariant { wire, also, ident: _, docs: _, ty, boxed: _, span: _ } = variant;
    let line = format!("{}: {}", words::text(wire), types::written(api, ty));
    Facts::new()
        .declare("variant", line, wire.as_str(), "")
        .maybe("also", (!also.is_empty()).then(|| words::one_or_list(also)))
        .and(form(&api.resolved(ty)))
}
