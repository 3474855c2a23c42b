//! The collector that every stage pushes findings into.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::mem;

use super::codes::TOO_MANY_FAULTS;
use super::diagnostic::{Code, Diagnostic, Patch, Severity};
use super::lost::Lost;
use super::silence::{self, Allowed};
use super::{alike, follow, nearest, unfinished};
use crate::source::{SourceMap, Span};

/// So many findings are kept: a file may hold a million mistakes, and nobody mends them one by one.
const MOST: usize = 50_000;

/// After so many findings nothing is guessed any more: each guess looks at everything that is defined.
const GUESSES: usize = 100;

/// Characters of a text of a finding, which may quote what somebody wrote.
const LONGEST: usize = 2_000;

/// Everything found so far, in any order.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// What was not kept, and where the first of it stands.
    beyond: Option<(Span, usize)>,
    beyond_errors: usize,
    allowed: Vec<Allowed>,
    pub(crate) lost: Lost,
    /// How many findings there were when all files had been read.
    read: usize,
}

/// How much had been found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    found: usize,
    beyond: usize,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.found.len() >= MOST {
            self.beyond.get_or_insert((diagnostic.span, 0)).1 += 1;
            self.beyond_errors += usize::from(diagnostic.severity == Severity::Error);
            return;
        }
        let related = diagnostic.related.iter_mut().map(|(_, text)| text);
        let texts = related.chain(&mut diagnostic.notes).chain([&mut diagnostic.message]);
        for text in texts.chain(&mut diagnostic.label).chain(&mut diagnostic.help) {
            cut(text);
        }
        self.found.push(diagnostic);
    }

    /// Takes note of what is to be silenced.
    pub(crate) fn allow(&mut self, allowed: Allowed) {
        self.allowed.push(allowed);
    }

    /// Says that all files have been read: what is found from now on may follow from what was found so far.
    pub(crate) fn all_read(&mut self) {
        self.read = self.found.len();
    }

    /// Drops what follows from other findings.
    pub(crate) fn drop_follow_ons(&mut self, map: &SourceMap) {
        let found = mem::take(&mut self.found);
        let found = follow::drop_follow_ons(&self.lost, found, self.read, map);
        self.found = alike::join(unfinished::drop_unwritten(found, map));
        self.found.iter_mut().for_each(|one| one.lay_out(map));
    }

    /// The findings and what silences them of another collector; `keep` says which findings.
    pub(crate) fn take(&mut self, other: Self, keep: impl Fn(&Diagnostic) -> bool) {
        self.allowed.extend(other.allowed);
        self.lost.extend(other.lost);
        self.extend(other.found.into_iter().filter(keep));
    }

    /// The word of `known`, a list as long as whoever wrote the specification likes, that was probably meant by
    /// `word`; none once there is so much to mend that it would take its time.
    #[must_use]
    pub fn nearest<'a>(
        &self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.guesses(0) { nearest(word, known) } else { None }
    }

    /// Whether there is so little to mend, with so much that waits to be told, that what was meant is still looked for.
    pub(crate) fn guesses(&self, waiting: usize) -> bool {
        self.found.len() + waiting < GUESSES
    }

    /// A place in the order of finding, for [`Self::errors_since`].
    pub(crate) fn mark(&self) -> Mark {
        Mark { found: self.found.len(), beyond: self.beyond_errors }
    }

    /// Whether there have been errors since then.
    pub(crate) fn errors_since(&self, mark: Mark) -> bool {
        let mut since = self.found.iter().skip(mark.found);
        self.beyond_errors > mark.beyond || since.any(|d| d.severity == Severity::Error)
    }

    /// Points from what has been found since then in other files to a place that leads there.
    pub(crate) fn relate_since(&mut self, mark: Mark, place: Span, text: &str) {
        let since = self.found.iter_mut().skip(mark.found);
        for one in since.filter(|one| one.span.file != place.file) {
            one.related.push((place, text.to_owned()));
        }
    }

    /// Takes an end off the changes that are offered since then for a place, behind which it stands already.
    pub(crate) fn shorten_since(&mut self, mark: Mark, place: Span, end: &str) {
        let patches = self.found.iter_mut().skip(mark.found).filter_map(|one| one.patch.as_mut());
        for patch in patches.filter(|patch| patch.span == place) {
            patch.text.truncate(patch.text.trim_end_matches(end).len());
        }
    }

    /// What has been found since then.
    pub(crate) fn found_since(&mut self, mark: Mark) -> impl Iterator<Item = &mut Diagnostic> {
        self.found.iter_mut().skip(mark.found)
    }

    /// Offers a change for what has been found since then, if that is one error that has none.
    pub(crate) fn offer_since(&mut self, mark: Mark, place: Span, text: &str) {
        if let Some([one]) = self.found.get_mut(mark.found..)
            && one.patch.is_none()
        {
            one.help.get_or_insert_with(|| format!("did you mean `{text}`?"));
            one.patch = Some(Patch { span: place, text: text.to_owned() });
        }
    }

    /// Says what to do about findings of a kind since then for which nothing is said so far.
    pub(crate) fn explain_since(&mut self, mark: Mark, code: &Code, help: impl Fn() -> String) {
        let since = self.found.iter_mut().skip(mark.found);
        for one in since.filter(|one| one.code == code && one.help.is_none()) {
            one.help = Some(help());
        }
    }

    /// What all errors are about, if they are of one kind and about one thing, and where they are.
    pub(crate) fn only_subject(&self, code: &Code) -> Option<(String, Vec<Span>)> {
        let errors = || self.found.iter().filter(|one| one.severity == Severity::Error);
        let subject = errors().next()?.about.first()?;
        let same = errors().all(|one| {
            let open = one.patch.is_none() && !one.settled;
            one.code == code && open && one.about.first() == Some(subject)
        });
        same.then(|| (subject.clone(), errors().map(|one| one.span).collect()))
    }

    /// Whether a place is in the item that begins at another one.
    pub(crate) fn is_inside(&self, place: Span, item: Span) -> bool {
        self.lost.item_of(place) == Some((item.file, item.start))
    }

    /// Says what to do about all errors instead of what is said so far, with a change that mends them.
    pub(crate) fn explain_all(&mut self, help: &str, patch: Option<&Patch>) {
        for one in self.found.iter_mut().filter(|one| one.severity == Severity::Error) {
            one.help = Some(help.to_owned());
            one.patch = patch.cloned();
        }
    }

    /// What is changed by what has been found since then.
    pub(crate) fn changed_since(&self, mark: Mark) -> impl Iterator<Item = Span> {
        self.found.iter().skip(mark.found).filter_map(|one| Some(one.patch.as_ref()?.span))
    }

    /// Adds a note to what has been found since then.
    pub(crate) fn note_since(&mut self, mark: Mark, text: &str) {
        for one in self.found.iter_mut().skip(mark.found) {
            one.notes.push(text.to_owned());
        }
    }

    /// Says of what has been found since then by what it was judged.
    pub(crate) fn rest_since(&mut self, mark: Mark, place: Span) {
        for one in self.found.iter_mut().skip(mark.found) {
            if !one.rests_on.contains(&place) {
                one.rests_on.push(place);
            }
        }
    }

    /// By what all of it was judged.
    pub(crate) fn rests(&self) -> BTreeSet<Span> {
        self.found.iter().flat_map(|one| one.rests_on.iter().copied()).collect()
    }

    /// Whether anything forbids generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.beyond_errors > 0 || self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What was found, in the order of finding.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// How many errors there are.
    #[must_use]
    pub fn error_count(&self) -> usize {
        count(&self.found, Severity::Error)
    }

    /// How many warnings there are.
    #[must_use]
    pub fn warning_count(&self) -> usize {
        count(&self.found, Severity::Warning)
    }

    /// By file, position and code, without exact duplicates and what is silenced: the order in which a reader mends.
    ///
    /// Stages run over the whole input one after the other, so the order of finding means nothing.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(order);
        merge(&mut self.found);
        if !self.allowed.is_empty() {
            silence::apply(&mut self.found, self.allowed);
            self.found.sort_by(order);
        }
        if let Some((place, count)) = self.beyond {
            let severity = match self.beyond_errors {
                0 => Severity::Warning,
                _ => Severity::Error,
            };
            let message = format!("{count} more findings, here and elsewhere, were not kept");
            self.found.push(Diagnostic::new(&TOO_MANY_FAULTS, severity, place, message));
        }
        self.found
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        more.into_iter().for_each(|one| self.push(one));
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

