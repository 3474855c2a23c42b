//! Values that a member lists where its type belongs: `asc | desc`, `enum[a, b] = a`, `[red, green]`. They are a model with a
//! name here.

use super::member::Of;
use super::reader::shown;
use crate::diag::{Diagnostic, codes};
use crate::foreign;
use crate::format::flow_text;
use crate::names;
use crate::vocabulary;
use crate::yaml::{Node, Value};

/// What stands before the values of an enum in other languages.
const BEFORE: [&str; 7] = ["enum", "Enum", "Literal", "literal", "oneof", "one of", "oneOf"];

/// With these a media type begins, in which a slash is no choice.
const OF_MEDIA: [&str; 9] =
    ["application", "audio", "example", "font", "image", "message", "model", "multipart", "text"];

/// Values in place of a type.
struct Values<'t> {
    values: Vec<&'t str>,
    null: bool,
    default: Option<&'t str>,
    doc: Option<&'t str>,
}

/// What is said of a member called `wire`, absent if `optional`, whose value lists what it can be.
pub(super) fn in_place(wire: &str, optional: bool, node: &Node, of: Of) -> Option<Diagnostic> {
    let (found, values) = match &node.value {
        Value::Scalar(scalar) => {
            let values = of_text(&scalar.text)?;
            let message = "values stand in place of a type";
            (Diagnostic::error(&codes::TYPE_SYNTAX, node.span, message), values)
        }
        Value::Sequence(items) => {
            let texts: Option<Vec<&str>> =
                items.iter().map(|item| Some(item.as_scalar()?.text.as_str())).collect();
            let values = texts.filter(|all| all.len() > 1 && all.iter().all(|it| is_value(it)))?;
            let message = format!("`{}` is a type, found a list of values", shown(wire));
            (
                Diagnostic::error(&codes::WRONG_KIND, node.span, message),
                Values { values, null: false, default: None, doc: None },
            )
        }
        Value::Null | Value::Mapping(_) => return None,
    };
    if values.values.iter().all(|it| matches!(*it, "true" | "false")) {
        return Some(
            found.help("what is true or false is a `boolean`").patch(node.span, "boolean"),
        );
    }
    let name = names::type_name(wire)?;
    let null = values.null && of == Of::Object;
    let optional = optional
        || matches!(of, Of::Query | Of::Header) && (values.null || values.default.is_some());
    let ty = if null { format!("{name} | null") } else { name.clone() };
    let doc = values.doc.map(flow_text);
    let value = match (values.default, doc) {
        (Some(default), doc) => {
            let doc = doc.map_or_else(String::new, |doc| format!(", doc: {doc}"));
            format!("{{ type: {ty}, default: {}{doc} }}", flow_text(default))
        }
        (None, Some(_)) => format!("{ty} -- {}", values.doc.unwrap_or_default()),
        (None, None) => ty,
    };
    let wire = if optional { format!("{wire}?") } else { wire.to_owned() };
    let help = named(&name, &values.values, &format!("{wire}: {value}"));
    Some(found.label("they need a name").help(help))
}

/// What is said of the values of a member: the model that lists them, and the member that has it.
pub(super) fn named(name: &str, values: &[&str], member: &str) -> String {
    let is_number = |value: &&str| value.parse::<i64>().is_ok();
    let written: Vec<String> = values
        .iter()
        .map(|value| if is_number(value) { (*value).to_owned() } else { flow_text(value) })
        .collect();
    let listed = match values.iter().all(is_number) {
        // Numbers have names.
        true => format!("{{ {}: … }}", written.join(": …, ")),
        false => format!("[{}]", written.join(", ")),
    };
    format!(
        "an enum is a model with a name, `models: {{ {name}: {{ enum: {} }} }}`; the member is `{}`",
        shown(&listed),
        shown(member)
    )
}

/// Values in one text as they are listed in an enum.
pub(super) fn listed(text: &str) -> Option<String> {
    let values = of_text(text).filter(|it| it.doc.is_none() && it.default.is_none())?;
    let values: Vec<String> = values.values.into_iter().map(flow_text).collect();
    Some(format!("[{}]", values.join(", ")))
}

