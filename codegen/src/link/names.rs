//! What names mean: those of a used file get the name before them that it is used by.

use std::collections::BTreeSet;

use super::visit::{self, Names};
use super::{Aliases, Unit};
use crate::ast::{Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::foreign;
use crate::names::JOIN;
use crate::parse::shown;
use crate::source::Span;
use crate::vocabulary::is_reserved;

/// What each used file defines.
pub(super) struct Linker {
    units: Vec<Defined>,
}

struct Defined {
    /// What stands before its names.
    prefix: String,
    models: BTreeSet<String>,
    auth: BTreeSet<String>,
    sources: BTreeSet<String>,
}

impl Linker {
    pub(super) fn new(units: &[Unit], prefixes: Vec<Option<String>>) -> Self {
        let units = units.iter().zip(prefixes).map(|(unit, prefix)| Defined {
            prefix: prefix.unwrap_or_default(),
            models: set(unit.specification.models.iter().map(|it| &it.name)),
            auth: set(unit.specification.auth.iter().map(|it| &it.name)),
            sources: set(unit.specification.sources.iter().map(|it| &it.name)),
        });
        Self { units: units.collect() }
    }

    /// Gives everything in a used file, or in the specification itself, its full name.
    pub(super) fn rename(
        &self,
        it: &mut Specification,
        unit: Option<usize>,
        aliases: &Aliases,
        diagnostics: &mut Diagnostics,
    ) {
        let own = it.models.iter().map(|model| model.name.value.clone()).collect();
        let here = unit.map(|unit| &self.units[unit]);
        let parameters = Vec::new();
        let mut renaming = Renaming { linker: self, here, own, aliases, parameters, diagnostics };
        visit::rest(it, &mut renaming);
        for model in &mut it.models {
            visit::model(model, &mut renaming);
        }
        for entry in &mut it.auth {
            visit::auth(entry, &mut renaming);
        }
        if let Some(here) = here {
            let names = it.models.iter_mut().map(|model| &mut model.name);
            let names = names.chain(it.auth.iter_mut().map(|entry| &mut entry.name));
            for name in names.chain(it.sources.iter_mut().map(|source| &mut source.name)) {
                name.value = format!("{}{JOIN}{}", here.prefix, name.value);
            }
        }
    }

    /// Whether a specification has a model or auth entry of a used file.
    pub(super) fn is_taken(&self, unit: usize, it: &Specification) -> bool {
        let prefix = format!("{}{JOIN}", self.units[unit].prefix);
        let mut names =
            it.models.iter().map(|it| &it.name).chain(it.auth.iter().map(|it| &it.name));
        names.any(|name| name.value.starts_with(&prefix))
    }
}

fn set<'t>(names: impl Iterator<Item = &'t Text>) -> BTreeSet<String> {
    names.map(|name| name.value.clone()).collect()
}

