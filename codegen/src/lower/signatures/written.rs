//! How signatures and times stand in their headers, and what surrounds them in the signed text.

use crate::ast::{self, DeliveryPlace, Text, VerifyKeys};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::names;
use crate::parse::shown;
use crate::type_expr;

/// What can be done where the address is signed.
const ADDRESS: &str = "the address that a delivery comes to is not known to what receives it: say `verify: none`, and \
                       check the signature in the app, before the delivery is read";

/// Refuses what no header is written like.
pub(super) fn check(keys: &VerifyKeys, diagnostics: &mut Diagnostics) {
    let of_time = keys.timestamp.as_ref().and_then(|timestamp| timestamp.prefix.as_ref());
    for prefix in [keys.prefix.as_ref(), of_time].into_iter().flatten() {
        diagnostics.extend(with_placeholder(prefix));
    }
    if let Some(split) = keys.split.as_ref().filter(|split| split.value.is_empty()) {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_VERIFY, split.span, "values cannot be split at nothing")
                .help("leave `split` out where the header has one value"),
        );
    }
    diagnostics.extend(one_value_for_two(keys));
    diagnostics.extend(keys.over.as_ref().and_then(literal_break));
    diagnostics.extend(keys.over.as_ref().and_then(forgotten_braces));
}

/// `t={timestamp},v1=`: a prefix is what stands before one value.
fn with_placeholder(prefix: &Text) -> Option<Diagnostic> {
    prefix.value.contains(['{', '<']).then(|| {
        let last = prefix.value.rsplit([',', ';', ' ', '}', '>']).find(|part| !part.is_empty());
        let example = last.filter(|it| !it.contains(['{', '<'])).unwrap_or("v1=");
        Diagnostic::error(
            &codes::BAD_VERIFY,
            prefix.span,
            format!("`{}` cannot stand before a value", shown(&prefix.value)),
        )
        .label("looked for as it stands")
        .help(format!(
            "a header of several values is `split: \",\"`, and each value has its own prefix: `prefix: {}`, \
             `timestamp: {{ prefix: t=, tolerance: 5m }}`",
            shown(example)
        ))
    })
}

/// A header that is the signature and the time as a whole.
fn one_value_for_two(keys: &VerifyKeys) -> Option<Diagnostic> {
    let (header, timestamp) = (keys.header.as_ref()?, keys.timestamp.as_ref()?);
    let named = timestamp.header.as_ref();
    let same = named.is_none_or(|name| name.value.eq_ignore_ascii_case(&header.value));
    // A signature that cannot be read says nothing of its header.
    if !same || keys.split.is_some() || keys.hmac.is_none() || timestamp.unclear {
        return None;
    }
    let span = named.map_or(timestamp.span, |name| name.span);
    Some(
        Diagnostic::error(
            &codes::SIGNED_TEXT,
            span,
            format!("the header `{}` would be the signature and the time", shown(&header.value)),
        )
        .related(header.span, "the signature")
        .help(
            "name the header of the time; where both stand in one, say what is between them and before each: \
             `split: \",\", prefix: v1=, timestamp: { prefix: t=, tolerance: 5m }`",
        ),
    )
}

/// `'{timestamp}\n{body}'`: a backslash and a letter, in place of the end of a line.
fn literal_break(over: &Text) -> Option<Diagnostic> {
    let at = over.value.find("\\n")?;
    let meant = format!("\"{}\"", over.value.replace('"', "\\\""));
    let place = type_expr::part(over.span, &over.value, at, at + 2);
    Some(
        Diagnostic::error(&codes::SIGNED_TEXT, place, "`\\n` is a backslash and a letter here")
            .label("only in double quotes the end of a line")
            .help("put the text into double quotes")
            .patch(over.span, meant),
    )
}

/// `{body}url`: a name beside a placeholder, of which the braces are forgotten.
fn forgotten_braces(over: &Text) -> Option<Diagnostic> {
    if !over.value.contains("{body}") {
        return None;
    }
    // `id:` before a placeholder says what follows, and is signed.
    let literals = over.value.split('{').map(|part| part.rsplit('}').next().unwrap_or(part));
    let mut words = literals.map(|literal| literal.trim_matches(['.', ',', '|', '+', ' ', '\n']));
    let word = words.find(|word| is_part(word) || is_word(word) && is_address(word))?;
    let start = word.as_ptr() as usize - over.value.as_ptr() as usize;
    let place = type_expr::part(over.span, &over.value, start, start + word.len());
    let found = Diagnostic::error(
        &codes::SIGNED_TEXT,
        place,
        format!("`{}` would be signed as this word", shown(word)),
    );
    Some(if is_part(word) {
        let mended = format!("{{{word}}}");
        let found = found.help(format!("what stands for something is in braces: `{mended}`"));
        if place == over.span { found } else { found.patch(place, mended) }
    } else {
        found.help(ADDRESS)
    })
}

fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

fn is_part(word: &str) -> bool {
    matches!(word, "body" | "timestamp" | "id")
}

/// A word in braces in a signed `text` that stands for none of what can be signed.
pub(super) fn unknown_part(
    word: &str,
    text: &Text,
    keys: &VerifyKeys,
    deliveries: &ast::Deliveries,
) -> Diagnostic {
    let start = word.as_ptr() as usize - text.value.as_ptr() as usize;
    let place = type_expr::part(text.span, &text.value, start, start + word.len());
    let found = Diagnostic::error(
        &codes::SIGNED_TEXT,
        place,
        format!("`{{{}}}` is no part of a signed text", shown(word)),
    )
    .label("expected `{body}`, `{timestamp}` or `{id}`");
    match meant(word, keys, deliveries) {
        Some("timestamp") if keys.timestamp.is_none() => found.help(
            "say which header holds the time, and write `{timestamp}` here: \
             `timestamp: { header: X-Timestamp, tolerance: 5m }`",
        ),
        Some(meant) => {
            let found = found.help(format!("did you mean `{{{meant}}}`?"));
            if place == text.span { found } else { found.patch(place, meant) }
        }
        None if is_address(word) => found.help(ADDRESS),
        None => found.help("nothing else of a delivery can be signed; a text that is always the same stands there as it is"),
    }
}

/// What can be signed and is called otherwise: by its header, or by a word that has its own in it.
fn meant(word: &str, keys: &VerifyKeys, deliveries: &ast::Deliveries) -> Option<&'static str> {
    let is = |header: &Text| header.value.eq_ignore_ascii_case(word);
    let of_time = keys.timestamp.as_ref().and_then(|timestamp| timestamp.header.as_ref());
    if of_time.is_some_and(is) {
        return Some("timestamp");
    }
    if matches!(&deliveries.id, Some(DeliveryPlace::Header(header)) if is(header)) {
        return Some("id");
    }
    let words = names::snake(word).unwrap_or_default();
    let of_word = |word: &str| match word {
        "body" | "payload" | "content" | "data" | "raw" | "request" => Some("body"),
        "timestamp" | "t" | "ts" | "time" | "date" => Some("timestamp"),
        _ => None,
    };
    words.split('_').find_map(of_word).or_else(|| nearest(word, ["body", "timestamp", "id"]))
}

/// Whether a word, in whatever letters, names the address of a delivery, as in `{callback_url}`.
fn is_address(word: &str) -> bool {
    let words = names::snake(word).unwrap_or_default();
    words.split('_').any(|word| matches!(word, "url" | "uri"))
}
