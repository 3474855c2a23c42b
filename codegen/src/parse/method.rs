//! Entries of `methods:`

use super::member::Of;
use super::reader::{self, Keys, shown};
use super::{
    alternatives, among, answers, auth, body_slips, content, errors, example, file_slips, media,
    member, model, page, provider, retry, timeout, xml,
};
use crate::ast::{Body, BodyForm, FieldItem, Method, Server, Text, TypeExpr};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow_text;
use crate::vocabulary;
use crate::yaml::{Entry, Node, Value};
use std::borrow::Cow;

const EFFECTS: [&str; 3] = ["read", "idempotent", "write"];

/// Reads one method.
pub(super) fn read(
    entry: &Entry,
    servers: &[Server],
    diagnostics: &mut Diagnostics,
) -> Option<Method> {
    let node = reader::present(entry, diagnostics)?;
    if let Some(found) = nested(entry) {
        diagnostics.push(found);
        return None;
    }
    let mut keys = Keys::open("a method", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let mut split = match keys.peek("http").and_then(|http| http.value.as_scalar()) {
        Some(http) if !http.text.trim().contains(' ') => {
            super::route::in_two_keys(&mut keys, diagnostics)
        }
        _ => None,
    };
    let mut route = match split {
        Some(_) => {
            keys.entry("http");
            None
        }
        None => keys.text("http", diagnostics),
    };
    if split.is_none() && route.is_none() && !keys.has("http") {
        route = super::route::under_another_key(&mut keys, diagnostics);
    }
    if split.is_none() && route.is_none() && !super::route::verb_as_key(&mut keys, diagnostics) {
        split = super::route::in_two_keys(&mut keys, diagnostics);
        if split.is_none() && super::route::path_alone(&mut keys, diagnostics) {
            split = Some("path");
        }
        if split.is_none() && !entry.key.value.starts_with('/') {
            let help = "say verb and path: `http: GET /v3/webhooks`";
            keys.missing("http", entry.key.span, help);
        }
    }
    let mut returns = Vec::new();
    let mut failures = Vec::new();
    let help = "what gives nothing is `returns: nothing`";
    match keys.entry("returns").map(|entry| reader::present_or(entry, help, diagnostics)) {
        Some(Some(node)) => {
            returns = answers::read(node, diagnostics);
            failures = errors::among_answers(&mut returns, diagnostics);
        }
        Some(None) => {}
        // What stands behind the route is told there.
        None if route.as_ref().is_some_and(|it| super::route::answer(&it.value).is_some()) => {}
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
        route: route.and_then(|text| {
            let declared = keys.peek("path").map(|entry| &entry.value);
            super::route::read(&text, servers, declared, diagnostics)
        }),
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
        server_unclear: false,
        path_unclear: false,
        effect: effect(&mut keys, diagnostics),
        resending: retry::resending(&mut keys, diagnostics),
        timeouts: timeout::of_calls(&mut keys, diagnostics),
        deprecated: keys.sentence("deprecated", "Use books.find.", diagnostics),
        origin: provider::origin(&mut keys, "sdk", diagnostics),
        examples,
        example_files,
        span: entry.key.span.to(entry.value.span),
    };
    method.path_unclear = method.path.is_empty() && (keys.meant("path") || keys.has_strange());
    method.server_unclear = method.server.is_none() && (keys.meant("server") || keys.has_strange());
    diagnostics.extend(by_status(&mut keys));
    keys.finish(diagnostics);
    for failure in failures {
        if !method.errors.iter().any(|known| known.status.value == failure.status.value) {
            method.errors.push(failure);
        }
    }
    Some(method)
}

/// `404: Problem`, on the level of the method.
fn by_status(keys: &mut Keys<'_>) -> Option<Diagnostic> {
    let is_status = |key: &str| key.len() == 3 && key.parse::<u16>().is_ok();
    let entry = keys.take_first(is_status)?;
    let key = if entry.key.value.starts_with(['2', '3']) { "returns" } else { "errors" };
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        entry.key.span,
        format!("a method has no key `{}`", shown(&entry.key.value)),
    )
    .label("a status");
    let text = entry.value.as_scalar().map(|ty| flow_text(&ty.text));
    Some(match text.filter(|_| !keys.has(key)) {
        Some(ty) => {
            let written = format!("{key}: {{ {}: {ty} }}", entry.key.value);
            found
                .help(format!("statuses stand in `{key}`: `{}`", shown(&written)))
                .patch(entry.key.span.to(entry.value.span), written)
        }
        None => found.help(format!("statuses stand in `{key}`")),
    })
}

