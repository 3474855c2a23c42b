//! `clientwright lsp`: what an editor asks about a specification of two files, a file that it uses, and another
//! specification that uses it too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests and their helpers"
)]

mod editor;
mod shop;
mod support;

use editor::{Editor, edited};
use serde_json::{Value, json};
use shop::{BAR, MODELS, PLATFORM, SHOP, editor, files, labels, places};
use support::Temp;

#[test]
fn the_definition_is_in_another_file_and_in_a_used_one() {
    let (_temp, mut editor) = editor("lsp-definition");
    editor.open("shop/shop.yaml", SHOP);
    for (what, behind, expected) in [
        ("list<Cheese>", 7, "shop/models.yaml:3:2"),
        ("platform.Problem", 12, "common/platform.yaml:2:2"),
        ("platform.Problem", 2, "shop/shop.yaml:2:7"),
        ("../common", 4, "common/platform.yaml:0:0"),
        ("paginate: records", 12, "shop/shop.yaml:7:10"),
        ("{id}", 1, "shop/shop.yaml:6:8"),
        ("auth: user", 7, "shop/shop.yaml:4:8"),
        ("cheeses.get", 2, "shop/shop.yaml:9:2"),
    ] {
        let found = editor.at("definition", "shop/shop.yaml", (SHOP, what, behind), json!({}));
        assert_eq!(places(&editor, &found.unwrap()), [expected], "{what}");
    }
    let nothing = editor.at("definition", "shop/shop.yaml", (SHOP, "GET /cheeses", 1), json!({}));
    assert_eq!(nothing.unwrap(), json!([]));
    assert_eq!(editor.leave(), 0);
}

