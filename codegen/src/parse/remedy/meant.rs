//! What is meant by values of the wrong kind, as text.

use super::Remedy;
use crate::foreign;
use crate::format::{flow, flow_text};
use crate::names::{self, Kind};
use crate::parse::{json_schema, route, shown};
use crate::vocabulary;
use crate::yaml::{Node, Value};

/// `[Email, Sms]` as variants, each with the name of its type.
pub(super) fn by_type(node: &Node) -> Option<String> {
    let types: Vec<String> =
        node.as_sequence()?.iter().map(json_schema::type_of).collect::<Option<_>>()?;
    let name = |ty: &String| names::rust_name(ty, Kind::Variant);
    let variants: Vec<String> =
        types.iter().map(|ty| Some(format!("{}: {ty}", name(ty)?))).collect::<Option<_>>()?;
    (variants.len() > 1).then(|| format!("{{ {} }}", variants.join(", ")))
}

/// `[x, y]`, `[x: string]` and `[{ name: x, type: string }]`, as members.
pub(super) fn members(node: &Node) -> Option<String> {
    let one = |item: &Node| -> Option<String> {
        let text = |key: &str| Some(item.get(key)?.as_scalar()?.text.as_str());
        if let Some(base) = item.as_scalar().and_then(|text| text.text.strip_prefix("...")) {
            return Some(format!("...: {}", base.trim_start_matches(':').trim()));
        }
        if let Some(name) = item.as_scalar().filter(|name| is_word(&name.text)) {
            return Some(format!("{}: string", name.text));
        }
        // `name string`
        if let Some((name, ty)) = item.as_scalar().and_then(|text| text.text.split_once(' ')) {
            let meant = foreign::member(ty).filter(|meant| foreign::is_type(&meant.ty))?;
            return is_word(name.trim_end_matches('?'))
                .then(|| format!("{name}: {}", meant.written));
        }
        // A member that is called `name`, by its type.
        let alone = item.as_mapping().is_some_and(|entries| entries.len() == 1);
        if let Some(name) = text("name").filter(|ty| {
            !alone || foreign::ty(ty).is_none_or(|ty| vocabulary::scalar(&ty).is_none())
        }) {
            let missing =
                matches!(text("required"), Some("false")) || text("optional") == Some("true");
            let ty = match item.get("schema").or(item.get("type")) {
                Some(ty) => json_schema::type_of(ty)?,
                None => "string".to_owned(),
            };
            let mark = if missing { "?" } else { "" };
            return Some(format!("{}{mark}: {}", flow_text(name), flow_text(&ty)));
        }
        match item.as_mapping()? {
            [only] => Some(format!("{}: {}", flow_text(&only.key.value), flow(&only.value))),
            _ => None,
        }
    };
    let all: Option<Vec<String>> = node.as_sequence()?.iter().map(one).collect();
    all.filter(|all| !all.is_empty()).map(|all| format!("{{ {} }}", all.join(", ")))
}

/// `[{ Order: { … } }]` and `[{ name: Order, … }]`: models in a list, if they are few and on one line.
pub(super) fn models(node: &Node) -> Option<String> {
    const LONGEST: usize = 300;
    let one = |item: &Node| -> Option<String> {
        let entries = item.as_mapping()?;
        let entry = |(name, value): (&str, String)| format!("{name}: {value}");
        if let [only] = entries {
            return Some(entry((&only.key.value, flow(&only.value))));
        }
        let name = item.get("name")?.as_scalar()?.text.as_str();
        let others = entries.iter().filter(|entry| entry.key.value != "name");
        let others: Vec<String> =
            others.map(|it| format!("{}: {}", it.key.value, flow(&it.value))).collect();
        Some(entry((name, format!("{{ {} }}", others.join(", ")))))
    };
    let all: Vec<String> = node.as_sequence()?.iter().map(one).collect::<Option<_>>()?;
    let whole = format!("{{ {} }}", all.join(", "));
    (!all.is_empty() && whole.len() <= LONGEST).then_some(whole)
}

