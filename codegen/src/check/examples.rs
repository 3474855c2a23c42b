//! Examples against their method.

mod parameters;

use std::borrow::Cow;

use super::alternatives;
use super::value::{Direction, Walk};
use crate::ast::{self, Example};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Body, Content, Expected, Holds, Media, Method, Scalar, Type, Value};
use crate::source::Span;
use crate::xml;
use crate::yaml::Node;

/// Checks every example of a method, which has errors of what is `shared` too.
pub(super) fn check(
    source: &ast::Method,
    method: &Method,
    shared: &[Span],
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    no_body(source, method, diagnostics);
    for example in &source.examples {
        let before = diagnostics.mark();
        parameters::check(example, source, method, api, diagnostics);
        request(example, method, api, diagnostics);
        let answer = diagnostics.mark();
        response(example, method, api, diagnostics);
        // Errors of its group and of all methods may be what came back.
        shared.iter().for_each(|place| diagnostics.rest_since(answer, *place));
        diagnostics.relate_since(before, example.name.span, "an example of this method");
    }
}

fn request(example: &Example, method: &Method, api: &Api, diagnostics: &mut Diagnostics) {
    if !matches!(method.body, Some(Body::Any { .. })) {
        alternatives::needless(example.request_as.as_ref(), "body", diagnostics);
    }
    let Some(node) = &example.request else {
        if let Some(Body::Any { alternatives: declared, .. }) = &method.body {
            let names: Vec<&str> = declared.iter().map(|one| one.ident.as_str()).collect();
            let words = ("body", "request");
            alternatives::not_shown(example.request_as.as_ref(), &names, words, diagnostics);
        }
        return;
    };
    match &method.body {
        Some(Body::Any { alternatives: declared, .. }) => {
            let found = alternatives::body(declared, example, api).map(|index| &declared[index]);
            let found =
                found.or_else(|| alternatives::no_body(declared, example, node, api, diagnostics));
            if let Some(one) = found {
                body(node, &one.body, example.raw.request, api, diagnostics);
            }
        }
        Some(one) => body(node, one, example.raw.request, api, diagnostics),
        None => {}
    }
}

/// Reports that examples of a method without a body have one, which is one matter however many there are.
fn no_body(source: &ast::Method, method: &Method, diagnostics: &mut Diagnostics) {
    let mut sent =
        source.examples.iter().filter_map(|example| Some(example.request.as_ref()?.span));
    let first = sent.next().filter(|_| method.body.is_none());
    diagnostics.extend(first.map(|first| {
        let text = format!("`{}` sends no body", method.full_name);
        let found = Diagnostic::error(&codes::EXAMPLE_MISMATCH, first, text)
            .label("the example sends this")
            .rests_on([source.name.span]);
        sent.fold(found, |found, other| found.related(other, "and this"))
    }));
}

/// Whether a body is one of an alternative. What is text or bytes is shown as a text.
pub(super) fn body_fits(node: &Node, declared: &Body, raw: bool, api: &Api) -> bool {
    let is_raw = matches!(declared.media(), Some(Media::Text(_) | Media::Bytes(_)));
    !body_attempt(node, declared, raw, api).has_errors() && (node.as_scalar().is_some() || !is_raw)
}

/// What is found of a body that is taken for one of an alternative.
pub(super) fn body_attempt(node: &Node, declared: &Body, raw: bool, api: &Api) -> Diagnostics {
    let mut attempt = Diagnostics::default();
    body(node, declared, raw, api, &mut attempt);
    attempt
}

/// A body that is a value or has members.
fn body(node: &Node, body: &Body, raw: bool, api: &Api, diagnostics: &mut Diagnostics) {
    let walk = |diagnostics| Walk::new(api, Direction::Request, diagnostics).raw(raw);
    match body {
        // Whoever sends bytes shows whatever can be shown of them.
        Body::Value { media: Media::Bytes(_), .. } | Body::Any { .. } => {}
        Body::Value { ty, media: Media::Xml, .. } => {
            in_xml(node, ty, Direction::Request, api, diagnostics);
        }
        Body::Value { ty, .. } => walk(diagnostics).value(node, ty),
        Body::Members { fields, constants, among, .. } => {
            let before = diagnostics.mark();
            let mut walk = walk(diagnostics);
            walk.members(node, fields, constants, false);
            walk.among(node, fields, among, before);
        }
    }
}

