//! Documents without faults: what the tree says and where everything stands.

use super::{outline, read, tree};
use crate::source::Span;
use crate::yaml::{Node, Style};

/// The source text of a node.
fn source(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

fn at<'n>(node: &'n Node, path: &[&str]) -> &'n Node {
    path.iter().fold(node, |node, key| match key.parse::<usize>() {
        Ok(index) => &node.as_sequence().expect("a list")[index],
        Err(_) => node.get(key).expect("a key"),
    })
}

#[test]
fn scalars_are_never_interpreted() {
    let text = "[no, 0123, 5e1606, 1_000, 2026-11-21, 1:20, .5, 0x1F, on, 'null', \"~\", 1.50, =]";
    assert_eq!(
        outline(&tree(text)),
        r#"["no", "0123", "5e1606", "1_000", "2026-11-21", "1:20", ".5", "0x1F", "on", "null", "~", "1.50", "="]"#
    );
}

#[test]
fn nothing_is_null() {
    assert_eq!(
        outline(&tree("a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nUll\ng: ''\nh: [~, ]")),
        r#"{a: null, b: null, c: null, d: null, e: null, f: "nUll", g: "", h: [null]}"#
    );
    assert_eq!(outline(&tree("- \n- {a, b: }\n")), "[null, {a: null, b: null}]");
    assert_eq!(outline(&tree("null: 1\n~: 2\n\"\": 3\n")), r#"{null: "1", ~: "2", : "3"}"#);
}

#[test]
fn empty_files() {
    for text in ["", "\n\n", "# only a comment\n", "\u{feff}", "   "] {
        let (parsed, report) = read(text);
        assert!(parsed.node.is_none() && parsed.complete, "{text:?}");
        assert!(report.diagnostics.is_empty(), "{text:?}");
    }
    assert_eq!(outline(&tree("---\n")), "null");
    assert_eq!(outline(&tree("--- \na: 1\n...\n")), r#"{a: "1"}"#);
}

#[test]
fn spans_end_with_the_content() {
    let text = "\
m:
  a: 1  # one
  b:
    - x: multi
        line
    - [p, {q: \"r\"}]

n:
- 1
- 'it''s'
o: |

    block
     text

# end
";
    let root = tree(text);
    let part = |path: &[&str]| source(text, at(&root, path).span);
    assert_eq!(part(&["m"]), text[5..].split("\n\nn").next().unwrap());
    assert_eq!(part(&["m", "a"]), "1");
    assert_eq!(part(&["m", "b"]), "- x: multi\n        line\n    - [p, {q: \"r\"}]");
    assert_eq!(part(&["m", "b", "0"]), "x: multi\n        line");
    assert_eq!(part(&["m", "b", "0", "x"]), "multi\n        line");
    assert_eq!(part(&["m", "b", "1"]), "[p, {q: \"r\"}]");
    assert_eq!(part(&["m", "b", "1", "1"]), "{q: \"r\"}");
    assert_eq!(part(&["n"]), "- 1\n- 'it''s'");
    assert_eq!(part(&["n", "1"]), "'it''s'");
    assert_eq!(part(&["o"]), "|\n\n    block\n     text");
    assert_eq!(source(text, root.span), text.split("\n\n# end").next().unwrap());
    let keys = root.as_mapping().unwrap().iter().map(|e| source(text, e.key.span));
    assert_eq!(keys.collect::<String>(), "mno");
    let one = at(&root, &["m", "a"]).comment_after.unwrap();
    assert_eq!(source(text, one), "# one");
}

#[test]
fn places_count_bytes_after_a_mark_and_wide_letters() {
    let text = "\u{feff}é: ü\r\nb: \u{1f600} # c\r\n";
    let root = tree(text);
    assert_eq!(source(text, root.get("é").unwrap().span), "ü");
    assert_eq!(source(text, root.get("b").unwrap().span), "\u{1f600}");
    assert_eq!(source(text, root.get("b").unwrap().comment_after.unwrap()), "# c");
}

#[test]
fn comments_are_kept_only_behind_unquoted_texts() {
    let cut = |text: &str| tree(text).get("a").unwrap().comment_after.is_some();
    assert!(cut("a: Number of items # 3 of them\n"));
    assert!(cut("{a: b # c\n}"));
    assert!(!cut("a: C#\n"));
    assert!(!cut("a: 'b' # c\n"));
    assert!(!cut("a: # c\n  b: c\n"));
    assert!(!cut("a: b\n# c\n"));
    assert!(!cut("{a: b, # c\n}"));
    assert!(!cut("a: |  # c\n  b\n"));
}

#[test]
fn styles_are_kept() {
    let root = tree("- a\n- 'b'\n- \"c\"\n- |\n  d\n- >-\n  e\n  f\n");
    let styles: Vec<_> =
        root.as_sequence().unwrap().iter().map(|n| n.as_scalar().unwrap()).collect();
    let expected = [
        ("a", Style::Plain),
        ("b", Style::SingleQuoted),
        ("c", Style::DoubleQuoted),
        ("d\n", Style::Literal),
        ("e f", Style::Folded),
    ];
    assert_eq!(styles.len(), expected.len());
    for (scalar, (text, style)) in styles.iter().zip(expected) {
        assert_eq!((scalar.text.as_str(), scalar.style), (text, style));
    }
}

#[test]
fn what_specifications_are_made_of() {
    let text = r#"
fields:
  running-index?: int32(1..100) -- Constraint in the type.
  note?: string | null -- Absent, null and a value: no.
"#;
    // A colon at the end of a line or without a space is an ordinary character.
    let text = text.replace("value: no", "value:no");
    let fields = tree(&text);
    let entries = fields.get("fields").unwrap().as_mapping().unwrap();
    assert_eq!(entries[0].key.value, "running-index?");
    assert_eq!(
        entries[0].value.as_scalar().unwrap().text,
        "int32(1..100) -- Constraint in the type."
    );
    assert_eq!(
        outline(&tree("{ ...: Base, url: \"http://a/{}\", x: list<a | null>, 200: OK }")),
        r#"{...: "Base", url: "http://a/{}", x: "list<a | null>", 200: "OK"}"#
    );
}

#[test]
fn kinds_have_names() {
    let kinds: Vec<_> =
        tree("[a, [], {}, ~]").as_sequence().unwrap().iter().map(Node::kind).collect();
    assert_eq!(kinds, ["a text", "a list", "a mapping", "nothing"]);
}

#[test]
fn as_deep_as_is_allowed() {
    let text = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert_eq!(outline(&tree(&text)), text);
}
