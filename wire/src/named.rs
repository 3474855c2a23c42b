//! Days and months by their English names, as the dates of HTTP and of mails have them.

use std::fmt;

use crate::date::Date;
use crate::datetime::DateTime;

/// 1970-01-01 was a Thursday.
const DAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// The first one is that of January.
pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The day of the week, in full.
pub(crate) fn weekday(date: Date) -> &'static str {
    let day = usize::try_from(date.days_since_epoch().rem_euclid(7)).unwrap_or(0);
    DAYS[day]
}

/// The day of the week in three letters.
pub(crate) fn short_weekday(date: Date) -> &'static str {
    &weekday(date)[..3]
}

/// The month in three letters.
pub(crate) fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month() - 1)]
}

/// Writes an instant on the clock of its offset, up to the space that the offset follows.
pub(crate) fn write(instant: DateTime, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (date, time) = (instant.local().date(), instant.local().time());
    write!(f, "{}, {:02} ", short_weekday(date), date.day())?;
    write!(f, "{} {:04} ", month(date), date.year())?;
    write!(f, "{:02}:{:02}:{:02} ", time.hour(), time.minute(), time.second())
}
