//! The outbox: replies leave here, in order per person, at the provider's pace.
//!
//! A reply is durably `sending` before the provider is called. Found so after a crash or a time-out it is `unsure`:
//! it waits for the status that carries our id, and is sent again once if none comes. So a person never misses an
//! answer, and gets one twice only when nobody could know.
//!
//! `send.rs` is the way of one reply; `gate.rs` says whether it may go now (window, pace, a stopped account),
//! `accepted.rs` notes what was taken, `failed.rs` says what becomes of one that was refused (again, by another
//! channel, kept, given up), `late.rs` of one that was taken and failed later. What a call hears is
//! fetched by the call: `speak.rs`.

mod accepted;
mod call;
mod failed;
mod fallback;
mod gate;
mod keep;
mod late;
mod pace;
pub mod render;
mod send;
mod speak;
mod stop;
mod upload;
mod waiting;

pub use call::call;
pub use gate::until as window_until;
pub use late::refused_later;
pub use pace::Paces;
pub(crate) use pace::{Limiter, check as take, limiter};
pub use send::{deliver, recover};
pub use speak::{Heard, answer, speak};
pub use stop::Stops;
pub use waiting::WaitingReplies;

/// What became of an attempt, for the loop over a person's replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Dealt with: the next may go.
    Next,
    /// Something changed: read the replies again.
    LookAgain,
    /// Nothing can be done before (Unix ms).
    Until(i64),
}
