//! What a specification defines, and every place that names it: for editors.
//!
//! This is made of the syntax trees before they are linked, so that names are those that stand in the files. What
//! has errors is there as far as it could be read.

mod collect;
mod describe;
mod outline;
mod place;
mod rename;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use crate::diag::Report;
use crate::source::{FileId, Span};

pub(crate) use collect::collect;
pub use outline::{Item, outline};
pub use rename::Refusal;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An entry of `models`.
    Model,
    /// A type that a model leaves open: `T` of `Page<T>`.
    TypeParameter,
    /// An entry of `auth`.
    Auth,
    /// An entry of `servers`.
    Server,
    /// An entry of `pagers`.
    Pager,
    /// An entry of `sources`.
    Source,
    /// What stands before the dot of a method.
    Group,
    /// What stands behind the dot of a method.
    Method,
    /// A placeholder of routes.
    PathType,
    /// What `use` calls a file.
    Use,
    /// An alternative of a body or of an answer.
    Alternative,
    /// A member of a model that is named elsewhere.
    Member,
    /// A file that another one names.
    File,
}

impl Kind {
    /// What to call it, with its article.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Model => "a model",
            Self::TypeParameter => "a type that is left open",
            Self::Auth => "an auth entry",
            Self::Server => "a server",
            Self::Pager => "a pager",
            Self::Source => "a source",
            Self::Group => "a group",
            Self::Method => "a method",
            Self::PathType => "a path parameter",
            Self::Use => "a used file",
            Self::Alternative => "an alternative",
            Self::Member => "a member",
            Self::File => "a file",
        }
    }
}

/// Something that has a name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Symbol {
    /// What it is.
    pub kind: Kind,
    /// Its name where it is defined; of a method with its group.
    pub name: String,
    /// Its name where it is defined; empty for a file.
    pub span: Span,
    /// What it is, in a few words: `GET /users`, `string`.
    pub detail: String,
    /// What it is, in lines that look like the language.
    pub shape: String,
    /// Its documentation, in Markdown.
    pub doc: String,
    /// Wire names of the members of a model, those of other models included; of a method, those that are always in its
    /// answer.
    pub members: Vec<String>,
    /// The used file that defines it, by its place in the list of these; `None` for the specification itself.
    scope: Option<usize>,
    /// Whether it is known in one model or method only.
    owned: bool,
}

/// A place that names a symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Occurrence {
    /// The name, or what it stands in where that cannot be told apart.
    pub span: Span,
    /// Its place in [`Symbols::list`].
    pub symbol: usize,
    /// Whether this is where it is defined.
    pub definition: bool,
    /// Whether the name, and nothing else, stands at the place.
    exact: bool,
}

/// All symbols of a specification and of the files that it uses.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    list: Vec<Symbol>,
    /// By place.
    occurrences: Vec<Occurrence>,
    /// By used file (`None` is the specification itself): what it calls the files that it uses.
    aliases: BTreeMap<Option<usize>, BTreeMap<String, Option<usize>>>,
    /// Which files are used ones.
    units: BTreeMap<FileId, usize>,
}

impl Symbols {
    /// The symbols.
    #[must_use]
    pub fn list(&self) -> &[Symbol] {
        &self.list
    }

    /// Every place that names something, by place.
    #[must_use]
    pub fn occurrences(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// The name at an offset, or the one that ends there.
    #[must_use]
    pub fn at(&self, file: FileId, offset: u32) -> Option<&Occurrence> {
        let around = |it: &&Occurrence| {
            it.span.file == file && it.span.start <= offset && offset <= it.span.end
        };
        // Of two that meet, as in `users.get`, the one that begins here.
        self.occurrences.iter().filter(around).max_by_key(|it| it.span.start)
    }

    /// Every place that names a symbol.
    pub fn places(&self, symbol: usize) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(move |it| it.symbol == symbol)
    }

    /// Whether a file is one that others use.
    #[must_use]
    pub fn is_lent(&self, file: FileId) -> bool {
        self.units.contains_key(&file)
    }

    /// What can be named in a file, with the name that it has there.
    pub fn visible(&self, file: FileId) -> impl Iterator<Item = (String, &Symbol)> {
        let scope = self.units.get(&file).copied();
        let aliases = self.aliases.get(&scope);
        let everywhere = self.list.iter().filter(|it| !it.owned && it.kind != Kind::File);
        everywhere.filter_map(move |symbol| {
            if symbol.scope == scope {
                return Some((symbol.name.clone(), symbol));
            }
            if !matches!(symbol.kind, Kind::Model | Kind::Auth | Kind::Source) {
                return None;
            }
            let alias = aliases?.iter().find(|(_, unit)| **unit == symbol.scope)?.0;
            Some((format!("{alias}.{}", symbol.name), symbol))
        })
    }
}

/// What an editor wants to know of a specification.
#[derive(Clone, Debug, Default)]
pub struct Inspection {
    /// Names.
    pub symbols: Symbols,
    /// Findings, and the texts that all places are in.
    pub report: Report,
}