struct Renaming<'a> {
    linker: &'a Linker,
    /// The used file whose names these are.
    here: Option<&'a Defined>,
    own: BTreeSet<String>,
    aliases: &'a Aliases,
    /// Names of the model at hand that stand for types.
    parameters: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Renaming<'_> {
    /// The used file that a name with a dot leads to, and what is meant there.
    fn elsewhere<'n>(&self, name: &'n str) -> Option<(&Defined, &'n str)> {
        let (alias, inner) = name.split_once('.')?;
        let unit = (*self.aliases.get(alias)?)?;
        Some((&self.linker.units[unit], inner))
    }

    /// The full name, of what is known there.
    fn full(&self, name: &mut String, known: impl Fn(&Defined, &str) -> bool) {
        if let Some((defined, inner)) = self.elsewhere(name) {
            if known(defined, inner) {
                *name = format!("{}{JOIN}{inner}", defined.prefix);
            }
        } else if let Some(here) = self.here {
            *name = format!("{}{JOIN}{name}", here.prefix);
        }
    }

    /// The name that was probably meant, of the models here and of those in used files.
    fn near(&self, name: &str) -> Option<String> {
        if !self.diagnostics.guesses(0) {
            return None;
        }
        let lent = self.aliases.iter().flat_map(|(alias, unit)| {
            let models = unit.iter().flat_map(|&unit| &self.linker.units[unit].models);
            models.map(move |model| format!("{alias}.{model}"))
        });
        let known: Vec<String> = self.own.iter().cloned().chain(lent).collect();
        nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let alias = name.split_once('.').map(|(alias, _)| alias);
        let strange = alias.filter(|alias| !self.aliases.contains_key(*alias));
        let text = match strange {
            Some(alias) => format!("no file is used as `{}`", shown(alias)),
            None => format!("there is no model `{}`", shown(name)),
        };
        let diagnostic = Diagnostic::error(&codes::UNKNOWN_TYPE, span, text);
        let diagnostic = diagnostic.about([strange.unwrap_or(name)]);
        // `Kind.box`: a value of an enum, as programs name it.
        if let Some((model, value)) =
            name.split_once('.').filter(|(model, _)| self.own.contains(*model))
        {
            let mended = format!("{{ const: {value}, type: {model} }}");
            let found = Diagnostic::error(
                &codes::UNKNOWN_TYPE,
                span,
                format!("there is no type `{}`", shown(name)),
            )
            .about([name])
            .label("a model has no types of its own")
            .help(format!(
                "what is always sent is `{}`; a member of a model is no type",
                shown(&mended)
            ));
            self.diagnostics.push(found);
            return;
        }
        let near = self.near(name);
        // `System.Guid`, `datetime.datetime`, `shop.models.Order`: a way to the name.
        let last = foreign::last_segment(name).filter(|_| strange.is_some());
        let own = last.filter(|last| self.own.contains(*last) || is_reserved(last));
        let whole = strange.and_then(|_| foreign::generic(name, &[]));
        let meant =
            whole.or_else(|| own.map(str::to_owned)).or_else(|| foreign::generic(last?, &[]));
        let lower = last.map(str::to_ascii_lowercase).filter(|last| is_reserved(last));
        let meant = meant.or(lower).filter(|meant| meant != "nothing");
        self.diagnostics.push(match near {
            _ if let Some(meant) = &meant => {
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                let length = (span.end - span.start) as usize;
                // What is in a list stays as it is.
                let of_name = meant == "list" && length > name.len() + 2;
                if length == name.len() || of_name {
                    diagnostic.patch(span.slice(0, name.len()), meant.as_str())
                } else {
                    diagnostic
                }
            }
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if strange.is_some() => {
                diagnostic.help("name the file: `use: { name: ../common/file.yaml }`")
            }
            None => diagnostic.help("a used file knows its own models and those that it uses"),
        });
    }
}

impl Names for Renaming<'_> {
    fn open(&mut self, parameters: &[Text]) {
        self.parameters = parameters.iter().map(|name| name.value.clone()).collect();
    }

    fn model(&mut self, name: &mut String, span: Span) -> bool {
        if is_reserved(name) || self.parameters.contains(name) {
            return true;
        }
        let alias = name.split_once('.').and_then(|(alias, _)| self.aliases.get(alias));
        let known = match self.elsewhere(name) {
            Some((defined, inner)) => defined.models.contains(inner),
            // Where the file is missing nobody knows what is in it.
            None if alias.is_some() => return false,
            // What the specification itself lacks is reported with all its models in view.
            None if self.here.is_none() && !name.contains('.') => return true,
            None => self.own.contains(name),
        };
        if known {
            self.full(name, |_, _| true);
        } else {
            self.unknown(&name.clone(), span);
        }
        known
    }

    fn auth(&mut self, name: &mut Text) {
        self.full(&mut name.value, |defined, inner| defined.auth.contains(inner));
    }

    fn source(&mut self, name: &mut String, _span: Span) {
        self.full(name, |defined, inner| defined.sources.contains(inner));
    }
}

/// The models and auth entries of used files that a specification leads to.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) models: BTreeSet<String>,
    pub(super) auth: BTreeSet<String>,
    /// What has been asked for and not been looked at.
    open: Vec<String>,
}

impl Asked {
    pub(super) fn of(it: &mut Specification, units: &mut [Unit]) -> Self {
        let mut asked = Self::default();
        visit::rest(it, &mut asked);
        it.models.iter_mut().for_each(|model| visit::model(model, &mut asked));
        it.auth.iter_mut().for_each(|entry| visit::auth(entry, &mut asked));
        while let Some(name) = asked.open.pop() {
            for unit in units.iter_mut().map(|unit| &mut unit.specification) {
                let models = unit.models.iter_mut().filter(|model| model.name.value == name);
                models.for_each(|model| visit::model(model, &mut asked));
                let entries = unit.auth.iter_mut().filter(|entry| entry.name.value == name);
                entries.for_each(|entry| visit::auth(entry, &mut asked));
            }
        }
        asked
    }
}

impl Names for Asked {
    fn model(&mut self, name: &mut String, _span: Span) -> bool {
        if self.models.insert(name.clone()) {
            self.open.push(name.clone());
        }
        true
    }

    fn auth(&mut self, name: &mut Text) {
        if self.auth.insert(name.value.clone()) {
            self.open.push(name.value.clone());
        }
    }

    fn source(&mut self, _name: &mut String, _span: Span) {}
}
