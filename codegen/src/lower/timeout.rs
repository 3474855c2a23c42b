//! Times in seconds, minutes or hours, and how long calls may take.

use crate::ast::{self, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::Timeouts;
use crate::parse::shown;

/// A day: longer than that no client lives for certain.
const MOST: u64 = 24 * 60 * 60;

/// What is wrong with a text that [`seconds`] does not take.
pub(super) const EXPECTED: &str = "expected a time from `1s` to `24h`";

/// `30s`, `15m`, `24h`
pub(super) fn seconds(text: &Text) -> Option<u64> {
    let units = [('s', 1), ('m', 60), ('h', 60 * 60)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number: u64 = text.value.strip_suffix(*unit)?.parse().ok()?;
        number.checked_mul(*seconds)
    });
    seconds.filter(|seconds| (1..=MOST).contains(seconds))
}

/// The time that is meant by `30`, `5 minutes`, `1m30s`, `PT5M` or `3000ms`, in whole seconds, and whether it
/// has been rounded.
pub(super) fn meant(text: &str) -> Option<(String, bool)> {
    let text = text.trim().to_ascii_lowercase();
    let mut rest = text.strip_prefix("pt").unwrap_or(&text);
    let mut thousandths: u64 = 0;
    let (mut alone, mut rounded) = (None, false);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let behind = behind.trim_start();
        let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(end);
        let factor = match unit {
            "ms" | "millis" | "milliseconds" => 1,
            // Beside others a number without a unit could be anything: `1h30`, `5,000`, `30 40`.
            "" if number == text => 1000,
            "s" | "sec" | "secs" | "second" | "seconds" => 1000,
            "m" | "min" | "mins" | "minute" | "minutes" => 60 * 1000,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60 * 60 * 1000,
            "d" | "day" | "days" => 24 * 60 * 60 * 1000,
            _ => return None,
        };
        let known = [(1000, 's'), (60 * 1000, 'm'), (60 * 60 * 1000, 'h')];
        let known = known.into_iter().find(|(known, _)| *known == factor && thousandths == 0);
        alone = known.map(|(_, unit)| format!("{number}{unit}")).filter(|_| behind.is_empty());
        let (parts, cut) = parts(number, factor)?;
        thousandths = thousandths.checked_add(parts)?;
        rounded |= cut;
        rest = behind.trim_start_matches([' ', ',']);
    }
    let seconds = thousandths.div_ceil(1000);
    let whole = [(60 * 60, 'h'), (60, 'm'), (1, 's')];
    let (size, unit) = whole.into_iter().find(|(size, _)| seconds.is_multiple_of(*size))?;
    let fits = (1..=MOST).contains(&seconds);
    rounded |= !thousandths.is_multiple_of(1000);
    // A whole number of one unit stays that.
    let alone = alone.filter(|alone| !alone.contains('.'));
    fits.then(|| (alone.unwrap_or_else(|| format!("{}{unit}", seconds / size)), rounded))
}

/// `1.5` of a unit in its parts, and whether these have been rounded.
fn parts(number: &str, unit: u64) -> Option<(u64, bool)> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let scale = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let sum = format!("{whole}{fraction}").parse::<u64>().ok()?.checked_mul(unit)?;
    Some((sum.div_ceil(scale), !sum.is_multiple_of(scale)))
}

/// What `defaults` says, for all calls. What groups say is looked at here too, once for all methods.
pub(super) fn provider(specification: &Specification, diagnostics: &mut Diagnostics) -> Timeouts {
    let levels = specification.defaults.timeouts.levels();
    let merged = levels.iter().fold(ast::Timeouts::default(), |closer, level| closer.or(level));
    let timeouts = read(&merged, diagnostics);
    if let Some(level) = levels.iter().position(|level| level.attempt.is_some()) {
        check_attempt(&levels[level..], diagnostics);
    }
    if let Some(level) = levels.iter().position(|level| level.connect.is_some()) {
        check_connect(&levels[level..], diagnostics);
    }
    for group in &specification.groups {
        read(&group.timeouts, diagnostics);
        check_attempt(&within(&[&group.timeouts], &levels), diagnostics);
    }
    timeouts
}

