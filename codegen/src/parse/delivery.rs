//! `deliveries:`

use super::reader::{self, Keys, shown};
use super::{example, model, provider, union};
use crate::ast::{
    Deliveries, DeliveryExample, DeliveryPlace, EventName, Ping, Specification, Timestamp,
    TypeExpr, Verify, VerifyKeys,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Reads what the provider sends to an app.
pub(super) fn read(
    entry: &Entry,
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    if let Some(first) = &specification.deliveries {
        diagnostics.push(
            Diagnostic::error(
                &codes::DUPLICATE_ITEM,
                entry.key.span,
                "a specification has one `deliveries`",
            )
            .label("a second one")
            .related(first.span, "first defined here"),
        );
        return;
    }
    let deliveries = reader::present(entry, diagnostics)
        .and_then(|node| Keys::open("deliveries", node, diagnostics))
        .map(|keys| deliveries(entry, keys, diagnostics));
    specification.incomplete |= deliveries.is_none();
    specification.deliveries = deliveries;
}

fn deliveries(entry: &Entry, mut keys: Keys<'_>, diagnostics: &mut Diagnostics) -> Deliveries {
    let event = keys.node("event", diagnostics);
    let meant = keys.meant("verify");
    let place = keys.span("verify").unwrap_or(entry.key.span);
    let ty = |key: &'static str, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics| {
        keys.node(key, diagnostics).map(|node| model::bare_type(key, node, diagnostics))
    };
    let stated = keys.entries("events", diagnostics);
    let entries = named_events(stated, diagnostics);
    let each = ty("each", &mut keys, diagnostics);
    // A name that stands for several may stand for any.
    let unclear = entries.len() < stated.len() && each.is_none();
    let each = each.or_else(|| unclear.then(|| TypeExpr::poisoned(entry.key.span)));
    let deliveries = Deliveries {
        doc: keys.doc("doc", diagnostics),
        origin: provider::origin(&mut keys, "sdk", diagnostics),
        event: event.and_then(|node| event_name(node, diagnostics)),
        verify: keys
            .entry("verify")
            .and_then(|entry| reader::present_or(entry, UNSIGNED, diagnostics))
            .map(|node| verify(node, place, diagnostics))
            .or_else(|| meant.then_some(Verify::Poisoned)),
        ping: keys.node("ping", diagnostics).and_then(|node| ping(node, diagnostics)),
        id: keys.node("id", diagnostics).and_then(|node| id(node, diagnostics)),
        events: match unclear {
            true => Vec::new(),
            false => union::variants("an event", &entries, diagnostics),
        },
        each,
        list: keys.way("list", diagnostics),
        envelope: ty("envelope", &mut keys, diagnostics),
        payload: keys.way("payload", diagnostics),
        examples: examples(keys.entries("examples", diagnostics), diagnostics),
        span: entry.key.span,
    };
    keys.finish(diagnostics);
    deliveries
}

/// What is said where `verify` says nothing.
const UNSIGNED: &str =
    "say how the provider proves that it is the sender, or `verify: none` where it does not";

/// The entries of `events`, without those that are names of no event.
fn named_events(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let mut is_named = |entry: &&Entry| {
        let name = entry.key.value.as_str();
        let is_rest = reader::is_plain(&entry.key) && matches!(name, "default" | "other" | "else");
        if !is_rest && !name.contains('*') {
            return true;
        }
        let found = format!("`{}` would be the name of one event", shown(name));
        let found = Diagnostic::error(&codes::BAD_NAME, entry.key.span, found);
        diagnostics.push(match is_rest {
            true => found.help(
                "leave it out: events that are not listed are kept as they were sent; a name that is meant so is put in \
                 quotes",
            ),
            false => found.help(
                "each event has its whole name; those that are not listed are kept as they were sent, and one type for \
                 all is `each: TYPE`",
            ),
        });
        false
    };
    entries.iter().filter(&mut is_named).cloned().collect()
}

fn event_name(node: &Node, diagnostics: &mut Diagnostics) -> Option<EventName> {
    let mut keys = Keys::open("event", node, diagnostics)?;
    let header = keys.text("header", diagnostics);
    let field = keys.way("field", diagnostics);
    let several = keys.peek("join").and_then(|join| join.value.as_sequence());
    let join = keys.ways("join", diagnostics);
    // What stands between those of which one was left out is told with that.
    let is_whole = several.is_none_or(|several| several.len() == join.len());
    let name = EventName {
        header,
        between: keys.text("with", diagnostics).filter(|_| is_whole),
        fields: if join.is_empty() { field.iter().cloned().collect() } else { join },
        span: node.span,
    };
    if let Some(field) = field.filter(|field| !name.fields.contains(field)) {
        diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                field.span,
                "the name of an event stands in one member or in several, not both",
            )
            .help("leave out `field` or `join`"),
        );
    }
    keys.finish(diagnostics);
    Some(name)
}

