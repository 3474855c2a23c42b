//! Routes that become another one where the client fills a placeholder with a value of an enum.
//!
//! Routes are many, and so may values be: what is looked up is each part of each route, and not each value in each route.

use std::collections::{BTreeMap, BTreeSet};

use super::{Groups, Seen, server_of, without_names};
use crate::ast::Method;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, ModelId, ModelKind, Place, Type};
use crate::parse::shown;

/// What a route is but for one of its parts: verb, what stands before the part and behind it, server.
type Rest<'s> = (&'s str, String, String, Option<&'s str>);

/// A part with a placeholder that the client fills.
struct Part<'s> {
    method: &'s Method,
    name: &'s str,
    /// What stands beside the placeholder in its part.
    before: String,
    after: String,
    of: ModelId,
}

pub(super) fn check<'s>(
    methods: impl Iterator<Item = &'s Method>,
    groups: &Groups<'s>,
    seen: &Seen<'s>,
    api: &Api,
    diagnostics: &mut Diagnostics,
) {
    let values = values(api);
    let of_client: BTreeMap<&str, ModelId> = api
        .parameters
        .iter()
        .filter(|one| one.parameter.place == Place::Path)
        .filter_map(|one| match one.parameter.ty {
            Type::Model(id) if values.contains_key(&id) => Some((one.parameter.wire.as_str(), id)),
            _ => None,
        })
        .collect();
    if of_client.is_empty() {
        return;
    }
    let mut parts: BTreeMap<Rest<'_>, Vec<Part<'_>>> = BTreeMap::new();
    let mut depths = BTreeSet::new();
    for method in methods {
        let Some(route) = &method.route else { continue };
        let (verb, path) = (route.verb.value.as_str(), route.path.value.as_str());
        let server = server_of(method, groups).map(|server| server.value.as_str());
        for (depth, (before, part, after)) in around(path).enumerate() {
            for (open, _) in part.match_indices('{') {
                let Some((name, rest)) = part[open + 1..].split_once('}') else { continue };
                let Some(&of) = of_client.get(name) else { continue };
                depths.insert(depth);
                let rest_of_route = (verb, without_names(before), without_names(after), server);
                parts.entry(rest_of_route).or_default().push(Part {
                    method,
                    name,
                    before: without_names(&part[..open]),
                    after: without_names(rest),
                    of,
                });
            }
        }
    }
    for ((verb, path, server), other) in seen {
        let here = around(path).enumerate().filter(|(depth, _)| depths.contains(depth));
        for (_, (before, part, after)) in here {
            let rest = (*verb, before.to_owned(), after.to_owned(), *server);
            for open in parts.get(&rest).into_iter().flatten() {
                let value = part.strip_prefix(open.before.as_str());
                let value = value.and_then(|value| value.strip_suffix(open.after.as_str()));
                if let Some(value) = value.filter(|value| values[&open.of].contains(value)) {
                    diagnostics.extend(same(open, other, value));
                }
            }
        }
    }
}

/// The values of the enums.
fn values(api: &Api) -> BTreeMap<ModelId, BTreeSet<&str>> {
    let of = |id: ModelId| match &api.model(id).kind {
        ModelKind::Enum(list) => {
            Some((id, list.variants.iter().map(|one| one.wire.as_str()).collect()))
        }
        _ => None,
    };
    let filled = api.parameters.iter().filter(|one| one.parameter.place == Place::Path);
    let models = filled.filter_map(|one| match one.parameter.ty {
        Type::Model(id) => Some(id),
        _ => None,
    });
    models.filter_map(of).collect()
}

/// The parts of a path, each with what stands before it and behind it.
fn around(path: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut start = 0;
    path.split('/').map(move |part| {
        let end = start + part.len();
        let found = (&path[..start], part, &path[end..]);
        start = end + 1;
        found
    })
}

fn same(open: &Part<'_>, other: &Method, value: &str) -> Option<Diagnostic> {
    let route = open.method.route.as_ref()?;
    Some(
        Diagnostic::error(
            &codes::DUPLICATE_ROUTE,
            route.path.span,
            format!("`{}` has the route of `{}`", open.method.name.value, other.name.value),
        )
        .label(format!("the same verb and path where `{}` is `{}`", shown(open.name), shown(value)))
        .related(other.route.as_ref().map_or(other.span, |route| route.path.span), "the other one"),
    )
}
