//! `client.rs`: the marker, the builder, the client and the call of a provider.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::auth;
use super::cx::{Cx, duration, ident, unsuffixed, use_runtime};
use super::docs::{self, Lines, code, sanitize};
use super::{features, lints, parameters, requests};
use crate::Options;
use crate::ir::{Api, Auth, Format, Quota, RateLimit, Server, Timeouts};
use crate::print::{File, Piece};

pub(super) fn file(api: &Api, options: &Options) -> File {
    let use_runtime = use_runtime(options);
    let marker = ident(&api.marker);
    let partly = features::partly(api, options);
    let methods = api.schemes.iter().map(|scheme| &scheme.ident);
    let methods = methods.chain(api.servers.iter().map(|server| &server.ident));
    let mut methods = methods.chain(api.parameters.iter().map(|one| &one.parameter.ident));
    // A method of the builder may be called like the function that makes one.
    let new = if methods.any(|name| name == "default") {
        quote!(Builder { inner: runtime::Builder::default() })
    } else {
        quote!(Builder::default())
    };
    let pieces = vec![
        Piece::Items(quote! {
            #partly
            #use_runtime
            use runtime::{Async, Mode};
        }),
        Piece::Items(provider(api)),
        Piece::Items(auths(&api.auths)),
        Piece::Items(quote! {
            /// Starts to build a client.
            #[must_use]
            pub fn builder() -> Builder {
                #new
            }
        }),
        Piece::Items(builder(api)),
        Piece::Items(client(api, options)),
        Piece::Items(call(&marker, api)),
    ];
    let docs = vec![format!("The client of {}, and what a call of it is.", sanitize(&api.title))];
    File { path: "client.rs".to_owned(), docs, pieces }
}

