//! The tests of a group.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::value::Values;
use super::{answer, exchange, names};
use crate::Options;
use crate::emit::cx::{Cx, ident, use_runtime};
use crate::emit::docs::{Lines, code};
use crate::ir::{
    Alternative, Api, Body, Errors, Example, Field, Gives, Group, Method, Outcome, Presence, Sample,
};
use crate::print::{File, Piece};

pub(super) fn file(api: &Api, group: &Group, examples: &[Example], options: &Options) -> File {
    let own = group.methods.iter().flat_map(defined).map(str::to_owned);
    let cx = Cx::tests(api, names(api, own));
    let values = Values { cx: &cx, used: RefCell::default(), lets: RefCell::default() };
    let tests: Vec<TokenStream> =
        examples.iter().map(|example| test(&values, group, example)).collect();
    let mut docs = Lines::new(0);
    docs.markdown(&format!("Examples of {}.", code(&group.name)));
    let mut pieces = vec![Piece::Items(imports(&values, group, examples, options))];
    pieces.extend(tests.into_iter().map(Piece::Items));
    let file_name = group.ident.trim_start_matches("r#");
    File { path: format!("tests/{file_name}.rs"), docs: docs.into_lines(), pieces }
}

/// The types that the file of a method's group defines for it.
fn defined(method: &Method) -> impl Iterator<Item = &str> {
    let error = match &method.errors {
        Errors::Enum { ident, .. } => Some(ident.as_str()),
        _ => None,
    };
    let answer = match &method.outcome {
        Outcome::Several { ident, .. } => Some(ident.as_str()),
        _ => None,
    };
    let (body, holders) = match &method.body {
        Some(Body::Any { ident, alternatives, .. }) => {
            (Some(ident.as_str()), alternatives.as_slice())
        }
        _ => (None, &[][..]),
    };
    let one = [Some(method.request.as_str()), error, answer, body].into_iter().flatten();
    one.chain(holders.iter().map(|one| one.holder.as_str()))
}

