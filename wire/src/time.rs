//! A time of day.

use crate::error::ParseError;
use crate::scan::{Scan, digits_for, write_fraction};
use std::fmt;
use std::str::FromStr;

const EXPECTED: &str = "a time like `09:30` or `09:30:00.5`";

/// A time of day without a day or a zone: `09:30`, `09:30:00` or `09:30:00.125`.
///
/// Whether seconds and how many fraction digits were written is kept, and does not count for
/// comparing: `09:30` equals `09:30:00`.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    second_of_day: u32,
    nanos: u32,
    with_seconds: bool,
    digits: u8,
}

impl Time {
    /// The given time; `None` out of range. Writes seconds, and a fraction if there is one.
    pub fn new(hour: u8, minute: u8, second: u8, nanos: u32) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second < 60 && nanos < 1_000_000_000;
        fits.then(|| Self {
            second_of_day: u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second),
            nanos,
            with_seconds: true,
            digits: digits_for(nanos),
        })
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u8 {
        (self.second_of_day / 3600) as u8
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u8 {
        (self.second_of_day / 60 % 60) as u8
    }

    /// The second, 0 to 59.
    pub fn second(self) -> u8 {
        (self.second_of_day % 60) as u8
    }

    /// The fraction of the second in nanoseconds.
    pub fn nanosecond(self) -> u32 {
        self.nanos
    }

    pub(crate) fn second_of_day(self) -> u32 {
        self.second_of_day
    }

    pub(crate) fn digits(self) -> u8 {
        self.digits
    }

    pub(crate) fn with_digits(self, digits: u8) -> Self {
        Self { digits, ..self }
    }

    pub(crate) fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let hour = u8::try_from(scan.digits(2)?).ok()?;
        scan.skip(b':')?;
        let minute = u8::try_from(scan.digits(2)?).ok()?;
        if scan.skip(b':').is_none() {
            return Some(Self { with_seconds: false, ..Self::new(hour, minute, 0, 0)? });
        }
        let second = u8::try_from(scan.digits(2)?).ok()?;
        let (nanos, digits) = scan.fraction()?;
        Some(Self { digits, ..Self::new(hour, minute, second, nanos)? })
    }

    fn value(self) -> (u32, u32) {
        (self.second_of_day, self.nanos)
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value().cmp(&other.value())
    }
}

impl std::hash::Hash for Time {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value().hash(state);
    }
}

impl FromStr for Time {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Scan::whole(text, Self::scan).ok_or_else(|| ParseError::new(EXPECTED, text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        if self.with_seconds {
            write!(f, ":{:02}", self.second())?;
            write_fraction(f, self.nanos, self.digits)?;
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
        for text in ["09:30", "09:30:00", "23:59:59.999999999", "00:00:00.0", "12:00:00.1200000"] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
        assert_eq!("09:30".parse::<Time>().unwrap(), "09:30:00.00".parse().unwrap());
        assert_eq!(Time::new(1, 2, 3, 500_000_000).unwrap().to_string(), "01:02:03.500");
    }

    #[test]
    fn refuses_what_no_clock_shows() {
        for text in ["24:00", "12:60", "12:00:60", "1:00", "12", "12:00:", "12:00:00.", "12:00Z"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
        assert!("12:00:00.1234567890".parse::<Time>().is_err(), "ten digits");
    }

    proptest! {
        #[test]
        fn comes_back(text in "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?") {
            prop_assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = text.parse::<Time>();
        }
    }
}
