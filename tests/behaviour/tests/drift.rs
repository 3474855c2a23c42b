//! What answers hold beside what their specification says is told to who wants to know.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use clientwright_behaviour::drift::{self, Client};
use clientwright_codegen::source::Source;
use clientwright_runtime::{Blocking, Drift, DriftKind, DriftReport};
use std::sync::{Arc, Mutex};
use support::{Said, Script, ready};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

fn blocking(script: &Script, report: &DriftReport) -> Client<Blocking> {
    let builder = drift::builder().blocking_transport(script.clone()).clock(script.clone());
    builder.drift(report.clone()).build_blocking().unwrap()
}

/// What a list of parts gives away.
fn found(body: &str) -> Vec<(String, &'static str, DriftKind)> {
    let script = Script::new([Said::Answers(200, JSON, body)]);
    let report = DriftReport::default();
    blocking(&script, &report).parts().list().send().unwrap();
    let drifts = report.drifts();
    assert!(drifts.iter().all(|drift| drift.method == "drift.parts.list"));
    drifts.into_iter().map(|drift| (drift.path, drift.model, drift.kind)).collect()
}

/// What a part with these members beside those that it has to have gives away.
fn of_part(members: &str) -> Vec<(String, &'static str, DriftKind)> {
    found(&format!(r#"[{{"id":"1","tags":[],{members}}}]"#))
}

fn member(name: &str, holds: &str) -> DriftKind {
    DriftKind::UnknownMember { name: name.to_owned(), holds: holds.to_owned() }
}

fn value(value: &str) -> DriftKind {
    DriftKind::UnknownValue { value: value.to_owned() }
}

#[test]
fn nothing_is_told_of_what_is_known() {
    for body in [
        "[]",
        r#"[{"id":"1","tags":["a"],"color":"red","level":2,"count":"5"}]"#,
        r#"[{"id":"1","tags":[],"shape":{"kind":"circle","radius":1},"owner":{"userId":"u"}}]"#,
        r#"[{"id":"1","tags":[],"either":{"side":1},"zones":{"a":{"radius":1}}}]"#,
    ] {
        assert_eq!(found(body), [], "{body}");
    }
}

#[test]
fn unknown_members_with_their_places_and_types() {
    let body = r#"[
        {"id":"1","tags":[],"new":1},
        {"id":"2","tags":[],"new":1.5,"a-b":null,"parts":[{"id":"3","tags":[],"deep":{"x":1}}]},
        {"id":"4","tags":[],"zones":{"n":{"radius":1},"s":{"radius":2,"warm":true}}}
    ]"#;
    assert_eq!(
        found(body),
        [
            ("$[].new".to_owned(), "Part", member("new", "double")),
            ("$[].parts[].deep".to_owned(), "Part", member("deep", "json")),
            ("$[].zones.*.warm".to_owned(), "Circle", member("warm", "boolean")),
            ("$[]['a-b']".to_owned(), "Part", member("a-b", "json")),
        ]
    );
}

#[test]
fn unknown_values_and_variants() {
    let at = |path: &str, model, kind| vec![(path.to_owned(), model, kind)];
    assert_eq!(of_part(r#""color":"blue""#), at("$[].color", "Color", value("blue")));
    let number = |number| DriftKind::UnknownNumber { number };
    assert_eq!(of_part(r#""level":3"#), at("$[].level", "Level", number(3)));
    let variant = |tag: Option<&str>| DriftKind::UnknownVariant { tag: tag.map(str::to_owned) };
    let star = of_part(r#""shape":{"kind":"star","points":5}"#);
    assert_eq!(star, at("$[].shape", "Shape", variant(Some("star"))));
    assert_eq!(of_part(r#""owner":{"orgId":"o"}"#), at("$[].owner", "Owner", variant(None)));
    assert_eq!(of_part(r#""either":{"edges":3}"#), at("$[].either", "Either", variant(None)));
}

/// Inside a union the places go on, and what a variant met that did not fit is forgotten.
#[test]
fn inside_unions() {
    let at = |path: &str, name: &str| vec![(path.to_owned(), "Square", member(name, "string"))];
    let tagged = of_part(r#""shape":{"kind":"square","side":1,"name":"s"}"#);
    assert_eq!(tagged, at("$[].shape.name", "name"));
    let untagged = of_part(r#""either":{"side":1,"name":"s"}"#);
    assert_eq!(untagged, at("$[].either.name", "name"));
}

#[test]
fn what_is_promised_and_not_there() {
    assert_eq!(
        found(r#"[{"id":"1","tags":null},{"id":"2"},{"id":"3","tags":[],"count":5}]"#),
        [
            (
                "$[].count".to_owned(),
                "Part",
                DriftKind::Type { expected: "a text", found: "a number" }
            ),
            ("$[].tags".to_owned(), "Part", DriftKind::Null),
            ("$[].tags".to_owned(), "Part", DriftKind::Absent),
        ]
    );
}

#[test]
fn inside_wrappers_in_errors_and_where_members_are_kept() {
    let script = Script::new([
        Said::Answers(200, JSON, r#"{"data":{"part":{"id":"1","tags":[],"new":"x"}}}"#),
        Said::Answers(404, JSON, r#"{"text":"no","trace":"t"}"#),
        Said::Answers(200, JSON, r#"{"id":"1","more":[1]}"#),
    ]);
    let report = DriftReport::default();
    let client = blocking(&script, &report);
    client.parts().inside().send().unwrap();
    client.parts().list().send().unwrap_err();
    let kept = client.parts().partial().send().unwrap();
    assert_eq!(kept.undeclared.len(), 1, "what is told is still kept");
    let places: Vec<_> =
        report.drifts().iter().map(|d| format!("{} {}", d.method, d.path)).collect();
    assert_eq!(
        places,
        [
            "drift.parts.inside $.data.part.new",
            "drift.parts.list $.trace",
            "drift.parts.partial $.more"
        ]
    );
}

/// The same value comes out whether somebody listens or not, and with an awaited client as well.
#[test]
fn answers_are_read_all_the_same() {
    let body = r#"[{"id":"1","tags":null,"color":"blue","new":1,"either":{"x":1}}]"#;
    let script = Script::new([Said::Answers(200, JSON, body); 2]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let of = Arc::clone(&told);
    let observer = move |drift: &Drift| of.lock().unwrap().push(drift.path.clone());
    let builder = drift::builder().transport(script.clone()).clock(script);
    let listened = ready(builder.clone().drift(observer).build().unwrap().parts().list()).unwrap();
    let paths = ["$[].tags", "$[].color", "$[].new", "$[].either"];
    assert_eq!(*told.lock().unwrap(), paths);
    assert_eq!(ready(builder.build().unwrap().parts().list()).unwrap(), listened);
    assert_eq!(told.lock().unwrap().len(), 4, "nobody listens to the second one");
}

#[test]
fn a_report_is_pasted_into_the_specification() {
    let body = r#"[
        {"id":"1","extra":1,"odd name":"x","color":"blue","level":3,"count":5},
        {"id":"2","tags":null,"extra":2,"color":"dark: green","shape":{"kind":"star"}}
    ]"#;
    let script = Script::new([Said::Answers(200, JSON, body)]);
    let report = DriftReport::default();
    assert!(report.is_empty());
    blocking(&script, &report).parts().list().send().unwrap();
    let text = report.to_string();
    assert_eq!(
        text,
        r#"# a number in place of a text in a member of Part, drift.parts.list at $[].count
# no variant for the tag star of Shape, drift.parts.list at $[].shape
# null in place of a member of Part, drift.parts.list at $[].tags
# nothing in place of a member of Part, drift.parts.list at $[].tags
models:
  Color:
    enum:
      # drift.parts.list at $[].color
      - blue
      # drift.parts.list at $[].color
      - "dark: green"
  Level:
    enum:
      # drift.parts.list at $[].level
      3: Value3
  Part:
    fields:
      # drift.parts.list at $[].extra
      extra?: int64
      # drift.parts.list at $[]['odd name']
      "odd name?": string
"#
    );
    let whole = format!(
        "clientwright: 1\nprovider: {{ name: p }}\nservers: {{ s: https://e.com }}\n{text}\
         methods:\n  a.b: {{ http: GET /a, returns: Part }}\n  \
         a.c: {{ http: GET /c, returns: Color }}\n  a.d: {{ http: GET /d, returns: Level }}\n"
    );
    let checked =
        clientwright_codegen::check(vec![Source { name: "p.yaml".to_owned(), text: whole }]);
    assert!(!checked.has_errors(), "{checked}");
}
