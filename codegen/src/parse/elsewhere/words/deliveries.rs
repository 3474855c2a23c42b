//! Words for what the provider sends.

use super::super::Instead::{Key, Means, Way};
use super::Words;

/// Where the name of an event stands, or the id of a delivery.
pub(in super::super) const EVENT: &[Words] = &[
    (&["body", "member", "path", "key", "in"], Key("field")),
    (&["headers"], Key("header")),
    (&["fields", "members"], Key("join")),
];

pub(in super::super) const TIMESTAMP: &[Words] = &[
    (&["max_age", "maxAge", "age", "window", "leeway", "drift"], Key("tolerance")),
    (
        &["format", "unit", "type"],
        Way(
            "a timestamp is the seconds since 1970: leave it out where it is, and `timestamp` where it is not",
        ),
    ),
    (&["field", "body", "query"], Way("a timestamp stands in a header: `header: X-Timestamp`")),
];

pub(in super::super) const DELIVERIES: &[Words] = &[
    (
        &["secret", "secrets", "key"],
        Way("secrets are the app's, which hands them over with each delivery"),
    ),
    (&["url", "path", "endpoint", "route"], Way("where deliveries arrive is a matter of the app")),
    (&["signature", "sign", "auth"], Key("verify")),
    (&["types", "webhooks", "messages"], Key("events")),
    (&["data", "body", "content"], Key("payload")),
    (
        &["http", "method", "retry", "headers"],
        Way(
            "how deliveries arrive and are answered is a matter of the app: it hands over headers and body",
        ),
    ),
];

pub(in super::super) const DELIVERY_EXAMPLE: &[Words] = &[
    (&["body", "payload", "data", "content"], Key("request")),
    (&["response", "status", "returns"], Way("what an app answers is not described here")),
    (&["header"], Key("headers")),
];

pub(in super::super) const VERIFY: &[Words] = &[
    (
        &["bearer", "token", "basic"],
        Way("a secret that travels itself is `{ header: X-Secret, secret: plain }`"),
    ),
    (&["field", "query"], Way("a signature stands in a header: `header: X-Signature`")),
    (&["key"], Way("the key is the app's, which hands it over with each delivery")),
    (
        &["rsa", "ecdsa", "ed25519", "jwt", "jwks", "public_key", "publicKey", "certificate"],
        Way("signatures by a pair of keys are checked by the app, before it reads: `verify: none`"),
    ),
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
