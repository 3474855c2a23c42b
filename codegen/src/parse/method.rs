//! Entries of `methods:`

use super::elsewhere::Instead;
use super::reader::{self, Keys, shown};
use super::{
    alternatives, among, auth, elsewhere, errors, example, in_place, media, member, model, page,
    provider, retry, timeout, xml,
};
use crate::ast::{
    Answer, AnswerType, AnswerValue, Body, BodyForm, FieldItem, Method, Text, TypeExpr, TypeKind,
};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Spanned;
use crate::type_expr;
use crate::yaml::{Entry, Node, Value};

const EFFECTS: [&str; 3] = ["read", "idempotent", "write"];

/// What one answer is described by.
const ANSWER_KEYS: [&str; 9] =
    ["type", "any", "xml", "at", "first", "decode", "end", "named", "as"];

/// Reads one method.
pub(super) fn read(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Method> {
    let node = reader::present(entry, diagnostics)?;
    if let Some(found) = nested(entry) {
        diagnostics.push(found);
        return None;
    }
    let mut keys = Keys::open("a method", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let route = keys.text("http", diagnostics);
    let mut split = None;
    if route.is_none() && !super::route::verb_as_key(&mut keys, diagnostics) {
        split = super::route::in_two_keys(&mut keys, diagnostics);
        if split.is_none() {
            let help = "say verb and path: `http: GET /v3/webhooks`";
            keys.missing("http", entry.key.span, help);
        }
    }
    let mut returns = Vec::new();
    let mut failures = Vec::new();
    let help = "what gives nothing is `returns: nothing`";
    match keys.entry("returns").map(|entry| reader::present_or(entry, help, diagnostics)) {
        Some(Some(node)) => {
            returns = answers(node, diagnostics);
            failures = errors::among_answers(&mut returns, diagnostics);
        }
        Some(None) => {}
        None => keys.missing(
            "returns",
            entry.key.span,
            "say what a success gives, `returns: nothing` if the body does not matter",
        ),
    }
    let (examples, example_files) =
        example::read(keys.entries("examples", diagnostics), diagnostics);
    let mut method = Method {
        name: entry.key.clone(),
        doc: keys.doc("doc", diagnostics),
        route: route.and_then(|text| super::route::read(&text, diagnostics)),
        // What stands there is no parameters.
        path: match split {
            Some("path") => Vec::new(),
            _ => parameters(&mut keys, "path", diagnostics),
        },
        query: parameters(&mut keys, "query", diagnostics),
        headers: parameters(&mut keys, "headers", diagnostics),
        cookies: parameters(&mut keys, "cookies", diagnostics),
        among: among::read(&mut keys, diagnostics),
        body: body(&mut keys, diagnostics),
        paginate: page::paginate(&mut keys, diagnostics),
        returns,
        errors: errors::read(keys.entries("errors", diagnostics), diagnostics),
        auth: auth::reference(&mut keys, diagnostics),
        scopes: auth::scopes(&mut keys, diagnostics),
        server: keys.text("server", diagnostics),
        effect: effect(&mut keys, diagnostics),
        resending: retry::resending(&mut keys, diagnostics),
        timeouts: timeout::of_calls(&mut keys, diagnostics),
        deprecated: keys.sentence("deprecated", "Use books.find.", diagnostics),
        origin: provider::origin(&mut keys, "sdk", diagnostics),
        examples,
        example_files,
        span: entry.key.span.to(entry.value.span),
    };
    keys.finish(diagnostics);
    for failure in failures {
        if !method.errors.iter().any(|known| known.status.value == failure.status.value) {
            method.errors.push(failure);
        }
    }
    Some(method)
}

/// A group of which the methods stand inside.
fn nested(entry: &Entry) -> Option<Diagnostic> {
    let inner = entry.value.as_mapping().filter(|_| !entry.key.value.contains('.'))?;
    let (group, first) = (shown(&entry.key.value), inner.first()?);
    let method = |inner: &Entry| {
        let keys = inner.value.as_mapping().unwrap_or_default();
        keys.iter().any(|key| matches!(key.key.value.as_str(), "http" | "returns"))
    };
    inner.iter().all(method).then(|| {
        Diagnostic::error(
            &codes::METHOD_NAME,
            entry.key.span,
            format!("the methods of `{group}` stand inside of it"),
        )
        .label("methods are not nested")
        .related(
            first.key.span,
            format!("this one is called `{group}.{}`", shown(&first.key.value)),
        )
        .help("the key of a method is its whole name, on the level of `methods`")
    })
}

/// The parameters of a place.
fn parameters(
    keys: &mut Keys<'_>,
    place: &'static str,
    diagnostics: &mut Diagnostics,
) -> Vec<FieldItem> {
    let items = member::items(keys.entries(place, diagnostics), diagnostics);
    xml::refuse(xml::own(&items), "a parameter", diagnostics);
    items
}

/// `effect:`, one of three words.
fn effect(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Text> {
    let effect = keys.text("effect", diagnostics)?;
    if EFFECTS.contains(&effect.value.as_str()) {
        return Some(effect);
    }
    let diagnostic = Diagnostic::error(
        &codes::WRONG_KIND,
        effect.span,
        format!("`effect` is `read`, `idempotent` or `write`, found `{}`", shown(&effect.value)),
    );
    diagnostics.push(match nearest(&effect.value, EFFECTS) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("it says what may be sent again; the verb decides unless stated"),
    });
    None
}

fn body(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Body> {
    let required = keys.node("body", diagnostics);
    let optional = keys.node("body?", diagnostics);
    let node = required.or(optional)?;
    if let (Some(first), Some(second)) = (required, optional) {
        diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                second.span,
                "the body is both `body` and `body?`",
            )
            .related(first.span, "always sent, because of this")
            .help("write `body?` if it can be left out, `body` if not"),
        );
    }
    one_body(node, required.is_none(), diagnostics)
}

/// What stands behind `body`, `body?` or the name of an alternative.
pub(super) fn one_body(node: &Node, optional: bool, diagnostics: &mut Diagnostics) -> Option<Body> {
    if node.get("any").is_some() {
        return alternatives::bodies(node, optional, diagnostics);
    }
    if let Some(found) = media::as_keys("a body", node) {
        diagnostics.push(found);
        let ty = TypeExpr::poisoned(node.span);
        return Some(Body::Type { ty, optional, form: BodyForm::Json });
    }
    match &node.value {
        Value::Mapping(_) => {
            let mut keys = Keys::open("a body", node, diagnostics)?;
            let forms = [
                ("fields", BodyForm::Json),
                ("form", BodyForm::Form),
                ("multipart", BodyForm::Multipart),
                ("xml", BodyForm::Xml),
            ];
            let mut found = Vec::new();
            for (key, form) in forms {
                found.extend(keys.node(key, diagnostics).map(|inner| (key, form, inner)));
            }
            let mut found = found.into_iter();
            let (key, form, inner) = match (found.next(), found.next()) {
                (Some((key, form, inner)), None) => (key, form, Some(inner)),
                (Some((key, form, inner)), Some((other, _, second))) => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::AMBIGUOUS_ITEM,
                            second.span,
                            format!("the body is both `{key}` and `{other}`"),
                        )
                        .related(inner.span, format!("what `{key}` says")),
                    );
                    (key, form, Some(inner))
                }
                (None, _) if keys.take_members() => {
                    diagnostics.push(body_in_place(node));
                    let ty = TypeExpr::poisoned(node.span);
                    return Some(Body::Type { ty, optional: false, form: BodyForm::Json });
                }
                (None, _) => ("fields", BodyForm::Json, None),
            };
            // The element around the members of XML has a name, so that they are a model.
            let is_type = |inner: &&Node| form == BodyForm::Xml || inner.as_scalar().is_some();
            if matches!(form, BodyForm::Form | BodyForm::Xml)
                && let Some(ty) = inner.filter(is_type)
            {
                let ty = model::bare_type(key, ty, diagnostics);
                keys.finish(diagnostics);
                return Some(Body::Type { ty, optional, form });
            }
            let entries = inner.and_then(|inner| reader::mapping(key, inner, diagnostics));
            let items = member::items(entries.unwrap_or_default(), diagnostics);
            xml::refuse(xml::own(&items), "this body", diagnostics);
            let among = among::read(&mut keys, diagnostics);
            // What is empty because it could not be read is reported already.
            let empty = match inner {
                Some(inner) => inner.as_mapping().is_some_and(<[Entry]>::is_empty),
                None => !keys.rest(),
            };
            keys.finish(diagnostics);
            if optional && entries.is_some() {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_BODY,
                        node.span,
                        "a body of members cannot be left out as a whole",
                    )
                    .help("write `body`, and make its members optional"),
                );
            }
            if items.is_empty() && !empty {
                let ty = TypeExpr::poisoned(node.span);
                return Some(Body::Type { ty, optional: false, form });
            }
            Some(Body::Members { items, among, span: node.span, form })
        }
        _ => Some(Body::Type {
            ty: model::bare_type("body", node, diagnostics),
            optional,
            form: BodyForm::Json,
        }),
    }
}

