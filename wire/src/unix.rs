//! Instants as counts since 1970-01-01T00:00:00Z.
//!
//! Readers give `None` outside the years 0 to 9999; writers cut off what is finer than their unit.

use crate::datetime::DateTime;

/// The instant of a count of seconds.
pub fn from_seconds(seconds: i64) -> Option<DateTime> {
    from(seconds, 1, 0)
}

/// The instant of a count of milliseconds.
pub fn from_millis(millis: i64) -> Option<DateTime> {
    from(millis, 1_000, 3)
}

/// The instant of a count of microseconds.
pub fn from_micros(micros: i64) -> Option<DateTime> {
    from(micros, 1_000_000, 6)
}

/// The instant of a count of nanoseconds.
pub fn from_nanos(nanos: i64) -> Option<DateTime> {
    from(nanos, 1_000_000_000, 9)
}

/// The instant of seconds with a fraction, such as `1700000000.25`; exact to the microsecond,
/// which is what a double holds for the dates of this century.
pub fn from_seconds_f64(seconds: f64) -> Option<DateTime> {
    // Beyond this bound no date is in range and the conversion below would saturate.
    if seconds.is_nan() || seconds.abs() >= 1e12 {
        return None;
    }
    from_micros((seconds * 1e6).round() as i64)
}

/// Counts whole seconds, rounded down.
pub fn to_seconds(instant: DateTime) -> i64 {
    instant.unix_seconds()
}

/// Counts whole milliseconds, rounded down.
pub fn to_millis(instant: DateTime) -> i64 {
    to(instant, 1_000)
}

/// Counts whole microseconds, rounded down.
pub fn to_micros(instant: DateTime) -> i64 {
    to(instant, 1_000_000)
}

/// Counts nanoseconds; `None` outside about 1677 to 2262, which is what 64 bits hold.
pub fn to_nanos(instant: DateTime) -> Option<i64> {
    let whole = i128::from(instant.unix_seconds()) * 1_000_000_000;
    i64::try_from(whole + i128::from(instant.nanosecond())).ok()
}

fn from(count: i64, per_second: i64, digits: u8) -> Option<DateTime> {
    let fraction = count.rem_euclid(per_second) * (1_000_000_000 / per_second);
    let instant = DateTime::from_unix(count.div_euclid(per_second), u32::try_from(fraction).ok()?)?;
    // A count without a fraction writes none; otherwise all digits of the unit.
    Some(if fraction == 0 { instant } else { instant.with_fraction_digits(digits) })
}

fn to(instant: DateTime, per_second: i64) -> i64 {
    let fraction = i64::from(instant.nanosecond()) / (1_000_000_000 / per_second);
    // Years 0 to 9999 in microseconds are far inside 64 bits.
    instant.unix_seconds() * per_second + fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_before_1970_round_down() {
        let instant = from_millis(-1).unwrap();
        assert_eq!(instant.to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(to_seconds(instant), -1);
        assert_eq!(to_millis(instant), -1);
    }

    #[test]
    fn fractions_of_seconds() {
        assert_eq!(from_seconds_f64(1.25).unwrap().to_string(), "1970-01-01T00:00:01.250000Z");
        assert!(from_seconds_f64(f64::NAN).is_none());
        assert!(from_seconds_f64(f64::INFINITY).is_none());
    }

    #[test]
    fn nanoseconds_have_a_shorter_range() {
        let late = "2263-01-01T00:00:00Z".parse::<DateTime>().unwrap();
        assert_eq!(to_nanos(late), None);
    }

    proptest! {
        #[test]
        fn comes_back(count in any::<i64>()) {
            if let Some(read) = from_seconds(count) { prop_assert_eq!(to_seconds(read), count); }
            if let Some(read) = from_millis(count) { prop_assert_eq!(to_millis(read), count); }
            if let Some(read) = from_micros(count) { prop_assert_eq!(to_micros(read), count); }
            prop_assert_eq!(from_nanos(count).and_then(to_nanos), Some(count));
        }
    }
}
