//! The words, a list for each kind of mapping. Those of methods are here.

mod calls;
mod deliveries;
mod models;
mod provider;

use super::Instead::{self, Key, Means, Way};
pub(super) use calls::{
    EXAMPLE, IDEMPOTENCY, PAGER, PAGINATE, RATE_LIMIT, RETRY, TIMEOUT, TRANSACTION,
};
pub(super) use deliveries::{DELIVERIES, DELIVERY_EXAMPLE, EVENT, TIMESTAMP, VERIFY};
use models::{CHOICE, NESTED, VALUES};
pub(super) use models::{
    MEMBER, MEMBER_ASIDE, MODEL, UNION, VALUE, VARIANT, XML_ELEMENT, XML_PLACE,
};
pub(super) use provider::{AUTH, DEFAULTS, GROUP, PROVIDER, SERVER, SOURCE, SPECIFICATION};

/// Words, and what stands here in their place.
pub(super) type Words = (&'static [&'static str], Instead);

/// What stands in place of a word of such a list.
pub(super) fn of(words: &[Words], key: &str) -> Option<Instead> {
    let found = words.iter().find(|(words, _)| words.contains(&key));
    found.map(|(_, instead)| *instead)
}

const ROUTE: Instead = Means("http", "verb and path stand together: `http: GET /users/{id}`");

pub(super) const METHOD: &[Words] = &[
    (
        &["responses"],
        Means("returns", "`returns` says what a success gives, `errors` what a failure does"),
    ),
    (&["response", "return", "result", "output", "returnType"], Key("returns")),
    (&["requestBody", "request", "payload", "data", "input"], Key("body")),
    (
        &["parameters", "params", "args", "arguments"],
        Way(
            "parameters stand in `path`, `query`, `headers` and `cookies`, by name: `query: { page?: int32 }`",
        ),
    ),
    (&["method", "verb", "url", "uri", "route", "endpoint"], ROUTE),
    (&["operationId", "name", "id"], Way("the key is the name of the method: `users.get`")),
    (&["tags", "tag", "group"], Way("the first half of a method's name is its group: `users.get`")),
    (
        &["security", "authentication", "authorization"],
        Means("auth", "say which entry of `auth` it needs: `auth: token`"),
    ),
    (&["permissions", "requiredScopes"], Key("scopes")),
    (&["queryParams", "query_params", "queryParameters", "querystring", "search"], Key("query")),
    (&["pathParams", "path_params", "pathParameters"], Key("path")),
    (
        &["named", "at", "first", "decode", "nullable", "status"],
        Means(
            "returns",
            "what is said of an answer stands in it: `returns: { at: data, type: User }`",
        ),
    ),
    (
        &["idempotent", "safe", "readonly"],
        Means("effect", "what a call does is `effect: idempotent`, or `effect: read`"),
    ),
    (
        &["example"],
        Means("examples", "examples have names: `examples: { first: { response: { id: u-1 } } }`"),
    ),
    (&["pagination", "paging", "pager", "pages"], Key("paginate")),
    (&["error", "exceptions", "throws", "raises", "failures", "error_responses"], Key("errors")),
    (
        &["rate_limit", "rateLimit", "throttle"],
        Way(
            "a limit of the service stands at the top of the file: `rate_limit: { requests: 500, per: 15m }`",
        ),
    ),
    (
        &["base_url", "baseUrl", "host", "domain"],
        Means(
            "server",
            "another address is an entry of `servers`, with `pick: false`: `server: upload` names it",
        ),
    ),
    (
        &["form", "multipart", "json", "fields"],
        Means("body", "what is sent stands in `body`: `body: { form: { … } }`"),
    ),
    (
        &["produces", "consumes", "accept", "contentType", "content_type", "content-type"],
        Way(
            "types of media stand behind the type: `returns: text(text/csv)`, `body: binary(image/png)`",
        ),
    ),
];

pub(super) const BODY: &[Words] = &[
    (&["properties", "members"], Key("fields")),
    (&["urlencoded", "x-www-form-urlencoded", "formUrlEncoded", "form-urlencoded"], Key("form")),
    (&["parts", "files", "formData", "formdata", "form-data", "form_data"], Key("multipart")),
    (
        &["raw", "text"],
        Way(
            "a text is `body: text`; members stand in `fields`: `body: { fields: { text: string } }`",
        ),
    ),
    (
        &["binary", "octet", "bytes"],
        Way("bytes are `body: binary`, perhaps with their media type: `binary(image/png)`"),
    ),
    (
        &["oneOf", "anyOf"],
        Way(
            "one of several bodies is `{ any: { Json: User, Table: text(text/csv) } }`, one of several models a union",
        ),
    ),
    (&["type", "schema", "content", "$ref"], Way("a body of one model is its name: `body: User`")),
    (&["required", "optional"], Way("a body that can be left out is `body?`")),
];

pub(super) const ANSWER: &[Words] = &[
    (&["schema", "body", "model"], Key("type")),
    (&["$ref"], Means("type", "a model is named by its name: `returns: User`")),
    (&["path", "in", "inside", "unwrap", "root", "wrapper", "envelope"], Key("at")),
    (&["fields", "properties", "members"], NESTED),
    (&["enum", "values"], VALUES),
    (&["union", "oneOf", "anyOf"], CHOICE),
    (
        &["description", "summary", "doc"],
        Way("an answer has no documentation of its own: say it in the `doc` of the method"),
    ),
    (&["content"], Way("JSON needs no word, name the model: `returns: User`")),
    (&["items"], Means("type", "a list is `returns: list<User>`")),
    (
        &["stream", "streaming"],
        Way(
            "bytes can always be streamed; values one after another are `lines<User>` or `events<User>`",
        ),
    ),
    (&["headers"], Way("headers of an answer need no words: `.with_response()` hands them out")),
];

pub(super) const INSIDE: &[Words] = &[
    (&["if", "path", "field", "at"], Key("when")),
    (&["type", "model", "body", "error"], Key("as")),
];

/// What all of them have.
pub(super) const ANY: &[Words] = &[(
    &["description", "summary", "desc", "comment", "docs", "documentation", "help"],
    Key("doc"),
)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique() {
        let all = [
            SPECIFICATION,
            METHOD,
            MODEL,
            MEMBER,
            BODY,
            ANSWER,
            SERVER,
            AUTH,
            TRANSACTION,
            TIMEOUT,
            XML_ELEMENT,
            XML_PLACE,
            VARIANT,
            PAGER,
            PAGINATE,
            UNION,
            EXAMPLE,
            VERIFY,
            GROUP,
            DEFAULTS,
            RATE_LIMIT,
            DELIVERIES,
            DELIVERY_EXAMPLE,
            RETRY,
            IDEMPOTENCY,
            SOURCE,
            EVENT,
            TIMESTAMP,
            INSIDE,
            VALUE,
        ];
        for words in all {
            let mut seen: Vec<&str> = words.iter().flat_map(|(words, _)| *words).copied().collect();
            let count = seen.len();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), count, "{seen:?}");
        }
    }
}
