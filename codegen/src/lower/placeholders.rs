//! Parameters of paths, against the placeholders of their route.

use std::collections::{BTreeMap, BTreeSet};

use super::members::Flat;
use super::methods::Parts;
use super::shared::Shared;
use crate::ast::{self, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Parameter, Place, Style};
use crate::names::{Kind, Scope};
use crate::parse::shown;

/// The name of a placeholder without the signs that stand around it in routes.
fn bare(name: &str) -> &str {
    name.trim_matches(|c| "{}:<>$[]".contains(c))
}

/// A default of what is always there: a path without it would be another one.
fn with_default(member: &ast::Member) -> Option<Diagnostic> {
    let default = member.default.as_ref().filter(|_| !member.optional)?;
    let name = shown(&member.wire.value);
    Some(
        Diagnostic::error(
            &codes::BAD_DEFAULT,
            default.span,
            format!("`{name}` has a default and is always sent"),
        )
        .label("a path has all of its parts")
        .help(format!(
            "leave the default out; what an app sets once for all calls is `parameters: {{ path: {{ {name}?: … }} }}`"
        )),
    )
}

/// A parameter of the query with the name of a placeholder.
fn in_query<'m>(method: &'m ast::Method, placeholder: &Text) -> Option<&'m Text> {
    let members = method.query.iter().filter_map(|item| match item {
        ast::FieldItem::Member(member) => Some(&member.wire),
        _ => None,
    });
    let mut members = members;
    members.find(|wire| wire.value == placeholder.value)
}

/// The parameters of paths that all methods can have.
fn shared(specification: &ast::Specification) -> impl Iterator<Item = Flat<'_>> {
    let members = specification.path.iter();
    members.map(|member| Flat { member, optional: member.optional, from: None, scope: None })
}

/// Two values that keep their slashes with nothing but slashes and other values between them.
fn side_by_side(route: &ast::Route, parameters: &[Parameter]) -> Option<Diagnostic> {
    let in_steps = parameters.iter().filter(|one| one.style == Style::Slash);
    let in_steps: BTreeSet<&str> = in_steps.map(|one| one.wire.as_str()).collect();
    let mut before: Option<&Text> = None;
    let mut rest = route.path.value.as_str();
    for placeholder in &route.placeholders {
        let (between, after) = rest.split_once('{')?;
        rest = after.split_once('}')?.1;
        if between.chars().any(|c| c != '/') {
            before = None;
        }
        if !in_steps.contains(placeholder.value.as_str()) {
            continue;
        }
        let Some(first) = before.replace(placeholder) else { continue };
        let (one, other) = (shown(&first.value), shown(&placeholder.value));
        return Some(
            Diagnostic::error(
                &codes::BAD_STYLE,
                placeholder.span,
                format!("nobody can tell where `{one}` ends and `{other}` begins"),
            )
            .related(first.span, "keeps its slashes, too")
            .help("between two values with `style: slash` the route has a word"),
        );
    }
    None
}

