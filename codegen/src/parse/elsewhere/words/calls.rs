//! Words for how calls go: pages, repetition, limits and examples.

use super::super::Instead::{Key, Means, Way};
use super::Words;

pub(in super::super) const TRANSACTION: &[Words] = &[
    (&["begin", "start", "create"], Key("open")),
    (&["end", "finish", "close", "save"], Key("commit")),
];

pub(in super::super) const TIMEOUT: &[Words] = &[
    (&["total", "overall", "timeout"], Key("call")),
    (&["try", "request", "read"], Key("attempt")),
];

pub(in super::super) const PAGER: &[Words] = &[
    (&["type", "kind", "strategy", "mode"], Key("style")),
    (
        &["param", "parameter", "key"],
        Way("the parameter is named by the style: `offset: skip`, `page: page`, `cursor: after`"),
    ),
    (&["next_path", "nextPath", "next_cursor", "nextCursor", "path", "url"], Key("next")),
    (
        &["header", "rel"],
        Way("the header is `Link`, with `rel=\"next\"`: say `style: link-header` alone"),
    ),
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

pub(in super::super) const PAGINATE: &[Words] = &[
    (
        &["style", "offset", "limit", "page", "cursor", "next", "size"],
        Means("use", "how pages are turned stands in `pagers`, under a name: `paginate: NAME`"),
    ),
    (&["pager", "name"], Key("use")),
];

pub(in super::super) const EXAMPLE: &[Words] = &[
    (&["summary", "description", "name", "doc"], Key("title")),
    (&["error", "failure", "expected"], Key("response")),
    (
        &["url", "uri", "http"],
        Way("values of parameters stand by their names: `path: { id: u-1 }`, `query: { page: 2 }`"),
    ),
    (&["body", "input"], Key("request")),
    (&["returns", "result", "output", "answer", "value"], Key("response")),
    (&["code", "statusCode"], Key("status")),
    (
        &["params", "parameters"],
        Way("parameters stand in `path`, `query`, `headers` and `cookies`"),
    ),
];

pub(in super::super) const RETRY: &[Words] = &[
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

pub(in super::super) const IDEMPOTENCY: &[Words] = &[(&["key", "name", "headers"], Key("header"))];

pub(in super::super) const RATE_LIMIT: &[Words] = &[
    (
        &["remaining", "reset", "header"],
        Means(
            "headers",
            "what headers tell is `headers: { limit: X-Limit, remaining: X-Remaining, reset: X-Reset }`",
        ),
    ),
    (
        &["per_second", "per_minute", "per_hour", "rps", "rpm"],
        Means("requests", "a limit is `requests: 500` and `per: 15m`"),
    ),
    (&["limit", "max", "calls", "count"], Key("requests")),
    (
        &["retry", "retry_after", "backoff"],
        Way("`Retry-After` is waited for by itself, and how often is up to the app"),
    ),
    (&["window", "period", "interval", "time", "every", "in"], Key("per")),
];
