//! What is probably meant by a value of an example that does not fit.

use clientwright_wire::{Date, LocalDateTime, dotnet, http_date, rfc2822};

use crate::diag::Diagnostic;
use crate::ir::{Field, Scalar};
use crate::parse::shown;
use crate::yaml::{Node, Value};

/// What says of a text that is none of a scalar which type or format it has.
pub(super) fn scalar(text: &str, plain: bool, scalar: Scalar) -> Option<String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
    Some(match scalar {
        _ if text == "..." => "what was left out of an object is a key `...`; a value is shown, or its member is left out then".to_owned(),
        Scalar::DateTime(_) => {
            let format = match text {
                _ if plain && digits && text.len() > 11 => "unix-ms",
                _ if plain && digits => "unix",
                _ if text.parse::<Date>().is_ok() => "date-only",
                _ if dotnet::parse(text).is_ok() => "dotnet",
                _ if http_date::parse(text).is_ok() => "http",
                _ if rfc2822::parse(text).is_ok() => "rfc2822",
                _ if text.parse::<LocalDateTime>().is_ok() && text.contains(' ') => "spaced",
                _ if text.parse::<LocalDateTime>().is_ok() => {
                    return Some("without a zone it is a `localdatetime`, or `{ type: datetime, format: assume-utc }`".to_owned());
                }
                _ => return None,
            };
            let date = if format == "date-only" { "`date`, or " } else { "" };
            format!("written like this it is {date}`{{ type: datetime, format: {format} }}`")
        }
        Scalar::Date if digits && text.len() == 8 || text.contains(['.', '/']) => {
            "a date in another form is a `string`".to_owned()
        }
        Scalar::Date if text.get(..10).is_some_and(|date| date.parse::<Date>().is_ok()) => {
            "with a time it is a `datetime`".to_owned()
        }
        Scalar::Duration if digits => "a length of time as a number is an `int32` or `int64`: say its unit in `doc`".to_owned(),
        Scalar::Duration if text.contains(':') => "written like this it is `{ type: duration, format: timespan }`".to_owned(),
        Scalar::Boolean if matches!(text, "0" | "1") => {
            "a flag that is a number is a model: `{ enum: { 0: No, 1: Yes } }`".to_owned()
        }
        Scalar::Int32 if text.parse::<i64>().is_ok() => "so large a number is an `int64`".to_owned(),
        Scalar::Uint32 | Scalar::Uint64 if text.parse::<i64>().is_ok_and(|it| it < 0) => {
            let signed = if scalar == Scalar::Uint32 { "int32" } else { "int64" };
            format!("a number that may be negative is an `{signed}`")
        }
        Scalar::Uint32 if text.parse::<u64>().is_ok() => "so large a number is a `uint64`".to_owned(),
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64
            if plain && text.parse::<f64>().is_ok_and(f64::is_finite) && text.contains('.') =>
        {
            "a number with a fraction is a `double`, or a `decimal`".to_owned()
        }
        Scalar::Uuid if !text.contains(' ') => "an id of another form is a `string`".to_owned(),
        Scalar::Bytes if text.bytes().any(|byte| matches!(byte, b'-' | b'_')) && !text.contains(' ') => {
            "with the letters of addresses it is `{ type: bytes, format: base64url }`".to_owned()
        }
        Scalar::Bytes | Scalar::BytesUrl => "a text that is not in base64 is a `string`".to_owned(),
        _ => return None,
    })
}

/// What a value that is no list may be of one.
pub(super) fn list(found: Diagnostic, node: &Node) -> Diagnostic {
    match &node.value {
        Value::Scalar(text) if text.text.contains(',') => {
            found.help("items between commas in one text are `{ type: list<string>, as: csv }`")
        }
        Value::Scalar(_) => {
            found.help("a list of one that comes as the item alone is said by `as: [list, one]`")
        }
        Value::Mapping(entries)
            if entries.len() > 1 && entries.iter().all(|it| it.value.as_mapping().is_some()) =>
        {
            found.help("an object with keys of any name is a `map<…>`")
        }
        Value::Mapping(entries)
            if let Some(inside) = entries.iter().find(|it| it.value.as_sequence().is_some()) =>
        {
            let key = shown(&inside.key.value);
            found.help(format!(
                "if the list stands at `{key}`, say so: `returns: {{ at: {key}, type: list<…> }}`"
            ))
        }
        _ => found,
    }
}

/// The member of an object in which that stands which was expected in its place, and what it is: an envelope.
pub(super) fn envelope<'n>(node: &'n Node, expected: &[&Field]) -> Option<(&'n str, bool)> {
    let entries = node.as_mapping()?;
    let holds = |value: &Node| {
        let all = |value: &Node| expected.iter().all(|field| value.get(&field.wire).is_some());
        match &value.value {
            Value::Mapping(_) => all(value).then_some(false),
            Value::Sequence(items) => (!items.is_empty() && items.iter().all(all)).then_some(true),
            _ => None,
        }
    };
    if expected.is_empty() {
        return None;
    }
    entries.iter().find_map(|entry| Some((entry.key.value.as_str(), holds(&entry.value)?)))
}

/// What is said of an envelope around a value: of one that the service sends, or of the words of an exchange.
pub(super) fn unwrapped(
    found: Diagnostic,
    node: &Node,
    expected: &[&Field],
    whole: bool,
    delivered: bool,
) -> Diagnostic {
    const OF_EXCHANGES: [&str; 5] = ["body", "content", "value", "json", "response"];
    let Some((key, several)) = envelope(node, expected) else { return found };
    let ty = if several { "list<…>" } else { "…" };
    if !whole {
        return found
            .help(format!("what was expected stands one level deeper, in `{}`", shown(key)));
    }
    let is_status = key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit());
    if !(OF_EXCHANGES.contains(&key) || key.contains('/') || is_status) {
        let key = shown(key);
        if delivered {
            return found
                .help(format!("if this is an envelope, say where an event is: `payload: {key}`"));
        }
        return found.help(format!("if this is an envelope, say where the value stands: `returns: {{ at: {key}, type: {ty} }}`"));
    }
    let help =
        "a body stands alone, `response: { id: … }`, and its `status` and `headers` beside it";
    let bare = node.as_mapping().and_then(|entries| {
        let others = entries.iter().filter(|entry| entry.key.value != key);
        let spare = |name: &str| matches!(name, "status" | "statusCode" | "code" | "headers");
        others
            .clone()
            .all(|entry| spare(&entry.key.value))
            .then(|| entries.iter().find(|entry| entry.key.value == key))?
    });
    let only = node.as_mapping().is_some_and(|entries| entries.len() == 1);
    match bare.filter(|_| only) {
        Some(body) => found.help(help).patch(node.span, crate::format::flow(&body.value)),
        None => found.help(help),
    }
}
