//! The flow language and its engine, through the public door.

mod adopt;
mod engine;
mod language;
mod limits;
mod lint;
mod mutants;
mod problems;
mod properties;
mod repair;
mod schema;
mod slots;
mod steps;
mod support;
mod transcripts;
mod typed;
mod unsure;
