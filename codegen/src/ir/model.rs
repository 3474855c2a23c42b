//! Models.

use super::{Count, Docs, Limits, Scalar, Type, XmlPlace};
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
