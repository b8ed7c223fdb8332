//! The link with which somebody who was called answers. Nobody can guess it, and it is stored nowhere: it is the call's id
//! and a keyed hash of it.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{app::App, store::pages::PageCall};

const PURPOSE: &str = "page";
/// Bytes of the hash that stand in a link: it is typed from a small screen at worst.
const LENGTH: usize = 12;

/// A link as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub call: Uuid,
    proof: Vec<u8>,
}

impl Link {
    /// Reads what stands behind `/guardia/`; `None` where that is no link of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (call, proof) = text.split_once('-')?;
        Some(Self { call: Uuid::try_parse(call).ok()?, proof: hex::decode(proof).ok()? })
    }

    /// Whether we made it for this call. Compared in constant time.
    pub fn is_of(&self, app: &App, call: &PageCall) -> bool {
        proof(app, call).is_some_and(|ours| ours.ct_eq(&self.proof).into())
    }
}

/// Where this call is answered.
pub(super) fn url(app: &App, call: &PageCall) -> Option<String> {
    let proof = hex::encode(proof(app, call)?);
    Some(format!("{}/guardia/{}-{proof}", app.config.server.public_url, call.id.simple()))
}

fn proof(app: &App, call: &PageCall) -> Option<Vec<u8>> {
    let mut hash = app.keyring.hash_with(&call.key_id, PURPOSE, &call.id.to_string()).ok()?;
    hash.truncate(LENGTH);
    Some(hash)
}
