//! What can stand in the way of an act on an account.

use super::WeakPassword;
use crate::{keyring::KeyringError, store::StoreError};

#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Also for an e-mail that nobody has, and for somebody who left: who asks learns nothing.
    #[error("e-mail or password are not right")]
    WrongPassword,
    #[error("this code is not right, or was used before")]
    WrongCode,
    #[error("too many tries: try again in {seconds} seconds")]
    TooMany { seconds: u64 },
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    #[error("this link was used already, taken back or has expired: ask for a new one")]
    LinkGone,
    #[error("somebody has this e-mail already")]
    EmailTaken,
    #[error("this is no e-mail address: it is written like ana@example.mx")]
    NoEmail,
    #[error("a name has 1 to 100 letters")]
    NoName,
    #[error("the language of the pages is es or en")]
    NoLanguage,
    #[error("give at least one role")]
    NoRole,
    #[error("there is no department '{0}'")]
    NoDepartment(String),
    #[error("a skill is one to 40 letters, and nobody has more than 20")]
    NoSkill,
    #[error("nobody could give accounts any more: make somebody else admin first")]
    LastAdmin,
    #[error("you cannot end your own access: ask a colleague")]
    Yourself,
    #[error("there is no such {0}")]
    NoSuch(&'static str),
    #[error("a second factor is set up already: take it away first")]
    SecondFactorThere,
    #[error("begin with setting up a second factor")]
    SecondFactorMissing,
    #[error(
        "a key needs a scope, and may have no others than stats.read, audit.read, reports.file and reports.update"
    )]
    NotForSystems,
    #[error("signing in with another account is not set up here")]
    NoProvider,
    #[error("the provider of identities does not answer as it should: try again later, or use your password")]
    ProviderDown,
    #[error("the provider of identities let nobody in")]
    ProviderRefused,
    #[error("this took too long, or was begun in another browser: begin anew")]
    AttemptGone,
    /// Also for somebody who left.
    #[error("nobody here is known by this identity: ask for an invitation, or link it in your account")]
    UnknownIdentity,
    #[error("this identity is linked to another account, or this account to another identity")]
    IdentityTaken,
    #[error("this is the only way into your account: ask an admin for a link and choose a password first")]
    LastWayIn,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error("a password could not be hashed: {0}")]
    Hash(String),
    #[error("the second factor cannot be set up: {0}")]
    SecondFactor(String),
}
