//! Examples that have passed the checks, as what tests of the generated client need: the values that are
//! sent, the answer, and what the client makes of it.
//!
//! What the documentation left out cannot be sent, and values that mean nothing show nothing: such
//! examples become no test.

mod deliveries;
mod sample;
mod scalar;

use std::collections::BTreeSet;

use crate::ast::{self, Specification};
use crate::check::{self, Direction};
use crate::ir::{
    Answer, Api, Body, Content, Evidence, Example, Expected, Gives, Holds, Json, Kept, Media,
    Method, Outcome, Parameter, Payload, Place, Presence, Sample, Scalar, Type, Value,
};
use crate::names::{Kind, rust_name};
use crate::xml;
use crate::yaml::{Node, Value as Yaml};
use sample::Samples;

pub(crate) use deliveries::delivery;

/// The examples of a specification without errors.
pub(crate) fn lower(specification: &Specification, api: &Api) -> Evidence {
    let groups = api.groups.iter().map(|group| {
        let mut names = Names::default();
        let methods = group.methods.iter().enumerate();
        methods
            .flat_map(|(index, method)| {
                let source = source(specification, method);
                let examples = source.map_or(&[][..], |source| &source.examples);
                examples.iter().map(move |found| (index, method, found))
            })
            .filter_map(|(index, method, found)| {
                let mut example = example(api, index, method, found)?;
                let plain = method.ident.trim_start_matches("r#");
                example.ident = names.take(&format!("{plain}_{}", found.name.value));
                Some(example)
            })
            .collect()
    });
    Evidence { groups: groups.collect(), deliveries: deliveries::lower(specification, api) }
}

/// Where a method stands in the specification.
pub(crate) fn source<'s>(
    specification: &'s Specification,
    method: &Method,
) -> Option<&'s ast::Method> {
    let name = method.full_name.split_once('.').map_or("", |(_, name)| name);
    specification.methods.iter().find(|source| source.name.value == name)
}

/// Names of tests. Nobody calls them, so that one may get a number.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn take(&mut self, wire: &str) -> String {
        let name = rust_name(wire, Kind::Value).unwrap_or_else(|| "example".to_owned());
        let mut unique = name.clone();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{}_{number}", name.trim_start_matches("r#"));
            number += 1;
        }
        unique
    }
}

/// Whether an example shows a whole exchange.
pub(crate) fn is_whole(api: &Api, method: &Method, found: &ast::Example) -> bool {
    let example = example(api, 0, method, found);
    example.is_some_and(|example| !matches!(example.answer.gives, Gives::Unstated))
}

fn example(api: &Api, index: usize, method: &Method, found: &ast::Example) -> Option<Example> {
    if found.placeholder || nodes(found).any(is_elided) {
        return None;
    }
    let sending = Samples { api, side: Direction::Request };
    let parameters: Vec<(usize, Sample)> = method
        .parameters
        .iter()
        .enumerate()
        .filter_map(|(index, parameter)| {
            let node = value_of(found, parameter.place, &parameter.wire)?;
            Some((index, sending.value(node, &parameter.ty)))
        })
        .collect();
    let shared: Vec<(usize, Sample)> = api
        .parameters
        .iter()
        .enumerate()
        .filter_map(|(index, one)| {
            let Parameter { place, wire, ty, .. } = &one.parameter;
            api.client_parameter(method, *place, wire).filter(|one| one.settable)?;
            Some((index, sending.value(value_of(found, *place, wire)?, ty)))
        })
        .collect();
    let has = |index: usize| parameters.iter().any(|(known, _)| *known == index);
    let whole = method
        .parameters
        .iter()
        .enumerate()
        .all(|(index, parameter)| parameter.optional || has(index));
    // What the route needs and no app has to set is in the example or has a value of its own.
    let has_route = api.parameters.iter().enumerate().all(|(index, one)| {
        let Parameter { place, wire, optional, .. } = &one.parameter;
        let is_open = *place == Place::Path && *optional && one.value.is_none();
        !is_open
            || api.client_parameter(method, *place, wire).is_none()
            || shared.iter().any(|(known, _)| *known == index)
    });
    if !whole || !has_route {
        return None;
    }
    let alternative = match &method.body {
        Some(Body::Any { alternatives, .. }) => check::shown_body(alternatives, found, api),
        _ => None,
    };
    let body = match &method.body {
        Some(Body::Any { alternatives, optional, .. }) => match alternative {
            Some(index) => Some(body(&sending, &alternatives[index].body, found)?),
            None if *optional && found.request.is_none() => None,
            None => return None,
        },
        Some(Body::Value { optional: true, .. }) if found.request.is_none() => None,
        Some(one) => Some(body(&sending, one, found)?),
        None => None,
    };
    let name = found.name.value.clone();
    let answer = answer(api, method, found);
    let ident = String::new();
    Some(Example { method: index, name, ident, parameters, shared, body, alternative, answer })
}

