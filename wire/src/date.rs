//! A day of the calendar.

use crate::civil::{civil_from_days, days_from_civil, days_in_month};
use crate::error::ParseError;
use crate::scan::Scan;
use std::fmt;
use std::str::FromStr;

const EXPECTED: &str = "a date like `2024-02-29`";

/// A day of the calendar without a time, such as `2024-02-29`; years 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The given day; `None` if the calendar does not have it or the year has not four digits.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let fits = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        fits.then_some(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01.
    pub fn days_since_epoch(self) -> i64 {
        days_from_civil(self.year, self.month, self.day)
    }

    /// The day that many days after 1970-01-01; `None` outside the years 0 to 9999.
    pub fn from_days_since_epoch(days: i64) -> Option<Self> {
        // Ten thousand years are less than four million days; the bound keeps the sums in range.
        if !(-4_000_000..=4_000_000).contains(&days) {
            return None;
        }
        let (year, month, day) = civil_from_days(days);
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    pub(crate) fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let year = i32::try_from(scan.digits(4)?).ok()?;
        scan.skip(b'-')?;
        let month = u8::try_from(scan.digits(2)?).ok()?;
        scan.skip(b'-')?;
        let day = u8::try_from(scan.digits(2)?).ok()?;
        Self::new(year, month, day)
    }
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Scan::whole(text, Self::scan).ok_or_else(|| ParseError::new(EXPECTED, text))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_the_calendar_does_not_have() {
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-01-00",
            "2024-04-31",
            "24-01-01",
            "2024-1-1",
            "2024-01-01 ",
            "+024-01-01",
            "",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!("2000-02-29".parse::<Date>().is_ok());
        assert!("0000-01-01".parse::<Date>().is_ok());
    }

    proptest! {
        #[test]
        fn comes_back(days in -719_528_i64..=2_932_896) {
            let date = Date::from_days_since_epoch(days).unwrap();
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
        }

        #[test]
        fn never_panics(text in any::<String>(), days in any::<i64>()) {
            let _ = text.parse::<Date>();
            let _ = Date::from_days_since_epoch(days);
        }
    }
}
