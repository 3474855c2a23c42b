//! Definitions that nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{
    AuthEntry, AuthKind, AuthRef, Body, FieldItem, Group, ModelKind, Specification, TokenAuth,
    TypeExpr,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Model};
use crate::parse::shown;

/// Models that no method reaches, and that give their members to no other.
pub(super) fn models(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    // Without methods there is nothing yet that could use a model.
    if specification.methods.is_empty() {
        return;
    }
    for model in all(specification, api) {
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED,
                model.span,
                format!("no method uses the model `{}`", model.name),
            )
            .label("never sent and never read"),
        );
    }
}

/// The models that no method uses.
pub(super) fn all<'a>(
    specification: &'a Specification,
    api: &'a Api,
) -> impl Iterator<Item = &'a Model> {
    let members = of_members(specification);
    api.models.iter().filter(move |model| is_unused(model, &members))
}

fn is_unused(model: &Model, members: &BTreeSet<&str>) -> bool {
    let used = model.reach.request || model.reach.answer || members.contains(model.name.as_str());
    model.emitted && !used
}

/// The models of which constants are values, and other names for types that travel in a form of their own: what members
/// are made of there is no longer that model.
fn of_members(specification: &Specification) -> BTreeSet<&str> {
    let of_models = specification.models.iter().flat_map(|model| match &model.kind {
        ModelKind::Object(items) => items.as_slice(),
        _ => &[],
    });
    let of_methods = specification.methods.iter().flat_map(|method| {
        let outside = [&method.path, &method.query, &method.headers, &method.cookies];
        outside.into_iter().flatten().chain(method.body.iter().flat_map(of_body))
    });
    let members = of_models.chain(of_methods).filter_map(|item| match item {
        FieldItem::Member(member) => Some(&**member),
        FieldItem::Spread(_) => None,
    });
    let parameters = &specification.parameters;
    let members = members
        .chain(&specification.path)
        .chain([&parameters.path, &parameters.query, &parameters.headers].into_iter().flatten())
        .chain(&parameters.cookies)
        .filter(|it| it.constant.is_some() || !it.travels.is_empty() || !it.format.is_empty());
    let aliases: BTreeMap<&str, &TypeExpr> = (specification.models.iter())
        .filter_map(|model| match &model.kind {
            ModelKind::Alias(expr) => Some((model.name.value.as_str(), expr)),
            _ => None,
        })
        .collect();
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> = members.flat_map(|it| it.ty.names()).collect();
    while let Some(name) = next.pop() {
        if found.insert(name) {
            next.extend(aliases.get(name).into_iter().flat_map(|expr| expr.names()));
        }
    }
    found
}

/// The members that a body has itself.
fn of_body(body: &Body) -> Vec<&FieldItem> {
    match body {
        Body::Type { .. } => Vec::new(),
        Body::Members { items, .. } => items.iter().collect(),
        Body::Any { alternatives, .. } => {
            alternatives.iter().flat_map(|it| of_body(&it.body)).collect()
        }
    }
}

/// Groups that are described and have no methods.
pub(super) fn groups(specification: &Specification, diagnostics: &mut Diagnostics) {
    let used: BTreeSet<&str> = specification
        .methods
        .iter()
        .filter_map(|method| method.name.value.split_once('.').map(|(group, _)| group))
        .collect();
    let unused = |group: &&Group| !used.contains(group.name.value.as_str());
    let described: BTreeSet<&str> =
        specification.groups.iter().map(|group| group.name.value.as_str()).collect();
    for group in specification.groups.iter().filter(unused) {
        let name = shown(&group.name.value);
        let found = Diagnostic::warning(
            &codes::UNUSED,
            group.span,
            format!("the group `{name}` has no methods"),
        );
        let others = used.iter().copied().filter(|other| !described.contains(other));
        diagnostics.push(match diagnostics.nearest(&group.name.value, others) {
            Some(near) => {
                found.help(format!("did you mean `{near}`?")).patch(group.name.span, near)
            }
            None => found.help(format!("methods of it are called `{name}.…`")),
        });
    }
}

