//! Rules that need the whole: one file a family, one function a rule.

mod alternatives;
mod among;
mod called;
mod credentials;
mod defaults;
mod deliveries;
mod examples;
mod habits;
mod lent;
mod messages;
mod renamed;
mod routes;
mod scalar;
mod streams;
mod unions;
mod unused;
mod value;
mod xml;

use std::collections::BTreeMap;

/// What a test that is made of an example asks of the rules.
pub(crate) use alternatives::{answer as shown_answer, body as shown_body};
pub(crate) use called::{Called, called, ping_header, shown_header};
pub(crate) use deliveries::without_names;
pub(crate) use examples::is_inside;
pub(crate) use unions::may_both_fit;
pub(crate) use value::{Direction, ELISION, fits, keyed};

use crate::ast::{self, Specification};
use crate::diag::Diagnostics;
use crate::ir::Api;

/// Checks everything that lowering has not.
pub(crate) fn run(specification: &Specification, api: &Api, diagnostics: &mut Diagnostics) {
    routes::duplicates(specification, api, diagnostics);
    routes::statuses(specification, diagnostics);
    unions::check(api, diagnostics);
    xml::check(api, diagnostics);
    messages::check(specification, api, diagnostics);
    deliveries::check(specification, api, diagnostics);
    routes::shared(specification, diagnostics);
    routes::below_servers(specification, diagnostics);
    credentials::check(specification, api, diagnostics);
    habits::keys_by_hand(specification, diagnostics);
    habits::encoded_wholes(specification, diagnostics);
    let methods: BTreeMap<&str, &ast::Method> =
        specification.methods.iter().map(|method| (method.name.value.as_str(), method)).collect();
    let shared = diagnostics.lost.shared();
    for group in &api.groups {
        let shared = shared.with(&group.name);
        for method in &group.methods {
            let name = method.full_name.split_once('.').map_or("", |(_, name)| name);
            if let Some(source) = methods.get(name) {
                examples::check(source, method, &shared, api, diagnostics);
                defaults::method(source, method, api, diagnostics);
                streams::check(source, method, api, diagnostics);
            }
        }
    }
    defaults::models(specification, api, diagnostics);
    defaults::client(specification, api, diagnostics);
    // What seems to be unused may be what a mistake was meant to name.
    if !specification.incomplete && !diagnostics.has_errors() {
        unused::models(specification, api, diagnostics);
        unused::path(specification, diagnostics);
        unused::client_path(specification, diagnostics);
        unused::groups(specification, diagnostics);
        unused::pagers(specification, diagnostics);
        unused::auth(specification, diagnostics);
        lent::check(specification, api, diagnostics);
    } else if !specification.incomplete {
        renamed::offer(specification, api, diagnostics);
    }
}