fn provider(api: &Api) -> TokenStream {
    let marker = ident(&api.marker);
    let doc = format!(" Marks what belongs to {}.", sanitize(&api.title));
    let name = &api.module;
    let servers = api.servers.iter().map(|server| {
        let (name, url) = (&server.name, &server.url);
        quote!(runtime::Server { name: #name, url: #url })
    });
    let schemes = api.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = auth::wanted(scheme, api);
        let kind = auth::kind(index, scheme, api);
        quote!(runtime::AuthScheme { name: #name, kind: #kind })
    });
    let headers = (!api.headers.is_empty()).then(|| {
        let headers = api.headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(const HEADERS: &'static [(&'static str, &'static str)] = &[#(#headers),*];)
    });
    let retry_on = api.sent_again_after().map(|statuses| {
        let statuses = statuses.into_iter().map(|status| unsuffixed(status.into()));
        quote!(const RETRY_ON: &'static [u16] = &[#(#statuses),*];)
    });
    let parameters = parameters::constant(api);
    let rate_limit = api.rate_limit.as_ref().map(rate_limit);
    let quota = api.rate_limit.as_ref().and_then(|limit| limit.quota).map(quota);
    let timeouts = (!api.timeouts.is_empty()).then(|| timeouts(api.timeouts));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #marker;

        impl runtime::Provider for #marker {
            const NAME: &'static str = #name;
            const SERVERS: &'static [runtime::Server] = &[#(#servers),*];
            const AUTH: &'static [runtime::AuthScheme] = &[#(#schemes),*];
            #headers
            #parameters
            #retry_on
            #rate_limit
            #quota
            #timeouts
        }
    }
}

fn rate_limit(limit: &RateLimit) -> TokenStream {
    let statuses = limit.statuses.iter().map(|status| unsuffixed((*status).into()));
    let name = |name: &Option<String>| match name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let (limit, remaining, reset) =
        (name(&limit.limit), name(&limit.remaining), name(&limit.reset));
    quote! {
        const RATE_LIMIT: runtime::RateLimitHeaders = runtime::RateLimitHeaders {
            statuses: &[#(#statuses),*],
            limit: #limit,
            remaining: #remaining,
            reset: #reset,
        };
    }
}

/// How many calls there may be in what time.
fn quota(quota: Quota) -> TokenStream {
    let (requests, per) = (Literal::u32_unsuffixed(quota.requests), duration(quota.seconds));
    quote! {
        const QUOTA: Option<runtime::Quota> = Some(runtime::Quota {
            requests: #requests,
            per: #per,
        });
    }
}

/// How long calls may take.
fn timeouts(timeouts: Timeouts) -> TokenStream {
    let one = |seconds: Option<u64>| match seconds.map(duration) {
        Some(time) => quote!(Some(#time)),
        None => quote!(None),
    };
    let Timeouts { connect, attempt, call } = timeouts;
    let (connect, attempt, call) = (one(connect), one(attempt), one(call));
    quote! {
        const TIMEOUTS: runtime::Timeouts = runtime::Timeouts {
            connect: #connect,
            attempt: #attempt,
            call: #call,
        };
    }
}

/// The method of the builder by which the client keeps to a declared limit.
fn limit_rate(quota: Quota) -> TokenStream {
    let Quota { requests, seconds } = quota;
    let doc = format!(
        " Keeps to the limit of the service, {requests} calls in {seconds} seconds: calls wait until there is \
         room for them."
    );
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn limit_rate(mut self) -> Self {
            self.inner.limit_rate();
            self
        }
    }
}

fn auths(auths: &[Auth]) -> TokenStream {
    let constants = auths.iter().map(|auth| {
        let name = format_ident!("{}", auth.constant);
        let alternatives = auth.alternatives.iter().map(|set| {
            let set = set.iter().map(|&scheme| unsuffixed(scheme));
            quote!(&[#(#set),*])
        });
        quote! {
            pub(super) const #name: runtime::Auth = runtime::Auth::AnyOf(&[#(#alternatives),*]);
        }
    });
    quote!(#(#constants)*)
}

fn builder(api: &Api) -> TokenStream {
    let marker = ident(&api.marker);
    let cx = Cx::client(api);
    let schemes =
        api.schemes.iter().enumerate().map(|(index, scheme)| auth::setters(index, scheme, &cx));
    let limit_rate = api.rate_limit.as_ref().and_then(|limit| limit.quota).map(limit_rate);
    let choice = api.choice();
    let servers = choice.iter().map(|(index, server)| self::server(*index, server));
    let parameters = parameters::builder_methods(&cx);
    let own = quote!(#(#schemes)* #(#servers)* #parameters #limit_rate);
    let own = (!own.is_empty()).then(|| quote!(impl Builder { #own }));
    quote! {
        /// Builds a [`Client`].
        #[derive(Clone, Debug, Default)]
        pub struct Builder {
            inner: runtime::Builder<#marker>,
        }

        #own

        runtime::client_builder!();
    }
}

fn server(index: usize, server: &Server) -> TokenStream {
    let mut docs = Lines::new(4);
    docs.markdown(&format!("Sends calls to {}.", code(&server.url)));
    if let Some(text) = &server.docs.text {
        docs.text(text);
    }
    for variable in &server.variables {
        if let Some(text) = &variable.docs.text {
            docs.text(&format!("`{}`: {text}", variable.ident.trim_start_matches("r#")));
        }
    }
    if index == 0 && server.variables.is_empty() {
        docs.markdown("This is the default.");
    }
    let docs = docs.into_tokens();
    let index = unsuffixed(index);
    let name = ident(&server.ident);
    let arguments = server.variables.iter().map(|variable| {
        let name = ident(&variable.ident);
        quote!(#name: impl Into<String>)
    });
    let values = server.variables.iter().map(|variable| {
        let (wire, name) = (&variable.wire, ident(&variable.ident));
        quote!((#wire, #name.into()))
    });
    let convention = lints::setter(&server.ident);
    quote! {
        #docs
        #convention
        #[must_use]
        pub fn #name(mut self, #(#arguments),*) -> Self {
            self.inner.server(#index, &[#(#values),*]);
            self
        }
    }
}

fn client(api: &Api, options: &Options) -> TokenStream {
    let marker = ident(&api.marker);
    let doc = format!(" Client of {}; cheap to clone.", sanitize(&api.title));
    let groups = api.groups.iter().map(|group| {
        let docs = Lines::of(&group.docs, 4, &format!("Methods of {}.", code(&group.name)));
        let docs = docs.into_tokens();
        let deprecated = docs::deprecated(&group.docs);
        let (module, name) = (ident(&group.ident), ident(&group.type_name));
        let gate = features::gate(api, group, options);
        let convention = lints::method(&group.ident);
        quote! {
            #docs
            #convention
            #gate
            #deprecated
            #[must_use]
            pub fn #module(&self) -> super::#module::#name<'_, M> {
                super::#module::#name { client: self }
            }
        }
    });
    let users = auth::client_methods(api, &Cx::client(api));
    let follow = api.links.then(|| {
        quote! {
            /// A call of the method to which a link leads, on servers of the provider only.
            pub fn follow<R: runtime::Request<Provider = #marker>>(
                &self,
                link: &runtime::Link<R>,
            ) -> Call<runtime::Link<R>, M> {
                self.call(link.clone())
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct Client<M: Mode = Async> {
            inner: runtime::Client<M>,
        }

        impl<M: Mode> Client<M> {
            #(#groups)*

            #users

            /// A call of a request that was built as a value.
            pub fn call<R: runtime::Request<Provider = #marker>>(&self, request: R) -> Call<R, M> {
                Call { inner: runtime::Call::new(&self.inner, request) }
            }

            #follow
        }
    }
}

fn call(marker: &Ident, api: &Api) -> TokenStream {
    let formats = api.formats.iter().map(format);
    let parameters = parameters::call_methods(&Cx::client(api));
    let mut methods = api.groups.iter().flat_map(|group| &group.methods);
    // Only setters change the request of a call.
    let map = methods.any(requests::has_setters).then(|| {
        quote! {
            pub(super) fn map(self, change: impl FnOnce(R) -> R) -> Self {
                Self { inner: self.inner.map(change) }
            }
        }
    });
    let mut methods = api.groups.iter().flat_map(|group| &group.methods);
    let pages = methods.any(|method| method.paging.is_some()).then(|| quote!(, pages));
    let mut methods = api.groups.iter().flat_map(|group| &group.methods);
    // What is asked for in another format can be read as it comes too.
    let streamed =
        !api.formats.is_empty() || methods.any(|method| method.outcome.streamed().is_some());
    let streams = streamed.then(|| quote!(, streams));
    let transactions = api.groups.iter().any(|group| group.transaction.is_some());
    let transactions = transactions.then(|| quote!(, transactions));
    let own = quote!(#map #parameters #(#formats)*);
    let convention = lints::formats(!api.formats.is_empty());
    let own = (!own.is_empty()).then(|| {
        quote! {
            #convention
            impl<R: runtime::Request<Provider = #marker>, M: Mode> Call<R, M> { #own }
        }
    });
    quote! {
        /// One call: set what is optional, then await it; with the blocking client, send it.
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is awaited or sent"]
        pub struct Call<R, M: Mode = Async> {
            inner: runtime::Call<R, M>,
        }

        #own

        runtime::client_call!(#marker #pages #streams #transactions);
    }
}

/// The method that asks for another format.
fn format(format: &Format) -> TokenStream {
    let doc = format!(
        " Asks for {} and gives the bytes of the answer as they come.",
        code(&format.media_type)
    );
    let name = ident(&format.ident);
    let media_type = &format.media_type;
    quote! {
        #[doc = #doc]
        pub fn #name(self) -> Call<runtime::InFormat<R>, M> {
            Call { inner: self.inner.in_format(#media_type) }
        }
    }
}
