//! What is sent and read.

use super::formats::{ALONE, BYTES, DATES, DURATIONS, FORMATS, FORMLESS, LOCAL, ONE_COUNT, TEXTS};
use crate::schema::kind::Value::{Name, Names, Of, WordOrWords, Words};
use crate::schema::kind::{Kind, Named, Word};
use crate::schema::rules::If::{Begins, Is, Missing, Outermost};
use crate::schema::rules::Rule;
use crate::schema::rules::Then::{Holds, Lacks};

const TRAVELS: &[Word] = &[
    (
        "string",
        "A number, a boolean or a count since 1970 in a text, or a text that is sometimes a number.",
    ),
    ("number", "As a number, as usual."),
    ("csv", "A list of scalars in one text, between commas."),
    ("list", "As a list, as usual."),
    ("one", "Behind `list`: a list of one comes as the item alone."),
];

pub(in crate::schema) const PARAMETER_STYLES: &[Word] = &[
    ("form", "`ids=1&ids=2`"),
    ("csv", "`ids=1,2`"),
    ("space", "`ids=1%202`"),
    ("pipe", "`ids=1%7C2`"),
    ("deep-object", "`filter[id]=1`, of objects and maps."),
    ("slash", "`src/main.rs`, of a text in a path."),
];

const OF_LISTS: &[Word] = TRAVELS.split_at(2).1;
const OF_NUMBERS: &[Word] = TRAVELS.split_at(2).0;
const OF_TEXTS: &[Word] = TRAVELS.split_at(1).0;
const OF_OBJECTS: &[Word] = PARAMETER_STYLES.split_at(4).1.split_at(1).0;
pub(in crate::schema) const OF_PATHS: &[Word] = PARAMETER_STYLES.split_at(5).1;

/// Types that travel as numbers or in texts.
const NUMBERS: &[&str] =
    &["boolean", "int32", "int64", "uint32", "uint64", "float", "double", "decimal"];

/// Types that travel in one way.
const FIXED: &[&str] =
    &["date", "time", "localdatetime", "duration", "uuid", "url", "bytes", "json", "file"];

/// Types that are no secrets.
const OPEN: &[&str] = &[
    "boolean",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "date",
    "time",
    "datetime",
    "localdatetime",
    "duration",
    "uuid",
    "url",
    "bytes",
    "json",
    "file",
    "list",
    "map",
];

/// Types without an empty value.
const WITHOUT_DEFAULT: &[&str] =
    &["decimal", "date", "time", "datetime", "localdatetime", "duration", "file"];

const NOT_BOTH: &str = r#"{ "not": { "required": ["read", "write"], "properties": { "read": { "const": true }, "write": { "const": true } } } }"#;

