//! `retry:`, `idempotency:` and `rate_limit:`

use super::answers::{bad_status, exact_status};
use super::reader::{self, Keys};
use crate::ast::{Idempotency, RateLimit, Resending, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

/// Reads what `defaults`, a group or a method says about sending again.
pub(super) fn resending(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Resending {
    let retry = keys.node("retry", diagnostics);
    let idempotency = keys.node("idempotency", diagnostics);
    let idempotency = idempotency.and_then(|node| self::idempotency(node, diagnostics));
    // Examples show the header, whose name nobody knows.
    if idempotency.is_none() && keys.meant("idempotency") {
        diagnostics.lost.all_of("idempotency");
    }
    Resending { retry_on: retry.and_then(|node| retry_on(node, diagnostics)), idempotency }
}

fn retry_on(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<u16>>> {
    let mut keys = Keys::open("retry", node, diagnostics)?;
    if !keys.has("on") {
        let help = "say after which statuses: `retry: { on: [429, 503] }`";
        keys.missing("on", node.span, help);
    }
    let in_list = keys.peek("on").is_some_and(|on| on.value.as_sequence().is_some());
    let on = keys.texts("on", diagnostics);
    keys.finish(diagnostics);
    Some(on.iter().filter_map(|text| repeated(text, in_list, diagnostics)).collect())
}

/// A status of `on`, which may be meant for several.
fn repeated(text: &Text, in_list: bool, diagnostics: &mut Diagnostics) -> Option<Spanned<u16>> {
    if let Some(status) = exact_status(text) {
        return Some(Spanned::new(status, text.span));
    }
    let found = bad_status(text, "expected a number from 100 to 599");
    let digits = text.value.trim_end_matches(['x', 'X', '*']);
    diagnostics.push(match text.value.as_str() {
        "5xx" | "5XX" | "5**" | "500-599" | "5*" => {
            let each = "500, 502, 503, 504";
            let each = if in_list { each.to_owned() } else { format!("[{each}]") };
            found
                .help(format!("each has a number, as in `on: [{}]`", each.trim_matches(['[', ']'])))
                .patch(text.span, each)
        }
        _ if digits.starts_with('4') => {
            found.help("each has a number: `on: [429]`; what is the app's own mistake stays one")
        }
        value if value.contains(|c: char| c.is_ascii_digit()) => {
            found.help("each has a number: `on: [429, 503]`")
        }
        _ => found.help(
            "statuses are numbers, `on: [429, 503]`; a call without an answer is sent again by itself where that is safe",
        ),
    });
    None
}

fn status(text: &Text, diagnostics: &mut Diagnostics) -> Option<Spanned<u16>> {
    let status = exact_status(text);
    if status.is_none() {
        diagnostics.push(bad_status(text, "expected a number from 100 to 599"));
    }
    status.map(|status| Spanned::new(status, text.span))
}

fn idempotency(node: &Node, diagnostics: &mut Diagnostics) -> Option<Idempotency> {
    if let Value::Scalar(scalar) = &node.value
        && scalar.text == "none"
    {
        return Some(Idempotency::None);
    }
    let mut keys = Keys::open("idempotency", node, diagnostics)?;
    let header = keys.text("header", diagnostics);
    if header.is_none() {
        let help = "name the header: `idempotency: { header: Idempotency-Key }`";
        keys.missing("header", node.span, help);
    }
    keys.finish(diagnostics);
    header.map(Idempotency::Header)
}

/// Reads `rate_limit:`, of which a specification has one.
pub(super) fn rate_limit(
    entry: &Entry,
    known: Option<&RateLimit>,
    diagnostics: &mut Diagnostics,
) -> Option<RateLimit> {
    if let Some(first) = known {
        diagnostics.push(
            Diagnostic::error(
                &codes::DUPLICATE_ITEM,
                entry.key.span,
                "a specification has one `rate_limit`",
            )
            .label("a second one")
            .related(first.name.span, "first defined here"),
        );
        return None;
    }
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("rate_limit", node, diagnostics)?;
    let status = keys.text("status", diagnostics);
    let mut limit = RateLimit {
        status: status.and_then(|status| self::status(&status, diagnostics)),
        limit: None,
        remaining: None,
        reset: None,
        requests: keys.text("requests", diagnostics),
        per: keys.text("per", diagnostics),
        name: entry.key.clone(),
    };
    if keys.len() == 0 {
        let help = "say how many calls there may be in what time: `requests: 500, per: 15m`";
        keys.missing("requests", node.span, help);
    } else if limit.requests.is_some() != limit.per.is_some() {
        let (key, help) = match limit.per {
            None => ("per", "say in what time: `requests: 500, per: 15m`"),
            Some(_) => ("requests", "say how many: `requests: 500, per: 15m`"),
        };
        keys.missing(key, node.span, help);
    }
    if let Some(node) = keys.node("headers", diagnostics)
        && let Some(mut headers) = Keys::open("headers", node, diagnostics)
    {
        let mut header = |key| -> Option<Text> { headers.text(key, diagnostics) };
        limit.limit = header("limit");
        limit.remaining = header("remaining");
        limit.reset = header("reset");
        headers.finish(diagnostics);
    }
    keys.finish(diagnostics);
    Some(limit)
}
