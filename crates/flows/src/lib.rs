//! The flow language and its engine.
//!
//! [`load`] turns the YAML of `flows/` into a compiled [`Library`]; [`Library::turn`] is a pure function
//! `(session, commands, &World) -> Turn { session, events, suspended }`. The engine never touches clock, database
//! or network: what it needs is in its arguments, what it wants done is an [`Event`] or a [`Suspended`] action
//! whose result comes back through [`Library::resume`]. It must not know channels, intents models or the server.

mod command;
mod event;
mod session;
mod world;

pub use command::{Answer, Command, Suggestion};
pub use event::{Ask, Event, Offer, Suspended, Turn};
pub use session::{Asked, Frame, SESSION_VERSION, Session};
pub use world::{Gazetteer, Limits, World};
