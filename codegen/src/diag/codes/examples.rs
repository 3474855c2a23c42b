//! `E07xx`: examples.

use super::super::Code;
use super::super::Role::{Fit, Shape, Unknown};

codes! {
    EXAMPLE_MISMATCH = "E0701", [Fit, Shape], "an example that contradicts its model", "\
Examples are evidence. When the sample of the documentation and the model disagree, one of them is
wrong: mend the model, or correct the sample with a comment that says what was corrected and why.";

    EXAMPLE_MEMBER = "E0702", [Fit, Shape], "a member of an example that the model lacks", "\
The sample shows something that the model does not have. Add the member, or take the example's `...`
key to say that its members were left out on purpose.";

    EXAMPLE_MISSING = "E0703", [Fit, Shape], "an example without a member that is always there", "\
The model says that a member is always there, and the sample lacks it. Make the member optional, or,
if the documentation left it out to be short, add a `...` key to the example.";

    EXAMPLE_STATUS = "E0704", [Fit, Shape], "an example with a status that nothing declares", "\
The status of an example is one of `returns`, or one of `errors`.";

    EXAMPLE_PARAMETER = "E0705", [Fit, Shape, Unknown(&["path", "parameters", "defaults", "groups", "idempotency"])], "an example whose parameters do not match", "\
An example gives every path parameter of its route, and no parameter that the method lacks.";

    EXAMPLE_FILE = "E0706", [Fit, Shape], "an exchange that cannot be read as an example", "\
An example may be a file of raw HTTP whose name ends in `.http`: a request line, headers, a blank line and a
body, then a status line and the same. Either half may be missing. Verb and path are those of the method.

    POST /users?notify=true HTTP/1.1
    Content-Type: application/json

    { \"name\": \"Ada\" }

    HTTP/1.1 201 Created
    Content-Type: application/json

    { \"id\": \"u-7\" }";

    EXAMPLE_VALUE = "W0701", [Fit], "an example with a value that an enum does not list", "\
The sample uses a value that the enum does not list. The client copes, but the list should have it.";

    EXAMPLE_HEADER = "W0702", [], "an exchange with a header that its method does not declare", "\
What is pasted from documentation has headers that every client sends, which are left out. Any other one is a
parameter of the method, so that either `headers` lacks it, or the exchange has it by mistake.";

    EXAMPLE_SECRET = "W0703", [], "an exchange with what looks like a secret", "\
A header or parameter that carries credentials holds something that could be one. Specifications are read by
many: write `…` in its place, and if it ever worked, make it invalid where it was issued.";

    EXAMPLE_NEAR = "W0704", [Fit, Shape], "a member of an example that is nearly the declared one", "\
A model with `incomplete` keeps members that it does not declare. So a name that is misspelt in the model is never
read, and what is meant by it is kept without a type. This sample has a member that is not declared, and lacks one with
nearly the same name. Where both are right, say so with `allow`.";
}
