//! What the provider sends to an app.

use super::docs::Sources;
use super::models::Registry;
use super::provider::check_header_name;
use super::types::POISONED;
use super::{signatures, unions};
use crate::ast::{self, ModelKind, Specification, Text, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    DeliveredEvent, Deliveries, DeliveryPlace, EventName, Events, List, Ping, Scalar, Type,
};
use crate::names::{Kind, Scope};

pub(super) fn lower(
    specification: &Specification,
    registry: &mut Registry<'_>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Deliveries> {
    let ast = specification.deliveries.as_ref()?;
    let deliveries = Deliveries {
        docs: sources.docs(ast.doc.as_ref(), &ast.origin, diagnostics),
        name: event_name(ast, diagnostics),
        proof: signatures::lower(ast, diagnostics),
        id: ast.id.as_ref().map(|id| place(id, diagnostics)),
        ping: ast.ping.as_ref().map(|ping| Ping {
            event: ping.event.value.clone(),
            place: ping.place.as_ref().map(|it| place(it, diagnostics)),
            signed: ping.signed,
            echo: ping.echo.as_ref().map(path),
        }),
        events: events(ast, registry, sources, diagnostics),
        payload: ast.payload.as_ref().map(path).unwrap_or_default(),
        list: list(ast, registry, diagnostics),
    };
    Some(deliveries)
}

/// The name of a header, which HTTP does not know in other cases.
pub(super) fn header(name: &Text, diagnostics: &mut Diagnostics) -> String {
    check_header_name(name, diagnostics);
    name.value.to_ascii_lowercase()
}

fn place(place: &ast::DeliveryPlace, diagnostics: &mut Diagnostics) -> DeliveryPlace {
    match place {
        ast::DeliveryPlace::Header(name) => DeliveryPlace::Header(header(name, diagnostics)),
        ast::DeliveryPlace::Field(path) => DeliveryPlace::Field(self::path(path)),
    }
}

/// `data.object`
fn path(text: &Text) -> Vec<String> {
    text.value.split('.').map(str::to_owned).collect()
}

fn event_name(ast: &ast::Deliveries, diagnostics: &mut Diagnostics) -> EventName {
    let Some(event) = &ast.event else {
        diagnostics.push(
            Diagnostic::error(
                &codes::UNNAMED_EVENT,
                ast.span,
                "nothing tells one event from another",
            )
            .label("`event` is missing")
            .help("say what does: `event: { field: type }`, `event: { header: X-Event }`"),
        );
        return EventName::default();
    };
    if event.header.is_none() && event.fields.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                &codes::UNNAMED_EVENT,
                event.span,
                "neither a header nor a member of the body names the event",
            )
            .help("say which one does: `event: { header: X-Event }`, `event: { field: type }`"),
        );
    }
    let alone = event.fields.len() == 1 || event.fields.is_empty() && event.header.is_some();
    if let Some(between) = event.between.as_ref().filter(|_| alone) {
        diagnostics.push(
            Diagnostic::error(
                &codes::UNNAMED_EVENT,
                between.span,
                "there is nothing to put this text between",
            )
            .help("`with` belongs to `join` with several members"),
        );
    }
    EventName {
        header: event.header.as_ref().map(|name| header(name, diagnostics)),
        fields: event.fields.iter().map(path).collect(),
        between: event.between.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
    }
}

