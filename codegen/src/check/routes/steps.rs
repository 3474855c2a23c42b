//! Routes that become another one where a value that keeps its slashes has more steps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Groups, server_of, without_names};
use crate::ast::{Method, Specification};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;

/// Placeholders that follow one another, each a part of the path by itself.
#[derive(Clone, Copy)]
struct Run<'s> {
    count: usize,
    /// One of them whose value may have several steps.
    open: Option<&'s str>,
}

/// A route with its runs, in order.
struct Shape<'s> {
    method: &'s Method,
    runs: Vec<Run<'s>>,
}

/// What two routes have in common that differ in the lengths of their runs: verb, path and server.
type Rest<'s> = (&'s str, String, Option<&'s str>);

pub(super) fn check<'s>(
    methods: impl Iterator<Item = &'s Method>,
    specification: &'s Specification,
    groups: &Groups<'s>,
    diagnostics: &mut Diagnostics,
) {
    let shared = specification.shared_in_steps();
    let mut shapes: BTreeMap<Rest<'s>, Vec<Shape<'s>>> = BTreeMap::new();
    for method in methods {
        let Some(route) = &method.route else { continue };
        let server = server_of(method, groups).map(|server| server.value.as_str());
        let (rest, runs) = runs(&route.path.value, &method.in_steps(&shared));
        let key = (route.verb.value.as_str(), rest, server);
        shapes.entry(key).or_default().push(Shape { method, runs });
    }
    for alike in shapes.values() {
        let open = alike.iter().filter(|shape| shape.runs.iter().any(|run| run.open.is_some()));
        for shape in open {
            let other = alike.iter().find_map(|other| Some((other, more_steps(shape, other)?)));
            if let Some((other, name)) = other {
                diagnostics.extend(same(shape.method, other.method, name));
            }
        }
    }
}

/// The path with one placeholder in place of each run, and the runs.
fn runs<'s>(path: &'s str, in_steps: &BTreeSet<&'s str>) -> (String, Vec<Run<'s>>) {
    let (mut rest, mut runs) = (String::new(), Vec::<Run<'s>>::new());
    let mut inside = false;
    for part in path.split('/').skip(1) {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let Some(name) = name.filter(|name| !name.contains(['{', '}'])) else {
            inside = false;
            rest.push('/');
            rest.push_str(&without_names(part));
            continue;
        };
        let open = in_steps.get(name).copied();
        match runs.last_mut().filter(|_| inside) {
            Some(run) => {
                run.count += 1;
                run.open = run.open.or(open);
            }
            None => {
                rest.push_str("/{}");
                runs.push(Run { count: 1, open });
            }
        }
        inside = true;
    }
    (rest, runs)
}

/// The value of `shape` that needs more than one step for all routes of `other` to be its own, if there is one. That of
/// two routes with the same path is told elsewhere.
fn more_steps<'s>(shape: &Shape<'s>, other: &Shape<'s>) -> Option<&'s str> {
    let both = || shape.runs.iter().zip(&other.runs);
    let reaches = |(one, other): (&Run<'_>, &Run<'_>)| {
        one.count == other.count
            || one.count < other.count && one.open.is_some()
            || other.count < one.count && other.open.is_some()
    };
    both().all(reaches).then_some(())?;
    both().find(|(one, other)| one.count < other.count)?.0.open
}

fn same(method: &Method, other: &Method, name: &str) -> Option<Diagnostic> {
    let route = method.route.as_ref()?;
    let name = shown(name);
    Some(
        Diagnostic::error(
            &codes::DUPLICATE_ROUTE,
            route.path.span,
            format!("`{}` has the route of `{}`", method.name.value, other.name.value),
        )
        .label(format!("the same verb and path where `{name}` has more than one step"))
        .related(other.route.as_ref().map_or(other.span, |route| route.path.span), "the other one")
        .help(format!(
            "a word between the placeholders tells them apart; without `style: slash` the slashes of `{name}` are sent as `%2F`"
        )),
    )
}
