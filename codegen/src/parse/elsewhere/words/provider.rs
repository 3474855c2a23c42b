//! Words for a file as a whole and for what is about the provider.

use super::super::Instead::{Key, Means, Way};
use super::Words;

pub(in super::super) const SPECIFICATION: &[Words] = &[
    (
        &["paths", "endpoints", "operations", "routes", "requests", "resources", "services"],
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
        &["host", "basePath", "schemes", "baseUrl", "base_url", "baseUri", "url"],
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
        &["openapi", "swagger", "asyncapi", "raml"],
        Way("this is no document of another language: a file begins with `clientwright: 1`"),
    ),
    (
        &["query", "cookies"],
        Means(
            "parameters",
            "what every call sends stands in `parameters`: `parameters: { query: { locale?: string } }`",
        ),
    ),
    (
        &["imports", "import", "include", "includes", "$ref"],
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
        &["errors", "headers", "retry", "wire", "timeout", "idempotency"],
        Means("defaults", "what all methods have stands in `defaults`"),
    ),
];

pub(in super::super) const PROVIDER: &[Words] = &[
    (&["id", "slug", "key", "module", "namespace"], Key("name")),
    (&["version"], Way("the version of an API stands in its addresses and documentation")),
    (
        &["base_url", "baseUrl", "url", "server", "servers", "host", "address"],
        Way(
            "addresses stand beside `provider`: `servers: { production: https://api.example.com }`",
        ),
    ),
    (&["label", "display_name", "displayName"], Key("title")),
];

pub(in super::super) const SERVER: &[Words] =
    &[(&["address", "baseUrl", "base_url", "host", "uri"], Key("url"))];

pub(in super::super) const AUTH: &[Words] = &[
    (
        &["type", "kind"],
        Means("scheme", "the scheme is `scheme: bearer`, `basic`, `api-key`, `jwt` or `oauth2`"),
    ),
    (
        &["in", "name", "location"],
        Way(
            "an API key says where it travels: `header: X-Api-Key`, `query: api_key` or `cookie: session`",
        ),
    ),
    (
        &["value", "template", "format", "header_prefix", "headerPrefix", "token_prefix"],
        Way("what stands before an API key in its header is `prefix: \"Token \"`"),
    ),
    (
        &["prefix"],
        Way(
            "a token behind another word than `Bearer` is `{ scheme: api-key, header: Authorization, prefix: \"Token \" }`",
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
    (&["user", "login"], Key("username")),
    (&["pass", "pwd"], Key("password")),
    (&["algorithm"], Key("alg")),
    (&["expires", "expires_in", "expiry", "ttl"], Key("lifetime")),
    (
        &["refresh_url", "refreshUrl", "refresh_token_url"],
        Way("tokens are renewed where they come from, at `token_url`: leave it out"),
    ),
    (
        &["redirect_uri", "redirectUri", "redirect_url", "callback", "callback_url", "state"],
        Way("the app says where users come back to, when it asks: `client.authorize_user()`"),
    ),
    (
        &["response_type", "access_type", "prompt"],
        Means(
            "authorize_url",
            "what the browser is sent with stands behind the address: `authorize_url: \"https://login.example.com/authorize?prompt=consent\"`",
        ),
    ),
    (&["payload"], Key("claims")),
    (&["params", "parameter", "queryParam"], Key("query")),
    (
        &["body", "field", "form"],
        Means(
            "header",
            "a key travels in a header, the query or a cookie; in a body it is a member",
        ),
    ),
    (
        &["audience", "resource"],
        Means("token_fields", "what is sent besides is `token_fields: { audience: … }`"),
    ),
    (&["oneOf", "oneof", "anyOf", "anyof", "or"], Key("any")),
    (&["allOf", "allof", "and"], Key("all")),
];

pub(in super::super) const GROUP: &[Words] = &[
    (
        &["methods", "endpoints", "operations", "paths", "routes"],
        Way(
            "the methods of a group stand in `methods`, with its name: `users.get: { http: GET /user, … }`",
        ),
    ),
    (
        &["path", "prefix", "basePath", "base_path", "url"],
        Way("paths stand whole in the methods; what is before all of them is in `servers`"),
    ),
    (
        &["headers", "query", "cookies", "parameters"],
        Way("parameters stand in the methods, or in `parameters` where apps set them once"),
    ),
];

pub(in super::super) const DEFAULTS: &[Words] = &[
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
    (&["server", "servers"], Way("the first of `servers` is the default")),
    (&["retries"], Key("retry")),
    (
        &["rate_limit", "rateLimit", "limits"],
        Way(
            "a limit of the service is `rate_limit: { requests: 500, per: 15m }`, beside `defaults`",
        ),
    ),
    (
        &["paginate", "pagination", "pager"],
        Way(
            "each method that has pages says so: `paginate: NAME`, with the name of an entry of `pagers`",
        ),
    ),
    (&["returns", "response", "body", "effect"], Way("each method says this of itself")),
    (&["case", "casing", "naming"], Way("the key is the wire name; what Rust calls it follows")),
];

pub(in super::super) const SOURCE: &[Words] = &[
    (&["address", "link", "href", "uri"], Key("url")),
    (&["date", "day", "checked_on", "retrieved", "accessed"], Key("checked")),
    (&["name"], Key("title")),
];