impl<'s> Parts<'_, 's> {
    /// Finds what is wrong with the types of shared parameters, those that no route takes included.
    pub(super) fn check_shared(&mut self, diagnostics: &mut Diagnostics) {
        for flat in shared(self.specification) {
            let mut alone = Scope::new(Kind::Value, "parameter");
            self.parameter(&flat, Place::Path, &mut alone, diagnostics);
            diagnostics.extend(with_default(flat.member));
        }
    }

    /// The parameters of the path, in the order of the route.
    pub(super) fn in_path(
        &mut self,
        method: &'s ast::Method,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Parameter> {
        let own = self.registry.flatten(&method.path, diagnostics);
        for flat in own.iter().filter(|flat| flat.from.is_none()) {
            diagnostics.extend(with_default(flat.member));
        }
        let lost = self.registry.loses_members();
        let mut parameters = Vec::new();
        let placeholders = method.route.as_ref().map_or(&[][..], |route| &route.placeholders);
        let places: BTreeSet<&str> = placeholders.iter().map(|it| it.value.as_str()).collect();
        let has_place = |flat: &Flat<'_>| places.contains(flat.member.wire.value.as_str());
        let by_name: BTreeMap<&str, &Flat<'s>> =
            own.iter().rev().map(|flat| (flat.member.wire.value.as_str(), flat)).collect();
        let client_fills =
            |name: &Text, shared: &Shared<'_>| shared.of_client(Place::Path, &name.value).is_some();
        // One of each is the same one, in two spellings.
        let is_open = |name: &Text| {
            !client_fills(name, &self.shared)
                && !by_name.contains_key(name.value.as_str())
                && self.shared.in_path(&name.value).is_none()
        };
        let spare: Vec<&Flat<'s>> = own.iter().filter(|flat| !has_place(flat)).collect();
        let open = placeholders.iter().filter(|it| is_open(it)).count();
        let slip = if let ([spare], 1) = (spare.as_slice(), open) { Some(*spare) } else { None };
        for placeholder in placeholders {
            if client_fills(placeholder, &self.shared) {
                continue;
            }
            let found = by_name.get(placeholder.value.as_str()).map(|flat| (*flat).clone());
            let found = found.or_else(|| self.shared.in_path(&placeholder.value));
            let Some(flat) = found else {
                if lost {
                    continue;
                }
                let known = own
                    .iter()
                    .map(|flat| flat.member.wire.value.as_str())
                    .chain(self.specification.path.iter().map(|member| member.wire.value.as_str()));
                let near = diagnostics.nearest(&placeholder.value, known);
                if let Some(found) = self.misspelt_for_all(placeholder, near) {
                    diagnostics.push(found);
                    continue;
                }
                if let Some(spare) =
                    slip.filter(|spare| bare(&spare.member.wire.value) == placeholder.value)
                {
                    let wire = &spare.member.wire;
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::PLACEHOLDER,
                            wire.span,
                            format!("`{}` is no name of a placeholder", shown(&wire.value)),
                        )
                        .related(placeholder.span, "the placeholder")
                        .help(format!("write its name alone: `{}`", shown(&placeholder.value)))
                        .patch(wire.span, &placeholder.value),
                    );
                    parameters.push(self.parameter(spare, Place::Path, scope, diagnostics));
                    continue;
                }
                if near.is_none()
                    && slip.is_none()
                    && let Some(query) = in_query(method, placeholder)
                {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::PLACEHOLDER,
                            placeholder.span,
                            format!(
                                "the placeholder `{{{}}}` has no type",
                                shown(&placeholder.value)
                            ),
                        )
                        .related(query.span, "this is no part of the path")
                        .help(format!(
                            "what a placeholder is stands in `path`: `path: {{ {}: string }}`",
                            shown(&query.value)
                        )),
                    );
                    continue;
                }
                let near = near.or(slip.map(|spare| spare.member.wire.value.as_str()));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "say what it is: `path: {{ {}: string }}`",
                        shown(&placeholder.value)
                    ),
                };
                let text =
                    format!("the placeholder `{{{}}}` has no type", shown(&placeholder.value));
                // Routes that lack the same type are told of together.
                let first = (slip.is_none() && method.path.is_empty())
                    .then(|| self.shared.first_place(&placeholder.value));
                let place = first.flatten().unwrap_or(placeholder.span);
                let mut found = Diagnostic::error(&codes::PLACEHOLDER, place, text).help(help);
                if place != placeholder.span {
                    found = found.related(placeholder.span, "and here");
                }
                match slip {
                    Some(spare) => {
                        let place = spare.member.wire.span;
                        let found = found.related(place, "and this is in no place of the route");
                        diagnostics.push(found);
                        parameters.push(self.parameter(spare, Place::Path, scope, diagnostics));
                    }
                    None => diagnostics.push(found),
                }
                continue;
            };
            let member = flat.member;
            if member.optional {
                // One that several routes share is reported once.
                let found = Diagnostic::error(
                    &codes::PLACEHOLDER,
                    member.wire.span,
                    format!(
                        "the path parameter `{}` cannot be optional",
                        shown(&placeholder.value)
                    ),
                )
                .label("a path without it would be another path")
                .help("leave the `?` out: a route that exists with and without it is two methods");
                let (place, name) = (member.wire.span, member.wire.value.as_str());
                let plain = (place.end - place.start) as usize == name.len() + 1;
                diagnostics.push(if plain { found.patch(place, name) } else { found });
            }
            if let Some(value) = &member.constant {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::PLACEHOLDER,
                        value.span,
                        format!(
                            "the path parameter `{}` cannot be a constant",
                            shown(&placeholder.value)
                        ),
                    )
                    .label("always the same")
                    .help("write this value in the route, in place of the placeholder"),
                );
            }
            let flat = Flat { optional: false, ..flat };
            parameters.push(self.parameter(&flat, Place::Path, scope, diagnostics));
        }
        for flat in &own {
            let name = &flat.member.wire.value;
            if self.is_of_client(Place::Path, &flat.member.wire, diagnostics) {
                continue;
            }
            // In which order they stand in a route that cannot be read does not matter.
            if method.route.is_none() {
                parameters.push(self.parameter(flat, Place::Path, scope, diagnostics));
            } else if !has_place(flat) && slip.is_none() {
                let diagnostic = Diagnostic::error(
                    &codes::PLACEHOLDER,
                    flat.from.map_or(flat.member.wire.span, |base| base.span),
                    format!("the route has no placeholder `{{{}}}`", shown(name)),
                );
                let diagnostic = match &method.route {
                    Some(route) if !route.path.value.is_empty() => {
                        diagnostic.related(route.path.span, "the route")
                    }
                    _ => diagnostic,
                };
                // `$id` is a placeholder elsewhere.
                let mut parts = method.route.iter().flat_map(|route| route.path.value.split('/'));
                let marked = parts.find(|part| part.strip_prefix('$') == Some(name));
                let near = diagnostics
                    .nearest(name, placeholders.iter().map(|other| other.value.as_str()));
                diagnostics.push(match near {
                    _ if let Some(marked) = marked => {
                        diagnostic.help(format!("write the placeholder `{marked}` as `{{{name}}}`"))
                    }
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic
                        .help("a parameter after the `?` of an address belongs to `query`"),
                });
            }
        }
        diagnostics
            .extend(method.route.as_ref().and_then(|route| side_by_side(route, &parameters)));
        parameters
    }

    /// What is said of a parameter for all routes that no route has, and that is near to a placeholder without a type:
    /// once, however many routes have that one.
    fn misspelt_for_all(&self, placeholder: &Text, near: Option<&str>) -> Option<Diagnostic> {
        let near = near?;
        let shared = self.specification.path.iter().find(|member| member.wire.value == near)?;
        let routes = self.specification.methods.iter().filter_map(|method| method.route.as_ref());
        let mut places = routes.flat_map(|route| &route.placeholders);
        if places.any(|place| place.value == near) {
            return None;
        }
        let (place, name) = (shared.wire.span, shown(&placeholder.value));
        let found = Diagnostic::error(
            &codes::PLACEHOLDER,
            place,
            format!("no route has the placeholder `{{{}}}`", shown(near)),
        )
        .related(placeholder.span, "a placeholder without a type")
        .help(format!("did you mean `{name}`?"));
        let length = (place.end - place.start) as usize;
        Some(match shared.optional {
            false if length == near.len() => found.patch(place, &placeholder.value),
            true if length == near.len() + 1 => {
                found.patch(place, format!("{}?", placeholder.value))
            }
            _ => found,
        })
    }
}
