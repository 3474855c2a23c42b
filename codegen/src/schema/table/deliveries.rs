//! What the provider sends to an app.

use crate::schema::kind::Value::{Any, Less, Map, Name, Of, Raw, Words};
use crate::schema::kind::{Kind, Named};
use crate::schema::rules::If::{Has, Missing, There};
use crate::schema::rules::Rule;
use crate::schema::rules::Then::{Holds, Lacks, Needs};

const ID_IN_A_HEADER: &str = r#"{ "if": { "required": ["verify"], "properties": { "verify": { "type": "object", "required": ["over"], "properties": { "over": { "type": "string", "pattern": "\\{id\\}" } } } } }, "then": { "required": ["id"], "properties": { "id": { "required": ["header"] } } } }"#;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        what: "deliveries",
        required: &["event", "verify"],
        rules: &[
            Rule::One(&["events", "each"]),
            Rule::Belongs(&["envelope"], &["list"]),
            Rule::When(
                &[There("list")],
                &[
                    Holds("event", Less("event", &[("header", None)])),
                    Holds("id", Less("id", &[("header", None)])),
                    Holds(
                        "ping",
                        Less(
                            "ping",
                            &[
                                ("header", None),
                                ("signed", Some(Raw(r#""not": { "const": false }"#))),
                            ],
                        ),
                    ),
                ],
            ),
            Rule::Raw(ID_IN_A_HEADER),
        ],
        keys: &[
            ("doc", Of("text"), "Documentation."),
            ("from", Name(Named::Source), "A source and a place in it."),
            ("sdk", Of("text"), "Name in the provider's SDK."),
            ("assumed", Of("text"), "What no source states."),
            ("event", Of("event"), "What tells one event from another."),
            ("verify", Of("verify or none"), "How a delivery proves who sent it."),
            ("ping", Of("ping"), "A delivery that only asks for an answer."),
            ("id", Of("id"), "What is the same when it is delivered again."),
            ("events", Of("delivered events"), "Events by name."),
            ("each", Of("type"), "One type for all."),
            ("list", Of("way to a member"), "Members that lead to a list of events."),
            ("envelope", Of("type"), "What stands around a list."),
            ("payload", Of("way to a member"), "Members that lead to the payload."),
            ("examples", Map("an example of a delivery"), "Deliveries, checked."),
        ],
    },
    Kind {
        what: "event",
        required: &[],
        rules: &[
            Rule::Any(&["header", "field", "join"]),
            Rule::Apart(&["field", "join"]),
            Rule::Belongs(&["with"], &["join"]),
            Rule::When(
                &[There("with")],
                &[Holds("join", Raw(r#""type": "array", "minItems": 2"#))],
            ),
        ],
        keys: &[
            ("header", Of("header"), "Header with its name."),
            ("field", Of("text"), "Member with its name."),
            ("join", Of("texts"), "Members that make its name."),
            ("with", Of("text"), "What stands between them."),
        ],
    },
    Kind {
        what: "an event",
        required: &["type"],
        rules: &[],
        keys: &[
            ("type", Name(Named::Delivered), "What it holds."),
            ("also", Of("texts"), "Further names of it."),
            ("name", Of("name in PascalCase"), "What Rust calls it."),
            ("doc", Of("text"), "Documentation."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "verify",
        required: &["header"],
        rules: &[
            Rule::When(
                &[There("secret")],
                &[Lacks(&["hmac", "encoding", "prefix", "split", "over", "timestamp"])],
            ),
            Rule::When(&[Missing("secret")], &[Needs(&["hmac", "encoding", "over"])]),
            Rule::When(&[Has("over", "{timestamp}")], &[Needs(&["timestamp"])]),
            Rule::When(
                &[There("timestamp")],
                &[Holds("over", Raw(r#""pattern": "\\{timestamp\\}""#))],
            ),
        ],
        keys: &[
            ("header", Of("header"), "Header with the proof."),
            (
                "secret",
                Words(&[("plain", "The header holds the secret itself.")]),
                "In place of a signature.",
            ),
            (
                "hmac",
                Words(&[
                    ("sha256", "HMAC with SHA-256."),
                    ("sha512", "HMAC with SHA-512."),
                    ("sha1", "HMAC with SHA-1."),
                ]),
                "What signs.",
            ),
            (
                "encoding",
                Words(&[("hex", "In hexadecimal digits."), ("base64", "In base64.")]),
                "How the signature is written.",
            ),
            ("prefix", Of("text"), "What stands before the signature."),
            ("split", Of("text"), "What stands between signatures."),
            (
                "over",
                Of("signed text"),
                "What is signed: `body`, or a text with `{body}`, `{timestamp}` and `{id}`.",
            ),
            ("timestamp", Of("timestamp"), "When it was sent."),
        ],
    },
    Kind {
        what: "timestamp",
        required: &["tolerance"],
        rules: &[],
        keys: &[
            ("header", Of("header"), "Header with the time."),
            ("prefix", Of("text"), "What stands before it."),
            ("tolerance", Of("time"), "How old a delivery may be."),
        ],
    },
    Kind {
        what: "ping",
        required: &["event"],
        rules: &[Rule::Apart(&["header", "field"])],
        keys: &[
            ("event", Of("text"), "What it is called."),
            ("header", Of("header"), "Header that tells it, if not that of events."),
            ("field", Of("way to a member"), "Member that tells it, if not that of events."),
            ("signed", Of("flag"), "Whether it is signed."),
            ("echo", Of("text"), "Member that is sent back."),
        ],
    },
    Kind {
        what: "id",
        required: &[],
        rules: &[Rule::One(&["header", "field"])],
        keys: &[
            ("header", Of("header"), "Header with the id."),
            ("field", Of("text"), "Member with the id."),
        ],
    },
    Kind {
        what: "an example of a delivery",
        required: &["request"],
        rules: &[],
        keys: &[
            ("title", Of("text"), "What it shows."),
            ("source", Of("text"), "Where it was copied from."),
            ("constructed", Of("text"), "Why it was made up."),
            ("placeholder", Of("flag"), "Sample values that mean nothing."),
            ("secret", Of("text"), "The secret that signed it."),
            ("at", Of("text"), "When it was sent."),
            ("headers", Of("values"), "Headers."),
            ("request", Any, "The body."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
];
