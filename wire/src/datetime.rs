//! An instant, and how it was written.

use crate::civil::DAY;
use crate::date::Date;
use crate::error::ParseError;
use crate::local::LocalDateTime;
use crate::offset::Offset;
use crate::rfc3339;
use crate::scan::digits_for;
use crate::time::Time;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant together with how it was written: its offset and its number of fraction digits.
///
/// Two values are equal, and ordered, by the instant alone. The years on the clock of the offset
/// are 0 to 9999. [`Display`](fmt::Display) and [`FromStr`] use RFC 3339; the modules
/// [`dotnet`](crate::dotnet), [`http_date`](crate::http_date), [`rfc2822`](crate::rfc2822) and
/// [`unix`](crate::unix) hold the other forms.
///
/// ```
/// use clientwright_wire::DateTime;
///
/// let read: DateTime = "2024-02-29T10:00:00.50+01:00".parse()?;
/// assert_eq!(read, "2024-02-29T09:00:00.5Z".parse()?);
/// assert_eq!(read.to_string(), "2024-02-29T10:00:00.50+01:00");
/// # Ok::<(), clientwright_wire::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    seconds: i64,
    nanos: u32,
    offset: Offset,
    digits: u8,
}

impl DateTime {
    /// The instant that many seconds and nanoseconds after 1970-01-01T00:00:00Z, in UTC.
    ///
    /// `None` outside the years 0 to 9999, or for a whole second of nanoseconds and more.
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        if nanos >= 1_000_000_000 {
            return None;
        }
        Date::from_days_since_epoch(seconds.div_euclid(DAY))?;
        Some(Self { seconds, nanos, offset: Offset::Utc, digits: digits_for(nanos) })
    }

    /// What a clock showed at an offset.
    ///
    /// `None` for an [`Offset::Fixed`] of a day or more.
    pub fn from_local(local: LocalDateTime, offset: Offset) -> Option<Self> {
        if offset.minutes().unsigned_abs() >= 1440 {
            return None;
        }
        let clock = local.date().days_since_epoch() * DAY + i64::from(local.time().second_of_day());
        Some(Self {
            seconds: clock - i64::from(offset.minutes()) * 60,
            nanos: local.time().nanosecond(),
            offset,
            digits: local.time().digits(),
        })
    }

    /// The same instant, to be written with another offset; `None` if its clock would leave the
    /// years 0 to 9999, or for an [`Offset::Fixed`] of a day or more.
    pub fn with_offset(self, offset: Offset) -> Option<Self> {
        if offset.minutes().unsigned_abs() >= 1440 {
            return None;
        }
        let clock = self.seconds + i64::from(offset.minutes()) * 60;
        Date::from_days_since_epoch(clock.div_euclid(DAY))?;
        Some(Self { offset, ..self })
    }

    /// The same instant, to be written with that many fraction digits, at most nine.
    ///
    /// Digits beyond are not rounded into the value: only the text is shorter.
    #[must_use]
    pub fn with_fraction_digits(self, digits: u8) -> Self {
        Self { digits: digits.min(9), ..self }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The fraction of the second in nanoseconds.
    pub fn nanosecond(self) -> u32 {
        self.nanos
    }

    /// How the offset was written.
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// Fraction digits that are written.
    pub fn fraction_digits(self) -> u8 {
        self.digits
    }

    /// What a clock at the offset shows. [`Offset::Unspecified`] counts as UTC.
    pub fn local(self) -> LocalDateTime {
        let clock = self.seconds + i64::from(self.offset.minutes()) * 60;
        let second = clock.rem_euclid(DAY);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        let date = Date::from_days_since_epoch(clock.div_euclid(DAY));
        let time =
            Time::new(part(second / 3600), part(second / 60 % 60), part(second % 60), self.nanos);
        match (date, time) {
            (Some(date), Some(time)) => LocalDateTime::new(date, time.with_digits(self.digits)),
            // Every constructor checks the range, so there is always a clock to show.
            _ => unreachable!("an instant outside the years 0 to 9999"),
        }
    }

    fn instant(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl std::hash::Hash for DateTime {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        rfc3339::parse(text)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(*self, f)
    }
}

impl TryFrom<SystemTime> for DateTime {
    type Error = ParseError;

    /// Fails outside the years 0 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, ParseError> {
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).ok(), after.subsec_nanos()),
            Err(before) => {
                let before = before.duration();
                let whole = i64::try_from(before.as_secs()).ok().map(|seconds| -seconds);
                match before.subsec_nanos() {
                    0 => (whole, 0),
                    nanos => (whole.map(|seconds| seconds - 1), 1_000_000_000 - nanos),
                }
            }
        };
        seconds
            .and_then(|seconds| Self::from_unix(seconds, nanos))
            .ok_or_else(|| ParseError::new("a time in the years 0 to 9999", "another"))
    }
}

impl From<DateTime> for SystemTime {
    fn from(instant: DateTime) -> Self {
        let whole = Duration::from_secs(instant.seconds.unsigned_abs());
        let start = if instant.seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
        start + Duration::from_nanos(u64::from(instant.nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_by_instant() {
        let one: DateTime = "2024-01-01T00:30:00+01:00".parse().unwrap();
        let two: DateTime = "2023-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(one, two);
        assert_eq!(one.with_offset(Offset::Utc).unwrap().to_string(), "2023-12-31T23:30:00Z");
        assert!(one < "2023-12-31T23:30:00.000000001Z".parse().unwrap());
    }

    #[test]
    fn the_clock_stays_in_range() {
        let first = DateTime::from_unix(-62_167_219_200, 0).unwrap();
        assert_eq!(first.to_string(), "0000-01-01T00:00:00Z");
        assert!(first.with_offset(Offset::Fixed(-1)).is_none());
        assert!(first.with_offset(Offset::Fixed(1440)).is_none());
        assert!(DateTime::from_unix(-62_167_219_201, 0).is_none());
        assert!(DateTime::from_unix(253_402_300_800, 0).is_none());
        assert!(DateTime::from_unix(i64::MIN, 0).is_none());
    }

    #[test]
    fn an_offset_may_put_the_instant_into_another_year_zero() {
        let read: DateTime = "0000-01-01T00:00:00+23:59".parse().unwrap();
        assert_eq!(read.to_string(), "0000-01-01T00:00:00+23:59");
        assert!(read.with_offset(Offset::Utc).is_none());
    }

    proptest! {
        #[test]
        fn system_time_and_back(seconds in -62_135_596_800_i64..=253_402_300_799,
                                nanos in 0_u32..1_000_000_000) {
            let instant = DateTime::from_unix(seconds, nanos).unwrap();
            let system = SystemTime::from(instant);
            prop_assert_eq!(DateTime::try_from(system).unwrap(), instant);
        }
    }
}
