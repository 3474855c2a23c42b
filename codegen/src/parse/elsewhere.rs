//! What other languages call a key of this one: OpenAPI, JSON Schema, TypeScript, libraries of HTTP.
//!
//! Whoever comes from there writes such a key with good reason, and no key of this language is near to it.

use crate::type_slips;
use crate::yaml::Node;

/// What stands here in place of a key of another language.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// This key, with the same value.
    Key(&'static str),
    /// This key, written in another way.
    Means(&'static str, &'static str),
    /// Something that is no key here.
    Way(&'static str),
}

use Instead::{Key, Means, Way};

impl Instead {
    /// The key that was meant.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Key(key) | Means(key, _) => Some(key),
            Way(_) => None,
        }
    }
}

/// What is said wherever an object is written in place of the name of a model.
pub(crate) const NAMED_OBJECT: &str = "an object is a model of its own, which has a name: \
     `models: { Address: { fields: { city: string } } }`; say `Address` here";

type Words = (&'static [&'static str], Instead);

const ROUTE: Instead = Means("http", "verb and path stand together: `http: GET /users/{id}`");
const NESTED: Instead = Means("type", NAMED_OBJECT);
const CHOICE: Instead =
    Means("type", "a choice is a model with a name: `models: { Value: { union: { … } } }`");
const VALUES: Instead =
    Means("type", "an enum is a model with a name: `models: { Colour: { enum: [red, green] } }`");
const LIMITS: Instead = Way("limits stand behind the type: `int32(1..100)`, `string(..35)`");

const SPECIFICATION: &[Words] = &[
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
        &["name", "title", "description", "doc"],
        Means("provider", "this belongs to `provider: { name: punt, … }`"),
    ),
    (
        &["errors", "headers", "retry", "wire"],
        Means("defaults", "what all methods have stands in `defaults`"),
    ),
];

const METHOD: &[Words] = &[
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

const MODEL: &[Words] = &[
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
        &["oneOf", "anyOf", "variants", "discriminator", "untagged", "key"],
        Means(
            "union",
            "one of several is `union: { tag: type, variants: { … } }` or `union: { untagged: { … } }`",
        ),
    ),
    (&["values", "options", "const"], Means("enum", "an enum is `enum: [red, green]`")),
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
    (&["$ref"], Means("type", "a model is named by its name: `type: User`")),
    (&["name"], Way("the key is the name of the model")),
];

const MEMBER: &[Words] = &[
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
    (&["enum", "values"], VALUES),
    (&["properties", "fields"], NESTED),
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
        &["explode"],
        Means("style", "`style: csv` puts a list into one text; without it the name is repeated"),
    ),
];

const BODY: &[Words] = &[
    (&["properties", "members"], Key("fields")),
    (&["formData", "urlencoded"], Key("form")),
    (&["parts", "files"], Key("multipart")),
    (&["type", "schema", "content", "$ref"], Way("a body of one model is its name: `body: User`")),
    (&["required", "optional"], Way("a body that can be left out is `body?`")),
];

const ANSWER: &[Words] = &[
    (&["schema", "body", "model"], Key("type")),
    (&["$ref"], Means("type", "a model is named by its name: `returns: User`")),
    (&["path", "in", "inside", "unwrap"], Key("at")),
    (&["fields", "properties", "members"], NESTED),
    (&["enum", "values"], VALUES),
    (&["union", "oneOf", "anyOf"], CHOICE),
    (&["headers"], Way("headers of an answer need no words: `.with_response()` hands them out")),
];

const SERVER: &[Words] = &[(&["address", "baseUrl", "base_url", "host", "uri"], Key("url"))];

