//! `returns:`, what a successful call gives.

mod statuses;

use super::elsewhere::{self, Instead};
use super::reader::{self, Keys, shown};
use super::{alternatives, content, in_place, media, member, model, xml};
use crate::ast::{Answer, AnswerType, AnswerValue, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow_text;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};
use crate::{type_expr, type_slips};

/// What one answer is described by.
const ANSWER_KEYS: [&str; 9] =
    ["type", "any", "xml", "at", "first", "decode", "end", "named", "as"];

/// `returns:` as a type, a description, or a mapping by status.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Vec<Answer> {
    if let Some((found, mended)) = statuses::mended(node) {
        diagnostics.push(found);
        return read(&mended, diagnostics);
    }
    if let Some((found, ty)) = described(node) {
        diagnostics.push(found);
        return read(&content::node(&ty, node.span), diagnostics);
    }
    match &node.value {
        _ if let Some(found) = any_success(node).or_else(|| of_media(node)) => {
            diagnostics.push(found);
            vec![Answer { status: None, ty: AnswerType::Poisoned, name: None, span: node.span }]
        }
        _ if let Some(found) = media::as_keys("an answer", node) => {
            diagnostics.push(found);
            vec![Answer { status: None, ty: AnswerType::Poisoned, name: None, span: node.span }]
        }
        Value::Mapping(entries) if wrapper(entries).is_some() => {
            let (key, ty) = wrapper(entries).unwrap_or_default();
            let mended = format!("{{ at: {key}, type: {ty} }}");
            diagnostics.push(
                bad_status(&entries[0].key, "expected a number from 100 to 599")
                    .help(format!("what stands inside a wrapper is `{}`", shown(&mended)))
                    .patch(node.span, mended),
            );
            vec![Answer { status: None, ty: AnswerType::Poisoned, name: None, span: node.span }]
        }
        Value::Mapping(entries) if is_object(node, entries) => {
            diagnostics.push(in_place::error(node));
            vec![Answer { status: None, ty: AnswerType::Poisoned, name: None, span: node.span }]
        }
        Value::Mapping(entries) if by_status(entries) => entries
            .iter()
            .enumerate()
            .filter(|(index, _)| !member::is_rest_of_type(entries, *index))
            .filter_map(|(_, entry)| {
                let status = success_status(&entry.key, diagnostics)?;
                let help = format!("an answer without a body is `{}: nothing`", status.value);
                let node = reader::present_or(entry, &help, diagnostics)?;
                let (ty, name) = one(node, diagnostics);
                Some(Answer { status: Some(status), ty, name, span: node.span })
            })
            .collect(),
        _ => {
            let (ty, name) = one(node, diagnostics);
            vec![Answer { status: None, ty, name, span: node.span }]
        }
    }
}

/// `{ description: OK, content: … }`, `{ type: array, items: User }`: an answer as OpenAPI describes it.
fn described(node: &Node) -> Option<(Diagnostic, String)> {
    let entries = node.as_mapping()?;
    let words = ["content", "$ref", "items", "description", "schema"];
    let first = entries.iter().find(|entry| words.contains(&entry.key.value.as_str()))?;
    let ty = content::written(node)?;
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("an answer has no key `{}`", shown(&first.key.value)),
    )
    .label("as OpenAPI describes it")
    .help(format!("the type alone says it: `{}`", shown(&ty)));
    let last = entries.last().map_or(node.span, |last| last.key.span.to(last.value.span));
    Some((found.patch(node.span.to(last), ty.as_str()), ty))
}

/// `{ binary: application/pdf }`, where the type of media stands behind the type.
fn of_media(node: &Node) -> Option<Diagnostic> {
    let [only] = node.as_mapping()? else { return None };
    let media =
        only.value.as_scalar().filter(|it| it.text.contains('/') && !it.text.contains(','))?;
    let ty = match only.key.value.as_str() {
        "binary" | "file" | "bytes" => "binary",
        "text" => "text",
        _ => return None,
    };
    let meant = format!("{ty}({})", media.text);
    let message = format!("an answer has no key `{}`", only.key.value);
    let found = Diagnostic::error(&codes::UNKNOWN_KEY, only.key.span, message)
        .label("a type, and no key")
        .help(format!("write `returns: {}`", shown(&meant)));
    // On lines of its own a mapping begins with its first key.
    Some(found.patch(node.span.to(only.value.span), meant))
}

/// `{ default: User }` and `{ 2xx: User }`, what every success gives.
fn any_success(node: &Node) -> Option<Diagnostic> {
    let [only] = node.as_mapping()? else { return None };
    if !matches!(only.key.value.as_str(), "2xx" | "2XX" | "default") {
        return None;
    }
    let ty = only.value.as_scalar()?;
    let found = bad_status(&only.key, "expected a number from 100 to 599")
        .help(format!("any success is written without a status: `returns: {}`", shown(&ty.text)));
    // What stands on lines of its own has no braces, and begins with its key.
    Some(found.patch(node.span.to(only.value.span), flow_text(&ty.text)))
}

