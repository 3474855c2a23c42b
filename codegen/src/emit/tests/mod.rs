//! Tests: each example as a call to a server on this machine, with both clients.

mod answer;
mod deliveries;
mod exchange;
mod group;
mod pairs;
mod value;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident, module_path, use_runtime};
use super::docs::Lines;
use super::features;
use crate::Options;
use crate::ir::{
    Api, ClaimValue, EnumWire, Evidence, ModelKind, NewtypeOf, Part, Scalar, Scheme, SchemeKind,
    Type,
};
use crate::print::{File, Piece};

/// What files of tests take from elsewhere.
const NAMES: [&str; 11] = [
    "Blocking",
    "Call",
    "CallError",
    "Client",
    "Delivery",
    "Exchange",
    "Mode",
    "Request",
    "Seen",
    "Secrets",
    "Signer",
];

/// The files of the module `tests`.
pub(super) fn files(api: &Api, evidence: &Evidence, options: &Options) -> Vec<File> {
    let groups = api.groups.iter().zip(&evidence.groups);
    let groups: Vec<_> = groups.filter(|(_, examples)| !examples.is_empty()).collect();
    let mut files = vec![root(api, evidence, options)];
    files.extend(groups.iter().map(|(group, examples)| group::file(api, group, examples, options)));
    if !evidence.deliveries.is_empty()
        && let Some(deliveries) = &api.deliveries
    {
        files.push(deliveries::file(api, deliveries, &evidence.deliveries, options));
    }
    files
}

