//! Whether a mistake is told in the right way: as one finding, at its place, with a change that mends it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clientwright_codegen::check;
use clientwright_codegen::diag::{Diagnostic, Patch, Report, Severity};
use clientwright_codegen::source::Source;

use crate::lines::Made;
use crate::mistakes::Mistake;
use crate::rules;
use crate::tree::Entry;

/// A mistake that is told in a wrong way.
pub(crate) struct Wrong {
    /// Mistake, place and codes.
    pub(crate) cause: String,
    pub(crate) shown: String,
    /// The codes of what follows from the mistake, or what else is wrong.
    pub(crate) codes: Vec<String>,
}

/// A mistake that has been made: where, and what it gave.
pub(crate) struct Case<'c> {
    /// The specification and the file.
    pub(crate) name: &'c str,
    pub(crate) file: &'c Source,
    pub(crate) entries: &'c [Entry],
    pub(crate) entry: &'c Entry,
    pub(crate) mistake: Mistake,
    pub(crate) made: &'c Made,
}

impl Case<'_> {
    /// What is wrong with a report, if anything.
    pub(crate) fn judge(&self, report: &Report) -> Option<Wrong> {
        let errors = errors(report);
        let (entry, mistake) = (self.entry, self.mistake);
        let lost = rules::lost(entry, mistake);
        let names_lost = |one: &&&Diagnostic| lost.iter().any(|name| names(report, one, name));
        let mut everywhere = BTreeSet::new();
        let extra: Vec<&Diagnostic> = errors
            .iter()
            .filter(|one| !names_lost(one))
            .filter(|one| {
                let code = one.code.id;
                !rules::holds_everywhere(entry, mistake, code) || everywhere.insert(&code[..3])
            })
            .copied()
            .collect();
        let must = rules::must_be_found(self.entries, entry, mistake);
        let is_told = || !must || errors.iter().any(|one| self.is_at(one, report));
        let what = match extra.len() {
            _ if errors.is_empty() && !must => return None,
            _ if errors.is_empty() => "SILENT",
            0 | 1 if !must && rules::may_be_told_elsewhere(entry, mistake) => return None,
            _ if self.are_at_their_places(&extra, report) && is_told() => return None,
            0 | 1 => "ELSEWHERE",
            _ => "MANY",
        };
        Some(self.wrong(what, report))
    }

    /// Whether each stretch of lines has one finding at most, and nothing else has any.
    fn are_at_their_places(&self, found: &[&Diagnostic], report: &Report) -> bool {
        let mut free: Vec<_> = self.made.lines.iter().collect();
        found.iter().all(|one| {
            let lines = self.lines(one, report);
            let place = free.iter().position(|free| lines.iter().any(|line| free.contains(line)));
            place.map(|place| free.remove(place)).is_some()
        })
    }

    fn is_at(&self, one: &Diagnostic, report: &Report) -> bool {
        let lines = self.lines(one, report);
        self.made.lines.iter().any(|told| lines.iter().any(|line| told.contains(line)))
    }

    /// The lines of a finding and of what it points at besides, in the file with the mistake.
    fn lines(&self, one: &Diagnostic, report: &Report) -> Vec<usize> {
        let places = std::iter::once(one.span).chain(one.related.iter().map(|(place, _)| *place));
        let places = places.map(|place| report.sources.location(place));
        places.filter(|at| at.file == self.file.name).map(|at| at.line as usize).collect()
    }

    /// Whether the changes that are offered leave their findings, or give others where they were made; nothing if none
    /// is offered.
    pub(crate) fn mends(&self, sources: &[Source], report: &Report) -> Option<Result<(), Wrong>> {
        let before = errors(report);
        let offered: Vec<&Diagnostic> =
            before.iter().copied().filter(|one| one.patch.is_some()).collect();
        if offered.is_empty() || rules::is_gone(self.entry, self.mistake) {
            return None;
        }
        let after = check(mended(sources, report, &offered));
        let place = |one: &Diagnostic, report: &Report| {
            let at = report.sources.location(one.span);
            (at.file.to_owned(), at.line)
        };
        let is_same = |one: &Diagnostic, other: &Diagnostic| {
            (one.code, &one.message) == (other.code, &other.message)
        };
        let stays = |other: &Diagnostic| {
            // Of a name that stands several times on a line one is changed.
            let several = |one: &Diagnostic| {
                let mut others = one.related.iter().map(|(at, _)| report.sources.location(*at));
                others.any(|at| (at.file.to_owned(), at.line) == place(other, &after))
            };
            let mut same = offered.iter().filter(|one| is_same(one, other));
            same.any(|one| place(one, report) == place(other, &after) && !several(one))
        };
        let is_new = |other: &Diagnostic| {
            let there = |one: &&Diagnostic| place(one, report) == place(other, &after);
            let grave = ["E01", "E02", "E0301", "E0302"];
            let counts = !rules::loses_meaning(self.entry, self.mistake)
                || grave.iter().any(|code| other.code.id.starts_with(code));
            let made_up =
                rules::made_up(self.mistake).iter().any(|word| names(&after, other, word));
            counts
                && !made_up
                && (offered.iter().any(there) || self.is_within(other, &after))
                && !before.iter().any(|one| is_same(one, other))
        };
        let what = match errors(&after) {
            left if left.iter().any(|other| stays(other)) => "STAYS",
            left if left.iter().any(|other| is_new(other)) => "ANOTHER",
            _ => return Some(Ok(())),
        };
        let mut wrong = self.wrong(what, report);
        for patch in offered.iter().filter_map(|one| one.patch.as_ref()) {
            let _ = writeln!(wrong.shown, "   mended with {:?}", patch.text);
        }
        wrong.shown.push_str(&self.wrong(what, &after).shown);
        Some(Err(wrong))
    }

    /// Whether a finding itself is where the mistake is.
    fn is_within(&self, one: &Diagnostic, report: &Report) -> bool {
        let at = report.sources.location(one.span);
        let line = at.line as usize;
        at.file == self.file.name && self.made.lines.iter().any(|lines| lines.contains(&line))
    }

    /// What was made, and what a report says of it.
    pub(crate) fn wrong(&self, what: &str, report: &Report) -> Wrong {
        let errors = errors(report);
        let mut codes: Vec<&str> = errors.iter().map(|one| one.code.id).collect();
        codes.sort_unstable();
        codes.dedup();
        let lines = &self.made.lines;
        let mut shown = format!("{}:{lines:?}\n", self.name);
        for one in &errors {
            let at = report.sources.location(one.span);
            let place = format!("{}:{}:{}", at.file, at.line, at.column);
            let _ = writeln!(shown, "   {place} {} {}", one.code.id, one.message);
        }
        let path = &self.entry.path;
        let path: Vec<&str> = (1..=path.len())
            .map(|end| if rules::is_named(&path[..end]) { "*" } else { &path[end - 1] })
            .collect();
        let mistake = self.mistake;
        let cause = format!("{what} {mistake:?} {} {}", path.join("."), codes.join(" "));
        let structure = |code: &&&str| !code.starts_with("E01") && !code.starts_with("E02");
        let follow: Vec<&&str> = codes.iter().filter(structure).collect();
        let codes = match (follow.as_slice(), codes.as_slice()) {
            ([], []) => vec![what.to_owned()],
            ([], [.., last]) => vec![(*last).to_owned()],
            (follow, _) => follow.iter().map(|code| (**code).to_owned()).collect(),
        };
        Wrong { cause, shown, codes }
    }
}

