//! `E05xx`: answers and errors.

use super::super::Code;
use super::super::Role::{Beside, Fit, Reshaped, Shape, Unread};

codes! {
    STATUS_SYNTAX = "E0501", [Unread], "a status that is none", "\
A status is a number from 100 to 599. In `errors` it can also be `4xx`, `5xx` or `default`.";

    ENCODED_WHOLE = "W0501", [], "a file that would be a text in base64", "\
`bytes` stands for bytes inside of JSON, where they are a text in base64. A body or an answer that is a file as a
whole is `binary`. Where a service really sends JSON of a single text, say so.

Wrong:

    books.cover: { http: GET /cover, returns: bytes }

Right:

    books.cover: { http: GET /cover, returns: binary(image/png) }";

    SEVERAL_ANSWERS = "E0502", [Reshaped, Fit], "a success with two different bodies", "\
All successful answers of a method have one type. Some of them may be nothing: then the method gives
an `Option`.

Right:

    returns: { 200: Notifications, 204: nothing }

Answers of different types have names, which become the variants of an enum. What is no JSON has no
members and is not read into a model; only bytes are decompressed.

Right:

    returns: { 200: User as Found, 202: Job as Queued }";

    BAD_ERROR_TYPE = "E0503", [], "an error that is no model", "\
The body of an error is a model, so that it has a name and documentation; an error without a body is
`nothing as Name`.";

    SUCCESS_AND_ERROR = "E0504", [Fit], "a status that is both a success and an error", "\
A status in `returns` is a success, whatever number it has; it cannot be an error too.";

    NO_MESSAGE = "E0505", [Fit], "a message that nobody could show", "\
`message` of a model names the member that says for people what went wrong: a `string`, or a model or list of
models, each with a `message` of its own. Ids, numbers, maps and lists of texts are none.

Wrong:

    Problem: { message: fields, fields: { detail: string, fields: map<list<string>> } }

Right:

    Problem: { message: detail, fields: { detail: string, fields: map<list<string>> } }";

    RETRIED_SUCCESS = "E0510", [Beside], "a success after which a call is sent again", "\
The statuses in `retry: { on: […] }` are failures; one that `returns` lists ends the call.";

    PAGES_WITHOUT_LIST = "E0511", [Fit, Shape], "pages of something that is no list", "\
A method with `paginate` answers with a list, or with an object that has one list. Where an object has
several, or where the list is deeper inside, `items` names the members that lead to it.

Right:

    paginate: { use: cursor, items: data.users }";

    NO_SUCH_MEMBER = "E0512", [Fit, Shape], "a member that the answer does not have", "\
`next`, `more` and `items` of a pager name members of the answer, with dots between them: `next` and
`more` from the top of the body, `items` from what the method hands out. `last` names members of an item.";

    BAD_QUOTA = "E0513", [], "a limit on calls that cannot be kept", "\
A limit says how many calls there may be in what time, so that clients can keep to it: a number and a time
in seconds, minutes or hours.

Wrong:

    rate_limit: { requests: 500, per: 15 minutes }

Right:

    rate_limit: { requests: 500, per: 15m }";

    STREAM = "E0514", [Reshaped, Fit, Shape], "a stream that cannot be", "\
`events<T>` are server-sent events, `lines<T>` is JSON with one value in each line. `T` is a model, a
text, a number, a boolean or `json`. Both are answers as a whole.

Events may have an `end`, the data that comes last, and may be `named`: then the name of an event tells
what it holds, and the type is a union with `tag: event` and `content: data`.

Right:

    returns: { type: events<Update>, named: true, end: \"[DONE]\" }";

    XML_BODY = "E0515", [], "a body that cannot be a document of XML", "\
A document of XML is one element with others in it, which is an object: a model with `fields`. A list is
a member of one. Bodies in XML do not come in pages.

Wrong:

    methods:
      orders.list: { http: GET /orders, returns: { xml: list<Order> } }

Right:

    models: { Orders: { fields: { order: list<Order> } } }
    methods:
      orders.list: { http: GET /orders, returns: { xml: Orders } }";

    XML_MEMBER = "E0516", [Fit], "a member for which XML has no form", "\
What travels in XML has members that are scalars, ids, enums, objects, and lists of these. Unions, maps,
`json` and lists of lists have no form there: nothing in the text would tell what they are.

The elements of a list are a list, also if there is only one, and none is an empty list: `as: [list, one]`
and null mean nothing. An attribute is there or not, but never null. Numbers are texts in XML, so that
`none_when` of a number needs `as: string`.";

    XML_PLACE = "E0517", [Fit], "a member where XML has no place for it", "\
An attribute and the text of an element are scalars, or lists with `as: csv`. An element with a text of
its own has attributes beside it and nothing else. Only a list can be `wrapped`.

Right:

    Price: { fields: { currency: { type: string, xml: attribute }, amount: { type: decimal, xml: text } } }
    Order: { fields: { lines: { type: list<Line>, xml: { wrapped: line } } } }";

    XML_NAME = "E0518", [Reshaped], "a name that no element can have", "\
Names of elements and attributes begin with a letter or `_` and go on with letters, digits, `-`, `_` and
`.`. Prefixes of namespaces are not part of them: they are passed over when XML is read. So is `xmlns`, which
is an attribute by its looks only.

Wrong:

    Order: { xml: { root: \"s:order\" }, fields: { id: string } }

Right:

    Order: { xml: { root: order, xmlns: \"urn:shop\" }, fields: { id: string } }";

    XML_MISPLACED = "E0519", [], "`xml` where nothing is XML", "\
`xml` says where a member of a model stands in XML. Parameters never do, and the members of a body that
has no model are JSON, a form or parts: a body in XML is a model, `body: { xml: Order }`.";

    SAME_MEDIA = "E0520", [Fit], "two alternatives with one media type", "\
The alternatives of `any` are told apart by their media types: an answer by its `Content-Type`, a body by the
one that it is sent with. Models are `application/json`. Where one media type has several shapes, they are the
variants of a union.

Wrong:

    returns: { any: { Short: Summary, Long: Report } }

Right:

    returns: { any: { Json: Report, Table: text(text/csv) } }";

    ONE_ALTERNATIVE = "E0521", [Reshaped, Beside], "a choice of one", "\
`any` names two alternatives or more. What is always sent or answered in one way is written without it.

Wrong:

    returns: { any: { Json: Report } }

Right:

    returns: Report";

    NO_ALTERNATIVE = "E0522", [], "something that cannot be an alternative", "\
An alternative has a media type, so that `nothing` is none: an answer without a body has a status of its own,
and a body that may be left out is `body?`. Alternatives are not inside each other.

Right:

    returns: { 200: { any: { Json: Report, Table: text(text/csv) } }, 204: nothing as Empty }";

    EXAMPLE_ALTERNATIVE = "E0523", [Fit, Shape], "an example of an alternative that does not exist", "\
Where a body or an answer has alternatives, `request_as` and `response_as` of an example name the one that it
shows. Without them it is the first that fits. An exchange in a file of its own says it by its `Content-Type`.

Right:

    examples:
      table: { response_as: Table, response: \"id,name\" }";
}
