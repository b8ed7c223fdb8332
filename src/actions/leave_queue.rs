//! `leave_queue`: the person waits for nobody any more. Whom somebody attends already, or who is in danger, stays.

use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done};
use crate::store::{self, StoreError, Unit, conversations::Owner};

#[derive(Debug, Deserialize)]
pub(super) struct Args {}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, _args: &Args) -> Result<Done, StoreError> {
    let open = store::handovers::open_of(&**unit, asker.person).await?;
    let Some(entry) = open.filter(|entry| entry.agent.is_none() && entry.priority != "crisis") else {
        return Ok(Done::gives(json!({ "left": false })));
    };
    store::handovers::close(unit, entry, "left", asker.now).await?;
    Ok(Done { owner: Some(Owner::Bot), queue: true, ..Done::gives(json!({ "left": true })) })
}
