//! Calling people of the town because somebody is in danger, until one of them answers.
//!
//! A crisis that comes to the desk opens a *page* in the unit that opens the chat. `rota.rs` says who is called, by level;
//! `watch.rs` makes the calls (`means.rs`: e-mail, SMS, WhatsApp, webhook) and goes on to the next level where nobody
//! answers. Whoever is called answers with a link that only they have, or at the desk. When the whole rota was called and
//! nobody answered, the citizen is told so honestly and given the help lines again.
//!
//! Nothing of the citizen is in a call: only that somebody waits, and the link.

mod link;
mod means;
mod page;
mod rota;
mod watch;

pub use link::Link;
pub use page::{Answered, answer, answer_chat, open};
pub use watch::watch;
