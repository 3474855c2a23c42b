//! Any input: no panic, places inside the text, and agreement with the other reader.

use proptest::prelude::*;

use super::oracle::{difference, specifications};
use super::read;
use crate::diag::Report;
use crate::source::Span;
use crate::yaml::parse::Parsed;
use crate::yaml::{Node, Value};

/// What YAML is made of, so that short random texts meet its corners.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "    ",
    "\n",
    "\n",
    "\n  ",
    "\n- ",
    "\t",
    "\r\n",
    "\r",
    "a",
    "b: ",
    "key: ",
    ":",
    ": ",
    "- ",
    "? ",
    ", ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "|-\n  ",
    "#",
    " # c",
    "&x ",
    "*x",
    "!t ",
    "!",
    "<<: ",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "\\",
    "\\n",
    "@",
    "`",
    "~",
    "null",
    "é",
    "\u{1f600}",
    "\u{feff}",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "1",
    "0123",
    "word word",
    "%",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let (Parsed { node, complete, .. }, report) = read(text);
    // Everything that was left out was reported.
    prop_assert!(complete || report.has_errors(), "{text:?}");
    for d in &report.diagnostics {
        let related = d.related.iter().map(|(span, _)| *span);
        let patch = d.patch.iter().map(|patch| patch.span);
        for span in related.chain(patch).chain([d.span]) {
            prop_assert!(inside(text, span), "{text:?} {d:?}");
        }
    }
    shows(&report);
    if let Some(node) = &node {
        nested(text, node, node.span)?;
    }
    // Where both read a document they read the same. The other reader takes `---` after a
    // byte-order mark for a text, needs the end of the last line of a block text, and sees comments
    // in one that is a whole document and not indented.
    let terminated = format!("{}\n", text.trim_start_matches('\u{feff}'));
    if report.diagnostics.is_empty()
        && let Some(node) = node.as_ref().filter(|node| node.as_scalar().is_none())
        && let Ok(other) = serde_yaml::from_str(&terminated)
    {
        prop_assert_eq!(difference(node, &other), None, "{:?}", text);
    }
    Ok(())
}

fn shows(report: &Report) {
    let lines = report.diagnostics.len();
    assert_eq!(report.short().lines().count(), lines);
    assert_eq!(report.json().lines().count(), lines);
    assert_eq!(report.github().lines().count(), lines);
    assert_eq!(report.human(false).is_empty(), lines == 0);
}

fn inside(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

/// Every place lies on character borders, inside the place around it.
fn nested(text: &str, node: &Node, outer: Span) -> Result<(), TestCaseError> {
    let within =
        |span: Span| inside(text, span) && outer.start <= span.start && span.end <= outer.end;
    prop_assert!(within(node.span), "{text:?} {node:?} in {outer:?}");
    match &node.value {
        Value::Sequence(items) => items.iter().try_for_each(|item| nested(text, item, node.span)),
        Value::Mapping(entries) => entries.iter().try_for_each(|entry| {
            prop_assert!(inside(text, entry.key.span), "{text:?} {entry:?}");
            nested(text, &entry.value, node.span)
        }),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn pieces_of_yaml(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn any_text(text in ".{0,60}") {
        check(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn changed_specifications(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..8, prop::sample::select(PIECES)), 1..6),
    ) {
        let files = specifications();
        prop_assume!(!files.is_empty());
        let mut text = std::fs::read_to_string(file.get(&files)).unwrap_or_default();
        for (at, cut, piece) in changes {
            let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let Some(from) = borders.get(at.index(borders.len().max(1))) else { continue };
            let to = borders.iter().copied().find(|b| *b >= from + cut).unwrap_or(text.len());
            text.replace_range(*from..to, piece);
        }
        check(&text)?;
    }
}
