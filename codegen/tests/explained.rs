//! The examples of `clientwright explain`: what is shown as wrong is told that code, and what is shown as right is not.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

use clientwright_codegen::check;
use clientwright_codegen::diag::{Report, codes};
use clientwright_codegen::source::Source;

/// Where a piece of a specification can stand: what is above it, how deep it is, and what is below it. What is beside one
/// at the top is in a file of its own.
const FRAMES: [(&str, usize, &str); 25] = [
    ("", 0, ""),
    ("path: { id: string }\n", 0, ""),
    ("defaults:\n  headers:\n", 4, ""),
    (
        "groups: { exports: { transaction: { open: create, commit: commit, id: export-id, at: id } } }\nmethods: { \
         exports.create: { http: POST /exports, returns: Export } }\n",
        0,
        "",
    ),
    ("models:\n", 2, ""),
    ("models:\n", 2, "methods: { orders.xml: { http: GET /xml, returns: { xml: Order } } }\n"),
    ("models:\n  Example:\n    fields:\n", 6, ""),
    (
        "models:\n  Example:\n    fields:\n",
        6,
        "methods: { users.get: { http: GET /u, returns: User } }\n",
    ),
    ("models:\n  Example:\n    fields:\n      some:\n        type: string\n", 8, ""),
    ("models:\n  Example:\n", 4, ""),
    ("models:\n  Example:\n    like: Base\n", 4, ""),
    ("methods:\n", 2, ""),
    ("path: { id: string, export-id: int64, user: string }\nmethods:\n", 2, ""),
    ("methods:\n  some.make:\n    http: POST /some\n    returns: json\n", 4, ""),
    ("methods:\n  some.make:\n    http: POST /some\n", 4, ""),
    ("path: { id: string }\nmethods:\n  some.make:\n    returns: json\n", 4, ""),
    ("auth:\n", 2, ""),
    (
        "path: { user: string, export-id: int64 }\ngroups: { exports: { transaction: { open: create, commit: commit, \
         id: export-id, at: id } } }\nmethods:\n",
        2,
        "",
    ),
    (
        "path: { export-id: int64 }\ngroups: { exports: { transaction: { open: create, commit: commit, id: export-id, \
         at: id } } }\nmethods:\n  exports.create: { http: POST /exports, returns: Export }\n  exports.commit: { http: \
         \"PUT /exports/{export-id}\", returns: nothing }\n",
        2,
        "",
    ),
    (
        "groups: { exports: { transaction: { open: create, commit: commit, id: export-id, at: id } } }\nmodels: { \
         ExportId: int64 }\nmethods:\n  exports.create: { http: POST /exports, returns: Export }\n",
        2,
        "",
    ),
    ("auth: { app: { scheme: bearer } }\n", 0, ""),
    (
        "methods:\n  tables.get:\n    http: GET /table\n    returns: { any: { Json: Report, Table: text(text/csv) } }\n",
        4,
        "",
    ),
    ("deliveries:\n  event: { field: event }\n  events: { SLEEP: User }\n", 2, ""),
    ("deliveries:\n  verify: none\n  events: { SLEEP: User }\n", 2, ""),
    ("", 0, "methods: { files.add: { http: POST /files, body: binary, returns: nothing } }\n"),
];

/// Models that the examples speak of, where they do not define them.
const MODELS: [(&str, &str); 15] = [
    ("Base", "{ fields: { id?: string, name?: string } }"),
    ("User", "{ fields: { name?: string } }"),
    ("Problem", "{ fields: { text?: string } }"),
    ("Book", "{ fields: { title?: string } }"),
    ("Summary", "{ fields: { short?: string } }"),
    ("Report", "{ fields: { long?: string } }"),
    ("UserId", "string"),
    ("Filter", "{ fields: { name?: string } }"),
    ("Notifications", "{ fields: { text?: string } }"),
    ("Job", "{ fields: { state?: string } }"),
    ("Update", "{ union: { tag: event, content: data, variants: { added: User } } }"),
    ("Line", "{ fields: { text: string } }"),
    ("KeyScope", "{ enum: [app, account] }"),
    ("Order", "{ fields: { id: string } }"),
    ("Export", "{ fields: { id: int64 } }"),
];

/// What is explained about a code as `Wrong` or as `Right`.
fn shown(explain: &str, what: &str) -> Vec<String> {
    let parts = explain.split(what).skip(1);
    parts
        .map(|part| {
            part.lines()
                .skip_while(|line| line.is_empty())
                .take_while(|line| line.is_empty() || line.starts_with("    "))
                .map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or("")))
                .collect::<String>()
                .replace("<tab>", "\t")
        })
        .collect()
}

fn framed(block: &str, (above, depth, below): (&str, usize, &str)) -> Report {
    let indented: String =
        block.trim_end().lines().map(|line| format!("{:depth$}{line}\n", "")).collect();
    let (text, beside) = match depth {
        0 => (indented, format!("{above}{below}")),
        _ => (format!("{above}{indented}{below}"), String::new()),
    };
    let mut rest = "clientwright: 1\nprovider: { name: demo }\n".to_owned();
    if !text.lines().any(|line| line.starts_with("servers:")) {
        rest.push_str("servers: { main: https://api.example.com }\n");
    }
    rest.push_str("models:\n  Unrelated: string\n");
    for (name, model) in MODELS {
        if !text.contains(&format!("{name}:")) {
            rest.push_str(&format!("  {name}: {model}\n"));
        }
    }
    let source = |name: &str, text| Source { name: name.to_owned(), text };
    check(vec![
        source("shown.yaml", format!("clientwright: 1\n{text}")),
        source("beside.yaml", format!("clientwright: 1\n{beside}")),
        source("rest.yaml", rest),
    ])
}

fn is_told(report: &Report, code: &str) -> bool {
    report.diagnostics.iter().any(|one| one.code.id == code)
}

/// What is right together with something that no example shows: another file, a pager, and an address that is two entries.
const IN_PART: [&str; 3] = ["E0208", "E0511", "E0605"];

#[test]
fn examples_show_what_they_explain() {
    let mut count = 0;
    let mut unshown = String::new();
    for code in codes::ALL {
        let (wrong, right) = (shown(code.explain, "Wrong:\n"), shown(code.explain, "Right:\n"));
        for block in wrong.iter().chain(&right) {
            assert!(!block.trim().is_empty(), "{}: nothing is shown", code.id);
        }
        count += wrong.len() + right.len();
        let is_wrong = |block: &String, frame| is_told(&framed(block, frame), code.id);
        let is_right = |block: &String, frame| {
            let report = framed(block, frame);
            !report.has_errors() && !is_told(&report, code.id)
        };
        // What is wrong is told where what is right is not.
        let shows = if wrong.is_empty() {
            right.iter().all(|block| FRAMES.iter().any(|frame| is_right(block, *frame)))
        } else {
            FRAMES.iter().any(|frame| {
                // What the frame is told by itself shows nothing of what stands in it. Where something right stands in it,
                // it is told nothing; and it has a key without a value where nothing does.
                (!right.is_empty() || !is_told(&framed("", *frame), code.id))
                    && wrong.iter().all(|block| is_wrong(block, *frame))
                    && right.iter().all(|block| is_right(block, *frame))
            })
        };
        if shows == IN_PART.contains(&code.id) {
            unshown.push_str(&format!("{}: {}\n", code.id, code.title));
        }
    }
    assert!(unshown.is_empty(), "{unshown}");
    assert!(count > 150, "{count}");
}
