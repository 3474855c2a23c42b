//! What emitters ask: how a type is written at the place where it is emitted.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::Options;
use crate::ir::{
    Api, DateFormat, DateForms, Field, ModelId, ModelKind, NewtypeOf, Presence, Scalar, Type,
};

/// A name that `names` has decided, as a token.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Where the file of a module is, which the compiler finds by itself only if its name is of ASCII letters.
pub(super) fn module_path(name: &str) -> Option<TokenStream> {
    let file = format!("{name}.rs");
    (!name.is_ascii()).then(|| quote!(#[path = #file]))
}

/// A number as a person writes it.
pub(super) fn unsuffixed(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

/// A time of the standard library, in full: the runtime has a `Duration` of its own. In the largest unit
/// that says it in a whole number.
pub(super) fn duration(seconds: u64) -> TokenStream {
    let (unit, number) = match seconds {
        0 => ("secs", 0),
        whole if whole % 3600 == 0 => ("hours", whole / 3600),
        whole if whole % 60 == 0 => ("mins", whole / 60),
        odd => ("secs", odd),
    };
    let (unit, number) = (format_ident!("from_{unit}"), Literal::u64_unsuffixed(number));
    quote!(std::time::Duration::#unit(#number))
}

/// `use clientwright_runtime as runtime;`
pub(super) fn use_runtime(options: &Options) -> TokenStream {
    let segments = options.runtime.split("::").map(ident);
    quote! { use #(#segments)::* as runtime; }
}

/// Where items are emitted.
pub(super) struct Cx<'a> {
    pub(super) api: &'a Api,
    /// Names that mean something else than usual here.
    taken: BTreeSet<String>,
    /// Whether this is the file of the models itself.
    in_models: bool,
    /// Whether this is a file of tests, one folder further down.
    in_tests: bool,
    /// The lists of values that mean none, each of which has a marker.
    none_when: Vec<&'a [String]>,
}

impl<'a> Cx<'a> {
    /// The file of the models.
    pub(super) fn models(api: &'a Api) -> Self {
        let emitted = api.models.iter().filter(|model| model.emitted);
        let taken = emitted.clone().map(|model| model.ident.clone()).collect();
        let mut none_when: Vec<&[String]> = Vec::new();
        for model in emitted {
            if let ModelKind::Object(object) = &model.kind {
                for field in &object.fields {
                    if !field.none_when.is_empty() && !none_when.contains(&&*field.none_when) {
                        none_when.push(&field.none_when);
                    }
                }
            }
        }
        Self { api, taken, in_models: true, in_tests: false, none_when }
    }

    /// The file of the client, which imports no model.
    pub(super) fn client(api: &'a Api) -> Self {
        Self { in_models: false, ..Self::models(api) }
    }

    /// The file of a group, in which `names` are defined.
    pub(super) fn group(api: &'a Api, names: BTreeSet<String>) -> Self {
        Self { api, taken: names, in_models: false, in_tests: false, none_when: Vec::new() }
    }

    /// A file of tests, in which `names` are defined.
    pub(super) fn tests(api: &'a Api, names: BTreeSet<String>) -> Self {
        Self { in_tests: true, ..Self::group(api, names) }
    }

    /// The marker of the values that mean none in a field. Requests have no such values.
    pub(super) fn none_when(&self, field: &Field) -> Option<Ident> {
        let index = self.none_when.iter().position(|values| *values == &*field.none_when)?;
        Some(format_ident!("NoneWhen{}", index + 1))
    }

    /// The markers, with their values.
    pub(super) fn none_markers(&self) -> impl Iterator<Item = (Ident, &'a [String])> {
        self.none_when
            .iter()
            .enumerate()
            .map(|(index, values)| (format_ident!("NoneWhen{}", index + 1), *values))
    }

    /// Whether a model is written as `models::Name` here, since the short name is taken.
    pub(super) fn is_qualified(&self, id: ModelId) -> bool {
        !self.in_models && self.taken.contains(&self.api.model(id).ident)
    }

    /// A model.
    pub(super) fn model(&self, id: ModelId) -> TokenStream {
        let model = self.api.model(id);
        let name = ident(&model.ident);
        let types = model.given.as_ref().map(|given| {
            let types = given.types.iter().map(|ty| self.ty(ty));
            quote!(<#(#types),*>)
        });
        match (self.is_qualified(id), self.in_tests) {
            (false, _) => quote!(#name #types),
            (true, false) => quote!(super::models::#name #types),
            (true, true) => quote!(super::super::models::#name #types),
        }
    }

    /// A type as it stands in a field.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Scalar(scalar) => self.scalar(*scalar),
            Type::Model(id) => self.model(*id),
            Type::Parameter(name) => {
                let name = ident(name);
                quote!(#name)
            }
            Type::List(item) => {
                let item = self.ty(item);
                let vec = self.std("Vec", quote!(::std::vec::Vec));
                quote!(#vec<#item>)
            }
            Type::Map(value) => {
                let value = self.ty(value);
                quote!(runtime::Map<#value>)
            }
            Type::Link(name) => {
                let (group, method) = self.api.method(name).unzip();
                let group = group.map(|group| ident(&group.ident));
                let request = method.map(|method| ident(&method.request));
                let root = if self.in_tests { quote!(super::super) } else { quote!(super) };
                quote!(runtime::Link<#root::#group::#request>)
            }
            Type::Keyed(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                quote!(runtime::OrderedMap<#key, #value>)
            }
            Type::AsText(inner) => self.ty(inner),
            Type::Csv(item) => {
                let item = self.ty(item);
                let vec = self.std("Vec", quote!(::std::vec::Vec));
                quote!(#vec<#item>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                self.option(&inner)
            }
        }
    }

    /// The default of the type at hand, whose fields have these names: each may have a setter, and one may be called
    /// like the function that makes it.
    pub(super) fn default_value<'n>(
        &self,
        mut fields: impl Iterator<Item = &'n String>,
    ) -> TokenStream {
        if fields.any(|name| name == "default") {
            let default = self.std("Default", quote!(::std::default::Default));
            quote!(<Self as #default>::default())
        } else {
            quote!(Self::default())
        }
    }

    /// `Option<T>`
    pub(super) fn option(&self, inner: &TokenStream) -> TokenStream {
        let option = self.std("Option", quote!(::std::option::Option));
        quote!(#option<#inner>)
    }

    /// `String`
    pub(super) fn string(&self) -> TokenStream {
        self.std("String", quote!(::std::string::String))
    }

    /// A name of the prelude, absolute where a model has taken it.
    pub(super) fn std(&self, short: &str, absolute: TokenStream) -> TokenStream {
        if self.taken.contains(short) {
            absolute
        } else {
            let short = ident(short);
            quote!(#short)
        }
    }

    fn scalar(&self, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::String => self.string(),
            Scalar::Boolean => quote!(bool),
            Scalar::Int32 => quote!(i32),
            Scalar::Int64 => quote!(i64),
            Scalar::Uint32 => quote!(u32),
            Scalar::Uint64 => quote!(u64),
            Scalar::Float => quote!(f32),
            Scalar::Double => quote!(f64),
            Scalar::Decimal => quote!(runtime::Decimal),
            Scalar::Date => quote!(runtime::Date),
            Scalar::Time => quote!(runtime::Time),
            Scalar::DateTime(_) => quote!(runtime::DateTime),
            Scalar::LocalDateTime | Scalar::SpacedDateTime => quote!(runtime::LocalDateTime),
            Scalar::Duration => quote!(runtime::Duration),
            Scalar::TimeSpan => quote!(runtime::TimeSpan),
            Scalar::Uuid => quote!(runtime::Uuid),
            Scalar::Bytes | Scalar::BytesUrl => quote!(runtime::Bytes),
            Scalar::Url => quote!(runtime::Url),
            Scalar::File => quote!(runtime::File),
            Scalar::Json | Scalar::Poisoned => quote!(runtime::Value),
        }
    }

    /// The type of a field without what its presence adds.
    pub(super) fn inner(&self, field: &Field) -> TokenStream {
        let ty = self.ty(&field.ty);
        let ty = if field.sensitive { quote!(runtime::Sensitive<#ty>) } else { ty };
        if field.boxed { self.boxed(&ty) } else { ty }
    }

    /// The type of a field.
    pub(super) fn field(&self, field: &Field) -> TokenStream {
        let inner = self.inner(field);
        match field.presence {
            Presence::Patched => quote!(runtime::Patch<#inner>),
            presence if presence.is_option() => self.option(&inner),
            _ => inner,
        }
    }

    /// The type, somewhere else.
    pub(super) fn boxed(&self, ty: &TokenStream) -> TokenStream {
        let boxed = self.std("Box", quote!(::std::boxed::Box));
        quote!(#boxed<#ty>)
    }

    /// How a required value comes in as an argument, and how the argument becomes the value.
    pub(super) fn argument(&self, ty: &TokenStream, converts: bool) -> TokenStream {
        if converts {
            let into = self.std("Into", quote!(::std::convert::Into));
            quote!(impl #into<#ty>)
        } else {
            ty.clone()
        }
    }

    /// Whether callers have something at hand that becomes the type: text for texts and ids.
    pub(super) fn converts(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar(scalar) => {
                matches!(scalar, Scalar::String | Scalar::Url | Scalar::Uuid | Scalar::File)
            }
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Newtype(_) | ModelKind::Union(_) => true,
                ModelKind::Alias(ty) => self.converts(ty),
                ModelKind::Enum(_) | ModelKind::Object(_) => false,
            },
            Type::AsText(inner) => self.converts(inner),
            Type::Link(_) => true,
            Type::Parameter(_)
            | Type::Csv(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Keyed(..)
            | Type::Nullable(_) => false,
        }
    }

    /// Whether a type is a file or a list of them.
    pub(super) fn is_file(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar(scalar) => *scalar == Scalar::File,
            Type::List(item) | Type::Nullable(item) => self.is_file(item),
            _ => false,
        }
    }

    /// How a value travels, where that is not how its type does by itself.
    pub(super) fn codec(&self, ty: &Type) -> Option<TokenStream> {
        let around = |name: &str, inner: &Type| {
            let (marker, codec) = (self.marker(name), self.codec(inner)?);
            Some(quote!(#marker<#codec>))
        };
        let name = match ty {
            Type::List(item) => return around("List", item),
            Type::Map(value) | Type::Keyed(_, value) => return around("Values", value),
            Type::Nullable(inner) => return around("OrNull", inner),
            // A decimal is a text by itself.
            Type::AsText(inner) if **inner == Type::Scalar(Scalar::Decimal) => return None,
            Type::AsText(inner) => match self.codec(inner) {
                // How the number in the text counts.
                Some(codec) => {
                    let marker = self.marker("InText");
                    return Some(quote!(#marker<#codec>));
                }
                None => "AsText",
            },
            Type::Csv(item) if item.is_bare() => "Csv",
            Type::Csv(item) => {
                let (marker, plain) = (self.marker("Joined"), self.marker("Plain"));
                let codec = self.codec(item).unwrap_or(plain);
                return Some(quote!(#marker<#codec>));
            }
            Type::Scalar(Scalar::DateTime(forms)) => return self.date_codec(*forms),
            Type::Scalar(scalar) => scalar_codec(*scalar)?,
            Type::Parameter(_) | Type::Link(_) => return None,
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Alias(ty) => return self.codec(ty),
                _ => return None,
            },
        };
        Some(self.marker(name))
    }

    /// The codec of a value that may be in a box.
    pub(super) fn boxed_codec(&self, codec: TokenStream, boxed: bool) -> TokenStream {
        if !boxed {
            return codec;
        }
        let marker = self.marker("Boxed");
        quote!(#marker<#codec>)
    }

    /// How points in time travel, where that is not RFC 3339 alone.
    fn date_codec(&self, forms: DateForms) -> Option<TokenStream> {
        if forms == DateForms::only(DateFormat::Rfc3339) {
            return None;
        }
        let each: Vec<_> = forms.each().map(|format| self.marker(date_codec(format))).collect();
        let or = self.marker("Or");
        each.into_iter().rev().reduce(|rest, first| quote!(#or<#first, #rest>))
    }

    /// How a parameter travels, where that is not how its type does by itself; `joined` says that a list between
    /// commas has to become one text for that, since its place knows no style.
    pub(super) fn parameter_codec(
        &self,
        ty: &Type,
        joined: bool,
        optional: bool,
    ) -> Option<TokenStream> {
        let codec = match ty {
            Type::Csv(_) => self.codec(ty).filter(|_| joined)?,
            ty => {
                // Digit for digit is what a decimal has in a text anyway.
                let scalar = ty.item_scalar(self.api)?;
                self.codec(ty).filter(|_| scalar != Scalar::Decimal)?
            }
        };
        let or_null = self.marker("OrNull");
        Some(if optional { quote!(#or_null<#codec>) } else { codec })
    }

    /// A codec or kind of member of the runtime. The tables of models know them by their short names.
    pub(super) fn marker(&self, name: &str) -> TokenStream {
        let name = ident(name);
        if self.in_models { quote!(#name) } else { quote!(runtime::#name) }
    }
}

/// The codec of a scalar that its Rust type does not imply.
fn scalar_codec(scalar: Scalar) -> Option<&'static str> {
    Some(match scalar {
        Scalar::SpacedDateTime => "Spaced",
        Scalar::Bytes => "Base64",
        Scalar::BytesUrl => "Base64Url",
        Scalar::Decimal => "JsonNumber",
        _ => return None,
    })
}

/// The codec of a form of points in time.
fn date_codec(format: DateFormat) -> &'static str {
    match format {
        DateFormat::Rfc3339 => "Rfc3339",
        DateFormat::AssumeUtc => "AssumeUtc",
        DateFormat::Spaced => "Spaced",
        DateFormat::DateOnly => "DateOnly",
        DateFormat::Dotnet => "Dotnet",
        DateFormat::HttpDate => "HttpDate",
        DateFormat::Rfc2822 => "Rfc2822",
        DateFormat::UnixSeconds => "UnixSeconds",
        DateFormat::UnixMillis => "UnixMillis",
        DateFormat::UnixMicros => "UnixMicros",
        DateFormat::UnixNanos => "UnixNanos",
    }
}

/// The Rust number that a newtype holds, or `None` for text.
pub(super) fn number(of: NewtypeOf) -> Option<TokenStream> {
    match of {
        NewtypeOf::Text => None,
        NewtypeOf::Int32 => Some(quote!(i32)),
        NewtypeOf::Int64 => Some(quote!(i64)),
        NewtypeOf::Uint32 => Some(quote!(u32)),
        NewtypeOf::Uint64 => Some(quote!(u64)),
    }
}
