//! The parameters that an example shows.

use std::collections::{HashMap, HashSet};

use crate::ast::{self, Example, Text};
use crate::check::among;
use crate::check::value::{Direction, ELISION, Walk};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow_text;
use crate::ir::{Api, Method, Parameter, Place, Scalar, Style, Type};
use crate::parse::{lacks_colon, no_colon, shown};
use crate::yaml::{Entry, Node};

/// Holds them against those of the method.
pub(super) fn check(
    example: &Example,
    source: &ast::Method,
    method: &Method,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let places = [
        (Place::Path, &example.path),
        (Place::Query, &example.query),
        (Place::Header, &example.headers),
        (Place::Cookie, &example.cookies),
    ];
    let unreadable = source.route.is_none();
    let parameters = method.parameters.iter().rev();
    let declared: HashMap<(Place, &str), &Parameter> =
        parameters.map(|one| ((one.place, one.wire.as_str()), one)).collect();
    let names: HashSet<&str> = method.parameters.iter().map(|one| one.wire.as_str()).collect();
    let mut sent = Sent::default();
    for (place, values) in places {
        // A comma in what lacks its colon makes names of the rest.
        let mut torn = false;
        for (name, node) in values {
            if torn && node.is_null() {
                continue;
            }
            sent.names.insert((place, name.value.as_str()));
            let parameter = declared.get(&(place, name.value.as_str())).copied();
            let shared = api.client_parameter(method, place, &name.value);
            let settable = shared.filter(|one| one.settable).map(|one| &one.parameter);
            let constant = || shared.and_then(|one| one.value.as_deref());
            match parameter.or(settable) {
                Some(parameter) if let Some(found) = items_in_one_text(node, parameter) => {
                    diagnostics.push(found);
                }
                Some(parameter) => {
                    let mut walk =
                        Walk::new(api, Direction::Request, diagnostics).at(shown(&name.value));
                    walk.value(node, &parameter.ty);
                    if let Some(limits) = &parameter.limits {
                        walk.limits(node, limits, &parameter.ty);
                    }
                    diagnostics.extend(leads_away(node, parameter));
                }
                None if is_constant(name, node, place, method) => {}
                None if text(node).is_some() && text(node) == constant() => {}
                // The client makes a key for each call; a sample shows one of them.
                None if place == Place::Header
                    && text(node).is_some()
                    && method
                        .idempotency_key
                        .as_ref()
                        .is_some_and(|key| key.eq_ignore_ascii_case(&name.value)) => {}
                None if let Some((wire, found)) = without_colon(name, node, place, method) => {
                    sent.names.insert((place, wire));
                    diagnostics.push(found);
                    torn = true;
                }
                None => {
                    if !names.contains(name.value.as_str()) {
                        sent.strangers.entry(place).or_default().push(&name.value);
                    }
                    // What it would be may stand in a route that could not be read.
                    let untyped = place == Place::Path && has_placeholder(source, name);
                    if !(place == Place::Path && unreadable || untyped || method.lost_parameters) {
                        diagnostics.push(stray(name, place, method, diagnostics));
                    }
                }
            }
        }
    }
    // An example of an answer alone shows no request.
    let parts = [&example.path, &example.query, &example.headers, &example.cookies];
    let shows_request = example.request.is_some() || parts.iter().any(|part| !part.is_empty());
    let is_there = |name: &str| {
        [Place::Query, Place::Header, Place::Cookie]
            .iter()
            .any(|at| sent.names.contains(&(*at, name)))
    };
    let place = (method.full_name.as_str(), example.name.span);
    let whole = example.request.is_some() || !example.path.is_empty() || !example.query.is_empty();
    among::check(&method.among, is_there, whole, place, diagnostics);
    if !shows_request || example.placeholder {
        return;
    }
    for parameter in method.parameters.iter().filter(|parameter| !parameter.optional) {
        let unread = example.request_line.is_some() && may_be_spread(parameter, source);
        if !unread && !sent.has(parameter, diagnostics) {
            diagnostics.push(missing(parameter, example));
        }
    }
}

