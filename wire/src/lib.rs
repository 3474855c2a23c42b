//! The rules of foreign wire formats, as pure functions over text: dates in the forms that services
//! send them, exact decimals, durations, base64.
//!
//! Two crates share these rules: the generator, which checks and writes examples, and the runtime,
//! which reads answers. Nothing here does I/O or asks a clock, and without the feature `serde`
//! nothing else is compiled.
//!
//! Every type keeps what its text said beyond the value (the offset of an instant, the number of
//! fraction digits, whether seconds were written), so that writing gives the text that was read.
#![forbid(unsafe_code)]

pub mod base64;
mod civil;
mod date;
mod datetime;
mod decimal;
pub mod dotnet;
mod duration;
mod error;
pub mod http_date;
pub mod limits;
mod local;
pub mod media;
mod named;
mod offset;
pub mod rfc2822;
mod rfc3339;
mod scan;
mod time;
mod time_span;
pub mod unix;
pub mod xml;
pub mod zoneless;

#[cfg(feature = "serde")]
mod with_serde;

pub use date::Date;
pub use datetime::DateTime;
pub use decimal::Decimal;
pub use duration::Duration;
pub use error::ParseError;
pub use local::LocalDateTime;
pub use offset::Offset;
pub use time::Time;
pub use time_span::TimeSpan;
