//! Requests: what a method sends, as a value.

mod encode;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::cx::{Cx, duration, ident, unsuffixed};
use super::docs::{Lines, alias, code};
use super::{answers, errors, lints, objects, pages, streams};
use crate::ir::{
    Body, Effect, Field, Group, Media, Method, Parameter, Place, Presence, Style, Verb,
};
use crate::print::{Piece, Row, Table};

pub(super) use encode::{how, send};

pub(super) fn emit(cx: &Cx<'_>, group: &Group, method: &Method) -> Vec<Piece> {
    let mut pieces = vec![Piece::Items(definition(cx, group, method))];
    let rows = setters(cx, method);
    if !rows.is_empty() {
        let name = ident(&method.request);
        pieces.push(Piece::Table(Table {
            name: "call_setters",
            of: quote!(#name),
            rows,
            attached: false,
            mode: None,
        }));
    }
    pieces.push(Piece::Items(request(cx, method)));
    pieces.extend(pages::emit(cx, method).map(Piece::Items));
    pieces.extend(streams::emit(cx, method).map(Piece::Items));
    pieces
}

fn definition(cx: &Cx<'_>, group: &Group, method: &Method) -> TokenStream {
    let name = ident(&method.request);
    let link = format!("{}::{}", group.type_name, method.ident.trim_start_matches("r#"));
    let doc = format!(" Request of [`{link}`].");
    let parameters = method.parameters.iter().map(|parameter| {
        let docs = parameter_docs(parameter, 4).into_tokens();
        let alias = alias(&parameter.wire, &parameter.ident);
        let name = ident(&parameter.ident);
        let ty = parameter_type(cx, parameter);
        quote!(#docs #alias pub #name: #ty,)
    });
    let body = match &method.body {
        None => TokenStream::new(),
        Some(Body::Members { fields, .. }) => {
            let fields = fields.iter().map(|field| objects::field(cx, field));
            quote!(#(#fields)*)
        }
        Some(body) => {
            let ty = body_type(cx, body);
            let ty = if body.is_optional() { cx.option(&ty) } else { ty };
            quote! {
                /// What is sent.
                pub body: #ty,
            }
        }
    };
    let constructor = constructor(cx, method);
    if is_empty(method) {
        return quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name;
            #constructor
        };
    }
    let derives = if has_required(method) {
        quote!(#[derive(Clone, Debug, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, Default, PartialEq)])
    };
    let repeated = lints::fields(&method.request, idents(method).map(String::as_str));
    quote! {
        #[doc = #doc]
        #repeated
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#parameters)*
            #body
        }
        #constructor
    }
}

/// The type of a body in a field of its own. Bytes need not be in memory.
pub(super) fn body_type(cx: &Cx<'_>, body: &Body) -> TokenStream {
    match body {
        Body::Value { media: Media::Bytes(_), .. } => quote!(runtime::Upload),
        Body::Value { ty, .. } => cx.ty(ty),
        Body::Any { ident: name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
        Body::Members { .. } => TokenStream::new(),
    }
}

/// Whether there is anything in the request beside its route.
pub(super) fn sends_something(method: &Method) -> bool {
    !is_empty(method) || !method.constants.is_empty()
}

/// The fields of the request.
fn idents(method: &Method) -> impl Iterator<Item = &String> {
    let members = match &method.body {
        Some(Body::Members { fields, .. }) => fields.as_slice(),
        _ => &[],
    };
    let parameters = method.parameters.iter().map(|parameter| &parameter.ident);
    parameters.chain(members.iter().map(|field| &field.ident))
}

fn is_empty(method: &Method) -> bool {
    method.parameters.is_empty() && method.body.is_none()
}

pub(super) fn parameter_docs(parameter: &Parameter, indent: usize) -> Lines {
    let place = match parameter.place {
        Place::Path => "Part of the path",
        Place::Query => "Query parameter",
        Place::Header => "Header",
        Place::Cookie => "Cookie",
    };
    let fallback = format!("{place} {}.", code(&parameter.wire));
    let mut docs = Lines::of(&parameter.docs, indent, &fallback);
    if parameter.style == Style::Slash {
        docs.markdown(
            "Its slashes stay; no step between them, or at an end, is empty, `.` or `..`.",
        );
    }
    if let Some(assumed) = &parameter.docs.assumed {
        docs.text(&format!("Assumed: {assumed}"));
    }
    if let Some(note) = &parameter.docs.deprecated {
        docs.text(&format!("Deprecated: {note}"));
    }
    docs
}

fn parameter_type(cx: &Cx<'_>, parameter: &Parameter) -> TokenStream {
    let ty = cx.ty(&parameter.ty);
    if parameter.optional { cx.option(&ty) } else { ty }
}

/// A field of a struct, as an argument of `new`, or with what it is without being set.
pub(super) struct Slot {
    name: TokenStream,
    argument: Option<TokenStream>,
    value: TokenStream,
}

fn slots(cx: &Cx<'_>, method: &Method) -> Vec<Slot> {
    let mut slots: Vec<Slot> = method
        .parameters
        .iter()
        .map(|parameter| {
            let ty = cx.ty(&parameter.ty);
            slot(cx, &parameter.ident, &ty, !parameter.optional, cx.converts(&parameter.ty))
        })
        .collect();
    match &method.body {
        None => {}
        Some(Body::Members { fields, .. }) => {
            slots.extend(fields.iter().map(|field| member(cx, field)));
        }
        Some(body) => {
            let converts = match body {
                Body::Value { ty, media, .. } => {
                    cx.converts(ty) || matches!(media, Media::Bytes(_))
                }
                Body::Any { .. } | Body::Members { .. } => true,
            };
            slots.push(slot(cx, "body", &body_type(cx, body), !body.is_optional(), converts));
        }
    }
    slots
}

fn slot(cx: &Cx<'_>, name: &str, ty: &TokenStream, required: bool, converts: bool) -> Slot {
    let name = ident(name);
    if !required {
        let none = cx.std("None", quote!(::std::option::Option::None));
        return Slot { name: quote!(#name), argument: None, value: quote!(#name: #none) };
    }
    let argument = cx.argument(ty, converts);
    Slot {
        argument: Some(quote!(#name: #argument)),
        value: if converts { quote!(#name: #name.into()) } else { quote!(#name) },
        name: quote!(#name),
    }
}

pub(super) fn member(cx: &Cx<'_>, field: &Field) -> Slot {
    let converts =
        !field.presence.is_nullable() && (field.boxed || field.sensitive || cx.converts(&field.ty));
    match field.presence {
        Presence::Patched => {
            let name = ident(&field.ident);
            let value = quote!(#name: runtime::Patch::Absent);
            Slot { name: quote!(#name), argument: None, value }
        }
        Presence::Optional | Presence::ReadOnly => {
            slot(cx, &field.ident, &cx.inner(field), false, converts)
        }
        Presence::Required
        | Presence::Nullable
        | Presence::NullAsDefault
        | Presence::WriteOnly
        | Presence::WriteNullable => slot(cx, &field.ident, &cx.field(field), true, converts),
    }
}

fn has_required(method: &Method) -> bool {
    let parameter = method.parameters.iter().any(|parameter| !parameter.optional);
    let body = match &method.body {
        None => false,
        Some(Body::Members { fields, .. }) => {
            fields.iter().any(|field| field.presence.is_argument())
        }
        Some(body) => !body.is_optional(),
    };
    parameter || body
}

/// The arguments of the method and of `new`, and their names.
pub(super) fn arguments(cx: &Cx<'_>, method: &Method) -> (Vec<TokenStream>, Vec<TokenStream>) {
    slots(cx, method)
        .into_iter()
        .filter_map(|slot| slot.argument.map(|argument| (argument, slot.name)))
        .unzip()
}

fn constructor(cx: &Cx<'_>, method: &Method) -> TokenStream {
    let name = ident(&method.request);
    if !has_required(method) {
        let value = if is_empty(method) { quote!(Self) } else { cx.default_value(idents(method)) };
        return quote! {
            impl #name {
                /// A request in which nothing is set.
                #[must_use]
                pub fn new() -> Self {
                    #value
                }
            }
        };
    }
    new(&name, &slots(cx, method), " A request with what the service requires.")
}

/// `new`, with what is required.
pub(super) fn new(name: &Ident, slots: &[Slot], doc: &str) -> TokenStream {
    let values = slots.iter().map(|slot| &slot.value);
    let arguments: Vec<_> = slots.iter().filter_map(|slot| slot.argument.as_ref()).collect();
    let many = lints::arguments(arguments.len());
    let long = lints::members(slots.len());
    quote! {
        impl #name {
            #[doc = #doc]
            #many
            #long
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// Whether a request has anything that is not required.
pub(super) fn has_setters(method: &Method) -> bool {
    let body = match &method.body {
        None => false,
        Some(Body::Members { fields, .. }) => fields.iter().any(is_set),
        Some(body) => body.is_optional(),
    };
    body || method.parameters.iter().any(|parameter| parameter.optional)
}

pub(super) fn is_set(field: &Field) -> bool {
    matches!(field.presence, Presence::Optional | Presence::Patched)
}

/// Setters of what is not required.
fn setters(cx: &Cx<'_>, method: &Method) -> Vec<Row> {
    let mut rows: Vec<Row> = method
        .parameters
        .iter()
        .filter(|parameter| parameter.optional)
        .map(|parameter| {
            let name = ident(&parameter.ident);
            Row::Setter {
                docs: parameter_docs(parameter, 8).into_lines(),
                patch: false,
                ident: quote!(#name),
                ty: cx.ty(&parameter.ty),
            }
        })
        .collect();
    match &method.body {
        Some(Body::Members { fields, .. }) => {
            let set = fields.iter().filter(|field| is_set(field));
            rows.extend(set.map(|field| objects::setter(cx, field)));
        }
        Some(body) if body.is_optional() => rows.push(Row::Setter {
            docs: vec!["What is sent.".to_owned()],
            patch: false,
            ident: quote!(body),
            ty: body_type(cx, body),
        }),
        Some(_) | None => {}
    }
    rows
}

/// `impl Request`
fn request(cx: &Cx<'_>, method: &Method) -> TokenStream {
    let (name, marker) = (ident(&method.request), ident(&cx.api.marker));
    let output = answers::output(cx, &method.outcome);
    let error = errors::ty(cx, method);
    let descriptor = descriptor(cx, method);
    let encode = encode::encode(cx, method);
    let decode = answers::decode(cx, method, &output);
    let decode_inside = errors::decode_inside(cx, method, &error);
    let decode_error = errors::decode(cx, method, &error);
    quote! {
        impl Request for #name {
            type Provider = #marker;
            type Output = #output;
            type Error = #error;
            const METHOD: Method = #descriptor;
            #encode
            #decode
            #decode_error
            #decode_inside
        }
    }
}

/// What the method is, as data.
fn descriptor(cx: &Cx<'_>, method: &Method) -> TokenStream {
    let verb = match method.verb {
        Verb::Get => quote!(get),
        Verb::Post => quote!(post),
        Verb::Put => quote!(put),
        Verb::Patch => quote!(patch),
        Verb::Delete => quote!(delete),
        Verb::Head => quote!(head),
        Verb::Options => quote!(options),
    };
    let (name, route) = (&method.full_name, &method.route);
    let auth = method.auth.map(|auth| {
        let constant = ident(&cx.api.auths[auth].constant);
        quote!(.auth(#constant))
    });
    let server = method.server.map(unsuffixed).map(|server| quote!(.server(#server)));
    let success = (!method.success.is_empty()).then(|| {
        let statuses = method.success.iter().map(|&status| unsuffixed(status.into()));
        quote!(.success(&[#(#statuses),*]))
    });
    let effect = (method.effect != Effect::of_verb(method.verb)).then(|| {
        let effect = match method.effect {
            Effect::Read => quote!(Read),
            Effect::Idempotent => quote!(Idempotent),
            Effect::Write => quote!(Write),
        };
        quote!(.effect(runtime::Effect::#effect))
    });
    let retry_on = method.retry_on.as_ref().map(|statuses| {
        let statuses = statuses.iter().map(|&status| unsuffixed(status.into()));
        quote!(.retry_on(&[#(#statuses),*]))
    });
    let key = method.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header)));
    let timeout = method.timeouts.call.map(duration).map(|time| quote!(.timeout(#time)));
    let attempt = method.timeouts.attempt.map(duration);
    let attempt = attempt.map(|time| quote!(.attempt_timeout(#time)));
    let accept = answers::accept(method).map(|accept| quote!(.accept(#accept)));
    let packed = answers::is_packed(method).then(|| quote!(.packed()));
    quote! {
        Method::#verb(#name, #route) #auth #server #accept #packed #success #effect #retry_on #key #timeout
            #attempt
    }
}
