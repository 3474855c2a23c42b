//! Keys that nobody has asked for.

use super::super::super::elsewhere::{self, Instead};
use super::super::super::member::is_rest_of_type;
use super::super::{
    is_alone, is_begun, is_exchanged, lacks_colon, no_colon, quoted_list, shown, torn_text,
};
use super::Keys;
use crate::diag::{Diagnostic, Diagnostics, begun, codes, is_slip, nearest};
use crate::format::flow_text;
use crate::schema::kind::{Named, Value as Held};
use crate::schema::table;
use crate::yaml::{Entry, Value};

impl Keys<'_> {
    /// The known key that is meant by one that nobody has asked for: its beginning, or a word near to it.
    pub(super) fn near(&self, entry: &Entry) -> Option<&'static str> {
        let asked = || self.asked.iter().copied();
        let begun = self.begun(entry).filter(|key| self.asked.contains(key));
        begun.or_else(|| nearest(&entry.key.value, asked()))
    }

    /// Whether a key can hold what stands behind another one, as far as its kind tells.
    fn holds(&self, key: &str, entry: &Entry) -> bool {
        let keys = table::kind(self.what).map_or(&[][..], |kind| kind.keys);
        let held = keys.iter().find(|(known, ..)| *known == key).map(|(_, held, _)| *held);
        let value = &entry.value;
        value.is_null()
            || match held {
                Some(
                    Held::Map(_) | Held::Keyed(_) | Held::Statuses(_) | Held::Of("error types"),
                ) => value.as_mapping().is_some(),
                Some(Held::Name(Named::Server | Named::Pager)) => value.as_scalar().is_some(),
                _ => true,
            }
    }

    /// The one key that begins like this one and does not stand here. Two letters are a word of their own where a text
    /// stands behind them: `id`, `in`.
    pub(super) fn begun(&self, entry: &Entry) -> Option<&'static str> {
        let shortest = if entry.value.as_scalar().is_some() { 3 } else { 2 };
        let known = table::kind(self.what)?.keys.iter().map(|(key, ..)| *key);
        let word = entry.key.value.as_str();
        let known = known.filter(|key| key.starts_with(word) && !self.has(key));
        begun(word, known).filter(|_| word.len() >= shortest)
    }

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
                && self.near(entry).is_none()
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

    /// Reports a key of which only the beginning is there, which may be that of several.
    fn begun_of_several(&self, entry: &Entry) -> Option<Diagnostic> {
        let is_meant = |key: &&&str| is_begun(entry, key) && !self.has(key);
        let mut meant: Vec<String> =
            self.asked.iter().filter(is_meant).map(|key| format!("`{key}: …`")).collect();
        meant.sort_unstable();
        meant.dedup();
        let name = shown(&entry.key.value);
        let found = Diagnostic::error(
            &codes::EMPTY_VALUE,
            entry.key.span,
            format!("`{name}` has no value"),
        )
        .label("no more than the beginning of a key");
        let last = meant.pop()?;
        Some(found.help(match meant.is_empty() {
            true => format!("did you mean {last}?"),
            false => format!("did you mean {} or {last}?", meant.join(", ")),
        }))
    }

    /// The key that stands in place of the value of one that nobody has asked for.
    fn exchanged(&self, entry: &Entry) -> Option<&'static str> {
        let mut asked = self.asked.iter().copied();
        asked.find(|key| is_exchanged(entry, key) && !self.has(key))
    }

    /// Whether the value of a key is a text for readers, in which there may be commas.
    fn is_text(&self, entry: &Entry) -> bool {
        let kind = table::kind(self.what);
        let mut keys = kind.iter().flat_map(|kind| kind.keys);
        let value = keys.find(|(key, ..)| *key == entry.key.value).map(|(_, value, _)| value);
        let documented = entry.value.as_scalar().is_some_and(|it| it.text.contains(" -- "));
        documented || matches!(value, None | Some(Held::Of("text" | "sentence")))
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
                // What is there already is hardly meant by a word that is not quite like it.
                None => self.near(entry).filter(|near| !self.has(near) || is_slip(near, key)),
            };
            let there = near.filter(|near| self.has(near));
            if near.is_none()
                && instead.is_none()
                && let Some(found) = self.begun_of_several(entry)
            {
                diagnostics.push(found);
                continue;
            }
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
                    let before = before.filter(|before| self.is_text(before));
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
            let is_strange = near.is_none() && instead.is_none();
            let exchanged = is_strange.then(|| self.exchanged(entry)).flatten();
            diagnostic = match (near, instead) {
                _ if there.is_some() => {
                    let near = near.unwrap_or_default();
                    diagnostic.help(format!("`{near}` stands here already: delete one of them"))
                }
                // With the key alone it would not be right either.
                (Some(near), _) if is_alone(entry) => {
                    diagnostic.help(format!("did you mean `{near}: …`, with a value?"))
                }
                (Some(near), _) => {
                    let found = diagnostic.help(format!("did you mean `{near}`?"));
                    if self.holds(near, entry) { found.patch(entry.key.span, near) } else { found }
                }
                (None, Some(Instead::Means(_, help) | Instead::Way(help))) => diagnostic.help(help),
                (None, None) if let Some(meant) = exchanged => {
                    let mended = format!("{meant}: {}", flow_text(&entry.key.value));
                    let help = format!("key and value have changed places: `{}`", shown(&mended));
                    diagnostic.help(help).patch(entry.key.span.to(entry.value.span), mended)
                }
                (None, _) => {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    diagnostic.help(format!("known keys are {}", quoted_list(&known)))
                }
            };
            if is_strange && exchanged.is_none() {
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
