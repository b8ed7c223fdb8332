//! Audio -> text on the town's own machine, and text -> audio where a telephone needs it.
//!
//! A voice note goes this way: [`decode::decode`] turns the bytes into [`Pcm`], [`voice::trim`] takes out silence (or
//! says that there is nothing else), `whisper::Whisper::transcribe` writes down what is said, [`repair::Repairer`]
//! puts right the words of the town. A telephone call adds [`voice::Endpointer`] before it and [`speak::Speaker`]
//! after it.
//!
//! Called by the server's speech worker. Nothing here knows the network, the database or the clock; all of it blocks.
//! What people say stays in memory, and never in `Debug`.

pub mod decode;
#[cfg(feature = "whisper")]
pub mod import;
mod pcm;
pub mod repair;
pub mod speak;
pub mod voice;
#[cfg(feature = "whisper")]
pub mod whisper;

pub use pcm::{Pcm, RATE};
