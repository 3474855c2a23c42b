//! Examples of deliveries.

use super::sample::{self, Samples};
use super::{Names, is_elided};
use crate::ast::{DeliveryExample, Specification};
use crate::check::{self, Called, Direction};
use crate::ir::{Api, Deliveries, DeliveryPlace, Events, Json, SampleDelivery, Type};
use crate::yaml::Node;

pub(super) fn lower(specification: &Specification, api: &Api) -> Vec<SampleDelivery> {
    let (Some(source), Some(deliveries)) = (&specification.deliveries, &api.deliveries) else {
        return Vec::new();
    };
    let mut names = Names::default();
    source
        .examples
        .iter()
        .filter_map(|found| {
            let mut delivery = delivery(found, deliveries, api)?;
            delivery.ident = names.take(&found.name.value);
            Some(delivery)
        })
        .collect()
}

/// The name of the event that an example shows, and whether it is a whole delivery.
pub(crate) fn delivery(
    found: &DeliveryExample,
    deliveries: &Deliveries,
    api: &Api,
) -> Option<SampleDelivery> {
    let body = found.request.as_ref().filter(|body| !found.placeholder && !is_elided(body))?;
    let header = |wanted: &str| check::shown_header(found, wanted).map(|(_, text)| text);
    let items = match &deliveries.list {
        None => vec![body],
        Some(list) => at(body, &list.at)?.as_sequence()?.iter().collect(),
    };
    let reading = Samples { api, side: Direction::Answer };
    let mut shown = Vec::new();
    let mut unsigned = false;
    let mut events = Vec::new();
    for item in items {
        let Called { name, is_ping } = check::called(found, item, deliveries).ok().flatten()?;
        unsigned |= is_ping && deliveries.ping.as_ref().is_some_and(|ping| !ping.signed);
        let payload = if is_ping { &[][..] } else { &deliveries.payload };
        let inner = at(item, payload)?;
        let (wire, ty) = known(&name, deliveries)?;
        let Some(ty) = ty else {
            shown.push(sample::untyped(item));
            events.push((wire, None));
            continue;
        };
        let rest = check::without_names(inner, ty, payload, deliveries, api);
        let mut sample = reading.value(&rest, ty);
        if let Json::Object(members) = &mut sample.shown {
            let names = inner.as_mapping().unwrap_or_default().iter();
            let names = names.filter(|entry| rest.get(&entry.key.value).is_none());
            members.splice(..0, names.map(|entry| (entry.key.value.clone(), named(&entry.value))));
        }
        shown.push(replaced(item, payload, sample.shown));
        events.push((wire, Some(sample.kept)));
    }
    let body = match &deliveries.list {
        None => shown.pop()?,
        Some(list) => {
            let envelope = list.envelope.as_ref().map(|ty| reading.value(body, ty).shown);
            let envelope = envelope.unwrap_or_else(|| sample::untyped(body));
            replaced_in(envelope, &list.at, Json::List(shown))
        }
    };
    let event = match check::ping_header(found, deliveries) {
        Some(ping) => Some(ping.to_owned()),
        None => deliveries.name.header.as_deref().and_then(header),
    };
    let id = match &deliveries.id {
        Some(DeliveryPlace::Header(wanted)) => header(wanted),
        _ => None,
    };
    Some(SampleDelivery {
        name: found.name.value.clone(),
        ident: String::new(),
        body,
        event,
        id,
        unsigned,
        events,
    })
}

/// What tells events apart: a text, whatever it looks like.
fn named(node: &Node) -> Json {
    node.as_scalar().map_or_else(|| sample::untyped(node), |found| Json::Text(found.text.clone()))
}

fn replaced(node: &Node, path: &[String], value: Json) -> Json {
    replaced_in(sample::untyped(node), path, value)
}

/// An object with another value at a path.
fn replaced_in(object: Json, path: &[String], value: Json) -> Json {
    let Some((name, rest)) = path.split_first() else { return value };
    let Json::Object(mut members) = object else { return object };
    if let Some((_, inner)) = members.iter_mut().find(|(known, _)| known == name) {
        let outer = std::mem::replace(inner, Json::Null);
        *inner = replaced_in(outer, rest, value);
    }
    Json::Object(members)
}

/// The first name of an event, and what it is about.
fn known<'d>(name: &str, deliveries: &'d Deliveries) -> Option<(String, Option<&'d Type>)> {
    match &deliveries.events {
        Events::Each(ty) => Some((name.to_owned(), Some(ty))),
        Events::Named { variants, .. } => {
            let is = |also: &String| also == name;
            let event =
                variants.iter().find(|event| event.wire == name || event.also.iter().any(is))?;
            Some((event.wire.clone(), event.ty.as_ref()))
        }
    }
}

fn at<'n>(node: &'n Node, path: &[String]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, name| node.get(name))
}
