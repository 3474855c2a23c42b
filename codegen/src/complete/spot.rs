//! Where in the tree a place of the text is.
//!
//! A file that is being written is seldom whole. A mark is put at the place, in the ways in which the line may go on,
//! and whatever tree has the mark in it says what stands around.

use crate::diag::Diagnostics;
use crate::source::{FileId, Spanned};
use crate::yaml::{self, Entry, Node, Value};

/// A character that stands for nothing, and so in no specification.
const MARK: char = '\u{f8ff}';

/// A way down a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item,
}

/// Where the mark is.
pub(super) struct Spot {
    /// The way to the value that is being written, or to the mapping whose key is.
    pub(super) path: Vec<Step>,
    /// Whether a key is being written.
    pub(super) key: bool,
    /// What stands before the mark in its text.
    pub(super) before: String,
    /// The other entries of the mapping around it: key, and the value if it is a text.
    pub(super) beside: Vec<(String, String)>,
    pub(super) root: Node,
}

impl Spot {
    /// The text behind another key of the mapping around it.
    pub(super) fn value_beside(&self, key: &str) -> Option<&str> {
        self.beside.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }
}

/// The places that `offset` can be.
pub(super) fn find(text: &str, offset: usize) -> Vec<Spot> {
    let (Some(front), Some(back)) = (text.get(..offset), text.get(offset..)) else {
        return Vec::new();
    };
    let line_end = back.find(['\n', '\r']).unwrap_or(back.len());
    let last = back[..line_end].trim().is_empty();
    let mut texts = vec![format!("{front}{MARK}{back}")];
    if last {
        texts.push(format!("{front}{MARK}: 0{back}"));
        let closing = closing(front);
        if !closing.is_empty() {
            texts.push(format!("{front}{MARK}{closing}{back}"));
        }
    }
    let read = |text: &String| yaml::parse(FileId::default(), text, &mut Diagnostics::default());
    texts.iter().filter_map(|text| spot(read(text).node?)).collect()
}

/// What closes the brackets that are open at the end of the last line of `front`.
fn closing(front: &str) -> String {
    let line = front.rsplit(['\n', '\r']).next().unwrap_or_default();
    let mut open = Vec::new();
    for c in line.chars() {
        match c {
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => drop(open.pop()),
            _ => {}
        }
    }
    open.iter().rev().collect()
}

fn spot(root: Node) -> Option<Spot> {
    let mut path = Vec::new();
    let (key, before, beside) = search(&root, &mut path)?;
    Some(Spot { path, key, before, beside, root })
}

/// The other entries of a mapping than that of a key: key, and the value if it is a text.
pub(super) fn others(node: &Node, own: &str) -> Vec<(String, String)> {
    let text = |entry: &Entry| {
        let scalar = entry.value.as_scalar();
        let text = scalar.map(|scalar| scalar.text.clone()).unwrap_or_default();
        (entry.key.value.clone(), text)
    };
    let entries = node.as_mapping().unwrap_or_default().iter();
    entries.filter(|entry| entry.key.value != own).map(text).collect()
}

type Found = (bool, String, Vec<(String, String)>);

fn search(node: &Node, path: &mut Vec<Step>) -> Option<Found> {
    let until = |text: &str| text.split_once(MARK).map(|(before, _)| before.to_owned());
    match &node.value {
        Value::Scalar(scalar) => Some((false, until(&scalar.text)?, Vec::new())),
        Value::Null => None,
        Value::Sequence(items) => {
            path.push(Step::Item);
            let found = items.iter().find_map(|item| search(item, path));
            if found.is_none() {
                path.pop();
            }
            found
        }
        Value::Mapping(entries) => {
            for entry in entries {
                if let Some(before) = until(&entry.key.value) {
                    return Some((true, before, others(node, &entry.key.value)));
                }
                path.push(Step::Key(entry.key.value.clone()));
                if let Some((key, before, beside)) = search(&entry.value, path) {
                    let scalar =
                        entry.value.as_scalar().is_some() || entry.value.as_sequence().is_some();
                    let beside = if scalar && beside.is_empty() {
                        others(node, &entry.key.value)
                    } else {
                        beside
                    };
                    return Some((key, before, beside));
                }
                path.pop();
            }
            None
        }
    }
}

/// What stands around an offset.
pub(super) enum Around<'n> {
    Key(&'n Spanned<String>),
    Value,
}

/// The way to what stands around an offset.
pub(super) fn around(root: &Node, offset: u32) -> Option<(Vec<Step>, Around<'_>)> {
    let mut path = Vec::new();
    let mut node = root;
    loop {
        match &node.value {
            Value::Mapping(entries) => {
                let within = |span: crate::source::Span| span.start <= offset && offset <= span.end;
                if let Some(entry) = entries.iter().find(|entry| within(entry.key.span)) {
                    return Some((path, Around::Key(&entry.key)));
                }
                let entry = entries.iter().find(|entry| within(entry.value.span))?;
                path.push(Step::Key(entry.key.value.clone()));
                node = &entry.value;
            }
            Value::Sequence(items) => {
                path.push(Step::Item);
                let here = |item: &&Node| item.span.start <= offset && offset <= item.span.end;
                node = items.iter().find(here)?;
            }
            Value::Scalar(_) => return Some((path, Around::Value)),
            Value::Null => return None,
        }
    }
}

/// The word around an offset, and where it begins.
pub(super) fn word_around(text: &str, offset: usize) -> Option<(&str, usize)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (front, back) = (text.get(..offset)?, text.get(offset..)?);
    let start = front
        .rfind(|c| !is_word(c))
        .map_or(0, |at| at + front[at..].chars().next().map_or(1, char::len_utf8));
    let end = offset + back.find(|c| !is_word(c)).unwrap_or(back.len());
    text.get(start..end).filter(|word| !word.is_empty()).map(|word| (word, start))
}
