//! `E02xx`: structure and keys.

use super::super::Code;
use super::super::Role::{Beside, Unknown, Unread, Wrong};

codes! {
    UNKNOWN_KEY = "E0201", [Unread], "a key that means nothing here", "\
Every key of a specification has a meaning; one without is a slip of the pen, and silently leaving it
out would leave out what was meant.

Wrong:

    users.get:
      http: GET /users/{id}
      return: User

Right:

    users.get:
      http: GET /users/{id}
      returns: User";

    MISSING_KEY = "E0202", [Unread, Beside], "a key that has to be there is missing", "\
Some things have no default because guessing them would be wrong as often as right: the provider's
name, its servers, the route and the answer of a method, how a method authenticates.";

    WRONG_KIND = "E0203", [Unread], "a value of the wrong kind", "\
A text stands where a mapping or list belongs, or the other way round.

Wrong:

    servers: https://api.example.com

Right:

    servers: { production: https://api.example.com }";

    EMPTY_VALUE = "E0204", [Unread], "a key without a value", "\
Inside `{ }` a comma ends a value, and what follows it becomes a key with nothing, in silence. A text
with a comma in it is put in quotes.

Wrong:

    take?: { type: int32, doc: Records, ten by default. }

Right:

    take?: { type: int32, doc: \"Records, ten by default.\" }";

    LANGUAGE_VERSION = "E0205", [], "the version of the language is missing or unknown", "\
Every file begins with the version of the language it is written in, so that a newer specification in
an older tool is an error that says so.

Right:

    clientwright: 1";

    DUPLICATE_ITEM = "E0206", [], "something is defined twice", "\
All files of a specification are read as one, so that a model or method of one file cannot be defined
again in another. Servers, groups, sources, auth entries and shared path parameters likewise.";

    AMBIGUOUS_ITEM = "E0207", [Unread, Wrong], "an item is two things at once", "\
A model is one of `fields`, `enum`, `union`, `like` or `type`, an auth entry one of `scheme`, `any` and
`all`, and a body either `body` or `body?`. For a model to have the members of another model and some of
its own, it spreads the other one.

Right:

    fields:
      ...: Base
      more: string";

    BAD_USE = "E0208", [Unknown(&["use", "defaults", "groups"])], "a used file that cannot lend what it is asked for", "\
`use` names files that a specification takes models, auth entries, formats and defaults from. Their paths are
relative to the file that names them. A used file does not lead back to itself, and has nothing that makes a
provider: no `provider`, `servers`, `methods` and the like. What it says about forms of values holds for its
models, so that a specification that takes models takes that over, too.

Right:

    use: { platform: ../common/platform.yaml }
    defaults: { ...: platform }
    models:
      Order: { fields: { status: platform.Status } }";

    COMMENT_AFTER_DOC = "W0201", [], "a comment cuts a documentation text short", "\
In a text without quotes ` #` begins a comment, so that what follows is lost. If it belongs to the
text, put the text in quotes; if it is a comment, put it on a line of its own.

Right:

    doc: \"Number of the order, such as #1234.\"";

    BAD_ALLOW = "E0210", [], "something that cannot be silenced", "\
`allow` of an item silences warnings about it, each by its code and with a reason. An error means that a
specification is wrong or unclear, so that none can be silenced.

Right:

    models:
      Draft:
        allow: { W0202: The service announced it and sends it from spring on. }
        fields: { id: string }";

    LISTED_TWICE = "E0211", [], "a text that a list has twice", "\
No list of a specification says more with a text that it has already. The second one is often a slip for
another one.

Wrong:

    retry: { on: [429, 503, 429] }

Right:

    retry: { on: [429, 503, 504] }";

    USELESS_ALLOW = "W0203", [], "an `allow` that silences nothing", "\
What an `allow` was written for has been mended, or never was there. It is taken out, so that it does not hide
what comes later.";

    UNUSED = "W0202", [], "something is defined and not used", "\
A model, group or path parameter that nothing uses is often the sign of a misspelt name somewhere else.";

    UNUSED_SERVER = "W0204", [], "a server that nothing reaches", "\
A server with `pick: false` is none that an app chooses: it serves the methods that name it. One that no
method names is reached by nothing.

Right:

    servers:
      production: https://api.example.com
      upload: { url: https://upload.example.com, pick: false }
    methods:
      files.add: { http: POST /files, server: upload, body: binary, returns: nothing }";

    UNUSED_SOURCE = "W0205", [], "a source that nothing comes from", "\
`sources` lists where facts come from, and `from:` of models, groups and methods says which fact comes from
where. A source that is in no `from:` appears nowhere.

Right:

    sources: { docs: { url: \"https://developers.example.com/{}\" } }
    models:
      User: { from: docs users, fields: { id: string } }";

    UNUSED_FORMAT = "W0206", [], "formats that no method answers in", "\
`formats` says in which forms a value can be had: the first is read into models, each further one adds a
method to calls that hands out the bytes. Where no method answers with a value there is nothing to have.";

    UNUSED_ERROR = "W0207", [], "an error that no method has", "\
Errors of `defaults` and of a group are those of every method that says nothing else for the same status. One
that each method replaces is never read. It is often the sign of a status that was meant to be another one.

Wrong:

    defaults: { errors: { 404: Problem } }
    methods:
      users.get: { http: GET /user, returns: User, errors: { 404: nothing as Missing } }

Right:

    methods:
      users.get: { http: GET /user, returns: User, errors: { 404: nothing as Missing } }";

    FIXED_SERVER = "W0208", [], "a server that is the same for all environments", "\
A server with `pick: false` serves the methods and groups that name it, whatever server an app has chosen. Where there
are several to choose from, such as one for production and a sandbox, a client of the sandbox calls this one as
well. So does a `token_url` with the host of one of them: a path is at the server that the app chose. If the service
has one for all of them, say so.

Wrong:

    servers:
      production: https://api.example.com
      sandbox: https://sandbox.example.com
      upload: { url: https://upload.example.com, pick: false }
    groups: { files: { server: upload } }

Right:

    servers:
      production: https://api.example.com
      sandbox: https://sandbox.example.com
      upload:
        url: https://upload.example.com
        pick: false
        allow: { W0208: The documentation names one for both. }
    groups: { files: { server: upload } }";

    SAME_SERVER = "W0209", [], "two servers with one address", "\
Servers are what an app chooses between: production and a sandbox, Europe and America. Two with one address are one
server, and often the sign of an address that was copied and not changed: an app that chooses the sandbox would be in
production.

Wrong:

    servers:
      production: https://api.example.com
      sandbox: https://api.example.com

Right:

    servers:
      production: https://api.example.com
      sandbox: https://sandbox.example.com";
}
