//! The speech model, in a program that cannot use it. Its twin with the feature `speech`: `speech.rs`.

use std::path::Path;

use super::import::SpeechSource;

/// Whether this program can use it.
pub const BUILT: bool = false;

const SENTENCE: &str = "this program was built without speech recognition: build it with `cargo build --release \
    --features speech`, as bin/run does";

/// What a folder of the model says of itself; never made here.
#[derive(Debug, Clone)]
pub struct Details {
    pub bytes: u64,
    pub source: String,
    pub licence: String,
}

/// # Errors
/// Always, with what to do.
pub fn make(_source: &SpeechSource, _into: &Path) -> Result<Details, String> {
    Err(SENTENCE.to_owned())
}

/// # Errors
/// Always, with what to do.
pub fn look(_folder: &Path) -> Result<Details, String> {
    Err(SENTENCE.to_owned())
}
