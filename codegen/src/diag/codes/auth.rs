//! `E06xx`: authentication and servers.

use super::super::Code;

codes! {
    UNKNOWN_SCHEME = "E0601", "an unknown way to authenticate", "\
Known schemes are `basic` and `bearer`; `any` and `all` combine other entries.";

    UNKNOWN_AUTH = "E0602", "an auth entry that does not exist", "\
`auth:` of a method, a group or the defaults names an entry of `auth`, or `none`.";

    AUTH_CYCLE = "E0603", "an auth entry that contains itself", "\
`any` and `all` combine other entries; in a circle nothing would ever be sent.";

    BAD_ADDRESS = "E0604", "an address that no server has", "\
A server is an https address, with a port and a path if need be and nothing else: secrets belong to
`auth`, query parameters to the methods. http is accepted for the same machine only, since
secrets travel with the calls.";

    SERVER_VARIABLE = "E0605", "variables of a server that do not match its address", "\
Every `{variable}` of an address is declared in `variables` as a `string`, and the other way round.

Right:

    zendesk: { url: \"https://{subdomain}.zendesk.com/sc\", variables: { subdomain: string } }";

    UNKNOWN_SERVER = "E0606", "a server that does not exist", "\
`server:` of a method names an entry of `servers`.";

    AUTH_TOO_MANY = "E0607", "an auth entry with too many combinations", "\
`any` and `all` of entries that are `any` and `all` themselves multiply. Nobody configures more than a
few: name the combinations that the service really takes.";
}