/// Whether the entries are answers by status, and not one answer.
fn by_status(entries: &[Entry]) -> bool {
    let described = |entry: &Entry| {
        let key = entry.key.value.as_str();
        ANSWER_KEYS.contains(&key)
            || nearest(key, ANSWER_KEYS).is_some()
            || elsewhere::instead("an answer", key, &ANSWER_KEYS).is_some()
    };
    entries.iter().any(|entry| is_status(&entry.key.value))
        || !entries.is_empty() && !entries.iter().any(described)
}

/// `{ data: User }`: a model inside a member.
fn wrapper(entries: &[Entry]) -> Option<(&str, &str)> {
    let [only] = entries else { return None };
    let (key, ty) = (only.key.value.as_str(), only.value.as_scalar()?.text.as_str());
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '<' | '>'));
    let model = ty.starts_with(|c: char| c.is_uppercase()) || ty.starts_with("list<");
    (by_status(entries)
        && model
        && plain(key)
        && plain(ty)
        && !is_status(key)
        && !is_success_word(key))
    .then_some((key, ty))
}

/// What elsewhere stands for a success, whatever its status.
fn is_success_word(key: &str) -> bool {
    matches!(key, "default" | "ok" | "OK" | "success" | "created" | "2xx" | "2XX")
}

/// Whether the entries seem to be members, of an object that has no name, and not answers by status.
fn is_object(node: &Node, entries: &[Entry]) -> bool {
    // `ok` may be a member as well, beside others.
    let words = entries.iter().all(|entry| is_success_word(&entry.key.value));
    by_status(entries)
        && in_place::object("an answer", node, &ANSWER_KEYS).is_some()
        && !words
        && !entries.iter().any(|entry| is_status(&entry.key.value))
}

fn is_status(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn one(node: &Node, diagnostics: &mut Diagnostics) -> (AnswerType, Option<Text>) {
    let is_nothing =
        |ty: &TypeExpr| matches!(&ty.kind, TypeKind::Name { name, .. } if name == "nothing");
    if !matches!(node.value, Value::Mapping(_)) {
        let Value::Scalar(scalar) = &node.value else {
            reader::wrong_type("returns", "a type or a mapping", node, diagnostics);
            return (AnswerType::Poisoned, None);
        };
        if let Some(found) = status_alone(node, &scalar.text) {
            diagnostics.push(found);
            return (AnswerType::Poisoned, None);
        }
        if let Some(found) = type_slips::description(&scalar.text, node.span) {
            let help = "name the model that is handed out; what it means is said in the `doc` of the method";
            diagnostics.push(if found.patch.is_some() { found } else { found.help(help) });
            return (AnswerType::Poisoned, None);
        }
        let text = Spanned::new(scalar.text.clone(), node.span);
        let (ty, name) = named_type(&text, diagnostics);
        let ty = match &ty.kind {
            TypeKind::Poisoned => AnswerType::Poisoned,
            _ if is_nothing(&ty) => AnswerType::Nothing,
            _ => AnswerType::Value(Box::new(AnswerValue::of(ty))),
        };
        return (ty, name);
    }
    if node.get("any").is_some() {
        return (alternatives::answers(node, diagnostics), None);
    }
    if let Some((found, ty)) = described(node) {
        diagnostics.push(found);
        return one(&content::node(&ty, node.span), diagnostics);
    }
    if let Some(found) = streamed(node) {
        diagnostics.push(found);
        return (AnswerType::Poisoned, None);
    }
    if let Some(found) = media::as_keys("an answer", node) {
        diagnostics.push(found);
        return (AnswerType::Poisoned, None);
    }
    if node.get("xml").is_some() {
        let Some((ty, name)) = xml::body(node, diagnostics) else {
            return (AnswerType::Poisoned, None);
        };
        let value = AnswerValue { xml: true, ..AnswerValue::of(ty) };
        return (AnswerType::Value(Box::new(value)), name);
    }
    let Some(mut keys) = Keys::open("an answer", node, diagnostics) else {
        return (AnswerType::Poisoned, None);
    };
    let ty = keys.node("type", diagnostics).map(|node| model::bare_type("type", node, diagnostics));
    let at = keys.way("at", diagnostics);
    let first = keys.flag("first", diagnostics);
    // What is handed out is an item, which seldom is a list itself.
    if let Some(TypeExpr { kind: TypeKind::Name { name, arguments }, span, .. }) = &ty
        && let ("list", [item]) = (name.as_str(), arguments.as_slice())
        && first
    {
        let item = type_expr::shown(item);
        diagnostics.push(
            Diagnostic::error(&codes::WRONG_KIND, *span, "`first` hands out an item, and no list")
                .label("expected what an item of the list is")
                .help(format!(
                    "did you mean `{}`? An item that is a list itself gets a name in `models`",
                    shown(&item)
                ))
                .patch(*span, item),
        );
        return (AnswerType::Poisoned, None);
    }
    let name = keys.text("as", diagnostics);
    let decode = keys.text("decode", diagnostics);
    if let Some(decode) = decode.as_ref().filter(|decode| decode.value != "gzip") {
        diagnostics.push(
            Diagnostic::error(
                &codes::WRONG_KIND,
                decode.span,
                format!("`decode` is `gzip`, found `{}`", shown(&decode.value)),
            )
            .help("what the transport compresses is decompressed without being asked for"),
        );
    }
    let end = keys.text("end", diagnostics);
    let named = keys.flag("named", diagnostics);
    if ty.is_none() && at.is_none() && keys.take_members() {
        diagnostics.push(in_place::error(node));
    } else if ty.is_none() && !["any", "xml"].iter().any(|key| keys.meant(key)) {
        let help = match keys.len() {
            0 => "what gives nothing is `returns: nothing`",
            _ => "say what is handed out: `type: Webhook`",
        };
        keys.missing("type", node.span, help);
    }
    keys.finish(diagnostics);
    let gzip = decode.map(|decode| decode.span);
    let ty = match ty {
        None => AnswerType::Poisoned,
        Some(ty) if matches!(ty.kind, TypeKind::Poisoned) => AnswerType::Poisoned,
        Some(ty) if is_nothing(&ty) => AnswerType::Nothing,
        Some(ty) => {
            AnswerType::Value(Box::new(AnswerValue { ty, at, first, gzip, end, named, xml: false }))
        }
    };
    (ty, name)
}

/// `{ stream: User }`, where the type says how its values follow each other.
fn streamed(node: &Node) -> Option<Diagnostic> {
    let [only] = node.as_mapping()? else { return None };
    let ty = only.value.as_scalar().map(|ty| ty.text.as_str())?;
    let is_model = ty.starts_with(|c: char| c.is_uppercase());
    (is_model && matches!(only.key.value.as_str(), "stream" | "streaming")).then(|| {
        let ty = shown(ty);
        Diagnostic::error(
            &codes::UNKNOWN_KEY,
            only.key.span,
            format!("an answer has no key `{}`", only.key.value),
        )
        .label("the type says what follows what")
        .help(format!(
            "values one after another are `returns: lines<{ty}>`, a JSON value on each line, or `returns: events<{ty}>`, \
             server-sent events"
        ))
    })
}

/// `204`, `201 User`: a status that stands before its answer, or alone.
fn status_alone(node: &Node, text: &str) -> Option<Diagnostic> {
    let (status, ty) = text.split_once([' ', ':']).unwrap_or((text, ""));
    let status = status.parse::<u16>().ok().filter(|status| (200..400).contains(status))?;
    let ty = ty.trim();
    // `200 OK`, as a line of HTTP begins.
    let reasons = ["OK", "Created", "Accepted", "Found", "No Content", "Not Modified"];
    let is_reason = reasons.iter().any(|reason| ty.eq_ignore_ascii_case(reason));
    let nothing = ty.is_empty() || is_reason || ty.chars().next().is_some_and(char::is_lowercase);
    let mended = format!("{{ {status}: {} }}", if nothing { "nothing" } else { ty });
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        node.span,
        format!("`{}` is a status, and no type", shown(text)),
    )
    .label("expected a type")
    .help(format!("the status comes first: `returns: {}`", shown(&mended)));
    Some(if ty.contains([',', '{']) { found } else { found.patch(node.span, mended) })
}

