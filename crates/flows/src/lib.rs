//! The flow language and its engine.
//!
//! [`load()`] turns the YAML of `flows/` into a compiled [`Library`]; [`Library::turn`] is a pure function
//! `(session, commands, &World) -> Turn { session, events, suspended }`. The engine never touches clock, database
//! or network: what it needs is in its arguments, what it wants done is an [`Event`] or a [`Suspended`] action
//! whose result comes back through [`Library::resume`]. It must not know channels, intents models or the server.

mod adopt;
mod calendar;
mod command;
mod compile;
mod definition;
mod engine;
mod event;
mod finding;
mod info;
mod known;
mod library;
mod lint;
mod load;
mod mutants;
mod session;
mod template;
mod transcript;
mod world;
mod yaml;

pub use command::{Answer, Command, Suggestion, Told};
pub use definition::{SlotType, Text, json_schema};
pub use event::{Ask, Event, FlowOutcome, Image, Link, Offer, Suspended, Turn};
pub use finding::{Finding, Level, Rule};
pub use info::{Answered, FlowInfo, OpenQuestion, SlotInfo};
pub use known::{ActionInfo, ChannelInfo, Cost, Known};
pub use library::Library;
pub use load::{Loaded, load};
pub use mutants::{Mutant, MutantReport, mutants};
pub use session::{Aside, Asked, Frame, SESSION_VERSION, Session};
pub use transcript::{
    AnyPlace, Case, Channels, Clock, Coverage, Failure, FlowCoverage, Recording, Stage, TranscriptReport,
    Transcripts,
};
pub use ventanilla_values::{Problem, Severity, SourceFile};
pub use world::{Confidence, Gazetteer, Limits, PlaceFound, World};