fn imports(
    values: &Values<'_>,
    group: &Group,
    examples: &[Example],
    options: &Options,
) -> TokenStream {
    let use_runtime = use_runtime(options);
    let used = values.used.borrow();
    let mut own = BTreeSet::new();
    let mut runtime = BTreeSet::from(["Mode"]);
    for example in examples {
        let method = &group.methods[example.method];
        own.insert(method.request.as_str());
        if let (Some(Body::Any { ident, .. }), Some((_, Some(one)))) =
            (&method.body, example.sends(method))
        {
            own.insert(ident);
            own.extend(Some(one.holder.as_str()).filter(|holder| !holder.is_empty()));
        }
        match (&example.answer.gives, &method.errors, &method.outcome) {
            (Gives::Error(..), Errors::Enum { ident, .. }, _) => {
                own.insert(ident);
            }
            (Gives::Nothing(_) | Gives::Value(..), _, Outcome::Several { ident, .. }) => {
                own.insert(ident);
            }
            _ => {}
        }
        if matches!(example.answer.gives, Gives::Error(..)) {
            runtime.insert("CallError");
        }
    }
    let idents = |names: &BTreeSet<&str>| names.iter().map(|name| ident(name)).collect::<Vec<_>>();
    let (own, runtime) = (idents(&own), idents(&runtime));
    let module = ident(&group.ident);
    let models: Vec<_> = used.models.iter().map(|name| ident(name)).collect();
    let models = (!models.is_empty()).then(|| quote!(use super::super::models::{#(#models),*};));
    let testing: Vec<_> = used.helpers.iter().map(|name| ident(name)).collect();
    let deprecated = group.docs.deprecated.is_some()
        || group.methods.iter().any(|method| method.docs.deprecated.is_some());
    let deprecated = deprecated
        .then(|| quote!(#![allow(deprecated, reason = "what is deprecated is tested as well")]));
    quote! {
        #deprecated
        #models
        use super::super::#module::{#(#own),*};
        use super::super::{Call, Client};
        use super::check;
        #use_runtime
        use runtime::testing::{Exchange, Seen, #(#testing),*};
        use runtime::{#(#runtime),*};
    }
}

fn test(values: &Values<'_>, group: &Group, example: &Example) -> TokenStream {
    let method = &group.methods[example.method];
    let shown = code(&example.name);
    let doc = format!(" {} as {shown} shows it.", code(&method.full_name));
    let name = ident(&example.ident);
    let request = ident(&method.request);
    let call = call(values, group, method, example);
    let exchange = exchange::emit(values.cx, method, example);
    let seen = answer::seen(values, method, &example.answer);
    let long =
        exchange::long_answer(example).map(|(name, json)| quote!(const #name: &str = #json;));
    quote! {
        #long

        #[doc = #doc]
        #[test]
        fn #name() {
            fn call<M: Mode>(client: &Client<M>) -> Call<#request, M> {
                #call
            }
            let exchange = #exchange;
            check(&exchange, call, call, #seen);
        }
    }
}

/// The call as an app would write it.
fn call(values: &Values<'_>, group: &Group, method: &Method, example: &Example) -> TokenStream {
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (index, parameter) in method.parameters.iter().enumerate() {
        let Some(sample) = example.parameter(index) else { continue };
        if parameter.optional {
            let value = values.settable(&parameter.ident, &parameter.ty, &sample.shown);
            let name = ident(&parameter.ident);
            setters.push(quote!(.#name(#value)));
        } else {
            let converts = values.cx.converts(&parameter.ty);
            arguments.push(values.argument(
                &parameter.ident,
                &parameter.ty,
                &sample.shown,
                converts,
            ));
        }
    }
    if let (Some(whole), Some(sample)) = (&method.body, &example.body) {
        match (whole, example.sends(method)) {
            (Body::Members { fields, .. }, _) => {
                for field in fields {
                    member(values, field, sample.shown.member(field), &mut arguments, &mut setters);
                }
            }
            (_, Some((body, one))) => {
                let value = sent(values, whole, body, one, sample);
                if whole.is_optional() {
                    setters.push(quote!(.body(#value)));
                } else {
                    arguments.push(value);
                }
            }
            (_, None) => {}
        }
    }
    let (module, name) = (ident(&group.ident), ident(&method.ident));
    for (index, sample) in &example.shared {
        let parameter = &values.cx.api.parameters[*index].parameter;
        let plain = parameter.ident.trim_start_matches("r#");
        let converts = values.cx.converts(&parameter.ty);
        let value = values.argument(&parameter.ident, &parameter.ty, &sample.shown, converts);
        let setter = format_ident!("with_{plain}");
        setters.push(quote!(.#setter(#value)));
    }
    let lets = values.lets.take();
    quote!(#(#lets)* client.#module().#name(#(#arguments),*) #(#setters)*)
}

/// A body in an argument of its own; of several, in its variant.
fn sent(
    values: &Values<'_>,
    whole: &Body,
    body: &Body,
    alternative: Option<&Alternative>,
    sample: &Sample,
) -> TokenStream {
    let Body::Any { ident: name, .. } = whole else {
        return match body {
            Body::Value { ty, media, .. } => values.body(ty, media, sample),
            Body::Members { .. } | Body::Any { .. } => TokenStream::new(),
        };
    };
    let Some(one) = alternative else { return TokenStream::new() };
    let held = match body {
        Body::Value { ty, media, .. } => values.alternative(ty, media, sample),
        Body::Members { fields, .. } => {
            let (mut arguments, mut setters) = (Vec::new(), Vec::new());
            for field in fields {
                member(values, field, sample.shown.member(field), &mut arguments, &mut setters);
            }
            let holder = ident(&one.holder);
            quote!(#holder::new(#(#arguments),*) #(#setters)*)
        }
        Body::Any { .. } => TokenStream::new(),
    };
    let held = if one.boxed { quote!(Box::new(#held)) } else { held };
    let (name, variant) = (ident(name), ident(&one.ident));
    quote!(#name::#variant(#held))
}

/// A member of the method's own body.
fn member(
    values: &Values<'_>,
    field: &Field,
    shown: Option<&crate::ir::Json>,
    arguments: &mut Vec<TokenStream>,
    setters: &mut Vec<TokenStream>,
) {
    let name = ident(&field.ident);
    match (field.presence, shown) {
        (Presence::ReadOnly, _) | (Presence::Optional | Presence::Patched, None) => {}
        (Presence::Optional, Some(shown)) => {
            let value = values.settable(&field.ident, &field.ty, shown);
            setters.push(quote!(.#name(#value)));
        }
        (Presence::Patched, Some(shown)) => {
            let value = values.optional(&field.ident, &field.ty, shown);
            setters.push(quote!(.#name(#value)));
        }
        (Presence::Nullable | Presence::WriteOnly | Presence::WriteNullable, shown) => {
            arguments.push(values.nullable(&field.ident, &field.ty, shown));
        }
        (Presence::Required | Presence::NullAsDefault, Some(shown)) => {
            let converts = field.boxed || field.sensitive || values.cx.converts(&field.ty);
            arguments.push(values.argument(&field.ident, &field.ty, shown, converts));
        }
        (Presence::Required | Presence::NullAsDefault, None) => {
            arguments.push(quote!(Default::default()));
        }
    }
}
