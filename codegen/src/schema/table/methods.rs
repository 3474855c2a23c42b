//! Methods, and what they have in common in a group.

use crate::schema::kind::Value::{self, Any, Map, Name, Of, Words};
use crate::schema::kind::{Kind, Named};
use crate::schema::rules::If::{Begins, BeginsNot, Is, IsText, Missing};
use crate::schema::rules::Rule;
use crate::schema::rules::Then::{Holds, Lacks};

/// Calls that may be sent twice need no key.
const NO_KEY: Value = Words(&[("none", "Clears what is inherited.")]);

pub(super) const KINDS: &[Kind] = &[
    Kind {
        what: "a group",
        required: &[],
        rules: &[Rule::When(&[Is("auth", &["none"])], &[Lacks(&["scopes"])])],
        keys: &[
            ("doc", Of("text"), "Documentation."),
            ("auth", Name(Named::Auth), "An entry of `auth`, or `none`."),
            ("scopes", Of("scopes where they are needed"), "Scopes that are needed, all of them."),
            ("server", Name(Named::Server), "An entry of `servers`."),
            ("errors", Of("error types"), "What failures give, by status."),
            ("retry", Of("retry"), "After which answers a call is sent again."),
            (
                "idempotency",
                Of("idempotency or none"),
                "The header by which a service knows a call that is sent again.",
            ),
            ("timeout", Of("timeout of calls"), "How long a call may take."),
            ("deprecated", Of("sentence"), "What to use instead."),
            (
                "transaction",
                Of("a transaction"),
                "How what it hands out is asked for and committed.",
            ),
            ("from", Name(Named::Source), "A source and a place in it."),
            ("class", Of("text"), "Class in the provider's SDK."),
            ("assumed", Of("text"), "What no source states."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "a transaction",
        required: &["open", "commit", "id"],
        rules: &[],
        keys: &[
            ("open", Name(Named::Method), "The method of the group that begins one."),
            ("commit", Name(Named::Method), "The method of the group that ends one."),
            ("id", Name(Named::PathType), "The path parameter that says which one."),
            ("at", Name(Named::Opened), "The members of the answer that lead to the id."),
        ],
    },
    Kind {
        what: "a method",
        required: &["http", "returns"],
        rules: &[
            Rule::Apart(&["body", "body?"]),
            Rule::When(&[Is("auth", &["none"])], &[Lacks(&["scopes"])]),
            Rule::When(&[Begins("http", &["GET", "HEAD"])], &[Lacks(&["body", "body?"])]),
            Rule::When(&[Begins("http", &["HEAD"])], &[Holds("returns", Of("nothing"))]),
            Rule::When(&[Is("effect", &["read", "idempotent"])], &[Holds("idempotency", NO_KEY)]),
            Rule::When(
                &[Missing("effect"), Begins("http", &["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])],
                &[Holds("idempotency", NO_KEY)],
            ),
        ],
        keys: &[
            ("http", Of("route"), "Verb and path."),
            ("returns", Of("answers"), "What a success gives."),
            ("doc", Of("text"), "Documentation."),
            ("path", Of("placeholders"), "Types of placeholders."),
            ("query", Of("query parameters"), "Query parameters."),
            ("headers", Of("headers of a method"), "Headers."),
            ("cookies", Of("cookies"), "Cookies."),
            ("exactly_one", Of("rules"), "Parameters of which one has to be there, and no other."),
            ("at_most_one", Of("rules"), "Parameters of which one may be there."),
            ("at_least_one", Of("rules"), "Parameters of which one or more have to be there."),
            ("body", Of("body or type"), "What is sent."),
            ("body?", Of("body that can be left out"), "What may be sent."),
            ("errors", Of("error types"), "What failures give, by status."),
            ("auth", Name(Named::Auth), "An entry of `auth`, or `none`."),
            ("scopes", Of("scopes where they are needed"), "Scopes that are needed, all of them."),
            ("server", Name(Named::Server), "An entry of `servers`."),
            (
                "effect",
                Words(&[
                    ("read", "It changes nothing."),
                    ("idempotent", "Twice leaves the same as once."),
                    ("write", "Twice may act twice."),
                ]),
                "What may be sent again.",
            ),
            ("retry", Of("retry"), "After which answers a call is sent again."),
            (
                "idempotency",
                Of("idempotency or none"),
                "The header by which a service knows a call that is sent again.",
            ),
            ("timeout", Of("timeout of calls"), "How long a call may take."),
            ("paginate", Of("paginate or pager"), "How its pages are turned."),
            ("deprecated", Of("sentence"), "What to use instead."),
            ("from", Name(Named::Source), "A source and a place in it."),
            ("sdk", Of("text"), "Method in the provider's SDK."),
            ("assumed", Of("text"), "What no source states."),
            ("examples", Map("example or file"), "Exchanges, checked."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "a body",
        required: &[],
        rules: &[
            Rule::One(&["fields", "form", "multipart", "xml"]),
            Rule::Belongs(
                &["exactly_one", "at_most_one", "at_least_one"],
                &["fields", "form", "multipart"],
            ),
            // A type has its rules where it is defined.
            Rule::When(
                &[IsText("form")],
                &[Lacks(&["exactly_one", "at_most_one", "at_least_one"])],
            ),
        ],
        keys: &[
            ("fields", Of("members of a body"), "Members of JSON."),
            ("form", Of("form"), "Members of a form."),
            ("multipart", Of("parts"), "Parts."),
            ("xml", Name(Named::Model), "An object as XML."),
            ("exactly_one", Of("rules"), "Members of which one has to be there, and no other."),
            ("at_most_one", Of("rules"), "Members of which one may be there."),
            ("at_least_one", Of("rules"), "Members of which one or more have to be there."),
        ],
    },
    Kind {
        what: "an answer",
        required: &["type"],
        rules: &[
            Rule::When(&[BeginsNot("type", &["binary"])], &[Lacks(&["decode"])]),
            Rule::When(&[BeginsNot("type", &["events"])], &[Lacks(&["end", "named"])]),
            Rule::When(
                &[Begins("type", &["text", "binary", "lines", "events"])],
                &[Lacks(&["at"])],
            ),
            Rule::When(&[Begins("type", &["lines", "events"])], &[Lacks(&["first"])]),
        ],
        keys: &[
            ("type", Name(Named::Success), "What is handed out."),
            ("at", Of("way to a member"), "Members that lead to it."),
            ("first", Of("flag"), "The first of a list of none or one."),
            ("as", Of("name in PascalCase"), "What the variant is called that holds it."),
            (
                "decode",
                Words(&[("gzip", "The content is a file in gzip.")]),
                "How the content is packed.",
            ),
            ("end", Of("text"), "The data of the event after which none comes."),
            ("named", Of("flag"), "Whether the name of an event tells what it holds."),
        ],
    },
    Kind {
        what: "a choice of bodies",
        required: &["any"],
        rules: &[],
        keys: &[("any", Of("bodies by name"), "Alternatives, each of another media type.")],
    },
    Kind {
        what: "a choice of answers",
        required: &["any"],
        rules: &[],
        keys: &[("any", Of("answers by name"), "Alternatives, told apart by their media types.")],
    },
    Kind {
        what: "a body in XML",
        required: &["xml"],
        rules: &[],
        keys: &[
            ("xml", Name(Named::Model), "The object."),
            ("as", Of("name in PascalCase"), "What the variant is called that holds it."),
        ],
    },
    Kind {
        what: "an error inside a success",
        required: &["when", "as"],
        rules: &[],
        keys: &[
            ("when", Of("way to a member"), "The member that only errors have."),
            ("as", Name(Named::Failure), "What the body is then."),
            ("name", Of("name in PascalCase"), "What the variant is called."),
        ],
    },
    Kind {
        what: "an example",
        required: &[],
        rules: &[],
        keys: &[
            ("title", Of("text"), "What it shows."),
            ("source", Of("text"), "Where it was copied from."),
            ("constructed", Of("sentence"), "Why it was made up."),
            ("placeholder", Of("flag"), "Sample values that mean nothing."),
            ("path", Of("values"), "Values in the path."),
            ("query", Of("values"), "Query parameters."),
            ("headers", Of("values"), "Headers."),
            ("cookies", Of("values"), "Cookies."),
            ("request", Any, "Body that is sent."),
            ("request_as", Name(Named::SentAs), "Which alternative of the body it is."),
            ("status", Of("status"), "Status of the answer."),
            ("response", Any, "Body of the answer."),
            ("response_as", Name(Named::ReadAs), "Which alternative of the answer it is."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
];
