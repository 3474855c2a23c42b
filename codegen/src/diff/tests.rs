//! One change each, and its verdict.
//!
//! `tests/semver` holds verdicts against those of cargo-semver-checks on the generated crates.

use super::{Bump, Diff};
use crate::source::Source;

const BASE: &str = "\
clientwright: 1
provider: { name: demo }
servers: { production: https://api.example.com, staging: https://staging.example.com }
auth: { token: { scheme: bearer } }
defaults: { auth: token, errors: { 404: nothing } }
models:
  Colour: { enum: [red, green] }
  User: { fields: { id: string, name?: string, colour?: Colour } }
  NewUser: { fields: { name: string, age?: int32 } }
  Kind: { union: { tag: type, variants: { one: User } } }
methods:
  users.get: { http: \"GET /users/{id}\", path: { id: string }, query: { deep?: boolean }, returns: User }
  users.add: { http: POST /users, body: NewUser, returns: Kind }
";

fn diff(from: &str, to: &str) -> Diff {
    assert!(from.is_empty() || BASE.contains(from), "{from}");
    let new = if from.is_empty() { format!("{BASE}{to}") } else { BASE.replace(from, to) };
    let source = |text: &str| vec![Source { name: "a.yaml".to_owned(), text: text.to_owned() }];
    crate::diff_of(source(BASE), source(&new)).unwrap_or_else(|reports| panic!("{}", reports[0]))
}

#[test]
fn nothing_changed() {
    assert_eq!(diff("", "# A comment.\n").bump(), None);
}

#[test]
fn verdicts() {
    use Bump::{Major, Minor, Patch};
    #[rustfmt::skip]
    let cases = [
        ("name?: string, colour", "colour", Major, "models::User::name"), // struct_pub_field_missing
        ("name?: string, colour", "name: string, colour", Major, "models::User::name"),
        ("name?: string, colour", "name?: int32, colour", Major, "models::User::name"),
        ("name?: string, colour", "name?: string, extra?: string, colour", Minor, "models::User::extra"),
        ("name?: string, colour", "name?: string, extra: string, colour", Minor, "models::User::extra"),
        ("age?: int32", "age: int32", Major, "models::NewUser::new"), // method_parameter_count_changed
        ("age?: int32", "age?: int32, more?: string", Minor, "models::NewUser::more"),
        ("age?: int32", "age?: int32, more: string", Major, "models::NewUser::more"),
        ("[red, green]", "[red]", Major, "models::Colour::Green"), // enum_variant_missing
        ("[red, green]", "[red, green, blue]", Minor, "models::Colour::Blue"),
        ("{ enum: [red, green] }", "{ enum: [red, green], closed: true }", Major, "models::Colour"),
        ("{ one: User }", "{ one: User, two: NewUser }", Minor, "models::Kind::Two"),
        ("deep?: boolean", "deep: boolean", Major, "users::get"),
        ("deep?: boolean", "deep?: boolean, more?: int32", Minor, "users::get::more"),
        ("returns: User }", "returns: { 200: User, 204: nothing } }", Major, "users::get"),
        ("GET /users/{id}", "GET /people/{id}", Patch, "users::get"),
        ("{ 404: nothing }", "{ 404: nothing, 409: nothing }", Minor, "users::add::error::Conflict"),
        ("https://api.", "https://api2.", Patch, "builder::production"),
        (", staging: https://staging.example.com", "", Major, "builder::staging"), // method_missing
        ("scheme: bearer", "scheme: basic", Major, "builder::token"),
        ("  users.add:", "  users.create:", Major, "users::add"), // method_missing
        ("Colour: { enum", "Colour: { doc: A colour., enum", Patch, "models::Colour"),
        ("Colour: { enum", "Colour: { deprecated: No., enum", Minor, "models::Colour"),
        ("name: demo", "name: other", Major, "module"), // module_missing
        ("", "  users.remove: { http: DELETE /users, returns: nothing }\n", Minor, "users::remove"),
    ];
    for (from, to, bump, item) in cases {
        let found = diff(from, to);
        assert_eq!(found.bump(), Some(bump), "{from} -> {to}\n{found}");
        let there = found.changes.iter().any(|change| change.item == item && change.bump == bump);
        assert!(there, "{from} -> {to}: {item}\n{found}");
    }
}

/// What the service sees is told in words, and only what differs of it.
#[test]
fn words_for_what_the_service_sees() {
    let cases = [
        ("query: { deep?: boolean }", "headers: { deep?: boolean }", "was `query`, is `header`"),
        ("GET /users/{id}", "POST /users/{id}", "was `get`, is `post`; was `read`, is `write`"),
        ("GET /users/{id}", "GET /people/{id}", "was `/users/{id}`, is `/people/{id}`"),
        ("age?: int32", "age?: int32(1..)", "was nothing, is `min 1`"),
        ("{ one: User }", "{ one: { type: User, also: [uno] } }", "was nothing, is `uno`"),
        ("colour?: Colour", "colour?: { type: Colour, also: hue }", "was nothing, is `hue`"),
        ("defaults: { auth", "defaults: { headers: { A: b }, auth", "was nothing, is `A, b`"),
    ];
    for (from, to, text) in cases {
        let found = diff(from, to);
        let text = format!("for the service, {text}");
        assert!(found.changes.iter().any(|change| change.text == text), "{from} -> {to}\n{found}");
    }
}

#[test]
fn places_in_xml_are_facts_of_the_wire() {
    let base = "clientwright: 1\nprovider: { name: demo }\nservers: { production: https://api.example.com }\n";
    let order = "models: { Order: { fields: { v: { const: a, xml: attribute }, id: string, tag: list<string> } } }\n";
    let methods = "methods: { orders.put: { http: PUT /o, body: { xml: Order }, returns: { xml: Order }, errors: { 404: { xml: Order } } } }\n";
    let source =
        |text: &str| vec![Source { name: "a.yaml".to_owned(), text: format!("{base}{text}") }];
    let old = format!("{order}{methods}");
    let diff = |new: &str| crate::diff_of(source(&old), source(new)).unwrap();
    assert_eq!(diff(&format!("# Moved.\n\n{methods}{order}")).bump(), None);
    for (from, to) in [
        ("id: string", "id: { type: string, xml: attribute }"),
        ("tag: list<string>", "tag: { type: list<string>, xml: { wrapped: item } }"),
        ("{ const: a, xml: attribute }", "{ const: a }"),
        ("Order: {", "Order: { xml: { root: order },"),
        ("Order: {", "Order: { xml: { xmlns: \"urn:a\" },"),
        ("body: { xml: Order }", "body: Order"),
        ("returns: { xml: Order }", "returns: Order"),
        ("{ 404: { xml: Order } }", "{ 404: Order }"),
    ] {
        assert!(old.contains(from), "{from}");
        assert_eq!(diff(&old.replace(from, to)).bump(), Some(Bump::Patch), "{from} -> {to}");
    }
}

#[test]
fn what_belongs_to_something_new_says_nothing_more() {
    let found =
        diff("", "  items.list: { http: GET /items, query: { a?: string }, returns: json }\n");
    let items: Vec<&str> = found.changes.iter().map(|change| change.item.as_str()).collect();
    assert_eq!(items, ["items"]);
    assert_eq!(found.to_string(), "minor: items: the group is new\nrequires a minor version\n");
}

#[test]
fn the_guard_of_a_transaction_is_seen() {
    let guarded = "\
path: { export: int64 }
groups: { exports: { transaction: { open: create, commit: commit, id: export } } }
methods:
  exports.create: { http: POST /exports, returns: Export }
  exports.list: { http: \"GET /exports/{export}\", returns: json }
  exports.commit: { http: \"PUT /exports/{export}\", returns: nothing }
models: { Export: { fields: { export: int64 } } }
";
    let diff = |old: &str, new: &str| {
        let head = "clientwright: 1\nprovider: { name: demo }\nservers: { a: https://a.example }\n";
        let [old, new] = [old, new]
            .map(|text| vec![Source { name: "a.yaml".to_owned(), text: format!("{head}{text}") }]);
        let found = crate::diff_of(old, new).unwrap_or_else(|reports| panic!("{}", reports[0]));
        found.changes.into_iter().map(|one| (one.bump, one.item)).collect::<Vec<_>>()
    };
    let plain = guarded.lines().filter(|line| !line.starts_with("groups")).collect::<Vec<_>>();
    let guard = "exports::Transaction".to_owned();
    assert_eq!(diff(&plain.join("\n"), guarded), [(Bump::Minor, guard.clone())]);
    assert_eq!(diff(guarded, &plain.join("\n")), [(Bump::Major, guard.clone())]);
    let more = guarded.replace(
        "models:",
        "  exports.get: { http: \"GET /exports/{export}/a\", returns: json }\nmodels:",
    );
    let found = diff(guarded, &more);
    let expected =
        [(Bump::Minor, format!("{guard}::get")), (Bump::Minor, "exports::get".to_owned())];
    assert_eq!(found, expected);
}

#[test]
fn alternatives() {
    use Bump::{Major, Minor, Patch};
    let old = "  users.send: { http: POST /send, body: { any: { Json: NewUser, Csv: text(text/csv) } }, \
               returns: { any: { Json: User, Csv: text(text/csv) } } }\n";
    let body = "Csv: text(text/csv) } }, returns";
    #[rustfmt::skip]
    let cases = [
        (body, "Csv: text(text/csv), Zip: binary } }, returns", Minor, "users::send::body::Zip"),
        (body, "Csv: text(text/plain) } }, returns", Patch, "users::send::body::Csv"),
        (body, "Csv: binary(text/csv) } }, returns", Major, "users::send::body::Csv"),
        (body, "Table: text(text/csv) } }, returns", Major, "users::send::body::Csv"),
        // A text is no longer of one alternative only.
        (body, "Csv: text(text/csv), Text: text } }, returns", Major, "users::send::body::Csv::from"),
        ("returns: { any: { Json: User, ", "returns: { any: { Json: User, Zip: binary, ", Minor, "users::send::answer::Zip"),
        ("returns: { any: { Json: User, ", "returns: { any: { Json: NewUser, ", Major, "users::send::answer::Json"),
        ("returns: { any: { Json: User, ", "returns: { any: { Zip: binary, ", Major, "users::send::answer::Json"),
    ];
    let source =
        |text: &str| vec![Source { name: "a.yaml".to_owned(), text: format!("{BASE}{text}") }];
    for (from, to, bump, item) in cases {
        assert!(old.contains(from), "{from}");
        let found = crate::diff_of(source(old), source(&old.replace(from, to)));
        let found = found.unwrap_or_else(|reports| panic!("{}", reports[0]));
        assert_eq!(found.bump(), Some(bump), "{from} -> {to}\n{found}");
        let there = found.changes.iter().any(|change| change.item == item && change.bump == bump);
        assert!(there, "{from} -> {to}: {item}\n{found}");
    }
}
