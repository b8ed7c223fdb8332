//! `consent_state`: whether the person has said already what we may write about, so that nobody is asked twice.

use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done};
use crate::store::{
    StoreError, Unit,
    consents::{self, ConsentState, Purpose},
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    purpose: Purpose,
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    let state = consents::state(&**unit, asker.person, args.purpose, asker.address.channel).await?;
    Ok(Done::gives(json!({ "state": state.map(ConsentState::as_str) })))
}
