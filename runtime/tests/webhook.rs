//! Deliveries of invented providers. The signatures were made by Python's `hmac`, not by this crate.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_runtime as runtime;
use proptest::prelude::*;
use runtime::webhook::{
    Batch, Delivered, Delivery, DeliveryError, Encoding, Mac, Part, Parts, Receiver, Secrets,
    Signature, Signer, Timestamp, UnknownEvent, receive,
};
use runtime::{HeaderMap, HeaderName, Value};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECRET: &str = "whsec-7f";
const BODY: &[u8] = br#"{"type":"paid","data":{"sum":5}}"#;
const AT: Duration = Duration::from_secs(1_700_000_000);

#[derive(Debug, PartialEq)]
struct Payment {
    sum: i32,
}
runtime::object! { Payment { sum: Required = "sum" } }

#[derive(Debug, PartialEq)]
enum Event {
    Ping,
    Paid(Payment),
    Other(UnknownEvent),
}
const RECEIVER: Receiver = Receiver::new()
    .event_header("x-event")
    .event_fields(&[&["type"]], "")
    .payload(&["data"])
    .id_header("x-id")
    .unsigned_ping("ping")
    .echo(&["challenge"])
    .signature(Signature::new("x-signature", Mac::Sha256, Encoding::Hex).prefix("sha256="));
runtime::events! { Event RECEIVER { Ping = "ping", Paid(_) = "paid" } }

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), value.parse().unwrap())
    };
    pairs.iter().map(pair).collect()
}

/// What the sender of `BODY` sends.
fn signed() -> HeaderMap {
    let signature = "sha256=9f14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960c";
    headers(&[("x-event", "paid"), ("x-id", "7"), ("x-signature", signature)])
}

fn open(headers: &HeaderMap, body: &[u8]) -> Result<Delivery<Event>, DeliveryError> {
    receive(&Secrets::new(SECRET), Parts::new(headers, body))
}

/// Who signs for a test says what the header names, where the body does not.
#[test]
fn a_signer_asks_for_the_event_that_only_a_header_names() {
    let receiver = Receiver::new().event_header("x-event").event_fields(&[], "");
    let secrets = Secrets::new(SECRET);
    let error = Signer::new(receiver, &secrets, BODY).headers().unwrap_err();
    assert_eq!(error, DeliveryError::NoEvent("x-event"));
    assert!(error.to_string().contains("`.event(…)`"), "{error}");
    let sent = Signer::new(receiver, &secrets, BODY).event("paid").headers().unwrap();
    assert_eq!(sent["x-event"], "paid");
}

/// As an answer with one, also in a member that nobody reads.
#[test]
fn a_delivery_with_a_byte_that_is_no_text_is_none() {
    let signature = "sha256=2811958889865dcd506862043ba3e9885fb637abd922817dbc3d8961a954ad54";
    let sent = headers(&[("x-event", "paid"), ("x-id", "7"), ("x-signature", signature)]);
    let error =
        open(&sent, b"{\"type\":\"paid\",\"data\":{\"sum\":5},\"x\":\"\xfc\"}").unwrap_err();
    assert!(
        matches!(&error, DeliveryError::Decode { error, .. } if error.path() == Some("$.x")),
        "{error:?}"
    );
}

#[test]
fn a_signed_delivery_becomes_an_event() {
    let delivery = open(&signed(), BODY).unwrap();
    assert_eq!(delivery.event, Event::Paid(Payment { sum: 5 }));
    assert_eq!(delivery.id.as_deref(), Some("7"));
    assert!(!delivery.is_ping);
    assert_eq!(runtime::webhook::Event::name(&delivery.event), "paid");
}

