//! Entries of `methods:`

use super::reader::{self, Keys};
use super::{example, member, model, provider};
use crate::ast::{
    Answer, AnswerType, Body, ErrorEntry, Method, Route, StatusPattern, Text, TypeExpr, TypeKind,
};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Spanned;
use crate::type_expr;
use crate::yaml::{Entry, Node, Value};

const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Reads one method.
pub(super) fn read(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Method> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a method", node, diagnostics)?;
    let route = keys.text("http", diagnostics);
    if route.is_none() {
        keys.missing(
            "http",
            entry.key.span,
            "say verb and path: `http: GET /v3/webhooks`",
            diagnostics,
        );
    }
    let mut returns = Vec::new();
    match keys.node("returns", diagnostics) {
        Some(node) => returns = answers(node, diagnostics),
        None => keys.missing(
            "returns",
            entry.key.span,
            "say what a success gives, `returns: nothing` if the body does not matter",
            diagnostics,
        ),
    }
    let method = Method {
        name: entry.key.clone(),
        doc: keys.doc("doc", diagnostics),
        route: route.and_then(|text| self::route(&text, diagnostics)),
        path: member::items(keys.entries("path", diagnostics), diagnostics),
        query: member::items(keys.entries("query", diagnostics), diagnostics),
        headers: member::items(keys.entries("headers", diagnostics), diagnostics),
        body: body(&mut keys, diagnostics),
        returns,
        errors: errors(keys.entries("errors", diagnostics), diagnostics),
        auth: provider::auth_ref(&mut keys, diagnostics),
        server: keys.text("server", diagnostics),
        effect: keys.text("effect", diagnostics),
        deprecated: keys.text("deprecated", diagnostics),
        origin: provider::origin(&mut keys, "sdk", diagnostics),
        examples: example::read(keys.entries("examples", diagnostics), diagnostics),
        span: entry.key.span.to(entry.value.span),
    };
    keys.finish(diagnostics);
    Some(method)
}

/// `GET /v3/webhooks/{webhook-id}`
fn route(text: &Text, diagnostics: &mut Diagnostics) -> Option<Route> {
    let mut error = |message: String, help: String| {
        diagnostics
            .push(Diagnostic::error(&codes::ROUTE_SYNTAX, text.span, message).help(help));
    };
    let Some((verb, path)) = text.value.split_once(' ') else {
        error(
            "a route is a verb and a path".to_owned(),
            "as the documentation prints it: `GET /v3/webhooks/{webhook-id}`".to_owned(),
        );
        return None;
    };
    let path = path.trim();
    if !VERBS.contains(&verb) {
        let help = match nearest(verb, VERBS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known verbs are {}", super::quoted_list(&VERBS)),
        };
        error(format!("`{verb}` is not a verb"), help);
        return None;
    }
    if !path.starts_with('/') {
        error(
            format!("the path `{path}` does not begin with `/`"),
            "paths are relative to the server; the host belongs to `servers`".to_owned(),
        );
        return None;
    }
    if let Some(bad) = path.chars().find(|&c| !is_path_character(c)) {
        error(
            format!("the path holds {bad:?}"),
            match bad {
                '?' => "query parameters belong to `query`".to_owned(),
                '#' => "a fragment is never sent".to_owned(),
                _ => "write it percent-encoded".to_owned(),
            },
        );
        return None;
    }
    let placeholders = match placeholders(path, text) {
        Ok(placeholders) => placeholders,
        Err(message) => {
            error(message, "a placeholder is `{name}`".to_owned());
            return None;
        }
    };
    if path.split('/').any(|segment| segment == "." || segment == "..") {
        error("the path climbs".to_owned(), "write the path without `.` and `..`".to_owned());
        return None;
    }
    Some(Route {
        verb: Spanned::new(verb.to_owned(), text.span),
        path: Spanned::new(path.to_owned(), text.span),
        placeholders,
    })
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(c)
}

/// The placeholders of a path, in order.
fn placeholders(path: &str, text: &Text) -> Result<Vec<Text>, String> {
    let mut found: Vec<Text> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let after = &rest[open + 1..];
        let close = after.find(['{', '}']).filter(|&at| after[at..].starts_with('}'));
        let (true, Some(close)) = (rest[open..].starts_with('{'), close) else {
            return Err("a brace of the path has no partner".to_owned());
        };
        let name = &after[..close];
        if name.is_empty() {
            return Err("a placeholder of the path has no name".to_owned());
        }
        if found.iter().any(|other| other.value == name) {
            return Err(format!("the placeholder `{{{name}}}` stands twice in the path"));
        }
        found.push(Spanned::new(name.to_owned(), text.span));
        rest = &after[close + 1..];
    }
    Ok(found)
}

