//! The file of a group: its methods, and what each of them sends and fails with.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::{Cx, ident, use_runtime};
use super::docs::{self, Lines, code};
use super::{among, answers, bodies, errors, lints, requests, transactions};
use crate::Options;
use crate::ir::{Api, Body, Errors, Group, Method, ModelId, Outcome, StatusPattern, Type};
use crate::print::{File, Piece};

pub(super) fn file(api: &Api, group: &Group, options: &Options) -> File {
    let cx = Cx::group(api, local_names(api, group));
    let mut docs = Lines::of(&group.docs, 0, &format!("Methods of {}.", code(&group.name)));
    docs.origin(&group.docs, "In the SDK");
    let mut pieces =
        vec![Piece::Items(imports(&cx, group, options)), Piece::Items(methods(&cx, group))];
    pieces.extend(transactions::emit(&cx, group).map(Piece::Items));
    for method in &group.methods {
        pieces.extend(requests::emit(&cx, group, method));
        pieces.extend(bodies::emit(&cx, group, method));
        pieces.extend(answers::emit(&cx, group, method));
        pieces.extend(errors::emit(&cx, group, method));
    }
    let file_name = group.ident.trim_start_matches("r#");
    File { path: format!("{file_name}.rs"), docs: docs.into_lines(), pieces }
}

/// The types that the file defines or takes from the client.
fn local_names(api: &Api, group: &Group) -> BTreeSet<String> {
    let mut names: BTreeSet<String> =
        crate::names::GROUP_IMPORTS.into_iter().map(str::to_owned).collect();
    names.insert(api.marker.clone());
    names.insert(group.type_name.clone());
    names.extend(group.transaction.as_ref().map(|transaction| transaction.type_name.clone()));
    for method in &group.methods {
        names.insert(method.request.clone());
        if let Some(Body::Any { ident, alternatives, .. }) = &method.body {
            names.insert(ident.clone());
            names.extend(alternatives.iter().map(|one| one.holder.clone()));
        }
        if let Errors::Enum { ident, .. } = &method.errors {
            names.insert(ident.clone());
        }
        if let Outcome::Several { ident, .. } = &method.outcome {
            names.insert(ident.clone());
        }
    }
    // Models that would hide the prelude are named in full.
    let prelude = crate::names::PRELUDE.iter().map(|name| (*name).to_owned());
    let hidden: BTreeSet<String> = api.models.iter().map(|model| model.ident.clone()).collect();
    names.extend(prelude.filter(|name| hidden.contains(name)));
    names
}

