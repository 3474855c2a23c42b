//! A date and time without a zone.

use crate::date::Date;
use crate::error::ParseError;
use crate::scan::Scan;
use crate::time::Time;
use std::fmt;
use std::str::FromStr;

const EXPECTED: &str = "a date and time without a zone like `2024-02-29T09:30:00`";

/// A date and time that somebody's calendar and clock showed, with no word about where.
///
/// It names no instant, so it does not turn into a [`DateTime`](crate::DateTime) by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    date: Date,
    time: Time,
}

impl LocalDateTime {
    /// The given time of the given day.
    pub fn new(date: Date, time: Time) -> Self {
        Self { date, time }
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// The time of the day.
    pub fn time(self) -> Time {
        self.time
    }

    pub(crate) fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let date = Date::scan(scan)?;
        scan.one_of(b"Tt ")?;
        Some(Self { date, time: Time::scan(scan)? })
    }
}

impl FromStr for LocalDateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Scan::whole(text, Self::scan).ok_or_else(|| ParseError::new(EXPECTED, text))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_zone_is_refused() {
        assert!("2024-02-29T09:30:00Z".parse::<LocalDateTime>().is_err());
        assert!("2024-02-29T09:30:00+01:00".parse::<LocalDateTime>().is_err());
        let read = "2024-02-29 09:30:00.120".parse::<LocalDateTime>().unwrap();
        assert_eq!(read.to_string(), "2024-02-29T09:30:00.120");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9T:. -]{0,30}") {
            let _ = text.parse::<LocalDateTime>();
        }
    }
}
