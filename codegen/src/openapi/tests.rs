//! Documents against the specifications they were made of.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use serde_yaml::Value;

use super::Export;
use super::tree::{Map, json, yaml as yaml_of};
use crate::changes;
use crate::source::Source;
use crate::{Analysis, load, openapi_of};

fn export(text: &str) -> Export {
    let source = Source { name: "test.yaml".to_owned(), text: text.to_owned() };
    openapi_of(vec![source]).unwrap_or_else(|report| panic!("{report}"))
}

/// The specifications of this repository.
fn providers() -> Vec<Export> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    ["polar", "punt", "pwc", "sunshine", "obstacle/names.yaml", "obstacle/forms.yaml"]
        .iter()
        .map(|name| load::load(&specs.join(name)).and_then(openapi_of))
        .map(|export| export.unwrap_or_else(|report| panic!("{report}")))
        .collect()
}

fn yaml(export: &Export) -> Value {
    serde_yaml::from_str(&export.yaml()).unwrap()
}

/// All that the key holds, anywhere but in examples, whose keys are anybody's.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Mapping(entries) => {
            let entries = entries.iter().filter(|(name, _)| name.as_str() != Some("examples"));
            for (name, value) in entries {
                if name.as_str() == Some(key) {
                    found.push(value);
                }
                all(value, key, found);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| all(item, key, found)),
        _ => {}
    }
}

#[test]
fn both_syntaxes_say_the_same() {
    for export in providers() {
        let json: Value = serde_yaml::from_str(&export.json()).unwrap();
        assert_eq!(yaml(&export), json);
    }
}

#[test]
fn every_reference_leads_to_a_schema() {
    for export in providers() {
        let document = yaml(&export);
        let mut references = Vec::new();
        all(&document, "$ref", &mut references);
        assert!(!references.is_empty());
        for reference in references.iter().filter_map(|reference| reference.as_str()) {
            let name = reference.strip_prefix("#/components/schemas/").unwrap();
            assert!(document["components"]["schemas"].get(name).is_some(), "{reference}");
        }
    }
}

#[test]
fn no_two_operations_have_one_name() {
    for export in providers() {
        let document = yaml(&export);
        let mut names = Vec::new();
        all(&document["paths"], "operationId", &mut names);
        let distinct: BTreeSet<_> = names.iter().filter_map(|name| name.as_str()).collect();
        assert_eq!(distinct.len(), names.len());
    }
}

const SERVICE: &str = r#"
clientwright: 1
provider: { name: shop }
servers: { main: { url: "https://{shop}.example.com", variables: { shop: string } } }
parameters: { path: { region?: { type: string, default: eu } }, query: { locale?: string, v: { const: "2" } } }
auth: { key: { scheme: api-key, header: X-Key }, user: { scheme: bearer }, both: { all: [key, user] }, either: { any: [both, user] } }
defaults: { auth: either, errors: { 4xx: Problem, 404: nothing } }
models:
  Problem: { message: text, fields: { text?: string } }
  Item:
    doc: "Something to: buy # now"
    fields:
      id: int64 read
      name: string(..35)
      note?: string | null
      state: State
      at?: { type: datetime, format: dotnet }
  Page<T>: { fields: { items: list<T>, next?: Page<T> } }
  Named: { fields: { id?: int64, key?: string, mark?: string }, exactly_one: [id, key], at_most_one: [key, mark] }
  State: { enum: { open: "Still: there.", ">=": { name: AtLeast } } }
  Choice: { union: { tag: type, variants: { item: Item, other: Problem } } }
methods:
  items.move: { http: "POST /{region}/items", returns: nothing }
  items.list: { http: GET /items, query: { ids?: { type: list<int64>, style: csv } }, returns: { at: data.items, type: list<Item> } }
  items.put: { http: "PUT /items/{id}", path: { id: int64 }, body: Item, returns: { 200: Choice, 204: nothing } }
  items.pages: { http: GET /pages, returns: "map<Page<Named>>" }
  items.find: { http: POST /items, body: Named, returns: nothing }
"#;

