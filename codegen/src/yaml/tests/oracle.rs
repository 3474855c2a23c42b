//! Another reader agrees: `serde_yaml`, which this parser replaces, over a YAML library of its own.
//!
//! It interprets scalars, so texts are compared where it says that they are texts; for everything
//! else the structure is.

use std::path::{Path, PathBuf};

use serde_yaml::Value as Other;

use super::{read, tree};
use crate::yaml::{Node, Style, Value};

/// Where the two readings differ.
pub(super) fn difference(ours: &Node, other: &Other) -> Option<String> {
    match (&ours.value, other) {
        (Value::Null, Other::Null) => None,
        (Value::Scalar(text), Other::String(other)) if text.text == *other => None,
        (Value::Scalar(text), Other::Bool(_) | Other::Number(_)) if text.style == Style::Plain => {
            None
        }
        (Value::Sequence(items), Other::Sequence(others)) if items.len() == others.len() => {
            items.iter().zip(others).find_map(|(item, other)| difference(item, other))
        }
        (Value::Mapping(entries), Other::Mapping(others)) if entries.len() == others.len() => {
            entries.iter().zip(others).find_map(|(entry, (key, value))| match key.as_str() {
                Some(key) if key != entry.key.value => {
                    Some(format!("key {:?} is {key:?}", entry.key.value))
                }
                _ => difference(&entry.value, value),
            })
        }
        _ => Some(format!("{ours:?} is {other:?}")),
    }
}

fn agree(text: &str) {
    let other: Other = serde_yaml::from_str(text).unwrap();
    let found = difference(&tree(text), &other);
    assert_eq!(found, None, "{text}");
}

#[test]
fn snippets_read_equal() {
    let snippets = [
        "a: 1\nb: [x, y]\nc: {d: e, f: [g]}\n",
        "a:\n- 1\n- 2\nb:\n  - 3\n",
        "- - a\n  - b\n- c: d\n  e: f\n-\n  g: h\n",
        "a: |\n  one\n   two\n\n  three\nb: 1\n",
        "a: |-\n  one\n\n\nb: |+\n  two\n\n\nc: |2\n    x\n",
        "a: >\n  one\n  two\n\n  three\n   four\n  five\nb: >-\n  x\n",
        "a: multi\n  line\n\n  plain\nb: 1\n",
        "a: 'it''s\n  here'\nb: \"x\\n\\t\\u00e9\\\n  y\"\n",
        "\"quoted key\": 1\n'other': 2\n",
        "a: ~\nb: null\nc:\nd: ''\n",
        "{a, b: , c: ~}\n",
        "[a, b: c, {d: e}, [], {}]\n",
        "a: http://x.org:80/y#z?q=1\nb: a,b]c{d}\n",
        "a: no\nb: 0123\nc: 5e1606\nd: 1_000\ne: 2026-11-21\nf: 0x1F\ng: .inf\nh: true\n",
        "# c\na: b # c\n# d\nc: # e\n  d: f\n",
        "---\na: 1\n",
        "---\na: 1\n...\n",
        "a: [\n  b, # c\n  d,\n]\ne: {\n  f: g,\n}\n",
        "a: [x,\ny]\nb: 1\n",
        "a:   b\t\nc:\td\n",
        "a: é\nü: \u{1f600}\n",
        "a: b\r\nc:\r\n  - d\r\n  - |\r\n    e\r\n",
        "fields:\n  note?: string | null -- Absent or null.\n  ...: Base\n",
        "200: OK\n404: nothing as Missing\n",
        "a: -1\nb: +1\n",
        "a: -x\nb: --x\nc: ?x\nd: :x\ne: x:y\n",
        "a: \"[beta] Lists: users\"\nb: '{id}'\n",
        "text",
        "\"a\"",
        "|\n a\n",
        "a:\n    b:\n        c: 1\n    d: 2\n",
        "a: x  y   z\nb: <list>\nc: a & b * c ! d % e @ f\n",
        "a: \"\"\nb: \" x \"\nc: ' '\n",
    ];
    for text in snippets {
        agree(text);
    }
}

/// Every specification of the repository; those still being written may be faulty.
#[test]
fn specifications_read_equal() {
    for path in specifications() {
        let text = std::fs::read_to_string(&path).unwrap();
        let (parsed, report) = read(&text);
        if !report.diagnostics.is_empty() {
            continue;
        }
        let other: Other = serde_yaml::from_str(&text).unwrap();
        let found = parsed.node.and_then(|node| difference(&node, &other));
        assert_eq!(found, None, "{}", path.display());
    }
}

/// The YAML files below `specs/`, if this crate is still in its repository.
pub(super) fn specifications() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
