//! What providers send, read by generated code. The signature was made by Python's `hmac`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clientwright_behaviour::{posted, whispered};
use clientwright_runtime::HeaderMap;
use clientwright_runtime::webhook::{DeliveryError, Event as _, Secrets};

const BODY: &str = r#"{"app":"demo","events":[
{"about":{"resource":"payment"},"type":"made","id":"1","data":{"object":{"sum":5,"secret":"PLANTED"}}},
{"about":{"resource":"payment"},"type":"returned","id":"2","data":{"object":{"sum":6}}},
{"about":{"resource":"payment"},"type":"seen"},
{"about":{"resource":"payment"},"type":"lost","data":null}]}"#;

const SIGNATURE: &str =
    "UNeZ4+lOUzofbciCM6xRlweqvwoP/RY3DP5YBFFvw6Z8B7n/XN/lpGEqlu4UtAP5tEX0ymqRWLCQHwV1aDWsdg==";

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_060)
}

fn headers(value: &str) -> HeaderMap {
    HeaderMap::from_iter([("x-signature".parse().unwrap(), value.parse().unwrap())])
}

#[test]
fn several_events_of_one_body() {
    use posted::deliveries::Event;
    let secrets = Secrets::new("new").or("whsec-7f");
    let sent = headers(&format!("t=1700000000,v1=AAAA,v1={SIGNATURE}"));
    let delivery =
        posted::deliveries::verify_and_parse(&secrets, now(), &sent, BODY.as_bytes()).unwrap();
    assert_eq!(delivery.envelope.app, "demo");
    let names: Vec<_> = delivery.events.iter().map(|one| one.event.name()).collect();
    assert_eq!(names, ["payment:made", "payment:refunded", "payment:seen", "payment:lost"]);
    let ids: Vec<_> = delivery.events.iter().map(|one| one.id.as_deref()).collect();
    assert_eq!(ids, [Some("1"), Some("2"), None, None]);
    let Event::PaymentMade(made) = &delivery.events[0].event else { panic!("something else") };
    assert_eq!(made.sum, 5);
    assert!(matches!(&delivery.events[1].event, Event::Refund(back) if back.sum == 6));
    assert_eq!(delivery.events[2].event, Event::PaymentSeen);
    let Event::Other(lost) = &delivery.events[3].event else { panic!("a known event") };
    assert_eq!(lost.body["type"], "lost");
    assert!(!format!("{delivery:?}").contains("PLANTED"));
}

#[test]
fn what_is_old_or_changed_is_turned_away() {
    use posted::deliveries::{sign, verify_and_parse};
    let secrets = Secrets::new("whsec-7f");
    let sent = headers(&format!("t=1700000000,v1={SIGNATURE}"));
    let late = now() + Duration::from_secs(300);
    let result = verify_and_parse(&secrets, late, &sent, BODY.as_bytes());
    assert_eq!(result, Err(DeliveryError::Expired));
    let changed = BODY.replace("\"sum\":5", "\"sum\":500");
    let result = verify_and_parse(&secrets, now(), &sent, changed.as_bytes());
    assert_eq!(result, Err(DeliveryError::BadSignature));
    let sent = sign(&secrets, late, changed.as_bytes()).headers().unwrap();
    assert!(verify_and_parse(&secrets, late, &sent, changed.as_bytes()).is_ok());
    // The tests of an app may be run at any time.
    let now = SystemTime::now();
    let sent = sign(&secrets, now, BODY.as_bytes()).headers().unwrap();
    assert!(verify_and_parse(&secrets, now, &sent, BODY.as_bytes()).is_ok());
}

/// A mistake in one event says which one it is in.
#[test]
fn mistakes_are_named() {
    use posted::deliveries::{sign, verify_and_parse};
    let secrets = Secrets::new("whsec-7f");
    let body = BODY.replace("\"sum\":6", "\"sum\":\"six\"");
    let sent = sign(&secrets, now(), body.as_bytes()).headers().unwrap();
    let error = verify_and_parse(&secrets, now(), &sent, body.as_bytes()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("payment:returned") && text.contains("$.events[1].data.object.sum"),
        "{text}"
    );
}

#[test]
fn events_without_a_list_of_names() {
    use whispered::deliveries::{sign, verify_and_parse};
    let secrets = Secrets::new("a key");
    let sent = sign(&secrets, b"{\"id\":7}").event("born").id("d-1").headers().unwrap();
    assert_eq!(sent["x-key"], "a key");
    let delivery = verify_and_parse(&secrets, &sent, b"{\"id\":7}").unwrap();
    assert_eq!((delivery.event.name.as_str(), delivery.event.body.id), ("born", 7));
    assert_eq!(delivery.id.as_deref(), Some("d-1"));
    let result = verify_and_parse(&Secrets::new("a kez"), &sent, b"{\"id\":7}");
    assert_eq!(result, Err(DeliveryError::BadSignature));
}
