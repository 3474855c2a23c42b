//! Files that were made to do harm end in an error, soon, and with a report that fits on a screen.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod temp;

use std::fs::File;
use std::time::{Duration, Instant};

use clientwright_codegen::diag::Report;
use clientwright_codegen::source::Source;
use clientwright_codegen::{check, load};
use temp::Temp;

const HEAD: &str = "clientwright: 1\nprovider: { name: demo }\n\
                    servers: { production: https://api.example.com }\n";

fn checked(text: String) -> Report {
    check(vec![Source { name: "case.yaml".to_owned(), text }])
}

/// It ends, it is refused for this reason, and nobody has to scroll.
fn refused(text: String, code: &str) {
    let start: String = text.chars().take(60).collect();
    let report = checked(text);
    assert!(
        report.diagnostics.iter().any(|one| one.code.id == code),
        "{start}: {}",
        report.short()
    );
    let shown = report.human(false);
    assert!(shown.len() < 1 << 18, "{start}: {} bytes", shown.len());
}

#[test]
fn alias_bombs_are_never_lit() {
    let mut text = format!("{HEAD}a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(8);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    refused(text, "E0112");
    refused(format!("{HEAD}models: &m {{ a: *m }}\n"), "E0111");
    refused(format!("{HEAD}a: &a {{ b: c }}\nd: {{ <<: *a }}\n"), "E0113");
}

#[test]
fn depth_ends_somewhere() {
    for (open, close) in [("[", "]"), ("{ a: ", " }"), ("[", ""), ("{ a: ", "")] {
        let text = format!("{HEAD}a: {}x{}\n", open.repeat(50_000), close.repeat(50_000));
        refused(text, "E0117");
    }
    let mut text = HEAD.to_owned();
    for level in 0..2_000 {
        text.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    refused(text, "E0117");
    refused(format!("{HEAD}a:\n  {}x\n", "- ".repeat(5_000)), "E0117");
    let deep = format!("{}string{}", "list<".repeat(5_000), ">".repeat(5_000));
    refused(format!("{HEAD}models:\n  A: {deep}\n"), "E0301");
}

#[test]
fn huge_texts_are_refused() {
    let long = "x".repeat(2 << 20);
    for text in [
        format!("{HEAD}models:\n  A: string -- {long}\n"),
        format!("{HEAD}models:\n  A: \"{long}\"\n"),
        format!("{HEAD}models:\n  A:\n    doc: |\n      {long}\n    type: string\n"),
        format!("{HEAD}models:\n  {long}: string\n"),
        format!("{HEAD}{long}"),
    ] {
        let report = checked(text);
        assert!(report.has_errors());
        assert!(report.human(false).len() < 1 << 16, "{}", report.human(false).len());
    }
    // Comments are no texts of the specification, and are not kept.
    let report = checked(format!("{HEAD}# {long}\nmodels: {{ A: string }}\n"));
    assert!(!report.has_errors(), "{}", report.short());
}

#[test]
fn huge_files_are_not_read() {
    let temp = Temp::new("bounds-huge");
    temp.put("spec/a.yaml", HEAD);
    let file = File::create(temp.join("spec/huge.yaml")).unwrap();
    file.set_len(50 << 20).unwrap();
    let report = load::load(&temp.join("spec")).unwrap_err();
    assert_eq!(report.diagnostics.len(), 1, "{}", report.short());
    assert_eq!(report.diagnostics[0].code.id, "E0005");
    refused(format!("{HEAD}{}", "#".repeat(50 << 20)), "E0005");
}

#[test]
fn other_encodings_are_told() {
    let temp = Temp::new("bounds-encodings");
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(HEAD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 4] = [
        ("latin.yaml", b"clientwright: 1\nprovider: { name: demo, title: Caf\xe9 }\n"),
        ("utf16.yaml", &utf_16),
        ("overlong.yaml", b"a: \xc0\xaf\n"),
        ("surrogate.yaml", b"a: \xed\xa0\x80\n"),
    ];
    for (name, bytes) in cases {
        std::fs::write(temp.join(name), bytes).unwrap();
        let report = load::load(&temp.join(name)).unwrap_err();
        assert_eq!(report.diagnostics[0].code.id, "E0002", "{name}: {}", report.short());
    }
}

#[test]
fn marks_and_control_characters() {
    assert!(!checked(format!("\u{feff}{HEAD}")).has_errors(), "a mark at the start is common");
    refused(format!("{HEAD}models: {{ A: \u{feff}string }}\n"), "E0003");
    for c in ['\u{0}', '\u{7}', '\u{8}', '\u{b}', '\u{1b}', '\u{7f}', '\u{9b}'] {
        refused(format!("{HEAD}models: {{ A: string{c} }}\n"), "E0004");
    }
    refused(format!("{HEAD}{}", "\u{1}".repeat(4 << 20)), "E0004");
    refused(format!("{HEAD}{}", "a: \u{1}\n".repeat(1 << 20)), "E0004");
}

/// What looks like one thing to a reviewer and is another one (“Trojan Source”).
#[test]
fn text_that_turns_around_is_seen() {
    for c in ['\u{202a}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2069}'] {
        let text = format!("{HEAD}models: {{ A: {{ doc: \"a{c}b\", type: string }} }}\n");
        let report = checked(text);
        for shown in [report.human(false), report.short(), report.json(), report.github()] {
            assert!(!shown.contains(c), "{shown:?}");
        }
        assert!(report.has_errors(), "U+{:04X} stands in a file unseen", u32::from(c));
    }
}

/// Each guess looks at everything that is defined, so that a flood of names that nobody defines would take the product of
/// the two. After a hundred findings nothing is guessed any more, whatever the names are of.
#[test]
fn a_flood_of_mistakes_ends_the_guesses() {
    const MANY: usize = 400;
    let each = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let methods = each(&|n| format!("  things.get{n}: {{ http: GET /t{n}, returns: json }}\n"));
    let fields = each(&|n| format!("      field{n}?: string\n"));
    let method = "methods: { a.get: { http: GET /a, returns: A } }\n";
    let cases = [
        (
            "types",
            format!(
                "models:\n{}",
                each(&|n| format!("  Model{n}: {{ fields: {{ a: Modle{n} }} }}\n"))
            ),
        ),
        (
            "links",
            format!(
                "models:\n  A:\n    fields:\n{}methods:\n{methods}",
                each(&|n| format!("      a{n}?: link<things.gte{n}>\n"))
            ),
        ),
        (
            "members of rules",
            format!(
                "models:\n  A:\n    fields:\n{fields}    at_most_one:\n{}{method}",
                each(&|n| format!("      - [feild{n}, fiedl{n}]\n"))
            ),
        ),
        (
            "members that are left out",
            format!(
                "models:\n  B:\n    fields:\n{fields}  A:\n    like: B\n    without:\n{}{method}",
                each(&|n| format!("      - feild{n}\n"))
            ),
        ),
        (
            "auth",
            format!(
                "auth:\n{}methods:\n{}",
                each(&|n| format!("  token{n}: {{ scheme: bearer }}\n")),
                each(&|n| format!(
                    "  a.get{n}: {{ http: GET /a{n}, auth: tokne{n}, returns: json }}\n"
                ))
            ),
        ),
        (
            "members of examples",
            format!(
                "models:\n  A:\n    fields:\n{fields}methods:\n  a.get:\n    http: GET /a\n    returns: A\n    \
                 examples:\n      x:\n        response:\n{}",
                each(&|n| format!("          feild{n}: a\n"))
            ),
        ),
    ];
    for (what, text) in cases {
        let report = checked(format!("{HEAD}{text}"));
        assert!(report.diagnostics.len() >= MANY, "{what}: {}", report.human(false));
        let helped = report
            .diagnostics
            .iter()
            .filter(|one| one.help.as_deref().is_some_and(|help| help.starts_with("did you mean")));
        let helped = helped.count();
        assert!((1..=100).contains(&helped), "{what}: {helped} guesses");
    }
}

/// Keys that nobody knows are compared with those that are known, and not with each other.
#[test]
fn many_unknown_keys_are_told_soon() {
    let keys: String = (0..50_000).map(|n| format!("    key{n}: returns\n")).collect();
    let start = Instant::now();
    let report = checked(format!("{HEAD}methods:\n  a.get:\n    http: GET /a\n{keys}"));
    assert!(report.diagnostics.iter().any(|one| one.code.id == "E0201"), "{}", report.short());
    let took = start.elapsed();
    assert!(took < Duration::from_secs(30), "{took:?}");
}

/// What an example sends is looked up, and not looked through for each parameter: that took minutes.
#[test]
fn examples_of_many_parameters_are_read_soon() {
    const MANY: usize = 5000;
    let each = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let text = |sent: &dyn Fn(usize) -> String| {
        format!(
            "{HEAD}methods:\n  a.get:\n    http: GET /a\n    returns: nothing\n    query:\n{}    examples:\n      \
             x:\n        query:\n{}",
            each(&|n| format!("      name{n}: string\n")),
            each(sent)
        )
    };
    let report = checked(text(&|n| format!("          name{n}: a\n")));
    assert!(!report.has_errors(), "{}", report.short());
    // Each of them is told once, and no parameter as missing that one of them may be.
    let report = checked(text(&|n| format!("          nmae{n}: a\n")));
    assert!(
        report.diagnostics.iter().all(|one| one.message.contains("nmae")),
        "{}",
        report.short()
    );
}

/// What many methods share is looked up, and not looked through for each of them: that took minutes.
#[test]
fn what_many_methods_share_is_found_soon() {
    const MANY: usize = 5000;
    let each = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let methods = |path: &str| {
        let method = |n| format!("  a.get{n}: {{ http: \"GET {path}/a{n}\", returns: json }}\n");
        format!("methods:\n{}", each(&method))
    };
    let problem = "models: { Problem: { fields: { text?: string } } }\n";
    let group = |n| format!("  g{n}: {{ errors: {{ 404: Problem }} }}\n");
    let of_group = |n| format!("  g{n}.get: {{ http: GET /a{n}, returns: json }}\n");
    let cases = [
        (
            "parameters of the client",
            format!(
                "parameters:\n  headers:\n{}{}",
                each(&|n| format!("    X-{n}?: string\n")),
                methods("")
            ),
        ),
        (
            "values that the client fills in",
            format!(
                "models:\n  Twin:\n    enum:\n{}parameters: {{ path: {{ twin: Twin }} }}\n{}",
                each(&|n| format!("      v{n}: {{}}\n")),
                methods("/{twin}")
            ),
        ),
        ("groups", format!("{problem}groups:\n{}methods:\n{}", each(&group), each(&of_group))),
        (
            "names of files that are not used",
            format!(
                "models:\n{}methods: {{ a.get: {{ http: GET /a, returns: json }} }}\n",
                each(&|n| format!("  Model{n}: other.Model{n}\n"))
            ),
        ),
    ];
    for (what, text) in cases {
        let start = Instant::now();
        checked(format!("{HEAD}{text}"));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(30), "{what}: {took:?}");
    }
}

/// A circle is shown by some of its members.
#[test]
fn long_circles_fit_on_a_screen() {
    const MANY: usize = 3000;
    let mut text = format!("{HEAD}models:\n");
    for n in 0..MANY {
        let next = (n + 1) % MANY;
        text.push_str(&format!("  Model{n}: {{ fields: {{ next: Model{next} }} }}\n"));
    }
    text.push_str("methods: { a.get: { http: GET /a, returns: Model0 } }\n");
    let report = checked(text);
    assert_eq!(report.diagnostics.len(), 1, "{}", report.short());
    assert_eq!(report.diagnostics[0].code.id, "E0311");
    assert!(report.human(false).len() < 8_000, "{}", report.human(false));
    assert!(report.json().len() < 8_000, "{}", report.json());
}

#[test]
fn names_do_not_climb() {
    for name in ["../../x", "/etc/x", "..", "a/b", "a\\\\b", "C:x"] {
        let text = HEAD.replace("name: demo", &format!("name: \"{name}\""));
        let report = checked(text);
        assert!(report.has_errors(), "{name}");
        let text = format!("{HEAD}methods:\n  \"{name}.get\": {{ http: GET /a, returns: json }}\n");
        let generated = clientwright_codegen::generate(
            vec![Source { name: "case.yaml".to_owned(), text }],
            &clientwright_codegen::Options::default(),
        );
        for path in generated.iter().flat_map(|one| one.files.keys()) {
            assert!(!path.contains(['/', '\\', ':']) && !path.contains(".."), "{name}: {path}");
        }
    }
}
