//! Points in time, lengths and bytes travel as the specification says, in bodies and outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared by test files")]
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

use bodies_tests::formats;
use bodies_tests::formats::models::{Colour, Joined, Level, Stamps, UserId};
use clientwright_runtime::{
    Blocking, Bytes, Date, DateTime, Decimal, Duration, LocalDateTime, Time, TimeSpan,
};
use support::Memory;

fn client(memory: &Memory) -> formats::Client<Blocking> {
    formats::builder().blocking_transport(memory.clone()).build_blocking().unwrap()
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime {
    parsed(text)
}

/// What a service sends, read and sent back.
fn round(json: &str) -> (Stamps, String) {
    let read = client(&Memory::json(200, json)).stamps().get().send().unwrap();
    let memory = Memory::json(200, "");
    client(&memory).stamps().put(read.clone()).send().unwrap();
    (read, String::from_utf8(memory.sent().body.to_vec()).unwrap())
}

/// Ids that are numbers in texts, and lists of ids, enums and dates between commas.
#[test]
fn ids_and_lists_in_texts() {
    let round = |json: &str| -> (Joined, String) {
        let read = client(&Memory::json(200, json)).joined().get().send().unwrap();
        let memory = Memory::json(200, "");
        client(&memory).joined().put(read.clone()).send().unwrap();
        (read, String::from_utf8(memory.sent().body.to_vec()).unwrap())
    };
    let json = r#"{"user":"7","other":"-8","nullable":null,"ratio":"0.5","users":"1,-2","codes":"a,12,null","colours":"red,dark-blue,pink","levels":"1,9","days":"2026-01-31,null","hours":"08:30,09:00:00.5","moments":"2026-01-31T08:30:00Z","keys":"k-1"}"#;
    let (read, sent) = round(json);
    assert_eq!(sent, json);
    assert_eq!(read.user, UserId::from(7));
    assert_eq!(read.users, Some(vec![UserId::from(1), UserId::from(-2)]));
    let pink = Colour::Other("pink".to_owned());
    assert_eq!(read.colours, Some(vec![Colour::Red, Colour::DarkBlue, pink]));
    assert_eq!(read.levels, Some(vec![Level::Low, Level::Other(9)]));
    assert_eq!(read.days, Some(vec![Some(parsed("2026-01-31")), None]));
    // What is meant is read all the same, and written as it is declared.
    let (_, sent) =
        round(r#"{"user":7,"users":[1,2],"codes":["a"],"colours":"navy","levels":[2],"days":""}"#);
    let written =
        r#"{"user":"7","users":"1,2","codes":"a","colours":"dark-blue","levels":"2","days":""}"#;
    assert_eq!(sent, written);
    for (wrong, place) in [
        (r#"{"user":"seven"}"#, "$.user"),
        (r#"{"user":"7","users":"1,x"}"#, "$.users"),
        (r#"{"user":"7","days":"2026-13-01"}"#, "$.days"),
    ] {
        let error = client(&Memory::json(200, wrong)).joined().get().send().unwrap_err();
        assert!(error.to_string().contains(place), "{error}");
    }
    let memory = Memory::json(200, "");
    let find = client(&memory).joined().find(vec![UserId::from(1), UserId::from(2)]).user(7);
    find.x_colours(vec![Colour::DarkBlue, Colour::Red])
        .x_days(vec![parsed("2026-01-31")])
        .send()
        .unwrap();
    let sent = memory.sent();
    assert!(sent.url.ends_with("/joined/1,2?user=7"), "{}", sent.url);
    assert_eq!(sent.headers["x-colours"], "dark-blue,red");
    assert_eq!(sent.headers["x-days"], "2026-01-31");
}

/// What .NET's writers can be set to; whoever reads takes all of them.
#[test]
fn every_handler_of_dates_is_read() {
    let half_past = "2026-01-31T08:30:00Z";
    for (text, instant, written) in [
        (r#""\/Date(1769848200000)\/""#, half_past, "/Date(1769848200000)/"),
        (r#""/Date(1769848200000+0100)/""#, half_past, "/Date(1769848200000+0100)/"),
        (r#""/Date(1769848200000-0000)/""#, half_past, "/Date(1769848200000-0000)/"),
        (r#""2026-01-31T08:30:00.0000000Z""#, half_past, "/Date(1769848200000)/"),
        (r#""2026-01-31T09:30:00.0000000+01:00""#, half_past, "/Date(1769848200000+0100)/"),
        (r#""2026-01-31T08:30:00.0000000""#, half_past, "/Date(1769848200000-0000)/"),
        (r#""2026-01-31""#, "2026-01-31T00:00:00Z", "/Date(1769817600000)/"),
        (r#""2026-01-31 08:30:00""#, half_past, "/Date(1769848200000-0000)/"),
        (r#""Sat, 31 Jan 2026 08:30:00 GMT""#, half_past, "/Date(1769848200000)/"),
        ("1769848200000", half_past, "/Date(1769848200000)/"),
    ] {
        let (read, sent) = round(&format!(r#"{{"any":{text}}}"#));
        assert_eq!(read.any, Some(at(instant)), "{text}");
        assert_eq!(sent, format!(r#"{{"any":"{written}"}}"#), "{text}");
    }
}

/// Counts since 1970 in texts: the text is written, the bare number is read too.
#[test]
fn counts_in_texts() {
    let json = r#"{"any":"/Date(0)/","counted":"1574553600","millis":"1574553600001","both":"-1","nullable":"7"}"#;
    let (read, sent) = round(json);
    assert_eq!(read.counted, Some(at("2019-11-24T00:00:00Z")));
    assert_eq!(read.millis, Some(at("2019-11-24T00:00:00.001Z")));
    assert_eq!(sent, json);
    for (text, written) in [
        (r#""counted":1574553600"#, r#""counted":"1574553600""#),
        (r#""counted":" 7 ""#, r#""counted":"7""#),
        (r#""counted":"7.5""#, r#""counted":"7""#),
        (r#""both":"2019-11-24T00:00:00Z""#, r#""both":"1574553600""#),
        (r#""nullable":null"#, r#""nullable":null"#),
    ] {
        let sent = round(&format!(r#"{{"any":"/Date(0)/",{text}}}"#)).1;
        assert_eq!(sent, format!(r#"{{"any":"/Date(0)/",{written}}}"#), "{text}");
    }
    for none in [r#""""#, r#""0""#, "0"] {
        let (read, sent) = round(&format!(r#"{{"any":"/Date(0)/","millis":{none}}}"#));
        assert_eq!((read.millis, sent.as_str()), (None, r#"{"any":"/Date(0)/"}"#), "{none}");
    }
    for wrong in
        [r#""soon""#, r#""""#, "true", r#""2019-11-24T00:00:00Z""#, r#""NaN""#, r#""1e300""#]
    {
        let json = format!(r#"{{"any":"/Date(0)/","counted":{wrong}}}"#);
        let error = client(&Memory::json(200, json)).stamps().get().send().unwrap_err();
        let expected = "at `$.counted`: expected a time as a number since 1970 in a text";
        assert!(error.to_string().contains(expected), "{error}");
    }
}

/// Each of them written, as a member of its own format.
#[test]
fn each_format_is_written() {
    let json = r#"{"any":"/Date(0)/","moment":"/Date(1)/","plain":"2026-01-31T08:30:00.50+01:00","spaced":"2026-01-31 08:30:00.123","day":"2026-01-31","local":"2026-01-31 08:30:00","either":[7,null],"named":{"a":"2026-01-31 08:30:00"}}"#;
    assert_eq!(round(json).1, json);
    let other = r#"{"any":0,"either":["1970-01-01T00:00:07Z"],"named":{"a":1769848200000000000}}"#;
    let written = r#"{"any":"/Date(0)/","either":[7],"named":{"a":"2026-01-31 08:30:00"}}"#;
    assert_eq!(round(other).1, written);
}

#[test]
fn points_in_time_that_mean_none() {
    for none in ["\"0001-01-01T00:00:00\"", "\"/Date(-62135596800000-0000)/\"", "null"] {
        let (read, sent) =
            round(&format!(r#"{{"any":{none},"moment":{none},"never":"/Date(0)/"}}"#));
        assert_eq!((read.any, read.moment, read.never), (None, None, None), "{none}");
        assert_eq!(sent, "{}", "{none}");
    }
    // What a member says by itself takes the place of what is said of all.
    let (read, _) = round(r#"{"any":"/Date(0)/","never":"/Date(-62135596800000)/"}"#);
    assert_eq!(read.any, Some(at("1970-01-01T00:00:00Z")));
    assert_eq!(read.never, Some(at("0001-01-01T00:00:00Z")));
}

#[test]
fn what_is_in_none_of_the_formats_is_an_error() {
    for wrong in ["\"noon\"", "1.5", "true", "\"/Date(x)/\""] {
        let memory = Memory::json(200, format!(r#"{{"any":{wrong}}}"#));
        let error = client(&memory).stamps().get().send().unwrap_err().to_string();
        assert!(error.contains("$.any"), "{error}");
    }
}

#[test]
fn formats_outside_bodies() {
    let memory = Memory::json(200, "");
    let moment = at("2026-01-31T09:30:00.123+01:00");
    client(&memory)
        .stamps()
        .find(
            moment,
            Bytes::from(&b"\xfb\xff\xbf"[..]),
            moment,
            at("1970-01-01T00:00:01.000007Z"),
            moment,
        )
        .since(moment)
        .moment(moment)
        .until(moment)
        .stamps(vec![at("1970-01-01T00:00:01Z"), at("1970-01-01T00:00:02Z")])
        .again(vec![moment, moment])
        .took(parsed::<Duration>("PT1H30M"))
        .span(parsed::<TimeSpan>("1.02:03:04"))
        .blob(&b"hello>"[..])
        .blobs(vec![Bytes::from("h"), Bytes::from("i")])
        .dotnet(moment)
        .spaced(parsed::<LocalDateTime>("2026-01-31T08:30:00"))
        .count(9_007_199_254_740_993_i64)
        .counted(moment)
        .price(parsed::<Decimal>("12.50"))
        .hour(parsed::<Time>("08:30"))
        .key("0e8f54c07a0e4d8c9a530a6f4a4f9d7b")
        .link("https://example.com/?a=b")
        .if_modified_since(moment)
        .x_local(parsed::<LocalDateTime>("2026-01-31T08:30:00"))
        .x_day(parsed::<Date>("2026-01-31"))
        .x_price(parsed::<Decimal>("12.50"))
        .blob_cookie(&b"cookie"[..])
        .span_cookie(parsed::<TimeSpan>("00:00:07"))
        .with_as_of(at("1970-01-01T00:00:12Z"))
        .with_x_seal(Bytes::from("seal"))
        .send()
        .unwrap();
    let sent = memory.sent();
    let (path, query) = sent.target().split_once('?').unwrap();
    assert_eq!(path, "/v1/stamps/1769848200123/-_-_/2026-01-31");
    let query = query.replace("%3A", ":").replace("%2B", "+").replace("%3D", "=");
    let query = query.replace("%2F", "/").replace("%20", " ").replace("%2C", ",");
    let pairs: Vec<&str> = query.split('&').collect();
    let expected = [
        "since=2026-01-31T09:30:00.123+01:00",
        "moment=2026-01-31T09:30:00.123+01:00",
        "until=1769848200",
        "stamps=1,2",
        "again=Sat, 31 Jan 2026 08:30:00 GMT",
        "again=Sat, 31 Jan 2026 08:30:00 GMT",
        "took=PT1H30M",
        "span=1.02:03:04",
        "blob=aGVsbG8+",
        "blobs=aA==",
        "blobs=aQ==",
        "dotnet=/Date%281769848200123+0100%29/",
        "spaced=2026-01-31 08:30:00",
        "count=9007199254740993",
        "counted=1769848200",
        "price=12.50",
        "hour=08:30",
        "key=0e8f54c07a0e4d8c9a530a6f4a4f9d7b",
        "link=https://example.com/%3Fa=b",
        "as-of=12",
    ];
    assert_eq!(pairs, expected);
    for (name, value) in [
        ("if-modified-since", "Sat, 31 Jan 2026 08:30:00 GMT"),
        ("x-at", "1000007"),
        ("x-local", "2026-01-31T08:30:00"),
        ("x-day", "2026-01-31"),
        ("x-price", "12.50"),
        ("x-seal", "c2VhbA=="),
        ("cookie", "seen=1769848200123000000; blob=Y29va2ll; span=00%3A00%3A07"),
    ] {
        assert_eq!(sent.headers[name], value, "{name}");
    }
}

/// A count of nanoseconds ends in the year 2262.
#[test]
fn what_a_form_cannot_say_is_not_sent() {
    let memory = Memory::json(200, "");
    let late = at("3000-01-01T00:00:00Z");
    let call = client(&memory).stamps().find(late, Bytes::from("x"), late, late, late);
    let error = call.send().unwrap_err().to_string();
    assert!(error.contains("the parameter `seen` holds what its form has no text for"), "{error}");
    assert_eq!(memory.count(), 0);
}
