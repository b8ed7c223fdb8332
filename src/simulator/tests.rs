//! The simulator against a tiny town that only collects webhooks. The town checks signatures with its own code.

mod graph;
mod media;
mod page;
mod support;
mod webhooks;
