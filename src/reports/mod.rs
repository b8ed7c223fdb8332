//! Citizen reports: filed in a talk, known by a folio that is easy to say on the phone and by a PIN, and concluded by
//! nobody but the citizen.
//!
//! The folio alone shows the public state. What is personal or private needs the PIN, which is said once and kept
//! only as a keyed hash. [`file()`] begins a report, [`change`] is the only way to move it, and `lifecycle.rs` is the
//! table that says which moves there are.

mod actor;
mod attempts;
pub mod board;
pub mod cell;
mod change;
mod citizen;
pub mod clocks;
pub mod copies;
mod due;
pub mod figures;
mod file;
pub mod import;
pub mod incidents;
mod join;
pub mod lifecycle;
pub mod near;
mod news;
mod own;
pub mod public;
mod reach;
pub mod routing;
pub mod spreadsheet;
mod state;
mod status;
mod tell;
mod telling;
mod timers;
pub mod work;

pub use actor::Actor;
pub use attempts::PinAttempts;
pub use change::{Authority, Change, ChangeError, Happened, change, current, happen};
pub use citizen::{Added, CitizenError, Left, add, cancel, conclude, reopen};
pub use due::do_due;
pub use file::{Filed, Filer, NewReport, file};
pub use join::{Joined, join};
pub use own::{Citizen, Refused, named, own, proved, theirs};
pub use state::State;
pub use status::{PublicStatus, pin_fits, public_status};
pub use tell::tell_due;
pub use telling::PAYLOAD;
pub use timers::TimerKind;
