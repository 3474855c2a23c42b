//! Keys that nobody has asked for.

use super::super::super::elsewhere::{self, Instead};
use super::super::super::member::is_rest_of_type;
use super::super::{lacks_colon, no_colon, quoted_list, shown, torn_text};
use super::Keys;
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::yaml::{Entry, Value};

impl Keys<'_> {
    /// Whether a key is what a comma has torn off the type before it, of which that is told.
    fn is_rest_of_type(&self, index: usize) -> bool {
        const OF_TYPES: [&str; 6] = ["returns", "body", "form", "xml", "type", "like"];
        let before = index.checked_sub(1).map(|before| &self.entries[before]);
        before.is_some_and(|before| OF_TYPES.contains(&before.key.value.as_str()))
            && is_rest_of_type(self.entries, index)
    }

    /// Reports all keys as one mistake where none of several has anything to do with what is read: something else seems
    /// to be meant than what belongs here.
    fn report_all(&mut self, diagnostics: &mut Diagnostics) -> bool {
        let [first, others @ ..] = self.entries else { return false };
        let is_strange = |(at, entry): (usize, &Entry)| {
            let key = entry.key.value.as_str();
            !self.taken[at]
                && !self.is_rest_of_type(at)
                && !entry.value.is_null()
                && nearest(key, self.asked.iter().copied()).is_none()
                && elsewhere::instead(self.what, key, &self.asked).is_none()
                && !self.asked.iter().any(|word| lacks_colon(entry, word))
        };
        if others.is_empty() || !self.entries.iter().enumerate().all(is_strange) {
            return false;
        }
        let names: Vec<&str> = self.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        let mut known = self.asked.clone();
        known.sort_unstable();
        known.dedup();
        let found = Diagnostic::error(
            &codes::UNKNOWN_KEY,
            first.key.span,
            format!("{} has no keys {}", self.subject(), quoted_list(&names)),
        )
        .label("something else seems to be meant")
        .help(format!("known keys are {}", quoted_list(&known)));
        let missing = std::mem::take(&mut self.missing);
        let labels = missing.into_iter().filter_map(|missing| missing.label);
        diagnostics.push(labels.fold(found, Diagnostic::note));
        true
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(mut self, diagnostics: &mut Diagnostics) {
        if self.report_all(diagnostics) {
            return;
        }
        // A text with commas ends in several keys without a value: they are one mistake.
        let mut torn: Option<usize> = None;
        // Keys of which the same is said are one mistake, too.
        let mut told: Vec<(&str, Diagnostic)> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if self.taken[index] {
                torn = None;
                continue;
            }
            if self.is_rest_of_type(index) {
                continue;
            }
            let key = entry.key.value.as_str();
            if let Some(word) = self.asked.iter().find(|word| lacks_colon(entry, word)) {
                diagnostics.push(no_colon(entry, word));
                // Commas in what is its value make keys of the rest of it.
                torn = self.flow.then_some(index);
                continue;
            }
            let instead = elsewhere::instead(self.what, key, &self.asked);
            let near = match instead {
                Some(Instead::Key(key)) => Some(key),
                Some(_) => None,
                None => nearest(key, self.asked.iter().copied()),
            };
            let there = near.filter(|near| self.has(near));
            if near.is_none()
                && instead.is_none()
                && self.flow
                && matches!(entry.value.value, Value::Null)
            {
                if torn.is_none() {
                    let before = index.checked_sub(1).and_then(|before| self.entries.get(before));
                    let behind = self.entries[index + 1..].iter().zip(&self.taken[index + 1..]);
                    let torn = behind.take_while(|(it, taken)| it.value.is_null() && !**taken);
                    let rest = &self.entries[index + 1..][..torn.count()];
                    diagnostics.push(torn_text(entry, rest, before));
                }
                torn = Some(index);
                continue;
            }
            if let Some(Instead::Means(_, help) | Instead::Way(help)) = instead
                && let Some((_, first)) = told.iter_mut().find(|(told, _)| *told == help)
            {
                first.related.push((entry.key.span, "and this key".to_owned()));
                continue;
            }
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_KEY,
                entry.key.span,
                format!("{} has no key `{}`", self.subject(), shown(&entry.key.value)),
            )
            .label("unknown key");
            diagnostic = match (near, instead) {
                _ if there.is_some() => {
                    let near = near.unwrap_or_default();
                    diagnostic.help(format!("`{near}` stands here already: delete one of them"))
                }
                (Some(near), _) => {
                    diagnostic.help(format!("did you mean `{near}`?")).patch(entry.key.span, near)
                }
                (None, Some(Instead::Means(_, help) | Instead::Way(help))) => diagnostic.help(help),
                (None, _) => {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    diagnostic.help(format!("known keys are {}", quoted_list(&known)))
                }
            };
            if near.is_none() && instead.is_none() {
                // Whatever it is, it stands where something else belongs.
                let missing = std::mem::take(&mut self.missing);
                let labels = missing.into_iter().filter_map(|missing| missing.label);
                diagnostic = labels.fold(diagnostic, Diagnostic::note);
                // It may be what others name, a level too deep.
                diagnostics.lost.name(bare(key), None);
            }
            match instead {
                Some(Instead::Means(_, help) | Instead::Way(help)) => told.push((help, diagnostic)),
                _ => diagnostics.push(diagnostic),
            }
        }
        diagnostics.extend(told.into_iter().map(|(_, diagnostic)| diagnostic));
        diagnostics.extend(self.missing);
    }
}

/// A key without its mark and names for types.
fn bare(key: &str) -> &str {
    key.split('<').next().unwrap_or(key).trim_end().trim_end_matches('?')
}
