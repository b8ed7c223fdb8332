//! `call_back`: somebody of the town is to call this person.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;
use tracing::info;
use ventanilla_values::Phone;

use super::{Asker, Done};
use crate::{
    agents::{ends_in, times},
    app::App,
    store::{self, StoreError, Unit, handovers::HandoverRow},
};

#[derive(Deserialize)]
pub(super) struct Args {
    /// Where to call; the number that the person writes or calls from where there is none.
    #[serde(default)]
    phone: Option<String>,
    reason: String,
}

/// The number never reaches a log by `{:?}`.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("phone", &self.phone.is_some()).finish_non_exhaustive()
    }
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let Some(phone) = phone(unit, asker, args.phone.as_deref()).await? else {
        return Ok(Done::fails("there is no number to call: ask for one"));
    };
    let key = (asker.turn, asker.idx);
    let row = HandoverRow::new(app.ids.next(), asker.person, key, args.reason, asker.now);
    let due = times::due(asker.catalogue, &row);
    // The call is the answer that they wait for: it is due when an answer is.
    let (call_phone, call_at) = (Some(phone.as_str().to_owned()), due.or(Some(asker.now)));
    let row = HandoverRow { call_phone, call_at, due_at: due, ..row };
    let open = store::handovers::open(unit, row).await?;
    metrics::counter!("ventanilla_call_backs_total").increment(1);
    info!(handover.id = %open.id, "somebody is to be called back: `ventanilla agents show {}`", open.id);
    let office =
        asker.catalogue.office_status(DateTime::from_timestamp_millis(asker.now).unwrap_or_default());
    let value = json!({
        "ends_in": ends_in(phone.as_str()),
        "open": office.open,
        "when": office.when_text.get(asker.lang),
        "from": office.from_text.get(asker.lang),
    });
    Ok(Done { queue: true, ..Done::gives(value) })
}

/// The number that was given, if it is one; else the person's own.
async fn phone(unit: &Unit, asker: &Asker<'_>, given: Option<&str>) -> Result<Option<Phone>, StoreError> {
    match given.filter(|given| !given.trim().is_empty()) {
        Some(given) => Ok(Phone::parse(given, true).ok()),
        None => {
            let own = store::handovers::phone_of(&**unit, asker.person, asker.address.channel).await?;
            Ok(own.and_then(|own| Phone::from_wa_id(&own).ok()))
        }
    }
}
