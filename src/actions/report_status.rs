//! `report_status`: what anybody with the folio may know of a report.

use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done};
use crate::{
    reports,
    store::{StoreError, Unit},
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    folio: String,
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    let status = reports::public_status(&**unit, asker.catalogue, &args.folio, asker.lang).await?;
    let Some(status) = status else { return Ok(Done::gives(json!({ "found": false, "folio": args.folio }))) };
    Ok(Done::gives(json!({
        "found": true,
        "folio": status.folio,
        "category_name": status.category_name,
        "state": status.state,
        "state_label": status.state_label,
        "filed_on": status.filed_on,
        "since": status.since,
        "department_name": status.department_name,
        "scheduled_on": status.scheduled_on,
        "public_note": status.last_words,
        "people": status.people,
        "added_to": status.added_to,
    })))
}
