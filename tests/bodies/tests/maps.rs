//! Maps have keys of the types that the specification gives them, in the order of the wire.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::shapes::{self, models::*};
use clientwright_runtime::{Blocking, Date, OrderedMap, Time};
use support::Memory;

fn client(memory: &Memory) -> shapes::Client<Blocking> {
    shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

const ALL: &str = r#"{"hypnogram":{"23:50":0,"00:39:05":9},"by_id":{"u-2":{"id":"u-2","name":"Bob"},"u-1":{"id":"u-1","name":"Ada"}},"by_number":{"7":null,"-1":"x"},"by_code":{"3":[1],"1":[]},"by_night":{"2026-01-31":1769817600},"by_colour":{"dark blue":{"large":1.5},"mauve":{}},"by_stage":{"4":1,"0":2},"by_key":{"0b3a":true}}"#;

#[test]
fn keys_are_what_they_are_declared_to_be() {
    let maps = client(&Memory::json(200, ALL)).maps().get().send().unwrap();
    let time = |text: &str| text.parse::<Time>().unwrap();
    assert_eq!(maps.hypnogram.get(&time("23:50")), Some(&Stage::Wake));
    assert_eq!(maps.hypnogram.get(&time("00:39:05")), Some(&Stage::Other(9)));
    let names: Vec<&str> = maps
        .by_id
        .as_ref()
        .unwrap()
        .iter()
        .map(|(id, user)| (id.as_str(), &*user.name).0)
        .collect();
    assert_eq!(names, ["u-2", "u-1"], "in the order of the wire");
    assert_eq!(
        maps.by_number.as_ref().unwrap().get(&ItemId::from(-1)),
        Some(&Some("x".to_owned()))
    );
    let night: Date = "2026-01-31".parse().unwrap();
    let at = maps.by_night.as_ref().unwrap().get(&night).unwrap();
    assert_eq!(at.to_string(), "2026-01-31T00:00:00Z");
    let colours = maps.by_colour.as_ref().unwrap();
    assert_eq!(colours.get(&Colour::DarkBlue).unwrap().get(&Size::Large), Some(&1.5));
    assert!(colours.contains_key(&Colour::Other("mauve".to_owned())), "kept");
    assert_eq!(maps.by_stage.unwrap().get(&Stage::Deep), Some(&1));
}

#[test]
fn what_was_read_is_written_unchanged() {
    let maps: Maps = serde_json::from_str(ALL).unwrap();
    let memory = Memory::json(200, format!(r#"{{"2026-02-01":{ALL}}}"#));
    let answer = client(&memory).maps().put(maps).send().unwrap();
    assert_eq!(std::str::from_utf8(&memory.sent().body).unwrap(), ALL);
    assert_eq!(serde_json::to_string(&answer).unwrap(), format!(r#"{{"2026-02-01":{ALL}}}"#));
}

#[test]
fn a_key_that_is_none_is_named_by_its_path() {
    for (body, path) in [
        (r#"{"hypnogram":{"23:50":0,"soon":1}}"#, "at `$.hypnogram"),
        (r#"{"hypnogram":{},"by_number":{"x":null}}"#, "at `$.by_number"),
        (r#"{"hypnogram":{},"by_colour":{"red":{"huge":1.5}}}"#, "at `$.by_colour.red"),
    ] {
        let error = client(&Memory::json(200, body)).maps().get().send().unwrap_err();
        assert!(error.to_string().contains(path), "{error}");
    }
}

#[test]
fn keys_stand_in_brackets_in_a_query() {
    let memory = Memory::json(200, "");
    let counts = OrderedMap::from([(7_i64, vec!["a".to_owned(), "b".to_owned()]), (-1, vec![])]);
    client(&memory).maps().find(counts).send().unwrap();
    let target = memory.sent().target().replace("%5B", "[").replace("%5D", "]");
    assert_eq!(target, "/v1/maps/find?counts[7]=a&counts[7]=b");
}
