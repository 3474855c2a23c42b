//! Ways to authenticate.

use crate::schema::kind::Value::{Name, Names, Of, Raw, Words};
use crate::schema::kind::{Kind, Named};
use crate::schema::rules::If::{Is, IsNot, There};
use crate::schema::rules::Then::{Holds, Lacks, Needs, NeedsOne};
use crate::schema::rules::{Case, Rule};

/// Claims that follow from a lifetime.
const NO_TIMES: &str = r#""properties": { "iat": false, "exp": false }"#;

/// By scheme, the keys that it needs and those that it can have.
const SCHEMES: &[Case] = &[
    ("basic", &[], &["username", "password"]),
    ("bearer", &[], &["token"]),
    ("api-key", &[], &["key", "header", "query", "cookie", "prefix"]),
    ("jwt", &["alg"], &["kid", "secret", "lifetime", "claims"]),
    (
        "oauth2",
        &["flow", "token_url"],
        &[
            "authorize_url",
            "token_auth",
            "client_id",
            "client_secret",
            "token",
            "token_body",
            "token_names",
            "token_fields",
            "token_at",
            "refresh",
            "pkce",
            "renew_on",
        ],
    ),
];

pub(super) const KINDS: &[Kind] = &[Kind {
    what: "an auth entry",
    required: &[],
    rules: &[
        Rule::One(&["scheme", "any", "all"]),
        Rule::Choice("scheme", SCHEMES),
        Rule::Apart(&["header", "query", "cookie"]),
        Rule::When(&[Is("scheme", &["api-key"])], &[NeedsOne(&["header", "query", "cookie"])]),
        Rule::When(&[There("prefix")], &[Lacks(&["query", "cookie"])]),
        Rule::When(&[Is("flow", &["authorization-code"])], &[Needs(&["authorize_url"])]),
        Rule::When(&[Is("flow", &["client-credentials"])], &[Lacks(&["authorize_url"])]),
        Rule::When(
            &[Is("flow", &["client-credentials"])],
            &[Holds("token_auth", Raw(r#""not": { "const": "none" }"#))],
        ),
        Rule::When(
            &[There("token_auth"), IsNot("token_auth", &["form", "none"])],
            &[Lacks(&["client_id", "client_secret"])],
        ),
        Rule::When(&[Is("token_auth", &["none"])], &[Lacks(&["client_secret"])]),
        Rule::When(&[There("lifetime")], &[Holds("claims", Raw(NO_TIMES))]),
    ],
    keys: &[
        (
            "scheme",
            Words(&[
                ("basic", "A user name and a password."),
                ("bearer", "A token that the app has."),
                ("api-key", "A key in a header, the query or a cookie."),
                ("jwt", "A token that the client signs."),
                ("oauth2", "A token from a token endpoint."),
            ]),
            "How one authenticates; which other keys there are follows from it.",
        ),
        ("doc", Of("text"), "Documentation."),
        ("assumed", Of("text"), "What no source states."),
        ("scopes", Of("scopes"), "What the credentials have to be good for."),
        ("any", Names(Named::Auth), "The first of these that the app has."),
        ("all", Names(Named::Auth), "All of these together."),
        (
            "username",
            Of("text"),
            "Of `basic`: argument for the user name; in quotes, the name itself.",
        ),
        (
            "password",
            Of("text"),
            "Of `basic`: argument for the password; in quotes, the password itself.",
        ),
        (
            "token",
            Of("text"),
            "Of `bearer`: argument for the token. Of `oauth2`: the model of the token answer.",
        ),
        ("key", Of("text"), "Of `api-key`: argument for the key."),
        ("header", Of("header with a credential"), "Of `api-key`: header with the key."),
        ("query", Of("text"), "Of `api-key`: query parameter with the key."),
        ("cookie", Of("header"), "Of `api-key`: cookie with the key."),
        (
            "prefix",
            Of("prefix of a key"),
            "Of `api-key` in a `header`: what stands before the key.",
        ),
        (
            "alg",
            Words(&[
                ("HS256", "HMAC with SHA-256."),
                ("HS384", "HMAC with SHA-384."),
                ("HS512", "HMAC with SHA-512."),
            ]),
            "Of `jwt`: how a token is signed.",
        ),
        ("kid", Of("text"), "Of `jwt`: argument for the id of the key; in quotes, the id itself."),
        ("secret", Of("text"), "Of `jwt`: argument for the secret."),
        (
            "lifetime",
            Of("lifetime"),
            "Of `jwt`: for how many seconds a token is good, from 10 to 86400.",
        ),
        (
            "flow",
            Words(&[
                ("client-credentials", "The client proves itself, and nobody is asked."),
                ("authorization-code", "A user agrees in a browser."),
            ]),
            "Of `oauth2`: who agrees.",
        ),
        (
            "authorize_url",
            Of("address for a browser"),
            "Of `flow: authorization-code`: where a user allows access.",
        ),
        ("token_url", Of("address or path"), "Of `oauth2`: where tokens come from."),
        (
            "token_auth",
            Name(Named::TokenAuth),
            "Of `oauth2`: how the client proves itself there: a `basic` entry, `form` or `none`.",
        ),
        (
            "token_body",
            Words(&[("form", "A form, as the standard has it."), ("json", "An object of texts.")]),
            "Of `oauth2`: what a token request is.",
        ),
        (
            "token_names",
            Of("token names"),
            "Of `oauth2`: what names of the standard are called there.",
        ),
        (
            "token_fields",
            Of("token fields"),
            "Of `oauth2`: what is sent there beside the standard's.",
        ),
        ("token_at", Of("way to a member"), "Of `oauth2`: the members that lead to the token."),
        ("client_id", Of("text"), "Of `oauth2`: argument for the id of the client."),
        ("client_secret", Of("text"), "Of `oauth2`: argument for the secret of the client."),
        ("claims", Of("values"), "Of `jwt`: what a token says."),
        (
            "pkce",
            Words(&[("none", "The service refuses code challenges.")]),
            "Of `oauth2`: whether a code is bound to its request.",
        ),
        (
            "refresh",
            Words(&[("none", "There are no refresh tokens.")]),
            "Of `oauth2`: whether tokens are refreshed.",
        ),
        ("renew_on", Of("refusals"), "Of `oauth2`: statuses after which the token is renewed."),
        ("allow", Of("allow"), "Warnings that are as they should be, with the reason."),
    ],
}];