/// What an example sends as a body that is a value or has members.
fn body(sending: &Samples<'_>, body: &Body, found: &ast::Example) -> Option<Sample> {
    Some(match body {
        Body::Value { media: Media::Bytes(_) | Media::Text(_), .. } => {
            sending.value(found.request.as_ref()?, &Type::Scalar(Scalar::String))
        }
        Body::Value { ty, media: Media::Xml, .. } => {
            sending.value(&*xml::shown(sending.api, ty, found.request.as_ref()?).ok()?, ty)
        }
        Body::Value { ty, .. } => sending.value(found.request.as_ref()?, ty),
        Body::Members { fields, constants, .. } => {
            let is_needed = fields.iter().any(|field| field.presence == Presence::Required);
            let empty = Node { value: Yaml::Mapping(Vec::new()), ..blank(found) };
            match &found.request {
                None if is_needed => return None,
                node => sending.members(node.as_ref().unwrap_or(&empty), fields, constants, false),
            }
        }
        Body::Any { .. } => return None,
    })
}

/// What an example says of a parameter.
fn value_of<'e>(found: &'e ast::Example, place: Place, wire: &str) -> Option<&'e Node> {
    let values = match place {
        Place::Path => &found.path,
        Place::Query => &found.query,
        Place::Header => &found.headers,
        Place::Cookie => &found.cookies,
    };
    values.iter().find(|(name, _)| name.value == wire).map(|(_, node)| node)
}

/// A node at the place of the example.
fn blank(found: &ast::Example) -> Node {
    Node { span: found.name.span, value: Yaml::Null, comment_after: None }
}

fn nodes(found: &ast::Example) -> impl Iterator<Item = &Node> {
    let values = [&found.path, &found.query, &found.headers, &found.cookies];
    let values = values.into_iter().flatten().map(|(_, node)| node);
    values.chain(&found.request).chain(&found.response)
}

/// Whether the documentation left something out.
fn is_elided(node: &Node) -> bool {
    match &node.value {
        Yaml::Null | Yaml::Scalar(_) => false,
        Yaml::Sequence(items) => items.iter().any(is_elided),
        Yaml::Mapping(entries) => {
            entries.iter().any(|entry| entry.key.value == check::ELISION || is_elided(&entry.value))
        }
    }
}

fn answer(api: &Api, method: &Method, found: &ast::Example) -> Answer {
    let stated = found.status.as_ref().and_then(|status| status.value);
    let response = found.response.as_ref();
    let inside = check::is_inside(method, response);
    // What always has a body is not answered by a status without one, whether or not an example shows it.
    let with_body = response.is_some() || matches!(method.outcome, Outcome::Value(_));
    let status = stated.unwrap_or_else(|| first_success(method, with_body));
    let reading = Samples { api, side: Direction::Answer };
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let expected = check::shown_answer(method.expected(Some(status), inside), found, api);
    let (payload, gives) = match (expected, response) {
        (
            Expected::Value(..) | Expected::Error(Holds::Model(_) | Holds::Xml(_) | Holds::Text, _),
            None,
        )
        | (Expected::Any(_) | Expected::Undeclared, _) => (Payload::Nothing, Gives::Unstated),
        (Expected::Nothing(name), node) => {
            (node.map_or(Payload::Nothing, |node| Payload::Json(sample::untyped(node))), {
                Gives::Nothing(owned(name))
            })
        }
        (Expected::Error(Holds::Nothing, name), node) => {
            let payload =
                node.map_or(Payload::Nothing, |node| Payload::Json(sample::untyped(node)));
            (payload, Gives::Error(None, owned(name)))
        }
        (Expected::Error(Holds::Model(model), name), Some(node)) => {
            let Sample { shown, kept, .. } = reading.value(node, &Type::Model(model));
            (Payload::Json(shown), Gives::Error(Some(Kept::Json(kept)), owned(name)))
        }
        (Expected::Error(Holds::Xml(model), name), Some(node)) => {
            let (payload, kept) = in_xml(&reading, &Type::Model(model), node);
            (payload, Gives::Error(Some(kept), owned(name)))
        }
        (Expected::Error(Holds::Text, name), Some(node)) => {
            let text = text(node);
            let payload = Payload::Text { text, media: None, gzip: false };
            (payload, Gives::Error(Some(Kept::Body), owned(name)))
        }
        // How events are framed is shown by no example.
        (Expected::Value(Value { content: Content::Events { .. }, .. }, _), Some(_)) => {
            (Payload::Nothing, Gives::Unstated)
        }
        (Expected::Value(value, name), Some(node)) => {
            let (payload, kept) = success(&reading, value, node);
            let gives = kept.map_or_else(
                || Gives::Nothing(owned(name)),
                |kept| Gives::Value(kept, owned(name)),
            );
            (payload, gives)
        }
    };
    Answer { status, payload, gives }
}