/// A value that no call can have in a path, since it would lead to another one.
fn leads_away(node: &Node, parameter: &Parameter) -> Option<Diagnostic> {
    let text = node.as_scalar().filter(|_| parameter.place == Place::Path)?.text.as_str();
    let is_no_step = |step: &str| matches!(step, "" | "." | "..");
    let label = match parameter.style {
        Style::Slash if text.split('/').any(is_no_step) => {
            "a step between its slashes, or at an end, is empty, `.` or `..`"
        }
        _ if is_no_step(text) => "it would lead to another path",
        _ => return None,
    };
    let (wire, text) = (shown(&parameter.wire), shown(text));
    let message = format!("`{text}` cannot stand in the path for `{wire}`");
    Some(Diagnostic::error(&codes::EXAMPLE_MISMATCH, node.span, message).label(label))
}

/// A list in one text, as it stands in an address: an example shows its items.
fn items_in_one_text(node: &Node, parameter: &Parameter) -> Option<Diagnostic> {
    let (Type::List(item), Place::Query) = (&parameter.ty, parameter.place) else { return None };
    let text = node.as_scalar()?.text.as_str();
    let (sign, style) = match parameter.style {
        Style::Csv => (',', true),
        Style::Space => (' ', true),
        Style::Pipe => ('|', true),
        Style::Form | Style::DeepObject | Style::Slash => (',', false),
    };
    if !style && !text.contains(sign) {
        return None;
    }
    let of_texts = **item == Type::Scalar(Scalar::String);
    let write = |text: &str| match text.parse::<f64>() {
        Ok(_) if !of_texts => text.to_owned(),
        _ => flow_text(text),
    };
    let items: Vec<String> = text.split(sign).map(|item| write(item.trim())).collect();
    let list = format!("[{}]", items.join(", "));
    let message = format!("`{}` is a list, found a text", shown(&parameter.wire));
    let found =
        Diagnostic::error(&codes::EXAMPLE_MISMATCH, node.span, message).label("expected a list");
    Some(if style {
        found.help(format!("an example shows the items: `{}`", shown(&list))).patch(node.span, list)
    } else {
        found.help(format!(
            "an example shows the items, `{}`; where they travel in one text, the parameter has `style: csv`",
            shown(&list)
        ))
    })
}

/// So many names that nobody knows are not held against each parameter.
const MANY: usize = 100;

/// What the request of an example has, by place.
#[derive(Default)]
struct Sent<'e> {
    names: HashSet<(Place, &'e str)>,
    /// Those that nobody knows.
    strangers: HashMap<Place, Vec<&'e str>>,
}

impl Sent<'_> {
    /// Whether a parameter is there: by its name or by one that is told to be unknown, and is near to it. Of very many
    /// unknown names any may be meant.
    fn has(&self, parameter: &Parameter, diagnostics: &Diagnostics) -> bool {
        let (place, wire) = (parameter.place, parameter.wire.as_str());
        if self.names.contains(&(place, wire)) || self.names.contains(&(place, ELISION)) {
            return true;
        }
        let Some(strangers) = self.strangers.get(&place) else { return false };
        let near = |name: &&str| nearest(name, [wire]).is_some();
        strangers.len() > MANY || !diagnostics.guesses(0) || strangers.iter().any(near)
    }
}

/// Whether a parameter may stand in what an exchange has and nobody reads: it has more headers than those of a method,
/// and of what is spread the names are not known where it is read.
fn may_be_spread(parameter: &Parameter, source: &ast::Method) -> bool {
    let items = match parameter.place {
        Place::Header => &source.headers,
        Place::Cookie => &source.cookies,
        Place::Path | Place::Query => return false,
    };
    items.iter().any(|item| matches!(item, ast::FieldItem::Spread(_)))
}

