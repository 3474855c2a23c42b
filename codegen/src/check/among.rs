//! Rules about several members, held against examples.

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Among, Count};
use crate::parse::quoted_list;
use crate::source::Span;

/// Reports rules that an object breaks. `whole`: what is not there has not just been left out to be short.
pub(super) fn check(
    rules: &[Among],
    is_there: impl Fn(&str) -> bool,
    whole: bool,
    (path, span): (&str, Span),
    diagnostics: &mut Diagnostics,
) {
    for rule in rules {
        let there: Vec<&str> =
            rule.members.iter().map(String::as_str).filter(|name| is_there(name)).collect();
        let (words, least, most) = match rule.count {
            Count::Exactly => ("exactly one", 1, 1),
            Count::AtMost => ("at most one", 0, 1),
            Count::AtLeast => ("at least one", 1, usize::MAX),
        };
        if there.len() <= most && (there.len() >= least || !whole) {
            continue;
        }
        let members: Vec<&str> = rule.members.iter().map(String::as_str).collect();
        let found = match there.as_slice() {
            [] => "none of them".to_owned(),
            names => quoted_list(names),
        };
        diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                span,
                format!("`{path}` has {words} of {}", quoted_list(&members)),
            )
            .label(format!("the example has {found}")),
        );
    }
}
