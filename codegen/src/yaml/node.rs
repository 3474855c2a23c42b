//! The tree: every scalar is still the text that was written.

use crate::source::{Span, Spanned};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// From the first to after the last character of the value; the next line is never part of it.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) value: Value,
    /// A ` #` comment on the line on which a plain text ends: where it begins to cut text off.
    pub(crate) comment_after: Option<Span>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing, `~` or `null`: always unquoted. What it means is for a later stage to say.
    Null,
    /// A text.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in the order of the text, no key twice.
    Mapping(Vec<Entry>),
}

/// A text, never interpreted: `no`, `0123`, `5e1606` and dates are what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The exact characters of a plain text; the resolved text of a quoted or block one.
    pub(crate) text: String,
    /// How it was written.
    pub(crate) style: Style,
    /// Where its lines begin in the file, if each stands there as it is, apart from indentation.
    /// Only a text that may be a document with places of its own has them: a block or one in quotes.
    pub(crate) lines: Vec<u32>,
}

impl Scalar {
    /// A text that its span covers as it is, or whose inside has no places.
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, lines: Vec::new() }
    }
}

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key as a text.
    pub(crate) key: Spanned<String>,
    /// Its value.
    pub(crate) value: Node,
}

impl Node {
    /// A part of a text that holds several values, as if it stood there alone.
    pub(crate) fn part(&self, text: &str) -> Self {
        let scalar = Scalar { text: text.to_owned(), style: Style::Plain, lines: Vec::new() };
        Self { span: self.span, value: Value::Scalar(scalar), comment_after: None }
    }

    /// What to call it in a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The text, if it is one.
    pub(crate) fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub(crate) fn as_sequence(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if it is a mapping.
    pub(crate) fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether there is no value.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value of a key of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }
}