/// `Problem`, `[Problem]` and `[404, 409]`, as errors.
pub(super) fn errors_meant(node: &Node) -> Option<String> {
    let is_name = |text: &str| text.starts_with(char::is_uppercase) && is_word(text);
    if let Some(name) = node.as_scalar().filter(|name| is_name(&name.text)) {
        return Some(format!("{{ default: {} }}", name.text));
    }
    let items = node.as_sequence()?.iter().map(|item| Some(item.as_scalar()?.text.as_str()));
    let items: Vec<&str> = items.collect::<Option<_>>()?;
    match items.as_slice() {
        [name] if is_name(name) => Some(format!("{{ default: {name} }}")),
        all if !all.is_empty() && all.iter().all(|it| it.parse::<u16>().is_ok()) => {
            let each: Vec<String> = all.iter().map(|status| format!("{status}: nothing")).collect();
            Some(format!("{{ {} }}", each.join(", ")))
        }
        _ => None,
    }
}

/// The words of a list of words.
pub(super) fn words(node: &Node) -> Option<Vec<&str>> {
    let items = node.as_sequence()?.iter();
    let names =
        items.map(|item| Some(item.as_scalar()?.text.as_str()).filter(|name| is_word(name)));
    names.collect::<Option<Vec<_>>>().filter(|names| !names.is_empty())
}

/// `GET /users -> User`
pub(super) fn method_on_a_line(text: &str) -> Option<Remedy> {
    let (verb, _) = text.split_once(' ')?;
    if !route::VERBS.contains(&verb.to_ascii_uppercase().as_str()) {
        return None;
    }
    let quoted = |route: &str| {
        if route.contains(['{', ',']) { format!("\"{route}\"") } else { route.to_owned() }
    };
    let Some((route, answer)) = route::answer(text) else {
        let help = format!("say what it gives, too: `{{ http: {}, returns: User }}`", quoted(text));
        return Some(Remedy { help, patch: None });
    };
    let patch = format!("{{ http: {}, returns: {} }}", quoted(route), quoted(answer));
    Some(Remedy { help: format!("write `{}`", shown(&patch)), patch: Some(patch) })
}

/// The statuses of failures of which a list is made, with commas between them.
pub(super) fn statuses(node: &Node) -> Option<String> {
    let status = |item: &Node| {
        let text = item.as_scalar()?.text.clone();
        text.parse::<u16>().is_ok_and(|status| (400..600).contains(&status)).then_some(text)
    };
    let all: Option<Vec<String>> = node.as_sequence()?.iter().map(status).collect();
    all.filter(|all| !all.is_empty()).map(|all| all.join(", "))
}

/// The one address of a list.
pub(super) fn only_address(node: &Node) -> Option<&str> {
    let [only] = node.as_sequence()? else { return None };
    let url = only.as_scalar().or_else(|| only.get("url")?.as_scalar())?;
    let plain = only.as_mapping().is_none_or(|entries| entries.len() == 1);
    Some(url.text.as_str()).filter(|url| plain && is_address(url))
}

/// `[GET, /users]` and `{ method: GET, path: /users }`
pub(super) fn route_in_parts(node: &Node) -> Option<String> {
    let text = |node: &Node| Some(node.as_scalar()?.text.clone());
    let (verb, path) = match &node.value {
        Value::Sequence(items) => match items.as_slice() {
            [verb, path] => (text(verb)?, text(path)?),
            _ => return None,
        },
        // `{ GET: /users }`
        Value::Mapping(entries) if entries.len() == 1 => {
            (entries[0].key.value.clone(), text(&entries[0].value)?)
        }
        _ => (
            text(node.get("method").or_else(|| node.get("verb"))?)?,
            text(node.get("path").or_else(|| node.get("url"))?)?,
        ),
    };
    let fits = verb.chars().all(|c| c.is_ascii_alphabetic()) && path.starts_with('/');
    (fits && !path.contains('"')).then(|| format!("{} {path}", verb.to_ascii_uppercase()))
}

/// Whether a text can stand in `{ }` as it is.
pub(super) fn is_word(text: &str) -> bool {
    let letters = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    !matches!(text, "" | "true" | "false" | "yes" | "no") && letters(text)
}

/// Whether a word is more likely the name of a header than that of a member.
pub(super) fn is_header(word: &str) -> bool {
    is_word(word) && word.contains('-')
}

pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Quotes are needed around braces inside braces.
pub(super) fn quoted_braces(text: &str) -> String {
    if text.contains(['{', '}', ',', '[', ']']) { format!("\"{text}\"") } else { text.to_owned() }
}
