//! What is sent again: effects, statuses, idempotency keys and limits.

use std::collections::BTreeMap;

use clientwright_wire::limits::is_of_limits;

use super::provider::{check_header_name, check_sent_header};
use super::timeout;
use crate::ast::{self, Idempotency, Resending, Specification};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Effect, Quota, RateLimit, Verb};
use crate::parse::shown;
use crate::source::{Span, Spanned};

/// The status that says so unless the specification names another one.
const TOO_MANY_REQUESTS: u16 = 429;

/// As many calls as a client remembers.
const MAX_REQUESTS: u32 = 100_000;

/// What the verb promises, unless the specification knows better.
pub(super) fn effect(method: &ast::Method, verb: Verb) -> Effect {
    match method.effect.as_ref().map(|effect| effect.value.as_str()) {
        Some("read") => Effect::Read,
        Some("idempotent") => Effect::Idempotent,
        Some(_) => Effect::Write,
        None => Effect::of_verb(verb),
    }
}

/// The statuses that the method or its group names; `None` for those of the provider.
pub(super) fn statuses(
    method: &ast::Method,
    group: Option<&ast::Group>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u16>> {
    let own = method.resending.retry_on.as_ref();
    let of_group = group.and_then(|group| group.resending.retry_on.as_ref());
    for status in own.into_iter().flatten() {
        if let Some(success) = success(method, status.value) {
            let message =
                format!("the status {} is a success of `{}`", status.value, method.name.value);
            diagnostics.push(retried_success(status, message).related(success, "a success here"));
        }
    }
    let stated = own.or(of_group)?;
    Some(stated.iter().map(|status| status.value).collect())
}

/// Why a status is a success of the method, if it is one.
fn success(method: &ast::Method, status: u16) -> Option<Span> {
    let is_success = |answer: &&ast::Answer| match &answer.status {
        Some(stated) => stated.value == status,
        None => (200..300).contains(&status),
    };
    method.returns.iter().find(is_success).map(|answer| match &answer.status {
        Some(stated) => stated.span,
        None => answer.span,
    })
}

fn retried_success(status: &Spanned<u16>, message: String) -> Diagnostic {
    Diagnostic::error(&codes::RETRIED_SUCCESS, status.span, message)
        .label("would never be sent again after it")
        .help("list the statuses of failures only: `on: [429, 503]`")
}

/// Refuses statuses for several methods that are a success of each of them.
fn check_shared(specification: &Specification, diagnostics: &mut Diagnostics) {
    let mut members: BTreeMap<&str, Vec<&ast::Method>> = BTreeMap::new();
    for method in &specification.methods {
        members.entry(method.group()).or_default().push(method);
    }
    let defaults = (specification.methods.iter().collect(), &specification.defaults.resending);
    let groups = specification.groups.iter().map(|group| {
        (members.get(group.name.value.as_str()).cloned().unwrap_or_default(), &group.resending)
    });
    for (methods, resending) in std::iter::once(defaults).chain(groups) {
        for status in resending.retry_on.iter().flatten() {
            let every = methods.iter().all(|method| success(method, status.value).is_some());
            if every && !methods.is_empty() {
                let message = format!("the status {} is a success of all methods", status.value);
                diagnostics.push(retried_success(status, message));
            } else if (200..300).contains(&status.value) {
                let message = format!("the status {} is a success", status.value);
                diagnostics.push(retried_success(status, message));
            }
        }
    }
}

/// The header that tells the service that a call is sent again; only calls that write need one.
pub(super) fn idempotency_key(
    method: &ast::Method,
    group: Option<&ast::Group>,
    defaults: &Resending,
    effect: Effect,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let own = method.resending.idempotency.as_ref();
    if let (Some(Idempotency::Header(header)), Effect::Read | Effect::Idempotent) = (own, effect) {
        diagnostics.push(
            Diagnostic::error(
                &codes::USELESS_KEY,
                header.span,
                format!("`{}` may be sent twice without a key", method.name.value),
            )
            .help("leave `idempotency` out, or say `effect: write` if a second call acts again"),
        );
    }
    let of_group = group.and_then(|group| group.resending.idempotency.as_ref());
    match own.or(of_group).or(defaults.idempotency.as_ref())? {
        Idempotency::Header(header) if effect == Effect::Write => Some(header.value.clone()),
        Idempotency::Header(_) | Idempotency::None => None,
    }
}

/// What holds for all methods: the statuses, and how the service tells of its limits.
pub(super) fn provider(
    specification: &Specification,
    diagnostics: &mut Diagnostics,
) -> (Option<Vec<u16>>, Option<RateLimit>) {
    check_shared(specification, diagnostics);
    let groups = specification.groups.iter().map(|group| &group.resending);
    let methods = specification.methods.iter().map(|method| &method.resending);
    for resending in groups.chain(methods).chain([&specification.defaults.resending]) {
        if let Some(Idempotency::Header(header)) = &resending.idempotency {
            check_sent_header(header, diagnostics);
            let mut constant = specification.defaults.headers.iter();
            if let Some((first, _)) =
                constant.find(|(it, _)| it.value.eq_ignore_ascii_case(&header.value))
            {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::OWN_HEADER,
                        header.span,
                        format!("the header `{}` is a constant already", shown(&header.value)),
                    )
                    .label("a key differs from call to call")
                    .related(first.span, "always sent with one value")
                    .help("leave one of the two out"),
                );
            }
        }
    }
    let limit = specification.rate_limit.as_ref().map(|limit| {
        for status in limit.statuses.iter().filter(|status| status.value < 400) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_QUOTA,
                    status.span,
                    format!("the status {} does not refuse a call", status.value),
                )
                .label("expected the status that says that a limit is exceeded")
                .help("say which failure it is, from 400 on; 429 where nothing is said"),
            );
        }
        for header in [&limit.limit, &limit.remaining, &limit.reset].into_iter().flatten() {
            check_header_name(header, diagnostics);
        }
        if limit.remaining.is_none() {
            let unclear = |status: &&Spanned<u16>| {
                (400..500).contains(&status.value) && !is_of_limits(status.value)
            };
            limit.statuses.iter().filter(unclear).for_each(|it| diagnostics.push(of_its_own(it)));
        }
        let name = |text: &Option<ast::Text>| text.as_ref().map(|text| text.value.clone());
        RateLimit {
            statuses: match &limit.statuses[..] {
                [] => vec![TOO_MANY_REQUESTS],
                stated => stated.iter().map(|status| status.value).collect(),
            },
            limit: name(&limit.limit),
            remaining: name(&limit.remaining),
            reset: name(&limit.reset),
            quota: limit.requests.as_ref().zip(limit.per.as_ref()).and_then(|(requests, per)| {
                let requests = self::requests(requests, diagnostics);
                let seconds = timeout::seconds(per);
                if seconds.is_none() {
                    let found = bad_quota(per, "time", timeout::EXPECTED);
                    let word = match per.value.trim_start_matches("per ") {
                        "second" | "sec" => Some("1s".to_owned()),
                        "minute" | "min" => Some("1m".to_owned()),
                        "hour" => Some("1h".to_owned()),
                        "day" | "1d" => Some("24h".to_owned()),
                        other => timeout::meant(other).map(|(meant, _)| meant),
                    };
                    diagnostics.push(match word {
                        Some(meant) => {
                            found.help(format!("did you mean `{meant}`?")).patch(per.span, meant)
                        }
                        None => found,
                    });
                }
                Some(Quota { requests: requests?, seconds: seconds? })
            }),
        }
    });
    let stated = specification.defaults.resending.retry_on.as_ref();
    (stated.map(|on| on.iter().map(|status| status.value).collect()), limit)
}

