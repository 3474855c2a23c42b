//! Objects: their members, their message and their rules.

use std::collections::BTreeMap;

use super::among;
use super::docs::Sources;
use super::members::{Flat, known_members};
use super::models::Registry;
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Field, ModelId, Object};
use crate::names::{self, Scope};
use crate::parse::shown;

/// Lowers the members of an object, and what is said of several of them.
pub(super) fn lower(
    registry: &mut Registry<'_>,
    id: ModelId,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Object {
    let model = registry.model(id);
    let members = registry.members(id, diagnostics);
    let mut scope = Scope::new(names::Kind::Value, "field").reserve(&["new"]);
    if model.incomplete.is_some() {
        scope = scope.reserve(&["undeclared"]);
    }
    let mut fields = Vec::with_capacity(members.len());
    let made = registry.fields(&members, &mut scope, sources, diagnostics);
    for (index, (field, answer)) in made.fields.into_iter().enumerate() {
        if answer != field.presence {
            registry.answer_presence.insert((id, index), answer);
        }
        fields.push(field);
    }
    check_wire_names(&members, diagnostics);
    let lost = registry.lost_members(id);
    let message = model.message.as_ref().and_then(|name| {
        let found = fields.iter().position(|field| field.wire == name.value);
        if found.is_none() && !lost {
            diagnostics.push(unknown_message(name, &fields, diagnostics));
        }
        found
    });
    let known = among::standings(&fields, &made.constants);
    let among = among::settle(registry.rules_for(id), &known, lost, diagnostics);
    // Nothing is generated of a model that lost members; its examples may show them.
    let open = model.incomplete.is_some() || lost;
    Object {
        message,
        constants: made.constants,
        among,
        undeclared: open.then(|| "undeclared".to_owned()),
        fields,
        only_read: Vec::new(),
    }
}

/// The further wire names must not be those of other members.
fn check_wire_names(members: &[Flat<'_>], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Text> =
        members.iter().map(|flat| (flat.member.wire.value.as_str(), &flat.member.wire)).collect();
    for flat in members {
        for also in &flat.member.also {
            if let Some(first) = seen.insert(&also.value, also) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_MEMBER,
                        also.span,
                        format!("the wire name `{}` belongs to two members", shown(&also.value)),
                    )
                    .related(first.span, "the other one")
                    .help("name it once: the key of a member is read without being among `also`"),
                );
            }
        }
    }
}

fn unknown_message(name: &Text, fields: &[Field], diagnostics: &Diagnostics) -> Diagnostic {
    // `error.message`: a way, as `next` and `at` have it.
    if let Some((first, rest)) = name.value.split_once('.')
        && fields.iter().any(|field| field.wire == first)
    {
        let (first, rest) = (shown(first), shown(rest));
        return Diagnostic::error(
            &codes::UNKNOWN_MEMBER,
            name.span,
            format!("there is no member `{}` that could be the message", shown(&name.value)),
        )
        .label("expected the name of one member")
        .help(format!(
            "say `message: {first}` here, and `message: {rest}` in the model of `{first}`"
        ));
    }
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_MEMBER,
        name.span,
        format!("there is no member `{}` that could be the message", shown(&name.value)),
    );
    let known: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
    match diagnostics.nearest(&name.value, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => diagnostic.help(known_members(&known)),
    }
}
