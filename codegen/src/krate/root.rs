//! `src/lib.rs`.

use crate::emit::features::base;
use crate::emit::sanitize;
use std::fmt::Write as _;

use crate::Generated;
use crate::output::HEADER;

/// The name under which the crate hands on the runtime.
pub(super) const RUNTIME: &str = "runtime";

/// The root of a crate with these providers, which are sorted.
pub(super) fn text(providers: &[&Generated]) -> String {
    let mut out = format!("{HEADER}\n\n");
    let _ = writeln!(out, "//! Typed clients of HTTP APIs, a module and a Cargo feature for each.");
    let _ = writeln!(out, "//!");
    let _ = writeln!(out, "//! | module | provider |");
    let _ = writeln!(out, "//! | --- | --- |");
    for one in providers {
        // Without the feature there is no module to link to, and rustdoc would complain.
        let _ = writeln!(out, "//! | `{}` | {} |", one.module, cell(&one.title));
    }
    let _ = writeln!(out, "//!");
    let _ = writeln!(
        out,
        "//! All of them are on by default. The feature `reqwest` (on by default) brings the"
    );
    let _ = writeln!(out, "//! asynchronous transport, `blocking` the blocking client.");
    let _ = writeln!(out, "\n#![forbid(unsafe_code)]\n#![warn(missing_docs)]");
    for one in providers {
        let module = &one.module;
        let mut features = format!("feature = \"{module}\"");
        if !one.groups.is_empty() {
            // A group brings the client that it belongs to. Whoever has neither is told to take all of them.
            features = format!("any({features}, feature = \"{}\")", base(module));
        }
        let _ = writeln!(out, "\n#[cfg({features})]\npub mod {module};");
    }
    let _ = writeln!(out, "\npub use clientwright_runtime as {RUNTIME};");
    out
}

/// A text on one line of a table: it may hold anything that Markdown would read as something else.
fn cell(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    sanitize(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn titles_stay_in_their_cell() {
        assert_eq!(cell("A | B\n<c> [d]"), "A \\| B \\<c\\> \\[d\\]");
    }
}
