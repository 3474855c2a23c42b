//! What is said of a provider as a whole.

use super::formats::{DATES, ONE_COUNT};
use crate::schema::kind::Value::{Map, Name, Of, WordOrWords, Words};
use crate::schema::kind::{Kind, Named, Word};
use crate::schema::rules::If::Is;
use crate::schema::rules::Rule;
use crate::schema::rules::Then::Holds;

const BY: &[Word] = &[("name", "By the name."), ("number", "By the number.")];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        what: "a specification",
        required: &["clientwright"],
        rules: &[],
        keys: &[
            ("clientwright", Of("version"), "Version of the language."),
            ("provider", Of("provider"), "Who it is; in one file of a specification."),
            ("use", Of("used files"), "Files that lend what they define."),
            ("servers", Map("server or address"), "Where the API lives; the first is the default."),
            ("auth", Of("named auth entries"), "Ways to authenticate."),
            (
                "formats",
                Map("format or media type"),
                "Formats of answers; the first is read into models.",
            ),
            ("defaults", Of("defaults"), "What every method has unless it says otherwise."),
            ("rate_limit", Of("rate_limit"), "What answers say about limits."),
            ("pagers", Map("a pager"), "Ways in which lists come in pages."),
            ("sources", Map("a source"), "Where the facts come from."),
            ("path", Of("placeholders of all routes"), "Types of placeholders in routes."),
            (
                "parameters",
                Of("parameters"),
                "What all calls of a client send, set once or for a call.",
            ),
            ("models", Of("named models"), "What is sent and read."),
            ("groups", Map("a group"), "What the methods of a group have in common."),
            ("methods", Of("methods"), "The calls, by `group.method`."),
            ("deliveries", Of("deliveries"), "What the provider sends to an app."),
        ],
    },
    Kind {
        what: "parameters",
        required: &[],
        rules: &[],
        keys: &[
            (
                "path",
                Of("parts of routes"),
                "Parts of routes that have a placeholder of that name.",
            ),
            ("query", Of("parameters of all queries"), "Parameters in the query of every call."),
            ("headers", Of("headers of all calls"), "Headers of every call."),
            ("cookies", Of("cookies of all calls"), "Cookies of every call."),
        ],
    },
    Kind {
        what: "provider",
        required: &["name"],
        rules: &[],
        keys: &[
            ("name", Of("module"), "Becomes the module."),
            ("title", Of("text"), "What people call it."),
            ("doc", Of("text"), "Documentation."),
        ],
    },
    Kind {
        what: "a server",
        required: &["url"],
        rules: &[],
        keys: &[
            ("url", Of("address"), "The address; variables stand in braces."),
            ("doc", Of("text"), "Documentation."),
            ("variables", Of("variables"), "Variables of the address."),
            ("pick", Of("flag"), "Whether an app can choose it."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "a format",
        required: &["type"],
        rules: &[],
        keys: &[
            ("type", Of("value of a header"), "The media type."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "a source",
        required: &[],
        rules: &[],
        keys: &[
            ("url", Of("text"), "Address; `{}` is where the text of a `from` goes."),
            ("title", Of("text"), "What it is called."),
            ("checked", Of("text"), "The day on which it was last compared."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "defaults",
        required: &[],
        rules: &[],
        keys: &[
            (
                "...",
                Name(Named::Use),
                "A used file, whose defaults hold where nothing else is said.",
            ),
            ("auth", Name(Named::Auth), "An entry of `auth`, or `none`."),
            ("errors", Of("error types"), "What failures give, by status."),
            ("headers", Of("constant headers"), "Constant headers of every request."),
            ("retry", Of("retry"), "After which answers a call is sent again."),
            (
                "idempotency",
                Of("idempotency or none"),
                "The header by which a service knows a call that is sent again.",
            ),
            ("timeout", Of("timeout or time"), "How long a call may take."),
            ("wire", Of("wire"), "Forms of values."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "wire",
        required: &[],
        rules: &[],
        keys: &[
            ("datetime", Of("datetime"), "Points in time."),
            ("enum", Of("enum"), "Enums of numbers."),
        ],
    },
    Kind {
        what: "datetime",
        required: &[],
        rules: &[ONE_COUNT],
        keys: &[
            ("format", WordOrWords(DATES, DATES), "How points in time are written."),
            (
                "unspecified",
                Words(&[("utc", "One in UTC, as with the format `assume-utc`.")]),
                "What a time without a zone means.",
            ),
            ("none_when", Of("texts"), "Points in time that mean none."),
        ],
    },
    Kind {
        what: "enum",
        required: &[],
        // What is read by name is written by name.
        rules: &[Rule::When(
            &[Is("write", &["number"])],
            &[Holds("read", WordOrWords(BY.split_at(1).1, BY.split_at(1).1))],
        )],
        keys: &[
            ("read", WordOrWords(BY, BY), "`name`, `number` or both."),
            ("write", Words(BY), "What is sent."),
        ],
    },
];
