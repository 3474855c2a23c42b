//! The words, a list for each kind of mapping.

mod models;

use super::Instead::{self, Key, Means, Way};
use models::{CHOICE, NESTED, VALUES};
pub(super) use models::{MEMBER, MODEL, UNION, VALUE, VARIANT, XML_ELEMENT, XML_PLACE};

/// Words, and what stands here in their place.
pub(super) type Words = (&'static [&'static str], Instead);

const ROUTE: Instead = Means("http", "verb and path stand together: `http: GET /users/{id}`");

pub(super) const SPECIFICATION: &[Words] = &[
    (
        &["paths", "endpoints", "operations", "routes", "requests"],
        Means("methods", "methods have names: `methods: { users.get: { http: GET /user, … } }`"),
    ),
    (
        &["components", "schemas", "definitions", "types", "enums", "objects"],
        Means("models", "types stand in `models`: `models: { User: { fields: { id: string } } }`"),
    ),
    (
        &["securitySchemes", "securityDefinitions", "authentication", "authorization"],
        Means("auth", "credentials stand in `auth`: `auth: { token: { scheme: bearer } }`"),
    ),
    (&["security"], Means("defaults", "what all methods need is `defaults: { auth: token }`")),
    (
        &["info", "api", "service", "client", "metadata"],
        Means("provider", "the name is `provider: { name: punt, title: … }`"),
    ),
    (&["tags"], Means("groups", "the first half of a method's name is its group: `users.get`")),
    (
        &["host", "basePath", "schemes", "baseUrl", "base_url", "url"],
        Means(
            "servers",
            "addresses have names: `servers: { production: https://api.example.com }`",
        ),
    ),
    (
        &["webhooks", "callbacks", "events"],
        Means("deliveries", "what the provider sends is `deliveries`"),
    ),
    (&["pagination", "paginators"], Key("pagers")),
    (
        &["imports", "import", "include", "includes"],
        Means("use", "other files have names: `use: { common: common.yaml }`"),
    ),
    (
        &["version", "language"],
        Means(
            "clientwright",
            "a file begins with the version of the language, `clientwright: 1`; that of the API stands in its \
             addresses and documentation",
        ),
    ),
    (
        &["name", "title", "description", "doc"],
        Means("provider", "this belongs to `provider: { name: punt, … }`"),
    ),
    (
        &["errors", "headers", "retry", "wire"],
        Means("defaults", "what all methods have stands in `defaults`"),
    ),
];

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
    (&["pagination", "paging", "pager", "pages"], Key("paginate")),
    (&["error", "exceptions", "throws"], Key("errors")),
    (
        &["form", "multipart", "json", "fields"],
        Means("body", "what is sent stands in `body`: `body: { form: { … } }`"),
    ),
    (
        &["produces", "consumes", "accept", "contentType"],
        Way(
            "types of media stand behind the type: `returns: text(text/csv)`, `body: binary(image/png)`",
        ),
    ),
];

pub(super) const BODY: &[Words] = &[
    (&["properties", "members"], Key("fields")),
    (&["formData", "urlencoded"], Key("form")),
    (&["parts", "files"], Key("multipart")),
    (&["type", "schema", "content", "$ref"], Way("a body of one model is its name: `body: User`")),
    (&["required", "optional"], Way("a body that can be left out is `body?`")),
];

pub(super) const ANSWER: &[Words] = &[
    (&["schema", "body", "model"], Key("type")),
    (&["$ref"], Means("type", "a model is named by its name: `returns: User`")),
    (&["path", "in", "inside", "unwrap"], Key("at")),
    (&["fields", "properties", "members"], NESTED),
    (&["enum", "values"], VALUES),
    (&["union", "oneOf", "anyOf"], CHOICE),
    (&["headers"], Way("headers of an answer need no words: `.with_response()` hands them out")),
];

pub(super) const SERVER: &[Words] =
    &[(&["address", "baseUrl", "base_url", "host", "uri"], Key("url"))];

pub(super) const AUTH: &[Words] = &[
    (
        &["type", "kind"],
        Means("scheme", "the scheme is `scheme: bearer`, `basic`, `api-key`, `jwt` or `oauth2`"),
    ),
    (
        &["in", "name"],
        Way(
            "an API key says where it travels: `header: X-Api-Key`, `query: api_key` or `cookie: session`",
        ),
    ),
    (&["flows"], Key("flow")),
    (
        &["grant_type", "grantType", "grant"],
        Means("flow", "the grant is `flow: client-credentials`, or `flow: authorization-code`"),
    ),
    (
        &["header", "query", "cookie"],
        Way("a key that travels under a name of its own is `scheme: api-key`"),
    ),
    (&["tokenUrl"], Key("token_url")),
    (&["authorizationUrl", "authorization_url"], Key("authorize_url")),
    (&["user"], Key("username")),
    (&["oneOf", "oneof", "anyOf", "anyof", "or"], Key("any")),
    (&["allOf", "allof", "and"], Key("all")),
];

pub(super) const TRANSACTION: &[Words] = &[
    (&["begin", "start", "create"], Key("open")),
    (&["end", "finish", "close", "save"], Key("commit")),
];

pub(super) const TIMEOUT: &[Words] = &[
    (&["total", "overall", "timeout"], Key("call")),
    (&["try", "request", "read"], Key("attempt")),
];

