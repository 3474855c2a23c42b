//! Days and months by their English names, as the dates of HTTP and of mails have them.

use crate::date::Date;

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
