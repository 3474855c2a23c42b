//! One change each, and its verdict.
//!
//! `tests/semver` holds verdicts against those of cargo-semver-checks on the generated crates.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Bump, Diff, compare};
use crate::Analysis;
use crate::changes::{self, Change};
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
        ("age?: int32", "age: int32", Major, "models::NewUser::age"), // method_parameter_count_changed
        ("age?: int32", "age?: int32, more?: string", Minor, "models::NewUser::more"),
        ("age?: int32", "age?: int32, more: string", Major, "models::NewUser::more"),
        ("[red, green]", "[red]", Major, "models::Colour::Green"), // enum_variant_missing
        ("[red, green]", "[red, green, blue]", Minor, "models::Colour::Blue"),
        ("{ enum: [red, green] }", "{ enum: [red, green], closed: true }", Major, "models::Colour"),
        ("{ one: User }", "{ one: User, two: NewUser }", Minor, "models::Kind::Two"),
        ("deep?: boolean", "deep: boolean", Major, "users::get::deep"),
        ("deep?: boolean", "deep?: boolean, more?: int32", Minor, "users::get::more"),
        ("returns: User }", "returns: { 200: User, 204: nothing } }", Major, "users::get"),
        ("GET /users/{id}", "GET /people/{id}", Patch, "users::get"),
        ("{ 404: nothing }", "{ 404: nothing, 409: nothing }", Minor, "users::add::Error::Conflict"),
        ("https://api.", "https://api2.", Patch, "server production"),
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
    #[rustfmt::skip]
    let cases = [
        ("query: { deep?: boolean }", "headers: { deep?: boolean }", "was `query: { deep?: boolean }`, is `headers: { deep?: boolean }`"),
        ("GET /users/{id}", "POST /users/{id}", "was `http: GET /users/{id}`, is `http: POST /users/{id}`; was `effect: read`, is `effect: write`"),
        ("GET /users/{id}", "GET /people/{id}", "was `http: GET /users/{id}`, is `http: GET /people/{id}`"),
        ("age?: int32", "age?: int32(1..)", "was `age?: int32`, is `age?: int32(1..)`"),
        ("{ one: User }", "{ one: { type: User, also: [uno] } }", "was nothing, is `also: uno`"),
        ("colour?: Colour", "colour?: { type: Colour, also: hue }", "was nothing, is `also: hue`"),
        ("defaults: { auth", "defaults: { headers: { A: b }, auth", "was nothing, is `headers: { A: b }`"),
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

/// From one specification to another, with the same head.
fn between(old: &str, new: &str) -> Vec<String> {
    let head =
        "clientwright: 1\nprovider: { name: demo }\nservers: { main: https://api.example.com }\n";
    let source =
        |text: &str| vec![Source { name: "a.yaml".to_owned(), text: format!("{head}{text}") }];
    let found = crate::diff_of(source(old), source(new));
    let found = found.unwrap_or_else(|reports| panic!("{}", reports[0]));
    let line = |one: super::Change| format!("{}: {}: {}", one.bump, one.item, one.text);
    found.changes.into_iter().map(line).collect()
}

/// Models may be called like types of Rust, and open types like the places that they are shown by.
#[test]
fn names_that_stand_for_each_other() {
    let methods = |ty: &str| format!("methods: {{ a.b: {{ http: GET /a, returns: {ty} }} }}\n");
    let value = |member: &str| {
        format!(
            "models: {{ Value: map<json>, Date: list<date>, A: {{ fields: {{ {member}, on: Date }} }} }}\n{}",
            methods("A")
        )
    };
    let found = between(&value("one: Value"), &value("one: list<Value>"));
    assert_eq!(found.len(), 1, "{found:?}");
    let pair = |one: &str, other: &str| {
        format!(
            "models: {{ \"Pair<T2, T1>\": {{ fields: {{ one: {one}, other: {other} }} }} }}\n{}",
            methods("\"Pair<string, int32>\"")
        )
    };
    assert_eq!(between(&pair("T1", "T2"), &pair("T1", "T2")), Vec::<String>::new());
    assert!(!between(&pair("T1", "T2"), &pair("T2", "T1")).is_empty());
}

/// Another name for a type has the formats of the type.
#[test]
fn formats_behind_names_are_seen() {
    let models = |member: &str| {
        format!(
            "defaults: {{ wire: {{ datetime: {{ format: dotnet }} }} }}\n\
             models: {{ Moment: datetime, A: {{ fields: {{ at: {member}, on: Moment }} }} }}\n\
             methods: {{ a.b: {{ http: GET /a, returns: A }} }}\n"
        )
    };
    let same = between(&models("Moment"), &models("datetime"));
    assert_eq!(same, Vec::<String>::new());
    let found = between(&models("Moment"), &models("{ type: datetime, format: unix }"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("dotnet") && found[0].contains("unix"), "{found:?}");
}

/// What Rust code sees of a declaration is no fact for the service as well; what it does not see is.
#[test]
fn one_change_is_told_once() {
    let old = "models: { Item: { fields: { id: string, tag?: string } }, Problem: { fields: { text?: string } } }\n\
               methods: { items.get: { http: GET /item, query: { max?: int32 }, returns: Item, errors: { 404: Problem, 409: nothing } } }\n";
    #[rustfmt::skip]
    let cases: [(&str, &str, &[&str]); 9] = [
        ("tag?: string", "tag?: int32", &["major: models::Item::tag: was `Option<String>`, is `Option<i32>`"]),
        ("tag?: string", "tag: string", &["major: models::Item::tag: was `Option<String>`, is `String`"]),
        ("tag?: string", "tag?: datetime", &["major: models::Item::tag: was `Option<String>`, is `Option<DateTime>`"]),
        ("tag?: string", "tag: string | null", &[
            "patch: models::Item::tag: for the service, was `tag?: string`, is `tag: string | null`",
        ]),
        ("tag?: string", "tag?: { type: datetime, format: unix }", &[
            "major: models::Item::tag: was `Option<String>`, is `Option<DateTime>`",
            "patch: models::Item::tag: for the service, was nothing, is `format: unix`",
        ]),
        ("tag?: string", "tag: int32(1..) | null", &[
            "major: models::Item::tag: was `Option<String>`, is `Option<i32>`",
            "patch: models::Item::tag: for the service, was `tag?: string`, is `tag: int32(1..) | null`",
        ]),
        ("max?: int32", "max?: int64", &["major: items::get::max: was `Option<i32>`, is `Option<i64>`"]),
        ("returns: Item", "returns: list<Item>", &["major: items::get: was `get() -> Item`, is `get() -> Vec<Item>`"]),
        ("404: Problem", "404: nothing", &[
            "major: items::get::Error::NotFound: was `Problem`, is nothing",
            "major: models::Problem: the model is gone",
        ]),
    ];
    for (from, to, told) in cases {
        assert!(old.contains(from), "{from}");
        let new = old.replace(from, to);
        // What nothing uses any more is left out of the specification, too.
        let new = match to {
            "404: nothing" => new.replace(", Problem: { fields: { text?: string } }", ""),
            _ => new,
        };
        assert_eq!(between(old, &new), told, "{from} -> {to}");
    }
}

/// A list of arguments says nothing of what its arguments say themselves, and all of what they do not.
#[test]
fn what_an_argument_says_its_call_does_not_say_again() {
    let old = "models: { Item: { fields: { id: string, tag: string, note: string | null } }, Name: string }\n\
               methods: { items.put: { http: \"PUT /item/{id}/{part}\", path: { id: int32, part: int32 }, query: { max?: int32 }, body: Item, returns: nothing } }\n";
    let id = "major: items::put::id: was `i32`, is `i64`";
    #[rustfmt::skip]
    let cases: [(&str, &str, &[&str]); 8] = [
        ("id: int32", "id: int64", &[id]),
        ("max?: int32", "max: int32", &["major: items::put::max: was `Option<i32>`, is `i32`"]),
        ("max?: int32", "max?: int32, min: int32", &["major: items::put::min: the parameter is new and has to be given"]),
        ("body: Item", "body?: Item", &["major: items::put::body: was `Item`, is `Option<Item>`"]),
        // Where the others stand nobody else says.
        ("{id}/{part} ;; id: int32", "{part}/{id} ;; id: int64", &[
            "major: items::put: was `put(id: i32, part: i32, body: Item) -> ()`, is `put(part: i32, id: i64, body: Item) -> ()`",
            id,
            "patch: items::put: for the service, was `http: PUT /item/{id}/{part}`, is `http: PUT /item/{part}/{id}`",
        ]),
        ("id: int32 ;; returns: nothing", "id: int64 ;; returns: Item", &[
            "major: items::put: was `put(id: i32, part: i32, body: Item) -> ()`, is `put(id: i64, part: i32, body: Item) -> Item`",
            id,
            "patch: items::put: for the service, was `returns: nothing`, is `returns: Item`",
        ]),
        ("tag: string", "tag: int32", &["major: models::Item::tag: was `String`, is `i32`"]),
        ("tag: string, note: string | null", "note: string | null, tag: string", &[
            "major: models::Item::new: was `new(id: String, tag: String, note: Option<String>)`, is `new(id: String, note: Option<String>, tag: String)`",
        ]),
    ];
    for (from, to, told) in cases {
        let mut new = old.to_owned();
        for (from, to) in from.split(" ;; ").zip(to.split(" ;; ")) {
            assert!(new.contains(from), "{from}");
            new = new.replace(from, to);
        }
        assert_eq!(between(old, &new), told, "{from} -> {to}");
    }
}

/// What follows from the limits is no change beside that of the limits.
#[test]
fn statuses_that_follow_from_limits_are_told_once() {
    let with =
        |extra: &str| format!("{extra}methods: {{ a.b: {{ http: GET /a, returns: nothing }} }}\n");
    let limit = |status: &str| {
        with(&format!("rate_limit: {{ status: {status}, headers: {{ remaining: X-Left }} }}\n"))
    };
    let found = between(&limit("429"), &limit("403"));
    let words = |status: &str| {
        format!("`rate_limit: {{ status: {status}, headers: {{ remaining: X-Left }} }}`")
    };
    let told = format!("patch: module: for the service, was {}, is {}", words("429"), words("403"));
    assert_eq!(found, [told]);
    let stated = with("defaults: { retry: { on: [503] } }\n");
    let told = "patch: module: for the service, was nothing, is `retry: { on: [503] }`";
    assert_eq!(between(&with(""), &stated), [told]);
}

/// A server is where it leads to, and its name is what code calls it by.
#[test]
fn a_server_of_another_name_is_told_as_one() {
    #[rustfmt::skip]
    let cases: [(&str, &str, &[&str]); 5] = [
        ("production: https", "live: https", &["major: builder::production: the server is called `builder::live` now"]),
        ("staging: https", "sandbox: https", &["major: builder::staging: the server is called `builder::sandbox` now"]),
        // It leads elsewhere as well.
        ("staging: https://staging.", "sandbox: https://sandbox.", &[
            "major: builder::staging: the server is gone",
            "minor: builder::sandbox: the server is new",
        ]),
        // The one is the default now.
        ("production: https://api.example.com, staging: https://staging.example.com", "sandbox: https://staging.example.com, production: https://api.example.com", &[
            "major: builder::staging: the server is called `builder::sandbox` now",
            "patch: server production: for the service, was `the default server`, is nothing",
            "patch: server sandbox: for the service, was nothing, is `the default server`",
        ]),
        // No code names the only one.
        ("production: https://api.example.com, staging: https://staging.example.com", "live: https://api.example.com", &[
            "major: builder::production: the server is gone",
            "major: builder::staging: the server is gone",
        ]),
    ];
    for (from, to, told) in cases {
        let found = diff(from, to);
        let line = |one: &super::Change| format!("{}: {}: {}", one.bump, one.item, one.text);
        assert_eq!(found.changes.iter().map(line).collect::<Vec<_>>(), told, "{from} -> {to}");
    }
}

/// What an error says is no business of the service, nor of a type.
#[test]
fn the_message_of_an_error_is_seen() {
    let with = |message: &str| {
        format!(
            "models: {{ Problem: {{ {message}fields: {{ text?: string, detail?: string }} }} }}\n\
             methods: {{ a.b: {{ http: GET /a, returns: nothing, errors: {{ default: Problem }} }} }}\n"
        )
    };
    let path = "models::Problem::ServiceError::message";
    let (none, text, detail) = (with(""), with("message: text, "), with("message: detail, "));
    assert_eq!(between(&none, &text), [format!("patch: {path}: the message is new")]);
    assert_eq!(between(&text, &none), [format!("patch: {path}: the message is gone")]);
    let told = format!("patch: {path}: for the service, was `message: text`, is `message: detail`");
    assert_eq!(between(&text, &detail), [told]);
}

/// A name that gives way is another name for Rust code.
#[test]
fn the_struct_of_a_request_is_seen() {
    let with = |groups: &str| {
        format!(
            "{groups}path: {{ id: int64 }}\n\
             models: {{ Export: {{ fields: {{ id: int64 }} }} }}\n\
             methods:\n\
             \x20 exports.open: {{ http: POST /exports, returns: Export }}\n\
             \x20 exports.transaction: {{ http: \"GET /exports/{{id}}\", returns: json }}\n\
             \x20 exports.end: {{ http: \"PUT /exports/{{id}}\", returns: nothing }}\n"
        )
    };
    let held = "groups: { exports: { transaction: { open: open, commit: end, id: id } } }\n";
    let told = between(&with(""), &with(held));
    let request =
        "major: exports::transaction::Request: was `Transaction`, is `TransactionRequest`";
    assert!(told.iter().any(|line| line == request), "{told:?}");
}

/// The order of variants is seen where two of them fit the same value, and the other ones stay told once.
#[test]
fn the_order_of_variants_is_seen_where_it_decides() {
    let with = |variants: &str| {
        format!(
            "models:\n  A: {{ fields: {{ a: string }} }}\n  B: {{ fields: {{ b: string }} }}\n\
             \x20 Value: {{ union: {{ untagged: {{ {variants} }} }} }}\n\
             methods: {{ a.b: {{ http: GET /a, returns: Value }} }}\n"
        )
    };
    let old = with("Number: double, One: A, Two: B");
    assert_eq!(between(&old, &with("One: A, Two: B, Number: double")), [""; 0]);
    let told = "patch: models::Value: `Two` is tried before `One`, and no longer behind it";
    assert_eq!(between(&old, &with("Number: double, Two: B, One: A")), [told]);
    assert_eq!(
        between(&old, &with("Whole: int64, Number: double, One: A, Two: B")),
        ["minor: models::Value::Whole: the variant is new"]
    );
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
fn one_change_of_many_items_is_one_line() {
    let with = |error: &str| {
        let text = format!(
            "clientwright: 1\nprovider: {{ name: demo }}\n\
             servers: {{ production: https://api.example.com }}\n\
             defaults: {{ errors: {{ 400: nothing, 429: {error} }} }}\n\
             models: {{ Problem: {{ fields: {{ text: string }} }} }}\nmethods:\n  \
             a.get: {{ http: GET /a, returns: nothing, errors: {{ 404: Problem }} }}\n  \
             b.get: {{ http: GET /b, returns: nothing, errors: {{ 404: Problem }} }}\n"
        );
        vec![Source { name: "a.yaml".to_owned(), text }]
    };
    let found = crate::diff_of(with("Problem"), with("nothing")).unwrap();
    assert_eq!(found.changes.len(), 2, "programs are told each");
    let expected = "\
major: a::get::Error::TooManyRequests, b::get::Error::TooManyRequests: was `Problem`, is nothing
requires a major version
";
    assert_eq!(found.to_string(), expected);
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
        ("returns: { any: { Json: User, ", "returns: { any: { Json: User, Zip: binary, ", Minor, "users::send::Answer::Zip"),
        ("returns: { any: { Json: User, ", "returns: { any: { Json: NewUser, ", Major, "users::send::Answer::Json"),
        ("returns: { any: { Json: User, ", "returns: { any: { Zip: binary, ", Major, "users::send::Answer::Json"),
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

/// What only tests of a client see, and what nothing is taken from yet.
const UNSEEN: [(&str, &str); 3] =
    [("a method", "examples"), ("deliveries", "examples"), ("a specification", "sources")];

fn is_unseen(change: &Change) -> bool {
    change.kind.starts_with("an example") || UNSEEN.contains(&(change.kind, change.key))
}

/// Whether a text has what the debugging form of a value looks like: `Name(`, `Name {`.
fn has_debug(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    ["(", " {"].iter().any(|open| {
        text.match_indices(open).any(|(at, _)| {
            let word = text[..at].rsplit(|c| !is_word(c)).next().unwrap_or_default();
            word.starts_with(|c: char| c.is_ascii_uppercase())
        })
    })
}

#[test]
fn debugging_forms_are_seen() {
    for text in ["was `Some(\"a\")`", "is `Held { min: 1 }`", "datetime(DateForms { a: 1 })"] {
        assert!(has_debug(text), "{text}");
    }
    for text in ["was `int32(1..)`", "is `timeout: { call: 5s }`", "was `GET /users/{id}`"] {
        assert!(!has_debug(text), "{text}");
    }
}

/// Each construct of the language is told in the words of a specification. `UPDATE=1` writes the words down.
#[test]
fn every_construct_has_words() {
    let base = changes::read("the base", changes::BASE);
    let mut told = String::new();
    let mut silent = Vec::new();
    for change in changes::all() {
        let found = compare(&base.api, &changes::read(&change.name(), &change.text()).api);
        told.push_str(&format!("{}\n", change.name()));
        // What all methods inherit is told of each of them.
        for one in found.changes.iter().take(4) {
            told.push_str(&format!("  {}: {}: {}\n", one.bump, one.item, one.text));
        }
        if found.changes.len() > 4 {
            told.push_str(&format!("  and {} more\n", found.changes.len() - 4));
        }
        if found.changes.is_empty() != is_unseen(&change) {
            silent.push(change.name());
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "not told, or told and thought not to be");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/changes/diff.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (known, told) in known.lines().zip(told.lines()) {
        assert_eq!(known, told, "UPDATE=1 writes it");
    }
    assert_eq!(known.lines().count(), told.lines().count(), "UPDATE=1 writes it");
}

/// From every construct to every other one of its kind, in both directions.
#[test]
fn no_words_are_debugging_forms() {
    let mut kinds: BTreeMap<&str, Vec<Analysis>> = BTreeMap::new();
    for change in changes::all() {
        let read = changes::read(&change.name(), &change.text());
        kinds.entry(change.kind).or_default().push(read);
    }
    let base = changes::read("the base", changes::BASE);
    let mut pairs = 0;
    for (kind, several) in &kinds {
        for (index, one) in several.iter().enumerate() {
            for other in several.iter().take(index).chain([&base]) {
                for (old, new) in [(one, other), (other, one)] {
                    for found in compare(&old.api, &new.api).changes {
                        assert!(!has_debug(&found.text), "{kind}: {}: {}", found.item, found.text);
                    }
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs > 1000, "{pairs}");
}

/// Every scalar in every form, in the place of every other one.
#[test]
fn every_type_has_words() {
    let types = [
        "string",
        "boolean",
        "int32",
        "int64",
        "uint32",
        "uint64",
        "float",
        "double",
        "decimal",
        "date",
        "time",
        "datetime",
        "localdatetime",
        "duration",
        "uuid",
        "bytes",
        "url",
        "json",
        "list<int64>",
        "map<datetime>",
        "map<date, string>",
        "list<string | null>",
        "string | null",
        "Name",
        "Colour",
        "link<items.pages>",
        "{ type: datetime, format: [rfc3339, unix-ms] }",
        "{ type: datetime, format: unix }",
        "{ type: localdatetime, format: spaced }",
        "{ type: duration, format: timespan }",
        "{ type: bytes, format: base64url }",
        "{ type: int64, as: string }",
        "{ type: list<int32>, as: csv }",
        "{ type: list<string>, as: [list, one] }",
        "{ type: decimal, none_when: [0] }",
    ];
    let with = |ty: &str| {
        let ty = if ty.starts_with('{') { ty.to_owned() } else { format!("{{ type: \"{ty}\" }}") };
        let text = changes::BASE.replace("      note?: string\n", &format!("      note?: {ty}\n"));
        changes::read(&ty, &text)
    };
    let all: Vec<Analysis> = types.into_iter().map(with).collect();
    for (a, old) in all.iter().enumerate() {
        for (b, new) in all.iter().enumerate().filter(|(b, _)| *b != a) {
            let found = compare(&old.api, &new.api);
            assert!(found.bump().is_some(), "{} -> {}", types[a], types[b]);
            for told in found.changes.iter().filter(|one| one.text.starts_with("for the service")) {
                assert!(!has_debug(&told.text), "{}", told.text);
            }
        }
    }
    let told = compare(&with("datetime").api, &with(types[26]).api).to_string();
    assert!(told.contains("was `format: rfc3339`, is `format: [rfc3339, unix-ms]`"), "{told}");
}

#[test]
fn that_slashes_stay_is_told_for_the_service() {
    let with = |declared: &str| {
        changes::read(
            declared,
            &format!(
                "clientwright: 1\nprovider: {{ name: shop }}\nservers: {{ production: https://shop.example.com }}\n\
                 methods:\n  files.get: {{ http: \"GET /files/{{file}}\", path: {{ file: {declared} }}, returns: nothing }}\n"
            ),
        )
    };
    let found = compare(&with("string").api, &with("{ type: string, style: slash }").api);
    assert_eq!(found.bump(), Some(Bump::Patch));
    let told = found.to_string();
    assert!(told.contains("for the service, was nothing, is `style: slash`"), "{told}");
}
