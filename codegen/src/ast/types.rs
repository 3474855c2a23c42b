//! Type expressions, as in `list<User> | null`.

use super::Text;
use crate::source::Span;

/// A type expression and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct TypeExpr {
    pub(crate) kind: TypeKind,
    /// `(1..100)`: limits of a number, of the length of a text or of a list.
    pub(crate) limits: Option<Limits>,
    pub(crate) span: Span,
}

/// Limits that the documentation states, both inclusive, as texts of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

impl Limits {
    /// How a size is beyond them, if it is.
    pub(crate) fn broken_by(&self, size: f64) -> Option<String> {
        let bound = |bound: &Option<String>| bound.as_ref().and_then(|b| b.parse::<f64>().ok());
        match (bound(&self.min), bound(&self.max)) {
            (Some(min), _) if size < min => Some(format!("under its lower limit {min}")),
            (_, Some(max)) if size > max => Some(format!("over its upper limit {max}")),
            _ => None,
        }
    }
}

impl TypeExpr {
    /// The limits of a value, also of one that may be null.
    pub(crate) fn limits(&self) -> Option<&Limits> {
        match &self.kind {
            TypeKind::Nullable(inner) => inner.limits(),
            _ => self.limits.as_ref(),
        }
    }

    /// What stands for a type that could not be read and has been reported.
    pub(crate) fn poisoned(span: Span) -> Self {
        Self { kind: TypeKind::Poisoned, limits: None, span }
    }

    /// All names in it.
    pub(crate) fn names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.kind {
            TypeKind::Name { name, arguments } => Box::new(
                std::iter::once(name.as_str()).chain(arguments.iter().flat_map(Self::names)),
            ),
            TypeKind::Nullable(inner) => inner.names(),
            TypeKind::Raw { .. } | TypeKind::File { .. } | TypeKind::Poisoned => {
                Box::new(std::iter::empty())
            }
        }
    }

    /// Whether types are given to a model in it.
    pub(crate) fn gives_to(&self, model: &str) -> bool {
        match &self.kind {
            TypeKind::Name { name, arguments } => {
                name == model && !arguments.is_empty()
                    || arguments.iter().any(|inner| inner.gives_to(model))
            }
            TypeKind::Nullable(inner) => inner.gives_to(model),
            TypeKind::Raw { .. } | TypeKind::File { .. } | TypeKind::Poisoned => false,
        }
    }

    /// The media type of the files that this is, or a list of.
    pub(crate) fn media_of_files(&self) -> Option<&Text> {
        match &self.kind {
            TypeKind::File { media } => Some(media),
            TypeKind::Nullable(inner) => inner.media_of_files(),
            TypeKind::Name { arguments, .. } => arguments.iter().find_map(Self::media_of_files),
            TypeKind::Raw { .. } | TypeKind::Poisoned => None,
        }
    }
}

/// The forms of a type expression.
#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    /// A scalar, a model, or `list<…>` and `map<…>` before they are told apart: a name with arguments.
    Name { name: String, arguments: Vec<TypeExpr> },
    /// `T | null`.
    Nullable(Box<TypeExpr>),
    /// `text` or `binary(media/type)`: what is no JSON, as a body as a whole.
    Raw { text: bool, media: Option<Text> },
    /// `file(media/type)`: a part of a body, sent as that unless the app says otherwise.
    File { media: Text },
    /// A type that could not be read and has been reported; it agrees with everything.
    Poisoned,
}
