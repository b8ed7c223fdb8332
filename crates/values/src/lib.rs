//! Text <-> typed values. Pure: no clock, no network, no database.

mod lang;
mod source;
mod value;

pub use lang::Lang;
pub use source::{Problem, Severity, SourceFile};
pub use value::{Place, Value};
