//! What webhooks of Sunshine Conversations post to an app.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use clientwright_providers::runtime::webhook::{DeliveryError, Secrets};
use clientwright_providers::runtime::{HeaderMap, HeaderName, Value};
use clientwright_providers::sunshine::deliveries::{self, Delivery, Event};
use clientwright_providers::sunshine::models::{Content, CreationReason, MergeReason, Trigger};
use serde_json::json;

const SECRET: &str = "8564b3e6a8b20a4bdb68b05ce9bc5936";

fn headers(entries: &[(&'static str, &'static str)]) -> HeaderMap {
    let entries = entries.iter();
    entries.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
}

/// A delivery of these events, given as their names and payloads.
fn body(events: &[(&str, Value)]) -> Vec<u8> {
    let events: Vec<_> = events
        .iter()
        .enumerate()
        .map(|(index, (name, payload))| {
            json!({
                "id": format!("e{index}"),
                "type": name,
                "createdAt": "2020-06-23T14:33:47.492Z",
                "payload": payload,
            })
        })
        .collect();
    let whole = json!({
        "app": { "id": "a1" }, "webhook": { "id": "w1", "version": "v2" }, "events": events,
    });
    whole.to_string().into_bytes()
}

fn receive(events: &[(&str, Value)]) -> Result<Delivery, DeliveryError> {
    let headers = headers(&[("x-api-key", SECRET)]);
    deliveries::verify_and_parse(&Secrets::new(SECRET), &headers, &body(events))
}

/// The secret comes as it is. It has to be there once and be right; while it is changed, either will do.
#[test]
fn the_sender_is_known_by_the_secret() {
    let body = body(&[]);
    let check = |secrets: &Secrets, entries: &[(&'static str, &'static str)]| {
        deliveries::verify_and_parse(secrets, &headers(entries), &body)
    };
    let secrets = Secrets::new(SECRET);
    check(&secrets, &[("x-api-key", SECRET)]).unwrap();
    check(&Secrets::new("new").or(SECRET), &[("x-api-key", SECRET)]).unwrap();
    for (entries, status) in [
        (&[][..], 400),
        (&[("authorization", SECRET)], 400),
        (&[("x-api-key", "")], 401),
        (&[("x-api-key", "8564B3E6A8B20A4BDB68B05CE9BC5936")], 401),
        (&[("x-api-key", "8564b3e6a8b20a4bdb68b05ce9bc593")], 401),
    ] {
        let error = check(&secrets, entries).unwrap_err();
        assert_eq!(error.status().as_u16(), status, "{entries:?}");
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    }
    let signed = deliveries::sign(&secrets, &body).headers().unwrap();
    deliveries::verify_and_parse(&secrets, &signed, &body).unwrap();
}

/// One body may hold events of several users and conversations; ids tell what has come before.
#[test]
fn several_events() {
    let message = json!({
        "conversation": { "id": "c1", "type": "personal" },
        "message": {
            "id": "m1",
            "author": { "type": "user", "userId": "u1", "displayName": "Steve" },
            "content": { "type": "hologram", "shape": "round" },
            "source": { "type": "ios", "campaign": { "id": "k1" } },
        },
    });
    let merge = json!({
        "mergedUsers": { "surviving": { "id": "u1" }, "discarded": { "id": "u2", "externalId": 7 } },
        "mergedConversations": null,
        "reason": "channelLinking",
    });
    let failure = json!({ "error": { "code": "switchboard_invalid_target", "hint": [1] } });
    let delivery = receive(&[
        ("conversation:message", message),
        ("user:merge", merge),
        ("switchboard:passControl:failure", failure),
        ("passthrough:messaging", json!([1, { "a": null }])),
    ])
    .unwrap();
    assert_eq!(delivery.envelope.app.unwrap().id.unwrap().as_str(), "a1");
    let ids: Vec<_> = delivery.events.iter().map(|event| event.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["e0", "e1", "e2", "e3"]);
    let events: Vec<_> = delivery.events.into_iter().map(|event| event.event).collect();
    let [
        Event::ConversationMessage(message),
        Event::UserMerge(merge),
        Event::SwitchboardPassControlFailure(failure),
        Event::PassthroughMessaging(passed),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(message.r#type, Trigger::ConversationMessage);
    assert_eq!(message.created_at.as_ref().unwrap().to_string(), "2020-06-23T14:33:47.492Z");
    let message = message.payload.message.as_ref().unwrap();
    assert!(matches!(message.content, Some(Content::Other(_))));
    let campaign = message.source.as_ref().unwrap().campaign.as_ref().unwrap();
    assert_eq!(campaign.id.as_ref().unwrap().as_str(), "k1");
    assert_eq!(merge.payload.reason, Some(MergeReason::ChannelLinking));
    let discarded = merge.payload.merged_users.as_ref().unwrap().discarded.as_ref().unwrap();
    assert_eq!(discarded.external_id.as_ref().unwrap().as_str(), "7");
    let error = failure.payload.error.as_ref().unwrap();
    assert_eq!(error.code.as_deref(), Some("switchboard_invalid_target"));
    assert_eq!(error.undeclared.get("hint"), Some(&json!([1])));
    assert_eq!(passed.payload, json!([1, { "a": null }]));
}

/// Events of tomorrow arrive whole, and so do new values in those of today.
#[test]
fn what_is_unknown_is_kept() {
    let payload = json!({ "creationReason": "boredom", "mood": "new" });
    let delivery =
        receive(&[("user:sneeze", json!({ "loud": true })), ("conversation:create", payload)])
            .unwrap();
    let Event::Other(unknown) = &delivery.events[0].event else { panic!("{delivery:?}") };
    assert_eq!(
        (unknown.name.as_str(), &unknown.body["payload"]["loud"]),
        ("user:sneeze", &json!(true))
    );
    assert_eq!(delivery.events[0].id.as_deref(), Some("e0"));
    let Event::ConversationCreate(created) = &delivery.events[1].event else {
        panic!("{delivery:?}")
    };
    let reason = CreationReason::Other("boredom".to_owned());
    assert_eq!(created.payload.creation_reason, Some(reason));
}

/// Every trigger that a webhook can be created for is a typed event.
#[test]
fn all_triggers_are_events() {
    let mut count = 0;
    for name in include_str!("../../../specs/sunshine/webhooks.yaml").lines() {
        let name = name.trim();
        let Some((name, _)) = name.split_once(": ").filter(|(name, _)| name.contains(':')) else {
            continue;
        };
        let delivery = receive(&[(name, json!({}))]).unwrap();
        assert!(!matches!(delivery.events[0].event, Event::Other(_)), "{name}");
        count += 1;
    }
    assert_eq!(count, 26);
}