pub(super) const PAGER: &[Words] = &[
    (
        &["param", "parameter", "key"],
        Way("the parameter is named by the style: `offset: skip`, `page: page`, `cursor: after`"),
    ),
    (&["next_path", "nextPath", "next_cursor", "nextCursor", "path"], Key("next")),
    (&["page_size", "pageSize", "limit_param", "per_page", "take"], Key("limit")),
    (&["has_more", "hasMore"], Key("more")),
    (&["data", "results", "list"], Key("items")),
    (&["start", "initial"], Key("first")),
    (
        &["previous", "prev", "back", "backward"],
        Means("before", "the other direction is `before: { cursor: before, next: meta.previous }`"),
    ),
    (
        &["max", "maximum", "default"],
        Way(
            "how many items a page has is said of the parameter: `query: { limit?: int32(..100) }`",
        ),
    ),
    (&["total", "count"], Way("a total is a member of the answer, like any other")),
];

pub(super) const PAGINATE: &[Words] = &[
    (
        &["style", "offset", "limit", "page", "cursor", "next", "size"],
        Means("use", "how pages are turned stands in `pagers`, under a name: `paginate: NAME`"),
    ),
    (&["pager", "name"], Key("use")),
];

pub(super) const EXAMPLE: &[Words] = &[
    (&["body", "input"], Key("request")),
    (&["returns", "result", "output", "answer", "value"], Key("response")),
    (&["code", "statusCode"], Key("status")),
    (
        &["params", "parameters"],
        Way("parameters stand in `path`, `query`, `headers` and `cookies`"),
    ),
];

pub(super) const GROUP: &[Words] = &[
    (
        &["path", "prefix", "basePath", "base_path", "url"],
        Way("paths stand whole in the methods; what is before all of them is in `servers`"),
    ),
    (
        &["headers", "query", "cookies", "parameters"],
        Way("parameters stand in the methods, or in `parameters` where apps set them once"),
    ),
];

pub(super) const DEFAULTS: &[Words] = &[
    (
        &["datetime", "date", "dates", "format", "enum", "enums"],
        Means("wire", "how values travel is `wire: { datetime: { format: unix } }`"),
    ),
    (
        &["path", "prefix", "basePath", "base_path"],
        Way("what is before all paths belongs to the addresses in `servers`"),
    ),
    (
        &["query", "cookies", "parameters"],
        Way("what apps set once for all calls is `parameters`, beside `defaults`"),
    ),
    (&["case", "casing", "naming"], Way("the key is the wire name; what Rust calls it follows")),
];

pub(super) const RETRY: &[Words] = &[
    (
        &[
            "attempts",
            "max_attempts",
            "max",
            "times",
            "count",
            "retries",
            "backoff",
            "delay",
            "wait",
        ],
        Means(
            "on",
            "how often and how long a call is sent again is up to the app: `builder().retry(…)`",
        ),
    ),
    (&["status", "statuses", "codes"], Key("on")),
];

pub(super) const IDEMPOTENCY: &[Words] = &[(&["key", "name", "headers"], Key("header"))];

pub(super) const SOURCE: &[Words] = &[
    (&["address", "link", "href", "uri"], Key("url")),
    (&["date", "day", "checked_on", "retrieved", "accessed"], Key("checked")),
    (&["name"], Key("title")),
];

/// Where the name of an event stands, or the id of a delivery.
pub(super) const EVENT: &[Words] =
    &[(&["body", "member", "path", "key", "in"], Key("field")), (&["headers"], Key("header"))];

pub(super) const TIMESTAMP: &[Words] =
    &[(&["max_age", "maxAge", "age", "window", "leeway", "drift"], Key("tolerance"))];

pub(super) const INSIDE: &[Words] = &[
    (&["if", "path", "field", "at"], Key("when")),
    (&["type", "model", "body", "error"], Key("as")),
];

pub(super) const RATE_LIMIT: &[Words] = &[
    (&["limit", "max", "calls", "count"], Key("requests")),
    (&["window", "period", "interval", "time", "every", "in"], Key("per")),
];

pub(super) const DELIVERIES: &[Words] = &[
    (
        &["secret", "secrets", "key"],
        Way("secrets are the app's, which hands them over with each delivery"),
    ),
    (&["url", "path", "endpoint", "route"], Way("where deliveries arrive is a matter of the app")),
    (&["signature", "sign", "auth"], Key("verify")),
    (&["types", "webhooks", "messages"], Key("events")),
];

pub(super) const DELIVERY_EXAMPLE: &[Words] =
    &[(&["body", "payload", "data", "content"], Key("request")), (&["header"], Key("headers"))];

pub(super) const VERIFY: &[Words] = &[
    (
        &["bearer", "token", "basic"],
        Way("a secret that travels itself is `{ header: X-Secret, secret: plain }`"),
    ),
    (&["key"], Way("the key is the app's, which hands it over with each delivery")),
    (
        &["algorithm", "alg", "digest", "hash", "mac", "signature"],
        Means("hmac", "what signs is `hmac: sha256`"),
    ),
    (&["format", "encode"], Key("encoding")),
    (
        &["payload", "message", "signed", "content", "body"],
        Means("over", "what is signed is `over: body`, or a text with `{body}` in it"),
    ),
    (&["name"], Key("header")),
    (
        &["tolerance"],
        Means(
            "timestamp",
            "it belongs to the time: `timestamp: { header: X-Timestamp, tolerance: 5m }`",
        ),
    ),
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
