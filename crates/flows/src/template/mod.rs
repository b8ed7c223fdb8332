//! Templates and conditions: minijinja, compiled once per library, bounded by fuel. The compiler adds to it, the
//! engine renders with it; it must not know steps.

mod compiled;
mod convert;
mod scope;
mod typed;

pub(crate) use compiled::{Compiled, Expr, Source, Templates, Uses, ValueSource, expression_in};
pub(crate) use convert::from_json;
pub(crate) use scope::{Names, Scope};
