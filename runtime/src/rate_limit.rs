//! What services say about how much one may still ask of them.

use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// Numbers above this are moments, counted from 1970, and not seconds to wait.
const A_MOMENT: u64 = 1_000_000_000;

/// The headers in which a provider tells of its limits, written by the generator as a constant.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitHeaders {
    /// The status that says that a limit is exceeded.
    pub status: u16,
    /// How many calls are allowed.
    pub limit: Option<&'static str>,
    /// How many of them are left.
    pub remaining: Option<&'static str>,
    /// When they are all there again.
    pub reset: Option<&'static str>,
}

impl RateLimitHeaders {
    /// Headers of no name, with the status 429.
    pub const NONE: Self = Self { status: 429, limit: None, remaining: None, reset: None };

    pub(crate) fn read(&self, status: StatusCode, headers: &HeaderMap) -> Option<RateLimit> {
        let text = |name: Option<&str>| headers.get(name?)?.to_str().ok().map(str::trim);
        // `100, 100;w=60` says more than the number that it begins with.
        let number = |text: &str| {
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            text[..end].parse().ok()
        };
        let limit = RateLimit {
            exceeded: status.as_u16() == self.status,
            limit: text(self.limit).and_then(number),
            remaining: text(self.remaining).and_then(number),
            reset: text(self.reset).and_then(Reset::parse),
        };
        let says_something = limit.exceeded
            || limit.limit.is_some()
            || limit.remaining.is_some()
            || limit.reset.is_some();
        says_something.then_some(limit)
    }
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
    /// When they are all there again.
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
    /// Seconds to wait, seconds since 1970, or an HTTP date.
    fn parse(text: &str) -> Option<Self> {
        if let Ok(seconds) = text.parse::<u64>() {
            let time = Duration::from_secs(seconds);
            return Some(if seconds > A_MOMENT { Self::At(time) } else { Self::After(time) });
        }
        if let Ok(date) = clientwright_wire::http_date::parse(text) {
            let seconds = u64::try_from(date.unix_seconds()).ok()?;
            return Some(Self::At(Duration::from_secs(seconds)));
        }
        Duration::try_from_secs_f64(text.parse().ok()?).ok().map(Self::After)
    }

    /// How long that is from now.
    pub(crate) fn wait(self, unix: impl FnOnce() -> Duration) -> Duration {
        match self {
            Self::After(time) => time,
            Self::At(time) => time.saturating_sub(unix()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const HEADERS: RateLimitHeaders = RateLimitHeaders {
        status: 403,
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
        assert!(read(StatusCode::FORBIDDEN, &[]).unwrap().exceeded);
        assert_eq!(read(StatusCode::OK, &[("ratelimit-limit", "many")]), None);
    }

    #[test]
    fn resets_in_every_form() {
        let at = |seconds| Some(Reset::At(Duration::from_secs(seconds)));
        assert_eq!(Reset::parse("1700000000"), at(1_700_000_000));
        assert_eq!(Reset::parse("Sun, 06 Nov 1994 08:49:37 GMT"), at(784_111_777));
        assert_eq!(Reset::parse("1.5"), Some(Reset::After(Duration::from_millis(1500))));
        for nonsense in ["", "-1", "soon", "NaN", "inf", "-1.5"] {
            assert_eq!(Reset::parse(nonsense), None, "{nonsense}");
        }
        let now = || Duration::from_secs(100);
        assert_eq!(Reset::At(Duration::from_secs(107)).wait(now), Duration::from_secs(7));
        assert_eq!(Reset::At(Duration::from_secs(7)).wait(now), Duration::ZERO);
    }
}
