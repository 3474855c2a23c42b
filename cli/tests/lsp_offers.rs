//! What `clientwright lsp` offers stands in no way of what `check` takes: each key and each word that is offered at each
//! place of several specifications is written there, and checked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests and their helpers"
)]

mod editor;
mod support;

use clientwright_codegen::diag::Severity;
use clientwright_codegen::source::Source;
use editor::{Editor, edited};
use serde_json::{Value, json};
use support::Temp;

const AUTH: &str = include_str!("lsp_offers/auth.yaml");
const MODELS: &str = include_str!("lsp_offers/models.yaml");
const METHODS: &str = include_str!("lsp_offers/methods.yaml");
const DELIVERIES: &str = include_str!("lsp_offers/deliveries.yaml");
const SHARED: &str = include_str!("lsp_offers/shared.yaml");

const ALL: [&str; 5] = [AUTH, MODELS, METHODS, DELIVERIES, SHARED];

/// What says that a key or a word has no place where it stands.
const MISPLACED: [&str; 22] = [
    "E0201", "E0203", "E0205", "E0207", "E0301", "E0302", "E0303", "E0304", "E0305", "E0314",
    "E0324", "E0408", "E0410", "E0420", "E0421", "E0423", "E0431", "E0501", "E0514", "E0523",
    "E0601", "E0903",
];

/// Where a key or a value is being written, and what stands there in its place.
struct Place {
    text: String,
    line: usize,
    column: usize,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line before the first entry of each mapping.
fn keys(text: &str) -> Vec<Place> {
    let lines: Vec<&str> = text.lines().collect();
    let mut places = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(inner) = lines.get(at + 1).filter(|inner| indent(inner) > indent(line)) else {
            continue;
        };
        let column = indent(inner);
        let mut written: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        written.insert(at + 1, " ".repeat(column));
        places.push(Place { text: written.join("\n") + "\n", line: at + 1, column });
    }
    places
}

/// Each value that stands behind its key.
fn values(text: &str) -> Vec<Place> {
    let lines: Vec<&str> = text.lines().collect();
    let mut places = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(": ") else { continue };
        let column = key.len() + 2;
        let mut written: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        written[at] = format!("{key}: ");
        places.push(Place { text: written.join("\n") + "\n", line: at, column });
    }
    places
}

/// Something that a key can hold.
fn plausible(key: &str) -> &'static str {
    match key {
        "timeout" | "attempt" | "call" | "connect" | "per" | "tolerance" => "5s",
        "fields" | "form" | "multipart" | "query" | "headers" | "cookies" | "path" => {
            "{ X-Two?: string }"
        }
        "any" => "{ One: Notice, Two: text }",
        "errors" => "{ 409: nothing }",
        "retry" => "{ on: [503] }",
        "on" | "renew_on" => "[401]",
        "status" => "200",
        "allow" => "{ W0202: As it should be. }",
        "read" | "write" | "sensitive" | "deprecated" | "closed" | "first" | "pick" | "signed"
        | "placeholder" | "null_as_default" => "true",
        "type" | "as" => "string",
        "returns" | "body" | "body?" | "in_success" => "nothing",
        "format" => "rfc3339",
        "effect" => "write",
        "lifetime" => "300",
        "size" | "requests" => "10",
        "named" => "false",
        "end" => "empty",
        "decode" => "gzip",
        "xml" => "attribute",
        "style" => "csv",
        _ => "a",
    }
}

/// The errors of a text that say that something is misplaced: code, line and message.
fn misplaced(text: &str) -> Vec<(&'static str, usize, String)> {
    let report = clientwright_codegen::check(vec![Source {
        name: "demo.yaml".to_owned(),
        text: text.to_owned(),
    }]);
    let errors = report.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let misplaced = errors.filter(|it| MISPLACED.contains(&it.code.id));
    let place = |span| report.sources.location(span).line as usize;
    misplaced.map(|it| (it.code.id, place(it.span), it.message.clone())).collect()
}

/// What is offered at a place, with the text that it gives.
fn offered(editor: &mut Editor, place: &Place) -> Vec<(String, u64, String)> {
    editor.change("demo.yaml", &place.text);
    let params = json!({
        "textDocument": { "uri": editor.uri("demo.yaml") },
        "position": { "line": place.line, "character": place.column },
    });
    let found = editor.request("textDocument/completion", params).unwrap();
    let items = found.as_array().unwrap().iter();
    let one = |item: &Value| {
        let written = edited(&place.text, &json!([item["textEdit"]]));
        (item["label"].as_str().unwrap().to_owned(), item["kind"].as_u64().unwrap(), written)
    };
    items.map(one).collect()
}

const KEY: u64 = 10;
const WORD: u64 = 14;

#[test]
fn keys_that_are_offered_can_stand_there() {
    let temp = Temp::new("lsp-offers-keys");
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.open("demo.yaml", "");
    let (mut count, mut wrong) = (0, Vec::new());
    for text in ALL {
        assert_eq!(misplaced(text), [], "{text}");
        for place in keys(text) {
            for (label, kind, written) in offered(&mut editor, &place) {
                if kind != KEY {
                    continue;
                }
                count += 1;
                let lines: Vec<&str> = written.lines().collect();
                let value = plausible(&label);
                let written = [
                    &lines[..place.line],
                    &[&format!("{}{value}", lines[place.line])],
                    &lines[place.line + 1..],
                ]
                .concat()
                .join("\n");
                // What the value is not good for is another matter.
                let found = misplaced(&format!("{written}\n"));
                let found: Vec<_> = found
                    .iter()
                    .filter(|(code, line, _)| *code == "E0201" || *line != place.line + 1)
                    .collect();
                if !found.is_empty() {
                    let around = lines[place.line.saturating_sub(2)..place.line].join(" / ");
                    wrong.push(format!("{around} / {label}: {value}: {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 700, "{count}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn words_that_are_offered_can_stand_there() {
    let temp = Temp::new("lsp-offers-words");
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.open("demo.yaml", "");
    let (mut count, mut wrong) = (0, Vec::new());
    for text in ALL {
        for place in values(text) {
            for (label, kind, written) in offered(&mut editor, &place) {
                count += 1;
                let types = match label.as_str() {
                    // These need a name or a path behind them.
                    "link" | "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" => {
                        continue;
                    }
                    "list" | "map" | "lines" | "events" | "Page" if kind != WORD => "<string>",
                    _ => "",
                };
                let mut lines: Vec<String> = written.lines().map(str::to_owned).collect();
                lines[place.line].push_str(types);
                let written = lines.join("\n") + "\n";
                let found = misplaced(&written);
                let found: Vec<_> =
                    found.iter().filter(|(_, line, _)| *line == place.line + 1).collect();
                if !found.is_empty() {
                    let line = written.lines().nth(place.line).unwrap();
                    wrong.push(format!("{line}: {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 500, "{count}");
    assert_eq!(editor.leave(), 0);
}
