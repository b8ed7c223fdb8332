//! The master keys: they seal what must not be read from a stolen copy of the database (raw webhooks) and make
//! the hashes of PINs useless without them.
//!
//! The keyring is a file of its own, outside the data folder, so that a copy of the data alone tells nothing. Keys
//! are never removed by rotation: the first is used for new things, all of them for old ones.

use std::{fmt, fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit,
    aead::{Aead, Nonce},
};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids::Ids;

#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    #[error("the keyring {file} cannot be read or written: {why}")]
    Io { file: String, why: std::io::Error },
    #[error("the keyring {file} is not one: {why}")]
    Unreadable { file: String, why: String },
    #[error(
        "the data was sealed with key {key_id}, which is not in the keyring {file}: put the keyring that belongs to \
         this data in its place (it is kept apart from backups of the data on purpose)"
    )]
    MissingKey { file: String, key_id: String },
    #[error("the sealed bytes do not open with key {key_id}: they were changed")]
    Broken { key_id: String },
}

/// The keys, newest first. Never empty.
#[derive(Clone)]
pub struct Keyring {
    file: String,
    keys: Vec<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Key {
    id: String,
    /// 32 bytes in hex.
    secret: String,
}

#[derive(Serialize, Deserialize)]
struct KeyringFile {
    keys: Vec<Key>,
}

/// Bytes that only the keyring opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    pub key_id: String,
    /// Nonce (12 bytes), then the ciphertext.
    pub bytes: Vec<u8>,
}

impl Keyring {
    /// Opens the keyring, or makes it (mode 0600) when there is none yet.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is not a keyring.
    pub fn open_or_make(file: &Path, ids: &Ids) -> Result<Self, KeyringError> {
        match fs::read_to_string(file) {
            Ok(text) => Self::parse(file, &text),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Self::make(file, ids),
            Err(why) => Err(KeyringError::Io { file: file.display().to_string(), why }),
        }
    }

    fn parse(file: &Path, text: &str) -> Result<Self, KeyringError> {
        let file = file.display().to_string();
        let unreadable = |why: String| KeyringError::Unreadable { file: file.clone(), why };
        let KeyringFile { keys } = serde_json::from_str(text).map_err(|err| unreadable(err.to_string()))?;
        if keys.is_empty() || keys.iter().any(|key| key.bytes().is_none()) {
            return Err(unreadable("it needs at least one key of 64 hex digits".to_owned()));
        }
        Ok(Self { file, keys })
    }

