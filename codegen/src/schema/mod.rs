//! The JSON Schema of the specification language, for editors: `clientwright schema`.
//!
//! [`table`] lists the keys of each kind of mapping, with the [`rules`] that hold among them; a test holds it against what
//! the parser asks for. [`shapes`] has what is no mapping with fixed keys: short forms beside long ones, members, answers
//! by status. Editors are offered what the same table says.

mod constructs;
mod json;
pub(crate) mod kind;
mod patterns;
pub(crate) mod rules;
pub(crate) mod shapes;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::fmt::Write as _;

pub use constructs::{Constructs, constructs};

/// What a file is.
const TOP: &str = "a specification";

/// The schema, as a text that ends with a line break.
#[must_use]
pub fn schema() -> String {
    let mut out = String::from(
        "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \
         \"definitions\": {\n",
    );
    let shapes = shapes::shapes().map(|shape| (shape.name, json::shape(shape)));
    let kinds = table::kinds().filter(|kind| kind.what != TOP);
    let kinds = kinds.map(|kind| (kind.what, format!("{{{}\n    }}", json::kind(kind))));
    for (index, (name, definition)) in shapes.chain(kinds).enumerate() {
        let comma = if index == 0 { "" } else { ",\n" };
        let _ = write!(out, "{comma}    \"{}\": {definition}", json::key(name));
    }
    let top = table::kind(TOP).map(json::kind).unwrap_or_default();
    let _ = write!(out, "\n  }},{top}\n}}\n");
    out
}
