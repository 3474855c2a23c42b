//! What other languages call a key of this one: OpenAPI, JSON Schema, TypeScript, libraries of HTTP.
//!
//! Whoever comes from there writes such a key with good reason, and no key of this language is near to it.

use crate::type_slips;
use crate::yaml::{Node, Value};

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

type Words = (&'static [&'static str], Instead);

const ROUTE: Instead = Means("http", "verb and path stand together: `http: GET /users/{id}`");
const NESTED: Instead = Way("an object inside an object is a model of its own, which has a name");
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
    (&["info"], Means("provider", "the name is `provider: { name: punt, title: … }`")),
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
    (
        &["enum", "values"],
        Way("an enum is a model with a name: `models: { Colour: { enum: [red, green] } }`"),
    ),
    (&["properties", "fields"], NESTED),
    (
        &["oneOf", "anyOf", "allOf", "union"],
        Way("a choice is a model with a name: `models: { Value: { union: { … } } }`"),
    ),
    (&["$ref", "schema"], Means("type", "a model is named by its name: `type: User`")),
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

const VARIANT: &[Words] = &[(
    &["xml", "json", "schema", "$ref"],
    Means("type", "what it holds is JSON, of one type: `type: TextMessage`"),
)];

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

const VERIFY: &[Words] = &[
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
        "a variant" => VARIANT,
        "a pager" => PAGER,
        "paginate" => PAGINATE,
        "a union" => UNION,
        "an example" => EXAMPLE,
        "verify" => VERIFY,
        _ => &[],
    };
    let found = own.iter().chain(ANY).find(|(words, _)| words.contains(&key));
    let found = found.map(|(_, instead)| *instead);
    found.filter(|instead| instead.key().is_none_or(|key| asked.contains(&key)))
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

/// How a value is mended that is of the wrong kind: in words, and as what stands in its place.
pub(super) struct Remedy {
    pub(super) help: String,
    pub(super) patch: Option<String>,
}

/// A text in braces, `{body}`, which YAML takes for a mapping. Few texts have braces of their own.
pub(super) fn in_braces(what: &str, node: &Node) -> Option<Remedy> {
    const WITH_BRACES: [&str; 7] =
        ["over", "doc", "const", "default", "url", "token_url", "authorize_url"];
    let [only] = node.as_mapping()? else { return None };
    let key = only.key.value.as_str();
    let whole = (node.span.end - node.span.start) as usize == key.len() + 2;
    let (help, patch) = if WITH_BRACES.contains(&what) {
        ("a text that begins with a brace is put in quotes", format!("\"{{{key}}}\""))
    } else {
        ("a text has no braces around it", key.to_owned())
    };
    (whole && only.value.is_null()).then(|| Remedy { help: help.to_owned(), patch: Some(patch) })
}

