//! `E08xx`: names.

use super::super::Code;
use super::super::Role::{Beside, Named};

codes! {
    NO_NAME = "E0801", [Named], "a wire name of which no Rust name can be made", "\
Nothing is left of the name when everything is taken out that no identifier holds. A person has to
choose one.

Right:

    enum: { \">=\": { name: AtLeast } }";

    BAD_NAME = "E0802", [], "a name that cannot be used", "\
`name:` is what Rust calls the item: `snake_case` for members and parameters, `PascalCase` for models
and values. Names of the language itself and of Rust cannot be taken.";

    NAME_COLLISION = "E0803", [Beside, Named], "two items with one Rust name", "\
Two wire names become the same Rust name, or one becomes the name of something that is generated
beside it. Names are never changed in silence: give one of them another with `name:`.

Right:

    userId: string
    user_id: { type: string, name: legacy_user_id }";
}