/// What a method and its group say, where it is not what `defaults` says.
pub(super) fn method(
    method: &ast::Method,
    group: Option<&ast::Group>,
    defaults: &ast::Timeouts,
    diagnostics: &mut Diagnostics,
) -> Timeouts {
    let none = ast::Timeouts::default();
    let group = group.map_or(&none, |group| &group.timeouts);
    let own = read(&method.timeouts, diagnostics);
    check_attempt(&within(&[&method.timeouts, group], &defaults.levels()), diagnostics);
    let of_group = |text: &Option<Text>| text.as_ref().and_then(seconds);
    Timeouts {
        connect: None,
        attempt: own.attempt.or_else(|| of_group(&group.attempt)),
        call: own.call.or_else(|| of_group(&group.call)),
    }
}

/// Levels with those around them, the closest first.
fn within<'t>(closer: &[&'t ast::Timeouts], outer: &[&'t ast::Timeouts]) -> Vec<&'t ast::Timeouts> {
    closer.iter().chain(outer).copied().collect()
}

/// An attempt is a part of its call. A call that is declared closer than its attempts cuts them short,
/// as is meant; an attempt that is declared closer and never has its time is a mistake. The attempt is
/// that of the first level.
fn check_attempt(levels: &[&ast::Timeouts], diagnostics: &mut Diagnostics) {
    let levels = readable(levels);
    let attempt = levels.first().and_then(|own| own.attempt.as_ref());
    let call = levels.iter().find_map(|level| level.call.as_ref());
    check_part(
        attempt.map(|text| ("an attempt", text)),
        call.map(|text| ("a call", text)),
        diagnostics,
    );
}

/// The same of a connection, which is a part of its attempt.
fn check_connect(levels: &[&ast::Timeouts], diagnostics: &mut Diagnostics) {
    let levels = readable(levels);
    let connect = levels.first().and_then(|own| own.connect.as_ref());
    let attempt = levels.iter().find_map(|level| level.attempt.as_ref());
    let call = levels.iter().find_map(|level| level.call.as_ref());
    check_part(
        connect.map(|text| ("a connection", text)),
        attempt.map(|text| ("an attempt", text)).or(call.map(|text| ("a call", text))),
        diagnostics,
    );
}

/// The levels before the first one that could not be read: it may say otherwise than those around it.
fn readable<'l, 't>(levels: &'l [&'t ast::Timeouts]) -> &'l [&'t ast::Timeouts] {
    let end = levels.iter().position(|level| level.unreadable).unwrap_or(levels.len());
    &levels[..end]
}

fn check_part(
    part: Option<(&str, &Text)>,
    whole: Option<(&str, &Text)>,
    diagnostics: &mut Diagnostics,
) {
    let (Some((part, time)), Some((whole, longest))) = (part, whole) else { return };
    // What is no time is reported already.
    let (Some(seconds), Some(most)) = (self::seconds(time), self::seconds(longest)) else { return };
    if seconds > most {
        diagnostics.push(
            Diagnostic::error(
                &codes::TIMEOUT_ORDER,
                time.span,
                format!("{part} may take `{}`, and {whole} `{}`", time.value, longest.value),
            )
            .label(format!("never has that long: {whole} ends before"))
            .related(longest.span, format!("the limit of {whole}")),
        );
    }
}

fn read(stated: &ast::Timeouts, diagnostics: &mut Diagnostics) -> Timeouts {
    let mut one = |text: &Option<Text>| {
        let text = text.as_ref()?;
        let found = seconds(text);
        if found.is_none() {
            let message = format!("`{}` is no limit of time", shown(&text.value));
            let diagnostic =
                Diagnostic::error(&codes::BAD_TIMEOUT, text.span, message).label(EXPECTED);
            diagnostics.push(match meant(&text.value) {
                Some((meant, false)) => {
                    diagnostic.help(format!("did you mean `{meant}`?")).patch(text.span, meant)
                }
                Some((meant, true)) => diagnostic
                    .help(format!("times are whole seconds: `{meant}`"))
                    .patch(text.span, meant),
                None => diagnostic.help("a time is a whole number and a unit: `45s`, `5m`, `2h`"),
            });
        }
        found
    };
    Timeouts {
        connect: one(&stated.connect),
        attempt: one(&stated.attempt),
        call: one(&stated.call),
    }
}