fn of_text(text: &str) -> Option<Values<'_>> {
    let (head, doc) = text.split_once(" -- ").map_or((text, None), |(head, doc)| (head, Some(doc)));
    let (head, default) =
        head.split_once(" = ").map_or((head, None), |(head, value)| (head, Some(bare(value))));
    let head = head.trim();
    let (head, absent) = head.strip_suffix('?').map_or((head, false), |head| (head, true));
    let before = BEFORE.iter().find_map(|word| {
        let rest = head.strip_prefix(word)?.trim_start();
        rest.starts_with(['[', '(', '{', '<']).then_some(rest)
    });
    let inside = before.or_else(|| head.starts_with('(').then_some(head));
    let (inside, for_sure) = match inside {
        Some(inside) if inside.ends_with([']', ')', '}', '>']) => {
            (&inside[1..inside.len() - 1], before.is_some())
        }
        Some(_) => return None,
        None => (head, false),
    };
    let sign = ["|", " or ", ",", "/"].into_iter().find(|sign| inside.contains(sign));
    let parts: Vec<&str> = match sign {
        Some(sign) => inside.split(sign).map(str::trim).filter(|it| !it.is_empty()).collect(),
        None => vec![inside.trim()],
    };
    let (nulls, values): (Vec<&str>, Vec<&str>) =
        parts.into_iter().partition(|it| matches!(*it, "null" | "nil" | "None" | "undefined"));
    let first = values.first()?;
    let fits = values.len() > 1 && !(sign == Some("/") && is_part_of_path(first))
        || for_sure && !first.is_empty();
    let all = |it: &&str| is_value(it) || for_sure && !it.contains([' ', '[', '(', '{']);
    (fits && values.iter().all(all)).then(|| Values {
        values: values.into_iter().map(bare).collect(),
        null: absent || !nulls.is_empty(),
        default,
        doc,
    })
}

/// Whether this begins a media type or a date, and no choice.
fn is_part_of_path(first: &str) -> bool {
    OF_MEDIA.contains(&first) || first.bytes().all(|byte| byte.is_ascii_digit())
}

fn bare(value: &str) -> &str {
    value.trim().trim_matches(['\'', '"', '`'])
}

/// Whether a text is a value and no type: in quotes, a number, or a word that no type has, here or elsewhere.
fn is_value(text: &str) -> bool {
    let quoted = text.len() > 2
        && ['\'', '"'].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote));
    let plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '-')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+'));
    let capitals = text.len() > 1 && !text.contains(char::is_lowercase);
    let lower = text.to_ascii_lowercase();
    let is_type = vocabulary::is_reserved(text)
        || foreign::scalar(&lower).is_some()
        || vocabulary::is_reserved(&lower)
        || text.starts_with(char::is_uppercase) && !capitals
        || text.contains('.') && text.parse::<f64>().is_err();
    let flag = matches!(text, "read" | "write" | "sensitive" | "deprecated" | "null" | "nullable");
    quoted || plain && !is_type && !flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_types() {
        let values = |text: &'static str| of_text(text).map(|it| it.values);
        for (text, all) in [
            ("asc | desc", ["asc", "desc"]),
            ("'asc' | \"desc\" -- Order.", ["asc", "desc"]),
            ("enum[a, b] = a", ["a", "b"]),
            ("enum(a|b)?", ["a", "b"]),
            ("Literal['a', 'b']", ["a", "b"]),
            ("(ASC|DESC)", ["ASC", "DESC"]),
            ("asc or desc", ["asc", "desc"]),
            ("asc/desc", ["asc", "desc"]),
            ("1 | 2 | null", ["1", "2"]),
        ] {
            assert_eq!(values(text).as_deref(), Some(all.as_slice()), "{text}");
        }
        for none in [
            "string | int32",
            "Line | Order",
            "image/png",
            "string, read",
            "asc",
            "a book, of it",
            "string | null",
            "Line, Order",
            "common.Line | shop.Order",
            "(string)",
            "2026/01/02",
            "str or None",
        ] {
            assert_eq!(values(none), None, "{none}");
        }
    }
}