/// Each digest in each encoding, as Python computes it.
#[test]
fn digests_and_encodings() {
    let vectors = [
        (Mac::Sha1, Encoding::Hex, "224da8c619b3400897704f9ddc0e26028ea7234e"),
        (Mac::Sha1, Encoding::Base64, "Ik2oxhmzQAiXcE+d3A4mAo6nI04="),
        (
            Mac::Sha256,
            Encoding::Hex,
            "9F14D4FBAA64FC2A14F53D3513EB812E387EAA0A79595D5FA3EAF0CE40E5960C",
        ),
        (Mac::Sha256, Encoding::Base64, "nxTU+6pk/CoU9T01E+uBLjh+qgp5WV1fo+rwzkDllgw="),
        (
            Mac::Sha512,
            Encoding::Hex,
            "cfef068c6fb630b8ecff21ec7f7541479eb0002b0fc722db2747f595149855919a21baf11abf4af94266ef3953b0\
             43399a0aef21be55a32abd3670a02f6a25d8",
        ),
        (
            Mac::Sha512,
            Encoding::Base64,
            "z+8GjG+2MLjs/yHsf3VBR56wACsPxyLbJ0f1lRSYVZGaIbrxGr9K+UJm7zlTsEM5mgrvIb5Voyq9NnCgL2ol2A==",
        ),
    ];
    for (mac, encoding, signature) in vectors {
        let receiver = RECEIVER.signature(Signature::new("x-signature", mac, encoding));
        let mut sent = signed();
        sent.insert("x-signature", signature.parse().unwrap());
        let check = |sent: &HeaderMap, body: &[u8]| {
            let parts = Parts::new(sent, body);
            Delivery::<Event>::receive(&receiver, &Secrets::new(SECRET), parts)
        };
        assert!(check(&sent, BODY).is_ok(), "{mac:?} {encoding:?}");
        let made = Signer::new(receiver, &Secrets::new(SECRET), BODY).headers().unwrap();
        assert!(made["x-signature"].to_str().unwrap().eq_ignore_ascii_case(signature));
        // Half a signature is none.
        sent.insert("x-signature", signature[..signature.len() / 2].parse().unwrap());
        assert_eq!(check(&sent, BODY), Err(DeliveryError::BadSignature));
    }
}

#[test]
fn what_was_tampered_with_is_turned_away() {
    let paid_more = br#"{"type":"paid","data":{"sum":6}}"#;
    assert_eq!(open(&signed(), paid_more), Err(DeliveryError::BadSignature));
    for wrong in [
        "",
        "sha256=",
        "9f14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960c",
        "sha1=9f14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960c",
        "sha256=9f14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960d",
        "sha256=9f14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960c00",
        "sha256=xx14d4fbaa64fc2a14f53d3513eb812e387eaa0a79595d5fa3eaf0ce40e5960c",
    ] {
        let mut sent = signed();
        sent.insert("x-signature", wrong.parse().unwrap());
        assert_eq!(open(&sent, BODY), Err(DeliveryError::BadSignature), "{wrong}");
    }
    let mut sent = signed();
    sent.remove("x-signature");
    assert_eq!(open(&sent, BODY), Err(DeliveryError::MissingHeader("x-signature")));
    let mut sent = signed();
    sent.append("x-signature", "sha256=00".parse().unwrap());
    assert_eq!(open(&sent, BODY), Err(DeliveryError::BadHeader("x-signature")));
}

#[test]
fn secrets_rotate() {
    let parts = |headers| Parts::new(headers, BODY);
    let sent = signed();
    let result = |secrets: &Secrets| receive::<Delivery<Event>>(secrets, parts(&sent)).map(|_| ());
    assert_eq!(result(&Secrets::new("new").or(SECRET)), Ok(()));
    assert_eq!(result(&Secrets::new(SECRET).or("old")), Ok(()));
    assert_eq!(result(&Secrets::new("new").or("old")), Err(DeliveryError::BadSignature));
    assert_eq!(result(&Secrets::none()), Err(DeliveryError::NoSecret));
    assert_eq!(result(&Secrets::new("")), Err(DeliveryError::NoSecret));
}

#[test]
fn header_and_body_name_the_same_event() {
    let mut sent = signed();
    sent.insert("x-event", "refunded".parse().unwrap());
    let error = open(&sent, BODY).unwrap_err();
    let (header, body) = ("refunded".to_owned(), "paid".to_owned());
    assert_eq!(error, DeliveryError::Disagreement { header, body });
    sent.remove("x-event");
    assert_eq!(open(&sent, BODY), Err(DeliveryError::MissingHeader("x-event")));
}

