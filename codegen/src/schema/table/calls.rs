//! What calls do beside asking once: limits, trying again, times, pages.

use crate::schema::kind::Value::{Name, Of, Words};
use crate::schema::kind::{Kind, Named};
use crate::schema::rules::If::Is;
use crate::schema::rules::Then::{Needs, NeedsOne};
use crate::schema::rules::{Case, Rule};

/// By style, the keys that it needs and those that it can have.
const STYLES: &[Case] = &[
    ("offset", &["offset"], &["size", "end", "more"]),
    ("page", &["page"], &["first", "size", "end", "more"]),
    ("cursor", &["cursor"], &["next", "last", "before", "more"]),
    ("link-header", &[], &[]),
    ("next-url", &["next"], &["more"]),
];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        what: "rate_limit",
        required: &[],
        rules: &[
            Rule::NotEmpty,
            Rule::Belongs(&["requests"], &["per"]),
            Rule::Belongs(&["per"], &["requests"]),
        ],
        keys: &[
            ("status", Of("statuses of a limit"), "Statuses of answers over the limit."),
            ("headers", Of("headers"), "Headers with the numbers."),
            ("requests", Of("number of calls"), "How many calls there may be."),
            ("per", Of("time"), "In what time: `30s`, `15m`, `24h`."),
        ],
    },
    Kind {
        what: "headers",
        required: &[],
        rules: &[],
        keys: &[
            ("limit", Of("header"), "How many calls."),
            ("remaining", Of("header"), "How many are left."),
            ("reset", Of("header"), "When there are more."),
        ],
    },
    Kind {
        what: "retry",
        required: &["on"],
        rules: &[],
        keys: &[("on", Of("statuses"), "Statuses after which a call is sent again.")],
    },
    Kind {
        what: "idempotency",
        required: &["header"],
        rules: &[],
        keys: &[(
            "header",
            Of("header that is sent"),
            "Carries a key that stays the same when sent again.",
        )],
    },
    Kind {
        what: "timeout",
        required: &[],
        rules: &[Rule::NotEmpty],
        keys: &[
            ("connect", Of("time"), "Until a connection has come about; in `defaults` only."),
            ("attempt", Of("time"), "One attempt of a call."),
            ("call", Of("time"), "The call with all its attempts."),
        ],
    },
    Kind {
        what: "a pager",
        required: &["style"],
        rules: &[
            Rule::Choice("style", STYLES),
            Rule::When(&[Is("style", &["cursor"])], &[NeedsOne(&["next", "last"])]),
            Rule::Apart(&["next", "last"]),
            Rule::When(&[Is("end", &["short"])], &[Needs(&["size"])]),
        ],
        keys: &[
            (
                "style",
                Words(&[
                    ("offset", "By the number of items to leave out."),
                    ("page", "By its number."),
                    ("cursor", "By a text of the answer."),
                    ("link-header", "By the address in the header `Link`."),
                    ("next-url", "By an address of the answer."),
                ]),
                "How the next page is found.",
            ),
            ("offset", Of("text"), "Of `offset`: parameter with the number of items to leave out."),
            ("page", Of("text"), "Of `page`: parameter with the number of the page."),
            ("cursor", Of("text"), "Of `cursor`: parameter with the cursor."),
            ("next", Of("text"), "Of `cursor` and `next-url`: members that lead on."),
            ("last", Of("text"), "Of `cursor`: members of the last item, in place of `next`."),
            ("limit", Of("text"), "Parameter with the size of a page."),
            ("more", Of("text"), "Member that says whether there is more."),
            ("items", Of("text"), "Members that lead to the items."),
            ("first", Of("number"), "Of `page`: number of the first page."),
            ("size", Of("number"), "Of `offset` and `page`: size of a page unless asked for."),
            (
                "end",
                Words(&[("short", "It has less items than asked for."), ("empty", "It has none.")]),
                "Of `offset` and `page`: how the last page is known.",
            ),
            ("before", Of("before"), "Of `cursor`: the other direction."),
            ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
        ],
    },
    Kind {
        what: "before",
        required: &["cursor", "next"],
        rules: &[],
        keys: &[
            ("cursor", Of("text"), "Parameter with the cursor."),
            ("next", Of("text"), "Members that lead on."),
        ],
    },
    Kind {
        what: "paginate",
        required: &["use"],
        rules: &[],
        keys: &[
            ("use", Name(Named::Pager), "An entry of `pagers`."),
            ("direction", Words(&[("after", "Forth."), ("before", "Back.")]), "Which way."),
            ("items", Of("text"), "Members that lead to the items."),
        ],
    },
];
