//! Type expressions, as in `list<User> | null`.

use crate::source::Span;

/// A type expression and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct TypeExpr {
    pub(crate) kind: TypeKind,
    pub(crate) span: Span,
}

/// The forms of a type expression.
#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    /// A scalar, a model, or `list<…>` and `map<…>` before they are told apart: a name with arguments.
    Name { name: String, arguments: Vec<TypeExpr> },
    /// `T | null`.
    Nullable(Box<TypeExpr>),
    /// A type that could not be read and has been reported; it agrees with everything.
    Poisoned,
}
