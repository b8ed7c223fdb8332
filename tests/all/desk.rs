//! The agent's desk, by the console's own routes: taking a chat, answering, passing it on, giving it back.

mod answers;
mod holding;
mod looking;
mod news;
mod town;