#[test]
fn a_ping_needs_no_signature_where_header_and_body_say_so() {
    let ping = br#"{"type":"ping","challenge":"c-1"}"#;
    let sent = headers(&[("x-event", "ping")]);
    let pinged: Delivery<Event> = receive(&Secrets::none(), Parts::new(&sent, ping)).unwrap();
    assert_eq!((&pinged.event, pinged.is_ping), (&Event::Ping, true));
    assert_eq!(pinged.echo.as_deref(), Some("c-1"));

    // The body is another event: the header alone opens nothing.
    let missing = Err(DeliveryError::MissingHeader("x-signature"));
    assert_eq!(open(&sent, BODY), missing);
    let sent = headers(&[("x-event", "paid")]);
    assert_eq!(open(&sent, ping), missing);
    assert_eq!(open(&HeaderMap::new(), ping), missing);

    // Unless it is said to be unsigned, a ping is signed like the rest.
    let strict = Receiver::new()
        .event_fields(&[&["type"]], "")
        .ping("ping")
        .signature(Signature::new("x-signature", Mac::Sha256, Encoding::Hex));
    let parts = Parts::new(&sent, ping);
    let result = Delivery::<Event>::receive(&strict, &Secrets::new(SECRET), parts);
    assert_eq!(result, missing);
}

const SIGNED: Signature = Signature::new("x-signature", Mac::Sha256, Encoding::Hex);

/// Events are named by a header, a ping by a member.
#[test]
fn a_member_tells_a_ping_that_no_header_names() {
    let strict = Receiver::new()
        .event_header("x-event")
        .payload(&["data"])
        .ping("ping")
        .ping_field(&["meta", "kind"])
        .echo(&["challenge"])
        .signature(SIGNED);
    let told = strict.unsigned_ping("ping");
    let take = |receiver: &Receiver, sent: &HeaderMap, body: &[u8]| {
        let parts = Parts::new(sent, body);
        Delivery::<Event>::receive(receiver, &Secrets::new(SECRET), parts)
    };
    let ping = br#"{"meta":{"kind":"ping"},"challenge":"c-1"}"#;
    let pinged = take(&told, &HeaderMap::new(), ping).unwrap();
    assert_eq!((&pinged.event, pinged.is_ping), (&Event::Ping, true));
    assert_eq!(pinged.echo.as_deref(), Some("c-1"));
    // What has passed without a signature is a ping, whatever a header calls it.
    let named = take(&told, &headers(&[("x-event", "paid")]), ping).unwrap();
    assert_eq!(named, pinged);

    // The name of the event opens nothing, and what is no ping has one.
    let body = br#"{"meta":{"kind":["ping"]},"data":{"sum":5}}"#;
    let missing = Err(DeliveryError::MissingHeader("x-signature"));
    assert_eq!(take(&told, &headers(&[("x-event", "ping")]), body), missing);
    let secrets = Secrets::new(SECRET);
    let sent = Signer::new(told, &secrets, body).event("paid").headers().unwrap();
    assert_eq!(take(&told, &sent, body).unwrap().event, Event::Paid(Payment { sum: 5 }));
    let mut sent = sent;
    sent.remove("x-event");
    assert_eq!(take(&told, &sent, body), Err(DeliveryError::MissingHeader("x-event")));

    // One that is signed like the rest.
    assert_eq!(take(&strict, &HeaderMap::new(), ping), missing);
    let sent = Signer::new(strict, &secrets, ping).headers().unwrap();
    assert!(!sent.contains_key("x-event"), "{sent:?}");
    assert_eq!(take(&strict, &sent, ping), Ok(pinged));
}