#[test]
fn elements_and_attributes() {
    let export = export(
        "clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example.com }
models:
  Line: { fields: { sku: { type: string, xml: attribute }, text: { type: string, xml: text } } }
  Order:
    xml: { root: order, xmlns: 'urn:shop' }
    fields: { v: { const: a, xml: attribute }, lines: { type: list<Line>, xml: { wrapped: line } } }
methods:
  orders.put:
    http: PUT /order
    body: { xml: Order }
    returns: { xml: Order }
    errors: { 404: { xml: Line } }
",
    );
    let document = yaml(&export);
    let put = &document["paths"]["/order"]["put"];
    for content in [
        &put["requestBody"]["content"],
        &put["responses"]["2XX"]["content"],
        &put["responses"]["404"]["content"],
    ] {
        assert!(content.get("application/xml").is_some(), "{content:?}");
    }
    let schemas = &document["components"]["schemas"];
    let order = &schemas["Order"];
    assert_eq!(order["xml"]["name"].as_str(), Some("order"));
    assert_eq!(order["xml"]["namespace"].as_str(), Some("urn:shop"));
    let lines = &order["properties"]["lines"];
    assert_eq!(lines["xml"]["wrapped"].as_bool(), Some(true));
    assert_eq!(lines["items"]["xml"]["name"].as_str(), Some("line"));
    assert_eq!(order["properties"]["v"]["xml"]["attribute"].as_bool(), Some(true));
    assert_eq!(schemas["Line"]["properties"]["sku"]["xml"]["attribute"].as_bool(), Some(true));
    assert_eq!(schemas["Line"]["xml"]["name"].as_str(), Some("Line"));
    assert_eq!(export.lost, [("texts of elements in XML", 1)]);
}

#[test]
fn values_in_steps_are_listed_and_stay_parameters() {
    let export = export(
        "clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example.com }
path: { file: { type: string, style: slash } }
methods:
  files.get: { http: 'GET /files/{file}', returns: nothing }
  files.put: { http: 'PUT /files/{file}', path: { file: string }, returns: nothing }
",
    );
    let document = yaml(&export);
    let file = "{ name: file, in: path, required: true, schema: { type: string } }";
    let file: Value = serde_yaml::from_str(file).unwrap();
    for verb in ["get", "put"] {
        assert_eq!(document["paths"]["/files/{file}"][verb]["parameters"][0], file);
    }
    assert_eq!(export.lost, [("that a value keeps its slashes in a path", 1)]);
}

#[test]
fn a_document_says_what_the_specification_says() {
    let document = yaml(&export(SERVICE));
    let list = &document["paths"]["/items"]["get"];
    assert_eq!(list["parameters"][0]["explode"], Value::Bool(false));
    let whole = &list["responses"]["2XX"]["content"]["application/json"]["schema"];
    let items = &whole["properties"]["data"]["properties"]["items"];
    assert_eq!(items["items"]["$ref"].as_str(), Some("#/components/schemas/Item"));
    assert_eq!(list["security"].as_sequence().unwrap().len(), 2);
    assert_eq!(list["security"][0].as_mapping().unwrap().len(), 2);

    let moves = &document["paths"]["/{region}/items"]["post"]["parameters"];
    let region =
        r"{ name: region, in: path, required: true, schema: { type: string, default: eu } }";
    assert_eq!(moves[0], serde_yaml::from_str::<Value>(region).unwrap());
    assert_eq!(moves[1]["name"].as_str(), Some("locale"));
    assert_eq!(moves[2]["schema"]["const"].as_str(), Some("2"));
    assert_eq!(list["parameters"].as_sequence().unwrap().len(), 3);

    let put = &document["paths"]["/items/{id}"]["put"];
    let statuses: Vec<_> = put["responses"].as_mapping().unwrap().keys().collect();
    assert_eq!(statuses, ["200", "204", "404", "4XX"]);
    assert!(put["responses"]["404"].get("content").is_none());

    let schemas = &document["components"]["schemas"];
    let item = &schemas["Item"];
    assert_eq!(item["description"].as_str(), Some("Something to: buy # now"));
    assert_eq!(item["required"], serde_yaml::from_str::<Value>("[name, state]").unwrap());
    assert_eq!(item["properties"]["id"]["readOnly"], Value::Bool(true));
    assert_eq!(item["properties"]["name"]["maxLength"].as_u64(), Some(35));
    assert_eq!(item["properties"]["note"]["type"][1].as_str(), Some("null"));
    let page = &schemas["Page_Named"]["properties"];
    assert_eq!(page["items"]["items"]["$ref"].as_str(), Some("#/components/schemas/Named"));
    assert_eq!(page["next"]["$ref"].as_str(), Some("#/components/schemas/Page_Named"));
    assert!(schemas.get("Page").is_none());
    let rules = &schemas["Named"]["allOf"];
    assert_eq!(rules[0]["oneOf"][1]["required"][0].as_str(), Some("key"));
    assert_eq!(rules[1]["oneOf"][2]["not"]["anyOf"][1]["required"][0].as_str(), Some("mark"));
    assert_eq!(schemas["State"]["anyOf"][1]["const"].as_str(), Some(">="));
    assert_eq!(schemas["Choice"]["oneOf"].as_sequence().unwrap().len(), 2);
}