const DEPOT: &str = "\
clientwright: 1
provider: { name: depot }
servers: { production: https://depot.example }
path: { export: ExportId }
models:
  ExportId: int64
  Base: { fields: { key: ExportId } }
  Export: { fields: { ...: Base, size?: int32 } }
groups:
  exports: { transaction: { open: create, commit: commit, id: export, at: key } }
methods:
  exports.create: { http: POST /exports, returns: Export }
  exports.commit: { http: \"PUT /exports/{export}\", returns: nothing }
  exports.show:
    http: POST /show
    body: { any: { Json: Export, Csv: text(text/csv) } }
    returns: { any: { Json: Export, Log: text } }
    examples: { one: { request_as: Json, request: { key: 1 }, response_as: Log, response: a } }
";

#[test]
fn what_an_example_or_a_transaction_names_is_found_and_offered() {
    let temp = Temp::new("lsp-depot");
    temp.put("depot.yaml", DEPOT);
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.open("depot.yaml", DEPOT);
    for (what, behind, expected) in [
        ("at: key", 5, "depot.yaml:6:20"),
        ("request_as: Json", 13, "depot.yaml:15:19"),
        ("response_as: Log", 14, "depot.yaml:16:36"),
    ] {
        let found = editor.at("definition", "depot.yaml", (DEPOT, what, behind), json!({}));
        assert_eq!(places(&editor, &found.unwrap()), [expected], "{what}");
    }
    for (what, offered, not) in [
        ("at: key", "key", "size"),
        ("request_as: Json", "Csv", "Log"),
        ("response_as: Log", "Log", "Csv"),
    ] {
        let key = what.find(": ").unwrap() + 2;
        let found = editor.at("completion", "depot.yaml", (DEPOT, what, key), json!({})).unwrap();
        let all = labels(&found);
        assert!(
            all.iter().any(|it| it == offered) && all.iter().all(|it| it != not),
            "{what}: {all:?}"
        );
    }
    // The name of an alternative is ours, that of a member is a fact of the service.
    let to = json!({ "newName": "Whole" });
    let place = (DEPOT, "request_as: Json", 13);
    let found = editor.at("rename", "depot.yaml", place, to.clone()).unwrap();
    let changed = edited(DEPOT, &found["changes"][editor.uri("depot.yaml")]);
    let expected = DEPOT.replace("{ Json: Export, Csv", "{ Whole: Export, Csv");
    assert_eq!(changed, expected.replace("request_as: Json", "request_as: Whole"));
    let refused = editor.at("rename", "depot.yaml", (DEPOT, "at: key", 5), to).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("facts of the service"), "{refused}");
    assert!(!editor.findings.contains_key("depot.yaml"), "{:?}", editor.findings);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn references_are_those_of_all_specifications() {
    let (_temp, mut editor) = editor("lsp-references");
    editor.open("common/platform.yaml", PLATFORM);
    let mut ask = |declared: bool| {
        let more = json!({ "context": { "includeDeclaration": declared } });
        let place = (PLATFORM, "Problem", 3);
        let found = editor.at("references", "common/platform.yaml", place, more).unwrap();
        places(&editor, &found)
    };
    let uses = ["bar/bar.yaml:5:74", "shop/shop.yaml:5:52"];
    assert_eq!(ask(false), uses);
    assert_eq!(ask(true), ["bar/bar.yaml:5:74", "common/platform.yaml:2:2", "shop/shop.yaml:5:52"]);
    let place = (MODELS, "Cheese:", 1);
    let more = json!({ "context": { "includeDeclaration": true } });
    let found = editor.at("references", "shop/models.yaml", place, more).unwrap();
    let expected = ["shop/models.yaml:3:2", "shop/shop.yaml:10:72", "shop/shop.yaml:9:71"];
    assert_eq!(places(&editor, &found), expected, "columns count as UTF-16 does");
    let found = editor.at("documentHighlight", "shop/shop.yaml", (SHOP, "user", 1), json!({}));
    assert_eq!(found.unwrap().as_array().unwrap().len(), 2);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn hover_shows_shape_and_documentation() {
    let (_temp, mut editor) = editor("lsp-hover");
    editor.open("shop/shop.yaml", SHOP);
    let mut hover = |what: &str, behind: usize| {
        let found = editor.at("hover", "shop/shop.yaml", (SHOP, what, behind), json!({})).unwrap();
        found["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    let cheese = "```yaml\nCheese:\n  id: CheeseId\n  name?: string\n```\n\nSomething to eat.";
    assert_eq!(hover("list<Cheese>", 6), cheese);
    assert!(hover("get: {", 1).contains("http: GET /cheeses/{id}"));
    assert!(hover("get: {", 1).ends_with("Ein Käse 𝄞."));
    assert_eq!(hover("paginate", 3), "`paginate`: How its pages are turned.");
    assert_eq!(hover("list<", 1), "`list`: `list<T>`: a `Vec<T>`.");
    assert_eq!(hover("Söhne", 1), "");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn completion_follows_what_is_typed_and_not_saved() {
    let (_temp, mut editor) = editor("lsp-completion");
    let text = format!("{SHOP}  cheeses.eat:\n    http: DELETE /cheeses/{{id}}\n    re");
    editor.open("shop/shop.yaml", SHOP);
    editor.change("shop/shop.yaml", &text);
    let path = "shop/shop.yaml";
    let found = editor.at("completion", path, (&text, "    re", 6), json!({})).unwrap();
    let all = labels(&found);
    assert!(all.contains(&"returns".to_owned()) && !all.contains(&"http".to_owned()), "{all:?}");
    let returns = found.as_array().unwrap().iter().find(|it| it["label"] == "returns").unwrap();
    assert_eq!(returns["textEdit"]["newText"], "returns: ");
    let start = json!({ "line": 13, "character": 4 });
    assert_eq!(returns["textEdit"]["range"]["start"], start);
    assert_eq!(returns["documentation"]["value"], "What a success gives.");

    let text = format!("{SHOP}  cheeses.eat: {{ http: GET /a, returns: list<pla");
    editor.change(path, &text);
    let found = editor.at("completion", path, (&text, "<pla", 4), json!({})).unwrap();
    let all = labels(&found);
    for wanted in ["Cheese", "CheeseId", "platform.Problem", "int32"] {
        assert!(all.contains(&wanted.to_owned()), "{wanted}: {all:?}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn rename_changes_every_file_and_nothing_else() {
    let (_temp, mut editor) = editor("lsp-rename");
    editor.open("shop/shop.yaml", SHOP);
    let place = (SHOP, "list<Cheese>", 6);
    let prepared = editor.at("prepareRename", "shop/shop.yaml", place, json!({})).unwrap();
    assert_eq!(prepared["placeholder"], "Cheese");
    assert_eq!(prepared["range"]["start"], json!({ "line": 9, "character": 71 }));
    let to = json!({ "newName": "Fromage" });
    let found = editor.at("rename", "shop/shop.yaml", place, to).unwrap();
    let changes = found["changes"].as_object().unwrap();
    assert_eq!(changes.len(), 2);
    let shop = edited(SHOP, &changes[&editor.uri("shop/shop.yaml")]);
    let expected = SHOP.replace("list<Cheese>", "list<Fromage>");
    assert_eq!(shop, expected.replace("returns: Cheese", "returns: Fromage"));
    let models = edited(MODELS, &changes[&editor.uri("shop/models.yaml")]);
    assert_eq!(models, MODELS.replace("  Cheese:", "  Fromage:"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_model_of_a_common_file_is_renamed_where_all_users_are_known() {
    let (temp, mut editor) = editor("lsp-rename-common");
    editor.open("common/platform.yaml", PLATFORM);
    let place = (PLATFORM, "Problem", 1);
    let to = json!({ "newName": "Fault" });
    let found = editor.at("rename", "common/platform.yaml", place, to.clone()).unwrap();
    let changes = found["changes"].as_object().unwrap();
    for (path, text) in
        [("common/platform.yaml", PLATFORM), ("shop/shop.yaml", SHOP), ("bar/bar.yaml", BAR)]
    {
        assert_eq!(edited(text, &changes[&editor.uri(path)]), text.replace("Problem", "Fault"));
    }
    assert_eq!(changes.len(), 3);
    assert_eq!(editor.leave(), 0);

    // With the folder of one specification only nobody knows who else uses the file.
    let mut editor = Editor::start(&temp);
    let params = json!({ "capabilities": {}, "rootUri": editor.uri("shop") });
    editor.request("initialize", params).unwrap();
    editor.open("shop/shop.yaml", SHOP);
    let place = (SHOP, "platform.Problem", 12);
    let refused = editor.at("rename", "shop/shop.yaml", place, to.clone()).unwrap_err();
    let why = refused["message"].as_str().unwrap();
    assert!(why.contains("`platform.yaml`, which other specifications may use"), "{why}");
    assert!(editor.at("prepareRename", "shop/shop.yaml", place, json!({})).is_err());
    let own = editor.at("rename", "shop/shop.yaml", (SHOP, "user", 1), to).unwrap();
    assert_eq!(own["changes"].as_object().unwrap().len(), 1, "its own names are safe");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn names_that_clash_are_refused_with_the_words_of_the_checker() {
    let (_temp, mut editor) = editor("lsp-rename-clash");
    editor.open("shop/shop.yaml", SHOP);
    for (to, why) in [
        ("CheeseId", "the key `CheeseId` stands twice in this mapping (E0107)"),
        ("string", "a model cannot be called `string`"),
        ("a b", "`a b` cannot be the name of a model"),
    ] {
        let place = (SHOP, "list<Cheese>", 6);
        let to = json!({ "newName": to });
        let refused = editor.at("rename", "shop/shop.yaml", place, to).unwrap_err();
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(why), "{message}");
    }
    let nothing = editor.at("prepareRename", "shop/shop.yaml", (SHOP, "GET", 1), json!({}));
    assert_eq!(nothing.unwrap(), Value::Null);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn errors_come_with_what_belongs_to_them_and_go_when_they_are_mended() {
    let (_temp, mut editor) = editor("lsp-errors");
    editor.open("shop/shop.yaml", &SHOP.replace("list<Cheese>", "list<Chese>"));
    let found = editor.findings_of("shop/shop.yaml");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1), ("E0302", 9));
    assert!(found[0].2.contains("\nhelp: did you mean `Cheese`?"), "{}", found[0].2);
    let published = editor.findings["shop/shop.yaml"][0].clone();
    assert_eq!((&published["severity"], &published["source"]), (&json!(1), &json!("clientwright")));

    let params = json!({
        "textDocument": { "uri": editor.uri("shop/shop.yaml") },
        "range": published["range"],
        "context": { "diagnostics": [] },
    });
    let actions = editor.request("textDocument/codeAction", params).unwrap();
    assert_eq!(actions[0]["title"], "change to `Cheese`");
    assert_eq!(actions[0]["diagnostics"][0], published);
    let edits = &actions[0]["edit"]["changes"][editor.uri("shop/shop.yaml")];
    let mended = edited(&SHOP.replace("list<Cheese>", "list<Chese>"), edits);
    assert_eq!(mended, SHOP);
    editor.change("shop/shop.yaml", &mended);
    assert!(editor.findings_of("shop/shop.yaml").is_empty());

    // In another file of the specification that is not open, and by a change of that file on disk.
    let twice = format!("{SHOP}models: {{ Cheese: string }}\n");
    editor.change("shop/shop.yaml", &twice);
    let found = editor.findings_of("shop/shop.yaml");
    assert_eq!(found[0].2.lines().next(), Some("the model `Cheese` is defined twice"));
    let related = &editor.findings["shop/shop.yaml"][0]["relatedInformation"][0];
    assert_eq!(related["message"], "first defined here");
    assert_eq!(editor.path(related["location"]["uri"].as_str().unwrap()), "shop/models.yaml");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_file_that_cannot_be_used_is_said_once() {
    let (_temp, mut editor) = editor("lsp-missing");
    editor.open("shop/shop.yaml", &SHOP.replace("platform.yaml", "none.yaml"));
    let found = editor.findings_of("shop/shop.yaml");
    assert_eq!(found.iter().filter(|(_, line, _)| *line == 2).count(), 1, "{found:?}");
    assert!(found[0].2.contains("there is no such file"), "{found:?}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn symbols_and_layout() {
    let temp = files("lsp-layout");
    let nested = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut editor = Editor::open_folder(&temp, nested);
    let laid = MODELS.replace("\nmodels", "\n\nmodels").replace("  Cheese:", "\n  Cheese:");
    let text = laid.replace("      name?: string\n", "      name?:   string\n");
    editor.open("shop/models.yaml", &text);
    let document = json!({ "textDocument": { "uri": editor.uri("shop/models.yaml") } });
    let found = editor.request("textDocument/documentSymbol", document.clone()).unwrap();
    let models = &found[1]["children"];
    assert_eq!((&found[1]["name"], &models[1]["name"]), (&json!("models"), &json!("Cheese")));
    assert_eq!(models[1]["children"][1]["name"], "name?");
    let found = editor.request("workspace/symbol", json!({ "query": "chee" })).unwrap();
    let names: Vec<&str> =
        found.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["CheeseId", "Cheese", "cheeses", "cheeses.list", "cheeses.get"]);

    let mut format = document.clone();
    format["options"] = json!({ "tabSize": 2, "insertSpaces": true });
    let edits = editor.request("textDocument/formatting", format.clone()).unwrap();
    assert_eq!(edits.as_array().unwrap().len(), 1);
    assert_eq!(edits[0]["range"]["start"], json!({ "line": 9, "character": 0 }), "only that line");
    assert_eq!(edited(&text, &edits), laid);
    editor.change("shop/models.yaml", &text.replace('\n', "\r\n"));
    let edits = editor.request("textDocument/formatting", format.clone()).unwrap();
    assert_eq!(edited(&text.replace('\n', "\r\n"), &edits), laid.replace('\n', "\r\n"));
    editor.change("shop/models.yaml", "models: [\n");
    assert_eq!(editor.request("textDocument/formatting", format).unwrap(), Value::Null);
    assert_eq!(editor.leave(), 0);

    let mut editor = Editor::open_folder(&temp, json!({}));
    let found = editor.request("workspace/symbol", json!({ "query": "drinks" })).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 2, "before anything is open");
    let found = editor.request("textDocument/documentSymbol", document).unwrap();
    let kinds = found.as_array().unwrap();
    assert!(kinds.iter().all(|it| it["location"]["range"].is_object()), "an editor without trees");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_file_of_a_common_part_and_one_of_nobody() {
    let temp = Temp::new("lsp-stray");
    temp.put("part.yaml", MODELS).put("other.yaml", "services: {}\n");
    let mut editor = Editor::open_folder(&temp, json!({}));
    editor.open("other.yaml", "services: {}\nmodels:\n  A: B\n");
    editor.open("part.yaml", &MODELS.replace("doc:", "dco:"));
    let found = editor.findings_of("part.yaml");
    assert_eq!(found.len(), 1, "not that it has no provider: {found:?}");
    assert!(found[0].2.contains("`dco`"));
    let place = (MODELS, "CheeseId", 1);
    let found = editor.at("definition", "part.yaml", place, json!({})).unwrap();
    assert_eq!(places(&editor, &found), ["part.yaml:2:2"]);
    let refused = editor.at("rename", "part.yaml", place, json!({ "newName": "Id" })).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("belongs to no specification"));
    for method in ["hover", "completion"] {
        let text = "services: {}\nmodels:\n";
        let found = editor.at(method, "other.yaml", (text, "models", 2), json!({})).unwrap();
        assert!(found.is_null() || found == json!([]), "{method}: {found}");
    }
    assert!(!editor.findings.contains_key("other.yaml"), "YAML of others is left alone");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_file_that_begins_is_completed() {
    let (_temp, mut editor) = editor("lsp-new");
    editor.open("new.yaml", "");
    editor.change("new.yaml", "cl");
    let found = editor.at("completion", "new.yaml", ("cl", "cl", 2), json!({})).unwrap();
    assert!(labels(&found).contains(&"clientwright".to_owned()), "{found}");
    let text = "clientwright: 1\nprovider: { na";
    editor.change("new.yaml", text);
    let found = editor.at("completion", "new.yaml", (text, "na", 2), json!({})).unwrap();
    assert_eq!(labels(&found), ["name", "title", "doc"]);
    assert_eq!(editor.leave(), 0);
}