/// Events are named by a member, a ping by a header.
#[test]
fn a_header_tells_a_ping_that_no_member_names() {
    let told = Receiver::new()
        .event_fields(&[&["type"]], "")
        .payload(&["data"])
        .ping("ping")
        .ping_header("x-hook")
        .signature(SIGNED);
    let secrets = Secrets::new(SECRET);
    let take = |event: &str, body: &[u8]| {
        let sent = Signer::new(told, &secrets, body).event(event).headers().unwrap();
        let parts = Parts::new(&sent, body);
        Delivery::<Event>::receive(&told, &secrets, parts).map(|it| (it.event, it.is_ping))
    };
    assert_eq!(take("ping", b"{}"), Ok((Event::Ping, true)));
    assert_eq!(take("paid", BODY), Ok((Event::Paid(Payment { sum: 5 }), false)));
    // An event of the same name is an event.
    assert_eq!(take("paid", br#"{"type":"ping"}"#), Ok((Event::Ping, false)));
    let error = take("paid", b"{}").unwrap_err();
    assert!(matches!(error, DeliveryError::Decode { .. }), "{error:?}");
}

#[test]
fn events_that_nobody_listed_are_kept() {
    let body = br#"{"type":"sneezed","data":[1,{"loud":true}]}"#;
    let secrets = Secrets::new(SECRET);
    let sent = Signer::new(RECEIVER, &secrets, body).headers().unwrap();
    let Event::Other(event) = open(&sent, body).unwrap().event else { panic!("a known event") };
    assert_eq!(event.name, "sneezed");
    assert_eq!(event.body, serde_json::from_slice::<Value>(body).unwrap());
}

#[test]
fn bodies_that_do_not_fit_say_where() {
    let secrets = Secrets::new(SECRET);
    let result = |body: &[u8]| {
        let sent = Signer::new(RECEIVER, &secrets, body).event("paid").headers().unwrap();
        open(&sent, body).unwrap_err().to_string()
    };
    let text = result(br#"{"type":"paid","data":{"sum":"s3cret"}}"#);
    assert!(text.contains("`paid`") && text.contains("$.data.sum"), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
    for body in [&b""[..], b"{", b"[]", b"null", b"{\"type\":7}", b"{}", b"\xff"] {
        assert!(!result(body).is_empty());
    }
}

#[test]
fn large_bodies_are_not_looked_at() {
    let body = vec![b'x'; 100];
    let none = HeaderMap::new();
    let parts = Parts::new(&none, &body);
    let small = RECEIVER.max_body(99);
    let result = Delivery::<Event>::receive(&small, &Secrets::new(SECRET), parts);
    assert_eq!(result, Err(DeliveryError::TooLarge { limit: 99 }));
    assert_eq!(result.unwrap_err().status(), 413);
}

/// Slack's way: the timestamp in a header of its own.
const BESIDE: Signature = Signature::new("x-signature", Mac::Sha256, Encoding::Hex)
    .prefix("v0=")
    .over(&[Part::Text("v0:"), Part::Timestamp, Part::Text(":"), Part::Body])
    .timestamp(Timestamp {
        header: "x-timestamp",
        prefix: "",
        tolerance: Duration::from_secs(300),
    });

/// Stripe's way: timestamp and signatures in one header.
const WITHIN: Signature = Signature::new("x-signature", Mac::Sha256, Encoding::Hex)
    .prefix("v1=")
    .split(",")
    .over(&[Part::Timestamp, Part::Text("."), Part::Body])
    .timestamp(Timestamp {
        header: "x-signature",
        prefix: "t=",
        tolerance: Duration::from_secs(300),
    });

/// The way of Standard Webhooks: id and timestamp signed, several signatures in one header.
const STANDARD: Signature = Signature::new("x-signature", Mac::Sha256, Encoding::Base64)
    .prefix("v1,")
    .split(" ")
    .over(&[Part::Id, Part::Text("."), Part::Timestamp, Part::Text("."), Part::Body])
    .timestamp(Timestamp {
        header: "x-timestamp",
        prefix: "",
        tolerance: Duration::from_secs(300),
    });

#[test]
fn timestamps_limit_how_long_a_delivery_is_good_for() {
    let cases = [
        (
            BESIDE,
            headers(&[
                ("x-event", "paid"),
                ("x-timestamp", "1700000000"),
                (
                    "x-signature",
                    "v0=07924e1aa11f2a3514ead437ffe35bc683dd1fba510e29e04a2747a2307c1f6c",
                ),
            ]),
        ),
        (
            WITHIN,
            headers(&[
                ("x-event", "paid"),
                (
                    "x-signature",
                    "t=1700000000, v1=00ff, \
                     v1=e4261e9a6dde67fd7e15153368943a533b74fa507fcfb9b31b04a03a0eb45f5e",
                ),
            ]),
        ),
        (
            STANDARD,
            headers(&[
                ("x-event", "paid"),
                ("x-id", "msg_1"),
                ("x-timestamp", "1700000000"),
                ("x-signature", "v1a,AAAA v1,R+3hWV45B5Vh9BkNyuYLMXa//BYngZ7Xxg2v3o8lhxo="),
            ]),
        ),
    ];
    let secrets = Secrets::new(SECRET);
    for (signature, sent) in cases {
        let receiver = RECEIVER.signature(signature);
        let at = |now: Option<SystemTime>, sent: &HeaderMap| {
            let parts = Parts::new(sent, BODY);
            let parts = now.map_or(parts, |now| parts.at(now));
            Delivery::<Event>::receive(&receiver, &secrets, parts).map(|_| ())
        };
        let signed = UNIX_EPOCH + AT;
        let second = Duration::from_secs(1);
        for offset in [0, 1, 300] {
            let offset = Duration::from_secs(offset);
            assert_eq!(at(Some(signed + offset), &sent), Ok(()), "{receiver:?}");
            assert_eq!(at(Some(signed - offset), &sent), Ok(()), "{receiver:?}");
        }
        let late = signed + Duration::from_secs(300) + second;
        assert_eq!(at(Some(late), &sent), Err(DeliveryError::Expired));
        let early = signed - Duration::from_secs(300) - second;
        assert_eq!(at(Some(early), &sent), Err(DeliveryError::Expired));
        // Without a clock there is no telling.
        assert_eq!(at(None, &sent), Err(DeliveryError::Expired));

        // A fresh timestamp does not make an old signature good.
        let mut replayed = sent.clone();
        for name in ["x-timestamp", "x-signature"] {
            let Some(value) = sent.get(name) else { continue };
            let text = value.to_str().unwrap().replace("1700000000", "1700009999");
            replayed.insert(name, text.parse().unwrap());
        }
        let now = Some(UNIX_EPOCH + Duration::from_secs(1_700_009_999));
        assert_eq!(at(now, &replayed), Err(DeliveryError::BadSignature));

        // What the signer makes passes, too.
        let id = sent.get("x-id").map_or("", |id| id.to_str().unwrap());
        let made = Signer::new(receiver, &secrets, BODY).at(signed).id(id).headers().unwrap();
        assert_eq!(at(Some(signed), &made), Ok(()));
    }
}

#[test]
fn timestamps_are_plain_numbers() {
    let secrets = Secrets::new(SECRET);
    let receiver = RECEIVER.signature(BESIDE);
    for text in ["", "+1700000000", "-1", "1.7e9", "99999999999999999999", "soon", " "] {
        let sent = headers(&[("x-event", "paid"), ("x-timestamp", text), ("x-signature", "v0=00")]);
        let parts = Parts::new(&sent, BODY).at(UNIX_EPOCH + AT);
        let result = Delivery::<Event>::receive(&receiver, &secrets, parts);
        assert!(result.is_err(), "{text:?}");
    }
}

#[derive(Debug, PartialEq)]
struct Named {
    name: String,
    body: Value,
}
const SHARED: Receiver = Receiver::new()
    .event_fields(&[&["kind"], &["what"]], "-")
    .id_field(&["id"])
    .list(&["events"])
    .shared_secret("x-api-key");
runtime::each_event!(Named SHARED);

#[test]
fn several_events_in_one_body() {
    let body = br#"{"app":"a","events":[
        {"kind":"order","what":"paid","id":"1"},{"kind":"order","what":"sent"}]}"#;
    let sent = headers(&[("x-api-key", SECRET)]);
    let secrets = Secrets::new("new").or(SECRET);
    let batch: Batch<Named, Value> = receive(&secrets, Parts::new(&sent, body)).unwrap();
    let seen: Vec<_> =
        batch.events.iter().map(|one| (one.event.name.as_str(), one.id.as_deref())).collect();
    assert_eq!(seen, [("order-paid", Some("1")), ("order-sent", None)]);
    assert_eq!(batch.envelope["app"], "a");
    assert!(receive::<Batch<Named>>(&secrets, Parts::new(&sent, body)).is_ok());

    let wrong = headers(&[("x-api-key", "whsec-7")]);
    let result = receive::<Batch<Named>>(&secrets, Parts::new(&wrong, body));
    assert_eq!(result, Err(DeliveryError::BadSignature));
    let result = receive::<Batch<Named>>(&secrets, Parts::new(&HeaderMap::new(), body));
    assert_eq!(result, Err(DeliveryError::MissingHeader("x-api-key")));
}

/// A name around the list must not let in what is in the list.
#[test]
fn a_ping_opens_nothing_for_a_list() {
    let receiver = SHARED.unsigned_ping("hook-ping");
    let body = br#"{"kind":"hook","what":"ping","events":[{"kind":"order","what":"paid"}]}"#;
    let (none, secrets) = (HeaderMap::new(), Secrets::new(SECRET));
    let result = Batch::<Named>::receive(&receiver, &secrets, Parts::new(&none, body));
    assert_eq!(result, Err(DeliveryError::MissingHeader("x-api-key")));
}

#[test]
fn secrets_and_signatures_are_never_shown() {
    let secret = "PLANTED-SECRET";
    let secrets = Secrets::new(secret).or("PLANTED-TOO");
    let right = Signer::new(RECEIVER, &secrets, BODY).headers().unwrap();
    let signature = right["x-signature"].to_str().unwrap().to_owned();
    let mut shown = format!("{secrets:?} {right:?}");
    shown += &format!("{:?}", Signer::new(RECEIVER, &secrets, b""));
    for sent in [signed(), HeaderMap::new(), headers(&[("x-event", "paid")])] {
        let error = receive::<Delivery<Event>>(&secrets, Parts::new(&sent, BODY)).unwrap_err();
        shown += &format!("{error} {error:?} {error:#?}");
    }
    assert!(!shown.contains("PLANTED"), "{shown}");
    assert!(!shown.contains(&signature[7..]), "{shown}");
}

/// Names of events come from outside and end in logs.
#[test]
fn errors_stay_on_one_line() {
    let error =
        DeliveryError::Disagreement { header: "a\nb".repeat(100), body: "\u{1b}[2J".into() };
    let text = error.to_string();
    assert!(text.len() < 500 && !text.contains(char::is_control), "{text}");
}

proptest! {
    #[test]
    fn what_is_signed_passes_and_nothing_else(
        secret in proptest::collection::vec(any::<u8>(), 1..200),
        name in "[a-z]{1,12}",
        mac in prop_oneof![Just(Mac::Sha1), Just(Mac::Sha256), Just(Mac::Sha512)],
        encoding in prop_oneof![Just(Encoding::Hex), Just(Encoding::Base64)],
        flipped in any::<(usize, u8)>(),
    ) {
        let receiver = RECEIVER.signature(Signature::new("x-signature", mac, encoding));
        let body = format!("{{\"type\":\"{name}x\",\"data\":null}}").into_bytes();
        let secrets = Secrets::new(&secret);
        let sent = Signer::new(receiver, &secrets, &body).headers().unwrap();
        let check = |secrets: &Secrets, body: &[u8]| {
            Delivery::<Event>::receive(&receiver, secrets, Parts::new(&sent, body)).map(|_| ())
        };
        prop_assert_eq!(check(&secrets, &body), Ok(()));

        let mut other = body.clone();
        let at = flipped.0 % other.len();
        other[at] ^= flipped.1.max(1);
        prop_assert_eq!(check(&secrets, &other), Err(DeliveryError::BadSignature));
        let mut wrong = secret;
        let at = flipped.0 % wrong.len();
        wrong[at] ^= flipped.1.max(1);
        prop_assert!(check(&Secrets::new(&wrong), &body).is_err());
    }

    #[test]
    fn nothing_makes_it_panic(
        body in proptest::collection::vec(any::<u8>(), 0..100),
        header in "[ -~]{0,40}",
    ) {
        let sent = headers(&[("x-event", &header), ("x-signature", &header), ("x-timestamp", &header)]);
        for signature in [BESIDE, WITHIN, STANDARD] {
            let receiver = RECEIVER.signature(signature);
            let parts = Parts::new(&sent, &body).at(UNIX_EPOCH + AT);
            prop_assert!(Delivery::<Event>::receive(&receiver, &Secrets::new(SECRET), parts).is_err());
        }
    }
}