    fn make(file: &Path, ids: &Ids) -> Result<Self, KeyringError> {
        let io = |why| KeyringError::Io { file: file.display().to_string(), why };
        let keyring = Self { file: file.display().to_string(), keys: vec![Key::random(ids)] };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(io)?;
        }
        let mut out =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(io)?;
        let text =
            serde_json::to_string_pretty(&KeyringFile { keys: keyring.keys.clone() }).unwrap_or_default();
        out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(io)?;
        Ok(keyring)
    }

    /// For tests and throw-away towns.
    pub fn ephemeral(ids: &Ids) -> Self {
        Self { file: "(in memory)".to_owned(), keys: vec![Key::random(ids)] }
    }

    /// The id of the key that seals new things.
    pub fn current_id(&self) -> &str {
        self.keys.first().map_or("", |key| &key.id)
    }

    /// Whether things sealed with this key can still be opened.
    ///
    /// # Errors
    /// [`KeyringError::MissingKey`], with what to do.
    pub fn must_have(&self, key_id: &str) -> Result<(), KeyringError> {
        self.key(key_id).map(|_| ())
    }

    fn key(&self, key_id: &str) -> Result<[u8; 32], KeyringError> {
        let key = self.keys.iter().find(|key| key.id == key_id);
        key.and_then(Key::bytes)
            .ok_or_else(|| KeyringError::MissingKey { file: self.file.clone(), key_id: key_id.to_owned() })
    }

    /// Seals bytes with the current key.
    ///
    /// # Errors
    /// Only for bytes beyond the cipher's 256 GiB.
    pub fn seal(&self, plain: &[u8], ids: &Ids) -> Result<Sealed, KeyringError> {
        let key_id = self.current_id().to_owned();
        let nonce: [u8; 12] = ids.bytes();
        let cipher = ChaCha20Poly1305::new(&self.key(&key_id)?.into());
        let sealed = cipher.encrypt(&Nonce::<ChaCha20Poly1305>::from(nonce), plain);
        let sealed = sealed.map_err(|_| KeyringError::Broken { key_id: key_id.clone() })?;
        Ok(Sealed { key_id, bytes: [nonce.as_slice(), &sealed].concat() })
    }

    /// Opens what [`Keyring::seal`] closed.
    ///
    /// # Errors
    /// When its key is not here, or the bytes were changed.
    pub fn open(&self, sealed: &Sealed) -> Result<Vec<u8>, KeyringError> {
        let broken = || KeyringError::Broken { key_id: sealed.key_id.clone() };
        let cipher = ChaCha20Poly1305::new(&self.key(&sealed.key_id)?.into());
        let (nonce, rest) = sealed.bytes.split_at_checked(12).ok_or_else(broken)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| broken())?;
        cipher.decrypt(&Nonce::<ChaCha20Poly1305>::from(nonce), rest).map_err(|_| broken())
    }

    /// A keyed hash of something short (a PIN), bound to what it belongs to. Gives the key's id and 32 bytes.
    pub fn hash(&self, purpose: &str, text: &str) -> (String, Vec<u8>) {
        let key_id = self.current_id().to_owned();
        let hash = self.hash_with(&key_id, purpose, text).unwrap_or_default();
        (key_id, hash)
    }

    /// The same with a given key, to compare.
    ///
    /// # Errors
    /// When the key is not here.
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    pub fn hash_with(&self, key_id: &str, purpose: &str, text: &str) -> Result<Vec<u8>, KeyringError> {
        let key = self.key(key_id)?;
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).expect("any length is a key");
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl Key {
    fn random(ids: &Ids) -> Self {
        let secret: [u8; 32] = ids.bytes();
        let id = hex::encode(&Sha256::digest(secret)[..4]);
        Self { id, secret: hex::encode(secret) }
    }

    fn bytes(&self) -> Option<[u8; 32]> {
        hex::decode(&self.secret).ok()?.try_into().ok()
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("file", &self.file).field("keys", &self.keys.len()).finish()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("key_id", &self.key_id).field("bytes", &self.bytes.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn ids() -> Ids {
        Ids::seeded(Clock::manual(0), 1)
    }

    #[test]
    fn what_is_sealed_opens_again_and_only_unchanged() {
        let keyring = Keyring::ephemeral(&ids());
        let mut sealed = keyring.seal(b"hay un bache", &ids()).unwrap();
        assert_eq!(keyring.open(&sealed).unwrap(), b"hay un bache");
        sealed.bytes[14] ^= 1;
        assert!(matches!(keyring.open(&sealed), Err(KeyringError::Broken { .. })));
    }

    #[test]
    fn another_keyring_says_which_key_is_missing() {
        let sealed = Keyring::ephemeral(&ids()).seal(b"x", &ids()).unwrap();
        let other = Keyring::ephemeral(&Ids::seeded(Clock::manual(0), 2));
        let said = other.open(&sealed).unwrap_err().to_string();
        assert!(said.contains(&sealed.key_id) && said.contains("put the keyring"), "{said}");
    }

    #[test]
    fn the_file_is_made_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("ventanilla-keyring-{}", std::process::id()));
        let file = folder.join("ventanilla.keys");
        let made = Keyring::open_or_make(&file, &ids()).unwrap();
        let again = Keyring::open_or_make(&file, &Ids::seeded(Clock::manual(0), 9)).unwrap();
        assert_eq!(made.current_id(), again.current_id());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(folder).unwrap();
    }
}
