//! Examples of deliveries against what is declared.

use super::called::{Called, at, called, header, ping_apart, ping_elsewhere};
use super::value::{Direction, ELISION, Walk};
use crate::ast::{self, DeliveryExample, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format;
use crate::ir::{Api, Deliveries, DeliveryPlace, Events, ModelKind, Proof, Type};
use crate::names::capitalized;
use crate::parse::shown;
use crate::yaml::{Node, Value};

pub(super) fn check(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    let (Some(source), Some(deliveries)) = (&specification.deliveries, &api.deliveries) else {
        return;
    };
    envelope(source, deliveries, api, diagnostics);
    let mut strayed = false;
    for example in &source.examples {
        strayed |= headers(example, deliveries, diagnostics);
    }
    // Which header tells a ping is in doubt then, and with it which of the examples are pings.
    let ping = deliveries.ping.as_ref().and_then(|ping| ping.place.as_ref());
    if strayed && matches!(ping, Some(DeliveryPlace::Header(_))) {
        return;
    }
    // A member that no example has is probably called otherwise.
    if let Some(found) = nowhere(source, deliveries, diagnostics) {
        diagnostics.push(found);
        return;
    }
    for example in &source.examples {
        body(example, source, deliveries, api, diagnostics);
    }
}

/// Reports an envelope whose values are written in a form that a member would have to say.
fn envelope(
    source: &ast::Deliveries,
    deliveries: &Deliveries,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let stated = deliveries.list.as_ref().and_then(|list| list.envelope.as_ref());
    if let (Some(ty), Some(expr)) = (stated, &source.envelope)
        && ty.has_own_form(&api.models)
        && matches!(api.plain(ty), Type::Map(_) | Type::Keyed(..))
    {
        diagnostics.push(
            Diagnostic::error(&codes::SEVERAL_EVENTS, expr.span, "this cannot be an envelope")
                .label("its values are written in a form that a member has to state")
                .help("name a model with the members that it has")
                .rests_on(ty.model().map(|id| api.model(id).span)),
        );
    }
}

/// What is wrong where `deliveries` names a member that none of the examples has.
fn nowhere(
    source: &ast::Deliveries,
    deliveries: &Deliveries,
    diagnostics: &Diagnostics,
) -> Option<Diagnostic> {
    let examples = source.examples.iter().filter_map(|it| Some((it, it.request.as_ref()?)));
    let bodies: Vec<(&DeliveryExample, &Node)> = examples.collect();
    if let Some(list) = &source.list {
        let bodies: Vec<&Node> = bodies.iter().map(|(_, body)| *body).collect();
        if let Some(found) = lacking(list, &bodies, diagnostics) {
            return Some(found);
        }
    }
    let events: Vec<(&DeliveryExample, &Node)> = match &source.list {
        Some(list) => {
            let lists = bodies
                .into_iter()
                .filter_map(|(it, body)| Some((it, at(body, &names(list))?.as_sequence()?)));
            lists.flat_map(|(it, items)| items.iter().map(move |item| (it, item))).collect()
        }
        None => bodies,
    };
    // A ping that is told apart has neither a name nor an id.
    let named = events.iter().filter(|(it, node)| ping_apart(it, node, deliveries).is_none());
    let nodes: Vec<&Node> = named.map(|(_, node)| *node).collect();
    let id = match &source.id {
        Some(ast::DeliveryPlace::Field(path)) => Some(path),
        _ => None,
    };
    let mut fields = source.event.iter().flat_map(|event| &event.fields);
    if let Some(found) = fields.find_map(|path| lacking(path, &nodes, diagnostics)) {
        return Some(found);
    }
    // No other finding tells of an id that is nowhere.
    let is_whole = |node: &&Node| node.get(ELISION).is_none();
    if let Some(path) = id.filter(|_| nodes.iter().all(is_whole))
        && let Some(found) = nowhere_in(path, &nodes, diagnostics)
    {
        return Some(found);
    }
    let payload = source.payload.as_ref().filter(|_| source.ping.is_none())?;
    // An event that holds nothing has no payload.
    let holding = events.into_iter().filter(|(example, node)| {
        let called = called(example, node, deliveries).ok().flatten();
        called.and_then(|called| held(&called.name, deliveries)).flatten().is_some()
    });
    let holding: Vec<&Node> = holding.map(|(_, node)| node).collect();
    lacking(payload, &holding, diagnostics)
}

fn names(path: &Text) -> Vec<String> {
    path.value.split('.').map(str::to_owned).collect()
}

fn lacking(path: &Text, nodes: &[&Node], diagnostics: &Diagnostics) -> Option<Diagnostic> {
    // One example that has another name alone may as well be wrong itself.
    nowhere_in(path, nodes, diagnostics).filter(|found| found.help.is_some() || nodes.len() > 1)
}

/// What is wrong with a path that leads nowhere in all of them.
fn nowhere_in(path: &Text, nodes: &[&Node], diagnostics: &Diagnostics) -> Option<Diagnostic> {
    let first = nodes.first()?;
    let names = names(path);
    if nodes.iter().any(|node| at(node, &names).is_some()) {
        return None;
    }
    let found = Diagnostic::error(
        &codes::EXAMPLE_MISSING,
        path.span,
        format!("no example has anything at `{}`", shown(&path.value)),
    )
    .related(first.span, "this one, for example");
    // Where the way ends that the example has.
    let there = (0..names.len()).rev().find_map(|end| Some((end, at(first, &names[..end])?)));
    let (end, parent) = there?;
    let known = parent.as_mapping().unwrap_or_default().iter();
    let near = diagnostics.nearest(&names[end], known.map(|entry| entry.key.value.as_str()));
    Some(match near {
        Some(near) => {
            let mut mended = names.clone();
            near.clone_into(&mut mended[end]);
            let mended = mended.join(".");
            found.help(format!("did you mean `{mended}`?")).patch(path.span, mended)
        }
        None => found,
    })
}

/// Reports headers that nobody looks at, which were probably meant to be others; whether there are any.
fn headers(
    example: &DeliveryExample,
    deliveries: &Deliveries,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut strayed = false;
    let known = known_headers(deliveries);
    for (name, _) in &example.headers {
        let lower = name.value.to_ascii_lowercase();
        if known.contains(&lower.as_str()) || lower == "content-type" {
            continue;
        }
        strayed = true;
        let diagnostic = Diagnostic::error(
            &codes::EXAMPLE_SIGNATURE,
            name.span,
            format!("nothing of `deliveries` looks at the header `{}`", shown(&name.value)),
        );
        diagnostics.push(match nearest(&lower, known.iter().copied()) {
            Some(near) => {
                let near = capitals(near);
                diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near)
            }
            None => diagnostic.help("leave it out"),
        });
    }
    strayed
}