/// Whether the route has a placeholder of this name. That it has no type is said there.
fn has_placeholder(source: &ast::Method, name: &Text) -> bool {
    let mut placeholders = source.route.iter().flat_map(|route| &route.placeholders);
    placeholders.any(|placeholder| placeholder.value == name.value)
}

/// The parameter whose name and value lack the colon between them, and the finding that says so.
fn without_colon<'m>(
    name: &Text,
    node: &Node,
    place: Place,
    method: &'m Method,
) -> Option<(&'m str, Diagnostic)> {
    if !name.value.contains([' ', ':', '=']) {
        return None;
    }
    let entry = Entry { key: name.clone(), value: node.clone() };
    let here = method.parameters.iter().filter(|parameter| parameter.place == place);
    let mut wires = here.map(|parameter| parameter.wire.as_str());
    let wire = wires.find(|wire| lacks_colon(&entry, wire))?;
    Some((wire, no_colon(&entry, wire)))
}

fn missing(parameter: &Parameter, example: &Example) -> Diagnostic {
    let (word, wire) = (word(parameter.place), shown(&parameter.wire));
    let key = if parameter.place == Place::Header { "headers" } else { word };
    let key = if parameter.place == Place::Cookie { "cookies" } else { key };
    let span = example.request_line.unwrap_or(example.name.span);
    let diagnostic = Diagnostic::error(
        &codes::EXAMPLE_PARAMETER,
        span,
        format!("the example has no {word} parameter `{wire}`"),
    );
    if example.request_line.is_none() {
        return diagnostic.help(format!("give it one: `{key}: {{ {wire}: … }}`"));
    }
    let line = match parameter.place {
        Place::Path => return diagnostic,
        Place::Query => {
            let sign = if example.query.is_empty() { '?' } else { '&' };
            return diagnostic.help(format!("add `{sign}{wire}=…` to the address"));
        }
        Place::Header => format!("{wire}: …"),
        Place::Cookie => format!("Cookie: {wire}=…"),
    };
    diagnostic.help(format!("add a line to the headers: `{line}`"))
}

fn text(node: &Node) -> Option<&str> {
    node.as_scalar().map(|scalar| scalar.text.as_str())
}

/// Whether an example shows the value that is always sent.
fn is_constant(name: &Text, node: &Node, place: Place, method: &Method) -> bool {
    let shown = text(node);
    method.constants.iter().any(|(known, wire, value)| {
        *known == place && *wire == name.value && shown == Some(value.as_str())
    })
}

fn word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

fn stray(name: &Text, place: Place, method: &Method, diagnostics: &Diagnostics) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::EXAMPLE_PARAMETER,
        name.span,
        format!("`{}` has no {} parameter `{}`", method.full_name, word(place), shown(&name.value)),
    );
    let constant =
        method.constants.iter().find(|(at, wire, _)| *at == place && *wire == name.value);
    if let Some((_, wire, value)) = constant {
        return diagnostic.help(format!("`{}` is always `{}`", shown(wire), shown(value)));
    }
    let elsewhere = method.parameters.iter().find(|parameter| parameter.wire == name.value);
    if let Some(parameter) = elsewhere {
        let place = word(parameter.place);
        return diagnostic.help(format!(
            "it is a {place} parameter: `{place}: {{ {}: … }}`",
            shown(&name.value)
        ));
    }
    let known = method.parameters.iter().filter(|parameter| parameter.place == place);
    match diagnostics.nearest(&name.value, known.map(|parameter| parameter.wire.as_str())) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => diagnostic.help(match place {
            Place::Path => "parameters of a path are the placeholders of its route",
            Place::Query => "declare it in `query`, or leave it out here",
            Place::Header => "declare it in `headers`, or leave it out here",
            Place::Cookie => "declare it in `cookies`, or leave it out here",
        }),
    }
}
