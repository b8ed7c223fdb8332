//! A server that was built without ears.

use anyhow::bail;

use super::engines::Engines;
use crate::config::AudioSocket;

/// A telephone that cannot hear must not ring.
///
/// # Errors
/// Always, with the sentence that says what to do.
pub fn open(_set: &AudioSocket, _words: Vec<String>) -> anyhow::Result<Engines> {
    bail!(
        "audiosocket.listen: this server was built without speech, so it cannot take calls; build it with \
         `cargo build --release --features speech`, or leave the key empty"
    )
}
