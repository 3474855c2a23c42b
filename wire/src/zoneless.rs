//! Points in time that are written without their zone, and are meant in UTC: `2024-02-29 09:30:00`, and
//! `2024-02-29` for the midnight of that day.

use crate::date::Date;
use crate::datetime::DateTime;
use crate::error::ParseError;
use crate::local::LocalDateTime;
use crate::offset::Offset;
use crate::time::Time;
use std::fmt;

/// Reads a date and time, with a space or a `T` between the two.
///
/// # Errors
/// The text has another form, or a zone.
pub fn parse(text: &str) -> Result<DateTime, ParseError> {
    let expected = "a date and time without a zone like `2024-02-29 09:30:00`";
    let read = text.parse::<LocalDateTime>().ok();
    let read = read.and_then(|local| DateTime::from_local(local, Offset::Unspecified));
    read.ok_or_else(|| ParseError::new(expected, text))
}

/// Reads a date, whose midnight is meant.
///
/// # Errors
/// The text is no date.
pub fn parse_date(text: &str) -> Result<DateTime, ParseError> {
    let midnight = Time::new(0, 0, 0, 0);
    let local = midnight.map(|midnight| Ok(LocalDateTime::new(text.parse()?, midnight)));
    let read = local.transpose()?.and_then(|local| DateTime::from_local(local, Offset::Utc));
    read.ok_or_else(|| ParseError::new("a date like `2024-02-29`", text))
}

/// Shows what a clock in UTC shows, with a space between date and time. `None` before the year 0 in UTC.
pub fn spaced(instant: DateTime) -> Option<impl fmt::Display> {
    instant.with_offset(Offset::Utc).map(|instant| Spaced(instant.local()))
}

/// Shows a date and time with a space between the two.
pub fn spaced_local(local: LocalDateTime) -> impl fmt::Display {
    Spaced(local)
}

/// The day on the clock of the instant's offset.
pub fn date(instant: DateTime) -> Date {
    instant.local().date()
}

struct Spaced(LocalDateTime);

impl fmt::Display for Spaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.date(), self.0.time())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_zone_is_in_utc() {
        let read = parse("2024-02-29 09:30:00").unwrap();
        assert_eq!(read, "2024-02-29T09:30:00Z".parse().unwrap());
        assert_eq!(read, parse("2024-02-29T09:30:00").unwrap());
        let abroad = "2024-02-29T00:30:00.50+01:00".parse().unwrap();
        assert_eq!(spaced(abroad).unwrap().to_string(), "2024-02-28 23:30:00.50");
        let first = "0000-01-01T00:00:00+01:00".parse().unwrap();
        assert!(spaced(first).is_none());
    }

    #[test]
    fn a_date_is_its_midnight() {
        let read = parse_date("2024-02-29").unwrap();
        assert_eq!(read, "2024-02-29T00:00:00Z".parse().unwrap());
        assert_eq!(date(read).to_string(), "2024-02-29");
        // The day that a person there would name.
        let abroad = "2024-02-29T00:00:00+01:00".parse().unwrap();
        assert_eq!(date(abroad).to_string(), "2024-02-29");
    }

    #[test]
    fn refuses_other_forms() {
        for text in ["", "2024-02-29", "2024-02-29 09:30:00Z", "2024-02-30 09:30:00"] {
            assert!(parse(text).is_err(), "{text}");
        }
        for text in ["", "2024-02-30", "2024-02-29T00:00:00", "29.02.2024"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(
            day in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
            time in "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?",
        ) {
            let text = format!("{day} {time}");
            prop_assert_eq!(spaced(parse(&text).unwrap()).unwrap().to_string(), text);
            prop_assert_eq!(date(parse_date(&day).unwrap()).to_string(), day);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = (parse(&text), parse_date(&text));
        }
    }
}