/// `x-event-type` as documentation prints it.
fn capitals(header: &str) -> String {
    header.split('-').map(capitalized).collect::<Vec<_>>().join("-")
}

fn known_headers(deliveries: &Deliveries) -> Vec<&str> {
    let mut known: Vec<&str> = deliveries.name.header.iter().map(String::as_str).collect();
    match &deliveries.proof {
        Proof::Nothing => {}
        Proof::Shared { header } => known.push(header),
        Proof::Signed(signature) => {
            known.push(&signature.header);
            known.extend(signature.timestamp.iter().map(|timestamp| timestamp.header.as_str()));
        }
    }
    let ping = deliveries.ping.as_ref().and_then(|ping| ping.place.as_ref());
    known.extend(deliveries.id.iter().chain(ping).filter_map(|place| match place {
        DeliveryPlace::Header(header) => Some(header.as_str()),
        DeliveryPlace::Field(_) => None,
    }));
    known
}

fn body(
    example: &DeliveryExample,
    source: &ast::Deliveries,
    deliveries: &Deliveries,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let Some(body) = &example.request else { return };
    let before = diagnostics.mark();
    if let Some(ty) = deliveries.list.as_ref().and_then(|list| list.envelope.as_ref()) {
        let list = deliveries.list.iter().filter_map(|list| list.at.first());
        let names: Vec<&String> = list.filter(|name| !declares(ty, name, api)).collect();
        Walk::new(api, Direction::Answer, diagnostics)
            .of_delivery()
            .value(&without(body, &names), ty);
    }
    let Some(list) = &deliveries.list else {
        event(example, (body, "$"), source, deliveries, api, diagnostics);
        return;
    };
    let Some(items) = at(body, &list.at) else {
        // What is no object at all has been reported.
        if !diagnostics.errors_since(before) {
            diagnostics.push(missing(body, "$", &list.at));
        }
        return;
    };
    let place = format!("$.{}", list.at.join("."));
    let Some(items) = items.as_sequence() else {
        diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                items.span,
                format!("`{place}` is a list of events, found {}", items.kind()),
            )
            .label("expected a list"),
        );
        return;
    };
    for (index, item) in items.iter().enumerate() {
        let place = format!("{place}[{index}]");
        event(example, (item, &place), source, deliveries, api, diagnostics);
    }
}

