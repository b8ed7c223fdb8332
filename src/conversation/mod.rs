//! The conversation: takes the next unread messages of one person, understands them, does a turn of the dialogue, and
//! writes state, effects and replies in one transaction.
//!
//! Called by the lanes of `pipeline.rs`, one person at a time. `burst.rs` says which messages are one turn,
//! `policy.rs` what they mean for the dialogue, `turn.rs` does it, `context.rs` is what they all look at. `notes.rs` keeps
//! the place of a voice note while it is being heard.
//!
//! What a talk does by itself: `idle.rs` plans what happens while nobody writes and `remind.rs` does it, `back.rs` takes up
//! what was left unfinished, `pace.rs` sees who writes too much and `flood.rs` and `machine.rs` what is done about it.

mod about_report;
mod attend;
mod back;
mod blocked;
mod burst;
mod call;
mod context;
mod crossing;
mod decide;
mod echoed;
mod finish;
mod flood;
mod idle;
mod keyword_rules;
mod keywords;
mod lent;
mod machine;
mod notes;
mod pace;
mod policy;
mod remind;
mod told;
mod trouble;
mod turn;

pub use attend::{TurnError, attend, count_broken, leave_to_bot, resume_bot};
pub use burst::Burst;
pub use context::told_category;
pub use keywords::{Keyword, keyword};
pub use policy::{Situation, commands};
pub use remind::{erase_due, remind_due};
pub use told::told;