/// Members of a body that stand one level too high.
fn body_in_place(node: &Node) -> Diagnostic {
    let mut members = node.as_mapping().into_iter().flatten();
    let file = |entry: &Entry| entry.value.as_scalar().is_some_and(|it| it.text.contains("file"));
    let help = if members.any(file) {
        "put them one level deeper; files are parts: `body: { multipart: { … } }`"
    } else {
        "put them one level deeper: `body: { fields: { … } }`; what is sent as a form is `body: { form: { … } }`"
    };
    Diagnostic::error(
        &codes::MISSING_KEY,
        node.span,
        "the members of the body stand in no `fields`",
    )
    .label("`fields` is missing")
    .help(help)
}

/// `returns:` as a type, a description, or a mapping by status.
fn answers(node: &Node, diagnostics: &mut Diagnostics) -> Vec<Answer> {
    match &node.value {
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
                let (ty, name) = answer_type(node, diagnostics);
                Some(Answer { status: Some(status), ty, name, span: node.span })
            })
            .collect(),
        _ => {
            let (ty, name) = answer_type(node, diagnostics);
            vec![Answer { status: None, ty, name, span: node.span }]
        }
    }
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
    let status = |entry: &Entry| is_status(&entry.key.value) || is_success_word(&entry.key.value);
    by_status(entries)
        && in_place::object("an answer", node, &ANSWER_KEYS).is_some()
        && !entries.iter().any(status)
}

