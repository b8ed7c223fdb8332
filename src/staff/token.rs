//! Tokens that open a door: 256 bits that cannot be guessed, of which only the hash is kept. Such a token needs no slow
//! hash: there is nothing to try.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::ids::Ids;

/// A new token: 43 letters that can stand in an address.
pub(super) fn make(ids: &Ids) -> String {
    URL_SAFE_NO_PAD.encode(ids.bytes::<32>())
}

/// What is kept of it: SHA-256 in hex.
pub(super) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn tokens_differ_and_hashes_do_not_tell_them() {
        let ids = Ids::seeded(Clock::manual(0), 1);
        let (one, other) = (make(&ids), make(&ids));
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
        assert_ne!(hash(&one), hash(&other));
        assert!(!hash(&one).contains(&one));
    }
}
