//! `E09xx`: what the provider sends to an app.

use super::super::Code;
use super::super::Role::{Beside, BesideIn, Fit, Wrong};

codes! {
    UNNAMED_EVENT = "E0901", [Wrong, Beside], "nothing tells one event from another", "\
The name of an event stands in a header, in a member of the body, in several members, or in a header
and in the body. `join` lists the members, `with` is the text between them.

Right:

    event: { header: X-Event, field: event }

Right:

    event: { join: [resource, type], with: \"-\" }";

    UNPROVEN = "E0902", [Beside], "nothing says how deliveries are verified", "\
Anybody can send something to the address of a webhook. If the provider signs what it sends, `verify`
says how. If it does not, `verify: none` says that nobody forgot to look.

Right:

    verify: { header: X-Signature, hmac: sha256, encoding: hex, over: body }

Right:

    verify: { header: X-API-Key, secret: plain }

Right:

    verify: none";

    BAD_VERIFY = "E0903", [Wrong], "a way of signing that there is not", "\
A signature is an HMAC with `sha1`, `sha256` or `sha512`, written in `hex` or `base64`. A header that
holds the secret itself is `secret: plain`, and has nothing that belongs to signatures.";

    SIGNED_TEXT = "E0904", [Wrong, BesideIn(&["verify", "id"])], "the text that is signed does not hold together", "\
`over` is `body`, or a text with the placeholders `{body}`, `{timestamp}` and `{id}`. The body is part
of it; a timestamp is described under `timestamp`, and guards against nothing unless it is signed, too.

Right:

    verify:
      header: X-Signature
      hmac: sha256
      encoding: hex
      prefix: v0=
      over: \"v0:{timestamp}:{body}\"
      timestamp: { header: X-Timestamp, tolerance: 5m }";

    SEVERAL_EVENTS = "E0905", [Wrong, Beside], "several events in one body that cannot be told apart", "\
With `list` the name and the id of an event, and what tells a ping, stand in each item of the list, since a
header speaks of the whole delivery. For the same reason no ping passes unsigned then: the events beside it would pass
with it. `envelope` is what stands around the list.";

    EXAMPLE_SIGNATURE = "E0906", [Fit], "an example of a delivery that would be turned away", "\
What an example of a delivery shows has to agree with what is declared: the header and the body name
the same event, and the headers that are shown are those that are looked at.";
}
