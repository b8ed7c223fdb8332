//! The outbox: replies leave here, in order per person, at the provider's pace.
//!
//! A reply is durably `sending` before the provider is called. Found so after a crash or a time-out it is `unsure`:
//! it waits for the status that carries our id, and is sent again once if none comes. So a person never misses an
//! answer, and gets one twice only when nobody could know.

mod call;
pub mod render;
mod send;
mod waiting;

pub use call::call;
pub use send::{deliver, recover};
pub use waiting::WaitingReplies;
