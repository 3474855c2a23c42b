//! Parameters: what travels outside the body. Those of paths are in `placeholders`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::fields::deprecated;
use super::limits::in_words;
use super::members::Flat;
use super::methods::Parts;
use super::provider::{check_cookie_name, check_sent_header, header_twice};
use super::shared::key;
use super::travel::{can_travel, check_fixed, outside_bodies};
use super::{pages, types};
use crate::ast::{self, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Parameter, Place, Style, Type};
use crate::names::Scope;
use crate::parse::shown;

/// A parameter that is always sent with the same value: place, name and value.
type Constant = (Place, String, String);

impl<'s> Parts<'_, 's> {
    /// What the method sends outside its body.
    pub(super) fn parameters(
        &mut self,
        method: &'s ast::Method,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Parameter>, Vec<Constant>) {
        let mut parameters = self.in_path(method, scope, diagnostics);
        let pager = pages::pager(method, self.specification);
        let asked = pager.map_or_else(Vec::new, |pager| pages::parameters(method, pager));
        let places = [
            (&method.query, Place::Query),
            (&method.headers, Place::Header),
            (&method.cookies, Place::Cookie),
        ];
        let mut constants = Vec::new();
        for (items, place) in places {
            let mut headers: BTreeMap<String, &Text> = BTreeMap::new();
            for flat in self.registry.flatten(items, diagnostics) {
                let wire = &flat.member.wire;
                if place == Place::Header {
                    match headers.entry(key(place, &wire.value)) {
                        Entry::Occupied(first) => {
                            diagnostics.push(header_twice(wire, first.get()));
                            continue;
                        }
                        Entry::Vacant(open) => open.insert(wire),
                    };
                }
                if self.is_of_client(place, wire, diagnostics) {
                    continue;
                }
                match place {
                    Place::Header => check_sent_header(wire, diagnostics),
                    Place::Cookie => check_cookie_name(wire, diagnostics),
                    Place::Path | Place::Query => {}
                }
                match &flat.member.constant {
                    Some(value) => {
                        check_fixed(place, value, diagnostics);
                        let constant = self.registry.constant(flat.member, value, diagnostics);
                        let constant = constant.map(|constant| constant.value.to_string());
                        constants.extend(constant.map(|value| (place, wire.value.clone(), value)));
                    }
                    None => {
                        let before = diagnostics.mark();
                        let parameter = self.parameter(&flat, place, scope, diagnostics);
                        let asked = asked.iter().find(|(name, _)| name.value == wire.value);
                        if let (Some(asked), Place::Query) = (asked, place)
                            && !diagnostics.errors_since(before)
                        {
                            let declared = flat.member.ty.span;
                            let ty = self.registry.parameter_type(&parameter.ty);
                            pages::check_parameter(ty, *asked, declared, diagnostics);
                        }
                        parameters.push(parameter);
                    }
                }
            }
        }
        for (name, role) in asked {
            let known = |known: &Parameter| known.place == Place::Query && known.wire == name.value;
            if !parameters.iter().any(known) && !self.is_of_client(Place::Query, name, diagnostics)
            {
                parameters.push(Parameter {
                    place: Place::Query,
                    wire: name.value.clone(),
                    ident: scope.declare(name, None, diagnostics),
                    docs: Docs { text: Some(role.doc().to_owned()), ..Docs::default() },
                    ty: role.ty(),
                    style: Style::Form,
                    optional: true,
                    limits: None,
                });
            }
        }
        (parameters, constants)
    }

    pub(super) fn parameter(
        &mut self,
        flat: &Flat<'s>,
        place: Place,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Parameter {
        let member = flat.member;
        let outer = self.registry.enter(flat);
        // What `wire` says of all points in time is about bodies.
        let forms = std::mem::take(&mut self.registry.forms);
        let before = diagnostics.mark();
        let value = match flat.from {
            None => self.registry.value_of_parameter(&member.ty, diagnostics),
            Some(_) => None,
        };
        let (ty, nullable) = match value {
            Some(found) => {
                diagnostics.push(found);
                (types::POISONED, false)
            }
            None => self.registry.member_type(member, diagnostics),
        };
        if flat.from.is_none() {
            self.registry.offer_outside_bodies(member, place, before, diagnostics);
        }
        self.registry.forms = forms;
        self.registry.scope = outer;
        // What it was meant to be is not known, null perhaps.
        let ty = if member.unsure { types::POISONED } else { ty };
        let ty = outside_bodies(ty, self.registry, 0);
        let style = self.style(member, (&ty, nullable), place, diagnostics);
        if nullable || style.is_none() && !can_travel(&ty, place, self.registry) {
            let own = flat.from.is_none();
            diagnostics.push(self.registry.stays_in_bodies(member, (&ty, own), place));
        }
        // What comes from a model has its flags for the answers that hold it too.
        if flat.from.is_none() && (member.flags.read || member.flags.write) {
            let name = shown(&member.wire.value);
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_FLAG,
                    member.ty.span,
                    format!("`{name}` is a parameter, and parameters are in requests only"),
                )
                .help("`read` and `write` are about members of models: leave the flag out"),
            );
        }
        // The client fills a placeholder with its default, which has a rule of its own.
        if let (None, false, Some(default)) = (flat.from, flat.optional, &member.default)
            && place != Place::Path
        {
            let name = shown(&member.wire.value);
            let found = Diagnostic::error(
                &codes::BAD_DEFAULT,
                default.span,
                format!("`{name}` has a default and is always sent"),
            )
            .related(member.wire.span, "required, because its name has no `?`")
            .help(format!("write `{name}?`, or leave the default out"));
            let plain = crate::parse::is_plain(&member.wire);
            let mended = format!("{}?", member.wire.value);
            diagnostics.push(if plain { found.patch(member.wire.span, mended) } else { found });
        }
        let origin = ast::Origin { assumed: member.assumed.clone(), ..Default::default() };
        let mut docs = self.sources.docs(member.doc.as_ref(), &origin, diagnostics);
        let limits = self.registry.limits(&member.ty, &ty, diagnostics);
        docs.default = member.default.as_ref().map(|default| default.value.clone());
        docs.limits = limits.as_ref().map(|limits| in_words(limits, &ty));
        docs.deprecated = deprecated(member);
        Parameter {
            place,
            wire: member.wire.value.clone(),
            ident: scope.declare(&member.wire, member.name.as_ref(), diagnostics),
            docs,
            style: style.unwrap_or(match ty {
                Type::Csv(_) => Style::Csv,
                _ => Style::Form,
            }),
            ty,
            optional: flat.optional,
            limits,
        }
    }
}