fn errors(report: &Report) -> Vec<&Diagnostic> {
    report.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect()
}

/// Whether a finding says something of a name, or stands where it does.
fn names(report: &Report, one: &Diagnostic, name: &str) -> bool {
    let span = one.span.start as usize..one.span.end as usize;
    let there = report.sources.text(one.span.file).get(span).unwrap_or_default();
    has_word(there, name) || one.message.split('`').skip(1).step_by(2).any(|it| has_word(it, name))
}

/// The sources with all changes made that findings offer, the last one first, as far as none is in another's place.
fn mended(sources: &[Source], report: &Report, offered: &[&Diagnostic]) -> Vec<Source> {
    let mut patches: Vec<&Patch> = offered.iter().filter_map(|one| one.patch.as_ref()).collect();
    patches.sort_by_key(|patch| (patch.span.file, patch.span.start));
    let mut sources = sources.to_vec();
    let mut next = None;
    for patch in patches.into_iter().rev() {
        let span = patch.span;
        if next.is_some_and(|(file, start)| file == span.file && span.end > start) {
            continue;
        }
        next = Some((span.file, span.start));
        let name = report.sources.name(span.file);
        let file = sources.iter_mut().find(|source| source.name == name).unwrap();
        file.text.replace_range(span.start as usize..span.end as usize, &patch.text);
    }
    sources
}

/// Whether a text has a name, and not as a part of a longer one.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
    })
}
