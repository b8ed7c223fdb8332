//! Days, times of day and lengths of time as people say them. What is said is kept as said, and becomes a date or an
//! hour against a day that the caller gives: this crate has no clock.

mod date;
mod date_words;
mod length;
mod time;
mod time_words;

pub use date::{DateExpression, Which};
pub use length::{Length, Unit};
pub use time::{DayPart, Hour, TimeExpression, TimeRange};
