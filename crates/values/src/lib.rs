//! Text <-> typed values. Pure: no clock, no network, no database.

mod lang;
mod value;

pub use lang::Lang;
pub use value::{Place, Value};
