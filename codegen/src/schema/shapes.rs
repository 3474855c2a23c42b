//! What a value can be that is no mapping with fixed keys, as JSON.

/// By name, each in one line.
pub(super) const SHAPES: [(&str, &str); 30] = [
    ("text", r#"{ "type": ["string", "number", "boolean"] }"#),
    ("flag", r#"{ "type": "boolean" }"#),
    ("number", r#"{ "type": "integer" }"#),
    ("time", r#"{ "type": "string", "pattern": "^[0-9]+[smh]$" }"#),
    ("version", r#"{ "enum": [1, "1"] }"#),
    (
        "texts",
        r##"{ "anyOf": [{ "$ref": "#/$defs/text" }, { "type": "array", "items": { "$ref": "#/$defs/text" } }] }"##,
    ),
    (
        "rules",
        r##"{ "type": "array", "minItems": 1, "items": { "anyOf": [{ "$ref": "#/$defs/text" }, { "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/text" } }] } }"##,
    ),
    (
        "type",
        r#"{ "type": "string", "minLength": 1, "examples": ["string", "boolean", "int32", "int64", "uint32", "uint64", "float", "double", "decimal", "date", "time", "datetime", "localdatetime", "duration", "uuid", "bytes", "url", "json", "file", "list<string>", "map<string>", "string | null"] }"#,
    ),
    ("route", r#"{ "type": "string", "pattern": "^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) +/" }"#),
    (
        "status",
        r#"{ "type": ["integer", "string"], "pattern": "^[1-5][0-9][0-9]$", "minimum": 100, "maximum": 599 }"#,
    ),
    ("values", r#"{ "type": "object" }"#),
    (
        "allow",
        r##"{ "type": "object", "propertyNames": { "pattern": "^W[0-9]{4}$" }, "additionalProperties": { "$ref": "#/$defs/text" } }"##,
    ),
    (
        "server or address",
        r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/a_server" }] }"##,
    ),
    (
        "format or media type",
        r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/a_format" }] }"##,
    ),
    (
        "example or file",
        r##"{ "anyOf": [{ "type": "string", "pattern": "[.]http$" }, { "$ref": "#/$defs/an_example" }] }"##,
    ),
    (
        "model or type",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_model" }] }"##,
    ),
    (
        "member or type",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_member" }] }"##,
    ),
    (
        "variant or type",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_variant" }] }"##,
    ),
    (
        "members",
        r##"{ "type": "object", "patternProperties": { "^[.]{3}$": { "description": "Takes the members of other models.", "$ref": "#/$defs/texts" }, "[?]$": { "description": "May be absent.", "$ref": "#/$defs/member_or_type" } }, "additionalProperties": { "description": "Has to be there.", "$ref": "#/$defs/member_or_type" } }"##,
    ),
    (
        "members or type",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/members" }] }"##,
    ),
    (
        "enum values",
        r##"{ "anyOf": [{ "type": "array", "items": { "$ref": "#/$defs/text" } }, { "type": "object", "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/text" }, { "$ref": "#/$defs/an_enum_value" }] } }] }"##,
    ),
    (
        "body or type",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/a_body" }] }"##,
    ),
    (
        "one answer",
        r##"{ "anyOf": [{ "$ref": "#/$defs/type" }, { "$ref": "#/$defs/an_answer" }] }"##,
    ),
    (
        "answer or choice",
        r##"{ "anyOf": [{ "$ref": "#/$defs/one_answer" }, { "$ref": "#/$defs/a_choice_of_answers" }] }"##,
    ),
    (
        "answers",
        r##"{ "anyOf": [{ "$ref": "#/$defs/answer_or_choice" }, { "type": "object", "patternProperties": { "^[1-5][0-9][0-9]$": { "$ref": "#/$defs/answer_or_choice" } }, "additionalProperties": false }] }"##,
    ),
    (
        "error types",
        r##"{ "type": "object", "patternProperties": { "^([1-5][0-9][0-9]|[45](xx|XX)|default)$": { "$ref": "#/$defs/type" } }, "properties": { "in_success": { "$ref": "#/$defs/an_error_inside_a_success" } }, "additionalProperties": false }"##,
    ),
    (
        "idempotency or none",
        r##"{ "anyOf": [{ "const": "none" }, { "$ref": "#/$defs/idempotency" }] }"##,
    ),
    (
        "timeout or time",
        r##"{ "anyOf": [{ "$ref": "#/$defs/time" }, { "$ref": "#/$defs/timeout" }] }"##,
    ),
    ("verify or none", r##"{ "anyOf": [{ "const": "none" }, { "$ref": "#/$defs/verify" }] }"##),
    (
        "paginate or pager",
        r##"{ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/paginate" }] }"##,
    ),
];
