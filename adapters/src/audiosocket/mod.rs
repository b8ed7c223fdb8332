//! Calls from a telephone exchange of the town's own: Asterisk's AudioSocket. One TCP connection is one call, and
//! Asterisk is the client. The server owns the socket (`src/telephony`); here are only bytes and values.
//!
//! `frame` is what stands on the wire, `announce` what the dialplan tells us of a call before it connects, `script`
//! what a turn says into it. What is asked and answered is the conversation of every call ([`crate::voice`]): only the
//! carrier differs.

mod announce;
mod frame;
mod script;
#[cfg(test)]
mod tests;

pub use announce::{Announcement, Call, Exchange, NotOurs, Outcome};
pub use frame::{Decoder, Frame, HANG_UP, SAMPLES, SILENCE, TICK, audio};
pub use script::{Piece, Script};
