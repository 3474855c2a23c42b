//! Names of methods, `group.method`.

use crate::ast;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::names;
use crate::parse::shown;

/// Whether a text can be the name of a group, or of a method in it.
fn is_part(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.contains(char::is_alphanumeric) && text.chars().all(fits)
}

/// The name that is meant by a text that is none: `users/list`, `users::list`, `users.admin.list`, `listUsers`.
fn meant(text: &str) -> Option<String> {
    let text = text.trim_start_matches("async ").trim_start_matches("def ").trim();
    let text = text.split('(').next().unwrap_or_default().trim_end_matches(['?', '!', ' ']);
    let words: Vec<&str> =
        text.split(['/', ' ', '#', ':', '.']).filter(|word| !word.is_empty()).collect();
    if !words.iter().all(|word| is_part(word)) {
        return None;
    }
    match words.as_slice() {
        [group, method] => Some(format!("{group}.{method}")),
        [first, between @ .., method] => {
            let group: Vec<&str> = [first].into_iter().chain(between).copied().collect();
            Some(format!("{}.{method}", group.join("_")))
        }
        [only] => {
            let verbs = [
                "get", "list", "create", "add", "update", "delete", "remove", "put", "post",
                "patch", "find", "search", "fetch",
            ];
            let snake = names::snake(only)?;
            let (verb, rest) = snake.split_once('_')?;
            if verbs.contains(&verb) {
                return Some(format!("{rest}.{verb}"));
            }
            let (rest, verb) = snake.rsplit_once('_')?;
            verbs.contains(&verb).then(|| format!("{rest}.{verb}"))
        }
        [] => None,
    }
}

/// `group.method`
pub(super) fn split<'t>(
    name: &'t ast::Text,
    diagnostics: &mut Diagnostics,
) -> Option<(&'t str, &'t str)> {
    let parts = name
        .value
        .split_once('.')
        .filter(|(group, method)| [group, method].into_iter().all(|part| is_part(part)));
    if parts.is_none() {
        let diagnostic = Diagnostic::error(
            &codes::METHOD_NAME,
            name.span,
            format!("`{}` is not the name of a method", shown(&name.value)),
        )
        .label("expected `group.method`");
        diagnostics.push(match meant(&name.value) {
            Some(mended) => diagnostic
                .help(format!("did you mean `{}`?", shown(&mended)))
                .patch(name.span, mended),
            None if name.value.starts_with('/') => diagnostic.help(
                "a method has a name, and says verb and path in `http`: `users.list: { http: GET /users, … }`",
            ),
            None => diagnostic
                .help("the group becomes a module and the method a function in it: `users.list`"),
        });
    }
    parts
}
