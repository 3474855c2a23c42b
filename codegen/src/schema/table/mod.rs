//! The keys of each kind of mapping. The names of the kinds are those under which the parser reads them.

mod auth;
mod calls;
mod deliveries;
mod formats;
mod methods;
mod models;
mod provider;

use super::kind::Kind;
pub(super) use models::{OF_PATHS, PARAMETER_STYLES};

/// All kinds.
pub(crate) fn kinds() -> impl Iterator<Item = &'static Kind> {
    let all = [
        provider::KINDS,
        auth::KINDS,
        calls::KINDS,
        models::KINDS,
        methods::KINDS,
        deliveries::KINDS,
    ];
    all.into_iter().flatten()
}

/// The kind of a name.
pub(crate) fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.what == name)
}
