//! Days, times of day and lengths of time as people say them. What is said is kept as said, and becomes a date or an
//! hour against a day that the caller gives: this crate has no clock.
//!
//! The `…Expression`s find what a message says in passing; the `read_…` functions read the answer to a question.

mod calendar;
mod clock_time;
mod date;
mod date_names;
mod date_phrases;
mod date_words;
mod day;
mod days;
mod keys;
mod length;
mod time;
mod time_names;
mod time_words;

pub use calendar::{Calendar, DayOff};
pub use clock_time::{Hours, TimeError, read_time, read_time_range};
pub use date::{DateExpression, Which};
pub use day::{DateContext, DateError, Tense, read_date};
pub use days::{DateRange, read_date_range};
pub use length::{Length, Unit};
pub use time::{DayPart, Hour, TimeExpression, TimeRange};
