//! What can stand at a place of a specification, for editors: keys with their documentation, types, and names of what
//! is defined. What is known of the language comes from the table that the schema is made of.

mod expect;
mod keys;
mod spot;
#[cfg(test)]
mod tests;
mod types;

use std::collections::HashSet;

use crate::diag::Diagnostics;
use crate::parse::VERBS;
use crate::schema::kind::{Named, Value};
use crate::source::{FileId, Span};
use crate::symbols::{Kind, Symbols};
use crate::yaml::{self, Node};
use expect::Expected;
use spot::{Spot, Step};

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A key of the language, or of what is defined here.
    Key,
    /// A word of the language.
    Word,
    /// A type of the language.
    Type,
    /// The name of something.
    Name(Kind),
}

/// Something that can stand at the place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// What is shown and, unless something else is said, written.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// A few words beside it.
    pub detail: String,
    /// A sentence about it.
    pub doc: String,
    /// What it is.
    pub offer: Offer,
}

impl Suggestion {
    fn new(offer: Offer, label: impl Into<String>) -> Self {
        let label = label.into();
        let insert = label.clone();
        Self { label, insert, detail: String::new(), doc: String::new(), offer }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }
}

/// What can stand at a place.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Completion {
    /// Where the word begins that is replaced, up to the place.
    pub start: usize,
    /// What can stand there, in the order of the language.
    pub suggestions: Vec<Suggestion>,
}

/// Finds what can stand at `offset` of a file that is perhaps being written; `symbols` are those of its specification as it
/// was when it was last read.
#[must_use]
pub fn complete(text: &str, offset: usize, symbols: &Symbols, file: FileId) -> Completion {
    let mut completion = Completion { start: offset, suggestions: Vec::new() };
    let mut known = HashSet::new();
    for spot in spot::find(text, offset) {
        let names = Names { symbols, file, spot: &spot };
        let (word, found) = if spot.key { names.keys(text, offset) } else { names.value() };
        for one in found {
            if known.insert(one.label.clone()) {
                completion.suggestions.push(one);
                completion.start = offset.saturating_sub(word.len());
            }
        }
    }
    completion
}

/// What the language has at `offset`: a key or a type, and its documentation.
#[must_use]
pub fn describe(text: &str, offset: usize) -> Option<(Span, String)> {
    let root = yaml::parse(FileId::default(), text, &mut Diagnostics::default()).node?;
    let at = u32::try_from(offset).ok()?;
    let (path, found) = spot::around(&root, at)?;
    if let spot::Around::Key(key) = found {
        let doc = expect::at(&root, &path).key(&key.value)?.2;
        return Some((key.span, format!("`{}`: {doc}", key.value)));
    }
    let is_type = expect::at(&root, &path).values.iter().any(|value| match value {
        Value::Name(named) => named.is_type(),
        _ => false,
    });
    let (word, from) = if is_type { spot::word_around(text, offset)? } else { return None };
    let doc = types::doc(word)?;
    let start = u32::try_from(from).ok()?;
    let span = Span::new(FileId::default(), start, start + u32::try_from(word.len()).ok()?);
    Some((span, format!("`{word}`: {doc}")))
}

/// What there is to be named.
struct Names<'a> {
    symbols: &'a Symbols,
    file: FileId,
    spot: &'a Spot,
}

