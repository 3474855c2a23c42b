//! How an app is asked for its credentials: the facts of each scheme, the builder's methods, and those
//! of the client that are about users.

mod tokens;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::cx::{Cx, duration, ident, unsuffixed};
use super::docs::{Lines, code};
use super::lints;
use crate::ir::{Api, KeyPlace, Part, Scheme, SchemeKind, TokenClient};

pub(super) use tokens::client_methods;

/// How the credential travels.
pub(super) fn kind(index: usize, scheme: &Scheme, api: &Api) -> TokenStream {
    match &scheme.kind {
        SchemeKind::Basic { .. } => quote!(runtime::SchemeKind::Basic),
        SchemeKind::Bearer { .. } => quote!(runtime::SchemeKind::Bearer),
        SchemeKind::ApiKey { place, name, prefix, .. } => match place {
            KeyPlace::Header => match prefix {
                Some(prefix) => quote!(runtime::SchemeKind::Prefixed(#name, #prefix)),
                None => quote!(runtime::SchemeKind::Header(#name)),
            },
            KeyPlace::Query => quote!(runtime::SchemeKind::Query(#name)),
            KeyPlace::Cookie => quote!(runtime::SchemeKind::Cookie(#name)),
        },
        SchemeKind::Jwt { lifetime, .. } => match lifetime {
            Some(seconds) => {
                let lifetime = duration((*seconds).into());
                quote!(runtime::SchemeKind::Jwt(Some(#lifetime)))
            }
            None => quote!(runtime::SchemeKind::Jwt(None)),
        },
        SchemeKind::OAuth2(oauth) => tokens::facts(index, scheme, oauth, api),
    }
}

/// The builder's method that an app without this credential is told to call.
pub(super) fn wanted<'a>(scheme: &'a Scheme, api: &'a Api) -> &'a str {
    let scheme = match &scheme.kind {
        SchemeKind::OAuth2(oauth) if oauth.authorize_url.is_none() => match oauth.client {
            TokenClient::Scheme(client) => &api.schemes[client],
            TokenClient::Form { .. } => scheme,
        },
        _ => scheme,
    };
    scheme.ident.trim_start_matches("r#")
}

/// The builder's methods that take the credential, or say where it comes from.
pub(super) fn setters(index: usize, scheme: &Scheme, cx: &Cx<'_>) -> TokenStream {
    let number = unsuffixed(index);
    let plain = scheme.stem();
    let first = match &scheme.kind {
        SchemeKind::OAuth2(oauth) => tokens::setters(index, scheme, oauth),
        _ => {
            let (arguments, credential) = credential(&scheme.kind, cx);
            setter(
                &docs(scheme, index, cx.api),
                &scheme.ident,
                &arguments,
                |inner| quote!(#inner.credential(#number, #credential);),
            )
        }
    };
    let further = scheme.kind.further_setters().iter().filter_map(|suffix| {
        let name = format!("{plain}_{suffix}");
        let (text, argument, call) = match *suffix {
            "scopes" => (
                format!(
                    "Asks for tokens of {} with these scopes, in place of all that calls of this client need.",
                    code(plain)
                ),
                quote!(scopes: impl IntoIterator<Item = impl Into<String>>),
                quote!(scopes(#number, scopes)),
            ),
            "store" => (
                format!("Keeps the tokens of {} there.", code(plain)),
                quote!(store: impl runtime::TokenStore),
                quote!(token_store(#number, store)),
            ),
            "source" => (
                format!("Takes the tokens of {} from there.", code(plain)),
                quote!(source: impl runtime::TokenSource),
                quote!(token_source(#number, source)),
            ),
            _ => return None,
        };
        let mut docs = Lines::new(4);
        docs.markdown(&text);
        let docs = docs.into_tokens();
        Some(setter(&docs, &name, &[argument], |inner| quote!(#inner.#call;)))
    });
    quote!(#first #(#further)*)
}

/// A method of the builder.
fn setter(
    docs: &TokenStream,
    name: &str,
    arguments: &[TokenStream],
    body: impl Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let convention = lints::setter(name);
    let name = ident(name);
    let body = body(&quote!(self.inner));
    quote! {
        #docs
        #convention
        #[must_use]
        pub fn #name(mut self, #(#arguments),*) -> Self {
            #body
            self
        }
    }
}

fn docs(scheme: &Scheme, index: usize, api: &Api) -> TokenStream {
    let first = match &scheme.kind {
        SchemeKind::Basic { .. } => "Authenticates with HTTP Basic.".to_owned(),
        SchemeKind::Bearer { .. } => "Authenticates with a bearer token.".to_owned(),
        SchemeKind::ApiKey { place, name, prefix, .. } => {
            let name = code(name);
            match place {
                KeyPlace::Header => match prefix.as_deref().map(str::trim_end) {
                    Some(prefix) => format!(
                        "Authenticates with the header {name}, in which {} stands before what is given here.",
                        code(prefix)
                    ),
                    None => format!("Authenticates with the header {name}."),
                },
                KeyPlace::Query => format!(
                    "Authenticates with {name} in the query, where proxies and logs can see it."
                ),
                KeyPlace::Cookie => format!("Authenticates with the cookie {name}."),
            }
        }
        SchemeKind::Jwt { .. } => "Authenticates with tokens that are signed here.".to_owned(),
        SchemeKind::OAuth2(oauth) => match oauth.authorize_url {
            None => "Authenticates with tokens that these are good for.".to_owned(),
            Some(_) => "Authenticates with the token of a user.".to_owned(),
        },
    };
    let mut docs = Lines::new(4);
    docs.markdown(&first);
    said(scheme, &mut docs);
    let gets = |other: &&Scheme| match &other.kind {
        SchemeKind::OAuth2(oauth) => {
            oauth.authorize_url.is_none()
                && matches!(oauth.client, TokenClient::Scheme(at) if at == index)
        }
        _ => false,
    };
    for other in api.schemes.iter().filter(gets) {
        docs.markdown(&format!("Gets and renews tokens, too, for {}.", code(&other.name)));
        said(other, &mut docs);
    }
    docs.into_tokens()
}

/// What the specification says about a scheme.
fn said(scheme: &Scheme, docs: &mut Lines) {
    if let Some(text) = &scheme.docs.text {
        docs.text(text);
    }
    if let Some(assumed) = &scheme.docs.assumed {
        docs.text(&format!("Assumed: {assumed}"));
    }
}

/// The arguments of the setter, and the credential that they make.
fn credential(kind: &SchemeKind, cx: &Cx<'_>) -> (Vec<TokenStream>, TokenStream) {
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
        SchemeKind::Jwt { algorithm, kid, secret, claims, .. } => {
            tokens::signed(*algorithm, kid.as_ref(), secret, claims, cx)
        }
        SchemeKind::OAuth2(_) => (Vec::new(), TokenStream::new()),
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

/// A name that is made of the name of a scheme.
fn derived(scheme: &Scheme, make: impl Fn(&str) -> String) -> proc_macro2::Ident {
    format_ident!("{}", make(scheme.stem()))
}
