//! Each fault: its code, its place, and that its patch mends it.

use super::{outline, places, read};
use crate::diag::{Patch, Report, codes};

/// Every fault of the text, and what reading the patched text gives.
fn mended(report: &Report, text: &str) -> Option<String> {
    let mut patches: Vec<&Patch> =
        report.diagnostics.iter().filter_map(|d| d.patch.as_ref()).collect();
    patches.sort_by_key(|patch| std::cmp::Reverse(patch.span));
    let mut text = text.to_owned();
    for patch in &patches {
        text.replace_range(patch.span.start as usize..patch.span.end as usize, &patch.text);
    }
    (!patches.is_empty()).then_some(text)
}

/// `(text, codes and places, the tree after the patches)`
#[test]
fn codes_places_and_patches() {
    let cases: &[(&str, &str, &str)] = &[
        // Tabs
        ("a:\n\tb: 1\n", "E0102 2:1", r#"{a: {b: "1"}}"#),
        ("a:\n  b: 1\n\tc: 2\n", "E0102 3:1", r#"{a: {b: "1", c: "2"}}"#),
        ("a:\n  - b:\n  \t c: 2\n", "E0102 3:3", r#"{a: [{b: {c: "2"}}]}"#),
        // Indentation
        ("a:\n  b: 1\n c: 2\n", "E0103 3:2", ""),
        ("a:\n  b: 1\n   c: 2\n", "E0103 3:4", ""),
        ("a: 1\n  b: 2\n", "E0103 2:3", ""),
        ("- - a\n - b\n", "E0103 2:2", ""),
        ("a: |\n  x\n y\nb: 1\n", "E0103 3:2", ""),
        ("a: \"x\"\n  b: 2\n", "E0103 2:3", ""),
        // Quotes
        ("a: \"abc\nb: 2\n", "E0104 1:4", ""),
        ("a:\n  b: 'abc\n  c: 'x'\nd: 3\n", "E0104 2:6", ""),
        ("a: \"abc", "E0104 1:4", ""),
        ("a: [\"b, c]\nd: 1\n", "E0104 1:5", ""),
        ("a: 'it's fine'\n", "E0123 1:8", r#"{a: "it's fine"}"#),
        ("a: \"id\" of the app # c\n", "E0123 1:9", r#"{a: "\"id\" of the app"}"#),
        ("a: \"\\d+\"\n", "E0120 1:5", r#"{a: "\\d+"}"#),
        ("a: \"\\n \\xZZ\"\n", "E0120 1:8", r#"{a: "\n \\xZZ"}"#),
        ("a: \"x \\ud800\"\n", "E0120 1:4", ""),
        // Brackets
        ("a: [id, name\nb: 2\n", "E0105 1:4", ""),
        ("a:\n  x: {y: 1, z: 2\n  b: 2\n  c: 3\n", "E0105 2:6", ""),
        ("a: {x: 1]\nb: 3\n", "E0105 1:4", ""),
        ("a: ]\n", "E0105 1:4", ""),
        ("a: [b", "E0105 1:4", ""),
        ("a: [[1] 2]\n", "E0105 1:9", ""),
        ("a: [1, , 2]\n", "E0101 1:8", ""),
        // Colons
        ("doc: Note: this # c\n", "E0106 1:10", r#"{doc: "Note: this"}"#),
        ("- doc: say \"a: b\"\n", "E0106 1:14", r#"[{doc: "say \"a: b\""}]"#),
        ("a: {doc: Note: this, b: 1}\n", "E0106 1:14", r#"{a: {doc: "Note: this", b: "1"}}"#),
        ("a: Some text\n  goes on with note: this\n", "E0106 2:20", ""),
        (
            "a:\n  id:string\n  name: string\n",
            "E0122 2:3",
            r#"{a: {id: "string", name: "string"}}"#,
        ),
        ("a:\n  name: string\n  id\n", "E0122 3:3", ""),
        ("a:\n  id\n  name: string\n", "E0122 2:3", ""),
        // Keys
        ("a: 1\nb: 2\na: 3\n", "E0107 3:1", ""),
        ("{a: 1, \"a\": 2}\n", "E0107 1:8", ""),
        ("{id}: string\n", "E0108 1:1", r#"{{id}: "string"}"#),
        ("a: {[x, y]: 1}\n", "E0108 1:5", r#"{a: {[x, y]: "1"}}"#),
        (": x\n", "E0109 1:1", ""),
        ("a: [b, : c]\n", "E0109 1:8", ""),
        ("? a\n: b\n", "E0110 1:1", ""),
        ("a: [? b]\n", "E0110 1:5", ""),
        ("? - x\n: c\n", "E0110 1:1", ""),
        ("? a # ?\n", "E0110 1:1", ""),
        // Refused features
        ("a: &x 1\nb: *x\n", "E0111 1:4, E0112 2:4", ""),
        ("a: */*\n", "E0112 1:4", r#"{a: "*/*"}"#),
        ("a: [*/*, b]\n", "E0112 1:5", ""),
        ("*a : 1\n", "E0112 1:1", ""),
        ("a: & b\n", "E0111 1:4", r#"{a: "& b"}"#),
        ("a: * b\n", "E0112 1:4", r#"{a: "* b"}"#),
        ("a:\n  <<: {b: 1}\n", "E0113 2:3", ""),
        ("a: !foo bar\n", "E0114 1:4", r#"{a: "bar"}"#),
        ("a: !!str 0123\n", "E0114 1:4", r#"{a: "0123"}"#),
        ("a: ! x\n", "E0114 1:4", r#"{a: "x"}"#),
        ("a: !e!foo bar\n", "E0114 1:4", ""),
        ("!!map\na: !t\n  - b\n", "E0114 1:1, E0114 2:4", ""),
        ("%YAML 1.2\n---\na: 1\n", "E0115 1:1", ""),
        ("a: 1\n---\nb: 2\n", "E0116 2:1", ""),
        ("a: 1\n...\nb: 2\n", "E0116 3:1", ""),
        // Others
        ("a: @b # c\n", "E0121 1:4", r#"{a: "@b"}"#),
        ("a: [`b`, c]\n", "E0121 1:5", r#"{a: ["`b`", "c"]}"#),
        ("a: %b\n", "E0121 1:4", r#"{a: "%b"}"#),
        ("a: - b\n", "E0124 1:4", ""),
        ("a:\n  - b\n  c: 1\n", "E0124 3:3", ""),
        ("a:\n  c: 1\n  - b\n", "E0124 3:3", ""),
        ("a: [\n  - b\n]\n", "E0124 2:3", ""),
        ("a: [\n- b\n]\n", "E0124 2:1", ""),
        ("a: |x\n  y\n", "E0101 1:4", ""),
        ("a: b #c\n d\n", "E0101 1:6", ""),
        ("a: 1\n... b\n", "E0101 2:5", ""),
        // Characters
        ("a: b\u{7}c\n", "E0004 1:5", ""),
        ("a: \u{9b}\n\u{0}", "E0004 1:4, E0004 2:1", ""),
        ("a: b\u{2028}c\n", "E0004 1:5", ""),
        ("a: b\u{feff}c\n", "E0003 1:5", r#"{a: "bc"}"#),
    ];
    for (text, expected, after) in cases {
        let (parsed, report) = read(text);
        assert_eq!(&places(&report), expected, "{text:?}\n{report}");
        let keeps_all =
            expected.split(", ").all(|e| e.starts_with("E0114")) && !text.contains("!e!");
        assert_eq!(parsed.complete, keeps_all, "{text:?}");
        for d in &report.diagnostics {
            assert!(d.help.is_some(), "{report}");
            assert!(!d.message.ends_with('.'), "{report}");
        }
        if after.is_empty() {
            continue;
        }
        let again = mended(&report, text).expect("a patch");
        let (parsed, report) = read(&again);
        assert!(report.diagnostics.is_empty(), "{again:?}\n{report}");
        assert_eq!(outline(&parsed.node.unwrap()), *after, "{again:?}");
    }
}

#[test]
fn duplicates_name_the_first_place() {
    let (_, report) = read("b: 0\na: 1\na: 2\na: 3\n");
    assert_eq!(places(&report), "E0107 3:1, E0107 4:1");
    for d in &report.diagnostics {
        let (span, text) = &d.related[0];
        assert_eq!(report.sources.location(*span).line, 2);
        assert_eq!(text, "first defined here");
    }
}

#[test]
fn a_quote_closed_by_the_next_one_is_reported_where_it_opens() {
    let (_, report) = read("a: [\"b,\n  \"c\"]\nd: 1\n");
    assert_eq!(places(&report), "E0104 1:5", "{report}");
    assert_eq!(report.diagnostics[0].related.len(), 1);
}

#[test]
fn wrong_indentation_names_the_columns_that_fit() {
    let (_, report) = read("a:\n    b:\n        c: 1\n      d: 2\n");
    assert_eq!(places(&report), "E0103 4:7");
    assert_eq!(report.diagnostics[0].help.as_deref(), Some("indent it by 4 or 8 spaces"));
}

#[test]
fn limits() {
    let deep = "[".repeat(65) + &"]".repeat(65);
    assert_eq!(places(&read(&deep).1), "E0117 1:65");
    let deeper = "a: 1\nb: ".to_owned() + &"[".repeat(5000);
    let (parsed, report) = read(&deeper);
    assert!(places(&report).starts_with("E0117 2:"), "{}", places(&report));
    assert_eq!(outline(&parsed.node.unwrap()), r#"{a: "1"}"#);
    let block = (0..70).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>();
    assert_eq!(places(&read(&block).1), "E0117 65:65");

    let long = format!("a: {}\nb: 1\n", "x".repeat((1 << 20) + 1));
    let (parsed, report) = read(&long);
    assert_eq!(places(&report), "E0119 1:4");
    assert_eq!(outline(&parsed.node.unwrap()), r#"{b: "1"}"#);

    let many = "- 1\n".repeat(1_000_001);
    let (parsed, report) = read(&many);
    assert!(places(&report).starts_with("E0118 "), "{}", places(&report));
    assert!(!parsed.complete);

    let large = " ".repeat((16 << 20) + 1);
    let (parsed, report) = read(&large);
    assert_eq!(places(&report), "E0005 1:1");
    assert!(parsed.node.is_none() && !parsed.complete);
}

#[test]
fn a_flood_of_findings_ends() {
    let text = "- &a 1\n".repeat(2000);
    let (_, report) = read(&text);
    assert_eq!(report.diagnostics.len(), 501);
    assert!(report.diagnostics.iter().any(|d| d.code == &codes::TOO_MANY_FAULTS));
    let (_, report) = read(&"\u{1}".repeat(1000));
    assert_eq!(report.diagnostics.len(), 21);
}
