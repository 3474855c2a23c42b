//! Lists of texts, in which each text stands once.

use std::collections::BTreeMap;

use super::{shown, text, wrong_kind, wrong_subject};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Scalar, Style, Value};

/// Lists that say something when they are empty, or of which more is said then.
const MAY_BE_EMPTY: [&str; 5] = ["on", "scopes", "exactly_one", "at_most_one", "at_least_one"];

/// The texts of a list, or of one scalar.
pub(in crate::parse) fn texts(what: &str, node: &Node, diagnostics: &mut Diagnostics) -> Vec<Text> {
    match &node.value {
        Value::Sequence(items) => {
            if items.is_empty() && !MAY_BE_EMPTY.contains(&what) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::EMPTY_VALUE,
                        node.span,
                        format!("the list `{what}` is empty"),
                    )
                    .help(format!("leave `{what}` out where there is nothing to list")),
                );
            }
            let all = items.iter().filter_map(|item| item_text(what, item, diagnostics));
            let all: Vec<Text> = all.collect();
            once(what, all, diagnostics)
        }
        Value::Scalar(scalar) if let Some(list) = unopened(node, scalar, diagnostics) => list,
        Value::Scalar(_) => text(what, node, diagnostics).into_iter().collect(),
        _ => {
            wrong_kind(what, "a list of texts", node, diagnostics);
            Vec::new()
        }
    }
}

/// `read, write]`: a list whose bracket is missing where it begins.
fn unopened(node: &Node, scalar: &Scalar, diagnostics: &mut Diagnostics) -> Option<Vec<Text>> {
    let list = scalar.text.strip_suffix(']')?;
    if scalar.style != Style::Plain || list.contains(['[', ']']) {
        return None;
    }
    let start = Span::new(node.span.file, node.span.start, node.span.start);
    let end = Span::new(node.span.file, node.span.end.saturating_sub(1), node.span.end);
    let first = list.split(',').next().unwrap_or_default().trim();
    diagnostics.push(
        Diagnostic::error(
            &codes::UNCLOSED_BRACKET,
            node.span,
            format!("`[` is missing before `{}`", shown(first)),
        )
        .related(end, "this closes it")
        .help("open it with `[`; quote a text that ends with a bracket")
        .patch(start, "["),
    );
    let text = |text: &str| Spanned::new(text.trim().to_owned(), node.span);
    Some(list.split(',').map(text).collect())
}

/// The text of an item of a list.
pub(in crate::parse) fn item_text(
    what: &str,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    if let Value::Scalar(scalar) = &node.value {
        return Some(Spanned::new(scalar.text.clone(), node.span));
    }
    wrong_subject(&format!("an item of `{what}`"), "a text", node, diagnostics);
    None
}

/// The list without what it has already, which is reported once, however often it is there.
fn once(what: &str, texts: Vec<Text>, diagnostics: &mut Diagnostics) -> Vec<Text> {
    let mut all: Vec<(Text, Vec<Span>)> = Vec::with_capacity(texts.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        match places.get(&text.value).and_then(|&at| all.get_mut(at)) {
            Some((_, again)) => again.push(text.span),
            None => {
                places.insert(text.value.clone(), all.len());
                all.push((text, Vec::new()));
            }
        }
    }
    for (first, again) in &all {
        let [second, others @ ..] = again.as_slice() else { continue };
        let found = Diagnostic::error(
            &codes::LISTED_TWICE,
            *second,
            format!("`{what}` lists `{}` twice", shown(&first.value)),
        )
        .related(first.span, "the first time");
        let found = others.iter().fold(found, |found, place| found.related(*place, "and here"));
        diagnostics.push(found.help("leave one of them out"));
    }
    all.into_iter().map(|(text, _)| text).collect()
}
