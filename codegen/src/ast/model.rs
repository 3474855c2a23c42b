//! Models and their members.

use super::{Origin, Text, TypeExpr};
use crate::source::{Span, Spanned};

/// An entry of `models:`
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: Text,
    /// `<T>`: names for types that are given where it is used.
    pub(crate) parameters: Vec<Text>,
    pub(crate) doc: Option<Text>,
    pub(crate) origin: Origin,
    pub(crate) deprecated: Option<Text>,
    /// The member that says, for people, what went wrong.
    pub(crate) message: Option<Text>,
    /// Why members are missing here; what is not declared is kept.
    pub(crate) incomplete: Option<Text>,
    pub(crate) among: Vec<Among>,
    /// What its element is called in XML, where it is the outermost one.
    pub(crate) xml: Option<XmlElement>,
    pub(crate) kind: ModelKind,
}

/// `xml: { root: order, xmlns: "urn:shop" }`
#[derive(Debug)]
pub(crate) struct XmlElement {
    pub(crate) root: Option<Text>,
    pub(crate) namespace: Option<Text>,
}

/// Where a member stands in XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum XmlPlace {
    /// In an element of its own, or one for each item.
    Element,
    /// In an attribute.
    Attribute,
    /// Between the tags.
    Text,
    /// In an element with the items inside, which are called like this.
    Wrapped(String),
}

/// How many of some members there may be: exactly one, at most one, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Count {
    Exactly,
    AtMost,
    AtLeast,
}

/// `exactly_one: [a, b]` and its kin.
#[derive(Debug)]
pub(crate) struct Among {
    pub(crate) count: Count,
    pub(crate) members: Vec<Text>,
}

/// What a model is.
#[derive(Debug)]
pub(crate) enum ModelKind {
    /// `Name: TYPE`: an id type over a scalar, or another name for a list, map or model.
    Alias(TypeExpr),
    /// `fields:`
    Object(Vec<FieldItem>),
    /// `enum:`; `closed` refuses values that are not listed.
    Enum { values: Vec<EnumValue>, closed: bool },
    /// `union:`
    Union { form: UnionForm, variants: Vec<UnionVariant> },
    /// `like: Other`, less the members of `without`; `optional: all` or a list of members.
    Like { base: Base, without: Vec<Text>, optional: Vec<Text>, all_optional: bool },
    /// Reported already.
    Poisoned,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug)]
pub(crate) enum UnionForm {
    /// `tag: type`, and `content: data` where the variant stands in a member of its own.
    Tagged { tag: Text, content: Option<Text> },
    /// `key:`, by which member is there.
    Keyed,
    /// `untagged:`, by which one fits.
    Untagged,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    /// The tag, the key, or the name of the variant where the wire has none.
    pub(crate) wire: Text,
    pub(crate) also: Vec<Text>,
    /// What Rust calls it.
    pub(crate) name: Option<Text>,
    pub(crate) ty: TypeExpr,
    pub(crate) doc: Option<Text>,
}

/// A line of `fields:`
#[derive(Clone, Debug)]
pub(crate) enum FieldItem {
    /// A member of its own.
    Member(Box<Member>),
    /// `...: Other`: the members of another model, in this place.
    Spread(Base),
}

/// The model that `...` or `like` names, with the types that it is given.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) name: Text,
    pub(crate) arguments: Vec<TypeExpr>,
}

/// A field, or a parameter of a path, query or header.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The name on the wire.
    pub(crate) wire: Text,
    /// `name?`: may be absent.
    pub(crate) optional: bool,
    pub(crate) ty: TypeExpr,
    /// What Rust calls it, where the wire name does not do.
    pub(crate) name: Option<Text>,
    /// Further wire names that are read.
    pub(crate) also: Vec<Text>,
    pub(crate) doc: Option<Text>,
    pub(crate) flags: Flags,
    /// What the service assumes when it is absent; documentation, never sent.
    pub(crate) default: Option<Text>,
    /// The value that is always sent; there is no field then.
    pub(crate) constant: Option<Text>,
    /// How a date, a duration or bytes are written; of several formats of dates the first is.
    pub(crate) format: Vec<Text>,
    /// How the value travels: any of these is read, the first is written.
    pub(crate) travels: Vec<Text>,
    /// How a value that is more than one text stands in a query, or one of several steps in a path.
    pub(crate) style: Option<Text>,
    /// Values that mean none.
    pub(crate) none_when: Vec<Text>,
    /// Null or absence stands for the default of the type.
    pub(crate) null_as_default: bool,
    /// Where it stands in XML, if that is said.
    pub(crate) xml: Option<Spanned<XmlPlace>>,
    pub(crate) assumed: Option<Text>,
    /// Where all of it stands that is behind its name.
    pub(crate) value: Span,
    /// Something in its declaration has been reported: it may be absent or null for all that is known.
    pub(crate) unsure: bool,
}

impl Member {
    /// Whether it is a part of a path that may have several steps.
    pub(crate) fn keeps_slashes(&self) -> bool {
        self.style.as_ref().is_some_and(|style| style.value == "slash")
    }
}

/// Words after a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// Only in answers.
    pub(crate) read: bool,
    /// Only in requests.
    pub(crate) write: bool,
    /// Never shown.
    pub(crate) sensitive: bool,
    /// Still there, but not to be used.
    pub(crate) deprecated: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    /// The value on the wire.
    pub(crate) wire: Text,
    /// What Rust calls it.
    pub(crate) name: Option<Text>,
    /// Further texts that mean the same.
    pub(crate) also: Vec<Text>,
    pub(crate) doc: Option<Text>,
}