fn events(
    ast: &ast::Deliveries,
    registry: &mut Registry<'_>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Events {
    let forms = registry.forms;
    if let Some(each) = &ast.each {
        if let Some(event) = ast.events.first() {
            diagnostics.push(
                Diagnostic::error(
                    &codes::AMBIGUOUS_ITEM,
                    event.wire.span,
                    "deliveries have `events` or `each`, not both",
                )
                .related(each.span, "one type for all events")
                .help("`each` is for events whose names nobody lists"),
            );
        }
        return Events::Each(registry.resolve(each, forms, diagnostics));
    }
    if ast.events.is_empty() {
        diagnostics.push(
            Diagnostic::error(&codes::MISSING_KEY, ast.span, "deliveries have no `events`")
                .label("`events` is missing")
                .help("list them: `events: { PAID: Payment }`; `each: json` if nobody knows them"),
        );
    }
    let mut scope = Scope::new(Kind::Variant, "event");
    unions::duplicates(&ast.events, "event", diagnostics);
    let mut variants: Vec<DeliveredEvent> = ast
        .events
        .iter()
        .map(|event| {
            let nothing =
                matches!(&event.ty.kind, TypeKind::Name { name, .. } if name == "nothing");
            let ty = (!nothing).then(|| registry.resolve(&event.ty, forms, diagnostics));
            DeliveredEvent {
                wire: event.wire.value.clone(),
                also: event.also.iter().map(|also| also.value.clone()).collect(),
                ident: scope.declare(&event.wire, event.name.as_ref(), diagnostics),
                docs: sources.docs(event.doc.as_ref(), &ast::Origin::default(), diagnostics),
                ty,
                boxed: false,
            }
        })
        .collect();
    // A ping is an event like others, even if the specification has nothing more to say of it.
    if let Some(ping) = &ast.ping
        && !variants.iter().any(|event| event.wire == ping.event.value)
    {
        variants.push(DeliveredEvent {
            wire: ping.event.value.clone(),
            also: Vec::new(),
            ident: scope.declare(&ping.event, None, diagnostics),
            docs: crate::ir::Docs::default(),
            ty: None,
            boxed: false,
        });
    }
    let other = unions::other(variants.iter().map(|variant| variant.ident.as_str()));
    Events::Named { variants, other }
}

impl Registry<'_> {
    /// Whether a type is an object, whatever names it goes by.
    fn is_envelope(&mut self, ty: &Type) -> bool {
        match self.plain(ty.clone()) {
            Type::Model(id) => !matches!(self.model(id).kind, ModelKind::Enum { .. }),
            Type::Map(_) | Type::Keyed(..) | Type::Scalar(Scalar::Json) => true,
            ty => ty == POISONED,
        }
    }
}

fn list(
    ast: &ast::Deliveries,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<List> {
    let forms = registry.forms;
    let envelope = ast.envelope.as_ref().map(|ty| registry.resolve(ty, forms, diagnostics));
    let Some(list) = &ast.list else {
        if let Some(envelope) = &ast.envelope {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SEVERAL_EVENTS,
                    envelope.span,
                    "an envelope stands around several events, and there is one",
                )
                .help("name the member that holds the events: `list: events`"),
            );
        }
        return None;
    };
    let header = ast.event.as_ref().and_then(|event| event.header.as_ref());
    let ping = ast.ping.as_ref().and_then(|ping| ping.place.as_ref());
    let in_headers = ast.id.iter().chain(ping).filter_map(|place| match place {
        ast::DeliveryPlace::Header(name) => Some(name),
        ast::DeliveryPlace::Field(_) => None,
    });
    for header in header.into_iter().chain(in_headers) {
        diagnostics.push(
            Diagnostic::error(
                &codes::SEVERAL_EVENTS,
                header.span,
                "a header cannot tell several events apart",
            )
            .related(list.span, "several events in one body")
            .help("say which member of an item does: `field: type`"),
        );
    }
    if let Some(ping) = ast.ping.as_ref().filter(|ping| !ping.signed) {
        diagnostics.push(
            Diagnostic::error(
                &codes::SEVERAL_EVENTS,
                ping.event.span,
                "a ping among several events cannot be unsigned",
            )
            .related(list.span, "several events in one body")
            .help("leave out `signed: false`: what is signed is the body as a whole"),
        );
    }
    if let (Some(ty), Some(expr)) = (&envelope, &ast.envelope)
        && !registry.is_envelope(ty)
    {
        diagnostics.push(
            Diagnostic::error(&codes::SEVERAL_EVENTS, expr.span, "an envelope is an object")
                .label("expected a model"),
        );
    }
    Some(List { at: path(list), envelope })
}