fn verify(node: &Node, place: Span, diagnostics: &mut Diagnostics) -> Verify {
    if matches!(&node.value, Value::Scalar(scalar) if scalar.text == "none") {
        return Verify::Nothing;
    }
    let Some(mut keys) = Keys::open("verify", node, diagnostics) else { return Verify::Poisoned };
    let beside = keys.has("tolerance");
    let verify = VerifyKeys {
        header: keys.text("header", diagnostics),
        secret: keys.text("secret", diagnostics),
        hmac: keys.text("hmac", diagnostics),
        encoding: keys.text("encoding", diagnostics),
        prefix: keys.text("prefix", diagnostics),
        split: keys.text("split", diagnostics),
        over: keys.text("over", diagnostics),
        timestamp: keys
            .node("timestamp", diagnostics)
            .and_then(|node| timestamp(node, beside, diagnostics)),
        span: place,
    };
    keys.finish(diagnostics);
    Verify::Keys(Box::new(verify))
}

/// `timestamp:`, the tolerance of which may stand `beside` it, which is told there.
fn timestamp(node: &Node, beside: bool, diagnostics: &mut Diagnostics) -> Option<Timestamp> {
    let mut keys = Keys::open("timestamp", node, diagnostics)?;
    let timestamp = Timestamp {
        header: keys.text("header", diagnostics),
        prefix: keys.text("prefix", diagnostics),
        tolerance: keys.text("tolerance", diagnostics),
        unclear: keys.rest(),
        span: node.span,
    };
    if timestamp.tolerance.is_none() && !beside {
        keys.missing("tolerance", node.span, "say how old a delivery may be: `tolerance: 5m`");
    }
    keys.finish(diagnostics);
    Some(timestamp)
}

fn ping(node: &Node, diagnostics: &mut Diagnostics) -> Option<Ping> {
    let mut keys = Keys::open("ping", node, diagnostics)?;
    let key = keys.span("event");
    let event = keys.text("event", diagnostics);
    let place = place("a ping is told by a header or by a member", &mut keys, diagnostics);
    let signed = keys.flag_or("signed", true, diagnostics);
    let echo = keys.way("echo", diagnostics);
    if event.is_none() {
        keys.missing("event", node.span, "say what it is called: `event: PING`");
    }
    keys.finish(diagnostics);
    let (event, place) = (event?, place.ok()?);
    let entry = key.map_or(event.span, |key| key.to(event.span));
    Some(Ping { event, place, signed, echo, entry })
}

fn id(node: &Node, diagnostics: &mut Diagnostics) -> Option<DeliveryPlace> {
    let mut keys = Keys::open("id", node, diagnostics)?;
    let place = place("an id stands in a header or in a member", &mut keys, diagnostics);
    if let Ok(None) = place {
        keys.missing(
            "field",
            node.span,
            "an id stands in a header or in a member: `id: { header: X-Delivery-Id }`",
        );
    }
    keys.finish(diagnostics);
    place.ok()?
}

/// What was told already.
struct Told;

/// The header or the member of `keys`, of which there is one at most.
fn place(
    what: &str,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Option<DeliveryPlace>, Told> {
    let header = keys.text("header", diagnostics);
    let field = keys.way("field", diagnostics);
    match (header, field) {
        (Some(header), None) => Ok(Some(DeliveryPlace::Header(header))),
        (None, Some(field)) => Ok(Some(DeliveryPlace::Field(field))),
        // One of them is there, and unreadable.
        (None, None) if keys.meant("header") || keys.meant("field") => Err(Told),
        (None, None) => Ok(None),
        (Some(_), Some(field)) => {
            let found = format!("{what}, not both");
            diagnostics.push(
                Diagnostic::error(&codes::AMBIGUOUS_ITEM, field.span, found)
                    .help("leave out `header` or `field`"),
            );
            Err(Told)
        }
    }
}

fn examples(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<DeliveryExample> {
    entries.iter().filter_map(|entry| example(entry, diagnostics)).collect()
}

fn example(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<DeliveryExample> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("an example of a delivery", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    // Told to readers of the specification only, the secret with which it was signed included.
    for key in ["title", "constructed", "secret", "at"] {
        keys.text(key, diagnostics);
    }
    let source = keys.text("source", diagnostics);
    let example = DeliveryExample {
        name: entry.key.clone(),
        shown: source.is_some(),
        placeholder: keys.flag("placeholder", diagnostics),
        headers: example::values(keys.entries("headers", diagnostics)),
        request: keys.entry("request").map(|entry| entry.value.clone()),
    };
    if example.request.is_none() && example.headers.is_empty() && keys.take_values() {
        diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                node.span,
                "the members of the delivery stand in no `request`",
            )
            .label("`request` is missing")
            .help("put them one level deeper: `request: { … }`"),
        );
    } else if example.request.is_none() {
        keys.missing(
            "request",
            entry.key.span,
            "show the body that the service sends: `request: { … }`",
        );
    }
    keys.finish(diagnostics);
    Some(example)
}
