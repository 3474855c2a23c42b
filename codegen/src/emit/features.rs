//! Features of a crate for the groups of a provider.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Options;
use crate::ir::{Api, Group};

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

/// What stands before an item that is about a group.
pub(super) fn gate(api: &Api, group: &Group, options: &Options) -> Option<TokenStream> {
    options.group_features.contains(&api.module).then(|| {
        let name = name(api, group);
        quote!(#[cfg(feature = #name)])
    })
}

/// What stands before a file in which some groups use what others do not.
pub(super) fn partly(api: &Api, options: &Options) -> Option<TokenStream> {
    options.group_features.contains(&api.module).then(|| {
        let whole = &api.module;
        quote! {
            #![cfg_attr(
                not(feature = #whole),
                allow(dead_code, unused_imports, reason = "some groups need what others do not")
            )]
        }
    })
}
