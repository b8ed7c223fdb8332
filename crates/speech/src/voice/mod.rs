//! Where somebody speaks: cuts silence out of recordings, and hears on a telephone line when a person has finished.
//!
//! Both listen to loudness only, against the noise of the place. That is enough for what they decide, costs nothing
//! beside Whisper, and errs on the side of keeping sound.

mod endpoint;
mod loudness;
mod trim;

pub use endpoint::{Endpointer, EndpointerOptions, Event};
pub use trim::{Heard, trim};

#[cfg(test)]
mod tests;
