//! Rules about several members: exactly one of them, at most one, at least one.

use std::collections::BTreeMap;

use super::members::known_members;
use super::models::Registry;
use crate::ast::{self, Count, FieldItem, ModelKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Among, Constant, Field, Parameter, Place, Presence};
use crate::parse::shown;

/// A rule, perhaps from a model that lends its members.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'s> {
    count: Count,
    among: &'s ast::Among,
    /// Whether it stands beside the members that it names.
    own: bool,
}

/// What a rule can say about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may be absent.
    Optional,
    /// It is always there.
    Always,
}

impl<'s> Registry<'s> {
    /// The rules of a model whose members are known, with those that come along with its members.
    pub(super) fn rules_of(&self, model: &'s ast::Model) -> Vec<Rule<'s>> {
        match &model.kind {
            ModelKind::Object(items) => self.rules(&model.among, items),
            ModelKind::Like { base, all_optional, .. } => {
                let lent = self.lent(base).filter_map(|rule| match rule.count {
                    _ if !all_optional => Some(rule),
                    // Where everything may be absent, nothing has to be there.
                    Count::Exactly => Some(Rule { count: Count::AtMost, ..rule }),
                    Count::AtMost => Some(rule),
                    Count::AtLeast => None,
                });
                self.rules(&model.among, &[]).into_iter().chain(lent).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Rules, with those that come along with the members of `items`.
    pub(super) fn rules(&self, own: &'s [ast::Among], items: &'s [FieldItem]) -> Vec<Rule<'s>> {
        let bases = items.iter().filter_map(|item| match item {
            FieldItem::Spread(base) => Some(base),
            FieldItem::Member(_) => None,
        });
        own.iter()
            .map(|among| Rule { count: among.count, among, own: true })
            .chain(bases.flat_map(|base| self.lent(base)))
            .collect()
    }

    /// The rules about parameters of a method.
    pub(super) fn parameter_rules(&self, method: &'s ast::Method) -> Vec<Rule<'s>> {
        let mut rules = self.rules(&method.among, &method.query);
        rules.extend(self.rules(&[], &method.headers));
        rules.extend(self.rules(&[], &method.cookies));
        rules
    }

    fn lent(&self, base: &ast::Base) -> impl Iterator<Item = Rule<'s>> {
        let rules = self.lookup(&base.name.value).map_or(&[][..], |id| self.rules_for(id));
        rules.iter().map(|rule| Rule { own: false, ..*rule })
    }
}

/// How rules can speak of fields and constants.
pub(super) fn standings<'f>(
    fields: &'f [Field],
    constants: &'f [Constant],
) -> Vec<(&'f str, Standing)> {
    let standing = |field: &Field| match field.presence {
        _ if field.unsure => Standing::Optional,
        Presence::Optional | Presence::Patched | Presence::ReadOnly => Standing::Optional,
        _ => Standing::Always,
    };
    let fields = fields.iter().map(|field| (field.wire.as_str(), standing(field)));
    let constants = constants.iter().map(|found| (found.wire.as_str(), Standing::Always));
    fields.chain(constants).collect()
}

/// How rules can speak of parameters.
pub(super) fn parameters<'p>(
    parameters: &'p [Parameter],
    constants: &'p [(Place, String, String)],
) -> Vec<(&'p str, Standing)> {
    let standing = |optional| if optional { Standing::Optional } else { Standing::Always };
    let parameters =
        parameters.iter().map(|parameter| (parameter.wire.as_str(), standing(parameter.optional)));
    let constants = constants.iter().map(|(_, wire, _)| (wire.as_str(), Standing::Always));
    parameters.chain(constants).collect()
}

/// The rules that hold for these members. One that came along with members holds as long as all of them
/// are there and may be absent. `lost`: members are missing, and why has been reported.
pub(super) fn settle(
    rules: &[Rule<'_>],
    known: &[(&str, Standing)],
    lost: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Among> {
    if rules.is_empty() {
        return Vec::new();
    }
    let standings: BTreeMap<&str, Standing> = known.iter().rev().copied().collect();
    let names: Vec<&str> = known.iter().map(|(wire, _)| *wire).collect();
    let mut settled = Vec::new();
    for rule in rules {
        let mut holds = true;
        for name in &rule.among.members {
            let problem = match standings.get(name.value.as_str()) {
                Some(Standing::Optional) => continue,
                Some(Standing::Always) => Some(always(name)),
                None => (!lost && rule.own).then(|| unknown(name, &names, diagnostics)),
            };
            holds = false;
            if rule.own {
                problem.into_iter().for_each(|problem| diagnostics.push(problem));
            }
        }
        if holds {
            let members = rule.among.members.iter().map(|name| name.value.clone()).collect();
            settled.push(Among { count: rule.count, members });
        }
    }
    settled
}

fn always(name: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::BAD_AMONG,
        name.span,
        format!("`{}` is always there, so that there is nothing to choose", shown(&name.value)),
    )
    .help(format!("leave it out, or make it optional: `{}?`", shown(&name.value)))
}

fn unknown(name: &Text, names: &[&str], found: &Diagnostics) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_MEMBER,
        name.span,
        format!("there is no member `{}`", shown(&name.value)),
    );
    match found.nearest(&name.value, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => diagnostic.help(known_members(names)),
    }
}