fn body(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Body> {
    let required = keys.node("body", diagnostics);
    let optional = keys.node("body?", diagnostics);
    let node = required.or(optional)?;
    match &node.value {
        Value::Mapping(_) => {
            let mut keys = Keys::open("a body", node, diagnostics)?;
            let items = member::items(keys.entries("fields", diagnostics), diagnostics);
            keys.finish(diagnostics);
            Some(Body::Members { items, span: node.span })
        }
        _ => Some(Body::Type {
            ty: model::bare_type(node, diagnostics),
            optional: optional.is_some(),
        }),
    }
}

/// `returns:` as a type, a description, or a mapping by status.
fn answers(node: &Node, diagnostics: &mut Diagnostics) -> Vec<Answer> {
    match &node.value {
        Value::Mapping(entries) if entries.iter().any(|entry| is_status(&entry.key.value)) => {
            entries
                .iter()
                .filter_map(|entry| {
                    let status = exact_status(&entry.key, diagnostics)?;
                    let node = reader::present(entry, diagnostics)?;
                    let ty = answer_type(node, diagnostics);
                    Some(Answer { status: Some(status), ty, span: node.span })
                })
                .collect()
        }
        _ => vec![Answer {
            status: None,
            ty: answer_type(node, diagnostics),
            span: node.span,
        }],
    }
}

fn is_status(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn answer_type(node: &Node, diagnostics: &mut Diagnostics) -> AnswerType {
    let value = |ty: TypeExpr, at, first| match &ty.kind {
        TypeKind::Poisoned => AnswerType::Poisoned,
        TypeKind::Name { name, .. } if name == "nothing" => AnswerType::Nothing,
        _ => AnswerType::Value { ty, at, first },
    };
    if !matches!(node.value, Value::Mapping(_)) {
        return value(model::bare_type(node, diagnostics), None, false);
    }
    let Some(mut keys) = Keys::open("an answer", node, diagnostics) else {
        return AnswerType::Poisoned;
    };
    let ty = keys.node("type", diagnostics).map(|node| model::bare_type(node, diagnostics));
    let at = keys.text("at", diagnostics);
    let first = keys.flag("first", diagnostics);
    if ty.is_none() {
        keys.missing("type", node.span, "say what is handed out: `type: Webhook`", diagnostics);
    }
    keys.finish(diagnostics);
    ty.map_or(AnswerType::Poisoned, |ty| value(ty, at, first))
}

fn exact_status(key: &Text, diagnostics: &mut Diagnostics) -> Option<Spanned<u16>> {
    let status = key.value.parse().ok().filter(|status| (100..600).contains(status));
    if status.is_none() {
        diagnostics.push(
            Diagnostic::error(
                &codes::STATUS_SYNTAX,
                key.span,
                format!("`{}` is not a status", key.value),
            )
            .label("expected a number from 100 to 599"),
        );
    }
    status.map(|status| Spanned::new(status, key.span))
}

/// The entries of `errors:`
pub(super) fn errors(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<ErrorEntry> {
    entries.iter().filter_map(|entry| error_entry(entry, diagnostics)).collect()
}

fn error_entry(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<ErrorEntry> {
    let status = match entry.key.value.as_str() {
        "default" => StatusPattern::Default,
        "4xx" | "4XX" => StatusPattern::Range(4),
        "5xx" | "5XX" => StatusPattern::Range(5),
        _ if is_status(&entry.key.value) => {
            StatusPattern::Exactly(exact_status(&entry.key, diagnostics)?.value)
        }
        other => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::STATUS_SYNTAX,
                    entry.key.span,
                    format!("`{other}` is not a status"),
                )
                .label("expected a status, `4xx`, `5xx` or `default`"),
            );
            return None;
        }
    };
    let node = reader::present(entry, diagnostics)?;
    let text = reader::text("errors", node, diagnostics)?;
    let (ty, name) = match text.value.split_once(" as ") {
        Some((ty, name)) => (ty, Some(Spanned::new(name.trim().to_owned(), text.span))),
        None => (text.value.as_str(), None),
    };
    let ty = type_expr::parse(ty.trim_end(), text.span, diagnostics);
    let nothing = matches!(&ty.kind, TypeKind::Name { name, .. } if name == "nothing");
    Some(ErrorEntry {
        status: Spanned::new(status, entry.key.span),
        ty: (!nothing).then_some(ty),
        name,
    })
}
