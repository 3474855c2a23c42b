//! Reading the keys of a mapping: each key is asked for once, and what nobody asked for is an error.

mod unknown;

use super::super::elsewhere;
use super::{
    is_begun, is_exchanged, is_plain, lacks_colon, mapping, not_allowed, present, says_something,
    shown, subject, text, texts, warn_of_comment, wrong_subject,
};
use crate::ast::Text;
use crate::diag::{Allowed, Diagnostic, Diagnostics, codes, nearest};
use crate::format::flow_text;
use crate::schema::table;
use crate::source::Span;
use crate::yaml::{Entry, Node, Style, Value};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// From how many keys on they are looked up, and not gone through.
const MANY: usize = 64;

/// The keys of one mapping while it is being read.
pub(crate) struct Keys<'n> {
    /// What is being read, as in "a method".
    what: &'static str,
    entries: &'n [Entry],
    /// Whether they stand in `{ }`.
    flow: bool,
    taken: Vec<bool>,
    asked: Vec<&'static str>,
    /// What is missing, as long as no unknown key has been found that may be it.
    missing: Vec<Diagnostic>,
    /// All keys, once somebody has asked for one of very many.
    names: OnceCell<BTreeSet<&'n str>>,
}

impl<'n> Keys<'n> {
    /// Starts to read `node`, which has to be a mapping.
    pub(crate) fn open(
        what: &'static str,
        node: &'n Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            wrong_subject(&subject(what), "a mapping", node, diagnostics);
            return None;
        };
        // A mapping on lines of its own begins with its first key.
        let flow = entries.first().is_some_and(|entry| entry.key.span.start > node.span.start);
        Some(Self {
            what,
            entries,
            flow,
            taken: vec![false; entries.len()],
            asked: Vec::new(),
            missing: Vec::new(),
            names: OnceCell::new(),
        })
    }

    /// The entry of `key`, null or not.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.asked.push(key);
        let found = self.entries.iter().position(|entry| entry.key.value == key);
        #[cfg(test)]
        crate::parse::asked::note(self.what, key, found.is_some());
        let index = found?;
        self.taken[index] = true;
        Some(&self.entries[index])
    }

    /// The value of `key`, which must not be null.
    pub(crate) fn node(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'n Node> {
        let entry = self.entry(key)?;
        present(entry, diagnostics)
    }

    /// The text of `key`.
    pub(crate) fn text(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        text(key, self.node(key, diagnostics)?, diagnostics)
    }

    /// The documentation text of `key`, about which a comment straight after it is a warning.
    pub(crate) fn doc(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Text> {
        let node = self.node(key, diagnostics)?;
        warn_of_comment(node, diagnostics);
        text(key, node, diagnostics).filter(says_something)
    }

    /// The value of `key` as true or false; absent is false.
    pub(crate) fn flag(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> bool {
        self.flag_or(key, false, diagnostics)
    }

    /// The value of `key` as true or false.
    pub(crate) fn flag_or(
        &mut self,
        key: &'static str,
        absent: bool,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let Some(node) = self.node(key, diagnostics) else { return absent };
        if node.as_scalar().is_none() {
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    node.span,
                    format!("`{key}` is true or false, found {}", node.kind()),
                )
                .label("expected `true` or `false`")
                .help(format!("say `{key}: true`, or leave it out where it is not so")),
            );
            return absent;
        }
        let Some(value) = text(key, node, diagnostics) else { return absent };
        match value.value.as_str() {
            "true" => true,
            "false" => false,
            other => {
                let found = Diagnostic::error(
                    &codes::WRONG_KIND,
                    value.span,
                    format!("`{key}` is true or false, found `{}`", shown(other)),
                )
                .label("expected `true` or `false`");
                let meant = match other.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" | "1" | "true" => Some("true"),
                    "no" | "off" | "n" | "0" | "false" => Some("false"),
                    _ => None,
                };
                diagnostics.push(match meant {
                    Some(meant) => {
                        found.help(format!("did you mean `{meant}`?")).patch(value.span, meant)
                    }
                    None if other.contains(' ') => {
                        let mended = format!("true, doc: {}", flow_text(other));
                        let found = found.help(format!(
                            "the words belong to `doc`: `{key}: {}`",
                            shown(&mended)
                        ));
                        // What stands on lines of its own has no commas.
                        match self.flow && !self.has("doc") {
                            true => found.patch(value.span, mended),
                            false => found,
                        }
                    }
                    None => found.help("leave it out where it is not so"),
                });
                absent
            }
        }
    }

    /// The texts of `key`: a list of texts, or one text.
    pub(crate) fn texts(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Text> {
        match self.torn_list(key, diagnostics) {
            Some(list) => list,
            None => self
                .node(key, diagnostics)
                .map_or_else(Vec::new, |node| texts(key, node, diagnostics)),
        }
    }

    /// The texts of a `key` with a list that has no brackets, `without: id, placed`, which the commas have made keys.
    pub(crate) fn torn_list(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Text>> {
        let list = self.torn_rest(key)?;
        let [first, rest @ ..] = list.as_slice() else { return None };
        let texts: Vec<&str> = list.iter().map(|text| text.value.as_str()).collect();
        let mended = format!("[{}]", texts.join(", "));
        diagnostics.push(
            Diagnostic::error(
                &codes::EMPTY_VALUE,
                rest[0].span,
                format!("`{}` has no value", shown(&rest[0].value)),
            )
            .label("a comma ends a value inside { }, so that this is a key")
            .related(first.span, format!("the value of `{key}` ends here"))
            .help(format!("several of them stand in brackets: `{key}: {}`", shown(&mended)))
            .patch(rest.iter().fold(first.span, |whole, it| whole.to(it.span)), mended),
        );
        Some(list)
    }

    /// What stands between the commas of a text that they have torn, of which all but the first have become keys. They
    /// count as read then.
    pub(crate) fn torn_rest(&mut self, key: &'static str) -> Option<Vec<Text>> {
        let at = self.entries.iter().position(|entry| entry.key.value == key)?;
        let entry = &self.entries[at];
        let first = entry.value.as_scalar().filter(|it| self.flow && it.style == Style::Plain)?;
        let known = |entry: &Entry| {
            let is = |known: &str| entry.key.value == known || lacks_colon(entry, known);
            table::kind(self.what).is_some_and(|kind| kind.keys.iter().any(|(known, ..)| is(known)))
        };
        let is_rest = |next: &&Entry| {
            matches!(next.value.value, Value::Null)
                && is_plain(&next.key)
                && !known(next)
                && !next.key.value.contains(' ')
        };
        // Where nobody makes words up, the last is the key that is being typed if it begins one.
        let is_typed = |next: &&Entry| {
            matches!(key, "format" | "as")
                && self.entries.last().is_some_and(|last| std::ptr::eq(last, *next))
                && table::kind(self.what).is_some_and(|kind| {
                    let mut keys = kind.keys.iter();
                    keys.any(|(known, ..)| is_begun(next, known) && !self.has(known))
                })
        };
        let is_rest = |next: &&Entry| is_rest(next) && !is_typed(next);
        let rest: Vec<&Entry> = self.entries[at + 1..].iter().take_while(is_rest).collect();
        if rest.is_empty() {
            return None;
        }
        let mut parts = vec![Text { value: first.text.clone(), span: entry.value.span }];
        parts.extend(rest.iter().map(|entry| entry.key.clone()));
        self.taken[at..=at + rest.len()].fill(true);
        self.asked.push(key);
        Some(parts)
    }

    /// The entries of the mapping at `key`.
    pub(crate) fn entries(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> &'n [Entry] {
        self.node(key, diagnostics)
            .and_then(|node| mapping(key, node, diagnostics))
            .unwrap_or_default()
    }

    /// The entries of the mapping at a `key` of a file, which others name.
    pub(crate) fn definitions(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> &'n [Entry] {
        self.note_unread(key, diagnostics);
        self.entries(key, diagnostics)
    }

    /// Takes note of a `key` of a file that is meant to be there and cannot be read.
    pub(crate) fn note_unread(&self, key: &str, diagnostics: &mut Diagnostics) {
        if self.is_unreadable(key) {
            diagnostics.lost.all_of(key);
            let there =
                self.entries.iter().zip(&self.taken).find(|(it, taken)| self.is(it, **taken, key));
            if let Some((entry, _)) = there {
                diagnostics.lost.section(key, entry.key.span);
            }
        }
    }

    /// Whether `key` is meant to be there, and no mapping is.
    pub(crate) fn is_unreadable(&self, key: &str) -> bool {
        let readable = self
            .entries
            .iter()
            .any(|entry| entry.key.value == key && entry.value.as_mapping().is_some());
        !readable && self.meant(key)
    }

    /// Reads `allow:` of an item, which silences warnings from the name of the item to its end.
    pub(crate) fn allow(&mut self, item: Span, diagnostics: &mut Diagnostics) {
        for entry in self.entries("allow", diagnostics) {
            let Some(reason) = present(entry, diagnostics) else { continue };
            let reason = text(&entry.key.value, reason, diagnostics);
            if let Some(reason) = reason.filter(|reason| reason.value.trim().is_empty()) {
                diagnostics.push(
                    Diagnostic::error(&codes::BAD_ALLOW, reason.span, "a reason is missing")
                        .help("say why this is as it should be, for whoever comes next"),
                );
            }
            match codes::ALL.iter().find(|code| code.id == entry.key.value) {
                Some(code) if code.id.starts_with('W') && **code != codes::USELESS_ALLOW => {
                    diagnostics.allow(Allowed { code, item, place: entry.key.span });
                }
                found => diagnostics.push(not_allowed(&entry.key, found.is_some())),
            }
        }
    }

    /// The entry of a key that is not asked for by that.
    pub(crate) fn peek(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// An entry with what separates it from the next one, which remains when it is deleted.
    pub(crate) fn up_to_next(&self, key: &str) -> Option<Span> {
        let at = self.entries.iter().position(|entry| entry.key.value == key)?;
        let (place, next) = (self.entries[at].key.span, self.entries.get(at + 1)?.key.span);
        Some(Span::new(place.file, place.start, next.start))
    }

    /// Whether nothing stands between two keys.
    pub(crate) fn are_neighbours(&self, one: &str, other: &str) -> bool {
        let at = |key: &str| self.entries.iter().position(|entry| entry.key.value == key);
        at(one).zip(at(other)).is_some_and(|(one, other)| one.abs_diff(other) == 1)
    }

    /// Whether what stands from one key to another one behind it has all been asked for.
    pub(crate) fn are_together(&self, first: &str, last: &str) -> bool {
        let at = |key: &str| self.entries.iter().position(|entry| entry.key.value == key);
        at(first).zip(at(last)).is_some_and(|(first, last)| {
            first <= last && self.taken[first..=last].iter().all(|taken| *taken)
        })
    }

    /// Whether nothing but these keys is there that nobody has asked for.
    pub(crate) fn rest_is(&self, keys: &[&str]) -> bool {
        let mut all = self.entries.iter().zip(&self.taken);
        all.all(|(entry, taken)| *taken || keys.contains(&entry.key.value.as_str()))
    }

    /// Whether every key that nobody has asked for `is` one.
    pub(crate) fn all_left(&self, is: impl Fn(&str) -> bool) -> bool {
        let mut all = self.entries.iter().zip(&self.taken);
        all.all(|(entry, taken)| *taken || is(&entry.key.value))
    }

    /// The first entry that nobody has asked for and whose key `is` one; it counts as read then.
    pub(crate) fn take_first(&mut self, is: impl Fn(&str) -> bool) -> Option<&'n Entry> {
        self.take_entry(|entry| is(&entry.key.value))
    }

    /// The first entry that is as asked for, which does not ask for its key.
    pub(crate) fn find(&self, is: impl Fn(&Entry) -> bool) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| is(entry))
    }

    /// The first entry that nobody has asked for and that is as asked for; it counts as read then.
    pub(crate) fn take_entry(&mut self, is: impl Fn(&Entry) -> bool) -> Option<&'n Entry> {
        let index = (0..self.entries.len())
            .find(|&index| !self.taken[index] && is(&self.entries[index]))?;
        self.taken[index] = true;
        Some(&self.entries[index])
    }

    /// What is being read, as the beginning of a sentence.
    fn subject(&self) -> String {
        subject(self.what)
    }

    /// Whether `key` stands here: readable or not, or misspelt, which is reported by itself.
    pub(crate) fn meant(&self, key: &str) -> bool {
        self.entries.iter().zip(&self.taken).any(|(entry, taken)| self.is(entry, *taken, key))
    }

    /// Whether an entry is `key`, or meant to be.
    fn is(&self, entry: &Entry, taken: bool, key: &str) -> bool {
        let found = entry.key.value.as_str();
        let other = || elsewhere::stands_for(self.what, found, key);
        found == key
            || !taken
                && (lacks_colon(entry, key)
                    || is_begun(entry, key)
                    || self.begun(entry) == Some(key)
                    || is_exchanged(entry, key)
                    || nearest(found, [key]).is_some()
                    || other())
    }

    /// Whether `key` stands here, readable or not.
    pub(crate) fn has(&self, key: &str) -> bool {
        if self.entries.len() < MANY {
            return self.entries.iter().any(|entry| entry.key.value == key);
        }
        let names = || self.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        self.names.get_or_init(names).contains(key)
    }

    /// Where `key` stands.
    pub(crate) fn span(&self, key: &str) -> Option<Span> {
        let found = self.entries.iter().find(|entry| entry.key.value == key);
        found.map(|entry| entry.key.span)
    }

    /// Whether one of the keys has been asked for.
    pub(crate) fn has_some(&self) -> bool {
        self.taken.contains(&true)
    }

    /// How many keys there are, readable or not.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is a key that nobody has asked for and that is no misspelt one: it may stand for any.
    pub(crate) fn has_strange(&self) -> bool {
        self.entries.iter().zip(&self.taken).any(|(entry, taken)| {
            let key = entry.key.value.as_str();
            let lacks = || self.asked.iter().any(|word| lacks_colon(entry, word));
            let known = || elsewhere::instead(self.what, key, &self.asked).is_some();
            !taken && !lacks() && !known() && self.near(entry).is_none()
        })
    }

    /// Whether there are keys that nobody has asked for so far.
    pub(crate) fn rest(&self) -> bool {
        self.taken.iter().any(|taken| !taken)
    }

    /// Whether what is left looks like members, `name: TYPE`, that belong one level deeper. They count as
    /// read then.
    pub(crate) fn take_members(&mut self) -> bool {
        self.take_member_entries().is_some()
    }

    /// The same, with these members.
    pub(crate) fn take_member_entries(&mut self) -> Option<Vec<&'n Entry>> {
        let left = self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        let mut left = left.map(|(entry, _)| entry).peekable();
        let known = |entry: &Entry| {
            let key = entry.key.value.as_str();
            elsewhere::instead(self.what, key, &self.asked).is_some() || self.near(entry).is_some()
        };
        let member = |entry: &Entry| match &entry.value.value {
            Value::Scalar(_) => true,
            Value::Mapping(_) => entry.value.get("type").is_some(),
            Value::Null | Value::Sequence(_) => false,
        };
        let some = left.peek().is_some();
        let left: Vec<&Entry> = left.collect();
        let found = some && left.iter().all(|it| member(it)) && !left.iter().all(|it| known(it));
        found.then(|| {
            self.taken.fill(true);
            left
        })
    }

    /// Whether what is left has nothing to do with the keys that are known. It counts as read then.
    pub(crate) fn take_values(&mut self) -> bool {
        let mut left =
            self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken).peekable();
        let some = left.peek().is_some();
        let found = some
            && left.all(|(entry, _)| {
                let key = entry.key.value.as_str();
                elsewhere::instead(self.what, key, &self.asked).is_none()
                    && self.near(entry).is_none()
            });
        if found {
            self.taken.fill(true);
        }
        found
    }

    /// Reports that `key` is missing, once all keys are known.
    pub(crate) fn missing(&mut self, key: &str, span: Span, help: &str) {
        if self.meant(key) {
            return;
        }
        self.missing.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                span,
                format!("{} has no `{key}`", self.subject()),
            )
            .label(format!("`{key}` is missing"))
            .help(help),
        );
    }
}
