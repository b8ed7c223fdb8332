//! Entities: the rows that are read and written by whole values. Hot-path tables (inbox, outbox, conversations)
//! have hand-written statements instead, beside their functions.

pub mod handover;
pub mod report;
