//! Features of a crate for the groups of a provider.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Options;
use crate::ir::{Api, Group, Needed};

/// The feature that brings the client without any group. No group can be called so.
pub(crate) fn base(module: &str) -> String {
    format!("{module}-client")
}

/// The features of the groups; empty unless the options ask for them.
pub(crate) fn of_groups(api: &Api, options: &Options) -> Vec<String> {
    let asked = options.group_features.contains(&api.module);
    api.groups.iter().filter(|_| asked).map(|group| name(api, group)).collect()
}

fn name(api: &Api, group: &Group) -> String {
    format!("{}-{}", api.module, group.ident.trim_start_matches("r#").replace('_', "-"))
}

/// What stands before an item that is about a group: the features with which it is there.
pub(super) fn gate(api: &Api, group: &Group, options: &Options) -> Option<TokenStream> {
    let is_asked = options.group_features.contains(&api.module);
    let Needed::With(groups) = is_asked.then(|| api.needed(group))? else { return None };
    let names: Vec<String> = groups.iter().map(|&index| name(api, &api.groups[index])).collect();
    Some(match names.as_slice() {
        [one] => quote!(#[cfg(feature = #one)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    })
}

/// What stands before a module whose documentation links to groups that may not be there.
pub(super) fn linking(api: &Api, options: &Options) -> Option<TokenStream> {
    let lints = quote!(rustdoc::broken_intra_doc_links);
    allowed(api, options, &lints, "not all groups are there")
}

/// What stands before a file in which some groups use what others do not.
pub(super) fn partly(api: &Api, options: &Options) -> Option<TokenStream> {
    let lints = quote!(dead_code, unused_imports);
    allowed(api, options, &lints, "some groups need what others do not")
}

/// What is let pass unless all groups are there.
fn allowed(api: &Api, options: &Options, lints: &TokenStream, reason: &str) -> Option<TokenStream> {
    options.group_features.contains(&api.module).then(|| {
        let whole = &api.module;
        quote!(#![cfg_attr(not(feature = #whole), allow(#lints, reason = #reason))])
    })
}
