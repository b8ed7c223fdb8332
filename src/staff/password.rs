//! Passwords: what may be one, and how they are hashed.
//!
//! NIST SP 800-63B: long, none of the common ones, and no rules about signs and capitals. Argon2id as OWASP advises.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::StaffError;
use crate::ids::Ids;

/// Letters that a password needs, and may have.
const SHORTEST: usize = 12;
const LONGEST: usize = 256;
/// OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at once: each takes the memory above and a core.
const AT_ONCE: usize = 4;
/// Compared where there is no account, so that the answer takes as long. Nobody knows a password for it.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dmVudGFuaWxsYS1kZWNveQ$0hcyyI1WoHaJmXOPAhwZXwHSFbPV0jzGZVbTlBFDNXo";

/// The commonest passwords that are long enough, in small letters; leaked lists and keyboards in Spanish and English.
const COMMON: &[&str] = &[
    "111111111111",
    "112233445566",
    "121212121212",
    "123123123123",
    "123456123456",
    "1234567890123",
    "123456789012",
    "1234567890ab",
    "123456789abc",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abcdefghijkl",
    "administrador",
    "administrador1",
    "administrator",
    "adminadminadmin",
    "ayuntamiento",
    "ayuntamiento1",
    "ayuntamiento2026",
    "bienvenido123",
    "bienvenidos1",
    "cambiame1234",
    "changeme1234",
    "computadora1",
    "contraseña12",
    "contraseña123",
    "contraseña1234",
    "contrasena12",
    "contrasena123",
    "contrasena1234",
    "guadalupe123",
    "iloveyou1234",
    "letmein12345",
    "mexicomexico",
    "password1234",
    "password12345",
    "passwordpassword",
    "presidencia1",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopas",
    "secretaria12",
    "teamomucho12",
    "tequieromucho",
    "ventanilla12",
    "ventanilla123",
    "welcome12345",
];

/// Why a password cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    #[error("a password needs at least 12 letters: three words that only you put together are a good one")]
    Short,
    #[error("a password has at most 256 letters")]
    Long,
    #[error("your e-mail or your name is the first that others would try: choose another password")]
    Yours,
    #[error("this is one of the passwords that are tried first: choose another")]
    Common,
}

/// Whether a password may be one, for somebody with this e-mail and name.
///
/// # Errors
/// With the sentence to show.
pub(super) fn check(password: &str, email: &str, name: &str) -> Result<(), WeakPassword> {
    let password = plain(password);
    let letters = password.chars().count();
    if letters < SHORTEST {
        return Err(WeakPassword::Short);
    }
    if letters > LONGEST {
        return Err(WeakPassword::Long);
    }
    let local = email.split('@').next().unwrap_or_default();
    let own = [email, local, name].map(|text| squeezed(&plain(text)));
    if own.contains(&squeezed(&password)) {
        return Err(WeakPassword::Yours);
    }
    if COMMON.contains(&password.as_str()) || is_monotonous(&password) {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Three different letters, however often.
fn is_monotonous(password: &str) -> bool {
    password.chars().collect::<std::collections::BTreeSet<_>>().len() <= 3
}

/// Whether a password is the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Wrong,
    Right,
    /// Right, but hashed as it is no longer done: hash it again.
    RightButOld,
}

/// Hashes passwords, some at a time and beside the threads that serve.
#[derive(Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash that is kept, as a PHC string.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub async fn hash(&self, password: &str, ids: &Ids) -> Result<String, StaffError> {
        let (password, salt) = (normal(password), ids.bytes::<16>());
        self.beside(move || {
            let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|err| StaffError::Hash(err.to_string()))
        })
        .await
    }

    /// Compares; takes as long where there is no hash to compare with.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub async fn fits(&self, password: &str, hash: Option<&str>) -> Result<Fit, StaffError> {
        let (password, known) = (normal(password), hash.is_some());
        let hash = hash.unwrap_or(DECOY).to_owned();
        self.beside(move || {
            let hash = PasswordHash::new(&hash).map_err(|err| StaffError::Hash(err.to_string()))?;
            let right = hasher()?.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(match right && known {
                false => Fit::Wrong,
                true if is_current(&hash) => Fit::Right,
                true => Fit::RightButOld,
            })
        })
        .await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, StaffError> + Send + 'static,
    ) -> Result<T, StaffError> {
        let room = Arc::clone(&self.0).acquire_owned().await;
        let room = room.map_err(|err| StaffError::Hash(err.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _room = room;
            work()
        });
        done.await.map_err(|err| StaffError::Hash(err.to_string()))?
    }
}

/// NIST SP 800-63B: the same password, whichever keyboard wrote its ñ.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

fn hasher() -> Result<Argon2<'static>, StaffError> {
    let params = params().map_err(|err| StaffError::Hash(err.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn params() -> Result<Params, argon2::Error> {
    Params::new(MEMORY_KIB, PASSES, LANES, None)
}

fn is_current(hash: &PasswordHash) -> bool {
    let cost = |params: Params| (params.m_cost(), params.t_cost(), params.p_cost());
    hash.algorithm == Algorithm::Argon2id.ident()
        && Params::try_from(hash).is_ok_and(|params| cost(params) == (MEMORY_KIB, PASSES, LANES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn a_password_is_long_and_not_what_others_would_try() {
        let check = |password: &str| check(password, "ana.lopez@example.mx", "Ana López de la Cruz");
        assert_eq!(check("corto"), Err(WeakPassword::Short));
        assert_eq!(check(&"ñu".repeat(129)), Err(WeakPassword::Long));
        assert_eq!(check("ANA.LOPEZ@example.mx"), Err(WeakPassword::Yours));
        assert_eq!(check("ana lópez de la cruz"), Err(WeakPassword::Yours));
        assert_eq!(check("Contraseña123"), Err(WeakPassword::Common));
        assert_eq!(check("abababababab"), Err(WeakPassword::Common));
        assert_eq!(check("tres ceibas azules"), Ok(()));
    }

    #[test]
    fn the_list_holds_what_the_length_lets_through() {
        for password in COMMON {
            assert!(password.chars().count() >= SHORTEST, "{password}");
            assert_eq!(*password, plain(password));
        }
    }

    #[test]
    fn the_decoy_costs_as_much_as_a_password() {
        assert!(is_current(&PasswordHash::new(DECOY).unwrap()));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone() {
        let (passwords, ids) = (Passwords::default(), Ids::seeded(Clock::manual(0), 1));
        let hash = passwords.hash("tres señales azules", &ids).await.unwrap();
        let fits = async |password| passwords.fits(password, Some(&hash)).await.unwrap();
        assert_eq!(fits("tres señales azules").await, Fit::Right);
        assert_eq!(fits("tres sen\u{303}ales azules").await, Fit::Right, "another keyboard");
        assert_eq!(fits("tres señales rojas!").await, Fit::Wrong);
        assert_eq!(passwords.fits("tres señales azules", None).await.unwrap(), Fit::Wrong);
    }

    #[tokio::test]
    async fn what_was_hashed_more_cheaply_is_hashed_again() {
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1024, 1, 1, None).unwrap());
        let hash = cheap.hash_password_with_salt(b"tres ceibas azules", b"salt of 16 bytes").unwrap();
        let fit = Passwords::default().fits("tres ceibas azules", Some(&hash.to_string())).await.unwrap();
        assert_eq!(fit, Fit::RightButOld);
    }
}
