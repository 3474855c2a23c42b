//! How signatures and times stand in their headers, and what surrounds them in the signed text.

use crate::ast::{Text, VerifyKeys};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::type_expr;

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
