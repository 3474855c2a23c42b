//! How an app is asked for its credentials: the facts of each scheme, and the builder's methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{ident, unsuffixed};
use super::docs::{Lines, code};
use crate::ir::{KeyPlace, Part, Scheme, SchemeKind};

/// How the credential travels.
pub(super) fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Basic { .. } => quote!(runtime::SchemeKind::Basic),
        SchemeKind::Bearer { .. } => quote!(runtime::SchemeKind::Bearer),
        SchemeKind::ApiKey { place, name, .. } => match place {
            KeyPlace::Header => quote!(runtime::SchemeKind::Header(#name)),
            KeyPlace::Query => quote!(runtime::SchemeKind::Query(#name)),
            KeyPlace::Cookie => quote!(runtime::SchemeKind::Cookie(#name)),
        },
    }
}

/// The builder's method that takes the credential.
pub(super) fn setter(index: usize, scheme: &Scheme) -> TokenStream {
    let docs = docs(scheme);
    let name = ident(&scheme.ident);
    let index = unsuffixed(index);
    let (arguments, credential) = credential(&scheme.kind);
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #(#arguments),*) -> Self {
            self.inner.credential(#index, #credential);
            self
        }
    }
}

fn docs(scheme: &Scheme) -> TokenStream {
    let fallback = match &scheme.kind {
        SchemeKind::Basic { .. } => "Authenticates with HTTP Basic.".to_owned(),
        SchemeKind::Bearer { .. } => "Authenticates with a bearer token.".to_owned(),
        SchemeKind::ApiKey { place, name, .. } => {
            let name = code(name);
            match place {
                KeyPlace::Header => format!("Authenticates with the header {name}."),
                KeyPlace::Query => format!(
                    "Authenticates with {name} in the query, where proxies and logs can see it."
                ),
                KeyPlace::Cookie => format!("Authenticates with the cookie {name}."),
            }
        }
    };
    let mut docs = Lines::new(4);
    docs.markdown(&fallback);
    if let Some(text) = &scheme.docs.text {
        docs.text(text);
    }
    if let Some(assumed) = &scheme.docs.assumed {
        docs.text(&format!("Assumed: {assumed}"));
    }
    docs.into_tokens()
}

/// The arguments of the setter, and the credential that they make.
fn credential(kind: &SchemeKind) -> (Vec<TokenStream>, TokenStream) {
    match kind {
        SchemeKind::Bearer { token } => {
            let name = ident(token);
            (vec![secret(token)], quote!(runtime::Credential::bearer(#name)))
        }
        SchemeKind::ApiKey { key, .. } => {
            let name = ident(key);
            (vec![secret(key)], quote!(runtime::Credential::key(#name)))
        }
        SchemeKind::Basic { username, password } => {
            let arguments = [username, password].into_iter().filter_map(argument).collect();
            let (username, password) = (value(username), value(password));
            (arguments, quote!(runtime::Credential::basic(#username, #password)))
        }
    }
}

fn argument(part: &Part) -> Option<TokenStream> {
    match part {
        Part::Argument(name) => Some(secret(name)),
        Part::Fixed(_) => None,
    }
}

fn secret(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(#name: impl Into<runtime::Sensitive<String>>)
}

fn value(part: &Part) -> TokenStream {
    match part {
        Part::Argument(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Part::Fixed(text) => quote!(#text),
    }
}
