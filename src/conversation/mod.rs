//! The conversation: takes the next unread messages of one person, understands them, does a turn of the dialogue, and
//! writes state, effects and replies in one transaction.
//!
//! Called by the lanes of `pipeline.rs`, one person at a time. `burst.rs` says which messages are one turn,
//! `policy.rs` what they mean for the dialogue, `turn.rs` does it.

mod burst;
mod policy;
mod turn;

pub use burst::Burst;
pub use policy::{Situation, commands};
pub use turn::{TurnError, attend, count_broken, resume_bot};
