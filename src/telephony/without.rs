//! A server that was built without ears.

use std::path::Path;

use anyhow::bail;

use super::engines::Engines;
use crate::{config::AudioSocket, listening::Vocabulary};

/// A telephone that cannot hear must not ring.
///
/// # Errors
/// Always, with the sentence that says what to do.
pub fn open(_set: &AudioSocket, _weights: &Path, _words: Vocabulary) -> anyhow::Result<Engines> {
    bail!(
        "audiosocket.listen: this server was built without speech, so it cannot take calls; build it with \
         `cargo build --release --features speech`, or leave the key empty"
    )
}
