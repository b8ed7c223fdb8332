//! What people mean: text -> [`Understanding`]. Pure.

mod understanding;

pub use understanding::{Certainty, Ranked, Understanding};
