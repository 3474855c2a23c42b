//! What a value can be that is no mapping with fixed keys: short forms beside long ones, members, answers by status.

use super::kind::Value::{self, Keyed, Less, Map, Name, Names, Of, Raw, Statuses, Words};
use super::kind::{Key, Named};
use super::patterns;
use super::table::{OF_PATHS, PARAMETER_STYLES};

mod texts;

/// All of them.
pub(crate) fn shapes() -> impl Iterator<Item = &'static Shape> {
    texts::TEXTS.iter().chain(MAPPINGS)
}

/// The shape of a name.
pub(crate) fn shape(name: &str) -> Option<&'static Shape> {
    shapes().find(|shape| shape.name == name)
}

/// A shape of values.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// What the schema says of it.
    pub(super) form: Form,
    /// One of these; nothing for what nobody can guess.
    pub(crate) holds: &'static [Value],
}

/// How the schema of a shape is made.
pub(super) enum Form {
    /// One of what the shape holds.
    Either,
    /// A text that matches; numbers and booleans are texts too, unless `strict`.
    Text {
        pattern: fn() -> String,
        strict: bool,
        expected: &'static str,
    },
    /// A mapping whose keys match, with so many entries at least.
    Entries {
        names: fn() -> String,
        least: usize,
    },
    /// The same with the keys that the shape holds, and no others.
    Keys,
    /// Members, whose names match: what the optional ones and the others are called.
    Members {
        names: fn() -> String,
        least: usize,
    },
    /// A mapping by status, with the keys that the shape holds besides.
    ByStatus(&'static str),
    /// The codes of warnings, each with a reason.
    Allow,
    Json(&'static str),
}

use Form::{Allow, ByStatus, Either, Entries, Json, Keys, Members, Text};

const fn text(name: &'static str, pattern: fn() -> String, expected: &'static str) -> Shape {
    Shape { name, form: Text { pattern, strict: false, expected }, holds: &[] }
}

const fn ty(
    name: &'static str,
    pattern: fn() -> String,
    expected: &'static str,
    holds: &'static [Value],
) -> Shape {
    Shape { name, form: Text { pattern, strict: true, expected }, holds }
}

const fn either(name: &'static str, holds: &'static [Value]) -> Shape {
    Shape { name, form: Either, holds }
}

const fn json(name: &'static str, json: &'static str, holds: &'static [Value]) -> Shape {
    Shape { name, form: Json(json), holds }
}

const fn entries(
    name: &'static str,
    names: fn() -> String,
    least: usize,
    holds: &'static [Value],
) -> Shape {
    Shape { name, form: Entries { names, least }, holds }
}

const fn members(
    name: &'static str,
    names: fn() -> String,
    least: usize,
    holds: &'static [Value],
) -> Shape {
    Shape { name, form: Members { names, least }, holds }
}

fn any_name() -> String {
    String::new()
}

const SPREAD: Value = Keyed(&[("...", Names(Named::Model), "Takes the members of other models.")]);

const FAILURES: Value = Keyed(&[
    ("default", Of("error"), "Every status that nothing else names."),
    ("4xx", Of("error"), "Every status from 400 to 499 that nothing else names."),
    ("5xx", Of("error"), "Every status from 500 to 599 that nothing else names."),
    ("in_success", Of("an error inside a success"), "A success whose body says that it is none."),
]);

/// What the standard of OAuth 2 names.
const TOKEN_NAMES: &[Key] = &[
    ("grant_type", Of("name"), "What the member is called that says how a token is got."),
    ("client_id", Of("name"), "What the id of the client is called."),
    ("client_secret", Of("name"), "What the secret of the client is called."),
    ("scope", Of("name"), "What the scopes are called."),
    ("code", Of("name"), "What the code is called that the user brings back."),
    ("redirect_uri", Of("name"), "What the address is called that the user comes back to."),
    ("code_verifier", Of("name"), "What the proof of the code challenge is called."),
    ("refresh_token", Of("name"), "What the refresh token is called, in requests and answers."),
    ("access_token", Of("name"), "What the token is called in answers."),
    ("expires_in", Of("name"), "What is called how long the token is good."),
];

const OF_BODIES: &[(&str, Option<Value>)] =
    &[("xml", None), ("read", None), ("type", Some(Name(Named::Sent)))];
const OF_PARTS: &[(&str, Option<Value>)] =
    &[("xml", None), ("read", None), ("type", Some(Name(Named::Part)))];
const OF_QUERIES: &[(&str, Option<Value>)] = &[
    ("xml", None),
    ("read", None),
    ("write", None),
    ("style", Some(Words(PARAMETER_STYLES.split_at(5).0))),
    ("type", Some(Name(Named::Parameter))),
];
const OF_PARAMETERS: &[(&str, Option<Value>)] = &[
    ("xml", None),
    ("read", None),
    ("write", None),
    ("style", None),
    ("type", Some(Name(Named::Parameter))),
];
const OF_HEADERS: &[(&str, Option<Value>)] = &[
    ("xml", None),
    ("read", None),
    ("write", None),
    ("style", None),
    ("const", Some(Of("value of a header"))),
    ("type", Some(Name(Named::Parameter))),
];
const OF_PLACEHOLDERS: &[(&str, Option<Value>)] = &[
    ("xml", None),
    ("read", None),
    ("write", None),
    ("style", Some(Words(OF_PATHS))),
    ("const", None),
    ("type", Some(Name(Named::Parameter))),
];
const OF_VARIABLES: &[(&str, Option<Value>)] = &[
    ("xml", None),
    ("read", None),
    ("write", None),
    ("style", None),
    ("const", None),
    ("type", Some(Name(Named::Variable))),
];
const NO_NAME: &[(&str, Option<Value>)] = &[("as", None)];
const ALTERNATIVE: &[(&str, Option<Value>)] =
    &[("as", None), ("type", Some(Name(Named::Alternative)))];

/// What is a mapping, or can be one.
const MAPPINGS: &[Shape] = &[
    Shape { name: "allow", form: Allow, holds: &[Map("text"), Name(Named::Warning)] },
    entries("named models", patterns::model_key, 0, &[Map("model or type")]),
    entries("named auth entries", || "^(?!none$)".to_owned(), 0, &[Map("an auth entry")]),
    entries("used files", || patterns::ALIAS.to_owned(), 0, &[Map("text")]),
    entries("methods", || patterns::METHOD.to_owned(), 0, &[Map("a method")]),
    entries(
        "constant headers",
        || patterns::sent_header(false, false),
        0,
        &[Map("value of a header")],
    ),
    Shape { name: "token names", form: Keys, holds: &[Keyed(TOKEN_NAMES)] },
    entries("token fields", || ".".to_owned(), 0, &[Map("text")]),
    either("server or address", &[Of("address"), Of("a server")]),
    either("format or media type", &[Of("value of a header"), Of("a format")]),
    either("example or file", &[Of("exchange"), Of("an example")]),
    either("model or type", &[Name(Named::Alias), Of("a model")]),
    either("member", &[Name(Named::Member), Of("a member")]),
    either("member of a body", &[Name(Named::Sent), Less("a member", OF_BODIES)]),
    either("part", &[Name(Named::Part), Less("a member", OF_PARTS)]),
    either("query parameter", &[Name(Named::Parameter), Less("a member", OF_QUERIES)]),
    either("part of a route", &[Name(Named::Plain), Less("a member", OF_PARAMETERS)]),
    either("header or cookie", &[Name(Named::Plain), Less("a member", OF_HEADERS)]),
    either("placeholder", &[Name(Named::Plain), Less("a member", OF_PLACEHOLDERS)]),
    either("variable", &[Name(Named::Variable), Less("a member", OF_VARIABLES)]),
    either("variant", &[Name(Named::Alias), Of("a variant")]),
    either("delivered event", &[Name(Named::Event), Of("an event")]),
    entries("variants", any_name, 1, &[Map("variant")]),
    entries("delivered events", any_name, 1, &[Map("delivered event")]),
    members("members", any_name, 0, &[SPREAD, Map("member")]),
    members("members of a body", any_name, 1, &[SPREAD, Map("member of a body")]),
    members("parts", any_name, 1, &[SPREAD, Map("part")]),
    members("placeholders", || r"[^?]$".to_owned(), 0, &[SPREAD, Map("placeholder")]),
    members("query parameters", any_name, 0, &[SPREAD, Map("query parameter")]),
    members(
        "headers of a method",
        || patterns::sent_header(false, true),
        0,
        &[SPREAD, Map("header or cookie")],
    ),
    members("cookies", || patterns::HEADER_KEY.to_owned(), 0, &[SPREAD, Map("header or cookie")]),
    entries("placeholders of all routes", || r"[^?]$".to_owned(), 0, &[Map("placeholder")]),
    json(
        "parts of routes",
        r##"{ "type": "object", "patternProperties": { "[?]$": { "description": "May be left out.", "$ref": "#/definitions/part_of_a_route" } }, "additionalProperties": { "description": "Has to be set.", "allOf": [{ "$ref": "#/definitions/part_of_a_route" }, { "properties": { "default": false } }] } }"##,
        &[Map("part of a route")],
    ),
    members("parameters of all queries", any_name, 0, &[Map("query parameter")]),
    members(
        "headers of all calls",
        || patterns::sent_header(false, true),
        0,
        &[Map("header or cookie")],
    ),
    members(
        "cookies of all calls",
        || patterns::HEADER_KEY.to_owned(),
        0,
        &[Map("header or cookie")],
    ),
    members("variables", any_name, 0, &[Map("variable")]),
    either("form", &[Name(Named::Form), Of("members of a body")]),
    json(
        "enum values",
        r##"{ "anyOf": [{ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/text" } }, { "type": "object", "minProperties": 1, "patternProperties": { "^-?(0|[1-9][0-9]*)$": { "anyOf": [{ "$ref": "#/definitions/text" }, { "$ref": "#/definitions/an_enum_value" }] } }, "additionalProperties": { "anyOf": [{ "$ref": "#/definitions/text" }, { "$ref": "#/definitions/an_enum_value" }], "not": { "type": "integer" } } }] }"##,
        &[Map("an enum value")],
    ),
    either("one body", &[Name(Named::Body), Of("a body")]),
    either("body or type", &[Of("one body"), Of("a choice of bodies")]),
    either(
        "body that can be left out",
        &[
            Name(Named::Body),
            Less(
                "a body",
                &[("fields", None), ("multipart", None), ("form", Some(Name(Named::Form)))],
            ),
            Of("a choice of bodies"),
        ],
    ),
    entries("bodies by name", || patterns::PASCAL.to_owned(), 2, &[Map("one body")]),
    either(
        "one success",
        &[Name(Named::Success), Less("an answer", NO_NAME), Less("a body in XML", NO_NAME)],
    ),
    either("one answer", &[Name(Named::Answer), Of("an answer"), Of("a body in XML")]),
    either(
        "alternative",
        &[Name(Named::Alternative), Less("an answer", ALTERNATIVE), Less("a body in XML", NO_NAME)],
    ),
    entries("answers by name", || patterns::PASCAL.to_owned(), 2, &[Map("alternative")]),
    either("answer or choice", &[Of("one answer"), Of("a choice of answers")]),
    either("answers", &[Of("one success"), Of("a choice of answers"), Of("answers by status")]),
    Shape {
        name: "answers by status",
        form: ByStatus("answer or choice"),
        holds: &[Statuses(&[Of("answer or choice")])],
    },
    either("nothing", &[Raw(NOTHING), Of("nothing by status")]),
    json(
        "nothing by status",
        r##"{ "type": "object", "patternProperties": { "^[1-5][0-9][0-9]$": { "type": "string", "pattern": "^\\s*nothing(?:\\s* as .*)?$" } }, "additionalProperties": false }"##,
        &[Statuses(&[Words(&[("nothing", "No body.")])])],
    ),
    Shape {
        name: "error types",
        form: ByStatus("error"),
        holds: &[FAILURES, Statuses(&[Name(Named::Error), Of("a body in XML")])],
    },
    either("error", &[Name(Named::Error), Of("a body in XML")]),
    either(
        "place in XML",
        &[
            Words(&[
                ("attribute", "In an attribute."),
                ("text", "Between the tags; all other members of its model are attributes then."),
            ]),
            Of("a place in XML"),
        ],
    ),
    either(
        "idempotency or none",
        &[Words(&[("none", "Clears what is inherited.")]), Of("idempotency")],
    ),
    either("timeout or time", &[Of("time"), Of("timeout")]),
    either("timeout of calls", &[Of("time"), Less("timeout", &[("connect", None)])]),
    either("verify or none", &[Words(&[("none", "The provider signs nothing.")]), Of("verify")]),
    either("paginate or pager", &[Name(Named::Pager), Of("paginate")]),
];

const NOTHING: &str = r#""type": "string", "pattern": "^\\s*nothing\\s*$""#;
