//! `report_join`: the person waits for the same thing as somebody else, and hears of it.

use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done, citizen, photo};
use crate::{
    app::App,
    reports::{self, Joined, State},
    store::{StoreError, Unit},
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    folio: String,
    /// Id in the media store.
    #[serde(default)]
    photo: Option<String>,
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let joined = reports::join(app, unit, &citizen(asker), &args.folio, photo(args.photo.as_deref())).await?;
    Ok(match joined {
        Err(refused) => Done::gives(json!({ "result": refused.name() })),
        Ok(Joined { row, already }) => Done::gives(json!({
            "result": if already { "already" } else { "joined" },
            "folio": row.folio,
            "category_name": asker.catalogue.category(&row.category).map(|one| one.name.get(asker.lang)),
            "state": row.state,
            "state_label": row.stands().label(asker.lang),
            "done": matches!(row.stands(), State::ResolvedClaimed | State::ClosedConfirmed),
            "people": row.people,
        })),
    })
}
