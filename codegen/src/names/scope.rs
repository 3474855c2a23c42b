//! A place in which every name stands for one thing.

use std::collections::BTreeMap;

use super::{Kind, chosen_name, rust_name};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Span;

/// The names taken in a struct, an enum or a module.
#[derive(Debug)]
pub(crate) struct Scope {
    kind: Kind,
    /// What the names are called in messages, as in "field".
    what: &'static str,
    taken: BTreeMap<String, Option<Span>>,
}

impl Scope {
    pub(crate) fn new(kind: Kind, what: &'static str) -> Self {
        Self { kind, what, taken: BTreeMap::new() }
    }

    /// Keeps `name` for what the generator itself emits here.
    pub(crate) fn reserve(mut self, names: &[&str]) -> Self {
        self.taken.extend(names.iter().map(|name| ((*name).to_owned(), None)));
        self
    }

    /// Decides the Rust name of `wire`, and reports what stands in the way: no name can be made, the
    /// chosen one is none, or another item has it already. A name is never changed in silence.
    pub(crate) fn declare(
        &mut self,
        wire: &Text,
        chosen: Option<&Text>,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let what = self.what;
        let (name, span) = match chosen {
            Some(chosen) => match chosen_name(&chosen.value, self.kind) {
                Some(name) => (name, chosen.span),
                None => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::BAD_NAME,
                            chosen.span,
                            format!("`{}` cannot be the name of a {what}", chosen.value),
                        )
                        .help(match self.kind {
                            Kind::Value => "names of values are `snake_case`",
                            Kind::Type | Kind::Variant => "names of types are `PascalCase`",
                        }),
                    );
                    return self.poison();
                }
            },
            None => match rust_name(&wire.value, self.kind) {
                Some(name) => (name, wire.span),
                None => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::NO_NAME,
                            wire.span,
                            format!("no Rust name can be made of the {what} `{}`", wire.value),
                        )
                        .help(format!("choose one: `name: {}`", self.sample())),
                    );
                    return self.poison();
                }
            },
        };
        match self.taken.get(&name) {
            None => {
                self.taken.insert(name.clone(), Some(span));
            }
            Some(first) => {
                let mut diagnostic = Diagnostic::error(
                    &codes::NAME_COLLISION,
                    span,
                    format!("the {what} `{}` would be called `{name}`, which is taken", wire.value),
                )
                .help("give one of the two another name with `name:`");
                diagnostic = match first {
                    Some(first) => diagnostic.related(*first, format!("`{name}` is this one")),
                    None => diagnostic.note(format!("`{name}` is something that is generated here")),
                };
                diagnostics.push(diagnostic);
            }
        }
        name
    }

    /// A name that stands for none and is never printed, since an error has been reported.
    fn poison(&mut self) -> String {
        let name = format!("unnamed{}", self.taken.len());
        self.taken.insert(name.clone(), None);
        name
    }

    fn sample(&self) -> &'static str {
        match self.kind {
            Kind::Value => "some_name",
            Kind::Type | Kind::Variant => "SomeName",
        }
    }
}