/// `TYPE as Name`
pub(super) fn named_type(text: &Text, diagnostics: &mut Diagnostics) -> (TypeExpr, Option<Text>) {
    let whole = text.value.as_str();
    let (head, name) = match whole.split_once(" as ") {
        Some((head, name)) => {
            let start = whole.len() - name.trim_start().len();
            let name = name.trim();
            let span = type_expr::part(text.span, whole, start, start + name.len());
            (head, Some(Spanned::new(name.to_owned(), span)))
        }
        None => (whole, None),
    };
    let span = type_expr::part(text.span, whole, 0, head.len());
    (type_expr::parse(head.trim_end(), span, diagnostics), name)
}

pub(super) fn exact_status(key: &Text) -> Option<u16> {
    key.value.parse().ok().filter(|status| (100..600).contains(status))
}

/// The status of a line of `returns:`
fn success_status(key: &Text, diagnostics: &mut Diagnostics) -> Option<Spanned<u16>> {
    if let Some(status) = exact_status(key) {
        return Some(Spanned::new(status, key.span));
    }
    let diagnostic = bad_status(key, "expected a number from 100 to 599");
    diagnostics.push(match key.value.as_str() {
        "2xx" | "2XX" | "default" => {
            diagnostic.help("any success is written without a status: `returns: User`")
        }
        key => match elsewhere::instead("an answer", key, &ANSWER_KEYS) {
            Some(Instead::Means(_, help) | Instead::Way(help)) => diagnostic.help(help),
            _ => diagnostic.help("a status is a number: `returns: { 200: User }`"),
        },
    });
    None
}

/// Reports that `key` is no status.
pub(super) fn bad_status(key: &Text, label: &str) -> Diagnostic {
    Diagnostic::error(
        &codes::STATUS_SYNTAX,
        key.span,
        format!("`{}` is not a status", shown(&key.value)),
    )
    .label(label)
}
