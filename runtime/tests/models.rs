//! What `object!` and the other macros read and write.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod sample;

use clientwright_runtime::{self as runtime, Map, NumberOrText, Patch};
use sample::models::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::{RefUnwindSafe, UnwindSafe};

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn error<T: DeserializeOwned>(json: &str) -> String {
    serde_json::from_str::<T>(json).err().unwrap().to_string()
}

#[test]
fn members_in_any_order_with_unknown_ones_between() {
    let json = r#"{"event":"shipped","x":[{"a":1}],"notificationUrl":"u","id":"1","y":null}"#;
    let read: Subscription = read(json);
    assert_eq!(read.event, Event::ShipmentShipped);
    assert_eq!(write(&read), r#"{"id":"1","notificationUrl":"u","event":"shipment-shipped"}"#);
}

#[test]
fn aliases_and_members_that_come_twice() {
    let with = |note: &str| format!(r#"{{"id":"1","notificationUrl":"u","event":"e",{note}}}"#);
    for (note, wanted) in [
        (r#""note":"a""#, Some("a")),
        (r#""Note":"a""#, Some("a")),
        (r#""note":"a","note":"b""#, Some("b")),
        (r#""note":"a","Note":"b""#, Some("b")),
        (r#""note":null"#, None),
        (r#""note":"a""#, Some("a")),
        (r#""NOTE":"a""#, None),
    ] {
        assert_eq!(read::<Subscription>(&with(note)).note.as_deref(), wanted, "{note}");
    }
    let escaped = with(r#""created\u0044ateUtc":"\/Date(1371239017663+0000)\/""#);
    let created = read::<Subscription>(&escaped).created.unwrap();
    assert_eq!(created.to_string(), "2013-06-14T19:43:37.663+00:00");
}

#[test]
fn what_is_missing_is_named() {
    let wanted = "missing member `event` of `Subscription`";
    assert!(error::<Subscription>(r#"{"id":"1","notificationUrl":"u"}"#).starts_with(wanted));
    let wanted = "invalid type: null, expected a string";
    assert!(error::<Subscription>(r#"{"id":null}"#).starts_with(wanted));
    assert!(error::<Everything>("{}").starts_with("missing member `nothing` of `Everything`"));
    let wanted = "invalid type: sequence, expected an object (`Subscription`)";
    assert!(error::<Subscription>("[]").starts_with(wanted));
}

#[test]
fn three_states() {
    let new = || NewSubscription::new("u", "e");
    let wire =
        |new: &NewSubscription| write(new).replace(r#""notificationUrl":"u","event":"e""#, "…");
    assert_eq!(wire(&new()), "{…}");
    assert_eq!(wire(&new().note(None)), r#"{…,"note":null}"#);
    assert_eq!(wire(&new().note("a".to_owned())), r#"{…,"note":"a"}"#);
    assert_eq!(wire(&new().secret("s")), r#"{…,"secret":"s"}"#);
    for note in [Patch::Absent, Patch::Null, Patch::Value("a".to_owned())] {
        let mut sent = new();
        sent.note = note;
        assert_eq!(read::<NewSubscription>(&write(&sent)), sent);
    }
}

#[test]
fn every_kind_of_member() {
    let json = r#"{"nothing":null,"items":[1],"times":["/Date(0)/","/Date(1-0000)/"],"byName":{"b":2,"a":1},"type":{"nothing":1,"items":[],"byName":{}},"x":{"y":[1.5]},"a":"b"}"#;
    let all: Everything = read(json);
    assert_eq!(write(&all), json);
    assert_eq!(all.undeclared.len(), 2);
    let least: Everything = read(r#"{"nothing":null,"items":null,"byName":null}"#);
    assert_eq!(least, Everything::default());
    assert_eq!(write(&least), r#"{"nothing":null,"items":[],"byName":{}}"#);
}

#[test]
fn generic_and_empty_structs() {
    let page: Page<Empty> = read(r#"{"items":[{},{"a":1}]}"#);
    assert_eq!(page.items.len(), 2);
    assert_eq!(write(&page.next("n")), r#"{"items":[{},{}],"next":"n"}"#);
}

#[test]
fn enums_of_texts() {
    assert_eq!(read::<Event>(r#""new""#), Event::Other("new".to_owned()));
    assert_eq!(write(&Event::from("new")), r#""new""#);
    assert_eq!(Event::from("shipped".to_owned()).to_string(), "shipment-shipped");
    assert_eq!(read::<Order>(r#""desc""#), Order::Descending);
    assert!(error::<Order>(r#""up""#).contains("expected one of `asc`, `desc`"));
    let unknown = Order::try_from("up").unwrap_err();
    assert_eq!(unknown.to_string(), "expected one of `asc`, `desc`, found `up`");
    // As what is read from a command line or a file, whichever of the two it becomes.
    assert_eq!("new".parse::<Event>(), Ok(Event::Other("new".to_owned())));
    assert_eq!("desc".parse::<Order>(), Ok(Order::Descending));
    assert_eq!("up".parse::<Order>(), Err(unknown));
}

/// What the traits call their errors may be a value.
#[test]
fn enums_with_values_called_as_errors() {
    #[derive(Debug, PartialEq)]
    enum Outcome {
        Err,
        Error,
        Other(String),
    }
    runtime::text_enum! { Outcome { Err = "err", Error = "error" } }
    assert_eq!("err".parse::<Outcome>(), Ok(Outcome::Err));
    assert_eq!(Outcome::from("error"), Outcome::Error);
    assert_eq!(Outcome::from("lost"), Outcome::Other("lost".to_owned()));
}

#[test]
fn enums_of_numbers() {
    for (json, value, written) in [
        ("100", HttpStatusCode::Continue, r#""Continue""#),
        (r#""continue""#, HttpStatusCode::Continue, r#""Continue""#),
        (r#""Ambiguous""#, HttpStatusCode::MultipleChoices, r#""MultipleChoices""#),
        (r#""300""#, HttpStatusCode::MultipleChoices, r#""MultipleChoices""#),
        ("418", HttpStatusCode::Other(NumberOrText::Number(418)), "418"),
        (r#""New""#, HttpStatusCode::Other("New".into()), r#""New""#),
    ] {
        assert_eq!(read::<HttpStatusCode>(json), value);
        assert_eq!(write(&value), written);
    }
    assert_eq!(HttpStatusCode::from_code(300).code(), Some(300));
    assert_eq!(HttpStatusCode::from("New").code(), None);
    assert_eq!(read::<Vec<Level>>("[-1,2,7]"), [Level::Low, Level::High, Level::Other(7)]);
    assert_eq!(write(&Level::from_code(7)), "7");
}

#[test]
fn ids() {
    let id: SubscriptionId = read(r#""x""#);
    assert_eq!(SubscriptionId::from(&id), id);
    assert_eq!(write(&id), r#""x""#);
    assert_eq!(read::<UserId>("7").to_string(), "7");
    assert!(error::<UserId>(r#""7""#).contains("expected i64"));
}

#[test]
fn values_of_a_map_may_be_null() {
    let map: Map<Option<i32>> = read(r#"{"a":null,"b":1}"#);
    assert_eq!(write(&map), r#"{"a":null,"b":1}"#);
}

#[test]
fn codecs() {
    fn both<T, C: runtime::Codec<T>>(json: &str, written: &str) {
        let value = C::read(&mut serde_json::Deserializer::from_str(json)).unwrap();
        let mut out = Vec::new();
        C::write(&value, &mut serde_json::Serializer::new(&mut out)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), written);
    }
    use runtime::{Bytes, DateTime, Decimal};
    both::<DateTime, runtime::UnixSeconds>("1700000000", "1700000000");
    both::<DateTime, runtime::UnixSeconds>("1700000000.5", "1700000000");
    both::<DateTime, runtime::UnixMillis>("-1", "-1");
    both::<DateTime, runtime::UnixMicros>("1", "1");
    both::<DateTime, runtime::UnixNanos>("1", "1");
    let text = r#""Sun, 06 Nov 1994 08:49:37 GMT""#;
    both::<DateTime, runtime::HttpDate>(text, text);
    let text = r#""Thu, 24 Aug 2023 05:01:45 +0200""#;
    both::<DateTime, runtime::Rfc2822>(text, text);
    let old = r#""24 Aug 23 05:01 GMT (late)""#;
    both::<DateTime, runtime::Rfc2822>(old, r#""Thu, 24 Aug 2023 05:01:00 +0000""#);
    both::<DateTime, runtime::Rfc3339>(r#""1994-11-06 08:49:37Z""#, r#""1994-11-06T08:49:37Z""#);
    both::<Vec<u8>, runtime::Base64>(r#""+/8""#, r#""+/8=""#);
    both::<Bytes, runtime::Base64Url>(r#""-_8=""#, r#""-_8""#);
    both::<Decimal, runtime::JsonNumber>("1.10", "1.10");
    both::<Decimal, runtime::JsonNumber>(r#""1.10""#, "1.10");
    both::<Decimal, runtime::Plain>(r#""1.10""#, r#""1.10""#);
    both::<Box<Option<Decimal>>, runtime::Boxed<runtime::OrNull<runtime::JsonNumber>>>(
        "12345678901234567890.1",
        "12345678901234567890.1",
    );
}

/// A new member that is a file would take these from the struct around it, and break code that relies on them.
#[test]
fn files_have_what_all_structs_have() {
    fn is_plain<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe>(value: T) -> T {
        value
    }
    let bytes = is_plain(runtime::Upload::from("a").on_progress(|_| {}));
    let reader = is_plain(runtime::Upload::from_reader(std::io::empty()));
    assert_eq!((bytes.length(), reader.length()), (Some(1), None));
    assert_eq!(is_plain(runtime::File::new("a.txt", "a")).name(), "a.txt");
}
