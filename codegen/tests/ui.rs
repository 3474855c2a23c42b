//! What a person sees who makes a mistake: every fixture of `tests/ui` against the report beside it.
//!
//! A fixture is a file, or a folder of files that are one specification, in the folder of a family.
//! `UPDATE=1 cargo test -p clientwright-codegen --test ui` writes the reports anew; read them then, as
//! the person who made the mistake.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

use clientwright_codegen::diag::{Severity, codes};
use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, check, generate};
use fixtures::{OK, fixtures, root, sorted};

/// Codes that no fixture can have, with the reason.
const WITHOUT_FIXTURE: &[(&str, &str)] = &[
    ("E0001", "given by loading: `check` is handed texts"),
    ("E0002", "given by loading: `check` is handed texts"),
    ("E0005", "a file of 16 MiB; see `limits`"),
    ("E0118", "a file of a million values; tested in `yaml`"),
    ("E0119", "a text of 1 MiB; see `limits`"),
    ("E0125", "five hundred mistakes; see `limits`"),
];

#[test]
fn every_mistake_is_reported_as_expected() {
    let update = env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    let mut count = 0;
    let mut known = BTreeSet::new();
    for fixture in fixtures().into_iter().filter(|fixture| fixture.family() != OK) {
        known.insert(fixture.expected.clone());
        let actual = fixture.report().human(false);
        let expected = fs::read_to_string(&fixture.expected).unwrap_or_default();
        if actual == expected {
            continue;
        }
        if update {
            fs::write(&fixture.expected, actual).unwrap();
        } else {
            count += 1;
            let _ = writeln!(wrong, "\n{}\n{}", fixture.name, diff(&expected, &actual));
        }
    }
    for path in sorted(&root()).iter().flat_map(|family| sorted(family)) {
        let report = path.extension().is_some_and(|extension| extension == "stderr");
        if report && !known.contains(&path) {
            count += 1;
            let _ = writeln!(wrong, "\n{}: nothing has this report", path.display());
        }
    }
    assert!(count == 0, "{count} reports differ; `UPDATE=1` writes them anew\n{wrong}");
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_mistake() {
    let mut seen: BTreeSet<&str> = WITHOUT_FIXTURE.iter().map(|(code, _)| *code).collect();
    let mut faultless = Vec::new();
    for fixture in fixtures().into_iter().filter(|fixture| fixture.family() != OK) {
        let report = fixture.report();
        if report.diagnostics.is_empty() {
            faultless.push(fixture.name.clone());
        }
        for diagnostic in &report.diagnostics {
            let code = diagnostic.code.id;
            let exception = WITHOUT_FIXTURE.iter().any(|(other, _)| *other == code);
            assert!(!exception, "{code} has a fixture after all: {}", fixture.name);
            seen.insert(code);
        }
    }
    assert!(faultless.is_empty(), "nothing is reported about {faultless:#?}");
    let missing: Vec<&str> =
        codes::ALL.iter().map(|code| code.id).filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture gives {missing:?}");
}

#[test]
fn messages_are_written_in_one_way() {
    for fixture in fixtures() {
        for diagnostic in fixture.report().diagnostics {
            let help = diagnostic.help.iter().chain(&diagnostic.notes).chain(&diagnostic.label);
            let related = diagnostic.related.iter().map(|(_, text)| text);
            for text in help.chain(related).chain([&diagnostic.message]) {
                // `YAML` may come first, `Unknown` may not.
                let mut chars = text.chars();
                let sentence = chars.next().is_some_and(char::is_uppercase)
                    && chars.next().is_some_and(char::is_lowercase);
                let fine = !sentence && !text.is_empty() && !text.ends_with('.');
                assert!(fine, "{}: {text}", fixture.name);
            }
        }
    }
}

#[test]
fn what_is_right_passes() {
    let mut seen = 0;
    for fixture in fixtures().into_iter().filter(|fixture| fixture.family() == OK) {
        let report = fixture.report();
        let warned = fixture.name.ends_with("_warns");
        let fine = if warned { !report.has_errors() } else { report.diagnostics.is_empty() };
        assert!(fine, "{}\n{}", fixture.name, report.human(false));
        let generated = generate(fixture.sources.clone(), &Options::default()).unwrap();
        for (path, text) in &generated.files {
            assert!(syn::parse_file(text).is_ok(), "{}: {path}\n{text}", fixture.name);
        }
        seen += 1;
    }
    assert!(seen > 0);
}

/// The same mistakes in the same order, whatever the files are called and in whatever order they come.
#[test]
fn the_order_of_files_does_not_matter() {
    for fixture in fixtures().into_iter().filter(|fixture| fixture.sources.len() > 1) {
        let forth = fixture.report().human(false);
        let back = check(fixture.sources.iter().rev().cloned().collect()).human(false);
        assert_eq!(forth, back, "{}", fixture.name);
    }
}

/// Limits that a fixture would have to be too large for.
#[test]
fn limits() {
    let head = "clientwright: 1\nprovider: { name: demo }\n\
                servers: { production: https://api.example.com }\n";
    let text = |text: String| vec![Source { name: "case.yaml".to_owned(), text }];
    let cases = [
        ("E0005", " ".repeat((16 << 20) + 1)),
        ("E0119", format!("{head}models:\n  Id: string -- {}\n", "x".repeat(1 << 20))),
        ("E0125", format!("{head}{}", "provider: { name: demo }\n".repeat(600))),
    ];
    for (code, source) in cases {
        let report = check(text(source));
        let errors = report.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        assert!(errors.clone().any(|d| d.code.id == code), "{code}");
        assert!(report.human(false).len() < 1 << 20, "{code}");
    }
}

/// Unions inside each other, of which no variant fits at the bottom, take no time worth speaking of.
#[test]
fn unions_in_unions_end() {
    let example = (0..60).fold("1".to_owned(), |inner, _| format!("{{ x: {inner} }}"));
    let text = format!(
        "clientwright: 1\nprovider: {{ name: demo }}\n\
         servers: {{ production: https://api.example.com }}\nmodels:\n  \
         A: {{ fields: {{ x: V }} }}\n  B: {{ fields: {{ x: V, y?: V }} }}\n  \
         V: {{ union: {{ untagged: {{ B: B, A: A }} }} }}\nmethods:\n  a.get:\n    \
         http: GET /a\n    returns: V\n    examples: {{ one: {{ response: {example} }} }}\n"
    );
    let report = check(vec![Source { name: "case.yaml".to_owned(), text }]);
    assert!(report.has_errors());
}

/// Nobody writes such chains, and nobody has to wait for them or to see a stack overflow.
#[test]
fn long_chains_end() {
    let links = [
        ("models:\n", "  M#: { fields: { next?: M$ } }\n"),
        ("models:\n", "  M#: { fields: { next: list<M$> } }\n"),
        ("models:\n", "  M#: M$\n"),
        ("models:\n", "  M#: list<M$>\n"),
        ("models:\n", "  M#: { like: M$ }\n"),
        ("models:\n", "  M#: { fields: { a#: string, ...: M$ } }\n"),
        ("models:\n", "  M#: { union: { untagged: { Text: string, More: M$ } } }\n"),
        ("models:\n", "  M#: { union: { key: { a: M$, b: M$ } } }\n"),
        ("auth:\n", "  M#: { any: [M$, M$] }\n"),
        ("auth:\n", "  M#: { all: [M$, M$, M$] }\n"),
    ];
    for (list, link) in links {
        let mut text = format!(
            "clientwright: 1\nprovider: {{ name: demo }}\n\
             servers: {{ production: https://api.example.com }}\n{list}"
        );
        for at in 0..2000 {
            let line = link.replace('#', &at.to_string()).replace('$', &(at + 1).to_string());
            text.push_str(&line);
        }
        text.push_str(if list == "auth:\n" {
            "  M2000: { scheme: bearer }\n"
        } else {
            "  M2000: string\nmethods:\n  a.get: { http: GET /a, returns: M0, auth: none }\n"
        });
        let report = check(vec![Source { name: "case.yaml".to_owned(), text }]);
        assert!(report.short().len() < 1 << 20, "{link}");
    }
}

/// Whoever feeds a file of another kind to the tool does not wait for it, and is not shown all of it.
#[test]
fn floods_end() {
    const MANY: usize = 5_000;
    let lists = [
        ("methods:\n", "  a.m#: { http: GET /a#, returns: Usr# }\n"),
        ("methods:\n", "  a.m#: { http: GET /a#, returns: json, bogus#: 1 }\n"),
        ("methods:\n", "  a.m#: { http: \"GET /a/{id}\", path: { x: string }, returns: json }\n"),
        (
            "methods:\n",
            "  g#.m: { http: GET /a#, returns: json, server: s#, auth: t#, paginate: p# }\n",
        ),
        ("groups:\n", "  g#: { doc: Some. }\n"),
        ("pagers:\n", "  p#: { style: page, page: p, from: here }\n"),
        ("servers:\n", "  s#: { url: ftp://api# }\n"),
        ("auth:\n", "  a#: { any: [b#] }\n"),
        ("path: { id: string }\nmodels:\n", "  M#: { feilds: { id: string } }\n"),
        ("models:\n", "  M#: { fields: { id: N# } }\n"),
        ("models:\n", "  M#: { like: N# }\n"),
        ("models:\n", "  M#: { fields: { id: { type: int32, default: x } } }\n"),
        ("models:\n  M:\n    fields:\n", "      m#: Strng#\n"),
        ("models:\n  M:\n    enum:\n", "      - m\n"),
        ("models:\n  M:\n    union:\n      untagged:\n", "        m#: N#\n"),
        (
            "models:\n  M: { fields: { a: M } }\n  N:\n    fields:\n",
            "      m#: { type: M, name: x }\n",
        ),
        (
            "models: { M: { fields: { a: string } } }\nmethods:\n  a.get:\n    http: GET /a\n    \
             returns: M\n    examples:\n      one:\n        response:\n",
            "          m#: 1\n",
        ),
        ("a: 1\n", "a#\n"),
        ("a: 1\n", "a: &x [*x]\n"),
    ];
    for (head, line) in lists {
        let mut text = format!("clientwright: 1\nprovider: {{ name: demo }}\n{head}");
        for at in 0..MANY {
            text.push_str(&line.replace('#', &at.to_string()));
        }
        let report = check(vec![Source { name: "case.yaml".to_owned(), text }]);
        assert!(report.has_errors(), "{line}");
        assert!(report.human(false).len() < 1 << 18, "{line}: {}", report.human(false).len());
        assert!(report.json().lines().count() >= report.diagnostics.len(), "{line}");
    }
}

/// Lines that only one of two texts has, with the lines that both have around them.
fn diff(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    // The length of the longest common rest from each pair of lines.
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let at = |common: &BTreeMap<_, usize>, i, j| common.get(&(i, j)).copied().unwrap_or(0);
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let length = if old[i] == new[j] {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            common.insert((i, j), length);
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            let _ = writeln!(out, "    {}", old[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && at(&common, i + 1, j) >= at(&common, i, j + 1)
        {
            let _ = writeln!(out, "  - {}", old[i]);
            i += 1;
        } else {
            let _ = writeln!(out, "  + {}", new[j]);
            j += 1;
        }
    }
    out
}
