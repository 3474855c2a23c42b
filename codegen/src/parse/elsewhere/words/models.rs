//! The words for models, members and what is in them.

use super::super::Instead::{Key, Means, Way};
use super::super::NAMED_OBJECT;
use super::{Instead, Words};

pub(super) const NESTED: Instead = Means("type", NAMED_OBJECT);
pub(super) const CHOICE: Instead =
    Means("type", "a choice is a model with a name: `models: { Value: { union: { … } } }`");
pub(super) const VALUES: Instead =
    Means("type", "an enum is a model with a name: `models: { Colour: { enum: [red, green] } }`");
const LIMITS: Instead = Way("limits stand behind the type: `int32(1..100)`, `string(..35)`");

pub(in super::super) const MODEL: &[Words] = &[
    (
        &["properties", "members", "attributes", "props", "columns"],
        Means("fields", "members stand in `fields`, a line each: `fields: { id: string }`"),
    ),
    (&["required"], Way("a member is required unless its name ends in `?`: `name?: string`")),
    (
        &["extends", "inherits", "allOf", "base", "parent", "include", "mixins"],
        Way(
            "the members of another model are taken with `...` among the `fields`: `fields: { ...: Base }`",
        ),
    ),
    (
        &["oneOf", "anyOf", "variants", "discriminator", "untagged", "key", "tag", "content"],
        Means(
            "union",
            "one of several is `union: { tag: type, variants: { … } }` or `union: { untagged: { … } }`",
        ),
    ),
    (&["omit", "exclude", "except", "excluding", "drop", "minus", "remove"], Key("without")),
    (
        &["pick", "only", "including", "select", "keep"],
        Means(
            "without",
            "a model says what it leaves out of another: `{ like: Order, without: [id, placed] }`",
        ),
    ),
    (
        &["partial", "optionals"],
        Means("optional", "where all members may be missing that is `optional: all`"),
    ),
    (
        &["values", "options", "symbols", "choices", "const"],
        Means("enum", "an enum is `enum: [red, green]`"),
    ),
    (
        &["open", "extensible"],
        Way("an enum is open: values that are not listed are kept, unless it says `closed: true`"),
    ),
    (&["items"], Means("type", "a list is `type: list<User>`")),
    (
        &["additionalProperties"],
        Way(
            "an object with keys of any name is `map<T>`; members that are not listed are always allowed",
        ),
    ),
    (&["nullable"], Way("what may be null says so where it is used: `User | null`")),
    (
        &["format"],
        Way(
            "what JSON Schema calls a format is a type: `type: int64`; a format of dates is one of a member, \
             `{ type: datetime, format: unix }`",
        ),
    ),
    (
        &["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "min", "max"],
        LIMITS,
    ),
    (&["example", "examples"], Way("examples stand in methods, where they are checked")),
    (
        &["..."],
        Way(
            "the members of another model are taken among the `fields`: `fields: { ...: Base, name: string }`",
        ),
    ),
    (&["$ref"], Means("type", "a model is named by its name: `type: User`")),
    (&["name", "title"], Way("the key is the name of the model")),
    (
        &["default"],
        Way(
            "what the service assumes is said of the member that has the type: `{ type: Status, default: open }`",
        ),
    ),
    (
        &["oneof", "one_of", "choice"],
        Means(
            "union",
            "what can be one of several is `union: { key: { userId: int64, email: string } }`",
        ),
    ),
];

pub(in super::super) const MEMBER: &[Words] = &[
    (
        &["required", "optional"],
        Way("a member is required unless its name ends in `?`: `name?: string`"),
    ),
    (&["nullable"], Way("what may be null says so in its type: `string | null`")),
    (&["items"], Means("type", "a list is `type: list<string>`")),
    (
        &["additionalProperties"],
        Means("type", "an object with keys of any name is `type: map<string>`"),
    ),
    (&["enum", "values", "symbols"], VALUES),
    (&["properties", "fields", "members"], NESTED),
    (&["prefixItems"], Means("type", "what differs from item to item is `type: list<json>`")),
    (&["oneOf", "anyOf", "allOf", "union"], CHOICE),
    (&["$ref", "schema"], Means("type", "a model is named by its name: `type: User`")),
    (&["kind", "ty", "dataType"], Key("type")),
    (&["example", "examples"], Way("examples stand in methods, where they are checked")),
    (
        &[
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "min",
            "max",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "limits",
            "length",
            "range",
            "between",
        ],
        LIMITS,
    ),
    (&["pattern", "regex"], Way("patterns are not checked: say it in `doc`")),
    (&["readOnly", "readonly", "read_only"], Key("read")),
    (&["writeOnly", "writeonly", "write_only"], Key("write")),
    (&["secret", "password"], Key("sensitive")),
    (&["value", "constant", "fixed"], Key("const")),
    (&["rename"], Key("name")),
    (&["alias", "aliases"], Key("also")),
    (
        &["in"],
        Way(
            "where a parameter travels is the key it stands in: `path`, `query`, `headers` or `cookies`",
        ),
    ),
    (
        &["explode", "collectionFormat", "collection_format", "separator", "delimiter"],
        Means("style", "`style: csv` puts a list into one text; without it the name is repeated"),
    ),
];

/// What stands beside the type of a member elsewhere, and may well be the name of a member itself.
pub(in super::super) const MEMBER_ASIDE: &[Words] = &[
    (
        &[
            "wire",
            "wire_name",
            "wireName",
            "json",
            "json_name",
            "jsonName",
            "JsonProperty",
            "jsonProperty",
            "serialize_as",
            "serialized_name",
            "serializedName",
            "column",
            "key",
        ],
        Way("the key is the name on the wire; what Rust calls it is said by `name`"),
    ),
    (
        &["access", "mode", "visibility", "flags", "modifiers"],
        Way("flags are keys of their own, `read: true`, or stand behind the type: `string read`"),
    ),
    (
        &[
            "unique",
            "index",
            "primary",
            "primary_key",
            "primaryKey",
            "id",
            "since",
            "version",
            "unit",
            "units",
            "blank",
            "empty",
            "presence",
            "not_null",
            "notNull",
            "validate",
            "validation",
            "constraints",
            "label",
        ],
        Way("what a client does nothing with is said in `doc`"),
    ),
    (&["from", "sdk"], Way("sources are named by models, groups and methods")),
];

pub(in super::super) const UNION: &[Words] = &[
    (&["discriminator", "propertyName"], Key("tag")),
    (&["mapping", "oneOf", "anyOf", "types"], Key("variants")),
];

pub(in super::super) const VARIANT: &[Words] = &[
    (
        &["xml", "json", "schema", "$ref"],
        Means("type", "what it holds is JSON, of one type: `type: TextMessage`"),
    ),
    (&["model", "body", "payload"], Key("type")),
    (&["fields", "properties", "members"], NESTED),
    (&["enum", "values"], VALUES),
    (&["union", "oneOf", "anyOf"], CHOICE),
    (&["alias", "aliases"], Key("also")),
];

pub(in super::super) const VALUE: &[Words] = &[
    (&["alias", "aliases"], Key("also")),
    (&["rename", "rust", "key"], Key("name")),
    (
        &["value", "wire"],
        Way("the key is what stands on the wire: `enum: { -year: { name: YearDescending } }`"),
    ),
];

pub(in super::super) const XML_ELEMENT: &[Words] = &[
    (&["name", "element"], Key("root")),
    (&["namespace"], Key("xmlns")),
    (&["prefix"], Way("a prefix only stands for a namespace: `xmlns: urn:orders`")),
];

pub(in super::super) const XML_PLACE: &[Words] = &[
    (&["attribute"], Way("an attribute is `xml: attribute`")),
    (&["text"], Way("the text of the element is `xml: text`")),
    (&["name"], Way("the key of the member is the name of its element")),
    (&["namespace", "prefix"], Way("a model has a namespace: `xml: { xmlns: urn:orders }`")),
];
