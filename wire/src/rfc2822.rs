//! The dates of mails, RFC 5322 section 3.3, which many know by its predecessor's number:
//! `Thu, 24 Aug 2023 05:01:45 +0000`.

use crate::date::Date;
use crate::datetime::DateTime;
use crate::error::ParseError;
use crate::local::LocalDateTime;
use crate::named::{self, MONTHS, short_weekday};
use crate::offset::Offset;
use crate::scan::Scan;
use crate::time::Time;
use std::fmt;

const EXPECTED: &str = "a date of a mail like `Thu, 24 Aug 2023 05:01:45 +0000`";

/// The zones that RFC 5322 section 4.3 gives a meaning to, by their hours from UTC.
const ZONES: [(&str, i16); 8] = [
    ("EDT", -4),
    ("EST", -5),
    ("CDT", -5),
    ("CST", -6),
    ("MDT", -6),
    ("MST", -7),
    ("PDT", -7),
    ("PST", -8),
];

/// Reads what is written today and what RFC 5322 asks receivers to take besides: no day of the
/// week, a day of one digit, no seconds, years of two and three digits, names in any case, zones by
/// name, and blanks, folded lines and comments between any two parts.
///
/// The zones are `UT`, `UTC`, `GMT`, `Z` and those of North America, `EST` to `PDT`. By the RFC any
/// other name, the letters of the military among them, says no more than that the zone is not
/// known: taken for UTC it would be off by hours, so that it is an error here. So are a wrong day
/// of the week and, as in the other forms, a leap second.
///
/// # Errors
/// The text has another form.
pub fn parse(text: &str) -> Result<DateTime, ParseError> {
    Scan::whole(text, scan).ok_or_else(|| ParseError::new(EXPECTED, text))
}

/// Shows an instant on the clock of its offset, UTC as `+0000`; fractions of a second are cut off.
pub fn display(instant: DateTime) -> impl fmt::Display {
    Shown(instant)
}

struct Shown(DateTime);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        named::write(self.0, f)?;
        self.0.offset().write(f, "")
    }
}

fn scan(scan: &mut Scan<'_>) -> Option<DateTime> {
    between(scan)?;
    let day_name = scan.letters();
    if !day_name.is_empty() {
        between(scan)?;
        scan.skip(b',')?;
        between(scan)?;
    }
    let date = date(scan)?;
    if !day_name.is_empty() && !day_name.eq_ignore_ascii_case(short_weekday(date).as_bytes()) {
        return None;
    }
    between(scan)?;
    let time = time(scan)?;
    let offset = offset(scan)?;
    between(scan)?;
    DateTime::from_local(LocalDateTime::new(date, time), offset)
}

fn date(scan: &mut Scan<'_>) -> Option<Date> {
    let (day, digits) = scan.number()?;
    let day = u8::try_from(day).ok().filter(|_| digits <= 2)?;
    between(scan)?;
    let name = scan.letters();
    let named = |(_, month): &(u8, &str)| name.eq_ignore_ascii_case(month.as_bytes());
    let (month, _) = (1..=12).zip(MONTHS).find(named)?;
    between(scan)?;
    let (year, digits) = scan.number()?;
    let year = i32::try_from(year).ok()?;
    let year = match digits {
        2 if year < 50 => 2000 + year,
        2 | 3 => 1900 + year,
        4 => year,
        _ => return None,
    };
    Date::new(year, month, day)
}

/// Reads up to the zone, so that what stands between the two is skipped as well.
fn time(scan: &mut Scan<'_>) -> Option<Time> {
    let hour = two_digits(scan)?;
    scan.skip(b':')?;
    between(scan)?;
    let minute = two_digits(scan)?;
    if scan.skip(b':').is_none() {
        return Time::new(hour, minute, 0, 0);
    }
    between(scan)?;
    let second = two_digits(scan)?;
    Time::new(hour, minute, second, 0)
}

fn two_digits(scan: &mut Scan<'_>) -> Option<u8> {
    let value = u8::try_from(scan.digits(2)?).ok()?;
    between(scan)?;
    Some(value)
}

fn offset(scan: &mut Scan<'_>) -> Option<Offset> {
    if let Some(sign) = scan.one_of(b"+-") {
        let hours = scan.digits(2)?;
        return Offset::from_written(sign, hours, scan.digits(2)?);
    }
    let name = scan.letters();
    let is = |zone: &str| name.eq_ignore_ascii_case(zone.as_bytes());
    if ["UT", "UTC", "GMT", "Z"].into_iter().any(is) {
        return Some(Offset::Utc);
    }
    let (_, hours) = ZONES.into_iter().find(|(zone, _)| is(zone))?;
    Offset::fixed(hours * 60)
}

/// Skips blanks, ends of lines and comments; `None` when a comment has no end.
fn between(scan: &mut Scan<'_>) -> Option<()> {
    loop {
        if scan.skip(b'(').is_some() {
            comment(scan)?;
        } else if scan.one_of(b" \t\r\n").is_none() {
            return Some(());
        }
    }
}

