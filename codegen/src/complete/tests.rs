//! What is offered where; `@` is the place.

use super::{complete, describe};
use crate::inspect;
use crate::source::{FileId, Source};
use crate::symbols::Symbols;

const SHOP: &str = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example, files: { url: https://files.example, pick: false } }
auth: { user: { scheme: bearer }, api-key: { scheme: api-key, header: X-Key } }
sources: { docs: { url: https://docs.example } }
pagers: { records: { style: offset, offset: skip } }
models:
  ItemId: string
  Item: { fields: { id: ItemId, name?: string } }
methods:
  items.get: { http: \"GET /items/{id}\", path: { id: ItemId }, query: { full?: boolean }, returns: Item }
";

fn symbols() -> Symbols {
    inspect(vec![Source { name: "shop.yaml".to_owned(), text: SHOP.to_owned() }]).symbols
}

/// The labels, and what stands before the place of the word that is replaced.
fn offered(text: &str) -> (Vec<String>, String) {
    let offset = text.find('@').unwrap();
    let text = text.replacen('@', "", 1);
    let found = complete(&text, offset, &symbols(), FileId::default());
    let labels = found.suggestions.into_iter().map(|one| one.label).collect();
    (labels, text[found.start..offset].to_owned())
}

fn has(text: &str, word: &str, wanted: &[&str], unwanted: &[&str]) {
    let (labels, before) = offered(text);
    for label in wanted {
        assert!(labels.iter().any(|known| known == label), "{label} in {text}: {labels:?}");
    }
    for label in unwanted {
        assert!(!labels.iter().any(|known| known == label), "{label} in {text}: {labels:?}");
    }
    assert_eq!(before, word, "{text}");
}

/// The specification with more at its end.
fn with(more: &str) -> String {
    format!("{SHOP}{more}")
}

#[test]
fn keys_are_those_of_the_place_without_those_that_are_there() {
    has(&with("gr@"), "gr", &["groups", "deliveries"], &["models", "http"]);
    has(&with("@"), "", &["groups"], &["models"]);
    let method = "  items.add:\n    http: POST /items\n    re@\n    body: Item\n";
    has(&with(method), "re", &["returns", "retry", "query"], &["http", "body", "fields"]);
    has(&with("  items.add:\n    @\n"), "", &["http", "returns"], &["models", "string"]);
    has(&with("  items.add: { ht@ }\n"), "ht", &["http"], &["fields"]);
    has(&with("  items.add: { http: GET /a, ret@"), "ret", &["returns"], &["http"]);
    has(&SHOP.replace("{ id: ItemId, name", "{ @, id: ItemId, name"), "", &["..."], &["id"]);
    has(&SHOP.replace("  ItemId: string\n", "  ItemId: { d@ }\n"), "d", &["doc", "fields"], &[]);
    has(&with("  a.b:\n    errors:\n      4@\n"), "4", &["404", "4xx", "default"], &["200"]);
    has(&with("  a.b:\n    returns:\n      2@\n"), "2", &["200", "at"], &["404"]);
    has(&with("  a.b:\n    allow: { W@ }\n"), "W", &["W0202"], &["E0101"]);
}

#[test]
fn types_are_models_and_words_that_can_stand_there() {
    let member = |ty: &str| SHOP.replace("name?: string", &format!("name?: {ty}"));
    has(&member("It@"), "It", &["Item", "ItemId", "string", "list"], &["nothing", "read", "null"]);
    has(&member("list<@"), "", &["Item", "int32"], &["nothing"]);
    has(&member("string | @"), "", &["null", "Item"], &[]);
    has(&member("string @"), "", &["read", "sensitive"], &["Item", "string"]);
    has(&member("string -- A @"), "", &[], &["Item", "read"]);
    has(&member("link<it@>"), "it", &["items.get"], &["Item"]);
    has(&with("  a.b:\n    returns: n@\n"), "n", &["nothing", "binary", "Item"], &["file"]);
    has(&with("  a.b:\n    returns: { 404: Item @ }\n"), "", &["as"], &["Item"]);
    has(&with("  a.b:\n    body: { multipart: { a: f@ } }\n"), "f", &["file"], &["nothing"]);
    let generic = SHOP.replace("  Item:", "  Page<T, U>: { fields: { a: @ } }\n  Item:");
    has(&generic, "", &["T", "U", "Item"], &[]);
}

#[test]
fn names_are_those_that_are_defined() {
    let method = |line: &str| with(&format!("  a.b:\n    http: GET /a\n    {line}\n"));
    has(&method("auth: @"), "", &["user", "api-key", "none"], &["Item"]);
    has(&method("auth: api-k@"), "api-k", &["api-key"], &[]);
    has(&method("server: f@"), "f", &["files", "production"], &["user"]);
    has(&method("paginate: @"), "", &["records"], &["user"]);
    has(&method("paginate: { use: @ }"), "", &["records"], &[]);
    has(&method("from: d@"), "d", &["docs"], &[]);
    has(&method("from: docs @"), "", &[], &["docs"]);
    has(&method("effect: @"), "", &["read", "idempotent"], &["Item"]);
    has(&with("  a.b:\n    http: @"), "", &["GET", "DELETE"], &["Item"]);
    let all = SHOP.replace("auth: {", "auth: { both: { all: [user, @] },");
    has(&all, "", &["user", "api-key"], &["none"]);
    let like = SHOP.replace("  Item:", "  New: { like: Item, without: [@] }\n  Item:");
    has(&like, "", &["id", "name"], &["all"]);
    let like = SHOP.replace("  Item:", "  New: { like: Item, optional: @ }\n  Item:");
    has(&like, "", &["id", "all"], &[]);
    let scheme = SHOP.replace("auth: {", "auth: { new: { scheme: @ },");
    has(&scheme, "", &["bearer", "oauth2"], &["none"]);
    let form = SHOP.replace("name?: string", "name?: { type: list<string>, as: [@] }");
    has(&form, "", &["csv", "one"], &["Item", "number"]);
    let route = SHOP.replace("path: { id: ItemId }", "path: { @ }");
    has(&route, "", &["id", "..."], &["full"]);
    let example =
        SHOP.replace("returns: Item }", "returns: Item, examples: { a: { query: { @ } } } }");
    has(&example, "", &["full"], &["id"]);
}

#[test]
fn keys_and_words_follow_from_what_stands_beside_them() {
    let auth = |entry: &str| SHOP.replace("auth: {", &format!("auth: {{ new: {{ {entry} }},"));
    let oauth = ["flow", "token_url"];
    has(
        &auth("scheme: bearer, @"),
        "",
        &["token", "scopes"],
        &["username", "header", "any", "flow"],
    );
    has(&auth("scheme: oauth2, @"), "", &oauth, &["username", "header"]);
    has(
        &auth("scheme: oauth2, flow: client-credentials, @"),
        "",
        &["token_at"],
        &["authorize_url"],
    );
    has(&auth("scheme: oauth2, flow: authorization-code, @"), "", &["authorize_url"], &[]);
    has(
        &auth("scheme: oauth2, token_auth: user, @"),
        "",
        &["token"],
        &["client_id", "client_secret"],
    );
    has(&auth("scheme: oauth2, token_auth: @"), "", &["form", "none", "user"], &[]);
    has(&auth("scheme: oauth2, token_names: { @ }"), "", &["scope", "client_id"], &["audience"]);
    has(&auth("@"), "", &["scheme", "any"], &["token", "flow"]);
    let method = |line: &str| with(&format!("  a.b:\n    http: GET /a\n    {line}\n"));
    has(&method("@"), "", &["query", "returns"], &["body", "body?"]);
    has(&method("timeout: { @ }"), "", &["attempt", "call"], &["connect"]);
    has(&with("defaults: { timeout: { @ } }"), "", &["attempt", "connect"], &[]);
    has(&method("returns: { type: binary, @ }"), "", &["decode"], &["at", "end", "any", "200"]);
    has(&method("returns: { 200: Item, @ }"), "", &["204"], &["type", "any"]);
    has(&method("returns: { end: done, type: @ }"), "", &["events"], &["Item", "string"]);
    has(
        &method("query: { a: { type: int32, @ } }"),
        "",
        &["name"],
        &["xml", "read", "format", "style"],
    );
    has(&method("query: { a: string @ }"), "", &["deprecated"], &["read", "write"]);
    has(&method("query: { a: { type: string, @ } }"), "", &["name"], &["style"]);
    has(
        &method("query: { a: { type: list<string>, style: @ } }"),
        "",
        &["csv"],
        &["slash", "deep-object"],
    );
    has(&method("query: { a: { style: @ } }"), "", &["csv", "deep-object"], &["slash"]);
    has(&method("path: { a: { type: string, style: @ } }"), "", &["slash"], &["csv"]);
    has(&method("path: { a: { type: string, @ } }"), "", &["style"], &["const", "read"]);
    has(&method("path: { a: { type: int32, @ } }"), "", &["name"], &["style"]);
    has(&method("headers: { a: { type: string, @ } }"), "", &["name"], &["style"]);
    has(&method("headers: { X-A: @ }"), "", &["string", "ItemId"], &["list", "json", "file"]);
    has(&method("errors: { 404: @ }"), "", &["nothing", "text", "Item"], &["string", "list"]);
    let member = |rest: &str| SHOP.replace("name?: string", &format!("name?: {{ {rest} }}"));
    has(&member("type: datetime, format: @"), "", &["unix", "http"], &["iso8601", "base64"]);
    has(&member("type: list<bytes>, format: @"), "", &["base64url"], &["unix", "iso8601"]);
    has(&member("type: Item, format: @"), "", &["unix", "timespan"], &[]);
    has(&member("type: list<string>, as: @"), "", &["csv", "list"], &["string", "one"]);
    has(&member("type: list<string>, as: [list, @]"), "", &["one"], &["string"]);
    has(&with("deliveries: { verify: { secret: plain, @ } }"), "", &["header"], &["hmac", "over"]);
    has(&with("deliveries: { verify: { hmac: sha256, @ } }"), "", &["over"], &["secret"]);
    has(&with("deliveries: { events: { a: @ } }"), "", &["nothing", "Item"], &["text"]);
}

#[test]
fn what_an_example_and_a_transaction_name_is_that_of_their_method() {
    let method = |line: &str| {
        with(&format!(
            "  a.b:\n    http: POST /a\n    body: {{ any: {{ Json: Item, Csv: text(text/csv) }} }}\n    \
             returns: {{ 200: {{ any: {{ Done: Item, Log: text }} }}, 202: nothing as Later }}\n    examples: {{ one: {{ {line} }} }}\n"
        ))
    };
    has(&method("request_as: @"), "", &["Json", "Csv"], &["Done", "Log"]);
    has(&method("response_as: @"), "", &["Done", "Log"], &["Json", "Later"]);
    let group = "groups:\n  items:\n    transaction: { open: get, at: @ }\n";
    has(&with(group), "", &["id"], &["name", "Item"]);
}

#[test]
fn a_key_gets_its_colon_unless_it_has_one() {
    let insert = |text: &str| {
        let offset = text.find('@').unwrap();
        let text = text.replacen('@', "", 1);
        let found = complete(&text, offset, &symbols(), FileId::default());
        found.suggestions.into_iter().find(|one| one.label == "returns").unwrap().insert
    };
    assert_eq!(insert(&with("  a.b:\n    re@\n")), "returns: ");
    assert_eq!(insert(&with("  a.b:\n    re@turn: Item\n")), "returns");
}

#[test]
fn a_place_that_is_none_offers_nothing() {
    for text in ["@", "# @", "\u{feff}é@é: 1", "clientwright: 1\nmodels: [@]", "\t@", "{{{{@"] {
        let offset = text.find('@').unwrap();
        let text = text.replacen('@', "", 1);
        let _ = complete(&text, offset, &Symbols::default(), FileId::default());
        let _ = describe(&text, offset);
    }
    assert!(complete("é", 1, &symbols(), FileId::default()).suggestions.is_empty());
    assert!(complete("a", 9, &symbols(), FileId::default()).suggestions.is_empty());
}

#[test]
fn keys_and_types_of_the_language_are_described() {
    let at = |text: &str, word: &str| {
        let found = describe(text, text.find(word).unwrap() + 1);
        found.map(|(span, doc)| (text[span.start as usize..span.end as usize].to_owned(), doc))
    };
    let (span, doc) = at(SHOP, "returns").unwrap();
    assert_eq!((span.as_str(), doc.as_str()), ("returns", "`returns`: What a success gives."));
    let (span, doc) = at(SHOP, "boolean").unwrap();
    assert_eq!((span.as_str(), doc.as_str()), ("boolean", "`boolean`: True or false: `bool`."));
    assert_eq!(at(SHOP, "shop"), None);
    assert_eq!(at(SHOP, "full"), None);
}
