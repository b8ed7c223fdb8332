//! Ventanilla: one conversation between a town hall and its people. `docs/ARCHITECTURE.md` walks through it.

pub mod actions;
pub mod agents;
pub mod app;
pub mod bus;
pub mod catalogue;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod config;
pub mod consent;
pub mod content;
pub mod conversation;
pub mod demo;
pub mod http;
pub mod ids;
pub mod inbox;
pub mod keyring;
pub mod media;
pub mod outbox;
pub mod pipeline;
pub mod reports;
pub mod server;
pub mod simulator;
pub mod store;
pub mod understanding;
pub mod workers;
