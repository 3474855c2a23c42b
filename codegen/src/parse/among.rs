//! `exactly_one`, `at_most_one` and `at_least_one`.

use std::collections::BTreeMap;

use super::reader::{self, Keys};
use crate::ast::{Among, Count};
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
        if let Some(members) = keys.torn_list(key, diagnostics) {
            found.push(Among { count, members });
            continue;
        }
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
    let mut seen: BTreeMap<(Count, Vec<&str>), &Among> = BTreeMap::new();
    for rule in &found {
        // In whatever order.
        let mut names: Vec<&str> = rule.members.iter().map(|it| it.value.as_str()).collect();
        names.sort_unstable();
        let first = *seen.entry((rule.count, names)).or_insert(rule);
        if !std::ptr::eq(first, rule) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::LISTED_TWICE,
                    rule.members[0].span,
                    "a rule is there twice",
                )
                .related(first.members[0].span, "the first time")
                .help("leave one of them out"),
            );
        }
    }
    found
}

fn rule(key: &str, count: Count, node: &Node, diagnostics: &mut Diagnostics) -> Option<Among> {
    let before = diagnostics.error_count();
    let members = reader::texts(key, node, diagnostics);
    // What could not be read has been reported, and so has what stands there twice.
    let whole = diagnostics.error_count() == before;
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
