//! What the event of an example is called, and whether it is a ping.

use crate::ast::{DeliveryExample, Ping, Text};
use crate::ir::{Deliveries, DeliveryPlace};
use crate::yaml::Node;

/// What an event of an example is called.
pub(crate) struct Called {
    pub(crate) name: String,
    pub(crate) is_ping: bool,
}

/// What an event is called, if anything says so; or where its body has no name.
pub(crate) fn called<'d>(
    example: &DeliveryExample,
    node: &Node,
    deliveries: &'d Deliveries,
) -> Result<Option<Called>, &'d [String]> {
    if let Some(ping) = ping_apart(example, node, deliveries) {
        return Ok(Some(Called { name: ping.to_owned(), is_ping: true }));
    }
    let in_body = named_in_body(node, deliveries)?;
    let name = in_body.or_else(|| header(example, deliveries).map(|(_, header)| header));
    let ping = deliveries.ping.as_ref().filter(|ping| ping.place.is_none());
    Ok(name.map(|name| Called { is_ping: ping.is_some_and(|ping| ping.event == name), name }))
}

/// What is told as a ping apart from the names of events.
pub(super) fn ping_apart<'d>(
    example: &DeliveryExample,
    node: &Node,
    deliveries: &'d Deliveries,
) -> Option<&'d str> {
    let ping = deliveries.ping.as_ref()?;
    match ping.place.as_ref()? {
        DeliveryPlace::Header(_) => ping_header(example, deliveries),
        DeliveryPlace::Field(path) => {
            let found = at(node, path).and_then(Node::as_scalar)?;
            (found.text == ping.event).then_some(ping.event.as_str())
        }
    }
}

/// What a header of its own tells as a ping.
pub(crate) fn ping_header<'d>(
    example: &DeliveryExample,
    deliveries: &'d Deliveries,
) -> Option<&'d str> {
    let ping = deliveries.ping.as_ref()?;
    let Some(DeliveryPlace::Header(wanted)) = &ping.place else { return None };
    let (_, found) = shown_header(example, wanted)?;
    (found == ping.event).then_some(ping.event.as_str())
}

/// Where a delivery has the text of a ping that is not told there, as an entry of `ping`.
pub(super) fn ping_elsewhere(
    example: &DeliveryExample,
    node: &Node,
    ping: &Ping,
) -> Option<String> {
    let is = |node: &Node| node.as_scalar().is_some_and(|it| it.text == ping.event.value);
    let is_plain =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let in_header = example.headers.iter().find(|(_, node)| is(node));
    if let Some((name, _)) = in_header {
        return is_plain(&name.value).then(|| format!("header: {}", name.value));
    }
    let mut members = node.as_mapping()?.iter();
    let found = members.find(|entry| is(&entry.value) && is_plain(&entry.key.value))?;
    Some(format!("field: {}", found.key.value))
}

/// What an event is called in its body, if it is named there; or where there is no name.
fn named_in_body<'d>(
    node: &Node,
    deliveries: &'d Deliveries,
) -> Result<Option<String>, &'d [String]> {
    let part = |path: &'d Vec<String>| {
        let scalar = at(node, path).and_then(Node::as_scalar);
        scalar.map(|scalar| scalar.text.as_str()).ok_or(path.as_slice())
    };
    let parts = deliveries.name.fields.iter().map(part).collect::<Result<Vec<&str>, _>>()?;
    Ok((!parts.is_empty()).then(|| parts.join(&deliveries.name.between)))
}

/// What the header with the event says, where the example shows it.
pub(super) fn header<'e>(
    example: &'e DeliveryExample,
    deliveries: &Deliveries,
) -> Option<(&'e Text, String)> {
    shown_header(example, deliveries.name.header.as_ref()?)
}

/// What a header says, where the example shows it.
pub(crate) fn shown_header<'e>(
    example: &'e DeliveryExample,
    wanted: &str,
) -> Option<(&'e Text, String)> {
    let mut headers = example.headers.iter();
    let (name, node) = headers.find(|(name, _)| name.value.eq_ignore_ascii_case(wanted))?;
    Some((name, node.as_scalar()?.text.clone()))
}

pub(super) fn at<'n>(node: &'n Node, path: &[String]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, name| node.get(name))
}
