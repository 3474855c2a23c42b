//! `E06xx`: authentication and servers.

use super::super::Code;
use super::super::Role::{Beside, Reshaped, Unknown, Unread};

codes! {
    UNKNOWN_SCHEME = "E0601", [Unread], "an unknown way to authenticate", "\
Known schemes are `basic`, `bearer`, `api-key`, `jwt` and `oauth2`; `any` and `all` combine other entries.";

    UNKNOWN_AUTH = "E0602", [Unknown(&["auth", "use"])], "an auth entry that does not exist", "\
`auth:` of a method, a group or the defaults names an entry of `auth`, or `none`.";

    AUTH_CYCLE = "E0603", [], "an auth entry that contains itself", "\
`any` and `all` combine other entries; in a circle nothing would ever be sent.";

    BAD_ADDRESS = "E0604", [Reshaped], "an address that no server has", "\
A server is an https address, with a port and a path if need be and nothing else: secrets belong to
`auth`, query parameters to the methods. http is accepted for the same machine only, since
secrets travel with the calls.";

    SERVER_VARIABLE = "E0605", [Beside, Unknown(&["servers"])], "variables of a server that do not match its address", "\
Every `{variable}` of an address is declared in `variables` as a `string`, and the other way round. `token_url` and
`authorize_url` have variables where they begin with the host of such a server, and need none as a path of the server
that the app chooses.

Right:

    zendesk: { url: \"https://{subdomain}.zendesk.com/sc\", variables: { subdomain: string } }

    authorize_url: \"https://{subdomain}.zendesk.com/oauth/authorizations/new\"
    token_url: /oauth/token";

    UNKNOWN_SERVER = "E0606", [Unknown(&["servers"])], "a server that does not exist", "\
`server:` of a method names an entry of `servers`.";

    AUTH_TOO_MANY = "E0607", [], "an auth entry with too many combinations", "\
`any` and `all` of entries that are `any` and `all` themselves multiply. Nobody configures more than a
few: name the combinations that the service really takes.";

    API_KEY_PLACE = "E0608", [], "an API key in several places", "\
An API key travels in one place: `header`, `query` or `cookie`, each with the name that it has there.

Right:

    key: { scheme: api-key, header: X-Api-Key }

Two keys that are sent together are two entries and a third one with `all: [one, other]`.";

    AUTH_CONFLICT = "E0609", [], "credentials that cannot be sent together", "\
Entries that `all` combines are sent in one request. Two of them that travel under the same name in the
same place would replace each other; `basic` and `bearer` both travel in the header `Authorization`.";

    NOTHING_TO_GIVE = "E0610", [], "a scheme that leaves nothing to the app", "\
A quoted text is sent by every app as it stands. A credential of nothing else is no credential.

Right:

    key: { scheme: basic, username: api_key, password: \"\" }";

    AUTH_WORD = "E0611", [Unread], "something that a scheme does not know", "\
`scheme: jwt` signs with `alg: HS256`, `HS384` or `HS512`; `lifetime` is a number of seconds. `scheme: oauth2` has
`flow: client-credentials` or `flow: authorization-code`, `refresh: none` and `pkce: none` where the
service knows neither, and `renew_on` lists statuses from 400 to 499. A scope is letters, digits and signs of ASCII
without blanks, quotes and backslashes, as OAuth 2 has it; several are a list. The `prefix` of an `api-key` in a
`header` is printable ASCII that ends in what separates it from the key: `prefix: \"Token \"`.";

    TOKEN_AUTH = "E0612", [Beside, Unknown(&["auth"])], "a token endpoint to which the app cannot prove itself", "\
`token_auth` names another entry of `auth` with `scheme: basic`, or is `form` for a client id and a secret
in the form, or `none` for apps that keep no secret, for which a user has to agree.

Right:

    client: { scheme: basic, username: client_id, password: client_secret }
    app: { scheme: oauth2, flow: client-credentials, token_url: /token, token_auth: client }";

    TOKEN_ANSWER = "E0613", [], "an answer of a token endpoint that is no model", "\
`token` names the model of what the token endpoint answers, with what the service adds to the members
that OAuth 2 has.";

    CLAIM = "E0614", [], "a claim that no app can give", "\
A claim is a text in quotes, which every app sends, or a type: the app gives a value of it to the builder.
Without quotes a text is a type. `lifetime` gives each token its own `iat` and `exp`.

Right:

    jwt: { scheme: jwt, alg: HS256, claims: { scope: KeyScope, aud: \"https://api.example.com\" } }";

    TOKEN_NAME = "E0615", [], "a name that no token endpoint knows by another one", "\
`token_names` says what a token endpoint calls what OAuth 2 has names for: the name of the standard stands
before the colon, that of the service behind it. `token_at` leads to the members of an answer that has
them inside of others.

Wrong:

    app: { scheme: oauth2, flow: client-credentials, token_url: /token, token_names: { accessToken: access_token } }

Right:

    app: { scheme: oauth2, flow: client-credentials, token_url: /token, token_names: { access_token: accessToken } }";

    TOKEN_FIELD = "E0616", [], "a member of a token request that is there already", "\
`token_fields` is for what a service wants beside the members that OAuth 2 has, such as an `audience`. Scopes,
the kind of grant and what the app proves itself with are sent by themselves.

Right:

    app: { scheme: oauth2, flow: client-credentials, token_url: /token, token_fields: { audience: https://api.example.com } }";

    NEEDLESS_SCOPE = "E0617", [Beside], "scopes where no credential is needed", "\
`scopes` of a method or a group say what its credentials have to be good for. Where `auth` is `none`, or nothing
says what is needed, there is nothing that could have them.

Right:

    methods:
      books.add: { http: POST /books, auth: app, scopes: [books.write], returns: nothing }";
}
