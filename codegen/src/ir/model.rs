//! Models.

use super::{Api, Count, Docs, Limits, XmlPlace};
use crate::source::Span;
use std::borrow::Cow;

/// The place of a model in [`super::Api::models`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModelId(pub(crate) usize);

/// A model.
#[derive(Debug)]
pub(crate) struct Model {
    /// The name in the specification.
    pub(crate) name: String,
    /// The Rust type.
    pub(crate) ident: String,
    /// Names for types that are given where it is used.
    pub(crate) parameters: Vec<String>,
    /// The model that this one is with types given to it. It becomes no type of its own.
    pub(crate) given: Option<Given>,
    pub(crate) docs: Docs,
    pub(crate) kind: ModelKind,
    pub(crate) reach: Reach,
    /// What it is called in XML, where it is the outermost element.
    pub(crate) element: Element,
    /// Whether it becomes a type: a model that is only ever spread does not.
    pub(crate) emitted: bool,
    /// Where its name is defined.
    pub(crate) span: Span,
}

/// The outermost element of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// The namespace that it and all in it are written in.
    pub(crate) namespace: Option<String>,
}

/// A model that leaves types open, and the types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Given {
    pub(crate) model: ModelId,
    pub(crate) types: Vec<Type>,
}

/// From where a model can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) request: bool,
    pub(crate) answer: bool,
    /// It is the body of an error, or its message comes from here.
    pub(crate) error: bool,
    /// Something that travels as XML holds it.
    pub(crate) xml: bool,
}

impl Reach {
    /// From here or from there.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            answer: self.answer || other.answer,
            error: self.error || other.error,
            xml: self.xml || other.xml,
        }
    }
}

/// What a model is.
#[derive(Clone, Debug)]
pub(crate) enum ModelKind {
    Object(Object),
    Enum(Enum),
    Newtype(Newtype),
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// Members that only answers have, of a model that is in none: nobody would read or send them.
    pub(crate) only_read: Vec<Field>,
    /// The field that keeps members which are not declared.
    pub(crate) undeclared: Option<String>,
    /// Members that are always sent with the same value.
    pub(crate) constants: Vec<Constant>,
    /// How many of some members there may be.
    pub(crate) among: Vec<Among>,
    /// The field that says what went wrong, by index.
    pub(crate) message: Option<usize>,
}

impl Object {
    /// The members that are declared, whether or not Rust has them.
    pub(crate) fn declared(&self) -> Cow<'_, [Field]> {
        if self.only_read.is_empty() {
            Cow::Borrowed(&self.fields)
        } else {
            Cow::Owned(self.fields.iter().chain(&self.only_read).cloned().collect())
        }
    }
}

/// Members, by their names on the wire, of which only so many may be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Among {
    pub(crate) count: Count,
    pub(crate) members: Vec<String>,
}

/// A member that is always sent with the same value.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    pub(crate) wire: String,
    pub(crate) value: Literal,
    pub(crate) xml: XmlPlace,
    /// Where it is defined.
    pub(crate) span: Span,
}

/// A value that stands in the specification.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    /// Of any type that counts, signed or not.
    Integer(i128),
    Boolean(bool),
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Boolean(value) => value.fmt(f),
        }
    }
}

/// A field of an object.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    /// Further wire names that are read.
    pub(crate) also: Vec<String>,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// Whether it belongs to requests, so that answers may lack it.
    pub(crate) write: bool,
    /// Whether the value has to be boxed, since the type contains itself.
    pub(crate) boxed: bool,
    pub(crate) sensitive: bool,
    /// Values that mean none.
    pub(crate) none_when: Vec<String>,
    /// Whether a list may come as the one item that it has.
    pub(crate) one_or_list: bool,
    /// Limits that the documentation states.
    pub(crate) limits: Option<Limits>,
    /// What its files are sent as, unless they say what they are.
    pub(crate) media: Option<String>,
    /// Where it stands in XML.
    pub(crate) xml: XmlPlace,
    /// Something in its declaration has been reported, so that it may be absent or null for all that is known.
    pub(crate) unsure: bool,
    /// Where it is defined.
    pub(crate) span: Span,
}

