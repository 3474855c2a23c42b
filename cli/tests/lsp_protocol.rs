//! `clientwright lsp`: how it speaks with an editor: beginning and end, places in odd texts, what is malformed, files that
//! change on disk.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests and their helpers"
)]

mod editor;
mod shop;
mod support;

use editor::Editor;
use serde_json::{Value, json};
use shop::{MODELS, SHOP, editor, files, places};

#[test]
fn files_that_change_without_being_open_are_looked_at_again() {
    let temp = files("lsp-watched");
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::open_folder(&temp, watches);
    let asked = editor.wait(|message| message["method"] == "client/registerCapability");
    editor.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    editor.open("shop/shop.yaml", SHOP);
    temp.put("shop/models.yaml", MODELS.replace("name?: string", "name?: sting"));
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let found = editor.findings_of("shop/models.yaml");
    assert_eq!((found[0].0.as_str(), found[0].1), ("E0302", 7));
    temp.put("shop/models.yaml", MODELS);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(editor.findings_of("shop/models.yaml").is_empty());
    let document = json!({ "uri": editor.uri("shop/shop.yaml") });
    editor.change("shop/shop.yaml", "clientwright: 1\nprovider: 1\n");
    assert!(!editor.findings_of("shop/shop.yaml").is_empty());
    editor.notify("textDocument/didClose", json!({ "textDocument": document }));
    assert!(editor.findings_of("shop/shop.yaml").is_empty(), "nobody looks at it any more");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn columns_are_bytes_if_the_editor_offers_it() {
    let temp = files("lsp-utf8");
    let mut editor = Editor::start(&temp);
    let params = json!({
        "capabilities": { "general": { "positionEncodings": ["utf-8", "utf-16"] } },
        "rootUri": editor.uri(""),
    });
    let told = editor.request("initialize", params).unwrap();
    assert_eq!(told["capabilities"]["positionEncoding"], "utf-8");
    editor.open("shop/shop.yaml", SHOP);
    let line = SHOP.lines().nth(10).unwrap();
    let params = json!({
        "textDocument": { "uri": editor.uri("shop/shop.yaml") },
        "position": { "line": 10, "character": line.find(" Cheese").unwrap() + 1 },
    });
    let found = editor.request("textDocument/documentHighlight", params).unwrap();
    let place = found[1]["range"]["start"].clone();
    assert_eq!(place, json!({ "line": 10, "character": line.find(" Cheese").unwrap() + 1 }));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn odd_texts_and_places_are_no_panic() {
    let (_temp, mut editor) = editor("lsp-odd");
    let path = "shop/shop.yaml";
    editor.open(path, SHOP);
    for text in [
        format!("\u{feff}{}", SHOP.replace('\n', "\r\n")),
        SHOP.replace('\n', "\r"),
        String::new(),
        "{".to_owned(),
        "\u{0}\t- é: [𝄞".to_owned(),
        "a: ".repeat(3000),
        format!("{}𝄞", "[".repeat(500)),
    ] {
        editor.change(path, &text);
        for (line, column) in [(0, 0), (0, 7), (3, 5), (9, 75), (9, u64::MAX), (u64::MAX, 0)] {
            for method in ["definition", "references", "hover", "completion", "prepareRename"] {
                let params = json!({
                    "textDocument": { "uri": editor.uri(path) },
                    "position": { "line": line, "character": column },
                });
                editor.request(&format!("textDocument/{method}"), params).unwrap();
            }
        }
        let document = json!({ "textDocument": { "uri": editor.uri(path) } });
        editor.request("textDocument/documentSymbol", document.clone()).unwrap();
        editor.request("textDocument/formatting", document).unwrap();
    }
    // A mark that the editor shows counts, and lines end in all three ways.
    let text = format!("\u{feff}{}", SHOP.replace('\n', "\r\n"));
    editor.change(path, &text);
    let found = editor.at("definition", path, (&text, "list<Cheese>", 6), json!({})).unwrap();
    assert_eq!(places(&editor, &found), ["shop/models.yaml:3:2"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_file_with_a_mark_on_disk_is_counted_without_it() {
    let temp = files("lsp-mark");
    temp.put(
        "shop/models.yaml",
        "\u{feff}{ clientwright: 1, models: { CheeseId: string, Cheese: string } }\n",
    );
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.open("shop/shop.yaml", SHOP);
    let place = (SHOP, "list<Cheese>", 6);
    let found = editor.at("definition", "shop/shop.yaml", place, json!({})).unwrap();
    assert_eq!(places(&editor, &found), ["shop/models.yaml:0:47"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn what_is_unknown_or_malformed_is_answered_and_survived() {
    let temp = files("lsp-malformed");
    let mut editor = Editor::start(&temp);
    let early = editor.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(early["code"], -32002);
    editor.request("initialize", json!({})).unwrap();
    let twice = editor.request("initialize", json!({})).unwrap_err();
    assert_eq!(twice["code"], -32600);
    for (method, params, code) in [
        ("textDocument/nonsense", json!({}), -32601),
        ("$/nonsense", Value::Null, -32601),
        ("textDocument/hover", json!({}), -32602),
        ("textDocument/hover", json!([1, 2]), -32602),
        ("textDocument/rename", json!({ "textDocument": { "uri": 7 } }), -32602),
        ("textDocument/definition", json!({ "textDocument": { "uri": "untitled:1" } }), -32602),
        ("textDocument/codeAction", json!({ "textDocument": { "uri": "file:///a" } }), -32602),
        ("textDocument/formatting", json!("x"), -32602),
    ] {
        let error = editor.request(method, params).unwrap_err();
        assert_eq!(error["code"], code, "{method}: {error}");
    }
    let place = json!({
        "textDocument": { "uri": "file:///no/such.yaml" },
        "position": { "line": 1, "character": 1 },
    });
    assert_eq!(editor.request("textDocument/hover", place).unwrap(), Value::Null);
    for notification in ["textDocument/didOpen", "textDocument/didChange", "nonsense", "exit2"] {
        editor.notify(notification, json!({ "textDocument": { "uri": [], "text": 1 } }));
    }
    editor.send(&json!({ "jsonrpc": "2.0", "id": 900, "result": null }));
    for (bytes, code) in [
        ("Content-Length: 3\r\n\r\n{a}", -32700),
        ("Content-Length: 2\r\n\r\n[]", -32600),
        ("Content-Length: 4\r\n\r\nnull", -32600),
        ("Content-Length: 8\r\n\r\n{\"id\":7}", -32600),
        ("Content-Length: many\r\n\r\n", -32700),
    ] {
        editor.send_bytes(bytes.as_bytes());
        let answer = editor.wait(|message| message.get("error").is_some());
        assert_eq!(answer["error"]["code"], code, "{bytes}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_status_says_whether_the_editor_said_goodbye() {
    let temp = files("lsp-end");
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.request("shutdown", Value::Null).unwrap();
    let late = editor.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(late["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end(), (0, String::new()));

    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end().0, 1, "without `shutdown`");
    assert_eq!(Editor::open_folder(&temp, json!({})).end().0, 1, "gone away");
    let mut editor = Editor::start(&temp);
    editor.send_bytes(b"Content-Length: 50\r\n\r\n{");
    assert_eq!(editor.end().0, 1, "gone in the middle of a message");
}

#[test]
fn a_flood_of_findings_is_cut_and_goes_away() {
    let (_temp, mut editor) = editor("lsp-flood");
    let wrong: String = (0..3_000).map(|at| format!("      m{at}: Nonsense{at}\n")).collect();
    let text = format!("{MODELS}  Wrong:\n    fields:\n{wrong}");
    editor.open("shop/models.yaml", &text);
    let found = editor.findings_of("shop/models.yaml");
    assert_eq!(found.len(), 1_000);
    assert_eq!(found[0].1, 10, "the first ones");
    editor.change("shop/models.yaml", MODELS);
    assert!(editor.findings_of("shop/models.yaml").is_empty());
    assert_eq!(editor.leave(), 0);
}
