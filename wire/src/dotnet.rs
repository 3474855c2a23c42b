//! The dates of .NET's first JSON writers: `/Date(1700000000000+0100)/`.
//!
//! The number is milliseconds since 1970-01-01 in UTC, whatever offset follows; the offset only
//! says on which clock the value was taken. Without an offset the value was UTC; `-0000` says that
//! its kind was not specified. JSON writers escape the slashes, so both forms are read.

use crate::datetime::DateTime;
use crate::error::ParseError;
use crate::offset::Offset;
use crate::scan::Scan;
use std::fmt;

const EXPECTED: &str = "a .NET date like `/Date(1700000000000+0100)/`";

/// The instant that .NET has for "no value": 0001-01-01T00:00:00.
pub const MIN_MILLIS: i64 = -62_135_596_800_000;

/// Reads `/Date(ms)/`, `/Date(ms±hhmm)/` and the same with `\/`.
///
/// # Errors
/// The text has another form, or the instant is before 0001-01-01 or after 9999-12-31.
pub fn parse(text: &str) -> Result<DateTime, ParseError> {
    scan(text).ok_or_else(|| ParseError::new(EXPECTED, text))
}

fn scan(text: &str) -> Option<DateTime> {
    let mut scan = Scan::new(text);
    let escaped = scan.skip(b'\\').is_some();
    scan.skip_text("/Date(")?;
    // A sign in front belongs to the number; only a sign behind it starts an offset.
    let negative = scan.skip(b'-').is_some();
    let (millis, _) = scan.number()?;
    let millis = i64::try_from(millis).ok()?;
    let millis = if negative { -millis } else { millis };
    let offset = match scan.one_of(b"+-") {
        Some(sign) => {
            let hours = scan.digits(2)?;
            Offset::from_written(sign, hours, scan.digits(2)?)?
        }
        None => Offset::Utc,
    };
    scan.skip(b')')?;
    if escaped {
        scan.skip(b'\\')?;
    }
    scan.skip(b'/')?;
    scan.end()?;
    if millis < MIN_MILLIS {
        return None;
    }
    crate::unix::from_millis(millis)?.with_offset(offset)
}

/// Shows an instant as `/Date(ms)/`, or with its offset if it has one. What is finer than a
/// millisecond is cut off.
pub fn display(instant: DateTime) -> impl fmt::Display {
    Shown(instant)
}

struct Shown(DateTime);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/Date({}", crate::unix::to_millis(self.0))?;
        if self.0.offset() != Offset::Utc {
            self.0.offset().write(f, "")?;
        }
        f.write_str(")/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The vectors of the framework's own tests, and the sample of the service.
    #[test]
    fn known_texts() {
        for (text, instant, offset) in [
            (r"\/Date(785635200000)\/", "1994-11-24T00:00:00Z", Offset::Utc),
            (r"\/Date(785660400000-0700)\/", "1994-11-24T07:00:00Z", Offset::Fixed(-420)),
            (r"\/Date(1371239017663+0000)\/", "2013-06-14T19:43:37.663Z", Offset::Fixed(0)),
            (r"\/Date(1340767564524+0800)\/", "2012-06-27T03:26:04.524Z", Offset::Fixed(480)),
            (r"\/Date(-62135596800000-0000)\/", "0001-01-01T00:00:00Z", Offset::Unspecified),
        ] {
            let plain = text.replace('\\', "");
            for text in [text, &plain] {
                let read = parse(text).unwrap();
                assert_eq!(read, instant.parse().unwrap(), "{text}");
                assert_eq!(read.offset(), offset, "{text}");
            }
            assert_eq!(display(parse(text).unwrap()).to_string(), plain);
        }
    }

    #[test]
    fn the_clock_is_the_one_of_the_offset() {
        let read = parse("/Date(785660400000-0700)/").unwrap();
        assert_eq!(read.to_string(), "1994-11-24T00:00:00-07:00");
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "/Date()/",
            "/Date(-)/",
            "/Date(+1)/",
            "/Date(1",
            "/Date(1)",
            "Date(1)",
            r"\/Date(1)/",
            r"/Date(1)\/",
            "/Date(1+100)/",
            "/Date(1+2400)/",
            "/Date(1+0060)/",
            "/Date(1-0000)/x",
            "/Date(1.5)/",
            "/Date(99999999999999999999)/",
            "/Date(-62135596800001)/",
            "/Date(253402300800000)/",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back(millis in MIN_MILLIS + 86_400_000..253_402_300_800_000 - 86_400_000,
                      offset in "([+-]([01][0-9]|2[0-3])[0-5][0-9])?") {
            let text = format!("/Date({millis}{offset})/");
            prop_assert_eq!(display(parse(&text).unwrap()).to_string(), text);
        }

        #[test]
        fn never_panics(text in any::<String>(), inside in "[0-9+-]{0,30}") {
            let _ = parse(&text);
            let _ = parse(&format!("/Date({inside})/"));
        }
    }
}