/// Whether a member has to be there, and what null means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always there.
    Required,
    /// May be absent; null is read as absent.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// Absent, null and a value are three things.
    Patched,
    /// Null or absence stands for the default of the type.
    NullAsDefault,
    /// Read when it is there, never sent.
    ReadOnly,
    /// Always sent, and perhaps not there when it is read.
    WriteOnly,
    /// Always sent, perhaps as null, and perhaps not there when it is read.
    WriteNullable,
}

impl Presence {
    /// Whether requests always have it, so that who makes one has to say what it is.
    pub(crate) const fn is_argument(self) -> bool {
        !matches!(self, Self::Optional | Self::Patched | Self::ReadOnly)
    }

    /// Whether null is one of the values that requests may have there.
    pub(crate) const fn is_nullable(self) -> bool {
        matches!(self, Self::Nullable | Self::WriteNullable)
    }

    /// Whether the field is an `Option`.
    pub(crate) const fn is_option(self) -> bool {
        !matches!(self, Self::Required | Self::NullAsDefault | Self::Patched)
    }
}

/// A type, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Scalar(Scalar),
    Model(ModelId),
    List(Box<Type>),
    /// An object with keys of any name, in the order of the wire.
    Map(Box<Type>),
    /// An object whose names are keys of another type than text: the key, then the value.
    Keyed(Box<Type>, Box<Type>),
    /// An address that leads to a method, by its name.
    Link(String),
    /// A type that is given where the model is used, by its name.
    Parameter(String),
    /// A value or null, inside a list or map.
    Nullable(Box<Type>),
    /// A number, boolean or count since 1970 that travels as a text.
    AsText(Box<Type>),
    /// A list whose items travel in one text, between commas.
    Csv(Box<Type>),
}

impl Type {
    /// What limits count in a text that stands for a value; bytes are not looked into.
    #[expect(clippy::cast_precision_loss, reason = "no text of a specification is that long")]
    pub(crate) fn size_of(&self, text: &str) -> Option<f64> {
        match self {
            Self::AsText(inner) | Self::Nullable(inner) => inner.size_of(text),
            Self::Scalar(Scalar::String | Scalar::Url) => Some(text.chars().count() as f64),
            Self::Scalar(Scalar::Bytes) => {
                Some(clientwright_wire::base64::decode(text).ok()?.len() as f64)
            }
            Self::Scalar(Scalar::BytesUrl) => {
                Some(clientwright_wire::base64::decode_url(text).ok()?.len() as f64)
            }
            Self::Scalar(_) => text.parse().ok(),
            _ => None,
        }
    }

    /// The models that the type names, in lists and maps too.
    pub(crate) fn models(&self) -> impl Iterator<Item = ModelId> {
        let mut keys = Vec::new();
        let mut at = self;
        while let Some(inner) = at.inner() {
            if let Self::Keyed(key, _) = at {
                keys.extend(key.model());
            }
            at = inner;
        }
        keys.extend(at.model());
        keys.into_iter()
    }

    /// What a list or map holds, or what a value is beside being null or a text.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::Scalar(_) | Self::Link(_) | Self::Parameter(_) | Self::Model(_) => None,
            Self::List(inner)
            | Self::Map(inner)
            | Self::Keyed(_, inner)
            | Self::Nullable(inner)
            | Self::AsText(inner)
            | Self::Csv(inner) => Some(inner),
        }
    }

    /// The scalar that the type or the items of the list are, under other names too.
    pub(crate) fn item_scalar(&self, api: &Api) -> Option<Scalar> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::List(item) => item.item_scalar(api),
            Self::Model(id) => match &api.model(*id).kind {
                ModelKind::Alias(ty) => ty.item_scalar(api),
                _ => None,
            },
            _ => None,
        }
    }

    /// The model that the type names, as a value of lists and maps too.
    pub(crate) fn model(&self) -> Option<ModelId> {
        match self {
            Self::Model(id) => Some(*id),
            other => other.inner()?.model(),
        }
    }
}

/// A type of the language itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    String,
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float,
    Double,
    Decimal,
    Date,
    Time,
    /// A point in time, with how it is written.
    DateTime(DateForms),
    LocalDateTime,
    /// The same with a space between day and time.
    SpacedDateTime,
    /// A length of time by ISO 8601, such as `PT1H`.
    Duration,
    /// A length of time as .NET writes it, such as `1.02:03:04`.
    TimeSpan,
    Uuid,
    /// Bytes in base64.
    Bytes,
    /// Bytes in base64 for addresses, without padding.
    BytesUrl,
    Url,
    /// Any JSON value.
    Json,
    /// What stands for a type that has been reported. It agrees with everything, and nothing is generated of it.
    Poisoned,
    /// A file in a body of parts.
    File,
}