/// A group of which the methods stand inside.
fn nested(entry: &Entry) -> Option<Diagnostic> {
    let inner = entry.value.as_mapping().filter(|_| !entry.key.value.contains('.'))?;
    let (group, first) = (shown(&entry.key.value), inner.first()?);
    let method = |inner: &Entry| {
        let keys = inner.value.as_mapping().unwrap_or_default();
        keys.iter().any(|key| matches!(key.key.value.as_str(), "http" | "returns"))
    };
    let whole = inner.iter().any(|inner| inner.key.value.contains('.'));
    inner.iter().all(method).then(|| {
        let found = Diagnostic::error(
            &codes::METHOD_NAME,
            entry.key.span,
            format!("the methods of `{group}` stand inside of it"),
        )
        .label("methods are not nested");
        if whole {
            return found.help(format!(
                "they have whole names already: leave the line `{group}:` out, and indent what is below it less"
            ));
        }
        found
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
    let mut entries = keys.entries(place, diagnostics).to_vec();
    // What stands behind a header that nobody can set is no mistake of its own.
    let is_own = |entry: &&mut Entry| {
        place == "headers"
            && vocabulary::own_header(entry.key.value.trim_end_matches('?')).is_some()
    };
    for entry in entries.iter_mut().filter(is_own) {
        if let Value::Scalar(scalar) = &mut entry.value.value
            && scalar.text.contains(['/', ' ', ';'])
        {
            "string".clone_into(&mut scalar.text);
        }
    }
    let items = member::items(&entries, Of::place(place), diagnostics);
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
    let elsewhere = match effect.value.to_ascii_lowercase().as_str() {
        "safe" | "readonly" | "read-only" | "query" | "none" => Some("read"),
        "mutation" | "unsafe" | "mutate" | "create" => Some("write"),
        _ => None,
    };
    diagnostics.push(match elsewhere.or_else(|| nearest(&effect.value, EFFECTS)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(effect.span, near),
        None => diagnostic.help("it says what may be sent again; the verb decides unless stated"),
    });
    None
}

fn body(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Body> {
    let required = keys.node("body", diagnostics);
    let optional = keys.node("body?", diagnostics);
    let node = required.or(optional)?;
    if let Some(found) = marked_optional(keys, node) {
        diagnostics.push(found);
        let ty = TypeExpr::poisoned(node.span);
        return Some(Body::Type { ty, optional: true, form: BodyForm::Json });
    }
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

/// `body: User?` and `body: { type: User, required: false }`: a body that can be left out.
fn marked_optional(keys: &Keys<'_>, node: &Node) -> Option<Diagnostic> {
    let entry = keys.peek("body").or_else(|| keys.peek("body?"))?;
    let required = node.get("required").and_then(Node::as_scalar);
    let ty = match (&node.value, required) {
        (Value::Scalar(scalar), _) => {
            scalar.text.strip_suffix('?').filter(|ty| !ty.contains([' ', '|']))?.to_owned()
        }
        (Value::Mapping(_), Some(required)) if required.text == "false" => content::written(node)?,
        _ => return None,
    };
    let written = format!("body?: {ty}");
    Some(
        Diagnostic::error(
            &codes::TYPE_SYNTAX,
            node.span,
            "a type does not say whether a body is sent",
        )
        .label("expected a type")
        .help(format!("a body that can be left out is `{}`", shown(&written)))
        .patch(entry.key.span.to(node.span), written),
    )
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
    if let Some((found, ty)) = body_slips::of_one_model(node) {
        diagnostics.push(found);
        let ty = crate::type_expr::parse(&ty, node.span, diagnostics);
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
            for (key, _, inner) in &mut found {
                *inner = body_slips::without_fields(key, inner, diagnostics);
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
                        .related(inner.span, format!("what `{key}` says"))
                        .help("keep one of them; where an app chooses, each has a name: `body: { any: { Form: { form: … }, Parts: { multipart: … } } }`"),
                    );
                    (key, form, Some(inner))
                }
                (None, _) if keys.take_members() => {
                    diagnostics.push(body_slips::members_in_place(node));
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
            let mut entries = entries.map(Cow::Borrowed);
            if key == "multipart" {
                entries = entries.map(|entries| file_slips::mend(entries, diagnostics));
            }
            let entries = entries.as_deref();
            let items = member::items(entries.unwrap_or_default(), Of::Object, diagnostics);
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
