//! `clientwright coverage`

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use support::{Temp, run};

const SPECIFICATION: &str = "\
clientwright: 1
provider: { name: shop, title: Corner shop }
servers: { production: https://shop.example.com }
auth: { key: { scheme: bearer, assumed: Not documented. } }
defaults: { auth: key }
sources: { docs: { url: 'https://shop.example.com/docs/{}', title: Handbook, checked: 2026-11-21 } }
models:
  Thing:
    from: docs things
    class: Shop::Thing
    incomplete: The page ends early.
    fields:
      id: string
      price?: { type: decimal, assumed: 'Shown as a number, never described.' }
groups: { things: { from: docs things } }
methods:
  things.list:
    sdk: ThingsApi#list
    http: GET /things
    returns: list<Thing>
    examples: { one: { source: page, response: [{ id: a, price: 1.5 }] }, two: { constructed: x, response: [] } }
  things.clear: { http: DELETE /things, returns: nothing }
deliveries:
  verify: none
  event: { field: event }
  events: { SOLD: Thing, LOST: nothing }
  examples: { sold: { constructed: x, request: { event: SOLD, id: a } } }
";

#[test]
fn origins_assumptions_and_gaps_are_listed() {
    let temp = Temp::new("coverage");
    temp.put("shop.yaml", SPECIFICATION);
    let run = run(&temp, ["coverage", "shop.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let expected = "\
Corner shop: 2 methods, 1 models with 2 members, 2 events, 3 examples

method        in the SDK      source            checked     examples
things.list   ThingsApi#list  Handbook, things  2026-11-21  2, 1 from a source
things.clear  -               Handbook, things  2026-11-21  none

model  in the SDK   source            checked     members
Thing  Shop::Thing  Handbook, things  2026-11-21  id, price

event  in the SDK   source            checked     examples
SOLD   Shop::Thing  Handbook, things  2026-11-21  1, 0 from a source
LOST   -            -                 -           none

without a whole example:
  things.clear
  LOST

assumed:
  auth key: Not documented.
  Thing.price: Shown as a number, never described.

incomplete:
  Thing: The page ends early.
";
    assert_eq!(run.out.trim_end(), expected.trim_end());
}

#[test]
fn programs_get_the_same_facts() {
    let temp = Temp::new("coverage-json");
    temp.put("shop.yaml", SPECIFICATION);
    let run = run(&temp, ["coverage", "shop.yaml", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(found["title"], "Corner shop");
    let list = serde_json::json!({
        "name": "things.list", "route": "GET /things", "sdk": "ThingsApi#list",
        "source": "Handbook, things", "checked": "2026-11-21", "members": [],
        "examples": 2, "shown": 1, "whole": 2,
    });
    assert_eq!(found["methods"][0], list);
    assert_eq!(found["methods"][1]["sdk"], serde_json::Value::Null);
    assert_eq!(found["models"][0]["members"], serde_json::json!(["id", "price"]));
    assert_eq!(found["events"][0]["name"], "SOLD");
    assert_eq!(found["without_whole_example"], serde_json::json!(["things.clear", "LOST"]));
    assert_eq!(found["assumed"][0]["item"], "auth key");
    assert_eq!(found["incomplete"][0]["text"], "The page ends early.");
}

#[test]
fn a_wrong_specification_is_reported() {
    let temp = Temp::new("coverage-wrong");
    temp.put("shop.yaml", "clientwright: 2\n");
    let run = run(&temp, ["coverage", "shop.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("E0205"), "{}", run.err);
}