/// How a point in time is written, and in which forms it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DateForms {
    pub(crate) written: DateFormat,
    /// A bit for each further format that is read.
    others: u16,
}

impl DateForms {
    /// One form for both.
    pub(crate) const fn only(written: DateFormat) -> Self {
        Self { written, others: 0 }
    }

    /// The same, where this one is read too.
    pub(crate) fn or(mut self, other: DateFormat) -> Self {
        self.others |= other.bit();
        self
    }

    /// The same with another format in the place of one.
    pub(crate) fn replace(self, one: DateFormat, other: DateFormat) -> Self {
        let put = |format: DateFormat| if format == one { other } else { format };
        self.others().fold(Self::only(put(self.written)), |forms, format| forms.or(put(format)))
    }

    /// Those that are read beside the one that is written.
    pub(crate) fn others(self) -> impl Iterator<Item = DateFormat> {
        let is_other = move |format: &DateFormat| self.others & format.bit() != 0;
        DateFormat::ALL.into_iter().filter(is_other)
    }

    /// All of them, the one that is written first.
    pub(crate) fn each(self) -> impl Iterator<Item = DateFormat> {
        std::iter::once(self.written).chain(self.others())
    }
}

/// A form of a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DateFormat {
    Rfc3339,
    /// RFC 3339, where a time without a zone is meant as UTC.
    AssumeUtc,
    /// `2026-01-31 08:30:00`, in UTC.
    Spaced,
    /// `2026-01-31`, whose midnight is meant.
    DateOnly,
    /// `/Date(1700000000000)/`
    Dotnet,
    HttpDate,
    UnixSeconds,
    UnixMillis,
    UnixMicros,
    UnixNanos,
}

impl DateFormat {
    const ALL: [Self; 10] = [
        Self::Rfc3339,
        Self::AssumeUtc,
        Self::Spaced,
        Self::DateOnly,
        Self::Dotnet,
        Self::HttpDate,
        Self::UnixSeconds,
        Self::UnixMillis,
        Self::UnixMicros,
        Self::UnixNanos,
    ];

    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Whether it is a number on the wire.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::UnixSeconds | Self::UnixMillis | Self::UnixMicros | Self::UnixNanos)
    }
}

/// A set of values with names.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) variants: Vec<Variant>,
    /// Values that are not listed are kept under this name; `None` refuses them.
    pub(crate) other: Option<String>,
    pub(crate) wire: EnumWire,
}

/// What the values of an enum are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumWire {
    Texts,
    Numbers,
    /// Numbers that travel by name, and are read by either.
    NamedNumbers,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The value on the wire: the text, or the number in decimal.
    pub(crate) wire: String,
    /// The name that the wire has for a number.
    pub(crate) wire_name: String,
    pub(crate) also: Vec<String>,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) form: UnionForm,
    pub(crate) variants: Vec<UnionVariant>,
    /// What no variant fits is kept under this name.
    pub(crate) other: String,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnionForm {
    /// By the text of a member, which stands beside the members of the variant or beside the member
    /// that holds it.
    Tagged { tag: String, content: Option<String> },
    /// By which member is there.
    Keyed,
    /// By which one fits, in order.
    Untagged,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    pub(crate) wire: String,
    pub(crate) also: Vec<String>,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    /// Whether the value is boxed: it is large, or contains the union.
    pub(crate) boxed: bool,
    /// Where its type stands.
    pub(crate) span: Span,
}

/// A scalar with a type of its own.
#[derive(Clone, Debug)]
pub(crate) struct Newtype {
    pub(crate) of: NewtypeOf,
}

/// What a newtype holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewtypeOf {
    Text,
    Int32,
    Int64,
    Uint32,
    Uint64,
}

impl NewtypeOf {
    /// The type that travels.
    pub(crate) fn scalar(self) -> Scalar {
        match self {
            Self::Text => Scalar::String,
            Self::Int32 => Scalar::Int32,
            Self::Int64 => Scalar::Int64,
            Self::Uint32 => Scalar::Uint32,
            Self::Uint64 => Scalar::Uint64,
        }
    }
}
