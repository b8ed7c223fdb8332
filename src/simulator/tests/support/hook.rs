//! A webhook as the town got it.

use bytes::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::SECRET;

/// HMAC-SHA256 written out, so that the simulator's is not checked with itself.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> String {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = Sha256::digest([&padded(0x36)[..], message].concat());
    hex::encode(Sha256::digest([&padded(0x5c)[..], &inner[..]].concat()))
}

/// One webhook as it arrived.
#[derive(Debug)]
pub struct Hook {
    pub raw: Bytes,
    /// Empty if there was none.
    pub signature: String,
}

impl Hook {
    pub fn is_signed(&self) -> bool {
        self.signature == format!("sha256={}", hmac_sha256(SECRET.as_bytes(), &self.raw))
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub fn changes(&self) -> Vec<Value> {
        self.json()["entry"][0]["changes"].as_array().unwrap().clone()
    }

    /// `value` of the only change.
    pub fn value(&self) -> Value {
        let [change] = &self.changes()[..] else { panic!("one change expected") };
        change["value"].clone()
    }

    /// `(wamid, status)` of everything within.
    pub fn statuses(&self) -> Vec<(String, String)> {
        let changes = self.changes();
        let statuses = changes.iter().filter_map(|change| change["value"]["statuses"].as_array()).flatten();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        statuses.map(|status| (text(&status["id"]), text(&status["status"]))).collect()
    }
}
