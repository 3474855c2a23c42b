//! RFC 3339: `2024-02-29T09:30:00.5+01:00`.

use crate::datetime::DateTime;
use crate::error::ParseError;
use crate::local::LocalDateTime;
use crate::offset::Offset;
use crate::scan::{Scan, write_fraction};
use std::fmt;

const EXPECTED: &str = "an RFC 3339 date and time like `2024-02-29T09:30:00Z`";

/// Reads with `T`, `t` or a space between day and time, and one to nine fraction digits.
pub(crate) fn parse(text: &str) -> Result<DateTime, ParseError> {
    scan(text).ok_or_else(|| ParseError::new(EXPECTED, text))
}

fn scan(text: &str) -> Option<DateTime> {
    let mut scan = Scan::new(text);
    let local = LocalDateTime::scan(&mut scan)?;
    let offset = match scan.one_of(b"Zz+-")? {
        b'Z' | b'z' => Offset::Utc,
        sign => {
            let hours = scan.digits(2)?;
            scan.skip(b':')?;
            Offset::from_written(sign, hours, scan.digits(2)?)?
        }
    };
    scan.end()?;
    DateTime::from_local(local, offset)
}

pub(crate) fn write(instant: DateTime, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let local = instant.local();
    let time = local.time();
    write!(f, "{}T{:02}:{:02}:{:02}", local.date(), time.hour(), time.minute(), time.second())?;
    write_fraction(f, time.nanosecond(), instant.fraction_digits())?;
    match instant.offset() {
        Offset::Utc => f.write_str("Z"),
        offset => offset.write(f, ":"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{DateTime, Offset};
    use proptest::prelude::*;

    #[test]
    fn writes_what_was_read() {
        for text in [
            "2024-02-29T09:30:00Z",
            "2024-02-29T09:30:00+00:00",
            "2024-02-29T09:30:00-00:00",
            "2024-02-29T09:30:00.5-09:30",
            "2024-02-29T09:30:00.1230000Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999-23:59",
        ] {
            assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn is_tolerant_of_the_separator_and_of_case() {
        for text in ["2024-02-29 09:30:00Z", "2024-02-29t09:30:00z"] {
            assert_eq!(text.parse::<DateTime>().unwrap().to_string(), "2024-02-29T09:30:00Z");
        }
    }

    #[test]
    fn minus_nothing_is_unspecified() {
        let read: DateTime = "2024-02-29T09:30:00-00:00".parse().unwrap();
        assert_eq!(read.offset(), Offset::Unspecified);
    }

    #[test]
    fn is_strict_about_ranges() {
        for text in [
            "2024-02-30T00:00:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T23:59:60Z",
            "2024-02-29T00:00:00+24:00",
            "2024-02-29T00:00:00+00:60",
            "2024-02-29T00:00:00",
            "2024-02-29T00:00:00.Z",
            "2024-02-29T00:00:00.1234567891Z",
            "2024-02-29",
            "2024-02-29T00:00:00Z ",
            "2024-02-29T00:00:00+0100",
            "2024-02-29_00:00:00Z",
        ] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(
            text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
        ) {
            prop_assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
        }

        #[test]
        fn never_panics(text in any::<String>(), near in "[0-9TZ:.+ -]{0,40}") {
            let _ = text.parse::<DateTime>();
            let _ = near.parse::<DateTime>();
        }
    }
}
