//! Parameters of the client: constants of the provider, methods of the builder and of calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::cx::{Cx, ident, unsuffixed};
use super::docs::{Lines, code};
use super::{lints, requests};
use crate::ir::{Api, ClientParameter, Place};

/// The constant of the provider that lists them.
pub(super) fn constant(api: &Api) -> Option<TokenStream> {
    let parameters = api.parameters.iter().map(|one| {
        let place = requests::how(one.parameter.place);
        let wire = &one.parameter.wire;
        let setter = one.settable.then(|| {
            let name = plain(one);
            quote!(.set_by(#name))
        });
        let required = (!one.parameter.optional).then(|| quote!(.required()));
        let value = one.value.as_ref().map(|value| quote!(.or(#value)));
        quote!(runtime::ClientParameter::#place(#wire) #setter #required #value)
    });
    (!api.parameters.is_empty()).then(
        || quote!(const PARAMETERS: &'static [runtime::ClientParameter] = &[#(#parameters),*];),
    )
}

/// The methods of the builder.
pub(super) fn builder_methods(cx: &Cx<'_>) -> TokenStream {
    let methods = settable(cx.api).map(|(index, one)| {
        let (of, argument, value) = typed(cx, one);
        let name = ident(&one.parameter.ident);
        let mut docs = requests::parameter_docs(&one.parameter, 4);
        match (&one.value, one.parameter.optional, one.parameter.place) {
            (Some(value), ..) => docs.markdown(&format!(
                "Calls of routes that have it send {} unless it is set.",
                code(value)
            )),
            (None, false, _) => docs.markdown("Has to be set."),
            (None, true, Place::Path) => {
                docs.markdown("Has to be set here or for each call of a route that has it.");
            }
            (None, true, _) => {}
        }
        let docs = docs.into_tokens();
        let convention = lints::setter(&one.parameter.ident);
        quote! {
            #docs
            #convention
            #[must_use]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.inner.parameter #of(#index, #value);
                self
            }
        }
    });
    quote!(#(#methods)*)
}

/// The methods of calls.
pub(super) fn call_methods(cx: &Cx<'_>) -> TokenStream {
    let methods = settable(cx.api).map(|(index, one)| {
        let (of, argument, value) = typed(cx, one);
        let name = ident(&one.parameter.ident);
        let method = format_ident!("with_{}", plain(one));
        let mut docs = Lines::new(4);
        let builder = format!("Builder::{}", plain(one));
        docs.markdown(&format!("What [`{builder}`] sets, for this call."));
        if one.parameter.place == Place::Path {
            docs.markdown(&format!(
                "It is an error when the call is sent if its route has no {}.",
                code(&format!("{{{}}}", one.parameter.wire))
            ));
        }
        let docs = docs.into_tokens();
        quote! {
            #docs
            pub fn #method(self, #name: #argument) -> Self {
                Self { inner: self.inner.with_parameter #of(#index, #value) }
            }
        }
    });
    quote!(#(#methods)*)
}

/// Those that an app can set, with their places in the constant.
fn settable(api: &Api) -> impl Iterator<Item = (proc_macro2::Literal, &ClientParameter)> {
    let all = api.parameters.iter().enumerate();
    all.filter(|(_, one)| one.settable).map(|(index, one)| (unsuffixed(index), one))
}

/// What says the type where the value does not, the type of the argument, and how the argument becomes the value.
fn typed(cx: &Cx<'_>, one: &ClientParameter) -> (TokenStream, TokenStream, TokenStream) {
    let ty = cx.ty(&one.parameter.ty);
    let name = ident(&one.parameter.ident);
    if let Some(codec) = cx.parameter_codec(&one.parameter.ty, true, false) {
        return (TokenStream::new(), ty, quote!(runtime::Kept::<#codec, _>::new(#name)));
    }
    if cx.converts(&one.parameter.ty) {
        (quote!(::<#ty>), cx.argument(&ty, true), quote!(#name.into()))
    } else {
        (TokenStream::new(), ty, quote!(#name))
    }
}

fn plain(one: &ClientParameter) -> &str {
    one.parameter.ident.trim_start_matches("r#")
}
