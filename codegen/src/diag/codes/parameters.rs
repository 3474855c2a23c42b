//! `E04xx`: paths and parameters.

use super::super::Code;
use super::super::Role::{Beside, BesideIn, Fit, Reshaped, Unknown, Unread, Wrong};

codes! {
    ROUTE_SYNTAX = "E0401", [Unread], "a route that cannot be read", "\
A route is a verb and a path, as the documentation prints it.

Wrong:

    http: users/{id}

Right:

    http: GET /users/{id}";

    PLACEHOLDER = "E0402", [BesideIn(&["http", "path"]), Unknown(&["path", "parameters"])], "placeholders and parameters that do not match", "\
Every `{placeholder}` of a route has a type, in the method's `path` or in the `path` of the provider,
and every parameter of a method's `path` stands in its route.

Right:

    users.get:
      http: GET /users/{id}
      path: { id: UserId }
      returns: User";

    BAD_PARAMETER = "E0403", [Reshaped], "a parameter that cannot travel outside a body", "\
Paths, queries, headers and cookies carry scalars, ids and enums; queries also lists of them, and objects
where their style says how.

Right:

    query: { filter: { type: Filter, style: deep-object } }";

    BAD_HEADER = "E0404", [Wrong], "a header that cannot be sent", "\
Names of headers are letters, digits and hyphens; values are printable ASCII.";

    METHOD_NAME = "E0405", [], "a method name that is none", "\
Methods are named `group.method`: the group becomes a module, the method a function in it.

Right:

    methods:
      users.get: { http: \"GET /users/{id}\", returns: User }";

    DUPLICATE_ROUTE = "E0406", [], "two methods with one route", "\
Two methods that send the same verb to the same path cannot be told apart by the service, so that one
of the routes is a slip of the pen. A value with `style: slash` stands for several steps of a path.";

    BAD_BODY = "E0407", [Reshaped, Beside], "a body that cannot be sent", "\
GET and HEAD requests have no body, and neither has the answer to HEAD or one with 204, 205 or 304. A body of members has at least one,
and is always sent: what may be left out are its members. A body that is sent is of one media type; only
answers can be of any in a range.

Wrong:

    body: binary(image/*)

Right:

    body: binary(image/png)";

    PATH_OF_SERVER = "W0402", [], "a path that its server has already", "\
Paths are relative to the address of their server, which may have a path of its own. One that stands in both is sent twice.

Wrong:

    servers: { production: https://api.example.com/v1 }
    methods: { orders.list: { http: GET /v1/orders, returns: json } }

Right:

    servers: { production: https://api.example.com/v1 }
    methods: { orders.list: { http: GET /orders, returns: json } }";

    LIMIT_STATUS = "W0403", [], "a status of limits that means other things as well", "\
What is over a limit comes back later and is sent again. 403 and the like mostly refuse for another reason, which stays. Where
`rate_limit` names the header that tells how many calls are left, only answers in which that is 0, or which have `Retry-After`,
are over the limit.

Wrong:

    rate_limit: { status: [403, 429], headers: { reset: X-RateLimit-Reset } }

Right:

    rate_limit: { status: [403, 429], headers: { remaining: X-RateLimit-Remaining, reset: X-RateLimit-Reset } }";

    BAD_STYLE = "E0408", [Reshaped], "a style that does not fit", "\
A style says how a list or an object stands in a query: `form` repeats the name, `csv`, `space` and `pipe`
put the items into one text, `deep-object` puts the names of members in brackets. In a path there is `slash`, for a text that keeps
its slashes; between two of them the route has a word.

Wrong:

    query: { page?: { type: int32, style: csv } }

Right:

    query: { pages?: { type: list<int32>, style: csv } }";

    KEY_BY_HAND = "W0401", [], "a key for calls that are sent again, made by hand", "\
By such a key a service knows a call that is sent again, so that it acts once. The client makes one for each call, the
same for all its attempts, and sends again what has one; a header that apps fill is sent as it is, and the call once.

Wrong:

    books.add: { http: POST /books, headers: { Idempotency-Key: string }, body: Book, returns: Book }

Right:

    books.add: { http: POST /books, idempotency: { header: Idempotency-Key }, body: Book, returns: Book }";

    USELESS_KEY = "E0410", [Beside], "an idempotency key for what may be sent twice anyway", "\
An idempotency key tells the service that a call is sent again, so that it acts once. Calls that read
or are idempotent need none. Where `idempotency` stands in `defaults` or in a group, it holds for the
calls that write.";

    UNKNOWN_PAGER = "E0411", [Unknown(&["pagers"])], "a pager that does not exist", "\
`paginate` of a method names an entry of `pagers`.";

    BAD_PAGER = "E0412", [Fit], "a pager that cannot turn pages", "\
A pager has one of the styles `offset`, `page`, `cursor`, `link-header` and `next-url`, and what that
style needs to know. Links are followed with GET only. Pages that end with a short one need `size`. The cursor
is a member of the answer, `next`, or of the last item of the list, `last`.

Right:

    pagers:
      records: { style: offset, offset: skip, limit: take, end: short, size: 10 }";

    PAGER_PARAMETER = "E0413", [Fit], "a parameter that cannot ask for pages", "\
A method may declare the parameters of its pager itself, to document them. Offsets, numbers and sizes
are whole numbers then, and a cursor is a single value.";

    CLIENT_PARAMETER = "E0414", [], "a parameter of the client that is in the way", "\
What stands in `parameters` belongs to the client: every call sends it, and a placeholder of that name is filled
by it in every route. So no method declares it again, and no constant header has its name. One in the path whose
name ends in `?` may have a default, which is sent unless the app sets something else.

Wrong:

    parameters: { query: { locale?: string } }
    methods:
      texts.list: { http: GET /texts, query: { locale?: string }, returns: json }

Right:

    parameters: { query: { locale?: string } }
    methods:
      texts.list: { http: GET /texts, returns: json }";

    OWN_HEADER = "E0420", [], "a header that the client makes itself", "\
Some headers follow from other parts of a specification, or from the connection. One that is set by hand
as well would be sent twice or be wrong: credentials belong to `auth`, the host to `servers`, cookies to
`cookies`, and the type of a body to `body`. What an API key of `auth` is sent as is not declared again, either.

Wrong:

    methods:
      users.get: { http: GET /user, headers: { Authorization: string }, returns: User }

Right:

    auth: { token: { scheme: bearer } }
    methods:
      users.get: { http: GET /user, auth: token, returns: User }";

    BAD_TIMEOUT = "E0421", [], "a limit of time that is none", "\
How long something may take is a whole number of seconds, minutes or hours, from `1s` to `24h`. What takes
no time cannot be done, and longer than a day no client lives for certain.

Wrong:

    timeout: 500ms

Right:

    timeout: { attempt: 30s, call: 2m }";

    TIMEOUT_ORDER = "E0422", [Beside, Unknown(&["groups"])], "a part that may take longer than the whole", "\
Connecting is a part of an attempt, and an attempt is a part of its call: whatever the part is allowed, it ends
with the whole. A whole that is declared closer than its part, in a method or over the `defaults` of a used file, may be shorter: it cuts
the part short.

Wrong:

    timeout: { attempt: 2m, call: 30s }

Right:

    timeout: { attempt: 30s, call: 2m }";

    CONNECT_TIMEOUT = "E0423", [], "a time to connect that is not for all calls", "\
Connections are kept and serve calls of all methods, so that how long one may take to come about is said
once, in `defaults`.

Right:

    defaults: { timeout: { connect: 5s } }
    methods:
      reports.make: { http: POST /reports, timeout: { call: 5m }, returns: nothing }";

    TRANSACTION_METHOD = "E0430", [Fit, Unknown(&["methods"])], "a transaction without its methods", "\
`open` and `commit` of a `transaction` name two methods of the group in which it stands, without the name of
the group: one that begins a transaction and one that ends it.

Right:

    groups:
      exports:
        transaction: { open: create, commit: commit, id: export-id }";

    TRANSACTION_ANSWER = "E0431", [Fit], "a transaction that nobody learns the id of", "\
The method that begins a transaction answers with an object, or with nothing where there is nothing new. A
member of it is the id. It is there in every such answer, and has the type of the parameter that it goes into.
Where it is called otherwise than the parameter, `at` says how.

Right:

    path: { export-id: ExportId }
    models:
      ExportId: int64
      Export: { fields: { id: ExportId } }
    groups:
      exports: { transaction: { open: create, commit: commit, id: export-id, at: id } }
    methods:
      exports.create: { http: POST /exports, returns: { 201: Export, 204: nothing } }
      exports.commit: { http: \"PUT /exports/{export-id}\", returns: nothing }";

    TRANSACTION_PARAMETER = "E0432", [Fit, Unknown(&["path"])], "a commit that needs more than a transaction holds", "\
A transaction holds what its commit requires: the id, and what the method that begins one requires under the
same name and of the same type. These are ids, texts and whole numbers. A commit with a body, or with a parameter
that is known later only, is a method to be called by itself: leave `transaction` out.

Wrong:

    exports.create: { http: POST /exports, returns: Export }
    exports.commit: { http: \"PUT /users/{user}/exports/{export-id}\", returns: nothing }

Right:

    exports.create: { http: \"POST /users/{user}/exports\", returns: Export }
    exports.commit: { http: \"PUT /users/{user}/exports/{export-id}\", returns: nothing }";

    TRANSACTION_NAME = "E0433", [], "a method that a transaction has under this name", "\
All methods of the group that take the id of a transaction are methods of the transaction, under their own names.
`commit`, `abandon` and `id` are what every transaction has. The names of methods are known to the specification
only, so that another one can be chosen.

Wrong:

    exports.abandon: { http: \"DELETE /exports/{export-id}\", returns: nothing }

Right:

    exports.cancel: { http: \"DELETE /exports/{export-id}\", returns: nothing }";

    TRANSACTION_TYPE = "E0434", [Fit], "a parameter of a transaction that has two types", "\
What a transaction holds is filled into all methods of the group that take its id. So a parameter has the same type
in all of them, and is required. Types in the `path` of a file hold for all routes with a placeholder of that name.

Wrong:

    methods:
      exports.commit: { http: \"PUT /exports/{export-id}\", path: { export-id: int64 }, returns: nothing }
      exports.list: { http: \"GET /exports/{export-id}\", path: { export-id: string }, returns: json }

Right:

    path: { export-id: int64 }
    methods:
      exports.commit: { http: \"PUT /exports/{export-id}\", returns: nothing }
      exports.list: { http: \"GET /exports/{export-id}\", returns: json }";
}
