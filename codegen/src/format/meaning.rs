//! Whether two texts say the same.

use super::shape::is_fixed;
use super::{read, root, scalar};
use crate::ast::Text;
use crate::yaml::{self, Entry, Node, Style, Value};

/// Whether both have the same values and the same comments. The order of the keys at the top means nothing, and
/// comments go with them.
pub(super) fn same(one: &str, other: &str) -> bool {
    let trees = match (read(one), read(other)) {
        (None, None) => true,
        (Some(one), Some(other)) => match (one.as_mapping(), other.as_mapping()) {
            (Some(one), Some(other)) => entries(&root::ordered(one), &root::ordered(other), false),
            _ => nodes(&one, &other, false),
        },
        _ => false,
    };
    trees && comments(one) == comments(other)
}

/// The texts of all comments, sorted.
fn comments(text: &str) -> Option<Vec<&str>> {
    let found = yaml::comments(text)?;
    let mut texts: Vec<&str> =
        found.into_iter().map(|place| text.get(place).unwrap_or_default().trim_end()).collect();
    texts.sort_unstable();
    Some(texts)
}

fn entries(one: &[&Entry], other: &[&Entry], fixed: bool) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| {
            is_same_key(&a.key, &b.key) && nodes(&a.value, &b.value, fixed || is_fixed(a))
        })
}

fn is_same_key(one: &Text, other: &Text) -> bool {
    let is_quoted = |key: &Text| (key.span.end - key.span.start) as usize != key.value.len();
    // What has blanks may go over several lines, and is longer there than it is.
    let either = scalar::is_name(&one.value) || one.value.contains(' ');
    one.value == other.value && (either || is_quoted(one) == is_quoted(other))
}

/// `fixed`: quotes say something.
fn nodes(one: &Node, other: &Node, fixed: bool) -> bool {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => true,
        // In quotes a number is a text.
        (Value::Scalar(a), Value::Scalar(b)) => {
            let quoted = a.style != Style::Plain && b.style != Style::Plain;
            let either = !fixed && scalar::is_only_text(&a.text);
            a.text == b.text && (a.style == b.style || quoted || either)
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| nodes(a, b, false))
        }
        (Value::Mapping(a), Value::Mapping(b)) => {
            entries(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>(), fixed)
        }
        _ => false,
    }
}
