//! The members of an object in an example.

use std::collections::{BTreeMap, BTreeSet};

use super::super::among;
use super::{Direction, ELISION, Walk, hints, member};
use crate::diag::{Diagnostic, Mark, codes, is_slip, nearest};
use crate::format::flow;
use crate::ir::{Among, Constant, Field, Presence};
use crate::json_text::json_text;
use crate::parse::{lacks_colon, no_colon, quoted_list, shown};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// What is said of further examples with the same member.
const AGAIN: &str = "another example has it";

/// So many of several places are pointed at.
const SHOWN: usize = 3;

impl Walk<'_> {
    /// Checks the members of an object.
    pub(in crate::check) fn members(
        &mut self,
        node: &Node,
        fields: &[Field],
        constants: &[Constant],
        open: bool,
    ) {
        let Some(entries) = node.as_mapping() else {
            self.mismatch_of(node, "an object", |found| match node.as_sequence() {
                Some(items) if !items.is_empty() => {
                    found.help("if the service sends a list, the type is `list<…>`")
                }
                _ => found,
            });
            return;
        };
        // The tag of a union stands beside the members of its variant.
        let tag = self.tag.take();
        let skip = |entry: &&Entry| {
            entry.key.value != ELISION && tag.as_ref().is_none_or(|tag| entry.key.value != *tag)
        };
        let known = by_name(fields);
        // One that is only misspelt is there, and reported by the name it has.
        let mut there: BTreeSet<&str> = BTreeSet::new();
        let mut strangers: Vec<Diagnostic> = Vec::new();
        let mut misspelt: Vec<(&Entry, &str, Diagnostic)> = Vec::new();
        let mut undeclared: Vec<&Entry> = Vec::new();
        for entry in entries.iter().filter(skip) {
            let name = &entry.key.value;
            let field = known.get(name.as_str()).copied();
            there.extend(field.map(|field| field.wire.as_str()));
            match field {
                Some(field) => self.inside(&member(name), |walk| walk.member(entry, field)),
                None if open => undeclared.push(entry),
                None if constants.iter().any(|constant| constant.wire == *name) => {
                    self.constant(entry, constants);
                }
                None => {
                    let (stray, meant) = self.undeclared(entry, fields, misspelt.len());
                    match meant {
                        Some(meant) => {
                            there.insert(meant.wire.as_str());
                            if !meant.unsure || *stray.code != codes::EXAMPLE_MEMBER {
                                misspelt.push((entry, meant.wire.as_str(), stray));
                            }
                        }
                        None => strangers.push(stray),
                    }
                }
            }
        }
        self.spelt_otherwise(node, misspelt);
        for entry in undeclared {
            let absent = || fields.iter().filter(|field| !there.contains(field.wire.as_str()));
            self.near(entry, absent());
        }
        let elided = entries.iter().any(|entry| entry.key.value == ELISION);
        let is_tag = |field: &Field| tag.as_ref().is_some_and(|tag| field.wire == *tag);
        let required = |field: &&Field| match field.presence {
            _ if elided || field.unsure || is_tag(field) => false,
            Presence::Required | Presence::Nullable => true,
            Presence::WriteOnly | Presence::WriteNullable => self.direction == Direction::Request,
            _ => false,
        };
        let is_missing = |field: &&Field| !there.contains(field.wire.as_str());
        let missing: Vec<&Field> = fields.iter().filter(required).filter(is_missing).collect();
        // One that could not be read may have another name as well.
        let unread = fields.iter().filter(|field| field.unsure).filter(is_missing).count();
        let mut strangers = strangers.into_iter().skip(unread);
        // Of another kind is what lacks members, and what has none that are known.
        let none_known = there.is_empty() && strangers.len() > 1;
        match (strangers.next(), missing.as_slice()) {
            (Some(stranger), [_, ..]) => {
                let whole = self.path == "$" && self.direction == Direction::Answer;
                let stranger = hints::unwrapped(stranger, node, &missing, whole, self.delivered);
                self.another(stranger, strangers, &missing);
            }
            (Some(stranger), []) if none_known => self.another(stranger, strangers, &[]),
            (stranger, _) => {
                self.missing(node, &missing);
                self.diagnostics.extend(stranger.into_iter().chain(strangers));
            }
        }
    }

    /// Reports members that have nearly the names of declared ones; as one mistake, where all of them only have other
    /// capitals and separators.
    fn spelt_otherwise(&mut self, node: &Node, misspelt: Vec<(&Entry, &str, Diagnostic)>) {
        let letters = |name: &str| -> String {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let same = misspelt.iter().all(|(it, meant, _)| letters(&it.key.value) == letters(meant));
        let names: Vec<(Span, &str)> =
            misspelt.iter().map(|(entry, meant, _)| (entry.key.span, *meant)).collect();
        let mut found = misspelt.into_iter().map(|(_, _, found)| found);
        let first = found.next();
        if !same || names.len() < 2 {
            self.diagnostics.extend(first.into_iter().chain(found));
            return;
        }
        let Some(mut first) = first else { return };
        first.patch = None;
        let first = found.fold(first, |it, other| it.related(other.span, "nor is this"));
        let meant: Vec<&str> = names.iter().map(|(_, meant)| *meant).collect();
        let first = first.help(format!("members are called {}, as declared", quoted_list(&meant)));
        self.diagnostics.push(match renamed(node, &names).filter(|_| self.patches && !self.raw) {
            Some(mended) => first.patch(node.span, mended),
            None => first,
        });
    }

    /// Warns of what is kept undeclared if its name is nearly that of a field which is absent.
    fn near<'f>(&mut self, entry: &Entry, mut absent: impl Iterator<Item = &'f Field>) {
        let name = &entry.key.value;
        let Some(field) = absent.find(|field| is_slip(name, &field.wire)) else { return };
        let found = Diagnostic::warning(
            &codes::EXAMPLE_NEAR,
            entry.key.span,
            format!(
                "`{}{}` is not declared, and `{}` is",
                self.path,
                member(name),
                shown(&field.wire)
            ),
        )
        .label("kept without a type")
        .related(field.span, "declared here")
        .help("if both are the same, correct the name that is misspelt")
        .about([name, &field.wire])
        .alike(AGAIN);
        self.diagnostics.push(found);
    }

    /// Reports an object that has other members than it should, which is one matter: it may be one of another kind.
    fn another(
        &mut self,
        mut first: Diagnostic,
        others: impl ExactSizeIterator<Item = Diagnostic>,
        missing: &[&Field],
    ) {
        match missing {
            [] => first.notes.push("no member of this object is one of the model".to_owned()),
            missing => first.notes.push(self.lack(missing)),
        }
        // What has several names has probably one more.
        if let ([field], 0) = (missing, others.len())
            && !field.also.is_empty()
        {
            let name = shown(&field.wire);
            first.help = Some(format!("if it is another name of `{name}`, add it to `also` there"));
        }
        // It may be one of another kind because it is declared so.
        let declared = self.declared.filter(|_| !self.path.ends_with(']'));
        let first = declared.into_iter().fold(first, |it, at| it.related(at, "declared here"));
        let more = others.len().saturating_sub(SHOWN);
        let others = others.take(SHOWN);
        let mut first = others.fold(first, |it, other| it.related(other.span, "nor is this"));
        if more > 0 {
            first.notes.push(format!("nor are {more} more"));
        }
        self.diagnostics.push(always_there(first, missing));
    }

    /// What is missing, in words.
    fn lack(&self, fields: &[&Field]) -> String {
        if let [field] = fields {
            return format!("`{}{}` is missing", self.path, member(&field.wire));
        }
        let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
        format!("`{}` lacks {}", self.path, quoted_list(&names))
    }

    /// Reports what a sample leaves out, which is one matter however much it is.
    fn missing(&mut self, node: &Node, fields: &[&Field]) {
        let help = match fields {
            [] => return,
            [field] => format!(
                "make it `{}?`, or add the key `{ELISION}` if it was left out to be short",
                field.wire
            ),
            _ => format!(
                "end the names of those that may be absent with `?`, or add the key `{ELISION}` if \
                 they were left out to be short"
            ),
        };
        let message = self.lack(fields);
        let diagnostic = Diagnostic::error(&codes::EXAMPLE_MISSING, node.span, message).help(help);
        let names = fields.iter().map(|field| field.wire.clone());
        // What lacks one member is not what matters, wherever it stands.
        let whole = if fields.len() == 1 { String::new() } else { self.own_member() };
        let diagnostic = diagnostic.about([whole].into_iter().chain(names));
        self.diagnostics.push(always_there(diagnostic, fields).alike("and here"));
    }

    /// Checks how many of some members there are, if nothing has been found of them since `before`.
    pub(in crate::check) fn among(
        &mut self,
        node: &Node,
        fields: &[Field],
        rules: &[Among],
        before: Mark,
    ) {
        let Some(entries) = node.as_mapping() else { return };
        if self.diagnostics.errors_since(before) {
            return;
        }
        let whole = !entries.iter().any(|entry| entry.key.value == ELISION);
        let is_there = |name: &str| {
            let field = fields.iter().find(|field| field.wire == name);
            entries.iter().any(|entry| {
                let key = &entry.key.value;
                let named = key == name || field.is_some_and(|field| field.also.contains(key));
                named && !entry.value.is_null()
            })
        };
        among::check(rules, is_there, whole, (&self.path, node.span), self.diagnostics);
    }

    /// Checks a member that is always sent with the same value.
    fn constant(&mut self, entry: &Entry, constants: &[Constant]) {
        let found = entry.value.as_scalar().map(|scalar| scalar.text.as_str());
        let constant = constants.iter().find(|constant| constant.wire == entry.key.value);
        if let Some(constant) = constant
            && let value = constant.value.to_string()
            && found != Some(value.as_str())
        {
            let found = Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                entry.value.span,
                format!("`{}{}` is always `{value}`", self.path, member(&entry.key.value)),
            )
            .label("another value")
            .related(constant.span, "as declared here");
            let found = found.about(["constant", &entry.key.value, &value]);
            self.diagnostics.push(found.alike("another value, too"));
        }
    }

    /// What to say about a member that is not declared, with the field that was probably meant; `before` were found
    /// in the same object.
    fn undeclared<'f>(
        &self,
        entry: &Entry,
        fields: &'f [Field],
        before: usize,
    ) -> (Diagnostic, Option<&'f Field>) {
        let name = &entry.key.value;
        if let Some(field) = fields.iter().find(|field| lacks_colon(entry, &field.wire)) {
            return (no_colon(entry, &field.wire), Some(field));
        }
        let mut diagnostic = Diagnostic::error(
            &codes::EXAMPLE_MEMBER,
            entry.key.span,
            format!("`{}{}` is not declared", self.path, member(name)),
        )
        .about([name])
        .label("the model has no such member");
        if let Some(model) = self.model {
            diagnostic = diagnostic.related(model, "the model");
        }
        let known = fields.iter().map(|field| field.wire.as_str());
        let near = self.diagnostics.guesses(before).then(|| nearest(name, known)).flatten();
        let near = near.and_then(|near| fields.iter().find(|field| field.wire == near));
        diagnostic = match near {
            Some(field) => {
                let near = field.wire.as_str();
                let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                // What has several names may lack this one.
                let several = !field.also.is_empty();
                let diagnostic = if several { diagnostic.alike(AGAIN) } else { diagnostic };
                let place = entry.key.span;
                match ((place.end - place.start) as usize).checked_sub(name.len()) {
                    Some(0) if self.patches => diagnostic.patch(place, near),
                    // In quotes, as in JSON.
                    Some(2) if self.patches => diagnostic.patch(place, json_text(near)),
                    _ => diagnostic,
                }
            }
            None if name.starts_with("//") => {
                diagnostic.help("a comment begins with `# `; JSON has none")
            }
            None if self.model.is_some() => diagnostic
                .help("declare it in the model, or correct the example; a model of which members are left out on purpose says why in `incomplete`")
                .alike(AGAIN),
            None => diagnostic.help("declare it, or correct the example").alike(AGAIN),
        };
        (diagnostic, near)
    }
}

/// An object on one line with other names for some of its members.
fn renamed(node: &Node, names: &[(Span, &str)]) -> Option<String> {
    let entries = node.as_mapping()?;
    // A mapping on lines of its own begins with its first key.
    if entries.first()?.key.span.start == node.span.start {
        return None;
    }
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        if let Some((_, meant)) = names.iter().find(|(span, _)| *span == entry.key.span) {
            (*meant).clone_into(&mut entry.key.value);
        }
    }
    Some(flow(&Node { value: Value::Mapping(entries), ..node.clone() }))
}

/// Points at fields that are always there, the first few of them.
fn always_there(diagnostic: Diagnostic, fields: &[&Field]) -> Diagnostic {
    let places = fields.iter().take(SHOWN).map(|field| field.span);
    places.fold(diagnostic, |diagnostic, place| {
        diagnostic.related(place, "always there, as declared here")
    })
}

/// Fields by all names under which they are read.
fn by_name(fields: &[Field]) -> BTreeMap<&str, &Field> {
    let names = fields.iter().flat_map(|field| {
        let also = field.also.iter().map(String::as_str);
        also.chain([field.wire.as_str()]).map(move |name| (name, field))
    });
    names.collect()
}