fn response(example: &Example, method: &Method, api: &Api, diagnostics: &mut Diagnostics) {
    // Without a status that can be read nobody knows what should come back.
    if example.status.as_ref().is_some_and(|status| status.value.is_none()) {
        return;
    }
    let status = example.status.as_ref().and_then(|status| status.value);
    let span = example.status.as_ref().map_or(example.name.span, |status| status.span);
    let inside = is_inside(method, example.response.as_ref());
    let declared = method.expected(status, inside);
    if !matches!(declared, Expected::Any(_) | Expected::Undeclared) {
        alternatives::needless(example.response_as.as_ref(), "answer", diagnostics);
    }
    if let (Expected::Any(kinds), None) = (&declared, &example.response) {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.ident.as_str()).collect();
        let words = ("answer", "response");
        alternatives::not_shown(example.response_as.as_ref(), &names, words, diagnostics);
    }
    match (alternatives::answer(declared, example, api), &example.response) {
        (Expected::Any(kinds), Some(node)) => {
            let meant = alternatives::no_answer(&kinds, example, node, api, diagnostics);
            if let Some(value) = meant.and_then(|kind| kind.value.as_ref()) {
                answer(node, value, example.raw.response, api, diagnostics);
            }
        }
        (Expected::Undeclared, _) => diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_STATUS,
                span,
                format!(
                    "`{}` declares no answer with the status {}",
                    method.full_name,
                    status.unwrap_or_default()
                ),
            )
            .help("add it to `returns` or `errors`"),
        ),
        (Expected::Value(value, _), Some(node)) => {
            answer(node, value, example.raw.response, api, diagnostics);
        }
        (Expected::Error(Holds::Xml(model), _), Some(node)) => {
            in_xml(node, &Type::Model(model), Direction::Answer, api, diagnostics);
        }
        (Expected::Error(Holds::Model(model), _), Some(node)) => {
            let mut walk = Walk::new(api, Direction::Answer, diagnostics).raw(example.raw.response);
            walk.value(node, &Type::Model(model));
        }
        (Expected::Error(Holds::Text, _), Some(node)) => {
            let before = diagnostics.mark();
            let mut walk = Walk::new(api, Direction::Answer, diagnostics);
            walk.value(node, &Type::Scalar(Scalar::String));
            let note = "this is the body of an error, which the method, its group or `defaults` declares as `text`";
            diagnostics.note_since(before, note);
        }
        (
            Expected::Value(..)
            | Expected::Any(_)
            | Expected::Error(Holds::Model(_) | Holds::Xml(_) | Holds::Text, _),
            None,
        ) => {
            let request =
                example.request.is_some() || !example.path.is_empty() || !example.query.is_empty();
            if !request && !example.unclear && example.response_as.is_none() {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::EXAMPLE_MISMATCH,
                        example.name.span,
                        "the example shows neither a request nor an answer",
                    )
                    .help("say what comes back: `response: { … }`"),
                );
            }
        }
        (Expected::Error(Holds::Nothing, _) | Expected::Nothing(_), _) => {}
    }
}

/// Whether a body is one of an alternative. What is text or bytes is shown as a text.
pub(super) fn answer_fits(node: &Node, value: &Value, raw: bool, api: &Api) -> bool {
    let is_raw = matches!(value.content, Content::Text(_) | Content::Bytes { .. });
    !answer_attempt(node, value, raw, api).has_errors() && (node.as_scalar().is_some() || !is_raw)
}

/// What is found of an answer that is taken for one of an alternative.
pub(super) fn answer_attempt(node: &Node, value: &Value, raw: bool, api: &Api) -> Diagnostics {
    let mut attempt = Diagnostics::default();
    answer(node, value, raw, api, &mut attempt);
    attempt
}

/// The body of a success, which may be wrapped.
fn answer(node: &Node, value: &Value, raw: bool, api: &Api, diagnostics: &mut Diagnostics) {
    // Whoever gets bytes shows whatever can be shown of them.
    if matches!(value.content, Content::Bytes { .. }) {
        return;
    }
    if value.content == Content::Xml {
        return in_xml(node, &value.ty, Direction::Answer, api, diagnostics);
    }
    let mut inner = node;
    let mut path = "$".to_owned();
    for key in &value.at {
        path.push('.');
        path.push_str(key);
        match inner.get(key) {
            Some(next) => inner = next,
            None => {
                diagnostics.push(missing_wrapper(inner.span, &path));
                return;
            }
        }
    }
    let list = Type::List(Box::new(value.ty.clone()));
    let several = value.first || matches!(value.content, Content::Events { .. } | Content::Lines);
    let ty = if several { &list } else { &value.ty };
    let mut walk = Walk::new(api, Direction::Answer, diagnostics).raw(raw).at(path);
    walk.value(inner, ty);
}

/// A body in XML, which may be shown as its text.
fn in_xml(node: &Node, ty: &Type, direction: Direction, api: &Api, diagnostics: &mut Diagnostics) {
    match xml::shown(api, ty, node) {
        Ok(Cow::Borrowed(node)) => Walk::new(api, direction, diagnostics).value(node, ty),
        Ok(Cow::Owned(read)) => {
            Walk::new(api, direction, diagnostics).of_xml().value(&read, ty);
        }
        Err(fault) => diagnostics.push(*fault),
    }
}

fn missing_wrapper(span: Span, path: &str) -> Diagnostic {
    Diagnostic::error(
        &codes::EXAMPLE_MISSING,
        span,
        format!("the example has nothing at `{path}`, which is what the method hands out"),
    )
    .help("show the whole body of the answer, as the service sends it")
}

/// Whether the body of a success says that it is none.
pub(crate) fn is_inside(method: &Method, response: Option<&Node>) -> bool {
    let Some(path) = &method.inside else { return false };
    if let Some(text) =
        response.filter(|node| method.outcome.is_xml() && node.as_scalar().is_some())
    {
        return xml::says(text, path);
    }
    let found = path.iter().try_fold(response, |node, name| Some(node?.get(name)));
    let scalar = found.flatten().and_then(|node| node.as_scalar());
    scalar.is_some_and(|scalar| !scalar.text.is_empty())
}
