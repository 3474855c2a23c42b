//! Texts, numbers and lists of them.

use super::{Shape, json, text, ty};
use crate::schema::kind::Named;
use crate::schema::kind::Value::{Keyed, Name, Names, Words};
use crate::schema::patterns;

pub(super) const TEXTS: &[Shape] = &[
    json("text", r#"{ "type": ["string", "number", "boolean"] }"#, &[]),
    json("name", r#"{ "type": ["string", "number", "boolean"], "minLength": 1 }"#, &[]),
    json("flag", r#"{ "type": "boolean" }"#, &[Words(&[("true", ""), ("false", "")])]),
    json(
        "version",
        r#"{ "enum": [1, "1"] }"#,
        &[Words(&[("1", "The only version that there is.")])],
    ),
    json(
        "number",
        r#"{ "type": ["integer", "string"], "pattern": "^[0-9]+$", "minimum": 0 }"#,
        &[],
    ),
    json(
        "number of calls",
        r#"{ "type": ["integer", "string"], "pattern": "^0*[1-9][0-9]{0,5}$", "minimum": 1, "maximum": 100000 }"#,
        &[],
    ),
    json(
        "lifetime",
        r#"{ "type": ["integer", "string"], "pattern": "^[1-9][0-9]{1,4}$", "minimum": 10, "maximum": 86400 }"#,
        &[],
    ),
    json(
        "status",
        r#"{ "type": ["integer", "string"], "pattern": "^[1-5][0-9][0-9]$", "minimum": 100, "maximum": 599 }"#,
        &[],
    ),
    json(
        "statuses",
        r##"{ "anyOf": [{ "$ref": "#/definitions/status" }, { "type": "array", "uniqueItems": true, "items": { "$ref": "#/definitions/status" } }] }"##,
        &[],
    ),
    json(
        "statuses of a limit",
        r##"{ "anyOf": [{ "$ref": "#/definitions/failure" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/failure" } }] }"##,
        &[],
    ),
    json(
        "failure",
        r#"{ "type": ["integer", "string"], "pattern": "^[45][0-9][0-9]$", "minimum": 400, "maximum": 599 }"#,
        &[],
    ),
    json(
        "refusals",
        r##"{ "anyOf": [{ "$ref": "#/definitions/refusal" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/refusal" } }] }"##,
        &[],
    ),
    json(
        "refusal",
        r#"{ "type": ["integer", "string"], "pattern": "^4[0-9][0-9]$", "minimum": 400, "maximum": 499 }"#,
        &[],
    ),
    ty("time", || patterns::TIME.to_owned(), "a time from `1s` to `24h`", &[]),
    text("module", || patterns::PROVIDER.to_owned(), "letters of ASCII, digits, `-` and `_`"),
    text("name in PascalCase", || patterns::PASCAL.to_owned(), "a name in PascalCase"),
    text("name in snake_case", || patterns::SNAKE.to_owned(), "a name in snake_case"),
    text(
        "header",
        || patterns::HEADER.to_owned(),
        "the name of a header: letters, digits and hyphens",
    ),
    text(
        "header that is sent",
        || patterns::sent_header(false, false),
        "the name of a header that the client does not make itself",
    ),
    text(
        "header with a credential",
        || patterns::sent_header(true, false),
        "the name of a header that the client does not make itself",
    ),
    text(
        "scope",
        || patterns::SCOPE.to_owned(),
        "letters, digits and signs of ASCII, without blanks, quotes and backslashes",
    ),
    text("value of a header", || patterns::PRINTABLE.to_owned(), "printable ASCII"),
    text(
        "prefix of a key",
        || patterns::BEFORE_KEY.to_owned(),
        "printable ASCII that ends in a blank or a sign",
    ),
    text(
        "way to a member",
        || patterns::MEMBERS.to_owned(),
        "names of members, with dots between them",
    ),
    text(
        "address",
        || patterns::ADDRESS.to_owned(),
        "`https://`, a host and perhaps a path; `http://` for this machine only",
    ),
    text(
        "address for a browser",
        patterns::browser,
        "an address that begins with `https://`, or a path that begins with `/`, and perhaps a query",
    ),
    text(
        "address or path",
        patterns::endpoint,
        "an address that begins with `https://`, or a path that begins with `/`",
    ),
    text(
        "signed text",
        || patterns::SIGNED.to_owned(),
        "`body`, or a text with `{body}`, `{timestamp}` and `{id}`",
    ),
    text("element", || patterns::ELEMENT.to_owned(), "the name of an element, without a prefix"),
    json(
        "texts",
        r##"{ "anyOf": [{ "$ref": "#/definitions/text" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/text" } }] }"##,
        &[],
    ),
    json("sentence", r#"{ "type": ["string", "number"] }"#, &[]),
    json(
        "scopes where they are needed",
        r##"{ "anyOf": [{ "$ref": "#/definitions/scope" }, { "type": "array", "uniqueItems": true, "items": { "$ref": "#/definitions/scope" } }] }"##,
        &[],
    ),
    json(
        "scopes",
        r##"{ "anyOf": [{ "$ref": "#/definitions/scope" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/scope" } }] }"##,
        &[],
    ),
    json(
        "rules",
        r##"{ "anyOf": [{ "$ref": "#/definitions/rule" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/rule" } }] }"##,
        &[Names(Named::Field)],
    ),
    json(
        "rule",
        r##"{ "type": "array", "minItems": 2, "uniqueItems": true, "items": { "$ref": "#/definitions/text" } }"##,
        &[],
    ),
    ty(
        "type",
        || patterns::ty(Named::Type),
        "a type, such as `string`, `list<Item>` or `Item | null`",
        &[Name(Named::Type)],
    ),
    ty(
        "type with documentation",
        || patterns::ty(Named::Alias),
        "a type, and perhaps ` -- ` and its documentation",
        &[Name(Named::Alias)],
    ),
    ty(
        "type of a member",
        || patterns::ty(Named::Member),
        "a type, then flags (`read`, `write`, `sensitive`, `deprecated`), then ` -- ` and documentation",
        &[Name(Named::Member)],
    ),
    ty(
        "type of a member of a body",
        || patterns::ty(Named::Sent),
        "a type, then flags (`write`, `sensitive`, `deprecated`), then ` -- ` and documentation",
        &[Name(Named::Sent)],
    ),
    ty(
        "type of a parameter",
        || patterns::ty(Named::Parameter),
        "a type that is never null, then ` -- ` and documentation",
        &[Name(Named::Parameter)],
    ),
    ty(
        "type of a plain value",
        || patterns::ty(Named::Plain),
        "a scalar, an id or an enum, then ` -- ` and documentation",
        &[Name(Named::Plain)],
    ),
    ty(
        "type of a part",
        || patterns::ty(Named::Part),
        "a type or `file`, then flags, then ` -- ` and documentation",
        &[Name(Named::Part)],
    ),
    ty(
        "type of a variable",
        || patterns::ty(Named::Variable),
        "`string`, and perhaps ` -- ` and its documentation",
        &[Name(Named::Variable)],
    ),
    ty(
        "type of a body",
        || patterns::ty(Named::Body),
        "a type, `text(media/type)` or `binary(media/type)`",
        &[Name(Named::Body)],
    ),
    ty("type of a form", || patterns::ty(Named::Form), "a model or a map", &[Name(Named::Form)]),
    ty(
        "type of a success",
        || patterns::ty(Named::Success),
        "a type, `nothing`, `text`, `binary`, `lines<T>` or `events<T>`; a name needs a status",
        &[Name(Named::Success)],
    ),
    ty(
        "type of an answer",
        || patterns::ty(Named::Answer),
        "a type, `nothing`, `text`, `binary`, `lines<T>` or `events<T>`, and perhaps ` as Name`",
        &[Name(Named::Answer)],
    ),
    ty(
        "type of an alternative",
        || patterns::ty(Named::Alternative),
        "a type, `text`, `binary`, `lines<T>` or `events<T>`; its name is the key",
        &[Name(Named::Alternative)],
    ),
    ty(
        "type of an error",
        || patterns::ty(Named::Error),
        "a model, `text` or `nothing`, and perhaps ` as Name`",
        &[Name(Named::Error)],
    ),
    ty(
        "type of an event",
        || patterns::ty(Named::Event),
        "a type or `nothing`, and perhaps ` -- ` and its documentation",
        &[Name(Named::Event)],
    ),
    ty(
        "what an event holds",
        || patterns::ty(Named::Delivered),
        "a type or `nothing`",
        &[Name(Named::Delivered)],
    ),
    ty(
        "body of an error",
        || patterns::ty(Named::Failure),
        "a model or `text`",
        &[Name(Named::Failure)],
    ),
    ty("model", || patterns::ty(Named::Model), "the name of a model", &[Name(Named::Model)]),
    json(
        "models",
        r##"{ "anyOf": [{ "$ref": "#/definitions/model" }, { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/model" } }] }"##,
        &[Names(Named::Model)],
    ),
    ty(
        "route",
        || patterns::ROUTE.to_owned(),
        "a verb and a path, `GET /users/{id}`",
        &[Name(Named::Route)],
    ),
    ty(
        "exchange",
        || patterns::EXCHANGE.to_owned(),
        "the path of a file that ends in `.http`",
        &[],
    ),
    json("values", r#"{ "type": "object" }"#, &[Keyed(&[])]),
];