/// `mod.rs`: what the tests have in common.
fn root(api: &Api, evidence: &Evidence, options: &Options) -> File {
    let mut docs = Lines::new(0);
    docs.text("The examples of the specification, each as a test of both clients.");
    let groups = api.groups.iter().zip(&evidence.groups);
    let modules: Vec<_> = groups
        .filter(|(_, examples)| !examples.is_empty())
        .map(|(group, _)| {
            let (gate, name) = (features::gate(api, group, options), ident(&group.ident));
            let path = module_path(&group.ident);
            quote!(#gate #path mod #name;)
        })
        .collect();
    let partly = features::partly(api, options);
    let deliveries = (!evidence.deliveries.is_empty()).then(|| {
        quote!(
            mod deliveries;
        )
    });
    let mut pieces = vec![Piece::Items(quote! {
        #partly
        #deliveries
        #(#modules)*
    })];
    if !modules.is_empty() {
        pieces.extend(shared(api, options));
    }
    File { path: "tests/mod.rs".to_owned(), docs: docs.into_lines(), pieces }
}

/// How a client is built, and a call made.
fn shared(api: &Api, options: &Options) -> Vec<Piece> {
    let use_runtime = use_runtime(options);
    let marker = ident(&api.marker);
    let cx = Cx::tests(api, names(api, [].into_iter()));
    let credentials = api.schemes.iter().map(|scheme| credential(&cx, scheme));
    let required = api.parameters.iter().filter(|one| one.settable && !one.parameter.optional);
    let required = required.map(|one| {
        let (name, (value, _)) = (ident(&one.parameter.ident), some(&cx, &one.parameter.ty));
        quote!(.#name(#value))
    });
    let imports = quote! {
        use super::{Builder, Call, Client, #marker, builder};
        #use_runtime
        use runtime::testing::{Exchange, Seen, wait};
        use runtime::{Blocking, CallError, Request, Retry};
    };
    let client = quote! {
        /// A client that has a credential for everything.
        fn client(url: &str) -> Builder {
            builder().base_url(url).retry(Retry::none()) #(#credentials)* #(#required)*
        }
    };
    let check = quote! {
        /// Makes a call with both clients, and holds it against an example.
        fn check<R: Request<Provider = #marker>>(
            exchange: &Exchange,
            call: impl FnOnce(&Client) -> Call<R>,
            blocking: impl FnOnce(&Client<Blocking>) -> Call<R, Blocking>,
            seen: impl Fn(Result<R::Output, CallError<R::Error>>) -> Seen,
        ) {
            exchange.check(|url| Ok(seen(wait(call(&client(url).build()?)))));
            exchange.check(|url| Ok(seen(blocking(&client(url).build_blocking()?).send())));
        }
    };
    vec![Piece::Items(imports), Piece::Items(client), Piece::Items(check)]
}

/// The names that a file of tests uses for other things than models.
fn names(api: &Api, own: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = NAMES.into_iter().map(str::to_owned).collect();
    names.insert(api.marker.clone());
    names.extend(own);
    // Models that would hide the prelude are named in full.
    let prelude = crate::names::PRELUDE.iter().map(|name| (*name).to_owned());
    let hidden: BTreeSet<&str> = api.models.iter().map(|model| model.ident.as_str()).collect();
    names.extend(prelude.filter(|name| hidden.contains(name.as_str())));
    names
}

/// What the test client sends as the token of a scheme.
fn token(scheme: &Scheme) -> String {
    format!("{}-token", scheme.name)
}

/// The call of the builder that sets a credential. Texts are the names of what they stand for.
fn credential(cx: &Cx<'_>, scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.ident);
    let plain = |name: &str| name.trim_start_matches("r#").to_owned();
    match &scheme.kind {
        SchemeKind::Basic { username, password } => {
            let arguments = [username, password].into_iter().filter_map(|part| match part {
                Part::Argument(name) => Some(plain(name)),
                Part::Fixed(_) => None,
            });
            quote!(.#name(#(#arguments),*))
        }
        SchemeKind::Bearer { .. } => {
            let token = token(scheme);
            quote!(.#name(#token))
        }
        SchemeKind::ApiKey { key, .. } => {
            let key = plain(key);
            quote!(.#name(#key))
        }
        SchemeKind::Jwt { kid, secret, claims, .. } => {
            let kid = kid.iter().filter_map(|part| match part {
                Part::Argument(name) => Some(plain(name)),
                Part::Fixed(_) => None,
            });
            let secret = plain(secret);
            let claims = claims.iter().filter_map(|claim| match &claim.value {
                ClaimValue::Argument { ty, .. } => Some(some(cx, ty).0),
                ClaimValue::Fixed(_) => None,
            });
            quote!(.#name(#(#kid,)* #secret #(, #claims)*))
        }
        SchemeKind::OAuth2(oauth) if oauth.authorize_url.is_some() => {
            let token = token(scheme);
            quote!(.#name(#token))
        }
        // Without a token endpoint there is nobody to get one from.
        SchemeKind::OAuth2(_) => {
            let source = ident(&format!("{}_source", plain(&scheme.ident)));
            let token = token(scheme);
            quote!(.#source(runtime::testing::Fixed(#token)))
        }
    }
}

/// Some value of what has to be set, and its text on the wire.
fn some(cx: &Cx<'_>, ty: &Type) -> (TokenStream, String) {
    let text = || (quote!("some"), "some".to_owned());
    match ty {
        Type::Scalar(Scalar::String | Scalar::Url | Scalar::Uuid) => return text(),
        Type::Model(id) => match &cx.api.model(*id).kind {
            ModelKind::Alias(ty) => return some(cx, ty),
            ModelKind::Newtype(newtype) if newtype.of == NewtypeOf::Text => return text(),
            ModelKind::Enum(values) => {
                if let Some(first) = values.variants.first() {
                    let model = ident(&cx.api.model(*id).ident);
                    let variant = ident(&first.ident);
                    let wire = match values.wire {
                        EnumWire::NamedNumbers => &first.wire_name,
                        EnumWire::Texts | EnumWire::Numbers => &first.wire,
                    };
                    return (quote!(super::models::#model::#variant), wire.clone());
                }
            }
            _ => {}
        },
        _ => {}
    }
    let ty = cx.ty(ty);
    (quote!(runtime::testing::json::<#ty>("1")), "1".to_owned())
}
