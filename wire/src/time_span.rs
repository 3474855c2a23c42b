//! Durations as .NET's `TimeSpan` writes them: `1.02:03:04.5000000`.

use crate::error::ParseError;
use crate::scan::Scan;
use std::fmt;
use std::str::FromStr;

const EXPECTED: &str = "a .NET time span like `1.02:03:04.5000000`";
const SECOND: i128 = 10_000_000;

/// A length of time in ticks of 100 nanoseconds, written `[-][d.]hh:mm:ss[.fffffff]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeSpan {
    ticks: i64,
}

impl TimeSpan {
    /// The length of that many ticks of 100 nanoseconds.
    pub fn from_ticks(ticks: i64) -> Self {
        Self { ticks }
    }

    /// The length in ticks of 100 nanoseconds.
    pub fn ticks(self) -> i64 {
        self.ticks
    }

    /// The length, if it is not negative.
    pub fn to_std(self) -> Option<std::time::Duration> {
        let ticks = u64::try_from(self.ticks).ok()?;
        let nanos = u32::try_from(ticks % 10_000_000).ok()? * 100;
        Some(std::time::Duration::new(ticks / 10_000_000, nanos))
    }

    fn scan(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let negative = scan.skip(b'-').is_some();
        let (first, digits) = scan.number()?;
        let (days, hours) = if scan.skip(b'.').is_some() {
            (first, scan.digits(2)?)
        } else {
            (0, u32::try_from(first).ok().filter(|_| digits == 2)?)
        };
        scan.skip(b':')?;
        let minutes = scan.digits(2)?;
        scan.skip(b':')?;
        let seconds = scan.digits(2)?;
        let (nanos, digits) = scan.fraction()?;
        scan.end()?;
        if hours > 23 || minutes > 59 || seconds > 59 || digits > 7 {
            return None;
        }
        let whole = i128::from(days) * 86_400
            + i128::from(hours) * 3600
            + i128::from(minutes) * 60
            + i128::from(seconds);
        let ticks = whole * SECOND + i128::from(nanos / 100);
        let ticks = i64::try_from(if negative { -ticks } else { ticks }).ok()?;
        Some(Self { ticks })
    }
}

impl FromStr for TimeSpan {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::scan(text).ok_or_else(|| ParseError::new(EXPECTED, text))
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticks = self.ticks.unsigned_abs();
        let (seconds, fraction) = (ticks / 10_000_000, ticks % 10_000_000);
        if self.ticks < 0 {
            f.write_str("-")?;
        }
        if seconds >= 86_400 {
            write!(f, "{}.", seconds / 86_400)?;
        }
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)?;
        if fraction > 0 {
            write!(f, ".{fraction:07}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_what_was_read() {
        for text in ["00:00:00", "-00:00:00.0000001", "1.02:03:04.5000000", "10675199.02:48:05"] {
            assert_eq!(text.parse::<TimeSpan>().unwrap().to_string(), text);
        }
        assert_eq!("00:00:01.5".parse::<TimeSpan>().unwrap().ticks(), 15_000_000);
        assert_eq!(TimeSpan::from_ticks(i64::MIN).to_string(), "-10675199.02:48:05.4775808");
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "1:00:00",
            "24:00:00",
            "00:60:00",
            "00:00:60",
            "00:00",
            "1.2:00:00",
            "00:00:00.12345678",
            "99999999.00:00:00",
            "00:00:00 ",
        ] {
            assert!(text.parse::<TimeSpan>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(ticks: i64) {
            let span = TimeSpan::from_ticks(ticks);
            prop_assert_eq!(span.to_string().parse::<TimeSpan>().unwrap(), span);
            let _ = span.to_std();
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = text.parse::<TimeSpan>();
        }
    }
}
