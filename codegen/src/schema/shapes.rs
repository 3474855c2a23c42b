//! What a value can be that is no mapping with fixed keys: as JSON, and as what can be completed there.

use super::table::Named;
use super::table::Value::{self, Keyed, Map, Name, Names, Of, Statuses, Words};

/// A shape of values.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// Its schema, in one line.
    pub(super) json: &'static str,
    /// One of these; nothing for what nobody can guess.
    pub(crate) holds: &'static [Value],
}

const SPREAD: Value = Keyed(&[("...", Names(Named::Model), "Takes the members of other models.")]);

const FAILURES: Value = Keyed(&[
    ("default", Of("error type"), "Every status that nothing else names."),
    ("4xx", Of("error type"), "Every status from 400 to 499 that nothing else names."),
    ("5xx", Of("error type"), "Every status from 500 to 599 that nothing else names."),
    ("in_success", Of("an error inside a success"), "A success whose body says that it is none."),
]);

/// By name.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "text", json: r#"{ "type": ["string", "number", "boolean"] }"#, holds: &[] },
    Shape { name: "flag", json: r#"{ "type": "boolean" }"#, holds: &[Words(&["true", "false"])] },
    Shape { name: "number", json: r#"{ "type": "integer" }"#, holds: &[] },
    Shape { name: "time", json: r#"{ "type": "string", "pattern": "^[0-9]+[smh]$" }"#, holds: &[] },
    Shape { name: "version", json: r#"{ "enum": [1, "1"] }"#, holds: &[Words(&["1"])] },
    Shape {
        name: "texts",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/text" }, { "type": "array", "items": { "$ref": "#/$defs/text" } }] }"##,
        holds: &[],
    },
    Shape {
        name: "rules",
        json: r##"{ "type": "array", "minItems": 1, "items": { "anyOf": [{ "$ref": "#/$defs/text" }, { "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/text" } }] } }"##,
        holds: &[Names(Named::Field)],
    },
    Shape {
        name: "type",
        json: r#"{ "type": "string", "minLength": 1, "pattern": "^[^\\[\\]{}'\"?]*( -- (.|\\n)*)?$", "examples": ["string", "boolean", "int32", "int64", "uint32", "uint64", "float", "double", "decimal", "date", "time", "datetime", "localdatetime", "duration", "uuid", "bytes", "url", "json", "file", "list<string>", "map<string>", "string | null"] }"#,
        holds: &[Name(Named::Type)],
    },
    Shape {
        name: "route",
        json: r#"{ "type": "string", "pattern": "^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) +/([-A-Za-z0-9._~!$&'()*+,;=:@%/]|[{][^{}/]+[}])*$" }"#,
        holds: &[Name(Named::Route)],
    },
    Shape {
        name: "status",
        json: r#"{ "type": ["integer", "string"], "pattern": "^[1-5][0-9][0-9]$", "minimum": 100, "maximum": 599 }"#,
        holds: &[],
    },
    Shape { name: "values", json: r#"{ "type": "object" }"#, holds: &[Keyed(&[])] },
    Shape {
        name: "allow",
        json: r##"{ "type": "object", "propertyNames": { "pattern": "^W[0-9]{4}$" }, "additionalProperties": { "$ref": "#/$defs/text" } }"##,
        holds: &[Map("text"), Name(Named::Warning)],
    },
    Shape {
        name: "methods",
        json: r##"{ "type": "object", "propertyNames": { "pattern": "^[^.]+[.][^.]+$" }, "additionalProperties": { "$ref": "#/$defs/a_method" } }"##,
        holds: &[Map("a method")],
    },
    Shape {
        name: "server or address",
        json: r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/a_server" }] }"##,
        holds: &[Of("a server")],
    },
    Shape {
        name: "format or media type",
        json: r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/a_format" }] }"##,
        holds: &[Of("a format")],
    },
    Shape {
        name: "example or file",
        json: r##"{ "anyOf": [{ "type": "string", "pattern": "[.]http$" }, { "$ref": "#/$defs/an_example" }] }"##,
        holds: &[Of("an example")],
    },
    Shape {
        name: "model or type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_model" }] }"##,
        holds: &[Of("type"), Of("a model")],
    },
    Shape {
        name: "member or type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_member" }] }"##,
        holds: &[Name(Named::Member), Of("a member")],
    },
    Shape {
        name: "variant or type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_variant" }] }"##,
        holds: &[Name(Named::Event), Of("a variant")],
    },
    Shape {
        name: "members",
        json: r##"{ "type": "object", "patternProperties": { "^[.]{3}$": { "description": "Takes the members of other models.", "$ref": "#/$defs/texts" }, "[?]$": { "description": "May be absent.", "$ref": "#/$defs/member_or_type" } }, "additionalProperties": { "description": "Has to be there.", "$ref": "#/$defs/member_or_type" } }"##,
        holds: &[SPREAD, Map("member or type")],
    },
    Shape {
        name: "members or type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/members" }] }"##,
        holds: &[Of("type"), Of("members")],
    },
    Shape {
        name: "enum values",
        json: r##"{ "anyOf": [{ "type": "array", "items": { "$ref": "#/$defs/text" } }, { "type": "object", "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/text" }, { "$ref": "#/$defs/an_enum_value" }] } }] }"##,
        holds: &[Map("an enum value")],
    },
    Shape {
        name: "one body",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_body" }] }"##,
        holds: &[Name(Named::Body), Of("a body")],
    },
    Shape {
        name: "body or type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/one_body" }, { "$ref": "#/$defs/a_choice_of_bodies" }] }"##,
        holds: &[Of("one body"), Of("a choice of bodies")],
    },
    Shape {
        name: "one answer",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/an_answer" }, { "$ref": "#/$defs/a_body_in_XML" }] }"##,
        holds: &[Name(Named::Answer), Of("an answer"), Of("a body in XML")],
    },
    Shape {
        name: "answer or choice",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/one_answer" }, { "$ref": "#/$defs/a_choice_of_answers" }] }"##,
        holds: &[Of("one answer"), Of("a choice of answers")],
    },
    Shape {
        name: "answers",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/answer_or_choice" }, { "type": "object", "patternProperties": { "^[1-5][0-9][0-9]$": { "$ref": "#/$defs/answer_or_choice" } }, "additionalProperties": false }] }"##,
        holds: &[Of("answer or choice"), Statuses(&[Of("answer or choice")])],
    },
    Shape {
        name: "error types",
        json: r##"{ "type": "object", "patternProperties": { "^[1-5][0-9][0-9]$": { "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_body_in_XML" }] }, "^([45](xx|XX)|default)$": { "$ref": "#/$defs/error_type" } }, "properties": { "in_success": { "$ref": "#/$defs/an_error_inside_a_success" } }, "additionalProperties": false }"##,
        holds: &[FAILURES, Statuses(&[Name(Named::Error), Of("a body in XML")])],
    },
    Shape {
        name: "error type",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_body_in_XML" }] }"##,
        holds: &[Name(Named::Error), Of("a body in XML")],
    },
    Shape {
        name: "place in XML",
        json: r##"{ "anyOf": [{ "enum": ["attribute", "text"] }, { "$ref": "#/$defs/a_place_in_XML" }] }"##,
        holds: &[Words(&["attribute", "text"]), Of("a place in XML")],
    },
    Shape {
        name: "idempotency or none",
        json: r##"{ "anyOf": [{ "const": "none" }, { "$ref": "#/$defs/idempotency" }] }"##,
        holds: &[Words(&["none"]), Of("idempotency")],
    },
    Shape {
        name: "timeout or time",
        json: r##"{ "anyOf": [{ "$ref": "#/$defs/time" }, { "$ref": "#/$defs/timeout" }] }"##,
        holds: &[Of("timeout")],
    },
    Shape {
        name: "verify or none",
        json: r##"{ "anyOf": [{ "const": "none" }, { "$ref": "#/$defs/verify" }] }"##,
        holds: &[Words(&["none"]), Of("verify")],
    },
    Shape {
        name: "paginate or pager",
        json: r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/paginate" }] }"##,
        holds: &[Name(Named::Pager), Of("paginate")],
    },
];
