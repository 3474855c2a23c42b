//! Syntax tree to checked model: resolves references, applies defaults, decides names.
//!
//! Every function is total: what cannot be resolved is reported and replaced by something harmless, so
//! that the rest is still looked at.

mod addresses;
mod alternatives;
mod among;
mod answers;
mod auth;
mod bodies;
mod client_parameters;
mod components;
mod constants;
mod deliveries;
mod docs;
mod enums;
mod errors;
mod facts;
mod fields;
mod forms;
mod generics;
mod keys;
mod limits;
mod links;
mod members;
mod method_names;
mod methods;
mod models;
mod objects;
mod pages;
mod parameter_slips;
mod parameters;
mod placeholders;
mod provider;
mod recursion;
mod retry;
mod shared;
mod signatures;
mod structs;
mod timeout;
mod transactions;
mod travel;
mod types;
mod unions;
mod values;

use crate::ast::Specification;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::source::Span;

/// Lowers one specification; `start` is the beginning of its first file.
pub(crate) fn lower(
    specification: &Specification,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Api {
    let sources = docs::Sources::new(specification, diagnostics);
    let provider = provider::lower(specification, start, diagnostics);
    let mut auths = auth::Auths::new(specification, diagnostics);
    let mut servers = provider::servers(specification, &auths, start, diagnostics);
    let mut registry = models::Registry::new(specification, diagnostics);
    let mut models = models::lower(&mut registry, &sources, diagnostics);
    auths.settle(&mut registry, &mut servers, diagnostics);
    pages::check(specification, diagnostics);
    let (mut groups, parameters) = methods::lower(
        methods::Parts {
            specification,
            provider: &provider,
            servers: &servers,
            sources: &sources,
            registry: &mut registry,
            auths: &mut auths,
            shared: shared::Shared::of(specification),
        },
        diagnostics,
    );
    answers::refuse_inherited(specification, diagnostics);
    let (retry_on, rate_limit) = retry::provider(specification, diagnostics);
    let timeouts = timeout::provider(specification, diagnostics);
    let mut deliveries = deliveries::lower(specification, &mut registry, &sources, diagnostics);
    let (schemes, auths) = auths.finish();
    links::check(&mut registry, &groups, diagnostics);
    generics::expand(&mut models, &mut registry, diagnostics);
    facts::reach_of_parameters(&mut models, &parameters);
    facts::settle(&mut models, &groups, &schemes, deliveries.as_mut(), &registry, diagnostics);
    recursion::box_alternatives(&mut groups, &models);
    recursion::note_uneven(&mut groups, &models);
    pages::settle(specification, &models, &mut groups, diagnostics);
    transactions::settle(specification, &models, &mut groups, diagnostics);
    Api {
        module: provider.module,
        marker: provider.marker,
        title: provider.title,
        docs: provider.docs,
        servers,
        schemes,
        auths,
        formats: provider::formats(specification, diagnostics),
        headers: provider::headers(specification, diagnostics),
        parameters,
        retry_on,
        rate_limit,
        timeouts,
        models,
        groups,
        deliveries,
        links: !registry.links.is_empty(),
    }
}