proptest! {
    /// Whatever a specification says, nothing of it becomes part of the document's structure.
    #[test]
    fn every_text_stays_a_text(key in ".{1,12}", text in "(.|\n){0,40}") {
        let tree = Map::new().set(&key, text.as_str()).set("list", vec![text.as_str().into()]).into();
        for written in [yaml_of(&tree), json(&tree)] {
            let read: Value = serde_yaml::from_str(&written).unwrap();
            prop_assert_eq!(read[key.as_str()].as_str(), Some(text.as_str()));
            prop_assert_eq!(read["list"][0].as_str(), Some(text.as_str()));
        }
    }
}

/// The media types that stand at a place of the document, and the types of their schemas.
fn media(document: &Value, place: &[&str]) -> Vec<(String, Option<String>)> {
    let content = place.iter().fold(document, |value, key| &value[*key]);
    let entries = content["content"].as_mapping().unwrap().iter();
    entries
        .map(|(media, one)| {
            let ty = one["schema"]["type"].as_str().map(str::to_owned);
            (media.as_str().unwrap().to_owned(), ty)
        })
        .collect()
}

#[test]
fn alternatives_are_media_types() {
    let export = export(
        "clientwright: 1\n\
         provider: { name: demo }\n\
         servers: { production: https://api.example.com }\n\
         methods:\n\
         \x20 things.send:\n\
         \x20   http: POST /things\n\
         \x20   body?: { any: { Json: list<string>, Csv: text(text/csv), File: { multipart: { source: file } } } }\n\
         \x20   returns: { 200: { any: { Json: map<string>, Pdf: binary(application/pdf) } }, 204: nothing as Empty }\n",
    );
    let document = yaml(&export);
    let named = |all: Vec<(String, Option<String>)>| -> Vec<(String, String)> {
        all.into_iter().map(|(media, ty)| (media, ty.unwrap_or_default())).collect()
    };
    let pair = |media: &str, ty: &str| (media.to_owned(), ty.to_owned());
    let post = ["paths", "/things", "post"];
    let sent = named(media(&document, &[&post[..], &["requestBody"]].concat()));
    let expected = [
        pair("application/json", "array"),
        pair("text/csv; charset=utf-8", "string"),
        pair("multipart/form-data", "object"),
    ];
    assert_eq!(sent, expected);
    assert_eq!(document["paths"]["/things"]["post"]["requestBody"]["required"], Value::Null);
    let read = named(media(&document, &[&post[..], &["responses", "200"]].concat()));
    assert_eq!(read, [pair("application/json", "object"), pair("application/pdf", "")]);
    let empty = &document["paths"]["/things"]["post"]["responses"]["204"];
    assert_eq!(empty["content"], Value::Null);
}

/// What is about the Rust that is generated, and not about the service.
const RUST_ALONE: [(&str, &str); 14] = [
    ("provider", "name"),
    ("a specification", "sources"),
    ("an auth entry", "key"),
    ("an auth entry", "kid"),
    ("an auth entry", "secret"),
    ("an auth entry", "client_id"),
    ("an auth entry", "client_secret"),
    ("a member", "name"),
    ("an enum value", "name"),
    ("a variant", "name"),
    ("an event", "name"),
    ("an answer", "as"),
    // What travels is a list either way.
    ("an answer", "first"),
    ("an error inside a success", "name"),
];

/// What is lost as a whole, whatever its parts or this key of it say.
const LISTED: [(&str, &str, &str); 24] = [
    ("rate_limit", "", "headers with rate limits"),
    ("headers", "", "headers with rate limits"),
    ("a pager", "", "how one gets to the next page"),
    ("before", "", "how one gets to the next page"),
    ("paginate", "", "how one gets to the next page"),
    ("a specification", "pagers", "how one gets to the next page"),
    ("a transaction", "", "what has to be committed"),
    ("timeout", "", "how long calls may take"),
    ("retry", "", "statuses after which a call is sent again"),
    ("deliveries", "event", "where the name of an event stands"),
    ("event", "", "where the name of an event stands"),
    ("verify", "", "signatures of deliveries"),
    ("timestamp", "", "signatures of deliveries"),
    ("ping", "", "deliveries that only ask whether anybody is there"),
    ("id", "", "what is the same when an event is delivered again"),
    ("an auth entry", "alg", "how tokens are signed"),
    ("an auth entry", "lifetime", "how tokens are signed"),
    ("an auth entry", "claims", "how tokens are signed"),
    ("an auth entry", "token_auth", "how clients prove themselves at token endpoints"),
    ("an example", "", "what examples are called, and where they come from"),
    ("an example of a delivery", "", "what examples are called, and where they come from"),
    ("an error inside a success", "", "what tells an error inside a success"),
    ("an answer", "end", "what events of a stream hold"),
    ("an answer", "named", "what events of a stream hold"),
];

