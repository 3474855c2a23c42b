//! `scheme: api-key`: where a key travels, and what stands before it.

use super::{PLACES, argument};
use crate::ast::{AuthKind, KeyPlace, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::json_text::json_text;
use crate::parse::reader::{self, Keys};
use crate::source::Span;

pub(super) fn api_key(
    scheme: &Text,
    entry: Span,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> AuthKind {
    let key = argument("key", entry, keys, diagnostics);
    let prefix = prefix(keys, diagnostics);
    let given = PLACES.map(|(word, _)| keys.has(word));
    let mut places = Vec::new();
    for (word, place) in PLACES {
        places.extend(keys.text(word, diagnostics).map(|name| (place, name)));
    }
    match given.iter().filter(|given| **given).count() {
        0 if PLACES.iter().any(|(word, _)| keys.meant(word)) => {}
        0 => keys.missing(
            "header",
            scheme.span,
            "say where the key goes: `header: X-Api-Key`, `query: api_key` or `cookie: session`",
        ),
        1 => {}
        _ => diagnostics.push(
            Diagnostic::error(
                &codes::API_KEY_PLACE,
                scheme.span,
                "an API key travels in one place, this one in several",
            )
            .help("keep one of `header`, `query` and `cookie`; two keys are two entries"),
        ),
    }
    match places.into_iter().next() {
        Some((place, mut name)) => {
            match place {
                KeyPlace::Header => name = header(name, diagnostics),
                KeyPlace::Query => reader::check_query_name(&name, diagnostics),
                KeyPlace::Cookie => {}
            }
            if let (Some(prefix), KeyPlace::Query | KeyPlace::Cookie) = (&prefix, place) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::AUTH_WORD,
                        prefix.span,
                        "nothing stands before a key in the query or in a cookie",
                    )
                    .related(name.span, "where the key travels")
                    .help("a prefix is that of a `header`; here the key is the whole value"),
                );
            }
            AuthKind::ApiKey { place, name, key, prefix }
        }
        None => AuthKind::Poisoned,
    }
}

/// `prefix`, which is sent as it stands.
fn prefix(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Text> {
    let prefix = keys.text("prefix", diagnostics)?;
    let text = prefix.value.as_str();
    let error = || {
        let message = format!("`{}` cannot stand before a key", reader::shown(text));
        Diagnostic::error(&codes::AUTH_WORD, prefix.span, message)
    };
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        diagnostics.push(error().label("expected printable ASCII, which is what headers hold"));
        return None;
    }
    if let Some(at) = text.find(['{', '<', '$']) {
        // A key follows its prefix by itself, and nothing follows the key.
        let before = &text[..at];
        let quoted = json_text(before);
        let found = error().label("the key is no part of it");
        diagnostics.push(match !before.is_empty() && text.ends_with(['}', '>']) {
            true => found
                .help(format!("the key follows by itself: `prefix: {quoted}`"))
                .patch(prefix.span, quoted),
            false => found.help(
                "a key follows its prefix by itself; where something follows the key, the app makes the whole value: \
                 `{ scheme: api-key, header: Authorization }`",
            ),
        });
        return None;
    }
    match text.bytes().last() {
        None => {
            diagnostics.push(error().label("this is empty").help("leave `prefix` out"));
            return None;
        }
        // Without quotes no blank stands behind a text.
        Some(last) if last.is_ascii_alphanumeric() => {
            let quoted = json_text(&format!("{text} "));
            diagnostics.push(
                error()
                    .label("the key would follow without anything between them")
                    .help(format!("what is between them belongs to it: `prefix: {quoted}`"))
                    .patch(prefix.span, quoted),
            );
        }
        Some(_) => {}
    }
    Some(prefix)
}

/// The header of a key, which may stand there with its value: `Authorization: Token {key}`.
fn header(name: Text, diagnostics: &mut Diagnostics) -> Text {
    let Some((header, value)) = name.value.split_once(':') else { return name };
    let before = value.trim_start().split(['{', '<', '$']).next().unwrap_or_default();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if before.is_empty() || header.is_empty() || !header.chars().all(is_word) {
        return name;
    }
    let prefix = match before.ends_with(' ') || before.len() < value.trim_start().len() {
        true => before.to_owned(),
        false => return name,
    };
    let written = format!("header: {header}, prefix: {}", json_text(&prefix));
    diagnostics.push(
        Diagnostic::error(
            &codes::BAD_HEADER,
            name.span,
            format!("`{}` cannot be the name of a header", reader::shown(&name.value)),
        )
        .label("its name and its value")
        .help(format!("what stands before the key is its prefix: `{}`", reader::shown(&written))),
    );
    Text { value: header.to_owned(), span: name.span }
}
