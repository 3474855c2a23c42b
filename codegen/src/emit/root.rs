//! `mod.rs`: the module of a provider, with the table from foreign classes to Rust types.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{ident, module_path};
use super::docs::{Lines, code};
use super::features;
use crate::Options;
use crate::ir::Api;
use crate::print::{File, Piece};

pub(super) fn file(api: &Api, options: &Options) -> File {
    let mut docs = Lines::new(0);
    docs.text(&format!("{}.", api.title.trim_end_matches('.')));
    if let Some(text) = &api.docs.text {
        docs.text(text);
    }
    docs.block(table(api));
    let groups = api.groups.iter().map(|group| {
        let (gate, name) = (features::gate(api, group, options), ident(&group.ident));
        let path = module_path(&group.ident);
        quote!(#gate #path pub mod #name;)
    });
    let marker = ident(&api.marker);
    let runtime: Vec<_> = options.runtime.split("::").map(ident).collect();
    let mut pieces = vec![
        Piece::Items(modules(groups)),
        Piece::Items(quote! {
            pub use client::{Builder, Call, Client, #marker, builder};
            pub use #(#runtime)::*::Error;
        }),
    ];
    if api.deliveries.is_some() {
        // There when the runtime has its part of it, whoever turned that on. The compiler shows all of this to who
        // names it where it is not.
        pieces.push(Piece::Inside {
            macro_path: format!("{}::with_webhooks", options.runtime),
            head: "// Needs a feature: `cargo add clientwright-runtime --features webhooks`."
                .to_owned(),
            pieces: vec![Piece::Items(quote!(
                pub mod deliveries;
            ))],
        });
    }
    if options.tests {
        pieces.push(Piece::Inside {
            macro_path: format!("#[cfg(test)]\n{}::requires", options.runtime),
            head: "features: testing;".to_owned(),
            pieces: vec![Piece::Items(quote!(
                mod tests;
            ))],
        });
    }
    // The module and all files below it stay as they were written: what rustfmt makes of them depends on the
    // settings of the crate that they stand in.
    let linking = features::linking(api, options);
    let plain = Piece::Items(quote!(#![cfg_attr(rustfmt, rustfmt_skip)] #linking));
    let features = api.features();
    let pieces = if features.is_empty() {
        std::iter::once(plain).chain(pieces).collect()
    } else {
        let macro_path = format!("{}::requires", options.runtime);
        let head = format!("features: {};", features.join(", "));
        vec![plain, Piece::Inside { macro_path, head, pieces }]
    };
    File { path: "mod.rs".to_owned(), docs: docs.into_lines(), pieces }
}

fn modules(groups: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        mod client;
        pub mod models;
        #(#groups)*
    }
}

/// Which Rust item a class or method of the provider's SDK has become.
fn table(api: &Api) -> Vec<String> {
    let mut rows = Vec::new();
    for model in api.models.iter().filter(|model| model.emitted) {
        if let Some(sdk) = &model.docs.sdk {
            rows.push(format!("| {} | [`models::{}`] |", code(sdk), model.ident));
        }
    }
    for group in &api.groups {
        for method in &group.methods {
            if let Some(sdk) = &method.docs.sdk {
                let plain = |name: &str| name.trim_start_matches("r#").to_owned();
                let link = format!(
                    "{}::{}::{}",
                    plain(&group.ident),
                    group.type_name,
                    plain(&method.ident)
                );
                let shown = format!("{}().{}", group.ident, method.ident);
                rows.push(format!("| {} | [`{shown}`]({link}) |", code(sdk)));
            }
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let head = ["# Where things are", "", "| In the provider's SDK | Here |", "| --- | --- |"];
    head.into_iter().map(str::to_owned).chain(rows).collect()
}
