//! Members of an object, with those that it takes from others.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::generics::{self, Scoped};
use super::models::{Registry, State};
use crate::ast::{self, Base, FieldItem, Member, ModelKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{ModelId, Type};
use crate::parse::shown;
use crate::vocabulary;

/// A member, perhaps from another model.
#[derive(Clone, Debug)]
pub(super) struct Flat<'s> {
    pub(super) member: &'s Member,
    /// As declared, or loosened by `optional`.
    pub(super) optional: bool,
    /// The model it was spread from.
    pub(super) from: Option<&'s Text>,
    /// What names for types stand for in it, where it comes from a model that was given types.
    pub(super) scope: Option<Scoped>,
}

impl<'s> Registry<'s> {
    /// The members of a model, or an error if it has none.
    pub(super) fn members(
        &mut self,
        id: ModelId,
        diagnostics: &mut Diagnostics,
    ) -> Rc<Vec<Flat<'s>>> {
        let id = self.declared(id);
        let model = self.model(id);
        match self.state(id) {
            State::Done(members) => return members,
            // Reported at the `...` or `like` that closes the circle.
            State::Visiting => return Rc::default(),
            State::Unvisited => {}
        }
        self.set_state(id, State::Visiting);
        let outer = self.begin();
        let scope = std::mem::replace(&mut self.scope, generics::own_scope(model));
        let members = match &model.kind {
            ModelKind::Object(items) => self.flatten(items, diagnostics),
            ModelKind::Like { base, without, optional, all_optional } => {
                self.like(base, without, optional, *all_optional, diagnostics)
            }
            ModelKind::Poisoned => {
                self.lose_members();
                Vec::new()
            }
            ModelKind::Alias(_) | ModelKind::Enum { .. } | ModelKind::Union { .. } => Vec::new(),
        };
        self.scope = scope;
        self.end(id, outer);
        let rules = self.rules_of(model);
        self.set_rules(id, rules);
        let members = Rc::new(members);
        self.set_state(id, State::Done(Rc::clone(&members)));
        members
    }

    /// The members that lines of `fields:`, `query:` and the like stand for.
    pub(super) fn flatten(
        &mut self,
        items: &'s [FieldItem],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Flat<'s>> {
        let mut flat: Vec<Flat<'s>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for item in items {
            let more = match item {
                FieldItem::Member(member) => {
                    vec![Flat { member, optional: member.optional, from: None, scope: None }]
                }
                FieldItem::Spread(base) => self
                    .base(base, "...", diagnostics)
                    .iter()
                    .map(|inner| Flat { from: Some(&base.name), ..inner.clone() })
                    .collect(),
            };
            for member in more {
                let index = *known.entry(&member.member.wire.value).or_insert(flat.len());
                match flat.get(index) {
                    None => flat.push(member),
                    Some(first) => diagnostics.push(twice(first, &member)),
                }
            }
        }
        flat
    }

    /// The members of a base that is named in `...` or `like`.
    fn base(&mut self, base: &Base, how: &str, diagnostics: &mut Diagnostics) -> Rc<Vec<Flat<'s>>> {
        let name = &base.name;
        let Some(id) = self.lookup(&name.value) else {
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_TYPE,
                name.span,
                format!("there is no model `{}`", shown(&name.value)),
            )
            .about([name.value.as_str()]);
            if let Some(near) = diagnostics.nearest(&name.value, self.names()) {
                diagnostic =
                    diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near);
            } else if vocabulary::is_reserved(&name.value) {
                diagnostic = diagnostic
                    .label("a type of the language, which has no members")
                    .help("only models with `fields` or `like` lend members");
            } else {
                diagnostic = diagnostic
                    .help(format!("define it: `models: {{ {}: … }}`", shown(&name.value)));
            }
            diagnostics.push(diagnostic);
            self.lose_members();
            return Rc::default();
        };
        self.mark_spread(id);
        let model = self.model(id);
        diagnostics.lost.base(name.span, model.name.span);
        if self.is_unread(id) {
            self.lose_members();
            return Rc::default();
        }
        if matches!(
            model.kind,
            ModelKind::Alias(_) | ModelKind::Enum { .. } | ModelKind::Union { .. }
        ) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_SPREAD,
                    name.span,
                    format!("`{}` has no members that `{how}` could take", name.value),
                )
                .label("not an object")
                .related(model.name.span, "defined here")
                .help(match how {
                    "like" => format!(
                        "another name for it is a type alone: `NAME: {}`",
                        shown(&name.value)
                    ),
                    _ => format!("a member has it as its type: `name: {}`", shown(&name.value)),
                }),
            );
            self.lose_members();
            return Rc::default();
        }
        if matches!(self.state(id), State::Visiting) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SPREAD_CYCLE,
                    name.span,
                    format!("`{}` takes its members from itself", name.value),
                )
                .label("the circle closes here")
                .related(model.name.span, "defined here")
                .help("break the circle of `...` and `like`"),
            );
            self.lose_members();
            return Rc::default();
        }
        if self.too_deep(id) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::SPREAD_CYCLE,
                    name.span,
                    "members are taken from models that take theirs from others too many times",
                )
                .label("at most 64 models deep"),
            );
            self.lose_members();
            return Rc::default();
        }
        let members = self.members(id, diagnostics);
        if self.lost_members(id) {
            self.lose_members();
        }
        if base.arguments.is_empty() && model.parameters.is_empty() {
            return members;
        }
        match self.arguments(id, &base.arguments, name.span, diagnostics) {
            Some(types) => self.given_members(model, &members, types),
            None => {
                self.lose_members();
                Rc::default()
            }
        }
    }

    /// The members of a model to which types are given.
    fn given_members(
        &mut self,
        model: &ast::Model,
        members: &[Flat<'s>],
        types: Vec<Type>,
    ) -> Rc<Vec<Flat<'s>>> {
        let names = model.parameters.iter().map(|name| name.value.clone());
        let names: Scoped = Rc::new(names.zip(types).collect());
        let given = members.iter().map(|flat| {
            let scope = match &flat.scope {
                Some(inner) => self.rescoped(inner, &names),
                None => Rc::clone(&names),
            };
            Flat { scope: Some(scope), ..flat.clone() }
        });
        Rc::new(given.collect())
    }

    fn like(
        &mut self,
        base: &Base,
        without: &[Text],
        optional: &[Text],
        all_optional: bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Flat<'s>> {
        let members = self.base(base, "like", diagnostics);
        let named = if all_optional { &[] } else { optional };
        for name in named {
            if let Some(gone) = without.iter().find(|gone| gone.value == name.value) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::UNKNOWN_MEMBER,
                        name.span,
                        format!(
                            "`{}` cannot be optional, since it is left out",
                            shown(&name.value)
                        ),
                    )
                    .related(gone.span, "left out here")
                    .help("name it in one of the two lists only"),
                );
            }
        }
        let has: BTreeSet<&str> =
            members.iter().map(|flat| flat.member.wire.value.as_str()).collect();
        if !self.loses_members() {
            for name in without.iter().chain(named) {
                if !has.contains(name.value.as_str()) {
                    let mut diagnostic = Diagnostic::error(
                        &codes::UNKNOWN_MEMBER,
                        name.span,
                        format!(
                            "`{}` has no member `{}`",
                            shown(&base.name.value),
                            shown(&name.value)
                        ),
                    );
                    let known = members.iter().map(|flat| flat.member.wire.value.as_str());
                    let all = (named.len() == 1 && named.contains(name)).then_some("all");
                    if let Some(near) = diagnostics.nearest(&name.value, known.chain(all)) {
                        diagnostic = diagnostic
                            .help(format!("did you mean `{near}`?"))
                            .patch(name.span, near);
                    } else {
                        let known: Vec<&str> =
                            members.iter().map(|flat| flat.member.wire.value.as_str()).collect();
                        diagnostic = diagnostic.help(known_members(&known));
                    }
                    diagnostics.push(diagnostic);
                }
            }
        }
        let without: BTreeSet<&str> = without.iter().map(|name| name.value.as_str()).collect();
        let named: BTreeSet<&str> = named.iter().map(|name| name.value.as_str()).collect();
        let is_in =
            |set: &BTreeSet<&str>, flat: &Flat<'_>| set.contains(flat.member.wire.value.as_str());
        members
            .iter()
            .filter(|flat| !is_in(&without, flat))
            .map(|flat| Flat {
                optional: flat.optional || all_optional || is_in(&named, flat),
                ..flat.clone()
            })
            .collect()
    }
}

/// What members there are, if that is not a page.
pub(super) fn known_members(known: &[&str]) -> String {
    match known.len() {
        0 => "it has no members".to_owned(),
        1..=12 => format!("members are {}", crate::parse::quoted_list(known)),
        more => format!("none of its {more} members has a name like this"),
    }
}

fn twice(first: &Flat<'_>, second: &Flat<'_>) -> Diagnostic {
    let origin = |flat: &Flat<'_>| match flat.from {
        Some(base) => format!("from `{}`", base.value),
        None => "declared here".to_owned(),
    };
    let place = |flat: &Flat<'_>| flat.from.map_or(flat.member.wire.span, |base| base.span);
    Diagnostic::error(
        &codes::DUPLICATE_MEMBER,
        place(second),
        format!("the member `{}` is there twice", shown(&second.member.wire.value)),
    )
    .help("leave one of them out, or take the other with `without`")
    .label(format!("the second one, {}", origin(second)))
    .related(place(first), format!("the first one, {}", origin(first)))
}
