//! The agent's desk, by the console's own routes: taking a chat, answering, passing it on, giving it back.

mod answers;
mod approval;
mod calls;
mod errands;
mod files;
mod fitting;
mod holding;
mod looking;
pub mod news;
mod private;
mod reports;
mod satisfaction;
mod supervision;
mod teaching;
mod templates;
mod times;
mod town;