/// A status that is not about limits alone, where nothing else tells when it is.
fn of_its_own(status: &Spanned<u16>) -> Diagnostic {
    let message = format!("each answer with {} counts as one over the limit", status.value);
    Diagnostic::warning(&codes::LIMIT_STATUS, status.span, message)
        .label("such calls may be sent again, whatever was refused")
        .help(
            "name the header that tells how many calls are left, `headers: { remaining: X-RateLimit-Remaining }`: then only \
             answers count in which that is 0, or which have `Retry-After`",
        )
}

/// How many calls.
fn requests(text: &ast::Text, diagnostics: &mut Diagnostics) -> Option<u32> {
    let number = text.value.parse().ok().filter(|number| (1..=MAX_REQUESTS).contains(number));
    if number.is_none() {
        let expected = format!("expected a number from 1 to {MAX_REQUESTS}");
        let found = bad_quota(text, "number of calls", &expected);
        let digits = text.value.replace(['_', ',', ' ', '.'], "");
        let is_number =
            digits != text.value && digits.parse::<u32>().is_ok_and(|it| it <= MAX_REQUESTS);
        diagnostics.push(match is_number {
            true => found.help(format!("did you mean `{digits}`?")).patch(text.span, digits),
            false if let Some(thousands) = thousands(&text.value) => found
                .help(format!("did you mean `{thousands}`?"))
                .patch(text.span, thousands.to_string()),
            false if text.value.contains(['/', ' ']) => {
                found.help("how many and in what time are two keys: `requests: 500`, `per: 15m`")
            }
            false => {
                found.help("leave `requests` and `per` out where the service has no such limit")
            }
        });
    }
    number
}

/// `5k`
fn thousands(text: &str) -> Option<u32> {
    let number: u32 = text.strip_suffix(['k', 'K'])?.trim().parse().ok()?;
    number.checked_mul(1000).filter(|number| (1..=MAX_REQUESTS).contains(number))
}

fn bad_quota(text: &ast::Text, what: &str, expected: &str) -> Diagnostic {
    let message = format!("`{}` is no {what} of a limit", shown(&text.value));
    Diagnostic::error(&codes::BAD_QUOTA, text.span, message).label(expected)
}
