//! `retry:`, `idempotency:` and `rate_limit:`

use super::answers::{bad_status, exact_status};
use super::reader::{self, Keys, shown};
use crate::ast::{Idempotency, RateLimit, Resending, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
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
    let statuses = keys.texts("status", diagnostics);
    let mut limit = RateLimit {
        statuses: statuses.iter().filter_map(|status| self::status(status, diagnostics)).collect(),
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
    if let Some(node) = keys.node("headers", diagnostics) {
        headers(node, &mut limit, diagnostics);
    }
    keys.finish(diagnostics);
    Some(limit)
}

/// What the headers of a limit are called.
fn headers(node: &Node, limit: &mut RateLimit, diagnostics: &mut Diagnostics) {
    if let Some(found) = headers_meant(node) {
        diagnostics.push(found);
        return;
    }
    if let Some(mut headers) = Keys::open("headers", node, diagnostics) {
        let mut header = |key| -> Option<Text> { headers.text(key, diagnostics) };
        limit.limit = header("limit");
        limit.remaining = header("remaining");
        limit.reset = header("reset");
        headers.finish(diagnostics);
    }
    let all = [&limit.limit, &limit.remaining, &limit.reset].into_iter().flatten();
    let all: Vec<&Text> = all.collect();
    for (at, header) in all.iter().enumerate() {
        let first = all[..at].iter().find(|it| it.value.eq_ignore_ascii_case(&header.value));
        if let Some(first) = first {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    header.span,
                    format!("the header `{}` is there twice", shown(&header.value)),
                )
                .related(first.span, "the first one")
                .help("each of them tells one thing: leave out what the service does not tell"),
            );
        }
    }
}

/// Headers of a limit in a list, or by their names, as what each of them tells.
fn headers_meant(node: &Node) -> Option<Diagnostic> {
    const TOLD: [&str; 3] = ["limit", "remaining", "reset"];
    let names: Vec<&str> = match &node.value {
        Value::Scalar(scalar) => vec![scalar.text.as_str()],
        Value::Sequence(items) => {
            items.iter().map(|item| Some(item.as_scalar()?.text.as_str())).collect::<Option<_>>()?
        }
        Value::Mapping(entries) => {
            let turned = |entry: &Entry| {
                let told =
                    entry.value.as_scalar().is_some_and(|it| TOLD.contains(&it.text.as_str()));
                told && !TOLD.contains(&entry.key.value.as_str())
            };
            if entries.is_empty() || !entries.iter().all(turned) {
                return None;
            }
            entries.iter().map(|entry| entry.key.value.as_str()).collect()
        }
        Value::Null => return None,
    };
    // `X-RateLimit-Remaining` says by itself what it tells; nearly all of them have a `limit` in their name.
    let told = |name: &&str| {
        let plain = name.to_ascii_lowercase();
        let told = TOLD.iter().rev().find(|told| plain.ends_with(**told))?;
        Some((*told, format!("{told}: {}", flow_text(name))))
    };
    let each: Option<Vec<(&str, String)>> = match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .map(|entry| {
                let told = entry.value.as_scalar()?;
                let told = TOLD.into_iter().find(|it| *it == told.text)?;
                Some((told, format!("{told}: {}", flow_text(&entry.key.value))))
            })
            .collect(),
        _ => names.iter().map(told).collect(),
    };
    let found = match node.value {
        Value::Mapping(_) => "what a header tells is the key, and its name the value".to_owned(),
        _ => format!("`headers` is a mapping, found {}", node.kind()),
    };
    let found = Diagnostic::error(&codes::WRONG_KIND, node.span, found)
        .label("expected what each of them tells");
    const EXAMPLE: &str = "as in `headers: { limit: RateLimit-Limit, remaining: RateLimit-Remaining, reset: RateLimit-Reset }`";
    let distinct = |each: &Vec<(&str, String)>| {
        let of = |told: &str| each.iter().filter(|(it, _)| *it == told).count();
        TOLD.iter().all(|told| of(told) < 2)
    };
    Some(match each.filter(distinct).filter(|each| !each.is_empty()) {
        Some(each) => {
            let each: Vec<String> = each.into_iter().map(|(_, written)| written).collect();
            let mended = format!("{{ {} }}", each.join(", "));
            found
                .help(format!("say of each what it tells: `headers: {}`", shown(&mended)))
                .patch(node.span, mended)
        }
        None => found.help(EXAMPLE),
    })
}
