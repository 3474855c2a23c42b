//! Models and members are read and written as the specification says, and calls go where it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::kinds::{self, models::*};
use bodies_tests::shapes;
use clientwright_runtime::{Blocking, ErrorKind, Patch};
use support::Memory;

fn client(memory: &Memory) -> kinds::Client<Blocking> {
    kinds::builder().user("t1").blocking_transport(memory.clone()).build_blocking().unwrap()
}

fn sent(memory: &Memory) -> String {
    String::from_utf8(memory.sent().body.to_vec()).unwrap()
}

#[test]
fn values_that_are_listed_and_others() {
    let json = r##"["red","dark-blue","navy","#000080","green"]"##;
    let read = client(&Memory::json(200, json)).words().get().send().unwrap();
    let green = Colour::Other("green".into());
    assert_eq!(read, [Colour::Red, Colour::Navy, Colour::Navy, Colour::Navy, green]);
    let memory = Memory::json(200, "");
    client(&memory).words().put(read).send().unwrap();
    assert_eq!(sent(&memory), r#"["red","dark-blue","dark-blue","dark-blue","green"]"#);
}

/// A number that is infinite or none is an error before anything is sent, and no null.
#[test]
fn numbers_that_are_none_are_not_sent() {
    let memory = Memory::json(200, "");
    let client = client(&memory);
    let shapes =
        |radius| Shapes::new().inside(vec![Circle::new(1.0).into(), Circle::new(radius).into()]);
    let item = |ratio| Item::new("a", 0, "", false, vec![], Default::default(), "0").ratio(ratio);
    for wrong in [f64::NAN, f64::INFINITY, -f64::INFINITY] {
        let whole = client.shapes().put(shapes(wrong)).send().unwrap_err();
        let member = client.items().replace(item(wrong)).send().unwrap_err();
        let form = client.shapes().draw().width(wrong).send().unwrap_err();
        let query = client.shapes().draw().scale(wrong).send().unwrap_err();
        let header = client.shapes().draw().x_zoom(wrong).send().unwrap_err();
        let frame = Frame::new(vec![Circle::new(1.0), Circle::new(wrong)]);
        let xml = client.shapes().frame(frame).send().unwrap_err();
        #[expect(clippy::cast_possible_truncation, reason = "infinite either way")]
        let list = client.shapes().draw().x(vec![1.0, wrong as f32]).send().unwrap_err();
        for (error, place) in [
            (&whole, "`$.inside[1].radius`"),
            (&member, "`$.x-ratio`"),
            (&form, "`width`"),
            (&query, "`scale`"),
            (&header, "the parameter `X-Zoom` holds what its form has no text for"),
            (&xml, "written as XML: at `$.corners[1].radius`: a number that is not finite"),
            (&list, "`x`"),
        ] {
            assert_eq!(error.kind(), ErrorKind::Build, "{error}");
            assert!(error.to_string().contains(place), "{error}");
        }
    }
    assert_eq!(memory.count(), 0);
    client.shapes().put(shapes(2.0)).send().unwrap();
    assert_eq!(
        sent(&memory),
        r#"{"inside":[{"kind":"circle","radius":1.0},{"kind":"circle","radius":2.0}]}"#
    );
}

#[test]
fn a_closed_list_refuses_others() {
    let sizes = |json| client(&Memory::json(200, json)).words().sizes().send();
    assert_eq!(sizes(r#"["small","large"]"#).unwrap(), [Size::Small, Size::Large]);
    let error = sizes(r#"["small","huge"]"#).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`$[1]`"), "{error}");
}

/// Out of numbers and texts, as values and as keys; no other number is kept.
#[test]
fn a_closed_list_of_numbers_refuses_others() {
    use shapes::models::Grade;
    let open = |memory: &Memory| -> shapes::Client<Blocking> {
        shapes::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
    };
    let list = |json| open(&Memory::json(200, json)).grades().list().send();
    let read = list(r#"{"1":-2,"-2":"1"}"#).unwrap();
    assert_eq!(read.get(&Grade::Pass), Some(&Grade::Fail));
    assert_eq!(read.get(&Grade::Fail), Some(&Grade::Pass));
    for json in [
        r#"{"1":3}"#,
        r#"{"1":"3"}"#,
        r#"{"1":"Pass"}"#,
        r#"{"1":18446744073709551615}"#,
        r#"{"3":1}"#,
    ] {
        assert_eq!(list(json).unwrap_err().kind(), ErrorKind::Decode, "{json}");
    }
    assert!(list(r#"{"1":3}"#).unwrap_err().to_string().contains("one of `1`, `-2`"));

    let memory = Memory::json(200, "");
    open(&memory).grades().put(Grade::Fail, vec![Grade::Pass, Grade::Fail]).send().unwrap();
    assert_eq!(sent(&memory), "[1,-2]");
    assert_eq!(memory.sent().target(), "/v1/grades?least=-2");

    assert_eq!(Grade::try_from(-2), Ok(Grade::Fail));
    assert_eq!(Grade::Fail.code(), -2);
    let unknown = Grade::try_from(7).unwrap_err();
    assert_eq!(unknown.to_string(), "expected one of `1`, `-2`, found `7`");
    assert_eq!((unknown.found(), unknown.known().collect::<Vec<_>>()), (7, vec![1, -2]));
}

/// Closed numbers travel by name where others do.
#[test]
fn closed_numbers_with_names() {
    let doors = |json| client(&Memory::json(200, json)).words().doors().send();
    let read = doors(r#"["Open","shut","CLOSED",1,"2"]"#).unwrap();
    assert_eq!(read, [Door::Open, Door::Shut, Door::Shut, Door::Open, Door::Shut]);
    for other in [r#"["Open","Ajar"]"#, r#"["Open",3]"#, r#"["Open","3"]"#] {
        let error = doors(other).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{other}");
        assert!(error.to_string().contains("`$[1]`"), "{error}");
    }
    let memory = Memory::json(200, "");
    client(&memory).words().door(Door::Shut, read).send().unwrap();
    assert_eq!(sent(&memory), r#"["Open","Shut","Shut","Open","Shut"]"#);
    assert_eq!(memory.sent().target(), "/v1/doors?first=Shut");
}

/// By name in any case, by number, and by what nobody has listed.
#[test]
fn numbers_with_names() {
    let json = r#"["Low","low","HIGH","Top",1,2,-1,"2",7,"Medium"]"#;
    let read = client(&Memory::json(200, json)).words().levels().send().unwrap();
    let known = [Level::Low, Level::Low, Level::High, Level::High, Level::Low, Level::High];
    assert_eq!(read[..6], known);
    assert_eq!(read[6..8], [Level::Off, Level::High]);
    let memory = Memory::json(200, "");
    let call = client(&memory).words().level(read).least(Level::High).digit(Digits::Value2);
    call.send().unwrap();
    let written = r#"["Low","Low","High","High","Low","High","Off","High",7,"Medium"]"#;
    assert_eq!(sent(&memory), written);
    assert_eq!(memory.sent().target(), "/v1/levels?least=High&digit=2");
}

/// Variants of all four kinds, and what none of them fits: written back as it came.
#[test]
fn unions_keep_what_they_do_not_know() {
    for json in [
        r#"{"inside":[{"kind":"circle","radius":1.5},{"kind":"blob","weight":[1,{"x":null}]},{"no":"tag"}]}"#,
        r#"{"beside":[{"kind":"count","value":7},{"kind":"names","value":["a"]},{"kind":"blob","value":{"x":1},"y":2}]}"#,
        r#"{"by_member":[{"id":7},{"name":"x"},{"mail":"a@b.c"},{}]}"#,
        r#"{"fitting":[{"side":1.5},{"radius":2.5},7,"x",true,[1],{"other":1.0}]}"#,
    ] {
        let read = client(&Memory::json(200, json)).shapes().get().send().unwrap();
        let memory = Memory::json(200, "");
        client(&memory).shapes().put(read).send().unwrap();
        assert_eq!(sent(&memory), json);
    }
    let json =
        r#"{"inside":[{"kind":"quad","side":1.5}],"fitting":[{"side":1.5,"colour":"red"},1.5]}"#;
    let read = client(&Memory::json(200, json)).shapes().get().send().unwrap();
    assert!(matches!(read.inside.as_deref(), Some([Inside::Square(square)]) if square.side == 1.5));
    let fitting = read.fitting.unwrap();
    assert!(matches!(&fitting[..], [Fitting::Square(_), Fitting::Other(_)]), "{fitting:?}");
}

#[test]
fn a_variant_that_is_known_and_does_not_fit_is_an_error() {
    let json = r#"{"inside":[{"kind":"circle","radius":"wide"}]}"#;
    let error = client(&Memory::json(200, json)).shapes().get().send().unwrap_err();
    assert!(error.to_string().contains("at `$.inside[0].radius`: expected f64"), "{error}");
}

const ITEM: &str = r#"{"id":"i-1","createdAt":"2026-01-31T08:30:00Z","title":"a","kind":"item","count":null,"tags":null,"note":null,"parent":{"id":"i-0","title":"b","nick":"n","on":true,"more":{"x":1}},"old":"o","label_text":"n/a","x-ratio":2.5,"surprise":{"deep":[1]}}"#;

#[test]
fn members_in_answers() {
    let item = client(&Memory::json(200, ITEM)).items().get().send().unwrap();
    assert_eq!((item.count, item.nick.as_str(), item.on), (0, "", false));
    assert!(item.tags.is_empty() && item.more.is_empty());
    assert_eq!(item.id.as_deref(), Some("i-1"));
    assert_eq!((item.note, item.label.as_deref(), item.ratio), (Patch::Null, None, Some(2.5)));
    // Who sends it need not show it.
    assert!(item.pin.is_none() && item.secret.is_none());
    let parent = item.parent.unwrap();
    assert_eq!((parent.nick.as_str(), parent.on, parent.more.get("x")), ("n", true, Some(&1)));
    assert_eq!(parent.note, Patch::Absent);
    assert_eq!(item.undeclared.get("surprise").unwrap()["deep"][0], 1);
    let empty = r#"{"id":"i","title":"a","label":"","Label":"x"}"#;
    let item = client(&Memory::json(200, empty)).items().get().send().unwrap();
    assert_eq!(item.label.as_deref(), Some("x"));
}

/// What only the service sets is not sent. What nobody has declared is: a model that is read, changed and put back
/// must not lose it.
#[test]
fn members_in_requests() {
    let item = client(&Memory::json(200, ITEM)).items().get().send().unwrap();
    let memory = Memory::json(200, "");
    client(&memory).items().replace(item).send().unwrap();
    let written: serde_json::Value = serde_json::from_str(&sent(&memory)).unwrap();
    let expected = serde_json::json!({
        "title": "a", "kind": "item", "count": 0, "nick": "", "on": false, "tags": [], "more": {}, "note": null,
        "parent": {
            "title": "b", "kind": "item", "count": 0, "nick": "n", "on": true, "tags": [], "more": { "x": 1 },
        },
        "old": "o", "x-ratio": 2.5, "surprise": { "deep": [1] },
    });
    assert_eq!(written, expected);
}

#[test]
fn three_states_of_a_change() {
    let memory = Memory::json(200, "");
    let client = kinds::builder().key("k").blocking_transport(memory.clone());
    let client = client.build_blocking().unwrap();
    for (patch, written) in [
        (ItemPatch::new(), r#"{"kind":"item"}"#),
        (ItemPatch::new().note(None), r#"{"note":null,"kind":"item"}"#),
        (ItemPatch::new().note("x".to_owned()).count(0), r#"{"count":0,"note":"x","kind":"item"}"#),
        (ItemPatch::new().pin("0000").secret("s"), r#"{"secret":"s","pin":"0000","kind":"item"}"#),
    ] {
        client.items().change(patch).send().unwrap();
        assert_eq!(sent(&memory), written);
    }
    assert_eq!(memory.sent().headers["x-key"], "k");
    assert!(!format!("{:?}", ItemPatch::new().secret("hunter2")).contains("hunter2"));
}

#[test]
fn something_or_nothing() {
    let item = NewItem::new("a", 1, "n", true, vec![], Default::default(), "0000");
    let memory = Memory::json(204, "");
    assert!(client(&memory).items().add(item.clone()).send().unwrap().is_none());
    let memory = Memory::json(201, ITEM);
    assert!(client(&memory).items().add(item.clone()).send().unwrap().is_some());
    // A status that is not declared is none of the successes.
    let error = client(&Memory::json(200, ITEM)).items().add(item).send().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[test]
fn servers_and_what_calls_send_there() {
    let memory = Memory::json(200, "");
    let builder = || kinds::builder().user("t1").key("k").login("s");
    let client = builder().tenant("acme", "eu-1", "v2").blocking_transport(memory.clone());
    let client = client.build_blocking().unwrap();
    client
        .items()
        .replace(Item::new("a", 0, "", false, vec![], Default::default(), "0"))
        .send()
        .unwrap();
    let request = memory.sent();
    assert_eq!(request.url, "https://acme.eu-1.example.com/v2/item");
    assert_eq!(request.headers["api-version"], "2026-01-01");
    // The first of the alternatives that the app has.
    assert_eq!(request.headers["authorization"], "Bearer t1");
    assert!(!request.headers.contains_key("x-key"));

    #[allow(deprecated, reason = "the specification says so")]
    client.files().get().send().unwrap();
    let request = memory.sent();
    assert_eq!(request.url, "https://files.example.com/file");
    // Both at once; the name of the user is the same for all.
    assert_eq!(request.headers["authorization"], "Basic YXBwOnM=");
    assert_eq!(request.headers["x-key"], "k");
    #[allow(deprecated, reason = "the specification says so")]
    client.files().list().send().unwrap();
    assert_eq!(memory.sent().url, "https://kinds.example.com/v1/file");

    #[allow(deprecated, reason = "the specification says so")]
    client.items().open().send().unwrap();
    let request = memory.sent();
    assert!(
        !request.headers.contains_key("authorization") && !request.headers.contains_key("x-key")
    );

    for variable in ["", "a/b", "evil.com#", "a b", ".."] {
        let built = builder().tenant(variable, "eu", "v1").blocking_transport(memory.clone());
        assert!(built.build_blocking().is_err(), "{variable}");
    }
}

/// Neither of the alternatives was given: nothing is sent.
#[test]
fn a_call_without_credentials_is_refused() {
    let memory = Memory::json(200, "");
    let client = kinds::builder().login("s").blocking_transport(memory.clone());
    let client = client.build_blocking().unwrap();
    let error = client.words().sizes().send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let text = error.to_string();
    assert!(text.contains("`user(…)`") && text.contains("`key(…)`"), "{text}");
    assert_eq!(memory.count(), 0);
}
