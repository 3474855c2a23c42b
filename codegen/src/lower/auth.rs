//! Ways to authenticate.

use std::collections::BTreeMap;

use super::provider::BUILDER_METHODS;
use crate::ast::{AuthEntry, AuthKind, AuthRef, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{Auth, Docs, Scheme, SchemeKind};
use crate::names::{self, Kind, Scope};

/// Entries that combine entries that combine entries deeper than this are taken for a circle.
const MAX_DEPTH: usize = 8;

/// The entries of `auth:`, and what methods have asked for.
pub(super) struct Auths<'s> {
    entries: BTreeMap<&'s str, &'s AuthEntry>,
    schemes: Vec<Scheme>,
    auths: Vec<Auth>,
}

impl<'s> Auths<'s> {
    pub(super) fn new(specification: &'s Specification, diagnostics: &mut Diagnostics) -> Self {
        let mut entries: BTreeMap<&str, &AuthEntry> = BTreeMap::new();
        let mut schemes = Vec::new();
        let mut scope = Scope::new(Kind::Value, "auth entry").reserve(&BUILDER_METHODS);
        for entry in &specification.auth {
            if let Some(first) = entries.insert(&entry.name.value, entry) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_ITEM,
                        entry.name.span,
                        format!("the auth entry `{}` is defined twice", entry.name.value),
                    )
                    .related(first.name.span, "first defined here"),
                );
                continue;
            }
            let mut argument_scope = Scope::new(Kind::Value, "argument").reserve(&["self"]);
            let mut argument =
                |name: &Text| argument_scope.declare(name, None, diagnostics);
            let kind = match &entry.kind {
                AuthKind::Basic { username, password } => SchemeKind::Basic {
                    username: argument(username),
                    password: argument(password),
                },
                AuthKind::Bearer { token } => SchemeKind::Bearer { token: argument(token) },
                AuthKind::Any(_) | AuthKind::All(_) => continue,
            };
            schemes.push(Scheme {
                name: entry.name.value.clone(),
                ident: scope.declare(&entry.name, None, diagnostics),
                docs: Docs {
                    text: entry.doc.as_ref().map(|doc| doc.value.clone()),
                    assumed: entry.assumed.as_ref().map(|assumed| assumed.value.clone()),
                    ..Docs::default()
                },
                kind,
            });
        }
        let this = Self { entries, schemes, auths: Vec::new() };
        for entry in &specification.auth {
            if let AuthKind::Any(names) | AuthKind::All(names) = &entry.kind {
                for name in names {
                    this.alternatives(name, 0, diagnostics);
                }
            }
        }
        this
    }

    /// The builder's methods that set credentials.
    pub(super) fn idents(&self) -> Vec<&str> {
        self.schemes.iter().map(|scheme| scheme.ident.as_str()).collect()
    }

    /// The index of what `auth` names, or `None` for none.
    pub(super) fn resolve(
        &mut self,
        auth: &AuthRef,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let AuthRef::Entry(name) = auth else { return None };
        // A reference that every method inherits is reported once, where it stands.
        let alternatives = self.alternatives(name, 0, diagnostics);
        let constant = names::constant(&name.value).unwrap_or_default();
        let auth = Auth { constant, alternatives };
        let index = self.auths.iter().position(|known| *known == auth).unwrap_or_else(|| {
            self.auths.push(auth);
            self.auths.len() - 1
        });
        Some(index)
    }

    pub(super) fn finish(self) -> (Vec<Scheme>, Vec<Auth>) {
        (self.schemes, self.auths)
    }

    fn alternatives(
        &self,
        name: &Text,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Vec<usize>> {
        let Some(entry) = self.entries.get(name.value.as_str()) else {
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_AUTH,
                name.span,
                format!("there is no auth entry `{}`", name.value),
            );
            diagnostic = match nearest(&name.value, self.entries.keys().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("define it in `auth`, or write `auth: none`"),
            };
            diagnostics.push(diagnostic);
            return Vec::new();
        };
        if depth > MAX_DEPTH {
            diagnostics.push(
                Diagnostic::error(
                    &codes::AUTH_CYCLE,
                    name.span,
                    format!("the auth entry `{}` contains itself", name.value),
                )
                .related(entry.name.span, "defined here"),
            );
            return Vec::new();
        }
        match &entry.kind {
            AuthKind::Any(names) => names
                .iter()
                .flat_map(|name| self.alternatives(name, depth + 1, diagnostics))
                .collect(),
            AuthKind::All(names) => names.iter().fold(vec![Vec::new()], |sets, name| {
                let more = self.alternatives(name, depth + 1, diagnostics);
                sets.iter()
                    .flat_map(|set| more.iter().map(move |other| [set.as_slice(), other].concat()))
                    .collect()
            }),
            _ => {
                let index = self.schemes.iter().position(|scheme| scheme.name == name.value);
                index.map(|index| vec![vec![index]]).unwrap_or_default()
            }
        }
    }
}