const AUTH: &[Words] = &[
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

const TRANSACTION: &[Words] = &[
    (&["begin", "start", "create"], Key("open")),
    (&["end", "finish", "close", "save"], Key("commit")),
];

const TIMEOUT: &[Words] = &[
    (&["total", "overall", "timeout"], Key("call")),
    (&["try", "request", "read"], Key("attempt")),
];

const XML_ELEMENT: &[Words] = &[
    (&["name", "element"], Key("root")),
    (&["namespace"], Key("xmlns")),
    (&["prefix"], Way("a prefix only stands for a namespace: `xmlns: urn:orders`")),
];

const XML_PLACE: &[Words] = &[
    (&["attribute"], Way("an attribute is `xml: attribute`")),
    (&["text"], Way("the text of the element is `xml: text`")),
    (&["name"], Way("the key of the member is the name of its element")),
    (&["namespace", "prefix"], Way("a model has a namespace: `xml: { xmlns: urn:orders }`")),
];

const VARIANT: &[Words] = &[
    (
        &["xml", "json", "schema", "$ref"],
        Means("type", "what it holds is JSON, of one type: `type: TextMessage`"),
    ),
    (&["fields", "properties", "members"], NESTED),
    (&["enum", "values"], VALUES),
    (&["union", "oneOf", "anyOf"], CHOICE),
    (&["alias", "aliases"], Key("also")),
];

const PAGER: &[Words] = &[
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

const PAGINATE: &[Words] = &[
    (
        &["style", "offset", "limit", "page", "cursor", "next", "size"],
        Means("use", "how pages are turned stands in `pagers`, under a name: `paginate: NAME`"),
    ),
    (&["pager", "name"], Key("use")),
];

const UNION: &[Words] = &[
    (&["discriminator", "propertyName"], Key("tag")),
    (&["mapping", "oneOf", "anyOf", "types"], Key("variants")),
];

const EXAMPLE: &[Words] = &[
    (&["body", "input"], Key("request")),
    (&["returns", "result", "output", "answer", "value"], Key("response")),
    (&["code", "statusCode"], Key("status")),
    (
        &["params", "parameters"],
        Way("parameters stand in `path`, `query`, `headers` and `cookies`"),
    ),
];

const GROUP: &[Words] = &[
    (
        &["path", "prefix", "basePath", "base_path", "url"],
        Way("paths stand whole in the methods; what is before all of them is in `servers`"),
    ),
    (
        &["headers", "query", "cookies", "parameters"],
        Way("parameters stand in the methods, or in `parameters` where apps set them once"),
    ),
];

const DEFAULTS: &[Words] = &[
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

const RATE_LIMIT: &[Words] = &[
    (&["limit", "max", "calls", "count"], Key("requests")),
    (&["window", "period", "interval", "time", "every", "in"], Key("per")),
];

const DELIVERIES: &[Words] = &[
    (
        &["secret", "secrets", "key"],
        Way("secrets are the app's, which hands them over with each delivery"),
    ),
    (&["url", "path", "endpoint", "route"], Way("where deliveries arrive is a matter of the app")),
    (&["signature", "sign", "auth"], Key("verify")),
    (&["types", "webhooks", "messages"], Key("events")),
];

const DELIVERY_EXAMPLE: &[Words] =
    &[(&["body", "payload", "data", "content"], Key("request")), (&["header"], Key("headers"))];

const VERIFY: &[Words] = &[
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
const ANY: &[Words] = &[(
    &["description", "summary", "desc", "comment", "docs", "documentation", "help"],
    Key("doc"),
)];

/// What `key` stands for in `what`, where the keys `asked` are known.
pub(super) fn instead(what: &str, key: &str, asked: &[&'static str]) -> Option<Instead> {
    let found = word(what, key);
    found.filter(|instead| instead.key().is_none_or(|key| asked.contains(&key)))
}

/// Whether `found` is another word for `key` in `what`.
pub(super) fn stands_for(what: &str, found: &str, key: &str) -> bool {
    word(what, found).and_then(Instead::key) == Some(key)
}

/// Whether `found` is a word of another language for something in `what`.
pub(super) fn is_word(what: &str, found: &str) -> bool {
    word(what, found).is_some()
}

fn word(what: &str, key: &str) -> Option<Instead> {
    let own = match what {
        "a specification" => SPECIFICATION,
        "a method" => METHOD,
        "a model" => MODEL,
        "a member" => MEMBER,
        "a body" => BODY,
        "an answer" => ANSWER,
        "a server" => SERVER,
        "an auth entry" => AUTH,
        "a transaction" => TRANSACTION,
        "timeout" => TIMEOUT,
        "an element of XML" => XML_ELEMENT,
        "a place in XML" => XML_PLACE,
        "a variant" | "an event" => VARIANT,
        "a pager" => PAGER,
        "paginate" => PAGINATE,
        "a union" => UNION,
        "an example" => EXAMPLE,
        "verify" => VERIFY,
        "a group" => GROUP,
        "defaults" => DEFAULTS,
        "rate_limit" => RATE_LIMIT,
        "deliveries" => DELIVERIES,
        "an example of a delivery" => DELIVERY_EXAMPLE,
        _ => &[],
    };
    let found = own.iter().chain(ANY).find(|(words, _)| words.contains(&key));
    found.map(|(_, instead)| *instead)
}

/// Whether a type is a word of JSON Schema that another key of `node` explains. What stands here in place of
/// both is said of that key.
pub(super) fn explained(ty: &Node, node: &Node) -> bool {
    let Some(word) = ty.as_scalar() else { return false };
    match word.text.as_str() {
        "array" => node.get("items").is_some(),
        "object" => {
            ["additionalProperties", "properties"].iter().any(|key| node.get(key).is_some())
        }
        "integer" | "number" => {
            let format = node.get("format").and_then(Node::as_scalar);
            format.is_some_and(|format| type_slips::of_format(&format.text).is_some())
        }
        _ => false,
    }
}

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
