//! SMS by Twilio. `receive` reads its webhooks, `send` writes its requests, `errors` is its table, `media` fetches
//! what came with an MMS.
//!
//! In Twilio's console the number's address should end in `#rc=5&rp=all`, with a fallback beside it: out of the box
//! Twilio does not deliver a message again when we answered 500.

pub(super) mod errors;
pub(super) mod media;
mod receive;
mod send;

pub(super) use send::outcome;