fn imports(cx: &Cx<'_>, group: &Group, options: &Options) -> TokenStream {
    let use_runtime = use_runtime(options);
    let mut from_client: BTreeSet<&str> =
        ["Call", "Client", cx.api.marker.as_str()].into_iter().collect();
    let mut models = BTreeSet::new();
    for method in &group.methods {
        if let Some(auth) = method.auth {
            from_client.insert(&cx.api.auths[auth].constant);
        }
        collect(method, &mut |id| {
            cx.api.each_named(id, &mut |id| {
                if !cx.is_qualified(id) {
                    models.insert(cx.api.model(id).ident.clone());
                }
            });
        });
    }
    let from_client = from_client.into_iter().map(ident);
    let models = models.iter().map(|name| ident(name)).collect::<Vec<_>>();
    let models = (!models.is_empty()).then(|| quote!(use super::models::{#(#models),*};));
    let encoder = group.methods.iter().any(requests::sends_something).then(|| quote!(Encoder,));
    quote! {
        use super::client::{#(#from_client),*};
        #models
        #use_runtime
        use runtime::{Answer, Async, DecodeError, #encoder Method, Mode, Request};
    }
}

/// The models that the code of a method names.
fn collect(method: &Method, found: &mut impl FnMut(ModelId)) {
    let mut types = |ty: &Type| ty.models().for_each(&mut *found);
    method.parameters.iter().for_each(|parameter| types(&parameter.ty));
    method.body.iter().flat_map(Body::types).for_each(&mut types);
    for value in method.outcome.values() {
        types(&value.ty);
    }
    // They lie in a model that is named.
    method.paging.iter().for_each(|paging| types(&paging.item));
    match &method.errors {
        Errors::Undeclared => {}
        Errors::One { model, .. } => found(*model),
        Errors::Enum { variants, .. } => {
            variants.iter().filter_map(|variant| variant.holds.model()).for_each(found);
        }
    }
}

fn methods(cx: &Cx<'_>, group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let doc = format!(" The methods of {}, bound to a client.", code(&group.name));
    let methods = group.methods.iter().map(|method| self::method(cx, group, method));
    let resume = transactions::resume(cx, group);
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'c, M: Mode = Async> {
            pub(super) client: &'c Client<M>,
        }

        impl<M: Mode> #name<'_, M> {
            #(#methods)*
            #resume
        }
    }
}

fn method(cx: &Cx<'_>, group: &Group, method: &Method) -> TokenStream {
    let docs = method_docs(cx, group, method).into_tokens();
    let deprecated = docs::deprecated(&method.docs);
    let alias = method
        .docs
        .sdk
        .as_ref()
        .map(|sdk| sdk.rsplit(['#', '.', ':']).next().unwrap_or(sdk))
        .map(|sdk| docs::alias(sdk, &method.ident));
    let (name, request) = (ident(&method.ident), ident(&method.request));
    let (arguments, names) = requests::arguments(cx, method);
    let convention = lints::method(&method.ident);
    let many = lints::arguments(arguments.len() + 1);
    quote! {
        #docs
        #alias
        #deprecated
        #convention
        #many
        pub fn #name(self, #(#arguments),*) -> Call<#request, M> {
            self.client.call(#request::new(#(#names),*))
        }
    }
}

fn method_docs(cx: &Cx<'_>, group: &Group, method: &Method) -> Lines {
    let route = code(&format!("{} {}", method.verb.word(), method.route));
    let mut lines = Lines::of(&method.docs, 4, &format!("Calls {route}."));
    if method.docs.text.is_some() {
        lines.markdown(&format!("Sends {route}."));
    }
    among::docs(&method.among, &mut lines);
    if let Some(Body::Members { among, .. }) = &method.body {
        among::docs(among, &mut lines);
    }
    if let Some(auth) = method.auth.map(|auth| &cx.api.auths[auth]) {
        let scopes = method.scopes.as_ref().unwrap_or(&auth.scopes);
        let scopes: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
        // Entries of which one is enough are good for one thing each. A single one, and a method, want all.
        let one = auth.alternatives.len() > 1 && method.scopes.is_none();
        let between = if one { " or " } else { " and " };
        if !scopes.is_empty() {
            lines.markdown(&format!("Needs a credential for {}.", scopes.join(between)));
        }
    }
    // What is true of the whole group stands at the top of its module.
    let mut origin = method.docs.clone();
    origin.source = origin.source.filter(|source| Some(source) != group.docs.source.as_ref());
    lines.origin(&origin, "In the SDK");
    lines.block(error_docs(cx, method));
    lines
}

/// What a failure can be, as a list.
fn error_docs(cx: &Cx<'_>, method: &Method) -> Vec<String> {
    let link = |id: ModelId| {
        let name = &cx.api.model(id).ident;
        if cx.is_qualified(id) {
            format!("[`{name}`](super::models::{name})")
        } else {
            format!("[`{name}`]")
        }
    };
    let mut lines = vec!["# Errors".to_owned(), String::new()];
    match &method.errors {
        Errors::Undeclared => return Vec::new(),
        Errors::One { model, status, .. } => {
            let failures = match status {
                StatusPattern::Default => "Failures".to_owned(),
                StatusPattern::Inside => "Successes that are none".to_owned(),
                status => format!("Answers with {}", in_words(&[*status])),
            };
            lines.push(format!("{failures} come with {}.", link(*model)));
        }
        Errors::Enum { ident, variants } => {
            for variant in variants {
                let name = variant.ident.trim_start_matches("r#");
                lines.push(format!("- {}: [`{ident}::{name}`].", statuses(&variant.statuses)));
            }
        }
    }
    lines
}

/// Statuses in words, as a sentence begins.
pub(super) fn statuses(statuses: &[StatusPattern]) -> String {
    crate::names::capitalized(&in_words(statuses))
}

fn in_words(statuses: &[StatusPattern]) -> String {
    let words: Vec<String> = statuses
        .iter()
        .map(|status| match status {
            StatusPattern::Exactly(status) => format!("status {status}"),
            StatusPattern::Range(digit) => format!("status {digit}xx"),
            StatusPattern::Default => "any other failure".to_owned(),
            StatusPattern::Inside => "an error inside a success".to_owned(),
        })
        .collect();
    words.join(" or ")
}
