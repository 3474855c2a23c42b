//! What is found in small specifications, and what becomes of names that are changed.

use super::{Inspection, Kind, Refusal, outline};
use crate::inspect;
use crate::source::{FileId, Source, Span};

const SHOP: &str = "\
clientwright: 1
provider: { name: shop }
use: { platform: common.yaml }
servers: { production: https://shop.example, files: { url: https://files.example, pick: false } }
auth: { user: { scheme: bearer }, key: { scheme: api-key, header: X-Key }, both: { all: [user, key] } }
sources: { docs: { url: https://docs.example } }
path: { id: ItemId }
pagers: { records: { style: offset, offset: skip } }
defaults: { ...: platform, auth: both }
models:
  ItemId: string -- Made by the shop.
  Item:
    doc: Something to buy.
    from: docs items
    fields: { id: ItemId, ...: platform.Audited, self?: link<items.get> }
  Page<T>: { fields: { all: list<T>, next?: \"T\" } }
  NewItem: { like: Item, without: [id], optional: all }
methods:
  items.list: { http: GET /items, paginate: records, returns: list<Item> }
  items.page: { http: GET /page, returns: Page<Item> }
  items.get:
    http: GET /items/{id}
    server: files
    returns: Item
    examples: { one: { path: { id: a }, response: { id: a } } }
  items.add: { http: POST /items, body: NewItem, returns: Item, errors: { 409: platform.Problem as There } }
";

const COMMON: &str = "\
clientwright: 1
defaults: { errors: { default: Problem } }
models:
  Problem: { message: text, fields: { text?: string } }
  Audited: { fields: { createdAt?: datetime } }
";

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn shop() -> Inspection {
    let found = inspect(vec![source("shop.yaml", SHOP), source("common.yaml", COMMON)]);
    assert!(!found.report.has_errors(), "{}", found.report);
    found
}

fn file(found: &Inspection, name: &str) -> FileId {
    let sources = &found.report.sources;
    sources.files().find(|file| sources.name(*file) == name).unwrap()
}

/// The symbol of a kind and name.
fn symbol(found: &Inspection, kind: Kind, name: &str) -> usize {
    let list = found.symbols.list();
    let wanted = |it: &&super::Symbol| it.kind == kind && it.name == name;
    let it = list.iter().find(wanted).unwrap_or_else(|| panic!("no {kind:?} `{name}`"));
    list.iter().position(|other| other.span == it.span && other.kind == kind).unwrap()
}

/// Every place of a symbol: what stands there, and on which line of which file.
fn places(found: &Inspection, kind: Kind, name: &str) -> Vec<String> {
    let sources = &found.report.sources;
    let shown = |span: Span| {
        let text = &sources.text(span.file)[span.start as usize..span.end as usize];
        let (line, _) = sources.line_column(span.file, span.start);
        format!("{}:{line} {text}", sources.name(span.file))
    };
    found.symbols.places(symbol(found, kind, name)).map(|it| shown(it.span)).collect()
}

#[test]
fn every_kind_of_name_is_found_where_it_is_defined_and_used() {
    let found = shop();
    for (kind, name, expected) in [
        (Kind::Model, "Item", "12 Item|17 Item|19 Item|20 Item|24 Item|26 Item"),
        (Kind::Model, "ItemId", "7 ItemId|11 ItemId|15 ItemId"),
        (Kind::TypeParameter, "T", "16 T|16 T|16 T"),
        (Kind::Auth, "user", "5 user|5 user"),
        (Kind::Auth, "both", "5 both|9 both"),
        (Kind::Server, "files", "4 files|23 files"),
        (Kind::Pager, "records", "8 records|19 records"),
        (Kind::Source, "docs", "6 docs|14 docs"),
        (Kind::Group, "items", "15 items|19 items|20 items|21 items|26 items"),
        (Kind::Method, "items.get", "15 get|21 get"),
        (Kind::PathType, "id", "7 id|22 id|25 id"),
        (Kind::Use, "platform", "3 platform|9 platform|15 platform|26 platform"),
    ] {
        let expected: Vec<String> =
            expected.split('|').map(|place| format!("shop.yaml:{place}")).collect();
        assert_eq!(places(&found, kind, name), expected, "{kind:?} {name}");
    }
    assert_eq!(
        places(&found, Kind::Model, "Problem"),
        ["common.yaml:2 Problem", "common.yaml:4 Problem", "shop.yaml:26 Problem"]
    );
    assert_eq!(places(&found, Kind::File, "common.yaml"), ["shop.yaml:3 common.yaml"]);
}

#[test]
fn a_definition_is_described() {
    let found = shop();
    let it = |kind, name| &found.symbols.list()[symbol(&found, kind, name)];
    let item = it(Kind::Model, "Item");
    assert_eq!(item.shape, "Item:\n  id: ItemId\n  createdAt?: datetime\n  self?: link<items.get>");
    assert_eq!(item.doc, "Something to buy.\n\nFrom: docs items");
    let new = it(Kind::Model, "NewItem");
    assert_eq!(new.members, ["createdAt", "self"]);
    assert!(new.shape.contains("self?: "), "{}", new.shape);
    assert_eq!(it(Kind::Model, "ItemId").shape, "ItemId: string");
    let get = it(Kind::Method, "items.get");
    assert_eq!((get.detail.as_str(), get.name.as_str()), ("GET /items/{id}", "items.get"));
    assert_eq!(get.shape, "items.get:\n  http: GET /items/{id}\n  returns: Item");
    assert_eq!(it(Kind::Auth, "both").detail, "all of user, key");
}

#[test]
fn what_is_lent_is_seen_under_the_name_of_its_file() {
    let found = shop();
    let names = |name| {
        let file = file(&found, name);
        let models = found.symbols.visible(file).filter(|(_, it)| it.kind == Kind::Model);
        models.map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        names("shop.yaml"),
        ["ItemId", "Item", "Page", "NewItem", "platform.Problem", "platform.Audited"]
    );
    assert_eq!(names("common.yaml"), ["Problem", "Audited"]);
    assert!(found.symbols.is_lent(file(&found, "common.yaml")));
}

/// The texts after a change of name, with what was asked for replaced by hand.
fn renamed(kind: Kind, name: &str, to: &str) -> Result<(String, String), Refusal> {
    let found = shop();
    let patches = found.rename(symbol(&found, kind, name), to)?;
    let text = |name: &str| {
        let file = file(&found, name);
        let mut text = found.report.sources.text(file).to_owned();
        for patch in patches.iter().rev().filter(|patch| patch.span.file == file) {
            text.replace_range(patch.span.start as usize..patch.span.end as usize, &patch.text);
        }
        text
    };
    Ok((text("shop.yaml"), text("common.yaml")))
}

#[test]
fn names_change_everywhere_and_nothing_else_does() {
    for (kind, name, to, expected) in [
        (Kind::Model, "ItemId", "Sku", SHOP.replace("ItemId", "Sku")),
        (Kind::TypeParameter, "T", "Entry", {
            SHOP.replace("Page<T>", "Page<Entry>")
                .replace("list<T>", "list<Entry>")
                .replace("\"T\"", "\"Entry\"")
        }),
        (Kind::Auth, "user", "owner", SHOP.replace("user", "owner")),
        (Kind::Pager, "records", "by-offset", SHOP.replace("records", "by-offset")),
        (Kind::Method, "items.get", "fetch", SHOP.replace("items.get", "items.fetch")),
        (Kind::Use, "platform", "base", SHOP.replace("platform", "base")),
        (Kind::Group, "items", "goods", { SHOP.replace("items.", "goods.") }),
        (Kind::PathType, "id", "sku", {
            SHOP.replace("path: { id", "path: { sku").replace("{id}", "{sku}")
        }),
    ] {
        let (shop, common) = renamed(kind, name, to).unwrap();
        assert_eq!(shop, expected, "{kind:?} {name}");
        assert_eq!(common, COMMON);
    }
    let (shop, common) = renamed(Kind::Model, "Problem", "Fault").unwrap();
    assert_eq!(shop, SHOP.replace("Problem", "Fault"));
    assert_eq!(common, COMMON.replace("Problem", "Fault"));
}

#[test]
fn names_that_clash_or_are_none_are_refused() {
    for (kind, name, to, why) in [
        (Kind::Model, "Item", "NewItem", "the key `NewItem` stands twice"),
        (Kind::Model, "Item", "string", "a model cannot be called `string`"),
        (Kind::Model, "Item", "T", "`T` is a model already"),
        (Kind::Model, "Item", "2 bad", "`2 bad` cannot be the name of a model"),
        (Kind::Model, "Item", "", "cannot be the name of a model"),
        (Kind::Model, "Item", "a: b\nc", "`a: b\\nc` cannot be the name"),
        (Kind::TypeParameter, "T", "Item", "`Item` is a model already"),
        (Kind::Auth, "user", "none", "an auth entry cannot be called `none`"),
        (Kind::Method, "items.get", "list", "the key `items.list` stands twice"),
        (Kind::Use, "platform", "a-b", "cannot be the name of a used file"),
        (Kind::File, "common.yaml", "other.yaml", "a file is renamed where it lies"),
    ] {
        let Refusal(text) = renamed(kind, name, to).unwrap_err();
        assert!(text.contains(why), "{kind:?} {name} to {to}: {text}");
    }
}

#[test]
fn a_specification_with_errors_is_still_known() {
    let text =
        SHOP.replace("returns: Page<Item>", "returns: Page<Itme>").replace("GET /page", "GET");
    let found = inspect(vec![source("shop.yaml", &text), source("common.yaml", COMMON)]);
    assert!(found.report.has_errors());
    assert_eq!(places(&found, Kind::Model, "Item").len(), 5);
    let patches = found.rename(symbol(&found, Kind::Model, "Item"), "Thing").unwrap();
    assert_eq!(patches.len(), 5, "errors that were there before are no reason to refuse");
}

#[test]
fn a_name_that_is_written_with_escapes_is_found_and_not_changed() {
    let text = SHOP.replace("body: NewItem", "body: \"New\\x49tem\"");
    let found = inspect(vec![source("shop.yaml", &text), source("common.yaml", COMMON)]);
    assert!(!found.report.has_errors(), "{}", found.report);
    assert_eq!(places(&found, Kind::Model, "NewItem").len(), 2);
    let refused = found.rename(symbol(&found, Kind::Model, "NewItem"), "Draft").unwrap_err();
    assert!(refused.0.contains("shop.yaml:26"), "{}", refused.0);
}

#[test]
fn the_name_at_a_place_is_the_one_that_ends_or_begins_there() {
    let found = shop();
    let file = file(&found, "shop.yaml");
    let at = |text: &str, behind: usize| {
        let offset = u32::try_from(SHOP.find(text).unwrap() + behind).unwrap();
        let it = found.symbols.at(file, offset)?;
        let it = &found.symbols.list()[it.symbol];
        Some((it.kind, it.name.as_str()))
    };
    assert_eq!(at("items.get", 0), Some((Kind::Group, "items")));
    assert_eq!(at("items.get", 5), Some((Kind::Group, "items")));
    assert_eq!(at("items.get", 6), Some((Kind::Method, "items.get")));
    assert_eq!(at("platform.Audited", 9), Some((Kind::Model, "Audited")));
    assert_eq!(at("doc: Something", 6), None);
}

#[test]
fn an_outline_has_sections_entries_and_members() {
    let found = outline(SHOP);
    let names: Vec<&str> = found.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names[0..3], ["clientwright", "provider", "use"]);
    let models = found.iter().find(|item| item.name == "models").unwrap();
    assert_eq!(models.children[0].detail, "string");
    let members: Vec<&str> =
        models.children[1].children.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(members, ["id", "...", "self?"]);
    let methods = found.iter().find(|item| item.name == "methods").unwrap();
    assert_eq!(methods.children[2].detail, "GET /items/{id}");
    assert!(outline("").is_empty() && outline("- a\n").is_empty());
}

#[test]
fn a_transaction_names_methods_of_its_group() {
    let text = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example }
path: { export: string, user: string }
groups:
  exports: { transaction: { open: create, commit: finish, id: export, at: id } }
models:
  Export: { fields: { id: string } }
methods:
  exports.create: { http: \"POST /users/{user}/exports\", returns: { 201: Export, 204: nothing } }
  exports.list: { http: \"GET /users/{user}/exports/{export}\", returns: list<string> }
  exports.finish: { http: \"PUT /users/{user}/exports/{export}\", returns: nothing }
";
    let found = inspect(vec![source("shop.yaml", text)]);
    assert!(!found.report.has_errors(), "{}", found.report);
    let create = places(&found, Kind::Method, "exports.create");
    assert_eq!(create, ["shop.yaml:6 create", "shop.yaml:10 create"]);
    let id = places(&found, Kind::PathType, "export");
    assert_eq!(id.len(), 4);
    assert!(found.rename(symbol(&found, Kind::Method, "exports.create"), "begin").is_ok());
    assert!(found.rename(symbol(&found, Kind::PathType, "export"), "batch").is_ok());
}
