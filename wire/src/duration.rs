//! Durations as ISO 8601 and XML Schema write them: `P1DT2H`.

use crate::error::ParseError;
use crate::scan::{Scan, digits_for, write_fraction};
use std::fmt;
use std::str::FromStr;

const EXPECTED: &str = "an ISO 8601 duration like `PT1H30M`";

/// A duration by calendar parts, such as `P1Y2M10DT2H30M0.5S`.
///
/// The parts stay as written: a month has no fixed number of days, so nothing is added up unless
/// [`to_std`](Self::to_std) can do it exactly. Two values are equal if their parts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// `-P…`: the whole duration counts backwards.
    pub negative: bool,
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Weeks.
    pub weeks: u32,
    /// Days.
    pub days: u32,
    /// Hours.
    pub hours: u32,
    /// Minutes.
    pub minutes: u32,
    /// Whole seconds.
    pub seconds: u32,
    /// The fraction of a second, in nanoseconds below 1,000,000,000.
    pub nanos: u32,
}

impl Duration {
    /// The length as a number of seconds; `None` if it is negative or has years or months.
    pub fn to_std(self) -> Option<std::time::Duration> {
        if self.negative || self.years > 0 || self.months > 0 {
            return None;
        }
        let days = u64::from(self.weeks) * 7 + u64::from(self.days);
        let minutes = (days * 24 + u64::from(self.hours)) * 60 + u64::from(self.minutes);
        let seconds = minutes * 60 + u64::from(self.seconds);
        Some(
            std::time::Duration::from_secs(seconds)
                + std::time::Duration::from_nanos(u64::from(self.nanos)),
        )
    }

    /// The duration of a number of seconds, in hours, minutes and seconds; `None` from about half
    /// a million years on.
    pub fn from_std(length: std::time::Duration) -> Option<Self> {
        let seconds = length.as_secs();
        let part = |value: u64| u32::try_from(value).ok();
        Some(Self {
            hours: part(seconds / 3600)?,
            minutes: part(seconds / 60 % 60)?,
            seconds: part(seconds % 60)?,
            nanos: length.subsec_nanos(),
            ..Self::default()
        })
    }

    fn scan(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let mut duration = Self { negative: scan.skip(b'-').is_some(), ..Self::default() };
        scan.skip(b'P')?;
        // Parts come in this order, each at most once: `next` is the first that may still come.
        let (mut next, mut in_time) = (0, false);
        loop {
            if !in_time && scan.skip(b'T').is_some() {
                in_time = true;
                next = 4;
                // A `T` announces at least one part.
                scan.peek()?;
            } else if scan.end().is_some() {
                break;
            }
            let value = u32::try_from(scan.number()?.0).ok()?;
            let with_fraction = scan.peek() == Some(b'.');
            let (nanos, _) = scan.fraction()?;
            let unit = scan.one_of(if in_time { b"HMS" } else { b"YMWD" })?;
            let (place, part) = match (in_time, unit) {
                (false, b'Y') => (0, &mut duration.years),
                (false, b'M') => (1, &mut duration.months),
                (false, b'W') => (2, &mut duration.weeks),
                (false, _) => (3, &mut duration.days),
                (true, b'H') => (4, &mut duration.hours),
                (true, b'M') => (5, &mut duration.minutes),
                (true, _) => (6, &mut duration.seconds),
            };
            if place < next || (with_fraction && place != 6) {
                return None;
            }
            *part = value;
            duration.nanos = nanos;
            next = place + 1;
        }
        (next > 0).then_some(duration)
    }
}

impl FromStr for Duration {
    type Err = ParseError;

    /// Fractions are read in seconds only.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::scan(text).ok_or_else(|| ParseError::new(EXPECTED, text))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.negative { "-P" } else { "P" })?;
        let mut part = |value: u32, unit: char| match value {
            0 => Ok(()),
            value => write!(f, "{value}{unit}"),
        };
        part(self.years, 'Y')?;
        part(self.months, 'M')?;
        part(self.weeks, 'W')?;
        part(self.days, 'D')?;
        let has_seconds = self.seconds > 0 || self.nanos > 0;
        let has_date = self.years > 0 || self.months > 0 || self.weeks > 0 || self.days > 0;
        if !has_seconds && self.hours == 0 && self.minutes == 0 {
            return if has_date { Ok(()) } else { f.write_str("T0S") };
        }
        f.write_str("T")?;
        let mut part = |value: u32, unit: char| match value {
            0 => Ok(()),
            value => write!(f, "{value}{unit}"),
        };
        part(self.hours, 'H')?;
        part(self.minutes, 'M')?;
        if has_seconds {
            write!(f, "{}", self.seconds)?;
            write_fraction(f, self.nanos, digits_for(self.nanos))?;
            f.write_str("S")?;
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
        for text in ["P1Y2M10DT2H30M", "PT1H", "P3W", "-P1D", "PT0S", "PT0.500S", "P1DT1S", "PT36H"]
        {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), text);
        }
        assert_eq!("P0D".parse::<Duration>().unwrap().to_string(), "PT0S");
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "P",
            "PT",
            "P1DT",
            "1D",
            "P1H",
            "PT1D",
            "P1D1Y",
            "P1D1D",
            "P1.5D",
            "PT1H1",
            "+P1D",
            "P-1D",
            "PT1M1H",
            "P4294967296D",
            "PTT1S",
        ] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    #[test]
    fn adds_up_only_what_has_a_length() {
        let read = "P1DT1H0.5S".parse::<Duration>().unwrap();
        assert_eq!(read.to_std(), Some(std::time::Duration::from_millis(90_000_500)));
        assert_eq!("P1M".parse::<Duration>().unwrap().to_std(), None);
        assert_eq!("-PT1M".parse::<Duration>().unwrap().to_std(), None);
    }

    proptest! {
        #[test]
        fn comes_back(parts in any::<[u32; 7]>(), negative: bool, nanos in 0_u32..1_000_000_000) {
            let [years, months, weeks, days, hours, minutes, seconds] = parts;
            let duration =
                Duration { negative, years, months, weeks, days, hours, minutes, seconds, nanos };
            prop_assert_eq!(duration.to_string().parse::<Duration>().unwrap(), duration);
            let _ = duration.to_std();
        }

        #[test]
        fn never_panics(text in any::<String>(), near in "-?P[0-9YMWDTHS.]{0,20}") {
            let _ = text.parse::<Duration>();
            let _ = near.parse::<Duration>();
        }
    }
}