/// So many places that one finding has to do with are shown.
pub(super) const PLACES: usize = 5;

/// Findings that differ in nothing but where else one sees them are one.
fn merge(found: &mut Vec<Diagnostic>) {
    found.dedup_by(|later, first| {
        let same = (later.code, later.span, &later.message, &later.label)
            == (first.code, first.span, &first.message, &first.label)
            && (&later.notes, &later.help, &later.patch)
                == (&first.notes, &first.help, &first.patch);
        if same {
            for place in std::mem::take(&mut later.related) {
                if first.related.len() < PLACES && !first.related.contains(&place) {
                    first.related.push(place);
                }
            }
        }
        same
    });
}

fn cut(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(LONGEST).filter(|_| text.len() > LONGEST) {
        text.truncate(at);
        text.push('…');
    }
}

/// How many of `found` have this weight.
pub(super) fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|d| d.severity == severity).count()
}

/// Total over everything that is shown, so that duplicates always end up side by side.
fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (a.span.file, a.span.start, a.code.id, a.span.end)
        .cmp(&(b.span.file, b.span.start, b.code.id, b.span.end))
        .then_with(|| a.message.cmp(&b.message))
        .then_with(|| a.label.cmp(&b.label))
        .then_with(|| a.related.cmp(&b.related))
        .then_with(|| a.notes.cmp(&b.notes))
        .then_with(|| a.help.cmp(&b.help))
        .then_with(|| patch_key(a).cmp(&patch_key(b)))
}

