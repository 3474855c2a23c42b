//! Reading the keys of a mapping: each key is asked for once, and what nobody asked for is an error.

use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node, Value};

/// The keys of one mapping while it is being read.
pub(crate) struct Keys<'n> {
    /// What is being read, as in "a method".
    what: &'static str,
    entries: &'n [Entry],
    taken: Vec<bool>,
    asked: Vec<&'static str>,
}

impl<'n> Keys<'n> {
    /// Starts to read `node`, which has to be a mapping.
    pub(crate) fn open(
        what: &'static str,
        node: &'n Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let entries = mapping(what, node, diagnostics)?;
        Some(Self { what, entries, taken: vec![false; entries.len()], asked: Vec::new() })
    }

    /// The entry of `key`, null or not.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.asked.push(key);
        let index = self.entries.iter().position(|entry| entry.key.value == key)?;
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
    pub(crate) fn doc(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        let node = self.node(key, diagnostics)?;
        warn_of_comment(node, diagnostics);
        text(key, node, diagnostics)
    }

    /// The value of `key` as true or false; absent is false.
    pub(crate) fn flag(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> bool {
        let Some(value) = self.text(key, diagnostics) else { return false };
        match value.value.as_str() {
            "true" => true,
            "false" => false,
            other => {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::WRONG_KIND,
                        value.span,
                        format!("`{key}` is true or false, found `{other}`"),
                    )
                    .label("expected `true` or `false`"),
                );
                false
            }
        }
    }

    /// The texts of `key`: a list of texts, or one text.
    pub(crate) fn texts(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Text> {
        self.node(key, diagnostics).map_or_else(Vec::new, |node| texts(key, node, diagnostics))
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

    /// Reports that `key` is missing.
    pub(crate) fn missing(&self, key: &str, span: Span, help: &str, diagnostics: &mut Diagnostics) {
        diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                span,
                format!("{} has no `{key}`", self.what),
            )
            .label(format!("`{key}` is missing"))
            .help(help),
        );
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        for (entry, _) in self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_KEY,
                entry.key.span,
                format!("{} has no key `{}`", self.what, entry.key.value),
            )
            .label("unknown key");
            diagnostic = match nearest(&entry.key.value, self.asked.iter().copied()) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .patch(entry.key.span, near),
                None => {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    diagnostic.help(format!("known keys are {}", quoted_list(&known)))
                }
            };
            diagnostics.push(diagnostic);
        }
    }
}

/// `a`, `b` and `c`.
pub(crate) fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The value of an entry, which must not be null: a comma inside `{ }` ends a value, and what follows
/// becomes a key with nothing, in silence.
pub(crate) fn present<'n>(entry: &'n Entry, diagnostics: &mut Diagnostics) -> Option<&'n Node> {
    if !matches!(entry.value.value, Value::Null) {
        return Some(&entry.value);
    }
    diagnostics.push(
        Diagnostic::error(
            &codes::EMPTY_VALUE,
            entry.key.span,
            format!("`{}` has no value", entry.key.value),
        )
        .label("a value is missing after this key")
        .help("a comma ends a value inside { }; put a text with commas in quotes"),
    );
    None
}

/// The entries of a mapping, or an error that says what stands there instead.
pub(crate) fn mapping<'n>(
    what: &str,
    node: &'n Node,
    diagnostics: &mut Diagnostics,
) -> Option<&'n [Entry]> {
    if let Value::Mapping(entries) = &node.value {
        return Some(entries);
    }
    wrong_kind(what, "a mapping", node, diagnostics);
    None
}

/// The text of a scalar.
pub(crate) fn text(what: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Text> {
    if let Value::Scalar(scalar) = &node.value {
        return Some(Spanned::new(scalar.text.clone(), node.span));
    }
    wrong_kind(what, "a text", node, diagnostics);
    None
}

/// The texts of a list, or of one scalar.
pub(crate) fn texts(what: &str, node: &Node, diagnostics: &mut Diagnostics) -> Vec<Text> {
    match &node.value {
        Value::Sequence(items) => {
            items.iter().filter_map(|item| text(what, item, diagnostics)).collect()
        }
        Value::Scalar(_) => text(what, node, diagnostics).into_iter().collect(),
        _ => {
            wrong_kind(what, "a list of texts", node, diagnostics);
            Vec::new()
        }
    }
}

/// Reports that something else stands where `expected` should.
pub(crate) fn wrong_kind(what: &str, expected: &str, node: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::error(
            &codes::WRONG_KIND,
            node.span,
            format!("`{what}` is {expected}, found {}", node.kind()),
        )
        .label(format!("expected {expected}")),
    );
}

/// Warns when a comment cuts a documentation text short.
pub(crate) fn warn_of_comment(node: &Node, diagnostics: &mut Diagnostics) {
    if let Some(comment) = node.comment_after {
        diagnostics.push(
            Diagnostic::warning(
                &codes::COMMENT_AFTER_DOC,
                comment,
                "a comment stands straight after a documentation text",
            )
            .label("not part of the text")
            .help("put the text in quotes if the ` #` belongs to it, the comment on a line of its own if not"),
        );
    }
}
