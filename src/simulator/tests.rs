//! The simulator against a tiny town that only collects webhooks. The town checks signatures with its own code.

mod bodies;
mod cards;
mod errors;
mod files;
mod graph;
mod identity;
mod interactive;
mod media;
mod notices;
mod page;
mod people;
mod plan;
mod reactions;
mod signing;
mod support;
mod templates;
mod webhooks;