fn is_status(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn answer_type(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> (AnswerType, Option<Text>) {
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
        let text = Spanned::new(scalar.text.clone(), node.span);
        let (ty, name) = named_type(&text, diagnostics);
        let ty = match &ty.kind {
            TypeKind::Poisoned => AnswerType::Poisoned,
            _ if is_nothing(&ty) => AnswerType::Nothing,
            _ => AnswerType::Value(Box::new(AnswerValue {
                ty,
                at: None,
                first: false,
                gzip: None,
                end: None,
                named: false,
                xml: false,
            })),
        };
        return (ty, name);
    }
    if node.get("any").is_some() {
        return (alternatives::answers(node, diagnostics), None);
    }
    if let Some(found) = media::as_keys("an answer", node) {
        diagnostics.push(found);
        return (AnswerType::Poisoned, None);
    }
    if node.get("xml").is_some() {
        let Some((ty, name)) = xml::body(node, diagnostics) else {
            return (AnswerType::Poisoned, None);
        };
        let value = AnswerValue {
            ty,
            at: None,
            first: false,
            gzip: None,
            end: None,
            named: false,
            xml: true,
        };
        return (AnswerType::Value(Box::new(value)), name);
    }
    let Some(mut keys) = Keys::open("an answer", node, diagnostics) else {
        return (AnswerType::Poisoned, None);
    };
    let ty = keys.node("type", diagnostics).map(|node| model::bare_type("type", node, diagnostics));
    let at = keys.way("at", diagnostics);
    let first = keys.flag("first", diagnostics);
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
        keys.missing("type", node.span, "say what is handed out: `type: Webhook`");
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

/// `204`, `201 User`: a status that stands before its answer, or alone.
fn status_alone(node: &Node, text: &str) -> Option<Diagnostic> {
    let (status, ty) = text.split_once([' ', ':']).unwrap_or((text, ""));
    let status = status.parse::<u16>().ok().filter(|status| (200..400).contains(status))?;
    let ty = ty.trim();
    let nothing = ty.is_empty() || ty.chars().next().is_some_and(char::is_lowercase);
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