impl Names<'_> {
    /// What a value can be, and the word before the place.
    fn value(&self) -> (&str, Vec<Suggestion>) {
        let before = self.spot.before.as_str();
        let expected = expect::at(&self.spot.root, &self.spot.path);
        let mut found = Vec::new();
        for value in &expected.values {
            match value {
                Value::Words(words) | Value::WordOrWords(words, _) => {
                    found.extend(
                        words
                            .iter()
                            .map(|(word, doc)| Suggestion::new(Offer::Word, *word).doc(*doc)),
                    );
                }
                Value::Name(named) | Value::Names(named) => {
                    let list = matches!(value, Value::Names(_));
                    found.extend(self.named(*named, list, &expected));
                }
                _ => {}
            }
        }
        let types = expected.values.iter().any(|value| match value {
            Value::Name(named) => named.is_type(),
            _ => false,
        });
        let word = if types { types::word(before) } else { last_word(before) };
        // A type in whose way something stands already is not meant.
        let before = before.strip_suffix(word).unwrap_or(before);
        if let Some((Step::Key(key), outer)) = self.spot.path.split_last() {
            let outer = expect::at(&self.spot.root, outer);
            let fits = |one: &Suggestion| {
                one.offer == Offer::Word
                    || !outer.clash(key, &format!("{before}{}", one.label), &self.spot.beside)
            };
            found.retain(fits);
        }
        (word, found)
    }

    fn named(&self, named: Named, list: bool, expected: &Expected) -> Vec<Suggestion> {
        let before = self.spot.before.as_str();
        match named {
            _ if named.is_type() => self.types(named),
            Named::Route => self.route(),
            Named::Model => self.of_kind(Kind::Model),
            Named::Auth => {
                let none = Suggestion::new(Offer::Word, "none").doc("No credentials.");
                let mut found = self.of_kind(Kind::Auth);
                found.extend((!list && !expected.within("auth")).then_some(none));
                found
            }
            Named::TokenAuth => {
                let words = [
                    ("form", "The id and the secret of the client, in the form."),
                    ("none", "The id of the client alone."),
                ];
                let words = words.map(|(word, doc)| Suggestion::new(Offer::Word, word).doc(doc));
                words.into_iter().chain(self.of_kind(Kind::Auth)).collect()
            }
            Named::Opened => self.opened(),
            Named::SentAs => self.alternatives(&["body", "body?"]),
            Named::ReadAs => self.alternatives(&["returns"]),
            Named::Server => self.of_kind(Kind::Server),
            Named::Pager => self.of_kind(Kind::Pager),
            // Behind the name stands a place in the source.
            Named::Source if before.contains(' ') => Vec::new(),
            Named::Source => self.of_kind(Kind::Source),
            Named::Use => self.of_kind(Kind::Use),
            Named::PathType => self.of_kind(Kind::PathType),
            Named::Method => self.methods(),
            Named::Field => self.fields(None),
            Named::Base => {
                let base = self.spot.value_beside("like").unwrap_or_default();
                let mut found = self.fields(Some(base));
                let optional =
                    matches!(self.spot.path.last(), Some(Step::Key(key)) if key == "optional");
                found.extend(optional.then(|| Suggestion::new(Offer::Word, "all")));
                found
            }
            _ => Vec::new(),
        }
    }

    fn of_kind(&self, kind: Kind) -> Vec<Suggestion> {
        let visible = self.symbols.visible(self.file).filter(|(_, symbol)| symbol.kind == kind);
        visible
            .map(|(name, symbol)| {
                Suggestion::new(Offer::Name(kind), name).detail(&symbol.detail).doc(&symbol.doc)
            })
            .collect()
    }

    /// Methods of the group at hand, without its name.
    fn methods(&self) -> Vec<Suggestion> {
        let Some(Step::Key(group)) = self.spot.path.get(1) else { return Vec::new() };
        let mut found = self.of_kind(Kind::Method);
        found.retain_mut(|one| {
            let own = one.label.split_once('.').filter(|(known, _)| known == group);
            let own = own.map(|(_, method)| method.to_owned());
            own.map(|method| (one.insert, one.label) = (method.clone(), method)).is_some()
        });
        found
    }

    /// Members of what the method answers with that begins a transaction.
    fn opened(&self) -> Vec<Suggestion> {
        let Some(Step::Key(group)) = self.spot.path.get(1) else { return Vec::new() };
        let open = format!("{group}.{}", self.spot.value_beside("open").unwrap_or_default());
        let mut visible = self.symbols.visible(self.file);
        let found = visible.find(|(name, it)| it.kind == Kind::Method && *name == open);
        let members = found.map_or(&[][..], |(_, symbol)| &symbol.members);
        // Members of members are of other models.
        let members = members.iter().filter(|_| !self.spot.before.contains('.'));
        members.map(|member| Suggestion::new(Offer::Key, member)).collect()
    }

    /// The alternatives that the method at hand has under one of the keys, whatever the status.
    fn alternatives(&self, keys: &[&str]) -> Vec<Suggestion> {
        let Some(Step::Key(method)) = self.spot.path.get(1) else { return Vec::new() };
        let method = self.spot.root.get("methods").and_then(|all| all.get(method));
        let stated = keys.iter().find_map(|key| method?.get(key));
        let entries = stated.and_then(Node::as_mapping).unwrap_or_default();
        let beside = entries.iter().map(|entry| &entry.value);
        let choices =
            stated.into_iter().chain(beside).filter_map(|node| node.get("any")?.as_mapping());
        let names = choices.flatten().map(|entry| &entry.key.value);
        names.map(|name| Suggestion::new(Offer::Name(Kind::Alternative), name)).collect()
    }

    /// Members of the model at hand, or of another one.
    fn fields(&self, model: Option<&str>) -> Vec<Suggestion> {
        let own = match self.spot.path.get(..2) {
            Some([Step::Key(section), Step::Key(name)]) if section == "models" => {
                Some(name.as_str())
            }
            _ => None,
        };
        let name = model.or(own).unwrap_or_default();
        let name = name.split('<').next().unwrap_or_default().trim();
        let mut visible = self.symbols.visible(self.file);
        let found = visible.find(|(known, it)| it.kind == Kind::Model && known == name);
        let members = found.map_or(&[][..], |(_, symbol)| &symbol.members);
        members.iter().map(|member| Suggestion::new(Offer::Key, member)).collect()
    }

    /// Verbs, then the names of placeholders.
    fn route(&self) -> Vec<Suggestion> {
        let before = self.spot.before.as_str();
        let open = before.rfind('{') > before.rfind('}') || before.ends_with('{');
        if open {
            return self.of_kind(Kind::PathType);
        }
        let verb = |verb: &&str| Suggestion::new(Offer::Word, *verb);
        if before.contains(' ') { Vec::new() } else { VERBS.iter().map(verb).collect() }
    }
}

/// What belongs to the word at the end of a text.
fn last_word(text: &str) -> &str {
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    text.rfind(end).map_or(text, |at| text[at..].trim_start_matches(end))
}

impl Named {
    pub(crate) fn is_type(self) -> bool {
        matches!(
            self,
            Self::Type
                | Self::Alias
                | Self::Member
                | Self::Parameter
                | Self::Plain
                | Self::Sent
                | Self::Part
                | Self::Variable
                | Self::Body
                | Self::Form
                | Self::Success
                | Self::Answer
                | Self::Alternative
                | Self::Error
                | Self::Event
                | Self::Delivered
                | Self::Failure
        )
    }
}