/// One event: what it is called, and what it holds.
fn event(
    example: &DeliveryExample,
    (node, place): (&Node, &str),
    source: &ast::Deliveries,
    deliveries: &Deliveries,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let Called { name, is_ping } = match called(example, node, deliveries) {
        Ok(Some(called)) => called,
        Ok(None) => return,
        Err(path) => {
            let found = missing(node, place, path);
            let ping = source.ping.as_ref().filter(|ping| ping.place.is_none());
            let told = ping.and_then(|ping| Some((ping, ping_elsewhere(example, node, ping)?)));
            diagnostics.push(match told {
                Some((ping, place)) => {
                    let event = format!("event: {}", format::flow_text(&ping.event.value));
                    found
                        .help(format!("if this is the ping, say where that is told: `{place}`"))
                        .patch_items(ping.entry, vec![place, event])
                }
                None => found,
            });
            return;
        }
    };
    if let Some((header, text)) = header(example, deliveries)
        && text != name
        && ping_apart(example, node, deliveries).is_none()
    {
        let found =
            format!("the header names the event `{}`, the body `{}`", shown(&text), shown(&name));
        diagnostics.push(
            Diagnostic::error(&codes::EXAMPLE_SIGNATURE, header.span, found)
                .related(node.span, "the body"),
        );
    }
    let Some(ty) = known(&name, node, deliveries, diagnostics) else { return };
    let inside = if is_ping { &[][..] } else { &deliveries.payload };
    let place = inside.iter().fold(place.to_owned(), |place, name| format!("{place}.{name}"));
    let inner = at(node, inside);
    match inner {
        Some(inner) => {
            let inner = without_names(inner, ty, inside, deliveries, api);
            Walk::new(api, Direction::Answer, diagnostics)
                .of_delivery()
                .at(place)
                .value(&inner, ty);
        }
        None => diagnostics.push(missing(node, &place, &[])),
    }
}

/// A value without the members that the runtime has looked at, as long as the model does not declare
/// them itself: a name belongs to all events, and so not to the model of one. `inside` leads to the value
/// from the top of the event.
pub(crate) fn without_names(
    node: &Node,
    ty: &Type,
    inside: &[String],
    deliveries: &Deliveries,
    api: &Api,
) -> Node {
    let ping = deliveries.ping.as_ref().and_then(|ping| ping.place.as_ref());
    let places = deliveries.id.iter().chain(ping).filter_map(|place| match place {
        DeliveryPlace::Field(path) => Some(path),
        DeliveryPlace::Header(_) => None,
    });
    let looked_at = deliveries.name.fields.iter().chain(places);
    let looked_at = looked_at.filter_map(|path| path.strip_prefix(inside)?.first());
    let names: Vec<&String> = looked_at.filter(|name| !declares(ty, name, api)).collect();
    without(node, &names)
}

fn without(node: &Node, names: &[&String]) -> Node {
    let mut node = node.clone();
    if let Value::Mapping(entries) = &mut node.value {
        entries.retain(|entry| !names.contains(&&entry.key.value));
    }
    node
}

/// Whether an object of this type has a member of this name.
fn declares(ty: &Type, name: &String, api: &Api) -> bool {
    let Type::Model(id) = ty else { return false };
    match &api.model(*id).kind {
        ModelKind::Alias(ty) => declares(ty, name, api),
        ModelKind::Object(object) => {
            object.fields.iter().any(|field| field.wire == *name || field.also.contains(name))
        }
        _ => false,
    }
}

/// What an event of this name holds.
fn known<'d>(
    name: &str,
    node: &Node,
    deliveries: &'d Deliveries,
    diagnostics: &mut Diagnostics,
) -> Option<&'d Type> {
    let held = held(name, deliveries);
    if let (None, Events::Named { variants, .. }) = (&held, &deliveries.events) {
        let diagnostic = Diagnostic::warning(
            &codes::EXAMPLE_VALUE,
            node.span,
            format!("the event `{}` is not listed", shown(name)),
        );
        diagnostics.push(
            match diagnostics.nearest(name, variants.iter().map(|event| event.wire.as_str())) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("add it to `events`"),
            },
        );
    }
    held.flatten()
}

/// What an event of this name is declared to hold, if it is declared at all.
fn held<'d>(name: &str, deliveries: &'d Deliveries) -> Option<Option<&'d Type>> {
    match &deliveries.events {
        Events::Each(ty) => Some(Some(ty)),
        Events::Named { variants, .. } => {
            let is = |also: &String| also == name;
            let found =
                variants.iter().find(|event| event.wire == name || event.also.iter().any(is));
            found.map(|event| event.ty.as_ref())
        }
    }
}

fn missing(node: &Node, place: &str, path: &[String]) -> Diagnostic {
    let path = std::iter::once(place).chain(path.iter().map(String::as_str)).collect::<Vec<_>>();
    Diagnostic::error(
        &codes::EXAMPLE_MISSING,
        node.span,
        format!("the example has nothing at `{}`", path.join(".")),
    )
    .help("show the whole body of the delivery, as the service sends it")
}