/// How what should be a mapping is written, where a text or a list of it stands.
pub(super) fn written(what: &str, node: &Node) -> Option<Remedy> {
    let text = node.as_scalar().map(|scalar| scalar.text.as_str());
    let example = match (what, text) {
        ("servers", Some(url)) if is_address(url) => {
            let patch = format!("{{ production: {} }}", quoted_braces(url));
            return Some(Remedy { help: "give the server a name".to_owned(), patch: Some(patch) });
        }
        ("a source", Some(url)) if is_address(url) => {
            let patch = format!("{{ url: {} }}", quoted_braces(url));
            return Some(Remedy {
                help: "say that it is the address".to_owned(),
                patch: Some(patch),
            });
        }
        ("path", Some(path)) if path.starts_with('/') => {
            let help = "the path of a method stands behind its verb: `http: GET /users/{id}`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("a server" | "servers", _) if let Some(url) = only_address(node) => {
            let patch = format!("{{ production: {} }}", quoted_braces(url));
            return Some(Remedy { help: "give the server a name".to_owned(), patch: Some(patch) });
        }
        ("provider", Some(name)) => {
            let patch = format!("{{ name: {name} }}");
            return Some(Remedy { help: "say that it is the name".to_owned(), patch: Some(patch) });
        }
        ("an auth entry", Some(scheme @ ("basic" | "bearer" | "jwt"))) => {
            let patch = format!("{{ scheme: {scheme} }}");
            return Some(Remedy {
                help: "say that it is the scheme".to_owned(),
                patch: Some(patch),
            });
        }
        ("http", _) if let Some(route) = route_in_parts(node) => {
            let help = "verb and path are one text".to_owned();
            return Some(Remedy { help, patch: Some(format!("\"{route}\"")) });
        }
        ("an example", Some(text)) if !text.contains('.') => {
            "examples: { first: { response: { id: u-1 } } }"
        }
        ("an example", Some(_)) => {
            let help = "an exchange is a file of raw HTTP, whose name ends in `.http`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("http", _) => "http: GET /users/{id}",
        ("enum", _) => "enum: [red, green]",
        ("an item of `enum", _) => "enum: { 1: One, 2: Two }",
        ("variants", _) => "variants: { text: TextMessage, image: ImageMessage }",
        ("servers", _) => "servers: { production: https://api.example.com }",
        ("a source" | "sources", _) => "sources: { docs: { url: https://developers.example.com } }",
        ("models", _) => "models: { User: { fields: { id: string } } }",
        ("methods", _) => "methods: { users.get: { http: GET /user, returns: User } }",
        ("auth" | "an auth entry", _) => "auth: { token: { scheme: bearer } }",
        ("provider", _) => "provider: { name: punt }",
        // The members of a model, as they are; whatever else stands there is no name.
        ("multipart", Some(name)) if name.starts_with(|c: char| c.is_uppercase()) => {
            let patch = format!("{{ ...: {name} }}");
            let help = "take the members of the model with `...`".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("multipart", _) => "multipart: { picture: file, title?: string }",
        ("any", _) => "any: { Json: Report, Table: text(text/csv) }",
        ("fields", _) => "fields: { id: string, name?: string }",
        ("path", _) => "path: { id: string }",
        ("query", _) => "query: { page?: int32 }",
        ("headers", _) => "headers: { X-Trace?: string }",
        ("cookies", _) => "cookies: { session: string }",
        ("errors", _) => "errors: { 404: nothing, default: Problem }",
        ("formats", _) => "formats: { json: application/json, csv: text/csv }",
        ("examples", _) => "examples: { first: { response: { id: u-1 } } }",
        ("groups" | "a group", _) => "groups: { users: { doc: People with an account. } }",
        ("pagers", _) => "pagers: { pages: { style: page, page: page } }",
        ("a union", _) => "union: { tag: type, variants: { text: TextMessage } }",
        ("use", _) => "use: { common: common.yaml }",
        _ => return None,
    };
    Some(Remedy { help: format!("as in `{example}`"), patch: None })
}

/// A list of one type, where a type belongs.
pub(super) fn list_as_type(node: &Node) -> Option<Remedy> {
    let Value::Sequence(items) = &node.value else { return None };
    let names: Vec<&str> =
        items.iter().filter_map(|item| Some(item.as_scalar()?.text.as_str())).collect();
    match names.as_slice() {
        [one] if items.len() == 1 && !one.is_empty() => {
            let ty = format!("list<{one}>");
            // Inside { } a comma would end it.
            let patch = if ty.contains(',') { format!("\"{ty}\"") } else { ty };
            Some(Remedy { help: "a list says what is in it".to_owned(), patch: Some(patch) })
        }
        [_, _, ..] => {
            let help = "several values are an enum, a model with a name: `enum: [red, green]`";
            Some(Remedy { help: help.to_owned(), patch: None })
        }
        _ => None,
    }
}

/// The one address of a list.
fn only_address(node: &Node) -> Option<&str> {
    let [only] = node.as_sequence()? else { return None };
    let url = only.as_scalar().or_else(|| only.get("url")?.as_scalar())?;
    let plain = only.as_mapping().is_none_or(|entries| entries.len() == 1);
    Some(url.text.as_str()).filter(|url| plain && is_address(url))
}

/// `[GET, /users]` and `{ method: GET, path: /users }`
fn route_in_parts(node: &Node) -> Option<String> {
    let text = |node: &Node| Some(node.as_scalar()?.text.clone());
    let (verb, path) = match &node.value {
        Value::Sequence(items) => match items.as_slice() {
            [verb, path] => (text(verb)?, text(path)?),
            _ => return None,
        },
        _ => (text(node.get("method")?)?, text(node.get("path").or_else(|| node.get("url"))?)?),
    };
    let fits = verb.chars().all(|c| c.is_ascii_alphabetic()) && path.starts_with('/');
    (fits && !path.contains('"')).then(|| format!("{} {path}", verb.to_ascii_uppercase()))
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Quotes are needed around braces inside braces.
fn quoted_braces(text: &str) -> String {
    if text.contains(['{', '}', ',', '[', ']']) { format!("\"{text}\"") } else { text.to_owned() }
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
