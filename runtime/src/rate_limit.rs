//! What services say about how much one may still ask of them.

use clientwright_wire::limits::is_of_limits;
use clientwright_wire::{DateTime, http_date};
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::time::Duration;

/// Numbers above this are moments, counted from 1970, and not seconds to wait.
const A_MOMENT: Duration = Duration::from_secs(1_000_000_000);

/// Moments above this, three thousand years ahead, are counted in milliseconds.
const IN_MILLISECONDS: Duration = Duration::from_secs(100_000_000_000);

/// The headers in which a provider tells of its limits, written by the generator as a constant.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitHeaders {
    /// The statuses that say that a limit is exceeded.
    pub statuses: &'static [u16],
    /// How many calls are allowed.
    pub limit: Option<&'static str>,
    /// How many of them are left.
    pub remaining: Option<&'static str>,
    /// When they are all there again.
    pub reset: Option<&'static str>,
}

impl RateLimitHeaders {
    /// Headers of no name, with the status 429.
    pub const NONE: Self = Self { statuses: &[429], limit: None, remaining: None, reset: None };

    pub(crate) fn read(&self, status: StatusCode, headers: &HeaderMap) -> Option<RateLimit> {
        let text = |name: Option<&str>| headers.get(name?)?.to_str().ok().map(str::trim);
        let exceeded = self.is_exceeded(status, headers);
        let asked = || Reset::asked_for(headers).filter(|_| exceeded);
        let limit = RateLimit {
            exceeded,
            limit: text(self.limit).and_then(number),
            remaining: text(self.remaining).and_then(number),
            reset: text(self.reset).and_then(Reset::parse).or_else(asked),
        };
        let says_something = limit.exceeded
            || limit.limit.is_some()
            || limit.remaining.is_some()
            || limit.reset.is_some();
        says_something.then_some(limit)
    }

    /// Whether a status of the limit came with an answer that is about something else.
    pub(crate) fn is_another_refusal(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        self.statuses.contains(&status.as_u16()) && !self.is_exceeded(status, headers)
    }

    /// A status that has a meaning of its own, such as 403, stands for the limit only where a header says so too, if there
    /// is one that could.
    fn is_exceeded(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        let status = status.as_u16();
        if !self.statuses.contains(&status) {
            return false;
        }
        let Some(remaining) = self.remaining else { return true };
        let is_zero =
            |left: &HeaderValue| left.to_str().is_ok_and(|it| number(it.trim()) == Some(0));
        is_of_limits(status)
            || headers.contains_key(RETRY_AFTER)
            || headers.get(remaining).is_some_and(is_zero)
    }
}

/// `100, 100;w=60` says more than the number that it begins with.
fn number(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// What an answer says about a limit on calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Whether the call was refused because of it.
    pub exceeded: bool,
    /// How many calls are allowed.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When they are all there again. Where no header tells, and the call was refused because of the limit, this is
    /// what `Retry-After` asks for.
    pub reset: Option<Reset>,
}

/// When a limit begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// After this time.
    After(Duration),
    /// At this time since 1970.
    At(Duration),
}

impl Reset {
    /// Seconds to wait, seconds or milliseconds since 1970, or a point in time.
    fn parse(text: &str) -> Option<Self> {
        match Self::read(text)? {
            Self::After(time) if time > IN_MILLISECONDS => Some(Self::At(time / 1000)),
            Self::After(time) if time > A_MOMENT => Some(Self::At(time)),
            reset => Some(reset),
        }
    }

    /// What `Retry-After` asks for, where a long wait is none the less a wait.
    pub(crate) fn asked_for(headers: &HeaderMap) -> Option<Self> {
        Self::read(headers.get(RETRY_AFTER)?.to_str().ok()?.trim())
    }

    /// Seconds to wait, perhaps with a fraction, or in words such as `1m30.5s`; or a point in time: an HTTP date, or as
    /// RFC 3339 has it.
    fn read(text: &str) -> Option<Self> {
        if let Ok(seconds) = text.parse() {
            return Some(Self::After(Duration::from_secs(seconds)));
        }
        if let Ok(at) = http_date::parse(text).or_else(|_| text.parse()) {
            return since_1970(at).map(Self::At);
        }
        let time = match text.parse() {
            Ok(seconds) => Duration::try_from_secs_f64(seconds).ok(),
            Err(_) => in_units(text),
        };
        time.map(Self::After)
    }

    /// How long that is from now.
    pub(crate) fn wait(self, unix: impl FnOnce() -> Duration) -> Duration {
        match self {
            Self::After(time) => time,
            Self::At(time) => time.saturating_sub(unix()),
        }
    }
}

/// A time as numbers with their units: `6m0s`, `20ms`.
fn in_units(text: &str) -> Option<Duration> {
    let (mut time, mut rest) = (None, text);
    while !rest.is_empty() {
        let (number, behind) = rest.split_at(rest.find(|c: char| c.is_ascii_alphabetic())?);
        let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, next) = behind.split_at(end);
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        let number: f64 = number.parse().ok()?;
        let more = Duration::try_from_secs_f64(number * seconds).ok()?;
        time = Some(time.unwrap_or(Duration::ZERO).checked_add(more)?);
        rest = next;
    }
    time
}