/// Every construct of the language is in the document, or in the list of what is lost.
#[test]
fn every_construct_is_exported_or_listed() {
    let export = |name: &str, text: &str| {
        let Analysis { specification, api, .. } = changes::read(name, text);
        crate::export(&specification, &api)
    };
    let base = export("the base", changes::BASE);
    let mut wrong = Vec::new();
    for change in changes::all() {
        let found = export(&change.name(), &change.text());
        let differs = found.yaml() != base.yaml() || found.lost != base.lost;
        let is_listed = LISTED.iter().any(|(kind, key, text)| {
            *kind == change.kind
                && (key.is_empty() || *key == change.key)
                && found.lost.iter().any(|(what, _)| what == text)
        });
        let is_rust = RUST_ALONE.contains(&(change.kind, change.key));
        if !is_listed && differs == is_rust {
            wrong.push(format!("{} ({differs})", change.name()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn constants_and_examples_are_in_the_document() {
    let head = "clientwright: 1\nprovider: { name: demo }\nservers: { a: https://a.example }\n";
    let export = export(&format!(
        "{head}\
         defaults: {{ headers: {{ X-Version: \"7\" }} }}\n\
         models: {{ Item: {{ fields: {{ id: string, kind: {{ const: item }} }} }}, Problem: {{ fields: {{ text?: string }} }} }}\n\
         methods:\n\
         \x20 items.put:\n\
         \x20   http: PUT /items/{{id}}\n\
         \x20   path: {{ id: string }}\n\
         \x20   body: Item\n\
         \x20   returns: {{ 200: Item, 202: nothing }}\n\
         \x20   errors: {{ 4xx: Problem }}\n\
         \x20   examples:\n\
         \x20     one: {{ path: {{ id: a }}, request: {{ id: a, kind: item }}, response: {{ id: a, kind: item }} }}\n\
         \x20     bad: {{ path: {{ id: b }}, request: {{ id: b, kind: item }}, status: 404, response: {{ text: No. }} }}\n\
         \x20     some: {{ path: {{ id: c }}, request: {{ id: c, \"...\": elided }} }}\n\
         deliveries:\n\
         \x20 event: {{ header: X-Event }}\n\
         \x20 verify: none\n\
         \x20 events: {{ MADE: Item }}\n\
         \x20 examples: {{ made: {{ headers: {{ X-Event: MADE }}, request: {{ id: z, kind: item }} }} }}\n"
    ));
    let document = yaml(&export);
    let put = &document["paths"]["/items/{id}"]["put"];
    let [id, version] = [0, 1].map(|index| &put["parameters"][index]);
    assert_eq!(id["examples"]["one"]["value"].as_str(), Some("a"));
    assert_eq!(id["examples"]["bad"]["value"].as_str(), Some("b"));
    assert_eq!(version["name"].as_str(), Some("X-Version"));
    assert_eq!(version["schema"]["const"].as_str(), Some("7"));
    let body = &put["requestBody"]["content"]["application/json"]["examples"];
    assert_eq!(body["one"]["value"]["id"].as_str(), Some("a"));
    assert!(body.get("some").is_none());
    let answers = &put["responses"];
    let of = |status: &str| &answers[status]["content"]["application/json"]["examples"];
    assert_eq!(of("200")["one"]["value"]["kind"].as_str(), Some("item"));
    assert_eq!(of("4XX")["bad"]["value"]["text"].as_str(), Some("No."));
    let made = &document["webhooks"]["MADE"]["post"]["requestBody"]["content"];
    let made = &made["application/json"]["examples"]["made"]["value"];
    assert_eq!(made["id"].as_str(), Some("z"));
    assert!(export.lost.contains(&("examples that leave something out", 1)), "{:?}", export.lost);
}
