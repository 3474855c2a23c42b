//! The dates of HTTP headers, RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.

use crate::date::Date;
use crate::datetime::DateTime;
use crate::error::ParseError;
use crate::local::LocalDateTime;
use crate::named::{self, MONTHS, short_weekday, weekday};
use crate::offset::Offset;
use crate::scan::Scan;
use crate::time::Time;
use std::fmt;

const EXPECTED: &str = "an HTTP date like `Sun, 06 Nov 1994 08:49:37 GMT`";

/// Reads the preferred form, and the two obsolete ones that receivers must still take:
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
///
/// A year of two digits is in 1970 to 2069: the rule of the RFC ("not more than fifty years from
/// now") would need a clock. A wrong day of the week is an error.
///
/// # Errors
/// The text has none of the three forms.
pub fn parse(text: &str) -> Result<DateTime, ParseError> {
    preferred(text)
        .or_else(|| rfc850(text))
        .or_else(|| asctime(text))
        .ok_or_else(|| ParseError::new(EXPECTED, text))
}

/// Shows an instant in the preferred form; fractions of a second are cut off. `None` before the
/// year 0 in UTC.
pub fn display(instant: DateTime) -> Option<impl fmt::Display> {
    instant.with_offset(Offset::Utc).map(Shown)
}

struct Shown(DateTime);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        named::write(self.0, f)?;
        f.write_str("GMT")
    }
}

fn preferred(text: &str) -> Option<DateTime> {
    let (day_name, rest) = text.split_once(", ")?;
    let mut scan = Scan::new(rest);
    let day = scan.digits(2)?;
    scan.skip(b' ')?;
    let month = month(&mut scan)?;
    scan.skip(b' ')?;
    let year = scan.digits(4)?;
    scan.skip(b' ')?;
    let time = seconds(&mut scan)?;
    scan.skip_text(" GMT")?;
    scan.end()?;
    instant(year, month, day, time, |date| short_weekday(date) == day_name)
}

fn rfc850(text: &str) -> Option<DateTime> {
    let (day_name, rest) = text.split_once(", ")?;
    let mut scan = Scan::new(rest);
    let day = scan.digits(2)?;
    scan.skip(b'-')?;
    let month = month(&mut scan)?;
    scan.skip(b'-')?;
    let year = match scan.digits(2)? {
        year @ 0..70 => 2000 + year,
        year => 1900 + year,
    };
    scan.skip(b' ')?;
    let time = seconds(&mut scan)?;
    scan.skip_text(" GMT")?;
    scan.end()?;
    instant(year, month, day, time, |date| weekday(date) == day_name)
}

fn asctime(text: &str) -> Option<DateTime> {
    let (day_name, rest) = text.split_once(' ')?;
    let mut scan = Scan::new(rest);
    let month = month(&mut scan)?;
    scan.skip(b' ')?;
    let day = if scan.skip(b' ').is_some() { scan.digits(1)? } else { scan.digits(2)? };
    scan.skip(b' ')?;
    let time = seconds(&mut scan)?;
    scan.skip(b' ')?;
    let year = scan.digits(4)?;
    scan.end()?;
    instant(year, month, day, time, |date| short_weekday(date) == day_name)
}

fn instant(
    year: u32,
    month: u8,
    day: u32,
    time: Time,
    right_day: impl FnOnce(Date) -> bool,
) -> Option<DateTime> {
    let date = Date::new(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?)?;
    if !right_day(date) {
        return None;
    }
    DateTime::from_local(LocalDateTime::new(date, time), Offset::Utc)
}

fn month(scan: &mut Scan<'_>) -> Option<u8> {
    (1..=12).zip(MONTHS).find_map(|(number, name)| scan.skip_text(name).map(|()| number))
}

fn seconds(scan: &mut Scan<'_>) -> Option<Time> {
    let hour = scan.digits(2)?;
    scan.skip(b':')?;
    let minute = scan.digits(2)?;
    scan.skip(b':')?;
    let second = scan.digits(2)?;
    let part = |value| u8::try_from(value).ok();
    Time::new(part(hour)?, part(minute)?, part(second)?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_forms_of_the_rfc() {
        let wanted: DateTime = "1994-11-06T08:49:37Z".parse().unwrap();
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse(text).unwrap(), wanted, "{text}");
        }
        assert_eq!(display(wanted).unwrap().to_string(), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun Nov 6 08:49:37 1994",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(seconds in -62_167_219_200_i64..=253_402_300_799) {
            let instant = DateTime::from_unix(seconds, 0).unwrap();
            prop_assert_eq!(parse(&display(instant).unwrap().to_string()).unwrap(), instant);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