/// How long after 1970 that is; `None` before.
pub(crate) fn since_1970(at: DateTime) -> Option<Duration> {
    let seconds = u64::try_from(at.unix_seconds()).ok()?;
    Some(Duration::new(seconds, at.nanosecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: RateLimitHeaders = RateLimitHeaders {
        statuses: &[403, 429],
        limit: Some("ratelimit-limit"),
        remaining: Some("ratelimit-remaining"),
        reset: Some("ratelimit-reset"),
    };

    fn read(status: StatusCode, headers: &[(&'static str, &'static str)]) -> Option<RateLimit> {
        let headers = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), HeaderValue::from_static(value))
        });
        HEADERS.read(status, &headers.collect())
    }

    #[test]
    fn headers_are_read() {
        let limit = read(
            StatusCode::OK,
            &[
                ("ratelimit-limit", "100, 100;w=60"),
                ("ratelimit-remaining", " 7"),
                ("ratelimit-reset", "30"),
            ],
        )
        .unwrap();
        assert_eq!((limit.limit, limit.remaining, limit.exceeded), (Some(100), Some(7), false));
        assert_eq!(limit.reset, Some(Reset::After(Duration::from_secs(30))));
        assert_eq!(read(StatusCode::OK, &[]), None);
        assert!(read(StatusCode::TOO_MANY_REQUESTS, &[]).unwrap().exceeded);
        assert_eq!(read(StatusCode::OK, &[("ratelimit-limit", "many")]), None);
    }

    #[test]
    fn a_status_with_a_meaning_of_its_own_needs_a_header_beside_it() {
        let exceeded = |headers: &[(&'static str, &'static str)]| {
            read(StatusCode::FORBIDDEN, headers).is_some_and(|limit| limit.exceeded)
        };
        assert!(!exceeded(&[]));
        assert!(!exceeded(&[("ratelimit-remaining", "4999")]));
        assert!(!exceeded(&[("ratelimit-remaining", "none"), ("ratelimit-reset", "30")]));
        assert!(exceeded(&[("ratelimit-remaining", " 0;w=60")]));
        assert!(exceeded(&[("ratelimit-remaining", "4999"), ("retry-after", "60")]));
        // Nothing could tell.
        let headers = HeaderMap::new();
        let alone = RateLimitHeaders { remaining: None, ..HEADERS };
        assert!(alone.read(StatusCode::FORBIDDEN, &headers).unwrap().exceeded);
        assert!(HEADERS.is_another_refusal(StatusCode::FORBIDDEN, &headers));
        assert!(!HEADERS.is_another_refusal(StatusCode::TOO_MANY_REQUESTS, &headers));
        assert!(!HEADERS.is_another_refusal(StatusCode::NOT_FOUND, &headers));
    }

    #[test]
    fn what_is_asked_for_stands_for_a_reset() {
        let both = [("retry-after", "7200"), ("ratelimit-reset", "30")];
        let reset = |status, headers| read(status, headers).and_then(|limit| limit.reset);
        let (refused, fine) = (StatusCode::TOO_MANY_REQUESTS, StatusCode::OK);
        assert_eq!(reset(refused, &both), Some(Reset::After(Duration::from_secs(30))));
        assert_eq!(reset(refused, &both[..1]), Some(Reset::After(Duration::from_secs(7200))));
        // A long wait is none the less a wait.
        let long = [("retry-after", "1700000000")];
        assert_eq!(reset(refused, &long), Some(Reset::After(Duration::from_secs(1_700_000_000))));
        let date = [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")];
        assert_eq!(reset(refused, &date), Some(Reset::At(Duration::from_secs(784_111_777))));
        assert_eq!(reset(refused, &[("retry-after", "soon")]), None);
        assert_eq!(read(fine, &both[..1]), None, "no limit was exceeded");
    }

    #[test]
    fn resets_in_every_form() {
        let at = |seconds| Some(Reset::At(Duration::from_secs(seconds)));
        assert_eq!(Reset::parse("1700000000"), at(1_700_000_000));
        assert_eq!(Reset::parse("Sun, 06 Nov 1994 08:49:37 GMT"), at(784_111_777));
        assert_eq!(Reset::parse("2023-11-14T22:13:20.000Z"), at(1_700_000_000));
        assert_eq!(Reset::parse("2023-11-14T23:13:20+01:00"), at(1_700_000_000));
        let half = Some(Reset::At(Duration::from_millis(500)));
        assert_eq!(Reset::parse("1970-01-01T00:00:00.5Z"), half);
        assert_eq!(Reset::parse("1.5"), Some(Reset::After(Duration::from_millis(1500))));
        assert_eq!(Reset::parse("1700000000.0"), at(1_700_000_000));
        assert_eq!(Reset::parse("1700000000000"), at(1_700_000_000));
        for (text, milliseconds) in
            [("6m0s", 360_000), ("20ms", 20), ("1d2h3m4.5s", 93_784_500), ("0s", 0)]
        {
            let time = Duration::from_millis(milliseconds);
            assert_eq!(Reset::parse(text), Some(Reset::After(time)), "{text}");
        }
        for nonsense in
            ["", "-1", "soon", "NaN", "inf", "-1.5", "2023-11-14T22:13:20", "1969-12-31T23:59:59Z"]
        {
            assert_eq!(Reset::parse(nonsense), None, "{nonsense}");
        }
        for nonsense in
            ["s", "1", "m1s", "1m2", "1x", "-1s", "1 s", "9e999d", "1ss", "99999999999999999999d"]
        {
            assert_eq!(in_units(nonsense), None, "{nonsense}");
        }
        let now = || Duration::from_secs(100);
        assert_eq!(Reset::At(Duration::from_secs(107)).wait(now), Duration::from_secs(7));
        assert_eq!(Reset::At(Duration::from_secs(7)).wait(now), Duration::ZERO);
    }
}
