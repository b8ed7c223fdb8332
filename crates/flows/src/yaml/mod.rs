//! YAML that remembers its lines: text -> [`Node`] tree -> Rust types, every mistake with the line it stands in.
//! Flows and transcripts are read through it. It must not know what a flow is. Why it is made this way:
//! docs/adr/0003-yaml-with-lines.md.

mod at;
mod decode;
mod node;
mod parse;
mod similar;

pub(crate) use at::AT;
pub use at::At;
pub(crate) use decode::{Mistake, decode, fields_of};
pub(crate) use node::{Kind, Node};
pub(crate) use parse::parse;
pub(crate) use similar::{did_you_mean, one_of};
