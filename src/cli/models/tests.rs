//! Weights that are made up, and a server of our own that sends them.

mod downloads;
mod imports;
mod support;