/// The forms that go together; their order is beyond a schema that has to be one of each draft.
const READ_BESIDE: &str = r#"{ "properties": { "as": { "if": { "type": "array" }, "then": { "anyOf": [{ "items": { "enum": ["string", "number"] } }, { "items": { "enum": ["csv", "list"] } }, { "items": { "enum": ["list", "one"] } }] } } } }"#;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        what: "a model",
        required: &[],
        rules: &[
            Rule::One(&["fields", "enum", "union", "like", "type"]),
            Rule::Belongs(&["closed"], &["enum"]),
            Rule::Belongs(&["without", "optional"], &["like"]),
            Rule::Belongs(
                &["xml", "message", "incomplete", "exactly_one", "at_most_one", "at_least_one"],
                &["fields", "like"],
            ),
        ],
        keys: &[
            ("doc", Of("text"), "Documentation."),
            ("from", Name(Named::Source), "A source and a place in it."),
            ("class", Of("text"), "Class in the provider's SDK."),
            ("assumed", Of("text"), "What no source states."),
            ("deprecated", Of("sentence"), "What to use instead."),
            ("message", Name(Named::Field), "The member that says what went wrong."),
            ("incomplete", Of("sentence"), "Why members are missing here."),
            ("xml", Of("an element of XML"), "What it is called as the outermost element of XML."),
            ("type", Name(Named::Alias), "Another name for a type."),
            ("fields", Of("members"), "Members of an object."),
            ("enum", Of("enum values"), "Values with names."),
            ("closed", Of("flag"), "Refuses values that are not listed."),
            ("union", Of("a union"), "One of several types."),
            ("like", Name(Named::Model), "The model of which this is a variant."),
            ("without", Names(Named::Base), "Members that it lacks."),
            ("optional", Names(Named::Base), "Members that may be absent, or `all`."),
            ("exactly_one", Of("rules"), "Members of which one has to be there, and no other."),
            ("at_most_one", Of("rules"), "Members of which one may be there."),
            ("at_least_one", Of("rules"), "Members of which one or more have to be there."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "an element of XML",
        required: &[],
        rules: &[],
        keys: &[
            ("root", Of("element"), "Its name; that of the model unless given."),
            ("xmlns", Of("text"), "The namespace in which it and all in it are written."),
        ],
    },
    Kind {
        what: "a place in XML",
        required: &["wrapped"],
        rules: &[],
        keys: &[("wrapped", Of("element"), "What the items are called inside the element.")],
    },
    Kind {
        what: "a member",
        required: &[],
        rules: &[
            Rule::Any(&["type", "const"]),
            Rule::Raw(NOT_BOTH),
            Rule::Apart(&["const", "default"]),
            Rule::Raw(READ_BESIDE),
            ONE_COUNT,
            Rule::When(
                &[Begins("type", &["datetime"])],
                &[Holds("format", WordOrWords(DATES, DATES))],
            ),
            Rule::When(
                &[Begins("type", &["localdatetime"])],
                &[Holds("format", WordOrWords(LOCAL, LOCAL))],
            ),
            Rule::When(
                &[Begins("type", &["duration"])],
                &[Holds("format", WordOrWords(DURATIONS, DURATIONS)), Holds("format", ALONE)],
            ),
            Rule::When(
                &[Begins("type", &["bytes"])],
                &[Holds("format", WordOrWords(BYTES, BYTES)), Holds("format", ALONE)],
            ),
            Rule::When(&[Begins("type", FORMLESS)], &[Lacks(&["format"])]),
            Rule::When(
                &[Outermost("type", &["list"])],
                &[
                    Holds("as", WordOrWords(OF_LISTS.split_at(2).0, OF_LISTS)),
                    Holds("style", Words(PARAMETER_STYLES.split_at(4).0)),
                ],
            ),
            Rule::When(
                &[Outermost("type", &["map"])],
                &[Holds("style", Words(OF_OBJECTS)), Lacks(&["as"])],
            ),
            Rule::When(
                &[Outermost("type", NUMBERS)],
                &[Holds("as", WordOrWords(OF_NUMBERS, OF_NUMBERS))],
            ),
            Rule::When(
                &[Outermost("type", &["string"])],
                &[Holds("as", WordOrWords(OF_TEXTS, OF_NUMBERS))],
            ),
            Rule::When(
                &[Outermost("type", &["datetime"])],
                &[Holds("as", WordOrWords(OF_NUMBERS, OF_NUMBERS)), Lacks(&["style"])],
            ),
            Rule::When(&[Outermost("type", &["datetime"]), Is("format", TEXTS)], &[Lacks(&["as"])]),
            Rule::When(&[Outermost("type", FIXED)], &[Lacks(&["as"])]),
            Rule::When(&[Outermost("type", OPEN)], &[Lacks(&["sensitive"])]),
            Rule::When(&[Outermost("type", WITHOUT_DEFAULT)], &[Lacks(&["null_as_default"])]),
            Rule::When(&[Outermost("type", NUMBERS)], &[Lacks(&["style"])]),
            Rule::When(&[Outermost("type", &["string"])], &[Holds("style", Words(OF_PATHS))]),
            Rule::When(&[Outermost("type", FIXED)], &[Lacks(&["style"])]),
            Rule::When(&[Missing("type")], &[Lacks(&["format"])]),
        ],
        keys: &[
            ("type", Name(Named::Member), "Type, flags and documentation."),
            ("doc", Of("text"), "Documentation."),
            ("name", Of("name in snake_case"), "What Rust calls it."),
            ("also", Of("texts"), "Further wire names that are read."),
            ("default", Of("text"), "What the service assumes; never sent."),
            ("const", Of("text"), "Always sent."),
            ("format", WordOrWords(FORMATS, FORMATS), "How it is written."),
            ("as", WordOrWords(TRAVELS, TRAVELS), "How it travels."),
            ("xml", Of("place in XML"), "Where it stands in XML."),
            ("style", Words(PARAMETER_STYLES), "How a parameter is written."),
            ("none_when", Of("texts"), "Values that mean none."),
            ("null_as_default", Of("flag"), "Null or absence is the empty value."),
            ("assumed", Of("text"), "What no source states."),
            ("read", Of("flag"), "Only the service sets it."),
            ("write", Of("flag"), "Only the app sets it."),
            ("sensitive", Of("flag"), "Never shown."),
            ("deprecated", Of("flag"), "The documentation says so."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "an enum value",
        required: &[],
        rules: &[],
        keys: &[
            ("name", Of("name in PascalCase"), "What Rust calls it."),
            ("also", Of("texts"), "Further texts that mean the same."),
            ("doc", Of("text"), "Documentation."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "a union",
        required: &[],
        rules: &[
            Rule::One(&["tag", "key", "untagged"]),
            Rule::Belongs(&["tag"], &["variants"]),
            Rule::Belongs(&["variants", "content"], &["tag"]),
        ],
        keys: &[
            ("tag", Of("text"), "The member that tells the variant."),
            ("content", Of("text"), "The member that holds the variant."),
            ("variants", Of("variants"), "By the text of the tag."),
            ("key", Of("variants"), "By which member is there."),
            ("untagged", Of("variants"), "By which one fits."),
        ],
    },
    Kind {
        what: "a variant",
        required: &["type"],
        rules: &[],
        keys: &[
            ("type", Of("type"), "What it holds."),
            ("also", Of("texts"), "Further tags."),
            ("name", Of("name in PascalCase"), "What Rust calls it."),
            ("doc", Of("text"), "Documentation."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
];
