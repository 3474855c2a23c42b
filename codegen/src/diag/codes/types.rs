//! `E03xx`: types and references.

use super::super::Code;
use super::super::Role::{Fit, Reshaped, Unknown, Wrong};

codes! {
    TYPE_SYNTAX = "E0301", [Wrong], "a type that cannot be read", "\
A type is a scalar, a model, `list<T>`, `map<T>`, or one of these with `| null`.

Wrong:

    tags: list<string

Right:

    tags: list<string>";

    UNKNOWN_TYPE = "E0302", [Wrong, Unknown(&["models", "use"])], "a type that does not exist", "\
The name is neither a scalar of the language nor a model of the specification. Scalars are written in
lower case: string, boolean, int32, int64, uint32, uint64, float, double, decimal, date, time, datetime,
localdatetime, url, json.";

    TYPE_ARGUMENTS = "E0303", [Wrong], "a type with the wrong arguments", "\
`list` takes one type, `map` one for its values and perhaps one for its keys before that, and a model as
many as it leaves open.

Wrong:

    tags: list

Right:

    tags: list<string>";

    UNKNOWN_FLAG = "E0304", [Wrong], "a word after a type that is no flag", "\
After the type of a member stand flags, then the documentation after two hyphens.

Wrong:

    id: string The identifier.

Right:

    id: string -- The identifier.";

    BAD_FLAG = "E0305", [], "a flag that does not fit", "\
`sensitive` hides a text from every rendering of the model. Other types cannot be hidden. `read` keeps
a member out of requests and `write` out of answers, so that one with both would be nowhere; parameters
are in requests only and have neither, and the members that a body has of its own no `read`. Flags are about members: a model has none, apart from `closed` for
an enum.";

    UNKNOWN_MEMBER = "E0306", [Reshaped, Fit], "a member that does not exist", "\
`without`, `optional`, `message`, `exactly_one` and its kin name members of a model, by their names on
the wire.";

    DUPLICATE_MEMBER = "E0307", [], "a member that is there twice", "\
A member that comes from another model by `...` cannot be declared again. Leave one out, or make a
variant of the other model with `like` and `without`.";

    SPREAD_CYCLE = "E0308", [], "a model that takes its members from itself", "\
`...` and `like` copy members. In a circle there would be no first one.";

    BAD_SPREAD = "E0309", [Reshaped, Unknown(&["models"])], "a model without members to take", "\
`...` and `like` take the members of an object; an enum, an id or a list has none.";

    ALIAS_CYCLE = "E0310", [], "a name that stands for itself", "\
Wrong:

    A: list<B>
    B: list<A>

An alias has to end at a scalar or an object; an object may contain itself through a list.";

    ENDLESS_RECURSION = "E0311", [], "a model that always contains itself", "\
If every value of a model holds another one, no value could ever be written down. Make the member
optional, or a list.

Wrong:

    Comment: { fields: { parent: Comment } }

Right:

    Comment: { fields: { parent?: Comment } }";

    EMPTY_ENUM = "E0312", [], "an enum without values", "\
An enum lists the values that are known. Where any text may stand, the type is `string`.";

    DUPLICATE_VALUE = "E0313", [], "a value that is there twice", "\
A value of an enum, or one of the texts in `also`, belongs to one name only; otherwise reading it would
be a matter of luck.";

    UNKNOWN_FORMAT = "E0314", [Wrong], "an unknown format", "\
A `format` belongs to a `datetime`, a `localdatetime`, a `duration` or `bytes`. Points in time are written as `rfc3339`, `assume-utc`,
`spaced`, `date-only`, `dotnet` (`/Date(1700000000000)/`), `http`, `rfc2822` (as mails have them), `unix`, `unix-ms`, `unix-us` or `unix-ns`;
dates without a zone as `spaced`; lengths of time as `iso8601` or `timespan`; bytes as `base64` or `base64url`. Enums of numbers travel by `name` or `number`.";

    UNKNOWN_SOURCE = "E0315", [Unknown(&["sources", "use"])], "a source that is not listed", "\
`from:` begins with the name of an entry of `sources`, then says where in it.

Right:

    sources: { docs: { url: \"https://developers.example.com/{}\" } }
    models:
      User: { from: docs users, fields: { id: string } }";

    UNION_VARIANT = "E0316", [Reshaped, Fit, Unknown(&["models"])], "a union whose variants cannot be told apart", "\
A tag stands beside the members of its variant: the variant has members, and none with the name of the
tag. Without tag or key the first variant that fits is taken, so that it must not fit everything that a
later one does.

Wrong:

    Content: { union: { tag: type, variants: { text: string } } }

Right:

    Content: { union: { tag: type, content: data, variants: { text: string } } }";

    BAD_DEFAULT = "E0317", [Fit], "a default of another type", "\
`default:` is what the service assumes when a member is not sent. It is documentation, and a value of
the member's type all the same: a value of the enum, a number where the type is one, within its limits. A
parameter that is always sent has none, and neither has a file.

Wrong:

    take?: { type: int32, default: ten }

Right:

    take?: { type: int32, default: 10 }";

    BAD_LIMITS = "E0318", [], "limits that do not fit their type", "\
Limits are those of a number, of the length of a text or of bytes, or of a list. A length is not negative, and what is
a whole number has limits that its type can reach.

Wrong:

    active: boolean(0..1)

Right:

    age: int32(0..150)
    name: string(..35)
    tags: list<string>(..10)";

    BAD_CONSTANT = "E0319", [Reshaped, Fit], "a constant that cannot be what it says", "\
`const:` is a text, a whole number or a boolean, as its `type:` says, within its limits; without a type it
is a text. It is always sent, so that it has neither a `?` nor a `default`. What the app sends at times, and then
with one value only, is a member whose type is an enum of that value.

Wrong:

    version: { const: two, type: int32 }

Right:

    version: { const: 2, type: int32 }";

    BAD_AMONG = "E0320", [Fit], "a rule about members that cannot hold", "\
`exactly_one`, `at_most_one` and `at_least_one` name two or more members that may be absent. A member
that is always there leaves nothing to choose.

Wrong:

    fields: { userId: string, userExternalId?: string }
    exactly_one: [userId, userExternalId]

Right:

    fields: { userId?: string, userExternalId?: string }
    exactly_one: [userId, userExternalId]";

    BAD_GENERIC = "E0321", [Reshaped, Fit], "a name for a type that does not fit", "\
A model with `fields` or `like` can leave types open: it names them in its key, uses each name in its
members, and is given types wherever it is used.

Right:

    Page<T>: { fields: { items: list<T>, next?: string } }
    Users: { fields: { page: Page<User> } }

The name is a word in `PascalCase` that no model has. A type that is given is written in the form that it
has by itself: a `decimal`, `bytes` or a `datetime` in another format than RFC 3339 needs a member of its own.";

    BAD_KEY = "E0322", [], "a key that no map can have", "\
The names of members are texts. A key is one text for each value: an id, an enum, a whole number, a
`uuid`, a `date` or a `time`. An object or a list has no such text, and a `double` has several.

Wrong:

    points: map<double, int32>

Right:

    points: map<time, int32>
    names: map<string>

Inside { } the comma needs quotes around the type: `{ type: \"map<time, int32>\" }`.";

    BAD_LINK = "E0323", [Unknown(&["methods"])], "a link that cannot be followed", "\
`link<group.method>` is an address that answers as a method does. The address is all that is sent, so that
the method has no body, and no header or cookie that is always there.

Wrong:

    next: link<users>

Right:

    next: link<users.get>";

    SEVERAL_FORMATS = "E0324", [], "formats that cannot stand side by side", "\
A `datetime` may have several formats: the first is written, and any of them is read. So each has to look
different from the others. All counts since 1970 are numbers, and no number says what it counts.

Wrong:

    sent: { type: datetime, format: [unix, unix-ms] }

Right:

    sent: { type: datetime, format: [unix-ms, rfc3339] }";

    ENUM_REVERSED = "E0325", [], "an enum whose keys are not what stands on the wire", "\
The key of a value is what stands on the wire. Of a number the name stands behind it, of a text its
documentation. Names that Rust has for texts follow from the texts.

Wrong:

    Weekday: { enum: { Monday: 1, Tuesday: 2 } }
    Colour: { enum: { RED: red, GREEN: green } }

Right:

    Weekday: { enum: { 1: Monday, 2: Tuesday } }
    Colour: { enum: [red, green] }";
}
