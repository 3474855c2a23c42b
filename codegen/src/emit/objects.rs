//! Objects: structs, with the rows by which they are read and written.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::cx::{Cx, ident};
use super::docs::{Lines, alias, code};
use super::models::model_docs;
use super::{among, lints};
use crate::ir::{Field, Literal, Model, ModelKind, Object, Presence, Scalar, Type, XmlPlace};
use crate::print::{Piece, Row, Table};

pub(super) fn emit(cx: &Cx<'_>, model: &Model, object: &Object) -> Vec<Piece> {
    let mut pieces = vec![Piece::Items(definition(cx, model, object)), rows(cx, model, object)];
    if model.reach.request {
        pieces.push(Piece::Items(constructor(cx, model, object)));
        pieces.extend(setters(cx, model, object));
    }
    if model.reach.error {
        pieces.push(Piece::Items(service_error(cx, model, object)));
    }
    pieces
}

fn definition(cx: &Cx<'_>, model: &Model, object: &Object) -> TokenStream {
    let docs = model_docs(model).into_tokens();
    let name = ident(&model.ident);
    let fields = object.fields.iter().map(|field| self::field(cx, field));
    let undeclared = object.undeclared.as_ref().map(|name| {
        let name = ident(name);
        quote! {
            /// Members that the specification does not declare.
            pub #name: runtime::Undeclared,
        }
    });
    let open = self::open(model);
    let derives = if model.reach.request && !has_required(object) {
        quote!(#[derive(Clone, Debug, Default, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let idents = object.fields.iter().map(|field| &field.ident).chain(&object.undeclared);
    let repeated = lints::fields(&model.ident, idents.map(String::as_str));
    quote! {
        #docs
        #repeated
        #derives
        #[non_exhaustive]
        pub struct #name #open {
            #(#fields)*
            #undeclared
        }
    }
}

/// A field of a struct, documented.
pub(super) fn field(cx: &Cx<'_>, field: &Field) -> TokenStream {
    let docs = field_docs(field, 4).into_tokens();
    let alias = alias(&field.wire, &field.ident);
    let name = ident(&field.ident);
    let ty = cx.field(field);
    quote!(#docs #alias pub #name: #ty,)
}

fn field_docs(field: &Field, indent: usize) -> Lines {
    let mut docs = Lines::of(&field.docs, indent, &format!("{} on the wire.", code(&field.wire)));
    if field.presence == Presence::ReadOnly {
        docs.markdown("Read in answers, and never sent.");
    }
    if let Some(media) = &field.media {
        docs.markdown(&format!("Sent as {} unless the file says what it is.", code(media)));
    }
    if let Some(assumed) = &field.docs.assumed {
        docs.text(&format!("Assumed: {assumed}"));
    }
    if let Some(note) = &field.docs.deprecated {
        docs.text(&format!("Deprecated: {note}"));
    }
    docs
}

/// `<T>`, the names for types that a model leaves open.
fn open(model: &Model) -> Option<TokenStream> {
    let names = model.parameters.iter().map(|name| ident(name));
    (!model.parameters.is_empty()).then(|| quote!(<#(#names),*>))
}

/// Whether a value cannot be made without saying anything.
fn has_required(object: &Object) -> bool {
    object.fields.iter().any(|field| field.presence.is_argument())
}

/// `runtime::object! { … }`
fn rows(cx: &Cx<'_>, model: &Model, object: &Object) -> Piece {
    let rows = object.fields.iter().map(|field| row(cx, field));
    // Only what is sent is refused: what a service answers is taken as it is.
    let among = object
        .among
        .iter()
        .filter(|_| model.reach.request)
        .map(|among| Row::Among { wires: among.members.clone(), count: among::word(among.count) });
    let xml = if model.reach.xml { facts(cx, object) } else { Vec::new() };
    let xml = (!xml.is_empty()).then_some(Row::Xml { facts: xml });
    let constants = object.constants.iter().map(|constant| Row::Constant {
        wire: constant.wire.clone(),
        value: literal(&constant.value),
    });
    let undeclared = object.undeclared.as_ref().map(|name| {
        let name = ident(name);
        Row::Undeclared { ident: quote!(#name) }
    });
    let (name, open) = (ident(&model.ident), open(model));
    Piece::Table(Table {
        name: "object",
        of: quote!(#name #open),
        rows: rows.chain(xml).chain(among).chain(constants).chain(undeclared).collect(),
        attached: true,
        mode: None,
    })
}

/// Where members stand in XML, unless each is an element.
fn facts(cx: &Cx<'_>, object: &Object) -> Vec<String> {
    let fact = |wire: &String, place: &XmlPlace| match place {
        XmlPlace::Element => None,
        XmlPlace::Attribute => Some(format!("@{wire}")),
        XmlPlace::Text => Some(format!("#{wire}")),
        XmlPlace::Wrapped(item) => Some(format!("{wire}/{item}")),
    };
    let fields = object.fields.iter().flat_map(|field| {
        let also = if field.xml == XmlPlace::Text { &[][..] } else { &field.also };
        let facts = std::iter::once(&field.wire).chain(also);
        let facts = facts.filter_map(move |wire| fact(wire, &field.xml));
        // No element at all is an empty list.
        let always = field.xml == XmlPlace::Element
            && field.presence == Presence::Required
            && matches!(cx.api.plain(&field.ty), Type::List(_));
        facts.chain(always.then(|| format!("{}*", field.wire)))
    });
    let constants =
        object.constants.iter().filter_map(|constant| fact(&constant.wire, &constant.xml));
    fields.chain(constants).collect()
}

/// The row of a member.
pub(super) fn row(cx: &Cx<'_>, field: &Field) -> Row {
    let name = ident(&field.ident);
    let mode = mode(cx, field);
    let wires = std::iter::once(&field.wire).chain(&field.also).cloned().collect();
    Row::Member { ident: quote!(#name), mode, wires }
}

/// How a member is read and written.
pub(super) fn mode(cx: &Cx<'_>, field: &Field) -> TokenStream {
    if let Some(none) = cx.none_when(field) {
        let codec = cx.codec(&field.ty).unwrap_or_else(|| cx.marker("Plain"));
        return quote!(Sparse<Unless<#none, #codec>>);
    }
    let mode = cx.marker(presence(field.presence));
    let codec = match &field.ty {
        Type::List(item) if field.one_or_list => {
            let codec = cx.codec(item).unwrap_or_else(|| cx.marker("Plain"));
            let one_or_list = cx.marker("OneOrList");
            Some(quote!(#one_or_list<#codec>))
        }
        ty => cx.codec(ty),
    };
    if field.presence == Presence::WriteNullable {
        // Null is written, and absence read as null.
        let (or_null, codec) = (cx.marker("OrNull"), codec.unwrap_or_else(|| cx.marker("Plain")));
        return quote!(#mode<#or_null<#codec>>);
    }
    match codec {
        Some(codec) => quote!(#mode<#codec>),
        None => mode,
    }
}

/// A value of the specification as Rust has it.
pub(super) fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Text(text) => quote!(#text),
        Literal::Integer(number) => {
            let number = integer(*number);
            quote!(#number)
        }
        Literal::Boolean(value) => quote!(#value),
    }
}

/// A whole number with the type that holds it, where the one that Rust takes by itself is too small.
fn integer(number: i128) -> syn::LitInt {
    let suffix = match number {
        _ if i32::try_from(number).is_ok() => "",
        _ if i64::try_from(number).is_ok() => "_i64",
        _ => "_u64",
    };
    let digits = number.unsigned_abs().to_string();
    // In groups of three where it is long, as people write it.
    let from = if digits.len() > 5 { digits.len() % 3 } else { digits.len() };
    let (first, groups) = digits.split_at(from);
    let groups = groups.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group));
    let parts: Vec<_> =
        std::iter::once(first.into()).chain(groups).filter(|part| !part.is_empty()).collect();
    let sign = if number < 0 { "-" } else { "" };
    syn::LitInt::new(&format!("{sign}{}{suffix}", parts.join("_")), Span::call_site())
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "Required",
        Presence::Optional | Presence::WriteOnly => "Optional",
        Presence::Nullable => "Nullable",
        Presence::Patched => "Patched",
        Presence::NullAsDefault | Presence::WriteNullable => "NullAsDefault",
        Presence::ReadOnly => "ReadOnly",
    }
}

/// `new`, with what the service requires.
fn constructor(cx: &Cx<'_>, model: &Model, object: &Object) -> TokenStream {
    let (name, open) = (ident(&model.ident), open(model));
    // A type that is left open need not have a default.
    if !has_required(object) && open.is_none() {
        let value = cx.default_value(object.fields.iter().map(|field| &field.ident));
        return quote! {
            impl #name {
                /// A value of which nothing is set.
                #[must_use]
                pub fn new() -> Self {
                    #value
                }
            }
        };
    }
    let required: Vec<&Field> =
        object.fields.iter().filter(|field| field.presence.is_argument()).collect();
    let arguments = required.iter().map(|field| {
        let name = ident(&field.ident);
        let converts = !field.presence.is_nullable()
            && (field.boxed || field.sensitive || cx.converts(&field.ty));
        let ty = match field.presence {
            Presence::WriteOnly => cx.inner(field),
            _ => cx.field(field),
        };
        let ty = cx.argument(&ty, converts);
        quote!(#name: #ty)
    });
    let values = object.fields.iter().map(|field| {
        let name = ident(&field.ident);
        let converts = !field.presence.is_nullable()
            && (field.boxed || field.sensitive || cx.converts(&field.ty));
        match field.presence {
            Presence::WriteOnly => {
                let some = cx.std("Some", quote!(::std::option::Option::Some));
                let value = if converts { quote!(#name.into()) } else { quote!(#name) };
                quote!(#name: #some(#value))
            }
            _ if field.presence.is_argument() && converts => quote!(#name: #name.into()),
            _ if field.presence.is_argument() => quote!(#name),
            Presence::Patched => quote!(#name: runtime::Patch::Absent),
            _ => {
                let none = cx.std("None", quote!(::std::option::Option::None));
                quote!(#name: #none)
            }
        }
    });
    let undeclared = object.undeclared.as_ref().map(|name| {
        let name = ident(name);
        quote!(#name: runtime::Undeclared::new(),)
    });
    let many = lints::arguments(required.len());
    let long = lints::members(object.fields.len());
    let doc = if required.is_empty() {
        " A value of which nothing is set."
    } else {
        " A value with what the service requires."
    };
    quote! {
        impl #open #name #open {
            #[doc = #doc]
            #many
            #long
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #undeclared }
            }
        }
    }
}

/// Setters of what is not required.
fn setters(cx: &Cx<'_>, model: &Model, object: &Object) -> Option<Piece> {
    let rows: Vec<Row> = object
        .fields
        .iter()
        .filter(|field| matches!(field.presence, Presence::Optional | Presence::Patched))
        .map(|field| setter(cx, field))
        .collect();
    let (name, open) = (ident(&model.ident), open(model));
    (!rows.is_empty()).then(|| {
        Piece::Table(Table {
            name: "setters",
            of: quote!(#name #open),
            rows,
            attached: false,
            mode: None,
        })
    })
}

/// The row of a setter.
pub(super) fn setter(cx: &Cx<'_>, field: &Field) -> Row {
    let name = ident(&field.ident);
    Row::Setter {
        docs: field_docs(field, 8).into_lines(),
        patch: field.presence == Presence::Patched,
        ident: quote!(#name),
        ty: cx.inner(field),
    }
}

/// `impl ServiceError`, with the message where there is one.
fn service_error(cx: &Cx<'_>, model: &Model, object: &Object) -> TokenStream {
    let (name, open) = (ident(&model.ident), open(model));
    let bounds = open.is_some().then(|| {
        let names = model.parameters.iter().map(|name| ident(name));
        quote!(where #(#names: std::fmt::Debug + Send + Sync + 'static),*)
    });
    let message = object.message.and_then(|index| message(cx, &object.fields[index]));
    match message {
        None => quote!(impl #open runtime::ServiceError for #name #open #bounds {}),
        Some(message) => {
            let option = cx.option(&quote!(&str));
            quote! {
                impl #open runtime::ServiceError for #name #open #bounds {
                    fn message(&self) -> #option {
                        #message
                    }
                }
            }
        }
    }
}

/// The expression that finds the message in a field: a text, or the message of what is there.
fn message(cx: &Cx<'_>, field: &Field) -> Option<TokenStream> {
    let name = ident(&field.ident);
    if field.presence == Presence::Patched {
        return None;
    }
    let optional = field.presence.is_option();
    let some = cx.std("Some", quote!(::std::option::Option::Some));
    Some(match (kind(cx, &field.ty)?, optional) {
        (Message::Text, _) if field.sensitive => return None,
        (Message::Text, true) => quote!(self.#name.as_deref()),
        (Message::Text, false) => quote!(#some(&self.#name)),
        (Message::Model, true) if field.boxed => {
            quote!(self.#name.as_deref().and_then(runtime::ServiceError::message))
        }
        (Message::Model, true) => {
            quote!(self.#name.as_ref().and_then(runtime::ServiceError::message))
        }
        (Message::Model, false) => quote!(runtime::ServiceError::message(&self.#name)),
        (Message::Models, true) => {
            quote!(self.#name.as_ref()?.first().and_then(runtime::ServiceError::message))
        }
        (Message::Models, false) => {
            quote!(self.#name.first().and_then(runtime::ServiceError::message))
        }
    })
}

/// Where the message of something comes from.
pub(super) enum Message {
    Text,
    Model,
    Models,
}

pub(super) fn kind(cx: &Cx<'_>, ty: &Type) -> Option<Message> {
    match ty {
        Type::Scalar(Scalar::String) => Some(Message::Text),
        Type::Model(id) => match &cx.api.model(*id).kind {
            ModelKind::Object(_) | ModelKind::Union(_) => Some(Message::Model),
            ModelKind::Alias(ty) => kind(cx, ty),
            ModelKind::Enum(_) | ModelKind::Newtype(_) => None,
        },
        Type::List(item) => matches!(kind(cx, item)?, Message::Model).then_some(Message::Models),
        _ => None,
    }
}
