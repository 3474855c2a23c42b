//! `exactly_one`, `at_most_one` and `at_least_one`.

use super::reader::{self, Keys};
use crate::ast::{Among, Count, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::yaml::{Node, Value};

/// The keys, and how many members each of them allows.
pub(super) const KEYS: [(&str, Count); 3] = [
    ("exactly_one", Count::Exactly),
    ("at_most_one", Count::AtMost),
    ("at_least_one", Count::AtLeast),
];

/// Reads the rules of an item: each key has the names of members, or several lists of them.
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<Among> {
    let mut found = Vec::new();
    for (key, count) in KEYS {
        let Some(node) = keys.node(key, diagnostics) else { continue };
        let is_list = |node: &Node| matches!(node.value, Value::Sequence(_));
        match &node.value {
            Value::Sequence(lists) if lists.iter().any(is_list) => {
                for list in lists {
                    found.extend(rule(key, count, list, diagnostics));
                }
            }
            _ => found.extend(rule(key, count, node, diagnostics)),
        }
    }
    found
}

fn rule(key: &str, count: Count, node: &Node, diagnostics: &mut Diagnostics) -> Option<Among> {
    let texts = reader::texts(key, node, diagnostics);
    // What could not be read has been reported.
    let whole = match &node.value {
        Value::Sequence(items) => items.len() == texts.len(),
        value => matches!(value, Value::Scalar(_)),
    };
    let mut members: Vec<Text> = Vec::new();
    for text in texts {
        match members.iter().find(|known| known.value == text.value) {
            None => members.push(text),
            Some(first) => {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_AMONG,
                        text.span,
                        format!("`{key}` names `{}` twice", reader::shown(&text.value)),
                    )
                    .related(first.span, "the first time"),
                );
                return None;
            }
        }
    }
    if members.len() < 2 && whole {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_AMONG,
                node.span,
                format!("`{key}` needs two members or more"),
            )
            .help(match members.first() {
                Some(one) => format!(
                    "a member that has to be there is `{}`, one that may be absent `{}?`",
                    reader::shown(&one.value),
                    reader::shown(&one.value)
                ),
                None => format!("name them as on the wire: `{key}: [userId, userExternalId]`"),
            }),
        );
    }
    (members.len() > 1).then_some(Among { count, members })
}
