//! Checked model to items: one file per kind of thing that is emitted.
//!
//! Emitters decide nothing about meaning and cannot fail: whatever could was reported before.

mod among;
mod answers;
mod auth;
mod bodies;
mod client;
mod cx;
mod deliveries;
mod docs;
mod enums;
mod errors;
pub(crate) mod features;
mod group;
mod lints;
mod models;
mod objects;
mod pages;
mod parameters;
mod receiver;
mod requests;
mod root;
mod streams;
mod tests;
mod transactions;
mod unions;

pub(crate) use docs::sanitize;

use crate::Options;
use crate::ir::{Api, Evidence};
use crate::print::File;

/// The files of a provider's module, with tests if there is `evidence` to make them of.
pub(crate) fn files(api: &Api, evidence: Option<&Evidence>, options: &Options) -> Vec<File> {
    let mut files = vec![root::file(api, options), client::file(api, options)];
    files.push(models::file(api, options));
    files.extend(api.groups.iter().map(|group| group::file(api, group, options)));
    let deliveries = api.deliveries.as_ref();
    files.extend(deliveries.map(|deliveries| deliveries::file(api, deliveries, options)));
    files.extend(evidence.into_iter().flat_map(|evidence| tests::files(api, evidence, options)));
    files
}
