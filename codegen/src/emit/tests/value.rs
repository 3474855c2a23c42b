//! Values of examples as Rust expressions.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::cx::{Cx, ident, number};
use crate::ir::{EnumWire, Json, Media, ModelId, ModelKind, NewtypeOf, Sample, Scalar, Type};

/// Writes values, and notes what a file has to import for them.
pub(super) struct Values<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) used: RefCell<Used>,
    /// What stands before the call that is being written.
    pub(super) lets: RefCell<Vec<TokenStream>>,
}

/// What a file has to import.
#[derive(Default)]
pub(super) struct Used {
    pub(super) models: BTreeSet<String>,
    /// Functions of the runtime that make values.
    pub(super) helpers: BTreeSet<&'static str>,
}

/// JSON in the source of a test: raw, and laid out.
pub(super) fn raw(json: &Json, indent: usize) -> TokenStream {
    raw_text(&json.pretty(indent))
}

/// A text of several lines as a raw literal, with as many signs around it as it needs.
pub(super) fn raw_text(text: &str) -> TokenStream {
    if !text.contains(['"', '\\']) {
        return quote!(#text);
    }
    let mut signs = String::from("#");
    while text.contains(&format!("\"{signs}")) {
        signs.push('#');
    }
    // A literal in which nothing stands that could end it.
    format!("r{signs}\"{text}\"{signs}").parse().unwrap_or_else(|_| quote!(#text))
}

impl Values<'_> {
    /// An argument of a call.
    pub(super) fn argument(
        &self,
        name: &str,
        ty: &Type,
        shown: &Json,
        converts: bool,
    ) -> TokenStream {
        if converts { self.settable(name, ty, shown) } else { self.exact(name, ty, shown) }
    }

    /// Something that becomes the type.
    pub(super) fn settable(&self, name: &str, ty: &Type, shown: &Json) -> TokenStream {
        if let (Json::Text(text), Some(_)) = (shown, self.text_like(ty)) {
            return quote!(#text);
        }
        if let (Json::Number(digits), Some(rust)) = (shown, self.newtype_number(ty)) {
            return suffixed(digits, &rust);
        }
        self.exact(name, ty, shown)
    }

    /// The body of a request.
    pub(super) fn body(&self, ty: &Type, media: &Media, sample: &Sample) -> TokenStream {
        if let (Some(variant), Type::Model(id)) = (sample.variant, ty)
            && let Some(value) = self.variant(*id, variant, &sample.shown)
        {
            return value;
        }
        match (media, &sample.shown) {
            (Media::Text(_), Json::Text(text)) => quote!(#text.to_owned()),
            (Media::Bytes(_), Json::Text(text)) => quote!(#text),
            (_, shown) => self.settable("body", ty, shown),
        }
    }

    /// The body of a request where it is one of several: a value of that type and no other.
    pub(super) fn alternative(&self, ty: &Type, media: &Media, sample: &Sample) -> TokenStream {
        match (media, &sample.shown, sample.variant) {
            (Media::Bytes(_), Json::Text(text), _) => quote!(runtime::Upload::from(#text)),
            (_, _, Some(_)) | (Media::Text(_), ..) => self.body(ty, media, sample),
            (_, shown, None) => self.exact("body", ty, shown),
        }
    }

    /// A variant of a union, by its name.
    fn variant(&self, id: ModelId, index: usize, shown: &Json) -> Option<TokenStream> {
        match &self.cx.api.model(id).kind {
            ModelKind::Alias(Type::Model(id)) => self.variant(*id, index, shown),
            ModelKind::Union(union) => {
                let variant = union.variants.get(index)?;
                let value = self.exact("body", &variant.ty, shown);
                let value = if variant.boxed { quote!(Box::new(#value)) } else { value };
                let (name, variant) = (self.named(id), ident(&variant.ident));
                Some(quote!(#name::#variant(#value)))
            }
            _ => None,
        }
    }

    /// Something that becomes an option of the type, `None` for null.
    pub(super) fn optional(&self, name: &str, ty: &Type, shown: &Json) -> TokenStream {
        if *shown == Json::Null { quote!(None) } else { self.exact(name, ty, shown) }
    }

    /// An option of the type.
    pub(super) fn nullable(&self, name: &str, ty: &Type, shown: Option<&Json>) -> TokenStream {
        match shown {
            None | Some(Json::Null) => quote!(None),
            Some(shown) => {
                let value = self.exact(name, ty, shown);
                quote!(Some(#value))
            }
        }
    }

    /// A value of the type and no other.
    fn exact(&self, name: &str, ty: &Type, shown: &Json) -> TokenStream {
        let simple = match (ty, shown) {
            (Type::Scalar(Scalar::File), shown) => Some(file(shown)),
            (Type::List(item), Json::List(items)) if **item == Type::Scalar(Scalar::File) => {
                let files = items.iter().map(file);
                Some(quote!(vec![#(#files),*]))
            }
            (Type::Scalar(Scalar::Boolean), Json::Boolean(value)) => Some(quote!(#value)),
            (Type::Scalar(Scalar::String), Json::Text(text)) => Some(quote!(#text.to_owned())),
            (Type::Scalar(scalar), Json::Number(digits)) => {
                whole(*scalar).map(|rust| suffixed(digits, &rust))
            }
            (Type::Scalar(scalar), Json::Text(text)) => self.parsed(*scalar, text),
            (Type::Model(id), shown) => self.model(name, *id, shown),
            _ => None,
        };
        simple.unwrap_or_else(|| self.decoded(name, ty, shown))
    }

    /// A scalar that is read from its text.
    fn parsed(&self, scalar: Scalar, text: &str) -> Option<TokenStream> {
        let ty = Type::Scalar(scalar);
        let is_text = matches!(
            scalar,
            Scalar::Date
                | Scalar::Time
                | Scalar::DateTime(_)
                | Scalar::LocalDateTime
                | Scalar::SpacedDateTime
                | Scalar::Duration
                | Scalar::TimeSpan
        );
        if !is_text || self.cx.codec(&ty).is_some() {
            return None;
        }
        self.used.borrow_mut().helpers.insert("parse");
        let ty = self.cx.ty(&ty);
        Some(quote!(parse::<#ty>(#text)))
    }

    fn model(&self, name: &str, id: ModelId, shown: &Json) -> Option<TokenStream> {
        match (&self.cx.api.model(id).kind, shown) {
            (ModelKind::Alias(ty), shown) => Some(self.exact(name, ty, shown)),
            (ModelKind::Newtype(newtype), Json::Text(text)) if newtype.of == NewtypeOf::Text => {
                let name = self.named(id);
                Some(quote!(#name::from(#text)))
            }
            (ModelKind::Newtype(newtype), Json::Number(digits)) => {
                let rust = number(newtype.of)?;
                let (name, value) = (self.named(id), suffixed(digits, &rust));
                Some(quote!(#name::from(#value)))
            }
            (ModelKind::Enum(values), shown) => {
                let text = shown.text()?;
                let variant = values.variants.iter().find(|variant| match values.wire {
                    EnumWire::Texts | EnumWire::Numbers => variant.wire == text,
                    EnumWire::NamedNumbers => variant.wire == text || variant.wire_name == text,
                })?;
                let (name, variant) = (self.named(id), ident(&variant.ident));
                Some(quote!(#name::#variant))
            }
            _ => None,
        }
    }

    /// A value that is read as the service would read it, before the call.
    fn decoded(&self, name: &str, ty: &Type, shown: &Json) -> TokenStream {
        let rust = self.typed(ty);
        let json = raw(shown, 12);
        let (helper, value) = match self.cx.codec(ty) {
            Some(codec) => ("json_as", quote!(json_as::<#codec, _>(#json))),
            None => ("json", quote!(json(#json))),
        };
        self.used.borrow_mut().helpers.insert(helper);
        // What the call itself needs, and what makes the values behind this one.
        let name = match name {
            "client" | "json" | "json_as" | "parse" => ident(&format!("{name}_")),
            name => ident(name),
        };
        self.lets.borrow_mut().push(quote!(let #name: #rust = #value;));
        quote!(#name)
    }

    /// A type, with the models that it names.
    fn typed(&self, ty: &Type) -> TokenStream {
        for id in ty.models() {
            self.cx.api.each_named(id, &mut |id| {
                if !self.cx.is_qualified(id) {
                    let name = self.cx.api.model(id).ident.clone();
                    self.used.borrow_mut().models.insert(name);
                }
            });
        }
        self.cx.ty(ty)
    }

    fn named(&self, id: ModelId) -> TokenStream {
        self.typed(&Type::Model(id))
    }

    /// Whether a text becomes the type by itself.
    fn text_like(&self, ty: &Type) -> Option<()> {
        match ty {
            Type::Scalar(Scalar::String | Scalar::Url | Scalar::Uuid) => Some(()),
            Type::Model(id) => match &self.cx.api.model(*id).kind {
                ModelKind::Newtype(newtype) if newtype.of == NewtypeOf::Text => Some(()),
                ModelKind::Alias(ty) => self.text_like(ty),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number that becomes the type by itself.
    fn newtype_number(&self, ty: &Type) -> Option<TokenStream> {
        let Type::Model(id) = ty else { return None };
        match &self.cx.api.model(*id).kind {
            ModelKind::Newtype(newtype) => number(newtype.of),
            ModelKind::Alias(ty) => self.newtype_number(ty),
            _ => None,
        }
    }
}

/// The Rust type of a whole number.
fn whole(scalar: Scalar) -> Option<TokenStream> {
    Some(match scalar {
        Scalar::Int32 => quote!(i32),
        Scalar::Int64 => quote!(i64),
        Scalar::Uint32 => quote!(u32),
        Scalar::Uint64 => quote!(u64),
        _ => return None,
    })
}

/// A whole number with its type, digits in threes: what becomes an id is never in doubt.
fn suffixed(digits: &str, rust: &TokenStream) -> TokenStream {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (quote!(-), digits),
        None => (TokenStream::new(), digits),
    };
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && index > 0 && (digits.len() - index) % 3 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    let literal: Result<Literal, _> = format!("{text}_{rust}").parse();
    match literal {
        Ok(literal) => quote!(#sign #literal),
        // The checks let nothing pass that is no number.
        Err(_) => quote!(#sign 0),
    }
}

/// A file: its content, or its name with it.
fn file(shown: &Json) -> TokenStream {
    let (name, kind, content) = file_parts(shown);
    let kind = kind.map(|kind| quote!(.content_type(#kind)));
    quote!(runtime::File::new(#name, #content) #kind)
}

/// The name, the media type and the content of a file.
pub(super) fn file_parts(shown: &Json) -> (String, Option<String>, String) {
    let part = |name: &str| shown.get(name).and_then(Json::text);
    let content = shown.text().or_else(|| part("content")).unwrap_or_default();
    (part("filename").unwrap_or_else(|| "file".to_owned()), part("type"), content)
}