/// Skips the rest of a comment, with the comments in it.
fn comment(scan: &mut Scan<'_>) -> Option<()> {
    let mut open: usize = 1;
    while open > 0 {
        match scan.byte()? {
            b'(' => open += 1,
            b')' => open -= 1,
            b'\\' => drop(scan.byte()?),
            _ => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_what_was_read() {
        for text in [
            "Thu, 24 Aug 2023 05:01:45 +0000",
            "Fri, 21 Nov 1997 09:55:06 -0600",
            "Tue, 01 Jul 2003 10:52:37 +0200",
            "Thu, 13 Feb 1969 23:32:54 -0330",
            "Sat, 31 Jan 2026 08:30:00 -0000",
        ] {
            assert_eq!(display(parse(text).unwrap()).to_string(), text);
        }
    }

    /// The samples of RFC 5322, sections A.1 to A.6, and what else it allows.
    #[test]
    fn reads_what_nobody_should_write() {
        for (text, written) in [
            ("24 Aug 2023 05:01:45 +0000", "Thu, 24 Aug 2023 05:01:45 +0000"),
            ("Tue, 1 Jul 2003 10:52:37 +0200", "Tue, 01 Jul 2003 10:52:37 +0200"),
            ("21 Nov 97 09:55:06 GMT", "Fri, 21 Nov 1997 09:55:06 +0000"),
            ("Thu, 24 Aug 2023 05:01 +0000", "Thu, 24 Aug 2023 05:01:00 +0000"),
            ("24 Aug 23 05:01 UT", "Thu, 24 Aug 2023 05:01:00 +0000"),
            ("24 Aug 123 05:01 Z", "Thu, 24 Aug 2023 05:01:00 +0000"),
            ("THU, 24 aug 2023 05:01:45 utc", "Thu, 24 Aug 2023 05:01:45 +0000"),
            ("Thu, 24 Aug 2023 05:01:45 est", "Thu, 24 Aug 2023 05:01:45 -0500"),
            ("Thu, 24 Aug 2023 05:01:45 PDT", "Thu, 24 Aug 2023 05:01:45 -0700"),
            (" Thu,24 Aug\t2023  05:01:45\r\n +0000 ", "Thu, 24 Aug 2023 05:01:45 +0000"),
            ("Thu, 24 Aug 2023 05:01:45 +0000 (UTC)", "Thu, 24 Aug 2023 05:01:45 +0000"),
            (
                "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 \
                 (Newfoundland Time)",
                "Thu, 13 Feb 1969 23:32:00 -0330",
            ),
            ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "Fri, 21 Nov 1997 09:55:06 -0600"),
            (r"(a (b) \) c)Thu(x), 24 Aug 2023 05:01:45 GMT", "Thu, 24 Aug 2023 05:01:45 +0000"),
        ] {
            let read = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(display(read).to_string(), written, "{text}");
        }
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "Thu",
            "Fri, 24 Aug 2023 05:01:45 +0000",
            "Thursday, 24 Aug 2023 05:01:45 +0000",
            "Thu 24 Aug 2023 05:01:45 +0000",
            "Thu, 024 Aug 2023 05:01:45 +0000",
            "Thu, 24 August 2023 05:01:45 +0000",
            "Wed, 30 Feb 2022 05:01:45 +0000",
            "24 Aug 02023 05:01:45 +0000",
            "24 Aug 3 05:01:45 +0000",
            "Thu, 24 Aug 2023 5:01:45 +0000",
            "Thu, 24 Aug 2023 24:01:45 +0000",
            "Thu, 24 Aug 2023 05:01:60 +0000",
            "Thu, 24 Aug 2023 05:01:45.5 +0000",
            "Thu, 24 Aug 2023 05:01:45",
            "Thu, 24 Aug 2023 05:01:45 0000",
            "Thu, 24 Aug 2023 05:01:45 +00:00",
            "Thu, 24 Aug 2023 05:01:45 +2400",
            "Thu, 24 Aug 2023 05:01:45 +0060",
            "Thu, 24 Aug 2023 05:01:45 CET",
            "Thu, 24 Aug 2023 05:01:45 A",
            "Thu, 24 Aug 2023 05:01:45 +0000 x",
            "Thu, 24 Aug 2023 05:01:45 +0000 (",
            "Thu, 24 Aug 2023 05:01:45 +0000 (\\",
            "Thu, 24 Aug 2023 05:01:45 +0000 )",
            "24 Aug 2023",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_offset_stays_and_utc_has_one_form() {
        let read = parse("Thu, 24 Aug 2023 07:01:45 +0200").unwrap();
        assert_eq!(read.to_string(), "2023-08-24T07:01:45+02:00");
        let unspecified = parse("Thu, 24 Aug 2023 05:01:45 -0000").unwrap();
        assert_eq!((unspecified, unspecified.offset()), (read, Offset::Unspecified));
        let utc: DateTime = "2023-08-24T05:01:45.999Z".parse().unwrap();
        assert_eq!(display(utc).to_string(), "Thu, 24 Aug 2023 05:01:45 +0000");
    }

    proptest! {
        #[test]
        fn comes_back(seconds in -62_167_132_800_i64..=253_402_214_400, minutes in -1439_i16..=1439) {
            let instant = DateTime::from_unix(seconds, 0).unwrap();
            let instant = instant.with_offset(Offset::Fixed(minutes)).unwrap();
            let text = display(instant).to_string();
            let read = parse(&text).unwrap();
            prop_assert_eq!((read, read.offset()), (instant, Offset::Fixed(minutes)));
            prop_assert_eq!(display(read).to_string(), text);
        }

        #[test]
        fn never_panics(
            text in any::<String>(),
            near in "[A-Za-z0-9:+, ()\\\\-]{0,60}",
            cut in 0_usize..32,
        ) {
            let _ = parse(&text);
            let _ = parse(&near);
            let whole = "Thu, 24 Aug 2023 05:01:45 +0000";
            let (head, tail) = whole.split_at(cut.min(whole.len()));
            let _ = parse(&format!("{head}{text}{tail}"));
            let _ = parse(&format!("{head}{near}{tail}"));
        }
    }
}