fn patch_key(diagnostic: &Diagnostic) -> Option<(Span, &str)> {
    diagnostic.patch.as_ref().map(|patch| (patch.span, patch.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::source::{Source, SourceMap};

    #[test]
    fn sorted_by_place_and_code_without_duplicates() {
        let mut sources = SourceMap::default();
        let file = sources.add(Source { name: "a".to_owned(), text: "abc".to_owned() });
        let at = |start| Span::new(file, start, start + 1);
        let mut found = Diagnostics::default();
        found.push(Diagnostic::error(&codes::TAG, at(2), "later"));
        found.push(Diagnostic::error(&codes::TAG, at(0), "first").help("h"));
        found.extend([Diagnostic::error(&codes::ANCHOR, at(0), "lower code")]);
        found.push(Diagnostic::error(&codes::TAG, at(0), "first").help("h"));
        found.push(Diagnostic::warning(&codes::TAG, at(0), "second"));
        assert_eq!((found.error_count(), found.warning_count()), (4, 1));
        let messages: Vec<_> = found.into_sorted().into_iter().map(|d| d.message).collect();
        assert_eq!(messages, ["lower code", "first", "second", "later"]);
    }

    #[test]
    fn a_flood_is_counted_and_not_kept() {
        let mut found = Diagnostics::default();
        let place = |at| Span::new(Default::default(), at, at);
        for at in 0..60_000 {
            found.push(Diagnostic::error(&codes::TAG, place(at), "é".repeat(3_000)));
        }
        assert_eq!(found.nearest("retruns", ["returns"]), None, "nothing is guessed any more");
        let sorted = found.into_sorted();
        assert_eq!(sorted.len(), MOST + 1);
        assert_eq!(sorted[0].message.chars().count(), LONGEST + 1);
        let last = sorted.last().unwrap();
        assert_eq!(last.message, "10000 more findings, here and elsewhere, were not kept");
        assert_eq!((last.code.id, last.span.start), ("E0125", 50_000));
    }

    #[test]
    fn warnings_do_not_stop() {
        let mut sources = SourceMap::default();
        let file = sources.add(Source { name: "a".to_owned(), text: String::new() });
        let mut found = Diagnostics::default();
        assert!(found.is_empty());
        found.push(Diagnostic::warning(&codes::TAG, Span::new(file, 0, 0), "m"));
        assert!(!found.has_errors() && !found.is_empty());
    }
}
