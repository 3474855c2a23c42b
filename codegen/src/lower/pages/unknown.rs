//! What is said of the name of a pager that nothing defines.

use crate::ast::{Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::names;
use crate::parse::{quoted_list, shown};

pub(super) fn found(
    name: &Text,
    specification: &Specification,
    diagnostics: &Diagnostics,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_PAGER,
        name.span,
        format!("there is no pager `{}`", shown(&name.value)),
    );
    let known = specification.pagers.iter().map(|pager| pager.name.value.as_str());
    if matches!(name.value.as_str(), "none" | "false" | "no") {
        return diagnostic.help("leave `paginate` out where an answer is all there is");
    }
    match diagnostics.nearest(&name.value, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => {
            let known: Vec<&str> =
                specification.pagers.iter().map(|pager| pager.name.value.as_str()).collect();
            match known.as_slice() {
                [] => diagnostic.help(format!(
                    "define it in `pagers`, by the name that is said here: `pagers: {{ {}: {} }}`",
                    shown(&name.value),
                    example(&name.value)
                )),
                known => diagnostic.help(format!("known pagers are {}", quoted_list(known))),
            }
        }
    }
}

/// Pagers by the words that say their style.
const BY_WORD: [(&str, &str); 7] = [
    ("cursor", "{ style: cursor, cursor: after, next: meta.next }"),
    ("token", "{ style: cursor, cursor: page_token, next: next_page_token }"),
    ("offset", "{ style: offset, offset: offset }"),
    ("link", "{ style: link-header }"),
    ("header", "{ style: link-header }"),
    ("url", "{ style: next-url, next: links.next }"),
    ("next", "{ style: next-url, next: links.next }"),
];

/// How a pager is described whose name says its style, or that of most.
fn example(name: &str) -> &'static str {
    let snake = names::snake(name).unwrap_or_default();
    let says = |word: &str| snake.split('_').any(|part| part.trim_end_matches('s') == word);
    let found = BY_WORD.iter().find(|(word, _)| says(word));
    found.map_or("{ style: page, page: page }", |(_, pager)| *pager)
}
