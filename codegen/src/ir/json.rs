//! JSON values of examples.

use std::fmt;

use super::Field;
use crate::json_text::json_text;

/// A JSON value. Numbers are the text that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// In the order of the example.
    Object(Vec<(String, Json)>),
}

/// How wide a value may be that stands on one line.
const WIDTH: usize = 72;

impl Json {
    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Whether this is the other value. The order of members means nothing.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
            }
            (Self::Object(a), Self::Object(b)) => {
                let is = |(name, a): &(String, Self)| other.get(name).is_some_and(|b| a.is(b));
                a.len() == b.len() && a.iter().all(is)
            }
            _ => self == other,
        }
    }

    /// The value of a field, by any of its names.
    pub(crate) fn member(&self, field: &Field) -> Option<&Self> {
        let mut names = std::iter::once(&field.wire).chain(&field.also);
        names.find_map(|name| self.get(name))
    }

    /// What stands between quotes, or would without them.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Boolean(value) => Some(value.to_string()),
            Self::Number(text) | Self::Text(text) => Some(text.clone()),
            Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value as people lay it out: on one line where it fits.
    pub(crate) fn pretty(&self, indent: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, indent);
        out
    }

    fn write(&self, out: &mut String, indent: usize) {
        let line = self.to_string();
        if line.chars().count() + indent <= WIDTH {
            out.push_str(&line);
            return;
        }
        let inner = indent + 2;
        let next = |out: &mut String, first: bool| {
            out.push_str(if first { "\n" } else { ",\n" });
            out.extend(std::iter::repeat_n(' ', inner));
        };
        match self {
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    next(out, index == 0);
                    item.write(out, inner);
                }
                end(out, indent, ']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    next(out, index == 0);
                    out.push_str(&json_text(name));
                    out.push_str(": ");
                    value.write(out, inner);
                }
                end(out, indent, '}');
            }
            _ => out.push_str(&line),
        }
    }
}

fn end(out: &mut String, indent: usize, close: char) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(close);
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&json_text(text)),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{}: {value}", json_text(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn values_are_laid_out_by_width() {
        let text = |text: &str| Json::Text(text.to_owned());
        let short =
            Json::Object(vec![("a".to_owned(), Json::List(vec![Json::Null, text("\"\n")]))]);
        assert_eq!(short.to_string(), r#"{"a": [null, "\"\n"]}"#);
        assert_eq!(short.pretty(0), short.to_string());
        let pair = |a: &str, b: &str| {
            Json::Object([a, b].map(|name| (name.to_owned(), text(name))).into())
        };
        assert!(pair("a", "b").is(&pair("b", "a")));
        assert!(!pair("a", "b").is(&pair("a", "c")));
        let long =
            Json::Object(vec![("a".to_owned(), text(&"x".repeat(80))), ("b".to_owned(), short)]);
        let expected = format!(
            "{{\n  \"a\": \"{}\",\n  \"b\": {{\"a\": [null, \"\\\"\\n\"]}}\n}}",
            "x".repeat(80)
        );
        assert_eq!(long.pretty(0), expected);
    }
}
