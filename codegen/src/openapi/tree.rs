//! A document as a tree, written as YAML or as JSON.

use std::fmt::Write as _;

use crate::format::plain_text;
use crate::json_text::json_text;

/// A value of the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Text(String),
    /// A number, a boolean or null, as it is written.
    Literal(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Literal(value.to_string())
    }
}

impl From<Vec<Tree>> for Tree {
    fn from(items: Vec<Tree>) -> Self {
        Self::List(items)
    }
}

impl From<Map> for Tree {
    fn from(map: Map) -> Self {
        Self::Map(map.0)
    }
}

impl Tree {
    /// What a mapping has under a key.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The entries of a mapping.
    pub(super) fn entries_mut(&mut self) -> &mut [(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            Self::Text(_) | Self::Literal(_) | Self::List(_) => &mut [],
        }
    }

    /// The items of a list.
    pub(super) fn items_mut(&mut self) -> &mut [Self] {
        match self {
            Self::List(items) => items,
            Self::Text(_) | Self::Literal(_) | Self::Map(_) => &mut [],
        }
    }

    /// Adds an entry to the mapping under a key, which is made if it is not there.
    pub(super) fn add(&mut self, key: &str, name: &str, value: impl Into<Self>) {
        let Self::Map(entries) = self else { return };
        let known = entries.iter().position(|(known, _)| known == key);
        let known = known.unwrap_or_else(|| {
            entries.push((key.to_owned(), Self::Map(Vec::new())));
            entries.len() - 1
        });
        if let Self::Map(inner) = &mut entries[known].1 {
            inner.push((name.to_owned(), value.into()));
        }
    }
}

/// A mapping in the making, in the order in which it is read.
#[derive(Debug, Default)]
pub(super) struct Map(Vec<(String, Tree)>);

impl Map {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    pub(super) fn set(mut self, key: &str, value: impl Into<Tree>) -> Self {
        self.put(key, value);
        self
    }

    /// Adds an entry if there is a value.
    pub(super) fn maybe(self, key: &str, value: Option<impl Into<Tree>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Adds an entry if it is not empty.
    pub(super) fn some(self, key: &str, value: impl Into<Tree>) -> Self {
        match value.into() {
            Tree::List(items) if items.is_empty() => self,
            Tree::Map(entries) if entries.is_empty() => self,
            value => self.set(key, value),
        }
    }

    pub(super) fn put(&mut self, key: &str, value: impl Into<Tree>) {
        self.0.push((key.to_owned(), value.into()));
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn get(&self, key: &str) -> Option<&Tree> {
        self.0.iter().find(|(other, _)| other == key).map(|(_, value)| value)
    }

    /// The value of a key, if it is a text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Tree::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Adds the entries of another mapping whose keys are new.
    pub(super) fn with_new(mut self, other: Self) -> Self {
        for (key, value) in other.0 {
            if !self.contains(&key) {
                self.put(&key, value);
            }
        }
        self
    }

    /// Adds the entries of another mapping.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Says of a list that in XML there is an element around the items, which are called `item`.
    pub(super) fn wrapping(mut self, item: &str) -> Self {
        for (key, value) in &mut self.0 {
            if let ("items", Tree::Map(items)) = (key.as_str(), value) {
                items.push(("xml".to_owned(), Map::new().set("name", item).into()));
            }
        }
        self.set("xml", Map::new().set("wrapped", true))
    }

    /// Lets a schema with one `type` take null too; says whether it could.
    pub(super) fn make_nullable(&mut self) -> bool {
        // Any value fits a schema that says nothing.
        if self.0.is_empty() {
            return true;
        }
        for (key, value) in &mut self.0 {
            if key == "type" && matches!(value, Tree::Text(_)) {
                *value = Tree::List(vec![value.clone(), "null".into()]);
                return true;
            }
        }
        false
    }
}

/// The document as YAML.
pub(super) fn yaml(tree: &Tree) -> String {
    let mut out = String::new();
    block(tree, 0, &mut out);
    out
}

/// A value below its key or dash, or at the top.
fn block(tree: &Tree, indent: usize, out: &mut String) {
    match tree {
        Tree::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                // The first entry of an item stands behind its dash.
                if index > 0 || out.is_empty() || out.ends_with('\n') {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str(&plain_text(key));
                out.push(':');
                after_mark(value, indent + 2, out);
            }
        }
        Tree::List(items) => {
            for item in items {
                out.push_str(&" ".repeat(indent));
                out.push_str("- ");
                match item {
                    Tree::Map(entries) if !entries.is_empty() => block(item, indent + 2, out),
                    _ => {
                        out.pop();
                        after_mark(item, indent + 2, out);
                    }
                }
            }
        }
        Tree::Text(_) | Tree::Literal(_) => after_mark(tree, indent, out),
    }
}

/// A value behind `key:` or `-`.
fn after_mark(value: &Tree, indent: usize, out: &mut String) {
    match value {
        Tree::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Tree::List(items) if items.is_empty() => out.push_str(" []\n"),
        Tree::Map(_) | Tree::List(_) => {
            out.push('\n');
            block(value, indent, out);
        }
        Tree::Literal(text) => {
            let _ = writeln!(out, " {text}");
        }
        Tree::Text(text) if is_paragraphs(text) => {
            // `-` keeps the line break at the end away, which the text has not.
            out.push_str(" |-\n");
            for line in text.lines() {
                if !line.is_empty() {
                    out.push_str(&" ".repeat(indent));
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Tree::Text(text) => {
            let _ = writeln!(out, " {}", plain_text(text));
        }
    }
}

/// Whether a text of several lines can stand in a block as it is.
fn is_paragraphs(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && text.lines().all(|line| line.trim_end() == line)
        && text.chars().all(|c| c == '\n' || !c.is_control())
}

/// The document as JSON.
pub(super) fn json(tree: &Tree) -> String {
    let mut out = String::new();
    indented(tree, 0, &mut out);
    out.push('\n');
    out
}

fn indented(tree: &Tree, indent: usize, out: &mut String) {
    let (open, close, entries): (char, char, Vec<(Option<&str>, &Tree)>) = match tree {
        Tree::Text(text) => return out.push_str(&json_text(text)),
        Tree::Literal(text) => return out.push_str(text),
        Tree::List(items) => ('[', ']', items.iter().map(|item| (None, item)).collect()),
        Tree::Map(entries) => {
            ('{', '}', entries.iter().map(|(key, value)| (Some(key.as_str()), value)).collect())
        }
    };
    out.push(open);
    let last = entries.len();
    for (index, (key, value)) in entries.into_iter().enumerate() {
        let _ = write!(out, "\n{}", " ".repeat(indent + 2));
        if let Some(key) = key {
            let _ = write!(out, "{}: ", json_text(key));
        }
        indented(value, indent + 2, out);
        out.push_str(if index + 1 == last { "" } else { "," });
    }
    if last > 0 {
        let _ = write!(out, "\n{}", " ".repeat(indent));
    }
    out.push(close);
}
