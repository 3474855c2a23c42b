//! What schemes with tokens need.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{argument, derived, ident, said, secret, setter, unsuffixed, value};
use crate::emit::cx::Cx;
use crate::emit::docs::{Lines, code};
use crate::ir::{
    Algorithm, Api, Claim, ClaimValue, Endpoint, OAuth2, Part, Scheme, SchemeKind, TokenClient,
    TokenDialect,
};

/// The facts of an OAuth 2 scheme, as a constant.
pub(super) fn facts(index: usize, scheme: &Scheme, oauth: &OAuth2, api: &Api) -> TokenStream {
    let name = format!("{}.{}.token", api.module, scheme.name);
    let route = &oauth.token_url.url;
    let server = oauth.token_url.server.map(|server| {
        let server = unsuffixed(server);
        quote!(.server(#server))
    });
    let auth = match oauth.client {
        TokenClient::Scheme(client) => {
            let client = unsuffixed(client);
            quote!(runtime::Auth::AnyOf(&[&[#client]]))
        }
        TokenClient::Form { .. } => {
            let index = unsuffixed(index);
            quote!(runtime::Auth::Client(#index))
        }
    };
    let token = quote!(runtime::Method::post(#name, #route)#server.auth(#auth));
    let flow = match &oauth.authorize_url {
        Some(Endpoint { server, url }) => {
            let server = server.map(|server| {
                let server = unsuffixed(server);
                quote!(.authorize_server(#server))
            });
            quote!(runtime::OAuth2::authorization_code(#url, #token)#server)
        }
        None => quote!(runtime::OAuth2::client_credentials(#token)),
    };
    let scopes = (!oauth.scopes.is_empty()).then(|| {
        let scopes = &oauth.scopes;
        quote!(.scopes(&[#(#scopes),*]))
    });
    let refresh =
        (!oauth.refresh && oauth.authorize_url.is_some()).then(|| quote!(.without_refresh()));
    let pkce = (!oauth.pkce && oauth.authorize_url.is_some()).then(|| quote!(.without_pkce()));
    let renew_on = (!oauth.renew_on.is_empty()).then(|| {
        let statuses = oauth.renew_on.iter().map(|status| Literal::u16_unsuffixed(*status));
        quote!(.renew_on(&[#(#statuses),*]))
    });
    let dialect = dialect(&oauth.dialect);
    quote!(runtime::SchemeKind::OAuth2(&#flow #scopes #refresh #pkce #renew_on #dialect))
}

/// How the token endpoint talks, where that is not as the standard says.
fn dialect(dialect: &TokenDialect) -> TokenStream {
    let pairs = |method: &str, pairs: &[(String, String)]| {
        let (method, names) = (ident(method), pairs.iter().map(|(name, _)| name));
        let values = pairs.iter().map(|(_, value)| value);
        (!pairs.is_empty()).then(|| quote!(.#method(&[#((#names, #values)),*])))
    };
    let json = dialect.json.then(|| quote!(.json()));
    let (names, fields) = (pairs("names", &dialect.names), pairs("fields", &dialect.fields));
    let path = &dialect.at;
    let at = (!path.is_empty()).then(|| quote!(.at(&[#(#path),*])));
    quote!(#json #names #fields #at)
}

/// The builder's methods that take what an OAuth 2 scheme begins with.
pub(super) fn setters(index: usize, scheme: &Scheme, oauth: &OAuth2) -> TokenStream {
    let number = unsuffixed(index);
    let client = match &oauth.client {
        // Its own method takes it.
        TokenClient::Scheme(_) => None,
        TokenClient::Form { id, secret: key } => {
            let names = [Some(id), key.as_ref()].into_iter().flatten();
            let arguments: Vec<_> = names.map(|name| secret(name)).collect();
            let id = ident(id);
            let key = match key {
                Some(key) => {
                    let key = ident(key);
                    quote!(Some(#key))
                }
                None => quote!(None::<String>),
            };
            let (name, docs) = match oauth.authorize_url {
                None => {
                    (scheme.ident.clone(), docs_of(scheme, "Gets and renews tokens with these."))
                }
                Some(_) => (
                    derived(scheme, |plain| format!("{plain}_client")).to_string(),
                    plain_docs(
                        "Identifies the app where it asks users for access, and where it renews their tokens.",
                    ),
                ),
            };
            Some(setter(
                &docs,
                &name,
                &arguments,
                |inner| quote!(#inner.credential(#number, runtime::Credential::client(#id, #key));),
            ))
        }
    };
    let token = oauth.authorize_url.is_some().then(|| {
        let docs = docs_of(scheme, "Authenticates with the token of a user.");
        setter(
            &docs,
            &scheme.ident,
            &[quote!(token: impl Into<runtime::Token>)],
            |inner| quote!(#inner.token(#number, token);),
        )
    });
    quote!(#token #client)
}

fn docs_of(scheme: &Scheme, first: &str) -> TokenStream {
    let mut docs = Lines::new(4);
    docs.markdown(first);
    said(scheme, &mut docs);
    docs.into_tokens()
}

fn plain_docs(text: &str) -> TokenStream {
    let mut docs = Lines::new(4);
    docs.markdown(text);
    docs.into_tokens()
}

/// The arguments of a key that signs, and the credential that they make.
pub(super) fn signed(
    algorithm: Algorithm,
    kid: Option<&Part>,
    key: &str,
    claims: &[Claim],
    cx: &Cx<'_>,
) -> (Vec<TokenStream>, TokenStream) {
    let mut arguments: Vec<TokenStream> = kid.and_then(argument).into_iter().collect();
    arguments.push(secret(key));
    let key = ident(key);
    let mut jwt = quote!(runtime::Jwt::new(#key));
    let other = match algorithm {
        Algorithm::Hs256 => None,
        Algorithm::Hs384 => Some(quote!(Hs384)),
        Algorithm::Hs512 => Some(quote!(Hs512)),
    };
    if let Some(algorithm) = other {
        jwt = quote!(#jwt.algorithm(runtime::JwtAlgorithm::#algorithm));
    }
    if let Some(kid) = kid.map(value) {
        jwt = quote!(#jwt.key_id(#kid));
    }
    for claim in claims {
        let name = &claim.name;
        let value = match &claim.value {
            ClaimValue::Fixed(text) => quote!(#text),
            ClaimValue::Argument { ident: name, ty } => {
                let (name, rust) = (ident(name), cx.ty(ty));
                arguments.push(quote!(#name: impl Into<#rust>));
                quote!(Into::<#rust>::into(#name))
            }
        };
        jwt = quote!(#jwt.claim(#name, &#value));
    }
    (arguments, quote!(runtime::Credential::jwt(#jwt)))
}

/// What a client can do about users who agree.
pub(in crate::emit) fn client_methods(api: &Api, cx: &Cx<'_>) -> TokenStream {
    let marker = ident(&api.marker);
    let methods = api.schemes.iter().enumerate().filter_map(|(index, scheme)| {
        let SchemeKind::OAuth2(oauth) = &scheme.kind else { return None };
        let endpoint = oauth.authorize_url.as_ref()?;
        let number = unsuffixed(index);
        let name = code(&scheme.name);
        let answer = oauth.token.map_or_else(|| quote!(runtime::Value), |id| cx.model(id));
        let authorize = derived(scheme, |plain| format!("authorize_{plain}"));
        let token = derived(scheme, |plain| format!("{plain}_token"));
        let with = derived(scheme, |plain| format!("with_{plain}"));
        let asks = plain_docs(&format!(
            "Asks a user for access: what it gives has the address to send the browser to. For {name}."
        ));
        let fails = plain_docs(match endpoint.server {
            Some(_) => {
                "When the builder was not given the id of the app, or what the address has variables for."
            }
            None => "When the builder was not given the id of the app.",
        });
        let gets = plain_docs("Changes the code that the browser of a user has brought into a token.");
        let other = plain_docs("The same client for another user.");
        Some(quote! {
            #asks
            ///
            /// # Errors
            ///
            #fails
            pub fn #authorize(&self) -> Result<runtime::Authorization, runtime::BuildError> {
                self.inner.authorize(#number)
            }

            #gets
            pub fn #token(
                &self,
                code: runtime::Code,
            ) -> Call<runtime::CodeGrant<#marker, #answer, #number>, M> {
                self.call(runtime::CodeGrant::new(code))
            }

            #other
            ///
            /// # Errors
            ///
            /// When the token cannot be sent.
            pub fn #with(
                &self,
                token: impl Into<runtime::Token>,
            ) -> Result<Self, runtime::BuildError> {
                Ok(Self { inner: self.inner.with_token(#number, token)? })
            }
        })
    });
    quote!(#(#methods)*)
}
