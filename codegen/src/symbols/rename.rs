//! Gives a symbol another name, if everything means the same afterwards.

use std::collections::{BTreeMap, HashMap};

use super::{Inspection, Kind, Occurrence, place};
use crate::diag::{Diagnostic, Patch, Severity};
use crate::parse::shown;
use crate::source::{FileId, Source, SourceMap};

/// Why a symbol cannot be given a name, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Inspection {
    /// The changes that give a symbol another name, by place.
    ///
    /// # Errors
    ///
    /// When the name is none, or when the specification would have errors that it has not, or mean something else.
    pub fn rename(&self, symbol: usize, name: &str) -> Result<Vec<Patch>, Refusal> {
        let Some(it) = self.symbols.list().get(symbol) else {
            return Err(Refusal("there is no name here".to_owned()));
        };
        check_name(it.kind, name)?;
        let mut patches = Vec::new();
        for occurrence in self.symbols.places(symbol) {
            if !occurrence.exact {
                return Err(self.hidden(occurrence));
            }
            patches.push(Patch { span: occurrence.span, text: name.to_owned() });
        }
        let after = crate::inspect(apply(&self.report.sources, &patches));
        if let Some(found) = self.new_error(&after) {
            let code = found.code.id;
            return Err(Refusal(format!("after this: {} ({code})", found.message)));
        }
        if self.meaning() != after.meaning() {
            let name = shown(name);
            return Err(Refusal(format!("`{name}` would mean something else in another place")));
        }
        Ok(patches)
    }

    fn hidden(&self, occurrence: &Occurrence) -> Refusal {
        let at = self.report.sources.location(occurrence.span);
        Refusal(format!(
            "the name in {}:{} is written in a way that cannot be changed here",
            at.file, at.line
        ))
    }

    /// The first error that was not there before. A change of names moves nothing to another line.
    fn new_error<'a>(&self, after: &'a Inspection) -> Option<&'a Diagnostic> {
        let mut known: HashMap<(FileId, u32, &str), usize> = HashMap::new();
        for found in errors(self) {
            *known.entry(key(self, found)).or_default() += 1;
        }
        errors(after).find(|found| match known.get_mut(&key(after, found)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
    }

    /// Which place names what, whatever it is called.
    fn meaning(&self) -> Vec<(FileId, u32, usize)> {
        let place = |it: &Occurrence| {
            let (line, _) = self.report.sources.line_column(it.span.file, it.span.start);
            (it.span.file, line, it.symbol)
        };
        let mut places: Vec<_> = self.symbols.occurrences().iter().map(place).collect();
        places.sort_unstable();
        places
    }
}

fn errors(inspection: &Inspection) -> impl Iterator<Item = &Diagnostic> {
    inspection.report.diagnostics.iter().filter(|found| found.severity == Severity::Error)
}

fn key<'a>(inspection: &Inspection, found: &'a Diagnostic) -> (FileId, u32, &'a str) {
    let (line, _) = inspection.report.sources.line_column(found.span.file, found.span.start);
    (found.span.file, line, found.code.id)
}

/// Names that can stand wherever those of their kind do.
fn check_name(kind: Kind, name: &str) -> Result<(), Refusal> {
    let hyphens = match kind {
        Kind::File => return Err(Refusal("a file is renamed where it lies".to_owned())),
        Kind::Member => return Err(Refusal("wire names are facts of the service".to_owned())),
        Kind::Model | Kind::TypeParameter | Kind::Use | Kind::Alternative => false,
        _ => true,
    };
    let begins = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if begins && name.chars().all(|c| place::is_word(c) && (hyphens || c != '-')) {
        return Ok(());
    }
    let and = if hyphens { "letters, digits, `-` and `_`" } else { "letters, digits and `_`" };
    let (noun, name) = (kind.noun(), shown(name));
    Err(Refusal(format!("`{name}` cannot be the name of {noun}: expected {and}, a letter first")))
}

/// The texts with changes.
fn apply(map: &SourceMap, patches: &[Patch]) -> Vec<Source> {
    let mut by_file: BTreeMap<FileId, Vec<&Patch>> = BTreeMap::new();
    for patch in patches {
        by_file.entry(patch.span.file).or_default().push(patch);
    }
    let changed = |file: FileId| {
        let mut text = map.text(file).to_owned();
        let mut patches = by_file.get(&file).cloned().unwrap_or_default();
        patches.sort_by_key(|patch| std::cmp::Reverse(patch.span.start));
        for patch in patches {
            let range = patch.span.start as usize..patch.span.end as usize;
            if text.get(range.clone()).is_some() {
                text.replace_range(range, &patch.text);
            }
        }
        Source { name: map.name(file).to_owned(), text }
    };
    map.files().map(changed).collect()
}