/// Pagers that no method turns pages with.
pub(super) fn pagers(specification: &Specification, diagnostics: &mut Diagnostics) {
    if specification.methods.is_empty() {
        return;
    }
    let paginates = specification.methods.iter().filter_map(|method| method.paginate.as_ref());
    let used: BTreeSet<&str> = paginates.map(|paginate| paginate.pager.value.as_str()).collect();
    for pager in &specification.pagers {
        if !used.contains(pager.name.value.as_str()) {
            diagnostics.push(Diagnostic::warning(
                &codes::UNUSED,
                pager.name.span,
                format!("no method uses the pager `{}`", shown(&pager.name.value)),
            ));
        }
    }
}

/// Parameters of the client that stand in no route.
pub(super) fn client_path(specification: &Specification, diagnostics: &mut Diagnostics) {
    for member in &specification.parameters.path {
        let mut routes = specification.methods.iter().filter_map(|method| method.route.as_ref());
        let used = routes
            .any(|route| route.placeholders.iter().any(|name| name.value == member.wire.value));
        if !used {
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED,
                    member.wire.span,
                    format!("no route has the placeholder `{{{}}}`", shown(&member.wire.value)),
                )
                .label("fills nothing"),
            );
        }
    }
}

/// Shared path parameters that stand in no route.
pub(super) fn path(specification: &Specification, diagnostics: &mut Diagnostics) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for method in &specification.methods {
        let own: BTreeSet<&str> = method
            .path
            .iter()
            .filter_map(|item| match item {
                FieldItem::Member(own) => Some(own.wire.value.as_str()),
                FieldItem::Spread(_) => None,
            })
            .collect();
        let placeholders = method.route.as_ref().map_or(&[][..], |route| &route.placeholders);
        let shared = placeholders.iter().map(|name| name.value.as_str());
        used.extend(shared.filter(|name| !own.contains(name)));
    }
    for member in &specification.path {
        if !used.contains(member.wire.value.as_str()) {
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED,
                    member.wire.span,
                    format!("no route has the placeholder `{{{}}}`", member.wire.value),
                )
                .label("types a parameter that is not there"),
            );
        }
    }
}

/// Auth entries that no method needs, by itself or through another entry.
pub(super) fn auth(specification: &Specification, diagnostics: &mut Diagnostics) {
    if specification.methods.is_empty() {
        return;
    }
    let methods = specification.methods.iter().filter_map(|method| method.auth.as_ref());
    let groups = specification.groups.iter().filter_map(|group| group.auth.as_ref());
    let named = methods.chain(groups).chain(&specification.defaults.auth);
    let mut open: Vec<&str> = named
        .filter_map(|auth| match auth {
            AuthRef::Entry(name) => Some(name.value.as_str()),
            AuthRef::None | AuthRef::Unreadable => None,
        })
        .collect();
    let entries: BTreeMap<&str, &AuthEntry> =
        specification.auth.iter().map(|entry| (entry.name.value.as_str(), entry)).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !used.insert(name) {
            continue;
        }
        match entries.get(name).map(|entry| &entry.kind) {
            Some(AuthKind::Any(inner) | AuthKind::All(inner)) => {
                open.extend(inner.iter().map(|name| name.value.as_str()));
            }
            Some(AuthKind::OAuth2(oauth)) => {
                if let TokenAuth::Entry(name) = &oauth.token_auth {
                    open.push(&name.value);
                }
            }
            _ => {}
        }
    }
    for entry in specification.auth.iter().filter(|one| !used.contains(one.name.value.as_str())) {
        let name = shown(&entry.name.value);
        diagnostics.push(
            Diagnostic::warning(
                &codes::UNUSED,
                entry.name.span,
                format!("no method needs the auth entry `{name}`"),
            )
            .label("credentials that are never sent")
            .help(format!("name it in a method, a group or `defaults`: `auth: {name}`")),
        );
    }
}
