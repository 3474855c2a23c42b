//! How the distance from UTC was written.

use std::fmt;

/// How a text said where its clock stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offset {
    /// UTC: `Z`, or no offset at all in `/Date(ms)/`.
    Utc,
    /// A number of minutes east of UTC: `+02:00`.
    Fixed(i16),
    /// Explicitly unknown: `-00:00`, or `-0000` in `/Date(ms-0000)/`. The clock is shown as UTC.
    Unspecified,
}

impl Offset {
    /// The offset of that many minutes east of UTC; `None` from a day on.
    pub fn fixed(minutes: i16) -> Option<Self> {
        (minutes.unsigned_abs() < 1440).then_some(Self::Fixed(minutes))
    }

    /// Minutes east of UTC; 0 if unspecified.
    pub fn minutes(self) -> i16 {
        match self {
            Self::Utc | Self::Unspecified => 0,
            Self::Fixed(minutes) => minutes,
        }
    }

    /// The offset that a sign, hours and minutes mean: minus nothing is "unspecified".
    pub(crate) fn from_written(sign: u8, hours: u32, minutes: u32) -> Option<Self> {
        if hours > 23 || minutes > 59 {
            return None;
        }
        let total = i16::try_from(hours * 60 + minutes).ok()?;
        Some(match (sign, total) {
            (b'-', 0) => Self::Unspecified,
            (b'-', total) => Self::Fixed(-total),
            (_, total) => Self::Fixed(total),
        })
    }

    /// Writes sign, hours, `between` and minutes.
    pub(crate) fn write(self, f: &mut fmt::Formatter<'_>, between: &str) -> fmt::Result {
        let minutes = self.minutes();
        let negative = minutes < 0 || self == Self::Unspecified;
        let sign = if negative { '-' } else { '+' };
        let minutes = minutes.unsigned_abs();
        write!(f, "{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }
}
