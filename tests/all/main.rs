//! The server as a whole, through its public doors: one binary, a file per area.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod audiosocket;
mod board;
mod channels;
mod cli;
mod consent;
mod crash;
mod desk;
mod fallbacks;
mod feedback;
mod feedback_console;
mod files;
mod hooks;
mod idle;
mod import;
mod journeys;
mod kannel;
mod lanes;
mod lifecycle;
mod models;
mod near;
mod on_call;
mod open311;
mod outbox;
mod pace;
mod privacy;
mod privacy_console;
mod public;
mod releases;
mod report_talks;
mod reports;
mod service;
mod staff;
mod store;
mod support;
mod understanding;
mod voice_notes;
mod webchat;
mod webhooks;
