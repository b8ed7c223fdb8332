//! Makes the ids Meta would make: wamids, media ids, business-scoped user ids, traces. Unique across restarts, since
//! the server under test remembers ids it saw before.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A random start and a counter.
#[derive(Debug)]
pub(super) struct Ids {
    start: u64,
    next: AtomicU64,
}

/// Who wrote the message a wamid is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written {
    ByTown,
    ByCitizen,
}

impl Ids {
    pub(super) fn new() -> Self {
        Self { start: rand::random(), next: AtomicU64::new(0) }
    }

    /// Meta's wamids are base64 of a small record around the phone's digits; people hidden behind a user id get zeros.
    pub(super) fn wamid(&self, phone: &str, written: Written) -> String {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let serial = format!("{:010X}{n:010X}", self.start & 0xFF_FFFF_FFFF);
        let mut record = vec![0x1c, 0x18, u8::try_from(phone.len()).unwrap_or(u8::MAX)];
        record.extend_from_slice(phone.as_bytes());
        let direction = match written {
            Written::ByTown => 0x11,
            Written::ByCitizen => 0x12,
        };
        record.extend_from_slice(&[0x15, 0x02, 0x00, direction, 0x18, 0x14]);
        record.extend_from_slice(serial.as_bytes());
        record.push(0);
        format!("wamid.{}", BASE64_STANDARD.encode(record))
    }

    /// Sixteen digits.
    pub(super) fn media(&self) -> String {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let spread = self.start.wrapping_add(n) % 9_000_000_000_000_000;
        format!("{}", 1_000_000_000_000_000 + spread)
    }

    pub(super) fn trace(&self) -> String {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        format!("A{}", BASE64_STANDARD.encode((self.start ^ n).to_be_bytes()).replace(['+', '/', '='], "_"))
    }
}

/// The person's id within this business: the same after a restart, unlike for another business.
pub(super) fn user_id(waba_id: &str, phone: &str) -> String {
    let digest = Signer::new(waba_id).digest(phone.as_bytes());
    let number = digest.iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    format!("MX.{:020}", number % 100_000_000_000_000_000_000)
}

/// A template's id: a number of 15 digits, the same after a restart.
pub(super) fn template_id(name: &str, language: &str) -> u64 {
    let digest = Signer::new(language).digest(name.as_bytes());
    let number = digest.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    100_000_000_000_000 + number % 900_000_000_000_000
}

/// HMAC-SHA256 with one key.
#[derive(Clone)]
pub(super) struct Signer(Hmac<Sha256>);

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    pub(super) fn new(key: &str) -> Self {
        Self(Hmac::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length"))
    }

    pub(super) fn digest(&self, bytes: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// The value of `X-Hub-Signature-256`.
    pub(super) fn header(&self, body: &[u8]) -> String {
        format!("sha256={}", hex::encode(self.digest(body)))
    }
}