/// The status of a success whose example names none.
fn first_success(method: &Method, with_body: bool) -> u16 {
    let nothing = match &method.outcome {
        Outcome::Optional { nothing, .. } => nothing.as_slice(),
        _ => &[],
    };
    let fits = |status: &&u16| !with_body || !nothing.contains(status);
    let first = method.success.iter().find(fits).copied();
    first.unwrap_or(if with_body { 200 } else { 204 })
}

/// The body of a success, and what is handed out of it; `None` is none.
fn success(reading: &Samples<'_>, value: &Value, node: &Node) -> (Payload, Option<Kept>) {
    match &value.content {
        Content::Text(_) => {
            let media = Some(value.content.media_type().to_owned());
            let payload = Payload::Text { text: text(node), media, gzip: false };
            return (payload, Some(Kept::Body));
        }
        Content::Bytes { media, gzip } => {
            let payload = Payload::Text { text: text(node), media: media.clone(), gzip: *gzip };
            return (payload, Some(Kept::Body));
        }
        Content::Lines => {
            let Sample { shown, kept, .. } =
                reading.value(node, &Type::List(Box::new(value.ty.clone())));
            let items = if let Json::List(items) = shown { items } else { Vec::new() };
            let text = items.iter().map(|item| format!("{item}\n")).collect();
            let media = Some("application/x-ndjson".to_owned());
            return (Payload::Text { text, media, gzip: false }, Some(Kept::Json(kept)));
        }
        Content::Xml => {
            let (payload, kept) = in_xml(reading, &value.ty, node);
            return (payload, Some(kept));
        }
        Content::Json | Content::Events { .. } => {}
    }
    let list = Type::List(Box::new(value.ty.clone()));
    let ty = if value.first { &list } else { &value.ty };
    let (payload, kept) = wrapped(reading, node, &value.at, ty);
    let kept = match kept {
        Json::List(items) if value.first => items.into_iter().next(),
        Json::Null if value.first => None,
        kept => Some(kept),
    };
    (Payload::Json(payload), kept.map(Kept::Json))
}

/// A body in XML, as it is shown or made of what is, and what is read of it.
fn in_xml(reading: &Samples<'_>, ty: &Type, node: &Node) -> (Payload, Kept) {
    let api = reading.api;
    let value = xml::shown(api, ty, node);
    let value = value.as_deref().unwrap_or(node);
    let Sample { shown, kept, .. } = reading.value(value, ty);
    let text = match node.as_scalar() {
        Some(text) => text.text.clone(),
        None => xml::document(api, ty, &shown),
    };
    let media = Some(Content::Xml.media_type().to_owned());
    (Payload::Text { text, media, gzip: false }, Kept::Json(kept))
}

/// The whole of an answer as it is shown, and what is kept of what stands at a path.
fn wrapped(reading: &Samples<'_>, node: &Node, at: &[String], ty: &Type) -> (Json, Json) {
    let Some((name, rest)) = at.split_first() else {
        let sample = reading.value(node, ty);
        return (sample.shown, sample.kept);
    };
    let mut found = Json::Null;
    let members = node.as_mapping().unwrap_or_default().iter().map(|entry| {
        let value = if entry.key.value == *name {
            let (shown, kept) = wrapped(reading, &entry.value, rest, ty);
            found = kept;
            shown
        } else {
            sample::untyped(&entry.value)
        };
        (entry.key.value.clone(), value)
    });
    (Json::Object(members.collect()), found)
}

/// What stands for a text or for bytes.
fn text(node: &Node) -> String {
    match node.as_scalar() {
        Some(scalar) => scalar.text.clone(),
        None => sample::untyped(node).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::{Options, generate};

    #[test]
    fn what_always_has_a_body_is_not_answered_without_one() {
        let text = "clientwright: 1\nprovider: { name: demo }\nservers: { production: https://api.example.com }\n\
                    models: { Item: { fields: { id: string } } }\n\
                    methods:\n  items.add:\n    http: POST /items\n    body: Item\n    returns: Item\n    \
                    examples: { asked: { request: { id: i-1 } } }\n";
        let options = Options { tests: true, ..Options::default() };
        let source = Source { name: "demo.yaml".to_owned(), text: text.to_owned() };
        let generated =
            generate(vec![source], &options).unwrap_or_else(|report| panic!("{report}"));
        let tests: String = generated.files.into_values().collect();
        assert!(tests.contains(".answers(200)"), "{tests}");
        assert!(!tests.contains(".answers(204)"), "{tests}");
    }
}
