//! What stands in one file, for the outline of an editor.

use super::Kind;
use crate::diag::Diagnostics;
use crate::source::{FileId, Span};
use crate::yaml::{self, Entry, Node, Value};

/// Something with a name, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// Its key.
    pub name: String,
    /// A few words beside it.
    pub detail: String,
    /// What it is; `None` for a key of the language, and for a member.
    pub kind: Option<Kind>,
    /// From its key to its end.
    pub span: Span,
    /// Its key.
    pub key: Span,
    /// What is in it: entries, members.
    pub children: Vec<Item>,
}

const SECTIONS: [(&str, Kind); 9] = [
    ("use", Kind::Use),
    ("servers", Kind::Server),
    ("auth", Kind::Auth),
    ("sources", Kind::Source),
    ("path", Kind::PathType),
    ("pagers", Kind::Pager),
    ("models", Kind::Model),
    ("groups", Kind::Group),
    ("methods", Kind::Method),
];

/// The keys at the top of a file, their entries, and the members of models; what has faults is left out.
#[must_use]
pub fn outline(text: &str) -> Vec<Item> {
    let parsed = yaml::parse(FileId::default(), text, &mut Diagnostics::default());
    let entries = parsed.node.as_ref().and_then(Node::as_mapping).unwrap_or_default();
    entries.iter().map(section).collect()
}

fn section(entry: &Entry) -> Item {
    let kind = SECTIONS.iter().find(|(key, _)| *key == entry.key.value).map(|(_, kind)| *kind);
    let mut item = item(entry, None);
    if let (Some(kind), Some(entries)) = (kind, entry.value.as_mapping()) {
        item.children = entries.iter().map(|entry| named(entry, kind)).collect();
    }
    item
}

fn named(entry: &Entry, kind: Kind) -> Item {
    let mut item = item(entry, Some(kind));
    match kind {
        Kind::Model => {
            let members = ["fields", "enum"].iter().find_map(|key| entry.value.get(key));
            let members = members.and_then(Node::as_mapping).unwrap_or_default();
            item.children = members.iter().map(|entry| self::item(entry, None)).collect();
        }
        Kind::Method => item.detail = entry.value.get("http").map(words).unwrap_or_default(),
        _ => {}
    }
    item
}

fn item(entry: &Entry, kind: Option<Kind>) -> Item {
    Item {
        name: entry.key.value.clone(),
        detail: words(&entry.value),
        kind,
        span: entry.key.span.to(entry.value.span),
        key: entry.key.span,
        children: Vec::new(),
    }
}

/// A text of one line.
fn words(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) => {
            let line = scalar.text.lines().next().unwrap_or_default();
            line.split(" -- ").next().unwrap_or_default().chars().take(80).collect()
        }
        _ => String::new(),
    }
}
