//! What the arguments of the builder's methods are called.

use super::is_quoted;
use crate::ast::{Part, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::names;
use crate::parse::reader::{self, Keys, shown};
use crate::source::{Span, Spanned};
use crate::vocabulary;

/// The name of an argument of the builder's method; called like its key unless given.
pub(super) fn argument(
    key: &'static str,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let name = keys.text(key, diagnostics);
    name.and_then(|name| checked(key, name, diagnostics))
        .unwrap_or_else(|| Spanned::new(key.to_owned(), entry))
}

/// An argument, or a text that is always the same.
pub(super) fn part(
    key: &'static str,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Part {
    let node = keys.node(key, diagnostics);
    let text = node.and_then(|node| reader::text(key, node, diagnostics));
    let name = match (text, node) {
        (Some(text), Some(node)) if is_quoted(node) => return Part::Fixed(text),
        (text, _) => text.and_then(|text| checked(key, text, diagnostics)),
    };
    Part::Argument(name.unwrap_or_else(|| Spanned::new(key.to_owned(), entry)))
}

/// A name that only the specification knows is written as Rust has it. What is not may be meant for something else: a
/// type, a secret, a variable of the environment.
fn checked(key: &str, name: Text, diagnostics: &mut Diagnostics) -> Option<Text> {
    let text = name.value.as_str();
    let named = || {
        Diagnostic::error(
            &codes::BAD_NAME,
            name.span,
            format!("`{}` cannot be the name of an argument", shown(text)),
        )
    };
    if vocabulary::scalar(text).is_some() {
        let found = named().label("a type, and no name");
        diagnostics.push(found.help(format!(
            "leave `{key}` out: credentials are texts, and the argument is called `{key}` by itself"
        )));
        return None;
    }
    // Of which no name can be made, that is told with the others.
    let Some(meant) = names::snake(text) else { return Some(name) };
    if meant == text.trim_start_matches('_') {
        return Some(name);
    }
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let word = text.trim_matches(['$', '{', '}', '<', '>']);
    let found = named().label("expected `snake_case`");
    diagnostics.push(if word.chars().all(is_word) && meant.len() <= 40 {
        found.help(format!("did you mean `{meant}`?")).patch(name.span, meant)
    } else {
        let also = if matches!(key, "username" | "password" | "kid") {
            "; what is the same for all apps is put in quotes"
        } else {
            ""
        };
        found.help(format!(
            "the app says the value; the specification names the argument, as in `{key}: {}`{also}",
            example(key)
        ))
    });
    None
}

fn example(key: &str) -> &'static str {
    match key {
        "username" | "client_id" => "client_id",
        "password" | "client_secret" | "secret" => "client_secret",
        "kid" => "key_id",
        "key" => "api_key",
        _ => "access_token",
    }
}
