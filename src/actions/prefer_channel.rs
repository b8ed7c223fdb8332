//! `prefer_channel`: by which channel the person wants to be written to, where the town writes first or another way has
//! to be found.

use serde::Deserialize;
use serde_json::json;
use ventanilla_adapters::Channel;

use super::{Asker, Done};
use crate::store::{self, StoreError, Unit};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    channel: Channel,
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    store::people::prefer(unit, asker.person, args.channel).await?;
    Ok(Done::gives(json!({ "channel": args.channel.as_str() })))
}
