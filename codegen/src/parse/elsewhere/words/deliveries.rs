//! Words for what the provider sends.

use super::super::Instead::{Key, Means, Way};
use super::Words;

/// Where the name of an event stands, or the id of a delivery.
pub(in super::super) const EVENT: &[Words] =
    &[(&["body", "member", "path", "key", "in"], Key("field")), (&["headers"], Key("header"))];

pub(in super::super) const TIMESTAMP: &[Words] =
    &[(&["max_age", "maxAge", "age", "window", "leeway", "drift"], Key("tolerance"))];

pub(in super::super) const DELIVERIES: &[Words] = &[
    (
        &["secret", "secrets", "key"],
        Way("secrets are the app's, which hands them over with each delivery"),
    ),
    (&["url", "path", "endpoint", "route"], Way("where deliveries arrive is a matter of the app")),
    (&["signature", "sign", "auth"], Key("verify")),
    (&["types", "webhooks", "messages"], Key("events")),
];

pub(in super::super) const DELIVERY_EXAMPLE: &[Words] = &[
    (&["body", "payload", "data", "content", "response"], Key("request")),
    (&["header"], Key("headers")),
];

pub(in super::super) const VERIFY: &[Words] = &[
    (
        &["bearer", "token", "basic"],
        Way("a secret that travels itself is `{ header: X-Secret, secret: plain }`"),
    ),
    (&["key"], Way("the key is the app's, which hands it over with each delivery")),
    (
        &["algorithm", "alg", "digest", "hash", "mac", "signature"],
        Means("hmac", "what signs is `hmac: sha256`"),
    ),
    (&["format", "encode"], Key("encoding")),
    (
        &["payload", "message", "signed", "content", "body"],
        Means("over", "what is signed is `over: body`, or a text with `{body}` in it"),
    ),
    (&["name"], Key("header")),
    (
        &["tolerance"],
        Means(
            "timestamp",
            "it belongs to the time: `timestamp: { header: X-Timestamp, tolerance: 5m }`",
        ),
    ),
];
